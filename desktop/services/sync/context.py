"""What the engine is given and what it remembers between rounds. Decides nothing."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event

from msgspec import Struct

from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import Clock
from desktop.models.domain.wire import Presence
from desktop.models.store.engine import Store
from desktop.services.api.client import Api


class SnapshotProgress(Struct, frozen=True):
    """How far a first load has come; ``seconds`` of this sitting. ``rows`` counts earlier sittings too.

    ``indexes_left``: every row is here, and so many indexes are still to be made.
    """

    pages: int
    rows: int
    total: int
    seconds: float
    indexes_left: int = 0
    done: bool = False


class Stopped(Exception):
    """Somebody asked the engine to stop; everything received so far is kept."""


class NotReady(Exception):
    """The engine cannot work with this store; ``code`` is "other_person" or "no_identity"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Memory:
    """What is known of the server for as long as the program runs; losing it costs a question, never a row."""

    recovered: bool = False
    identified_at: float | None = None
    rules_version: int | None = None
    """The version of the rules whose predecessors were asked for."""
    cursor: str | None = None
    offset: timedelta = timedelta(0)
    synced_at: datetime | None = None
    stated: tuple[datetime, float] | None = None
    """The office's time as the server last stated it, and this machine's monotonic clock then."""
    uncompared: int = 0
    failing: bool | None = None
    pruned_at: float | None = None
    acts_unknown: bool = False
    """The server does not know what an act is: an older one. They wait for its next version."""
    acts_refused: set[str] = field(default_factory=set)
    presence: str | None = None
    """Which state of who has which case open was heard last, "" for none; None: nobody here wants to know."""


def _heard(_: object) -> None:
    """Nobody listens."""


@dataclass
class SyncContext:
    """One profile's engine. ``clock`` is real time; ``stop`` ends a round at the next safe point.

    ``on_changes`` is called after each commit, ``on_progress`` during a first load, ``on_presence`` when a poll told
    of colleagues, all in the calling thread.
    """

    store: Store
    api: Api
    clock: Clock
    rng: random.Random
    stop: Event = field(default_factory=Event)
    device_name: str = ""
    on_changes: Callable[[Changes], None] = _heard
    on_progress: Callable[[SnapshotProgress], None] = _heard
    on_presence: Callable[[Presence], None] = _heard
    memory: Memory = field(default_factory=Memory)

    def office_now(self) -> datetime:
        """The office's time as far as the server has stated it."""
        return self.clock.now() + self.memory.offset

    def hear_time(self, office_time: datetime) -> None:
        """The server has stated the office's time."""
        self.memory.stated = (office_time, self.clock.monotonic())

    def stated_now(self) -> datetime | None:
        """The office's time by the server's word, however wrong this machine's clock is; None before its first word.

        What is kept for so many days counts by it: a clock that was 400 days off must not forget anything early.
        """
        if self.memory.stated is None:
            return None
        told, at = self.memory.stated
        return told + timedelta(seconds=self.clock.monotonic() - at)

    def check_stop(self) -> None:
        """Raises Stopped where somebody asked for it."""
        if self.stop.is_set():
            raise Stopped
