"""What the form says of its evidence: how much is ticked at the right, and the way there. Must not hold the ticks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.views.common.buttons import Button
from desktop.views.common.fields import Field
from desktop.views.common.layouts import row
from desktop.views.common.text import PlainLabel


class EvidenceField(Field):
    """Value: (number of tickets cited, number of lines ticked)."""

    #: The person wants to tick.
    wanted = Signal()

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(label, parent)
        self._counted = (0, 0)
        self._words = PlainLabel()
        self.go = Button(self.tr("Tick at the right"), kind="link", on=self._go)
        holder = QWidget()
        across = row(self._words, self.go)
        across.addStretch(1)
        holder.setLayout(across)
        self._place(holder, focus=self.go)
        self.go.setAccessibleName(self.tr("Tick at the right"))
        self.set_value((0, 0))

    def value(self) -> tuple[int, int]:
        return self._counted

    def is_empty(self) -> bool:
        return self._counted[1] == 0

    def set_value(self, value: tuple[int, int]) -> None:
        """Show how much is cited."""
        self._counted = value
        tickets = self.tr("%n ticket(s) cited", "", value[0])
        lines = self.tr("%n line(s) ticked", "", value[1])
        self._words.setText(f"{tickets} · {lines}")

    def take(self, value: tuple[int, int]) -> None:
        """The person ticked something."""
        self.set_value(value)
        self._touched()

    def _go(self) -> None:
        self.wanted.emit()
