"""Finding a ticket by the end of its number: a line, and the tickets that fit below it, each a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.background.desk import Desk
from desktop.services.queries.findings import tickets_by_number
from desktop.views.common.buttons import Button
from desktop.views.common.fields import LineField

_LEAST = 3


class TicketPicker(QWidget):
    """`picked` carries the ticket's id; the line is empty again afterwards. Enter takes the only one that fits."""

    picked = Signal(str)

    def __init__(self, desk: Desk, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: tuple[tuple[str, str, str], ...] = ()
        self.line = LineField(label, limit=40)
        self._results = QVBoxLayout()
        self._results.setSpacing(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.line)
        whole.addLayout(self._results)
        self.line.set_hint(self._usual_hint())
        self.line.changed.connect(self._look)
        self.line.input.returnPressed.connect(self._take_only)
        self.setFocusProxy(self.line)

    def found(self) -> tuple[tuple[str, str, str], ...]:
        """(id, number, title) of the tickets that fit."""
        return self._found

    def _usual_hint(self) -> str:
        return self.tr("The last digits of its number, at least three.")

    def _look(self) -> None:
        text = self.line.value()
        if len(text) < _LEAST:
            self._show(())
            self.line.set_hint(self._usual_hint())
            return
        self._desk.run_query(self, lambda r: tickets_by_number(r, text), self._take, slot="tickets")

    def _take(self, found: tuple[tuple[str, str, str], ...]) -> None:
        self._show(found)
        none = self.tr("No ticket on this desktop ends with these digits.")
        self.line.set_hint("" if found else none)

    def _show(self, found: tuple[tuple[str, str, str], ...]) -> None:
        self._found = found
        while self._results.count():
            old = self._results.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for ticket_id, number, title in found:
            button = Button(f"{number}  {title}", kind="link", on=self._pressed)
            button.setProperty("ticket", ticket_id)
            self._results.addWidget(button)

    def _pressed(self) -> None:
        self._pick(str(self.sender().property("ticket")))

    def _take_only(self) -> None:
        if len(self._found) == 1:
            self._pick(self._found[0][0])

    def _pick(self, ticket_id: str) -> None:
        self.line.set_value("")
        self._show(())
        self.line.set_hint(self._usual_hint())
        self.picked.emit(ticket_id)
