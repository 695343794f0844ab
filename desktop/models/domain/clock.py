"""Clocks as parameters: the only module of the project that may read the machine's time.

Engine, server and views receive a :class:`Clock`; tests hand in a :class:`ManualClock`. Nothing here may import
anything of the project.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Protocol

Wait = Callable[[float, Event | None], bool]
"""``wait(seconds, interrupt)`` blocks for at most ``seconds``; True when ``interrupt`` ended it early."""


class Clock(Protocol):
    """A source of time. ``now`` is aware and in UTC; ``monotonic`` is in seconds and never steps back."""

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...


class SystemClock:
    """The machine's clocks; built once in a composition root."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class ManualClock:
    """A clock that stands still until told to move; both of its hands move together."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock needs an aware time")
        self._now = start.astimezone(UTC)
        self._monotonic = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, seconds: float) -> None:
        """Move forward by ``seconds`` (≥ 0)."""
        if seconds < 0:
            raise ValueError("a clock only moves forward")
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def jump(self, delta: timedelta) -> None:
        """Step the wall clock alone, forward or back, as a person setting the machine's time does."""
        self._now += delta


class DomainClock:
    """The office's time: a base clock plus a fixed offset (zero in a real office, years in a sample).

    Only rules of the domain use it. Tokens, TLS and leases use the base clock.
    """

    def __init__(self, base: Clock, offset: timedelta = timedelta(0)) -> None:
        self.base = base
        self.offset = offset

    def now(self) -> datetime:
        return self.base.now() + self.offset

    def monotonic(self) -> float:
        return self.base.monotonic()


def system_wait(seconds: float, interrupt: Event | None = None) -> bool:
    """Wait for real; see :data:`Wait`."""
    return (interrupt or Event()).wait(max(0.0, seconds))
