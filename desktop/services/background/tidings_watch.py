"""Looks every minute for what is worth a word, and says it once, in one breath, outside the quiet hours.

What comes while it is quiet, or while telling is switched off, is not told one by one afterwards: the quiet hours' is
told as one when they are over. Shows nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.models.domain.tidings import QuietHours, Watched, tidings_between
from desktop.services.queries.tidings import watched

from .desk import Desk
from .errors import DeskError

_LOOK_MS: Final = 60_000


def _forget(wanted: bool, quiet: QuietHours) -> None:
    """Kept nowhere."""


@dataclass
class TidingsPlace:
    """Whether a person wants to be told, and when not; ``keep`` writes it down for the next start."""

    wanted: bool = True
    quiet: QuietHours = field(default_factory=QuietHours)
    keep: Callable[[bool, QuietHours], None] = _forget

    def choose(self, wanted: bool, quiet: QuietHours) -> None:
        """From now on so."""
        self.wanted, self.quiet = wanted, quiet
        self.keep(wanted, quiet)


class TidingsWatch(QObject):
    """``told`` carries a Tidings. The first look tells nothing: it is what a person finds when they come.

    ``promised`` carries how many calls to citizens are due within minutes, for the window itself: at every hour, for
    whoever is promised a call waits.
    """

    told = Signal(object)
    promised = Signal(int)

    def __init__(self, desk: Desk, place: TidingsPlace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._place = place
        self._since: datetime = desk.now()
        self._before: Watched | None = None
        self._promised: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look now."""
        since = self._since
        self._desk.run_query(
            self, lambda r: watched(r, since), self._take, slot="tidings", failed=self._failed, patient=True
        )

    def close(self) -> None:
        """No more looks."""
        self._timer.stop()

    def _take(self, now: Watched) -> None:
        new = now.booked.keys() - self._promised
        self._promised |= new
        if new:
            self.promised.emit(len(new))
        before = self._before
        if before is None or not self._place.wanted:
            self._before = now
            return
        if self._place.quiet.hold(self._desk.now()):
            return  # what comes now is told with what comes until the end of it
        self._before = now
        tidings = tidings_between(before, now)
        if tidings:
            self.told.emit(tidings)

    def _failed(self, error: DeskError) -> None:
        """The next look finds the same."""
