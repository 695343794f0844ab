"""A supervision page on a desk on a store, as one person sees it: what tests of the officer's work stand on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Ticket
from desktop.models.domain.wire import Me
from desktop.models.items import roles
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk
from desktop.services.queries.ticket_panel import ticket_panel
from desktop.views.common import theme
from desktop.views.common.fields import LineField, TextField
from desktop.views.supervision.page import SupervisionPage

from .builders import NOW, OFFICER, reference_rows
from .desks import OFFLINE, open_desk
from .stores import DeskStore, open_desk_store

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


@contextmanager
def open_theatre(qtbot: QtBot, folder: Path) -> Iterator[Theatre]:
    """A theatre with the light theme on; closed with everything on its stages."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply_theme(app, "light")
    with ExitStack() as stack:
        yield Theatre(qtbot, folder, stack)
