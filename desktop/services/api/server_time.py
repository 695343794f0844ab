"""How far this machine's clock is from the server's, learnt from every reply; never a reason to refuse anything.

The server stamps a reply somewhere between our sending and our receiving: that gives an interval in which the skew
lies, half a round trip to either side of its middle. The estimate is moved into each new interval, so that a long poll
(whose interval is wide) spoils nothing and a quick call makes it exact. Thread-safe.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from desktop.models.domain.clock import Clock

_JUMPED_S = 2.0
"""The wall clock went differently from the monotonic one while we waited: set by somebody, or the machine slept."""


class Moment:
    """When a request was sent, by both of this machine's clocks."""

    __slots__ = ("monotonic", "wall")

    def __init__(self, clock: Clock) -> None:
        self.wall = clock.now()
        self.monotonic = clock.monotonic()


class ServerTime:
    """One server's clock as this machine sees it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._skew: timedelta | None = None

    @property
    def skew(self) -> timedelta | None:
        """Server's time − this machine's; positive where this machine is behind. None before the first reply."""
        with self._lock:
            return self._skew

    def begin(self) -> Moment:
        """A request is about to be sent."""
        return Moment(self._clock)

    def observe(self, stated: str, sent: Moment) -> None:
        """A reply came with this X-Server-Time; one that says nothing sensible is passed over."""
        received = Moment(self._clock)
        waited = received.monotonic - sent.monotonic
        if abs((received.wall - sent.wall).total_seconds() - waited) > _JUMPED_S:
            return
        try:
            server = datetime.fromisoformat(stated)
        except ValueError:
            return
        if server.tzinfo is None:
            return
        least = server - received.wall
        most = least + timedelta(seconds=waited)
        with self._lock:
            if self._skew is None:
                self._skew = least + (most - least) / 2
            else:
                self._skew = min(max(self._skew, least), most)
