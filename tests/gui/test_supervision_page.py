"""The officer's page over a real store: what is listed, moved by the clock, urged, supervised, approved, printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Notice, Ticket, Urge
from desktop.models.domain.wire import Me
from desktop.models.items import roles
from desktop.models.store import outbox
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk
from desktop.services.queries.drafts import drafts
from desktop.services.queries.filters import TicketFilter
from desktop.services.queries.ticket_panel import ticket_panel
from desktop.views.common import theme
from desktop.views.common.fields import LineField, TextField
from desktop.views.common.text import PlainLabel
from desktop.views.supervision.page import SupervisionPage
from tests.support.builders import (
    CHIEF,
    NOW,
    OFFICER,
    make_finding,
    make_notice,
    make_ticket,
    make_timeline_entry,
    make_urge,
    reference_rows,
)
from tests.support.desks import OFFLINE, ONLINE, open_desk, pull
from tests.support.stores import DeskStore, open_desk_store
from tests.support.ticket_rows import reference, tickets

LATE = NOW - timedelta(days=3)


def write(field: LineField | TextField, text: str) -> None:
    """As an input method puts a text in, in the place of what is there."""
    field.input.setFocus()
    field.input.selectAll()
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field.input, event)


class Stage:
    """A page on a desk on a store, as one person sees it."""

    def __init__(self, qtbot: QtBot, store: DeskStore, desk: Desk) -> None:
        self.qtbot = qtbot
        self.store = store
        self.desk = desk
        self.page = SupervisionPage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1166, 720)
        with qtbot.waitExposed(self.page):
            self.page.show()

    def listed(self, count: int) -> None:
        """Wait for the list to have so many rows, all those on screen here."""
        self.qtbot.waitUntil(lambda: self.page.list.model.rowCount() == count)
        if count:
            self.qtbot.waitUntil(lambda: bool(self.page.list.table.row_id(0)))

    def case(self, ticket: Ticket) -> None:
        """Wait for this case to be on screen."""
        self.qtbot.waitUntil(lambda: self.shown() == ticket.id)

    def shown(self) -> str:
        panel = self.page.case.panel()
        return panel.ticket.id if panel else ""

    def choose(self, ticket: Ticket) -> None:
        self.qtbot.waitUntil(lambda: self.page.list.table.select_id(ticket.id))
        self.case(ticket)

    def cell(self, ticket: Ticket, column: str, role: int = roles.DISPLAY) -> object:
        model = self.page.list.model
        keys = [c.key for c in self.page.list.table.layout_of_columns.visible()]
        return model.cell(model.row_of(ticket.id), keys.index(column), role)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key)

    def rows(self, kind: str, ticket: Ticket) -> list[object]:
        panel = self.store.ask(lambda r: ticket_panel(r, ticket.id))
        assert panel is not None
        return [h.row for h in panel.happenings if type(h.row).__name__ == kind]


class Theatre:
    """Opens stages; closes everything in order at the end."""

    def __init__(self, qtbot: QtBot, folder: Path, stack: ExitStack) -> None:
        self._qtbot, self._folder, self._stack = qtbot, folder, stack

    def open(self, *rows: object, me: Me = OFFICER, connection: Connection = OFFLINE) -> Stage:
        store = self._stack.enter_context(open_desk_store(self._folder, me=me))
        store.pull(*reference_rows(), *rows)  # type: ignore[arg-type]
        desk = self._stack.enter_context(open_desk(store, language="en", connection=connection))
        stage = Stage(self._qtbot, store, desk)
        self._stack.callback(stage.page.release)
        return stage


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with ExitStack() as stack:
        yield Theatre(qtbot, tmp_path, stack)


def test_overdue_is_listed_oldest_first_and_the_first_case_is_shown(theatre: Theatre) -> None:
    newer, older = make_ticket(due_at=LATE), make_ticket(due_at=LATE - timedelta(days=1))
    stage = theatre.open(newer, older, make_ticket(), make_ticket(state="completed", due_at=LATE))
    stage.listed(2)
    stage.case(older)
    assert [stage.page.list.table.row_id(i) for i in range(2)] == [older.id, newer.id]


def test_the_clock_alone_brings_a_ticket_into_the_queue(theatre: Theatre) -> None:
    """A desk left open over lunch must not show a list of before lunch."""
    late, soon = make_ticket(due_at=LATE), make_ticket(due_at=NOW + timedelta(minutes=10))
    stage = theatre.open(late, soon)
    stage.listed(1)
    stage.qtbot.waitUntil(stage.page._timer.isActive)
    stage.store.clock.advance(601)
    stage.page._timer.start(1)  # what the timer would do ten minutes later
    stage.listed(2)


def test_a_refresh_keeps_the_ticket_chosen_and_takes_up_what_came(theatre: Theatre) -> None:
    first, second = make_ticket(due_at=LATE), make_ticket(due_at=LATE + timedelta(hours=1))
    stage = theatre.open(first, second)
    stage.listed(2)
    stage.choose(second)
    sooner = make_ticket(due_at=LATE - timedelta(days=1))
    pull(stage.desk, stage.store, sooner)
    stage.listed(3)
    assert stage.page.list.table.current_id() == second.id
    assert stage.shown() == second.id
    pull(stage.desk, stage.store, replace(second, title="改了", version=2))
    stage.qtbot.waitUntil(lambda: stage.cell(second, "title") == "改了")


def test_thousands_of_tickets_are_counted_but_not_fetched(theatre: Theatre) -> None:
    """Only screens of rows are read, even when a person jumps to the end."""
    rows = [make_ticket(state="archived", due_at=None) for _ in range(3_000)]
    stage = theatre.open(*rows)
    stage.page.show_queue("all")
    stage.listed(3_000)
    stage.page.list.table.select_row(2_999)
    stage.qtbot.waitUntil(lambda: bool(stage.page.list.table.row_id(2_999)))
    assert len(stage.page.list.model._rows) <= 6 * 64


def test_an_urge_by_keyboard_alone_is_queued_and_the_next_row_comes(theatre: Theatre) -> None:
    first, second = make_ticket(due_at=LATE), make_ticket(due_at=LATE + timedelta(hours=1))
    stage = theatre.open(first, second)
    stage.listed(2)
    stage.case(first)
    form = stage.page.case.urge_form
    stage.press(Qt.Key.Key_U)
    stage.qtbot.waitUntil(lambda: stage.page.case.open_form() is form)
    assert not form.form.submit(), "nobody is said to have been reached yet"
    write(form.person, "刘科长")
    write(form.answer, "今天 <b>下班前</b> 办完")
    form.promised.set_value((NOW + timedelta(hours=8)).replace(tzinfo=None))
    assert form.form.submit()
    stage.case(second)
    (urge,) = stage.rows("Urge", first)
    assert isinstance(urge, Urge)
    assert (urge.person_reached, urge.answer) == ("刘科长", "今天 <b>下班前</b> 办完")
    assert urge.promised_at == NOW + timedelta(hours=8)
    stage.qtbot.waitUntil(lambda: stage.cell(first, "title", roles.PENDING) is True)
    with stage.store.store.read() as connection:
        assert [e.op.kind for e in outbox.in_states(connection, outbox.UNSENT)] == ["ticket.urge"]


def test_an_unsent_urge_stands_in_the_timeline_as_waiting(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_urge()
    form = stage.page.case.urge_form
    write(form.person, "刘科长")
    assert form.form.submit()
    timeline = stage.page.case.case.timeline
    stage.qtbot.waitUntil(lambda: any(e.pending for e in timeline.entries()))


def test_a_second_urge_on_the_same_day_warns_first(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket, make_urge(ticket, answer="明天办"))
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_urge()
    warning = stage.page.case.urge_form.warning
    assert warning.isVisible()
    assert "明天办" in warning.text()


def test_a_text_message_is_copied_and_recorded_but_never_called_sent(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE, phone_tail="8807")
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_urge()
    form = stage.page.case.urge_form
    assert form.means.press("2")
    assert form.form.submit()
    stage.qtbot.waitUntil(lambda: bool(stage.rows("Urge", ticket)))
    (urge,) = stage.rows("Urge", ticket)
    assert isinstance(urge, Urge)
    assert urge.means == "sms"
    assert QGuiApplication.clipboard().text() == urge.text
    assert ticket.number in urge.text
    assert ticket.requester_label not in urge.text
    assert ticket.phone_tail not in urge.text


def test_a_promise_in_the_past_is_not_taken(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_urge()
    form = stage.page.case.urge_form
    write(form.person, "刘科长")
    form.promised.set_value((NOW - timedelta(hours=1)).replace(tzinfo=None))
    assert not form.form.submit()
    assert form.promised.value() is not None
    assert form.form_value(stage.page.case.panel()).promised_at == NOW - timedelta(hours=1)  # type: ignore[arg-type]


def test_no_promise_is_recorded_when_none_was_given(theatre: Theatre) -> None:
    """The date field must not offer today as if somebody had promised it."""
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_urge()
    form = stage.page.case.urge_form
    write(form.person, "刘科长")
    assert form.form.submit()
    stage.qtbot.waitUntil(lambda: bool(stage.rows("Urge", ticket)))
    assert stage.rows("Urge", ticket)[0].promised_at is None  # type: ignore[attr-defined]


def test_letters_typed_into_a_form_are_text_and_function_keys_still_work(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.press(Qt.Key.Key_F7)
    form = stage.page.case.urge_form
    form.person.input.setFocus()
    QTest.keyClicks(form.person.input, "us")
    assert form.person.value() == "us"
    assert stage.page.case.open_form() is form
    stage.press(Qt.Key.Key_F8)
    assert stage.page.case.open_form() is stage.page.case.notice_form


def test_a_notice_is_drafted_by_itself_and_comes_back_after_leaving(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_notice()
    form = stage.page.case.notice_form
    write(form.requirement, "三个工作日内报告")
    stage.press(Qt.Key.Key_Escape)
    stage.qtbot.waitUntil(lambda: bool(stage.store.ask(lambda r: drafts(r, ticket.id))))
    stage.page.case.open_notice()
    stage.qtbot.waitUntil(lambda: form.requirement.value() == "三个工作日内报告")
    assert stage.rows("Notice", ticket) == [], "a draft is not sent"


def test_a_notice_goes_to_the_chief_unnumbered_and_a_second_one_is_refused(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_notice()
    form = stage.page.case.notice_form
    assert form.ground.value(), "the facts are offered as a beginning"
    write(form.requirement, "三个工作日内书面报告")
    assert form.form.submit()
    stage.qtbot.waitUntil(lambda: bool(stage.rows("Notice", ticket)))
    (notice,) = stage.rows("Notice", ticket)
    assert isinstance(notice, Notice)
    assert (notice.state, notice.number) == ("submitted", "")
    stage.qtbot.waitUntil(lambda: stage.store.ask(lambda r: drafts(r, ticket.id)) == ())
    panel = stage.page.case.panel
    stage.qtbot.waitUntil(lambda: (p := panel()) is not None and p.notice is not None)
    stage.page.case.open_notice()
    assert not form.primary.isVisible(), "one matter has one supervision"
    assert form.warning.isVisible()
    assert form.requirement.value() == "三个工作日内书面报告", "the first one is shown"


def test_a_returned_notice_says_why_and_may_be_submitted_again(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    notice = make_notice(ticket, state="returned", return_reason="依据不足", approver_name="赵立")
    stage = theatre.open(ticket, notice)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.open_notice()
    form = stage.page.case.notice_form
    assert "依据不足" in form.warning.text()
    write(form.ground, "逾期且承诺未兑现，见时间线")
    assert form.form.submit()
    stage.qtbot.waitUntil(lambda: stage.rows("Notice", ticket)[0].state == "submitted")  # type: ignore[attr-defined]
    with stage.store.store.read() as connection:
        kinds = [e.op.kind for e in outbox.in_states(connection, outbox.UNSENT)]
    assert kinds == ["notice.edit", "notice.submit"]


def test_the_chief_signs_with_one_key_and_never_their_own_act(theatre: Theatre) -> None:
    theirs, mine = make_ticket(due_at=LATE), make_ticket(due_at=LATE + timedelta(hours=1))
    stage = theatre.open(
        theirs,
        mine,
        make_notice(theirs, state="submitted"),
        make_notice(mine, state="submitted", author_id=CHIEF.person_id),
        me=CHIEF,
        connection=ONLINE,
    )
    stage.listed(2)
    stage.choose(mine)
    assert "own act" in stage.page.case.approval.approve.reason()
    stage.page.show_queue("approval")
    stage.listed(1)
    stage.case(theirs)
    assert stage.page.case.approval.isVisible()
    stage.press(Qt.Key.Key_A)
    stage.qtbot.waitUntil(lambda: stage.rows("Notice", theirs)[0].state == "issued")  # type: ignore[attr-defined]
    stage.listed(0)


def test_returning_a_notice_needs_a_reason(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket, make_notice(ticket, state="submitted"), me=CHIEF, connection=ONLINE)
    stage.listed(1)
    stage.case(ticket)
    approval = stage.page.case.approval
    stage.press(Qt.Key.Key_R)
    assert approval.reason.isVisible()
    approval.press_return()
    assert approval.reason.error()
    write(approval.reason, "依据不足")
    approval.press_return()
    stage.qtbot.waitUntil(lambda: stage.rows("Notice", ticket)[0].state == "returned")  # type: ignore[attr-defined]


def test_signing_and_revealing_without_a_network_say_why_not(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket, make_notice(ticket, state="submitted"), me=CHIEF, connection=OFFLINE)
    stage.listed(1)
    stage.case(ticket)
    approval = stage.page.case.approval
    assert "connection" in approval.approve.reason()
    assert not approval.give_back.isEnabled()
    stage.page.case.case._ask_reveal()
    box = stage.page.case.case.reveal_box
    assert "connection" in box.send.reason()
    box.close_box()


def test_a_refused_reveal_tells_and_shows_nothing(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket, connection=ONLINE)
    stage.listed(1)
    stage.case(ticket)
    stage.page.case.case._ask_reveal()
    box = stage.page.case.case.reveal_box
    box.purpose.set_value("verify")
    write(box.reason, "核实地址")
    box.send.click()
    stage.qtbot.waitUntil(box._trouble.isVisible)
    assert box.value_shown() == ""


def test_outside_text_is_text_everywhere_in_the_case(theatre: Theatre) -> None:
    """A citizen's markup, a link and a right-to-left override are shown, not obeyed."""
    evil = "<img src='file:///etc/passwd'><b>粗</b>\u202egnp.exe"
    ticket = make_ticket(
        due_at=LATE, title=evil, request_text=evil * 20, unit_answer=evil, requester_label=evil
    )
    stage = theatre.open(
        ticket,
        make_timeline_entry(ticket, text=evil, actor=evil),
        make_urge(ticket, answer=evil),
        make_finding(ticket, facts=evil),
        make_notice(ticket, state="issued", ground=evil, number=evil),
    )
    stage.listed(1)
    stage.case(ticket)
    labels: list[PlainLabel] = list(stage.page.findChildren(PlainLabel))
    assert any(evil[:20] in label.text() for label in labels)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    assert all("\u202e" not in entry.body + entry.title for entry in stage.page.case.case.timeline.entries())
    assert any("<img src=" in entry.body for entry in stage.page.case.case.timeline.entries())
    stage.page.grab()


