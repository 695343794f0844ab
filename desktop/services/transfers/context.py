"""What the lane of attachments is given and what it remembers while the program runs. Decides nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event

from msgspec import Struct

from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import Clock
from desktop.models.store.blobs import BlobStore
from desktop.models.store.engine import Store
from desktop.services.api.files import FilesApi

LEAST_CHUNK = 64 * 1024
FIRST_CHUNK = 256 * 1024
MOST_CHUNK = 1024 * 1024
KEEP_BYTES = 1024 * 1024 * 1024
_QUICK_S = 0.5
_SLOW_S = 2.0


class Traffic(Struct, frozen=True, kw_only=True):
    """What is on its way: files, bytes done and bytes in all; ``at`` (done, size) by id. Paused ones do not count."""

    files: int = 0
    done: int = 0
    total: int = 0
    at: dict[str, tuple[int, int]] = {}


@dataclass
class Pace:
    """How much goes into one exchange: as much as about a second carries, so that nobody waits long for the line."""

    chunk: int = FIRST_CHUNK
    most: int = MOST_CHUNK

    def took(self, seconds: float) -> None:
        """An exchange of a whole chunk took so long."""
        if seconds < _QUICK_S:
            self.chunk = min(self.most, self.chunk * 2)
        elif seconds > _SLOW_S:
            self.chunk = max(LEAST_CHUNK, self.chunk // 2)


@dataclass
class Memory:
    """What the other end said in this sitting; losing it costs one question a file."""

    offsets: dict[str, int] = field(default_factory=dict)
    met: set[str] = field(default_factory=set)
    pace: Pace = field(default_factory=Pace)


def _heard(_: object) -> None:
    """Nobody listens."""


@dataclass
class TransferContext:
    """One profile's files. ``clock`` is real time, ``office_now`` the office's; ``stop`` ends work between exchanges.

    Files of own cases up to ``prefetch_bytes`` are fetched without being asked for; 0 fetches none. Of files that the
    server has too, ``keep_bytes`` are kept, those looked at last.
    """

    store: Store
    blobs: BlobStore
    files: FilesApi
    clock: Clock
    rng: random.Random
    office_now: Callable[[], datetime]
    prefetch_bytes: int = 0
    keep_bytes: int = KEEP_BYTES
    stop: Event = field(default_factory=Event)
    on_changes: Callable[[Changes], None] = _heard
    on_progress: Callable[[Traffic], None] = _heard
    memory: Memory = field(default_factory=Memory)
