"""The liaison's page over a real store: four kinds of asks answered without a network, and the unit's tickets."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Attachment, Finding, FindingReply, Notice, Ticket, Urge
from desktop.models.items import roles
from desktop.models.store import outbox
from desktop.services.background.desk import Desk
from desktop.services.queries.my_cases import asked_count, asked_of_my_unit
from desktop.views.common import theme
from desktop.views.common.text import PlainLabel
from desktop.views.my_cases import queues
from desktop.views.my_cases.page import MyCasesPage
from tests.support.builders import (
    LIAISON,
    NOW,
    make_finding,
    make_notice,
    make_ticket,
    make_urge,
    reference_rows,
)
from tests.support.desks import OFFLINE, open_desk
from tests.support.inspection_rows import make_inspection
from tests.support.stores import DeskStore, open_desk_store
from tests.support.widgets import children

DUE = NOW + timedelta(hours=5)


class Stage:
    """The page on a desk on a store, as a liaison without a network sees it."""

    def __init__(self, qtbot: QtBot, store: DeskStore, desk: Desk) -> None:
        self.qtbot, self.store, self.desk = qtbot, store, desk
        self.page = self.rebuild()

    def release(self) -> None:
        """Let go of the page that is there at the end."""
        self.page.release()

    def rebuild(self) -> MyCasesPage:
        """The page made anew."""
        page = self.page = MyCasesPage(self.desk)
        self.qtbot.addWidget(page)
        page.resize(1166, 720)
        with self.qtbot.waitExposed(page):
            page.show()
        return page

    def shown(self, key: str) -> None:
        """Wait for this ask to be on screen."""
        self.qtbot.waitUntil(lambda: self.page.asked.table.current_id() == key)
        self.qtbot.waitUntil(lambda: self.key() == key)

    def key(self) -> str:
        ask = self.page.asked.answer.ask()
        return f"{ask.kind}:{ask.entity_id}" if ask else ""

    def choose(self, key: str) -> None:
        self.qtbot.waitUntil(lambda: self.page.asked.table.select_id(key))
        self.shown(key)

    def write(self, text: str) -> None:
        field = self.page.asked.answer.text
        field.input.setFocus()
        field.input.selectAll()
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(field.input, event)

    def send(self) -> None:
        """Ctrl+Enter, and once more where there are hints."""
        answer, before = self.page.asked.answer, len(self.kinds())
        self.press_send()
        self.qtbot.waitUntil(lambda: len(self.kinds()) > before or answer.remarks.isVisible())
        if len(self.kinds()) == before:
            self.press_send()

    def press_send(self) -> None:
        """Ctrl+Enter."""
        QTest.keyClick(
            self.page.asked.answer.text.input, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
        )

    def kinds(self) -> list[str]:
        with self.store.store.read() as connection:
            return [entry.op.kind for entry in outbox.in_states(connection, outbox.UNSENT)]

    def due_words(self, key: str) -> object:
        model = self.page.asked.model
        return model.cell(model.row_of(key), 3, roles.DISPLAY)


class Theatre:
    """Opens stages; closes everything in order at the end."""

    def __init__(self, qtbot: QtBot, folder: Path, stack: ExitStack) -> None:
        self._qtbot, self._folder, self.stack = qtbot, folder, stack

    def open(self, *rows: object) -> Stage:
        store = self.stack.enter_context(open_desk_store(self._folder, me=LIAISON))
        store.pull(*reference_rows(), *rows)  # type: ignore[arg-type]
        desk = self.stack.enter_context(open_desk(store, language="en", connection=OFFLINE))
        stage = Stage(self._qtbot, store, desk)
        self.stack.callback(stage.release)
        return stage


@pytest.fixture
def theatre(qtbot: QtBot, tmp_path: Path) -> Iterator[Theatre]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with ExitStack() as stack:
        yield Theatre(qtbot, tmp_path, stack)


def four_asks(ticket: Ticket) -> tuple[Urge, Notice, Finding, Finding]:
    """One of each kind, due one after the other."""
    return (
        make_urge(ticket, promised_at=DUE),
        make_notice(
            ticket, state="issued", issued_at=NOW - timedelta(days=1), reply_due_at=DUE + timedelta(hours=1)
        ),
        make_finding(ticket, state="filed", rectify_due_at=DUE + timedelta(days=1)),
        make_finding(ticket, state="confirmed", rectify_due_at=DUE + timedelta(days=2)),
    )


def test_all_four_kinds_are_answered_offline_one_after_the_other(theatre: Theatre) -> None:
    """A liaison in a village without a network does the work of a morning, and sees that nothing has gone out."""
    ticket = make_ticket()
    urge, notice, finding, upheld = four_asks(ticket)
    stage = theatre.open(ticket, urge, notice, finding, upheld)
    answer = stage.page.asked.answer
    stage.shown(f"urge:{urge.id}")
    assert answer.primary.text() == "Record, send later"
    stage.send()
    stage.shown(f"notice:{notice.id}")
    assert answer.primary.reason() == "write the answer first"
    stage.write("已派人处理")
    stage.send()
    stage.shown(f"finding:{finding.id}")
    answer.stance.press("2")
    stage.write("已向诉求人说明")
    stage.send()
    stage.shown(f"rectification:{upheld.id}")
    stage.write("已整改")
    stage.send()
    stage.qtbot.waitUntil(
        lambda: stage.kinds() == ["urge.acknowledge", "notice.reply", "finding.reply", "finding.rectify"]
    )
    model = stage.page.asked.model
    stage.qtbot.waitUntil(
        lambda: {model.cell(i, 3, roles.DISPLAY) for i in range(4)} == {"waiting to be sent"}
    )
    assert stage.store.ask(asked_count) == 0
    asks = stage.store.ask(asked_of_my_unit)
    assert len(asks) == 4
    assert all(ask.answered and ask.pending for ask in asks)


def test_receipt_of_a_finding_may_be_confirmed_before_the_answer(theatre: Theatre) -> None:
    ticket = make_ticket()
    finding = make_finding(ticket, state="filed", rectify_due_at=DUE)
    stage = theatre.open(ticket, finding)
    stage.shown(f"finding:{finding.id}")
    answer = stage.page.asked.answer
    stage.write("先写一半")
    answer.receipt.click()
    stage.qtbot.waitUntil(lambda: stage.kinds() == ["finding.acknowledge"])
    stage.qtbot.waitUntil(answer.receipt.isHidden)
    assert answer.text.value() == "先写一半", "confirming receipt takes nothing from what is being written"
    assert stage.key() == f"finding:{finding.id}"


def test_an_upheld_finding_is_begun_and_its_review_asked_for_while_there_is_time(theatre: Theatre) -> None:
    """The right of reply does not end with the verdict, and does not last for ever: the button says which."""
    ticket = make_ticket()
    old = make_finding(ticket, state="confirmed", rectify_due_at=DUE, confirmed_at=NOW - timedelta(days=60))
    new = make_finding(ticket, state="confirmed", rectify_due_at=DUE + timedelta(days=1), confirmed_at=NOW)
    stage = theatre.open(ticket, old, new)
    stage.shown(f"rectification:{old.id}")
    answer = stage.page.asked.answer
    assert answer.review.reason() == "The days in which a review could be asked for are over."
    stage.write("三日内返工")
    answer.begin.click()
    stage.qtbot.waitUntil(lambda: stage.kinds() == ["finding.begin"])
    stage.choose(f"rectification:{new.id}")
    assert answer.clocks.isVisibleTo(answer)
    stage.write("照片系他处")
    answer.review.click()
    stage.qtbot.waitUntil(lambda: stage.kinds() == ["finding.begin", "finding.review"])


def test_a_review_may_still_be_asked_for_while_the_office_looks_at_the_report(theatre: Theatre) -> None:
    """The server takes it within thirty days at this stage too; a page without the button would take the right away.
    The report stays reported: it is not offered once more, and the number on the rail does not count the line."""
    ticket = make_ticket()
    late, asked, open_one = (
        make_finding(
            ticket, state="rectified", confirmed_at=NOW - timedelta(days=days), rectified_at=NOW, review_at=at
        )
        for days, at in ((60, None), (9, NOW), (9, None))
    )
    stage = theatre.open(ticket, late, asked, open_one)
    stage.shown(f"rectification:{open_one.id}")
    assert [ask.entity_id for ask in stage.store.ask(asked_of_my_unit)] == [open_one.id]
    assert stage.store.ask(asked_count) == 0
    assert stage.due_words(f"rectification:{open_one.id}") == "with the office"
    answer = stage.page.asked.answer
    assert answer.primary.isHidden()
    assert not answer.primary.reason(), "what is not there says nothing of what it lacks"
    stage.write("照片系他处")
    stage.press_send()
    assert not stage.kinds(), "the key of the report does nothing here"
    answer.review.click()
    stage.qtbot.waitUntil(lambda: stage.kinds() == ["finding.review"])


def test_a_half_written_answer_survives_another_line_and_a_restart(theatre: Theatre) -> None:
    ticket = make_ticket()
    urge, notice, _, _ = four_asks(ticket)
    stage = theatre.open(ticket, urge, notice)
    stage.choose(f"notice:{notice.id}")
    stage.write("写到一半")
    stage.choose(f"urge:{urge.id}")
    assert stage.page.asked.answer.text.value() == ""
    stage.choose(f"notice:{notice.id}")
    stage.qtbot.waitUntil(lambda: stage.page.asked.answer.text.value() == "写到一半")
    stage.page.release()
    stage.page.hide()
    stage.rebuild()
    stage.choose(f"notice:{notice.id}")
    stage.qtbot.waitUntil(lambda: stage.page.asked.answer.text.value() == "写到一半")


def test_what_is_late_stands_first_and_says_so(theatre: Theatre) -> None:
    ticket = make_ticket()
    late = make_notice(ticket, state="issued", reply_due_at=NOW - timedelta(days=1))
    soon = make_urge(ticket, promised_at=NOW + timedelta(hours=2))
    endless = make_urge(ticket)
    stage = theatre.open(ticket, soon, endless, late)
    stage.shown(f"notice:{late.id}")
    assert stage.page.asked.model.ids() == (f"notice:{late.id}", f"urge:{soon.id}", f"urge:{endless.id}")
    assert str(stage.due_words(f"notice:{late.id}")).startswith("Overdue")
    assert stage.due_words(f"urge:{endless.id}") == ""


def test_the_units_tickets_are_listed_counted_and_opened(theatre: Theatre) -> None:
    late, quiet = make_ticket(due_at=NOW - timedelta(days=2)), make_ticket(state="archived", due_at=None)
    stage = theatre.open(late, quiet)
    assert stage.store.ask(queues.counts) == {
        "asked": 0,
        "overdue": 1,
        "due_today": 0,
        "open": 1,
        "all": 2,
    }
    page = stage.page
    stage.qtbot.waitUntil(lambda: page.asked.table.empty.title() == "Nothing is asked of your unit")
    with stage.qtbot.waitSignal(page.queue_changed):
        page.show_queue("overdue")
    stage.qtbot.waitUntil(lambda: page.tickets.list.model.rowCount() == 1)
    page.open_ticket(quiet.id)
    stage.qtbot.waitUntil(lambda: page.tickets.list.table.current_id() == quiet.id)
    stage.qtbot.waitUntil(page.tickets.case.isVisible)
    case = page.tickets.case
    stage.qtbot.waitUntil(lambda: (shown := case.panel()) is not None and shown.ticket.id == quiet.id)


def test_hostile_words_stay_words(theatre: Theatre) -> None:
    """An officer's or a citizen's text must never become markup or reorder a line on the unit's screen."""
    bad = '<a href="x">点</a>\u202e' + "长" * 120
    ticket = make_ticket(title=bad, request_text=bad)
    finding = make_finding(ticket, facts=bad, requirement=bad, rectify_due_at=DUE)
    reply = FindingReply(
        id="r-bad", version=1, ticket_id=ticket.id, finding_id=finding.id, unit_id="u-roads", text=bad, at=NOW
    )
    stage = theatre.open(ticket, finding, reply)
    stage.shown(f"finding:{finding.id}")
    labels = children(stage.page, PlainLabel)
    assert sum('<a href="x">' in label.text().replace("\u200b", "") for label in labels) >= 3
    for label in labels:
        assert label.textFormat() == Qt.TextFormat.PlainText
        assert "\u202e" not in label.text()


