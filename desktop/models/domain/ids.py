"""Identifiers made by clients and server: UUIDv7 strings from an injected clock and source of randomness.

Must not read the machine's time or randomness by itself.
"""

from __future__ import annotations

import random
import threading
import uuid
from collections.abc import Callable

from .clock import Clock

NewId = Callable[[], str]


class IdSource:
    """Makes UUIDv7 strings (RFC 9562) that rise within one source, even inside one millisecond.

    Thread-safe. ``rng`` is ``random.SystemRandom()`` in production and a seeded ``random.Random`` in tests.
    """

    def __init__(self, clock: Clock, rng: random.Random) -> None:
        self._clock = clock
        self._rng = rng
        self._lock = threading.Lock()
        self._last_ms = -1
        self._counter = 0

    def __call__(self) -> str:
        with self._lock:
            ms = int(self._clock.now().timestamp() * 1000)
            if ms <= self._last_ms:
                ms = self._last_ms
                self._counter += 1
            else:
                self._counter = self._rng.getrandbits(10)
            if self._counter >= 1 << 12:
                ms += 1
                self._counter = 0
            self._last_ms = ms
            tail = self._rng.getrandbits(62)
            value = (ms & ((1 << 48) - 1)) << 80 | 0x7 << 76 | self._counter << 64 | 0b10 << 62 | tail
        return str(uuid.UUID(int=value))


def is_id(text: str) -> bool:
    """True for the canonical 36-character lower-case form that the contract asks for."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
