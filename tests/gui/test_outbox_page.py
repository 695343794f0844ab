"""The outbox page: what waits, what was refused, what conflicts; nothing a person typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Note, Notice, Ticket
from desktop.models.domain.fold import Refused
from desktop.models.domain.operations import CATALOGUE
from desktop.models.domain.wire import Conflict, OperationResult
from desktop.models.items import roles
from desktop.models.store import outbox
from desktop.models.store.outbox import Entry, State
from desktop.services.background.desk import Desk
from desktop.services.commands.notes import add_note
from desktop.services.commands.rewording import reword_operation
from desktop.services.commands.supervision import NoticeForm, UrgeForm, urge_ticket, write_notice
from desktop.services.queries.outbox import outbox_counts, outbox_rows
from desktop.services.queries.ticket_panel import ticket_panel
from desktop.views.common import theme
from desktop.views.outbox.page import OutboxPage, unsettled_count
from desktop.views.outbox.sentences import deed
from tests.support.builders import NOW, make_notice, make_ticket, reference_rows
from tests.support.desks import open_desk
from tests.support.stores import DeskStore, open_desk_store

TYPED = "现场 <b>无人</b>，再次约定\u202e周五"


class Stage:
    """An outbox page over a store of which a test sets the states, as the server's answers would."""

    def __init__(self, qtbot: QtBot, store: DeskStore, desk: Desk) -> None:
        self.qtbot = qtbot
        self.store = store
        self.desk = desk
        self.ticket = make_ticket()
        store.pull(*reference_rows(), self.ticket)
        desk.learn_identity()
        self.page = OutboxPage(desk)
        qtbot.addWidget(self.page)
        self.page.resize(1166, 720)

    def open(self) -> None:
        with self.qtbot.waitExposed(self.page):
            self.page.show()
        self.qtbot.waitUntil(lambda: self.page.model.rowCount() > 0 and self.page.panel.entry() is not None)

    def note(self, text: str = TYPED) -> Entry:
        self.store.run(lambda w: add_note(w, self.ticket.id, text))
        return self.entries()[-1]

    def entries(self) -> list[Entry]:
        with self.store.store.read() as connection:
            return outbox.in_states(connection, (*outbox.UNSENT, *outbox.PARKED, "discarded"))

    def answer(self, entry: Entry, state: State, code: str, conflict: Conflict | None = None) -> None:
        """What settling would write for the server's answer."""
        result = OperationResult(op_id=entry.op_id, status="conflict", conflict=conflict)
        with self.store.store.write() as connection:
            outbox.mark_in_flight(connection, [entry.op_id])
            outbox.set_state(
                connection,
                entry.op_id,
                state,
                code=code,
                answer=msgspec.json.encode(result) if conflict else None,
            )

    def notes(self, ticket: Ticket) -> list[str]:
        panel = self.store.ask(lambda r: ticket_panel(r, ticket.id))
        assert panel is not None
        return [h.row.text for h in panel.happenings if isinstance(h.row, Note)]


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with ExitStack() as stack:
        store = stack.enter_context(open_desk_store(tmp_path))
        desk = stack.enter_context(open_desk(store, language="en"))
        made = Stage(qtbot, store, desk)
        stack.callback(made.page.release)
        yield made


def test_every_kind_of_work_has_a_sentence() -> None:
    """A new kind without words would show its code to a person."""
    assert [kind for kind in CATALOGUE if deed(kind) == kind] == []


def test_waiting_work_says_what_on_which_case_and_when_it_is_tried_again(stage: Stage) -> None:
    form = UrgeForm(ticket_id=stage.ticket.id, unit_id="u-roads", means="phone", person_reached="刘科长")
    stage.store.run(lambda w: urge_ticket(w, form))
    (entry,) = stage.entries()
    with stage.store.store.write() as connection:
        for _ in range(2):
            outbox.mark_in_flight(connection, [entry.op_id])
        again = (NOW + timedelta(minutes=35)).timestamp()
        outbox.set_state(connection, entry.op_id, "queued", next_try_at=again)
    stage.open()
    sentence = stage.page.model.cell(0, 1, roles.DISPLAY)
    assert sentence == f"Urge {stage.ticket.number} 市政道路"
    assert stage.page.model.cell(0, 2, roles.DISPLAY) == "Waiting to be sent, try 3 at 10:05"
    assert stage.store.ask(unsettled_count) == 1
    assert stage.page.panel.discard.reason(), "it may be on the server already"


def test_an_untried_entry_can_be_discarded_and_its_effect_goes(stage: Stage) -> None:
    stage.note()
    stage.open()
    assert stage.notes(stage.ticket) == [TYPED]
    stage.page.panel.discard_now()
    stage.qtbot.waitUntil(lambda: stage.page.model.rowCount() == 0)
    assert stage.notes(stage.ticket) == []
    stage.page.discarded_button.click()
    stage.qtbot.waitUntil(lambda: stage.page.model.rowCount() == 1)
    (row,) = stage.store.ask(lambda r: outbox_rows(r, discarded=True))
    assert row.texts == (("text", TYPED),), "the copy is kept"
    assert stage.store.ask(outbox_counts).discarded == 1