def test_nothing_matches_offers_to_clear_the_filter(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.page.list.search.setText("不存在的")
    stage.listed(0)
    assert stage.page.list.table.empty.isVisible()
    stage.page.list.table.empty.button.click()
    stage.listed(1)
    assert stage.page.list.search.text() == ""


def test_a_ticket_asked_for_from_elsewhere_is_found_outside_the_queue(theatre: Theatre) -> None:
    late, closed = make_ticket(due_at=LATE), make_ticket(state="archived", due_at=None)
    stage = theatre.open(late, closed)
    stage.listed(1)
    stage.page.open_ticket(closed.id)
    stage.case(closed)
    assert stage.page.list.wanted() == TicketFilter(queue="all")
    stage.page.open_ticket("t-nowhere")
    stage.qtbot.waitUntil(stage.page.list._trouble.isVisible)


def test_a_finding_is_asked_of_the_shell_for_the_case_on_screen(theatre: Theatre) -> None:
    ticket = make_ticket(due_at=LATE)
    stage = theatre.open(ticket)
    stage.listed(1)
    stage.case(ticket)
    with stage.qtbot.waitSignal(stage.page.finding_requested) as asked:
        stage.press(Qt.Key.Key_F)
    assert asked.args == [ticket.id]


def test_the_export_holds_what_is_listed_masked_typed_and_never_a_formula(
    theatre: Theatre, tmp_path: Path
) -> None:
    evil = make_ticket(due_at=LATE, title='=HYPERLINK("http://x";"y") 电话13812345678')
    plain = make_ticket(due_at=LATE + timedelta(hours=1), requester_label="欧阳先生")
    stage = theatre.open(evil, plain, make_ticket())
    stage.listed(2)
    stage.page.list.table.layout_of_columns.restore({"hidden": ["place"]})  # everything else is in sight
    target = tmp_path / "list.xlsx"
    with stage.qtbot.waitSignal(stage.page.outputs.finished) as done:
        stage.page.outputs.export_to(str(target))
    assert done.args == [True]
    book = load_workbook(target)
    sheet = book.worksheets[0]
    head: list[Any] = [cell.value for cell in sheet[1]]
    rows: list[dict[str, Any]] = [dict(zip(head, line, strict=True)) for line in sheet.iter_rows(min_row=2)]
    assert [row["Number"].value for row in rows] == [evil.number, plain.number]
    title = rows[0]["Matter"]
    assert (title.data_type, title.quotePrefix) == ("s", True)
    assert title.value.startswith("=HYPERLINK")
    assert "13812345678" not in title.value
    assert rows[0]["Time limit"].is_date
    assert rows[0]["Time limit"].value.hour == LATE.hour
    assert "Requester" not in head
    everything = "\n".join(str(c.value) for s in book.worksheets for line in s.iter_rows() for c in line)
    assert "欧阳" not in everything
    assert "张女士" not in everything
    assert not list(tmp_path.glob("*.part"))


def test_a_cancelled_export_leaves_nothing_behind(theatre: Theatre, tmp_path: Path) -> None:
    stage = theatre.open(*(make_ticket(due_at=LATE) for _ in range(1_500)))
    stage.listed(1_500)
    target = tmp_path / "list.xlsx"
    outputs = stage.page.outputs
    with stage.qtbot.waitSignal(outputs.finished) as done:
        outputs.export_to(str(target))
        stage.page.list.progress.cancelled.emit()
    assert done.args == [False]
    assert not outputs.busy()
    assert not list(tmp_path.glob("*.xlsx*"))
    assert not stage.page.list.progress.isVisible()


def test_list_and_case_are_printed_to_pdf(theatre: Theatre, tmp_path: Path) -> None:
    ticket = make_ticket(due_at=LATE, unit_answer="已安排")
    stage = theatre.open(ticket, make_urge(ticket), *(make_ticket(due_at=LATE) for _ in range(120)))
    stage.listed(121)
    outputs = stage.page.outputs
    for name, job in (
        ("list.pdf", outputs.save_pdf),
        ("case.pdf", lambda path: outputs.save_case(ticket.id, path)),
    ):
        with stage.qtbot.waitSignal(outputs.finished) as done:
            job(str(tmp_path / name))
        assert done.args == [True]
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")


def test_a_store_of_everything_is_painted_without_a_complaint(theatre: Theatre, qtbot: QtBot) -> None:
    """Every state a ticket can be in, in one list and, one after the other, as a case: no warning, no exception."""
    stage = theatre.open(*reference(), *tickets(120, seed=11), me=CHIEF)
    stage.page.show_queue("all")
    stage.listed(120)
    table = stage.page.list.table
    for row in range(0, 120, 4):
        table.select_row(row)
        qtbot.waitUntil(lambda: stage.shown() == table.row_id(table.currentIndex().row()) != "")
        stage.page.grab()
