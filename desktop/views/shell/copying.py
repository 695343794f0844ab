"""Copies of the person at one desk: written down first, then made."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.commands.leaving import Leaving, note_leaving


class CopyGate(QObject):
    """What ``clipboard.install`` is given. A copy that could not be written down does not happen; the shell says so."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk

    def copy(self, text: str, object_type: str, object_id: str, detail: str) -> None:
        """Write the copy down, then make it."""
        leaving = Leaving(action="copy", object_type=object_type, object_id=object_id, detail=detail)
        copy = _Copy(text, self)
        self._desk.run_command(copy, lambda w: note_leaving(w, leaving), copy.make)


class _Copy(QObject):
    """One text on its way, for the milliseconds of one commit."""

    def __init__(self, text: str, parent: QObject) -> None:
        super().__init__(parent)
        self._text = text

    def make(self, changes: Changes) -> None:
        """It has been written down."""
        QGuiApplication.clipboard().setText(self._text)
        self.deleteLater()
