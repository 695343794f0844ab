"""The dead man's switch of an open desk: adds up the time without the server, and says when the desk has to lock.

Locks nothing itself, and has no way to delete anything.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.domain.absence import Absence, heard, observe, signed_in, verdict
from desktop.models.domain.clock import Clock
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.absence import keep_absence
from desktop.services.queries.absence import kept_absence

_LOOK_MS: Final = 60_000
_KEEP_EVERY: Final = 5
"""Looks between two writes."""


class AbsenceWatch(QObject):
    """``ended`` carries "absent" or "doubtful": nobody may work here before the server was heard."""

    ended = Signal(str)

    def __init__(self, desk: Desk, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._clock = clock
        self._absence: Absence | None = None
        self._monotonic = clock.monotonic()
        self._doubts = 0
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Read how it stood when the store was opened, and go on from there."""
        self._monotonic = self._clock.monotonic()
        self._desk.run_query(self, kept_absence, self._take, slot="absence")
        self._timer.start()

    def hear(self) -> None:
        """The server has answered a signed question."""
        first = self._absence is None or self._absence.doubtful or self._absence.away_s > 3600
        self._absence = heard(self._absence, self._clock.now())
        self._monotonic = self._clock.monotonic()
        self._doubts = 0
        if first:
            self._keep()

    def signed_in(self) -> None:
        """A person has signed in."""
        self._absence = signed_in(self._clock.now())
        self._monotonic = self._clock.monotonic()
        self._keep()

    def look(self) -> None:
        """Add up what has passed; a doubt has until the next look to be answered by the server."""
        if self._absence is None:
            return
        monotonic = self._clock.monotonic()
        self._absence = observe(self._absence, self._clock.now(), monotonic - self._monotonic)
        self._monotonic = monotonic
        self._looks += 1
        found = verdict(self._absence)
        self._doubts = self._doubts + 1 if found == "doubtful" else 0
        if self._looks % _KEEP_EVERY == 0 or found != "free":
            self._keep()
        if found == "absent" or self._doubts > 1:
            self.ended.emit(found)

    def close(self) -> None:
        """Before the desk is closed: what was added up is kept."""
        self._timer.stop()
        self.look()
        self._keep()

    def _take(self, absence: Absence | None) -> None:
        if self._absence is None:
            self._absence = absence or signed_in(self._clock.now())

    def _keep(self) -> None:
        absence = self._absence
        if absence is not None:
            self._desk.run_command(self, lambda w: keep_absence(w, absence), failed=self._not_kept)

    def _not_kept(self, error: DeskError) -> None:
        """The next look tries again; a full disk must not lock anybody out."""
