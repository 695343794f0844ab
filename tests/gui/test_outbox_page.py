"""The outbox page: what waits, what was refused, what conflicts; nothing a person typed is lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Note, Ticket
from desktop.models.domain.fold import Refused
from desktop.models.domain.operations import CATALOGUE
from desktop.models.domain.wire import Conflict, OperationResult
from desktop.models.items import roles
from desktop.models.store import outbox
from desktop.models.store.outbox import Entry, State
from desktop.services.background.desk import Desk
from desktop.services.commands.notes import add_note
from desktop.services.commands.settling import Seen, settle_by_sending
from desktop.services.commands.supervision import UrgeForm, urge_ticket
from desktop.services.queries.outbox import outbox_counts, outbox_rows
from desktop.services.queries.ticket_panel import ticket_panel
from desktop.views.common import theme
from desktop.views.outbox.decisions import OwnText
from desktop.views.outbox.page import OutboxPage
from desktop.views.outbox.queues import unsettled_count
from desktop.views.outbox.sentences import deed
from tests.support.builders import NOW, make_ticket, reference_rows
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

    def open(self, queue: str = "needs") -> None:
        with self.qtbot.waitExposed(self.page):
            self.page.show()
        self.page.show_queue(queue)
        self.qtbot.waitUntil(lambda: self.page.model.rowCount() > 0 and self.page.panel.matter() is not None)

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
    stage.open("waiting")
    sentence = stage.page.model.cell(0, 1, roles.DISPLAY)
    assert sentence == f"Urge {stage.ticket.number} 市政道路"
    assert stage.page.model.cell(0, 2, roles.DISPLAY) == "Waiting to be sent, try 3 at 10:05"
    assert stage.store.ask(unsettled_count) == 1
    assert "discard" not in stage.page.panel.buttons, "it may be on the server already"


def test_an_untried_entry_can_be_discarded_undone_and_found_again(stage: Stage) -> None:
    """A slip of the hand: the effect goes, Ctrl+Z brings it back; later it is found by a word and put back."""
    stage.note()
    stage.open("waiting")
    page = stage.page
    assert stage.notes(stage.ticket) == [TYPED]
    page.panel.buttons["discard"].click()
    stage.qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert stage.notes(stage.ticket) == []
    assert page.undo.isVisible()
    page.undo.undone.emit()
    stage.qtbot.waitUntil(lambda: stage.notes(stage.ticket) == [TYPED])
    stage.qtbot.waitUntil(lambda: page.model.rowCount() == 1 and "discard" in page.panel.buttons)
    page.panel.buttons["discard"].click()
    stage.qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    page.show_queue("discarded")
    stage.qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.search.setText("没有这个词")
    stage.qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    page.search.setText("再次约定")
    stage.qtbot.waitUntil(lambda: page.model.rowCount() == 1 and "put_back" in page.panel.buttons)
    (row,) = stage.store.ask(lambda r: outbox_rows(r, "discarded"))
    assert row.texts == (("text", TYPED),), "the copy is kept"
    assert stage.store.ask(outbox_counts).discarded == 1
    page.panel.buttons["put_back"].click()
    stage.qtbot.waitUntil(lambda: stage.notes(stage.ticket) == [TYPED])


def test_a_refused_text_can_be_said_differently_as_new_work(stage: Stage) -> None:
    """What was sent stays as it was; the new words travel under a new id that names the old one."""
    refused = stage.note()
    stage.answer(refused, "rejected", "bad_value")
    stage.open()
    panel = stage.page.panel
    decision = panel.list.decisions["text"]
    assert isinstance(decision, OwnText)
    decision.input.input.setPlainText("改过的话")
    panel.press_main()
    stage.qtbot.waitUntil(lambda: stage.notes(stage.ticket) == ["改过的话"])
    states = {entry.op_id: entry.state for entry in stage.entries()}
    assert states[refused.op_id] == "discarded"
    assert sorted(states.values()) == ["discarded", "queued"]
    assert stage.entries()[-1].op.resolves == refused.op_id


def test_what_the_server_failed_on_can_be_tried_now_under_its_own_id(stage: Stage) -> None:
    entry = stage.note()
    with stage.store.store.write() as connection:
        outbox.mark_in_flight(connection, [entry.op_id])
        outbox.set_state(connection, entry.op_id, "suspended", code="server_fault", next_try_at=4e9)
    stage.open("waiting")
    assert "five times" in stage.page.panel.story.text()
    stage.page.panel.buttons["retry"].click()
    stage.qtbot.waitUntil(lambda: stage.entries()[0].state == "queued")
    assert stage.entries()[0].op_id == entry.op_id


def test_hostile_text_of_ones_own_is_shown_as_text(stage: Stage) -> None:
    stage.note("<img src='file:///etc/passwd'>")
    stage.open("waiting")
    assert stage.page.panel.list.decisions["text"].value() == "<img src='file:///etc/passwd'>"
    stage.page.grab()


def test_an_empty_outbox_says_that_everything_arrived(stage: Stage) -> None:
    with stage.qtbot.waitExposed(stage.page):
        stage.page.show()
    stage.qtbot.waitUntil(stage.page.table.empty.isVisible)
    assert stage.store.ask(unsettled_count) == 0


def test_only_texts_and_values_of_that_very_deed_can_be_changed(stage: Stage) -> None:
    entry = stage.note()
    for values in ({"ground": "not a field of a note"}, {"answers.note": "nor of its answers"}):
        with pytest.raises(Refused, match="bad_value"):
            stage.store.run(lambda w, v=values: settle_by_sending(w, entry.op_id, v, Seen()))  # type: ignore[misc]
    with pytest.raises(Refused, match="not_found"):
        stage.store.run(lambda w: settle_by_sending(w, "no-such-operation", {"text": "x"}, Seen()))
    assert [e.state for e in stage.entries()] == ["queued"]
