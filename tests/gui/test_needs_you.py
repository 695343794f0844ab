"""Whoever has something to settle is told once, sees the same number everywhere, and gets there by one key."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Ticket
from desktop.models.store import outbox
from desktop.pages import page_specs
from desktop.services.background.desk import Desk
from desktop.services.commands.notes import add_note
from desktop.services.queries.outbox import outbox_counts, outbox_rows
from desktop.views.common import theme
from desktop.views.shell.frame import Frame
from tests.support.builders import make_ticket, reference_rows
from tests.support.desks import open_desk
from tests.support.stores import DeskStore, open_desk_store


class Stage:
    """The frame of an officer on a store."""

    def __init__(self, qtbot: QtBot, store: DeskStore, desk: Desk, ticket: Ticket) -> None:
        self.qtbot = qtbot
        self.store = store
        self.desk = desk
        self.ticket = ticket
        self.frame = Frame(desk, page_specs())
        qtbot.addWidget(self.frame)
        self.frame.resize(1366, 768)
        with qtbot.waitExposed(self.frame):
            self.frame.show()
        self.frame.open_page("supervision", "all")

    def refuse(self, text: str) -> None:
        """A note that the server would not take."""
        self.store.run(lambda w: add_note(w, self.ticket.id, text))
        with self.store.store.write() as connection:
            (*_, entry) = outbox.in_states(connection, ("queued",))
            outbox.mark_in_flight(connection, [entry.op_id])
            outbox.set_state(connection, entry.op_id, "rejected", code="not_permitted")
            outbox.unfold(connection, entry.seq)
        self.desk.committed(Changes(outbox=True))
        self.count()

    def count(self) -> None:
        """As the sync thread counts after each commit."""
        counts = self.store.ask(outbox_counts)
        self.desk.set_connection(
            replace(self.desk.connection, waiting=counts.waiting, to_settle=counts.to_settle)
        )
        self.frame.refresh_counts()

    def strips(self) -> list[str]:
        return [text for text in self.frame.notices.texts() if "need" in text]


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Iterator[Stage]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with ExitStack() as stack:
        store = stack.enter_context(open_desk_store(tmp_path))
        ticket = make_ticket()
        store.pull(*reference_rows(), ticket)
        desk = stack.enter_context(open_desk(store, language="en"))
        desk.learn_identity()
        made = Stage(qtbot, store, desk, ticket)
        stack.callback(made.frame.release)
        yield made


def test_something_new_is_told_once_and_ctrl_j_leads_there(stage: Stage) -> None:
    """The strip, the status bar, the rail and the list say one number; being there already, nobody is told again."""
    frame = stage.frame
    stage.refuse("第一条")
    assert len(stage.strips()) == 1
    assert frame.status.needs_you.isVisible()
    stage.qtbot.waitUntil(lambda: frame.rail.count_of("outbox", "needs") == 1)
    shortcuts = cast("list[QShortcut]", frame.findChildren(QShortcut))
    (key,) = (found for found in shortcuts if found.key().toString() == "Ctrl+J")
    key.activated.emit()
    stage.qtbot.waitUntil(lambda: (frame.current_page, frame.current_queue) == ("outbox", "needs"))
    page = frame.page("outbox")
    stage.qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    assert stage.strips() == []
    stage.refuse("第二条")
    assert stage.strips() == [], "it appears before the person's eyes"
    stage.qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    stage.qtbot.waitUntil(lambda: frame.rail.count_of("outbox", "needs") == 2)
    assert len(stage.store.ask(lambda r: outbox_rows(r, "needs"))) == 2
    assert stage.desk.connection.to_settle == 2


def test_the_case_itself_says_so_and_leads_to_its_entry(stage: Stage) -> None:
    """An officer reading the case must not believe that their note is there."""
    frame = stage.frame
    stage.refuse("没有送到的话")
    frame.open_ticket(stage.ticket.id)
    case = frame.page("supervision").case.case
    stage.qtbot.waitUntil(case.needs_you.isVisible)
    case.needs_you.findChildren(type(frame.status.needs_you))[0].click()
    stage.qtbot.waitUntil(lambda: frame.current_page == "outbox")
    page = frame.page("outbox")
    stage.qtbot.waitUntil(lambda: page.panel.matter() is not None)
    assert page.panel.matter().texts == (("text", "没有送到的话"),)
