"""Wakes long polls when something was committed, here at once, in another process of the server within a second.

Holds waiting requests only; reads nothing but the head position.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable

from litestar.concurrency import sync_to_thread

from desktop.models.domain.clock import Clock

from .database import Database

_LOOK_S = 1.0

WaitFor = Callable[[asyncio.Event, float], Awaitable[bool]]
"""``wait_for(event, seconds)``: True when the event came before the seconds were over."""


async def event_or_timeout(event: asyncio.Event, seconds: float) -> bool:
    """Wait for real; see :data:`WaitFor`."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


class CommitSignal:
    """Subscribed to a database; many requests wait on it without a thread each."""

    def __init__(self, database: Database, clock: Clock, wait_for: WaitFor) -> None:
        self._database = database
        self._wait_for = wait_for
        self._clock = clock
        self._lock = threading.Lock()
        self._waiting: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}
        self._head = 0
        self._looked_at = clock.monotonic() - _LOOK_S
        self._closed = False
        database.subscribe(self._committed)

    def close(self) -> None:
        """Let every waiting request go, now and from now on: the server is stopping."""
        self._closed = True
        self._wake()

    async def wait_past(self, position: int, seconds: float) -> None:
        """Return when the head may have passed ``position``, or after ``seconds``."""
        event = asyncio.Event()
        with self._lock:
            self._waiting[event] = asyncio.get_running_loop()
        try:
            while seconds > 0 and not self._closed and not await self._passed(position):
                if await self._wait_for(event, min(seconds, _LOOK_S)):
                    return
                seconds -= _LOOK_S
        finally:
            with self._lock:
                del self._waiting[event]

    async def _passed(self, position: int) -> bool:
        now = self._clock.monotonic()
        if now - self._looked_at >= _LOOK_S:
            self._looked_at = now
            self._head = max(self._head, await sync_to_thread(self._database.head))
        return self._head > position

    def _committed(self, head: int) -> None:
        self._head = max(self._head, head)
        self._wake()

    def _wake(self) -> None:
        with self._lock:
            for event, loop in self._waiting.items():
                loop.call_soon_threadsafe(event.set)
