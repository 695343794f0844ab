"""Looking after an open store: a daily look through it, the room on its disk, and what a query met by chance.

Works in a lane of its own and tells on the GUI thread. Mends nothing: whoever listens ends the session first.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.domain.clock import Clock
from desktop.models.store import mark, migrate
from desktop.models.store.engine import Store
from desktop.services.background.tasks import Tasks

_log = logging.getLogger(__name__)

CHECK_EVERY = timedelta(days=1)
_FIRST_CHECK_MS = 60_000
"""After the first list and the first sync; a check takes seconds of one core."""

_ASK_AGAIN_MS = 3_600_000
_LOOK_MS = 60_000
_LOOK_CLOSER_MS = 15_000
"""Between two looks at the room on the disk: while there is enough of it, and else. Whoever records something measures
anew by himself; these looks are for telling."""

_CLOSE_S = 5.0


class StoreCare(QObject):
    """``damaged``: the store does not hold, confirmed by nobody yet. ``room_changed``: "enough", "low" or "none"."""

    damaged = Signal()
    room_changed = Signal(str)

    def __init__(
        self,
        store: Store,
        clock: Clock,
        *,
        first_check_ms: int = _FIRST_CHECK_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._store = store
        self._clock = clock
        self._tasks = Tasks("store care", self)
        self._told = False
        store.on_trouble = self._trouble
        store.space.on_change = self._changed
        self._first = _timer(self, first_check_ms, self._see_to_check)
        self._first.setSingleShot(True)
        self._again = _timer(self, _ASK_AGAIN_MS, self._see_to_check)
        self._looking = _timer(self, _LOOK_MS, self._see_to_room)

    @property
    def room(self) -> str:
        """How much room there was at the last look."""
        return self._store.space.room

    def start(self) -> None:
        """Begin; nothing is done at once."""
        for timer in (self._first, self._again, self._looking):
            timer.start()
        self._see_to_room()

    def close(self) -> None:
        """Before the store is closed; a check under way is broken off by that."""
        for timer in (self._first, self._again, self._looking):
            timer.stop()
        self._store.on_trouble = _deaf
        self._store.space.on_change = _deaf

    def end(self) -> None:
        """After the store has been closed: the lane ends."""
        self._tasks.close(drain=False, timeout_s=_CLOSE_S)

    def _see_to_check(self) -> None:
        self._tasks.run(self, self._check, self._checked)

    def _see_to_room(self) -> None:
        self._tasks.submit(self._look)

    # -- in the lane -------------------------------------------------------------------------------------------

    def _check(self) -> bool:
        """Once a day: whether the store holds."""
        path, now = self._store.path, self._clock.now()
        known = mark.read_mark(path)
        if known is not None and known.checked_at is not None and abs(now - known.checked_at) < CHECK_EVERY:
            return True
        migrate.forget_backups(path, now)
        holds = self._store.check()
        if holds:
            mark.note_checked(path, now)
        return holds is not False

    def _look(self) -> None:
        self._store.space.look()

    # -- from any thread ---------------------------------------------------------------------------------------

    def _trouble(self, code: str) -> None:
        if code == "store_damaged":
            self._tasks.post(lambda: self._checked(False))

    def _changed(self, room: str) -> None:
        self._tasks.post(lambda: self._room_is(room))

    # -- at home -----------------------------------------------------------------------------------------------

    def _room_is(self, room: str) -> None:
        self._looking.setInterval(_LOOK_MS if room == "enough" else _LOOK_CLOSER_MS)
        self.room_changed.emit(room)

    def _checked(self, holds: bool) -> None:
        if not holds and not self._told:
            self._told = True
            _log.error("the store does not hold")
            self.damaged.emit()


def _timer(owner: QObject, ms: int, on: Callable[[], None]) -> QTimer:
    timer = QTimer(owner)
    timer.setInterval(ms)
    timer.timeout.connect(on)
    return timer


def _deaf(word: str) -> None:
    """Nobody listens any more."""