def test_a_refused_text_can_be_said_differently_as_new_work(stage: Stage) -> None:
    """What was sent stays as it was; the new words travel under a new id."""
    refused = stage.note()
    stage.answer(refused, "rejected", "bad_value")
    stage.open()
    panel = stage.page.panel
    assert panel.edit.isVisible()
    panel.edit.click()
    panel.fields["text"].input.setPlainText("改过的话")
    panel.send.click()
    stage.qtbot.waitUntil(lambda: stage.notes(stage.ticket) == ["改过的话"])
    states = {entry.op_id: entry.state for entry in stage.entries()}
    assert states[refused.op_id] == "discarded"
    assert sorted(states.values()) == ["discarded", "queued"]


def test_what_was_refused_can_be_tried_again_under_its_own_id(stage: Stage) -> None:
    refused = stage.note()
    stage.answer(refused, "rejected", "not_permitted")
    stage.open()
    stage.page.panel.retry.click()
    stage.qtbot.waitUntil(lambda: stage.entries()[0].state == "queued")
    assert stage.entries()[0].op_id == refused.op_id


def test_a_conflict_says_who_did_what_and_keeps_my_text(stage: Stage) -> None:
    notice = make_notice(stage.ticket, state="draft")
    stage.store.pull(notice)
    form = NoticeForm(ticket_id=stage.ticket.id, unit_id="u-roads", ground=TYPED, requirement="报告")
    stage.store.run(lambda w: write_notice(w, form, submit_now=True, notice_id=notice.id))
    edit, submit = stage.entries()
    changed = Conflict(
        code="transition_not_legal", state="issued", by_name="赵立", at=NOW - timedelta(hours=1)
    )
    stage.answer(edit, "conflict", "transition_not_legal", changed)
    stage.answer(submit, "blocked", "blocked")
    stage.open()
    panel = stage.page.panel
    assert panel.entry() is not None
    assert panel.entry().standing == "conflict"  # type: ignore[union-attr]
    words = panel._story.text()
    assert "赵立" in words
    assert "08:30" in words
    assert "Under supervision" in words
    panel.copy.click()
    assert TYPED.replace("\u202e", "") in QGuiApplication.clipboard().text()
    assert not panel.retry.isVisible(), "the same step would meet the same refusal"


def test_hostile_text_of_ones_own_is_shown_as_text(stage: Stage) -> None:
    stage.note("<img src='file:///etc/passwd'>")
    stage.open()
    assert stage.page.panel.fields["text"].value() == "<img src='file:///etc/passwd'>"
    stage.page.grab()


def test_an_empty_outbox_says_that_everything_arrived(stage: Stage) -> None:
    with stage.qtbot.waitExposed(stage.page):
        stage.page.show()
    stage.qtbot.waitUntil(stage.page.table.empty.isVisible)
    assert stage.store.ask(unsettled_count) == 0


def test_rewording_takes_only_texts_of_that_very_operation(stage: Stage) -> None:
    entry = stage.note()
    with pytest.raises(Refused, match="bad_value"):
        stage.store.run(lambda w: reword_operation(w, entry.op_id, {"ticket_id": "t-other"}))
    with pytest.raises(Refused, match="bad_value"):
        stage.store.run(lambda w: reword_operation(w, entry.op_id, {"ground": "not a field of a note"}))
    with pytest.raises(Refused, match="not_found"):
        stage.store.run(lambda w: reword_operation(w, "no-such-operation", {"text": "x"}))
    assert [e.state for e in stage.entries()] == ["queued"]


def test_rewording_an_edit_changes_its_wanted_value_alone(stage: Stage) -> None:
    notice = make_notice(stage.ticket, state="draft")
    stage.store.pull(notice)
    form = NoticeForm(
        ticket_id=stage.ticket.id, unit_id="u-roads", ground="甲", requirement=notice.requirement
    )
    stage.store.run(lambda w: write_notice(w, form, submit_now=False, notice_id=notice.id))
    (edit,) = stage.entries()
    stage.store.run(lambda w: reword_operation(w, edit.op_id, {"ground": "乙"}))
    panel = stage.store.ask(lambda r: ticket_panel(r, stage.ticket.id))
    assert panel is not None
    assert isinstance(panel.notice, Notice)
    assert panel.notice.ground == "乙"
    after = next(e for e in stage.entries() if e.state == "queued")
    (change,) = after.op.changes
    assert (change.field, change.before, change.after) == ("ground", notice.ground, "乙")
