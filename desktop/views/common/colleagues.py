"""Who else of the office has a case open now: in words, beside its row in a list and in the case's head.

The line in a case's head also tells the desk which case is on this screen. Names are colleagues' and never masked; a
liaison is told of nobody. Must not ask the server: it shows what the desk has heard.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.domain.wire import Present
from desktop.services.background.desk import Desk
from desktop.views.common.text import PlainLabel


def everybody_there(desk: Desk) -> dict[str, tuple[str, str]]:
    """By the id of each case that a colleague has open: the name to draw in its row, and the sentence that is said."""
    found: dict[str, tuple[str, str]] = {}
    for ticket_id in desk.colleagues.cases():
        there = desk.colleagues.on(ticket_id, desk.me)
        if there:
            first = _name(desk, there[0])
            found[ticket_id] = (f"{first} +{len(there) - 1}" if len(there) > 1 else first, _said(desk, there))
    return found


def _said(desk: Desk, there: tuple[Present, ...]) -> str:
    return " · ".join(_sentence(desk, one) for one in there)


def _sentence(desk: Desk, one: Present) -> str:
    if one.writing:
        words = QCoreApplication.translate("Colleagues", "{name} is working on it")
    else:
        words = QCoreApplication.translate("Colleagues", "{name} has it open")
    return words.format(name=_name(desk, one))


def _name(desk: Desk, one: Present) -> str:
    """A colleague whom this desktop has not heard of yet has no name for a moment."""
    person = desk.reference.persons.get(one.person_id)
    return person.name if person is not None else QCoreApplication.translate("Colleagues", "A colleague")


class ColleaguesLine(QWidget):
    """One line, hidden while nobody else is there. ``writing``: it stands above a form."""

    def __init__(self, desk: Desk, parent: QWidget, *, writing: bool = False) -> None:
        super().__init__(parent)
        self._desk = desk
        self._writing = writing
        self._ticket_id = ""
        self.words = PlainLabel(kind="small", tone="accent", wrap=True)
        self.words.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.words)
        desk.colleagues.changed.connect(self._look)

    def set_case(self, ticket_id: str) -> None:
        """The case above which it stands."""
        self._ticket_id = ticket_id
        if self.isVisible():
            self._desk.colleagues.attend(self, ticket_id, writing=self._writing)
        self._show()

    def _look(self, ticket_ids: frozenset[str]) -> None:
        if self._ticket_id in ticket_ids:
            self._show()

    def _show(self) -> None:
        there = self._desk.colleagues.on(self._ticket_id, self._desk.me) if self._ticket_id else ()
        self.words.setText(_said(self._desk, there))
        self.words.setVisible(bool(there))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._ticket_id:
            self._desk.colleagues.attend(self, self._ticket_id, writing=self._writing)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._desk.colleagues.leave(self)
