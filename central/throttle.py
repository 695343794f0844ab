"""Counts attempts in a sliding window, in memory: enough to slow down guessing. Holds no personal data but keys."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque

from desktop.models.domain.clock import Clock

_KEYS = 10_000


class Throttle:
    """At most ``limit`` notes a key in ``window_s`` seconds. Thread-safe; forgets the longest unused keys first."""

    def __init__(self, clock: Clock, *, limit: int, window_s: float) -> None:
        self._clock = clock
        self._limit = limit
        self._window_s = window_s
        self._lock = threading.Lock()
        self._notes: OrderedDict[str, deque[float]] = OrderedDict()

    def wait_s(self, key: str) -> float:
        """Seconds until another attempt is allowed; 0 where it is allowed now."""
        with self._lock:
            notes = self._fresh(key)
            if len(notes) < self._limit:
                return 0.0
            return notes[0] + self._window_s - self._clock.monotonic()

    def note(self, key: str) -> None:
        """Count an attempt."""
        with self._lock:
            self._fresh(key).append(self._clock.monotonic())

    def clear(self, key: str) -> None:
        """Forget a key, after a success."""
        with self._lock:
            self._notes.pop(key, None)

    def _fresh(self, key: str) -> deque[float]:
        notes = self._notes.setdefault(key, deque())
        self._notes.move_to_end(key)
        while len(self._notes) > _KEYS:
            self._notes.popitem(last=False)
        oldest = self._clock.monotonic() - self._window_s
        while notes and notes[0] <= oldest:
            notes.popleft()
        return notes
