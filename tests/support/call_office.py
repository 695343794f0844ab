"""A caller at the desk: page, keyboard, line and counter in one hand, for tests of the return-visit page.

The server's side of the lease is the in-memory counter of return_visits.py, because losing a lease, being refused one
and a line that ends in a given way cannot be brought about at a real server on purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.models.domain.entities import Row, decode_row
from desktop.models.store.tables import projection
from desktop.services.background.desk import Desk
from desktop.services.queries.visits import VisitInHand, visit_in_hand
from desktop.views.return_visits.page import ReturnVisitsPage

from .return_visits import LeaseCounter, ManualLine
from .stores import DeskStore

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


class Office(NamedTuple):
    """What a test of a call needs at hand."""

    bot: QtBot
    store: DeskStore
    desk: Desk
    counter: LeaseCounter
    line: ManualLine
    page: ReturnVisitsPage

    def key(self, key: Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.page, key, modifier)

    def until(self, condition: Callable[[], bool]) -> None:
        self.bot.waitUntil(condition)

    def type(self, words: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget() or self.page, words)

    def take_next(self) -> None:
        self.page.waiting.table.setFocus()
        self.key(Key.Key_Space)
        self.until(self.asking)

    def asking(self) -> bool:
        """Somebody is in hand and the questions are open."""
        pane = self.page.pane
        return pane.session.state == "held" and not pane.visit.outcomes.reason() and pane.visit.visit_id != ""

    def call(self) -> None:
        """D, and the citizen answers."""
        self.key(Key.Key_D)
        self.until(lambda: self.line.state == "dialling")
        self.line.ring()
        self.line.answer()
        assert self.page.pane.session.state == "talking"

    def answer(self, digits: str) -> None:
        for digit in digits:
            self.key(Key(int(Key.Key_0) + int(digit)))

    def finished(self) -> bool:
        return self.page.pane.currentWidget() is self.page.pane.aftermath

    def in_hand(self, visit_id: str) -> VisitInHand:
        found = self.store.ask(lambda r: visit_in_hand(r, visit_id))
        assert found is not None
        return found

    def rows(self, entity_type: str) -> list[Row]:
        with self.store.store.read() as connection:
            found = connection.execute(projection.select().where(projection.c.type == entity_type)).all()
        return [decode_row(entity_type, row.data) for row in found]

    def texts(self) -> str:
        """Every word on the page, tooltips included."""
        inside: Iterable[QWidget] = self.page.findChildren(QWidget)
        found: list[str] = []
        for widget in inside:
            found += [widget.toolTip(), widget.accessibleName()]
            if isinstance(widget, QLabel):
                found.append(widget.text())
            elif isinstance(widget, QPlainTextEdit):
                found.append(widget.toPlainText())
        return "\n".join(found)


def show_page(bot: QtBot, desk: Desk) -> ReturnVisitsPage:
    page = ReturnVisitsPage(desk, settle_ms=20)
    bot.addWidget(page, before_close_func=ReturnVisitsPage.release)
    page.resize(1166, 704)
    with bot.waitExposed(page):
        page.show()
    page.activateWindow()
    bot.waitUntil(
        lambda: page.waiting.model.rowCount() > 0 and page.pane.visit.visit_id != "", timeout=60_000
    )
    return page
