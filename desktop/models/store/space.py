"""How much room the disk has left for the store, and what may still be begun with it.

Refusing early is kinder than failing late: the text is still on the screen. Measuring asks the operating system, so it
is done in worker threads and its answer is kept for a moment. Writes nothing.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Literal

Room = Literal["enough", "low", "none"]
"""``low``: nothing more is fetched, what was done here still goes out. ``none``: no new work is begun either."""

MIB = 1024 * 1024

WORK_NEEDS = 32 * MIB
"""A command writes some hundred kilobytes at most; but the log may hold 8 MiB before it is folded in, folding it in
needs as much again in the file, and sending what waits must still be possible afterwards. Twice that."""

FETCH_NEEDS = 192 * MIB
"""One transaction of a first load is 20,000 rows: up to 60 MiB in the log and as much in the file. Fetching stops while
that, and the room a person's own work needs, are still there."""

_MORE_TO_GO_ON = 1.25
"""Work goes on when there is a quarter more than was needed, so that it does not stop and go with every page."""

_KEPT_S = 2.0
_FULL_FOR_S = 10.0
"""After the disk itself said that it is full, that counts for so long whatever the measure says (quotas)."""


class NoRoom(Exception):
    """The disk has so little room left that what is there would be at risk; nothing was written."""

    code = "disk_low"


Measure = Callable[[Path], int]


def free_bytes(folder: Path) -> int:
    """What the disk of ``folder`` has left for this person. Raises OSError."""
    return shutil.disk_usage(folder).free


def _nobody(room: Room) -> None:
    """Nobody listens."""


class Space:
    """The room in one folder. Thread-safe; ``on_change`` hears each new value in the thread that noticed."""

    def __init__(
        self, folder: Path, *, measure: Measure = free_bytes, monotonic: Callable[[], float] | None = None
    ) -> None:
        """Without ``monotonic`` every look measures."""
        self.on_change: Callable[[Room], None] = _nobody
        self._folder = folder
        self._measure = measure
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._room: Room = "enough"
        self._looked_at: float | None = None
        self._full_until: float | None = None

    @property
    def room(self) -> Room:
        """As it was at the last look; asks nobody."""
        return self._room

    def look(self) -> Room:
        """How it is now, or was a moment ago. Asks the operating system: not on the GUI thread."""
        with self._lock:
            now = self._now()
            if now is not None and self._looked_at is not None and now - self._looked_at < _KEPT_S:
                return self._room
            self._looked_at = now
            before, self._room = self._room, self._judge(now)
            room = self._room
        if room != before:
            self.on_change(room)
        return room

    def require(self) -> None:
        """Raises :class:`NoRoom` where no new work may be begun."""
        if self.look() == "none":
            raise NoRoom

    def require_more(self) -> None:
        """Raises :class:`NoRoom` where nothing more may be fetched."""
        if self.look() != "enough":
            raise NoRoom

    def ran_out(self) -> None:
        """A write has just failed for want of room."""
        with self._lock:
            now = self._looked_at = self._now()
            self._full_until = None if now is None else now + _FULL_FOR_S
            before, self._room = self._room, "none"
        if before != "none":
            self.on_change("none")

    def _now(self) -> float | None:
        return self._monotonic() if self._monotonic is not None else None

    def _judge(self, now: float | None) -> Room:
        if now is not None and self._full_until is not None and now < self._full_until:
            return "none"
        self._full_until = None
        try:
            free = self._measure(self._folder)
        except OSError:
            return self._room  # a folder that does not answer is told by the next write, with its own words
        if free < self._needed(WORK_NEEDS, held=self._room == "none"):
            return "none"
        return "low" if free < self._needed(FETCH_NEEDS, held=self._room != "enough") else "enough"

    def _needed(self, least: int, *, held: bool) -> float:
        return least * _MORE_TO_GO_ON if held else least
