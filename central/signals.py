"""Wakes long polls when something was committed: at once here, and in another process as soon as that is heard.

Holds waiting requests only; reads nothing but the head position. However many requests wait, the head is looked at by
one of them, every second, or every fifteen while other processes' commits are told by themselves.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable

from litestar.concurrency import sync_to_thread
from sqlalchemy.exc import SQLAlchemyError

from desktop.models.domain.clock import Clock

from .database import Database
from .dialects import is_busy

_LOOK_S = 1.0
_LOOK_WHILE_TOLD_S = 15.0

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

    async def wait_past(self, position: int, seconds: float) -> bool:
        """Return when the head may have passed ``position``; False after ``seconds``, and when the server stops."""
        event = asyncio.Event()
        with self._lock:
            self._waiting[event] = asyncio.get_running_loop()
        try:
            while seconds > 0 and not self._closed:
                if await self._passed(position):
                    return True
                pause = min(seconds, self._look_s)
                if await self._wait_for(event, pause):
                    return not self._closed
                seconds -= pause
        finally:
            with self._lock:
                del self._waiting[event]
        return False

    @property
    def _look_s(self) -> float:
        return _LOOK_WHILE_TOLD_S if self._database.hears_others else _LOOK_S

    async def _passed(self, position: int) -> bool:
        now = self._clock.monotonic()
        if now - self._looked_at >= self._look_s:
            self._looked_at = now
            try:
                self._head = max(self._head, await sync_to_thread(self._database.head))
            except SQLAlchemyError as error:
                if not is_busy(error):
                    raise
        return self._head > position

    def _committed(self, head: int) -> None:
        if head > self._head:
            self._head = head
            self._wake()

    def _wake(self) -> None:
        with self._lock:
            for event, loop in self._waiting.items():
                loop.call_soon_threadsafe(event.set)
