"""Keeps when the person was at work, for "since I left": noted at the first touch, then every ten minutes of them, and
once more when the session ends.

Wakes nothing and writes nothing while nobody touches the program. Decides nothing: see ``domain/workdays``.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject

from desktop.services.background.errors import DeskError
from desktop.services.background.touches import Touches
from desktop.services.commands.morning import note_work

if TYPE_CHECKING:
    from desktop.services.background.desk import Desk

_EVERY: Final = timedelta(minutes=10)
_KINDS: Final = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class WorkWatch(QObject):
    """Made with a session on the GUI thread; `finish` before its desk closes."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._touched: datetime | None = None
        self._noted: datetime | None = None
        self._touches = Touches(_KINDS, self.touch, self)

    def touch(self) -> None:
        """Somebody did something."""
        self._touched = now = self._desk.now()
        if self._noted is None or not timedelta(0) <= now - self._noted < _EVERY:
            self._note(now)

    def finish(self) -> None:
        """The last touch is kept, and nobody is watched any more."""
        self._touches.end()
        if self._touched is not None and self._touched != self._noted:
            self._note(self._touched)

    def _note(self, at: datetime) -> None:
        self._noted = at
        moment = at.replace(microsecond=0)
        self._desk.run_command(self, lambda w: note_work(w, moment), failed=self._not_kept)

    def _not_kept(self, error: DeskError) -> None:
        """A full disk, say: nobody is told, since nothing of theirs is lost; it is tried again later."""