def test_a_reply_is_looked_over_before_it_goes_and_goes_all_the_same(theatre: Theatre) -> None:
    """The inspector would send it back in three days; and a hint that is wrong must not stop anybody."""
    ticket = make_ticket()
    finding = make_finding(
        ticket, state="filed", code="F02", requirement="一、说明逾期原因；二、报送修复前后照片。"
    )
    stage = theatre.open(ticket, finding)
    answer = stage.page.asked.answer
    stage.shown(f"finding:{finding.id}")
    answer.stance.press("2")
    stage.write("因材料到货晚而逾期，原因已向班组说明。")
    stage.press_send()
    stage.qtbot.waitUntil(answer.remarks.isVisible)
    said = [label.text() for label in children(answer.remarks, PlainLabel)]
    assert "· Not answered: “报送修复前后照片”" in said
    assert any("spoke with the requester" in line for line in said)
    assert stage.kinds() == []
    assert answer.primary.text() == "Send all the same"
    stage.write("逾期原因：材料到货晚。已电话联系诉求人致歉并说明，修复前后照片附后。")
    stage.press_send()
    stage.qtbot.waitUntil(lambda: stage.kinds() == ["finding.reply"])


def test_an_answer_shows_the_time_left_in_working_hours_and_what_it_is_held_against(theatre: Theatre) -> None:
    """ "Until Monday 12:00" is two hours of work on a Friday at five; and no unit should guess what is looked at."""
    ticket = make_ticket()
    notice = make_notice(ticket, state="issued", issued_at=NOW, reply_due_at=NOW + timedelta(days=7))
    finding = make_finding(ticket, state="filed", rectify_due_at=NOW + timedelta(days=8))
    stage = theatre.open(ticket, finding, notice)
    stage.shown(f"notice:{notice.id}")
    said = " ".join(label.text() for label in children(stage.page.asked.answer, PlainLabel))
    assert "5 working days of working time left" in said
    stage.choose(f"finding:{finding.id}")
    said = " ".join(label.text() for label in children(stage.page.asked.answer, PlainLabel))
    usual = stage.desk.profile.inspections.checklists[0].items[0].en
    assert usual in said
    own = make_inspection("i-1", checklist="of another form")
    stage.store.pull(own, replace(finding, version=2, inspection_id=own.id))
    stage.page.refresh()
    stage.qtbot.waitUntil(
        lambda: usual not in " ".join(x.text() for x in children(stage.page.asked.answer, PlainLabel))
    )


def test_files_are_taken_along_by_size_with_one_key(theatre: Theatre) -> None:
    """Before the road: how much there is, as of when, and what each size would bring; stopping is one click."""
    ticket = make_ticket()
    sizes = (90_000, 800_000, 3_000_000)
    files = [
        Attachment(
            id=f"a-{n}", version=1, ticket_id=ticket.id, name=f"{n}.jpg", size=n, sha256="0" * 64, at=NOW
        )
        for n in sizes
    ]
    stage = theatre.open(ticket, *files)
    pack = stage.page.pack
    stage.qtbot.waitUntil(lambda: "files readable offline 0 of 3" in pack.words.text())
    QTest.keyClick(stage.page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    stage.qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Files up to 200 KB each  (1, 88 KB)",
        "Files up to 1.0 MB each  (2, 869 KB)",
        "Files up to 5.0 MB each  (3, 3.7 MB)",
    ]
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(menu, key)
    stage.qtbot.waitUntil(pack.stop.isVisible)
    assert pack.way.text().startswith("2 files wait for the network")
    pack.press_stop()
    stage.qtbot.waitUntil(lambda: not pack.stop.isVisible())
