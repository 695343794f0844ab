"""Holds long polls, and wakes those a commit may concern: at once here, elsewhere as soon as that is heard.

After a commit one read finds the scopes of what changed (``news``); whoever may see none of them stays held and costs
nothing. What was committed by somebody who tells nobody (an import beside a SQLite file, or a lost listener) is found
by one look a second at the head of the log, every fifteen while other processes' commits are told by themselves. Reads
no rows; what a woken poll receives is its own query's affair.

Who of the office has which case open (``presence``) is no commit: polls that ask for it are woken a few dozen at a
time, so that five hundred desktops learn it within some seconds and no poll of them waits for the others.
"""

from __future__ import annotations

import asyncio
import math
import threading
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, ParamSpec, TypeVar

from litestar.concurrency import sync_to_thread
from sqlalchemy.exc import SQLAlchemyError

from desktop.models.domain.clock import Clock
from desktop.models.domain.privacy import Scope, Viewer, may_see

from .database import Database, head_position
from .dialects import is_busy
from .news import News, scopes_after
from .presence import PresenceBoard

P = ParamSpec("P")
T = TypeVar("T")

_LOOK_S = 1.0
_LOOK_WHILE_TOLD_S = 15.0
_TOO_FAR = 20_000
"""After so many changes at once everybody is woken: an import beside us."""
_AT_ONCE = 4
"""Woken polls that read at the same time: a commit that concerns a thousand must not keep the others waiting."""

_NUDGED_AT_ONCE = 50
_NUDGE_S = 1.0
"""So many polls a second are answered for the sake of presence alone, however often people open another case."""

_LEAST_S = 0.05

WaitFor = Callable[[asyncio.Event, float], Awaitable[bool]]
"""``wait_for(event, seconds)``: True when the event came before the seconds were over."""


async def event_or_timeout(event: asyncio.Event, seconds: float) -> bool:
    """Wait for real; see :data:`WaitFor`."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True


class Held(NamedTuple):
    """How a wait ended. ``news``: there may be some; else nothing up to ``position`` concerns the viewer.

    ``nudged``: somebody has opened or left a case.
    """

    news: bool
    position: int
    nudged: bool = False


@dataclass(eq=False)
class _Waiter:
    viewer: Viewer
    position: int
    loop: asyncio.AbstractEventLoop
    revision: int | None = None
    event: asyncio.Event = field(default_factory=asyncio.Event)
    news: bool = False
    nudged: bool = False


class CommitSignal:
    """Subscribed to a database; many requests wait on it without a thread each. Thread-safe but for :meth:`hold`."""

    def __init__(
        self, database: Database, clock: Clock, wait_for: WaitFor, presence: PresenceBoard | None = None
    ) -> None:
        self._database = database
        self._wait_for = wait_for
        self._clock = clock
        self._reading = threading.Lock()  # taken before _lock
        self._lock = threading.Lock()
        self._news = News()
        self._news.begin(database.head())
        self._waiting: dict[_Waiter, None] = {}
        self._office: set[_Waiter] = set()
        self._of_unit: defaultdict[str, set[_Waiter]] = defaultdict(set)
        self._looks: _Waiter | None = None
        self._looked_at = clock.monotonic() - _LOOK_S
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._closed = False
        self._presence = presence
        self._nudged_at = clock.monotonic() - _NUDGE_S
        if presence is not None:
            presence.changed = self._presence_changed
        database.subscribe(self._committed)

    def close(self) -> None:
        """Let every waiting request go, now and from now on: the server is stopping."""
        with self._lock:
            self._closed = True
            _wake(self._waiting)

    async def in_turn(self, work: Callable[P, T], *args: P.args, **options: P.kwargs) -> T:
        """``work`` of a woken poll, in a thread, a few of them at a time."""
        async with self._turns:
            return await sync_to_thread(work, *args, **options)

    async def hold(self, viewer: Viewer, position: int, seconds: float, revision: int | None = None) -> Held:
        """Wait until something after ``position`` may concern the viewer, at most ``seconds``.

        With a ``revision`` of the presence board also until it has another one. Also ends when the server stops.
        """
        waiter = _Waiter(viewer, position, asyncio.get_running_loop(), revision)
        if not self._join(waiter):
            return Held(True, position)
        try:
            until = self._clock.monotonic() + seconds
            while not (waiter.news or waiter.nudged or self._closed) and seconds > 0:
                looks = self._looks is waiter
                if looks and (await self._look() or self._nudge()):
                    continue
                pause = min(seconds, self._look_s, self._nudge_in()) if looks else seconds
                if await self._wait_for(waiter.event, pause):
                    waiter.event.clear()
                    seconds = min(seconds, until - self._clock.monotonic())
                else:
                    seconds -= pause
        finally:
            known = self._leave(waiter)
        return Held(waiter.news, known, waiter.nudged)

    def _join(self, waiter: _Waiter) -> bool:
        """False where there may be news already."""
        with self._lock:
            if self._news.concern(waiter.viewer, waiter.position):
                return False
            self._waiting[waiter] = None
            if waiter.viewer.office:
                self._office.add(waiter)
            for unit in waiter.viewer.unit_ids:
                self._of_unit[unit].add(waiter)
            if self._looks is None:
                self._looks = waiter
            elif self._is_behind(waiter):
                _wake((self._looks,))
            return True

    def _leave(self, waiter: _Waiter) -> int:
        """How far the log is known to hold nothing for a waiter that was not told of news."""
        with self._lock:
            del self._waiting[waiter]
            self._office.discard(waiter)
            for unit in waiter.viewer.unit_ids:
                self._of_unit[unit].discard(waiter)
                if not self._of_unit[unit]:
                    del self._of_unit[unit]
            if self._looks is waiter:
                self._looks = next(iter(self._waiting), None)
                if self._looks is not None:
                    _wake((self._looks,))
            return max(waiter.position, self._news.until)

    @property
    def _look_s(self) -> float:
        return _LOOK_WHILE_TOLD_S if self._database.hears_others else _LOOK_S

    async def _look(self) -> bool:
        """Look at the head of the log where that is due; True where it was."""
        now = self._clock.monotonic()
        if now - self._looked_at < self._look_s:
            return False
        self._looked_at = now
        try:
            await sync_to_thread(lambda: self._committed(self._database.head()))
        except SQLAlchemyError as error:
            if not is_busy(error):
                raise
        return True

    # -- presence: whoever looks at the head of the log hands it on, a few at a time --------------------------------

    def _presence_changed(self) -> None:
        """In any thread; whoever looks is told, and looks when it is time."""
        with self._lock:
            if self._looks is not None:
                _wake((self._looks,))

    def _is_behind(self, waiter: _Waiter) -> bool:
        presence, known = self._presence, waiter.revision
        return presence is not None and known is not None and known != presence.revision

    def _nudge(self) -> bool:
        """Wake the next few that have not heard of it, where that is due; True where there were any."""
        presence = self._presence
        if presence is None:
            return False
        presence.expire()
        now = self._clock.monotonic()
        with self._lock:
            if now - self._nudged_at < _NUDGE_S:
                return False
            behind = (waiter for waiter in self._waiting if self._is_behind(waiter) and not waiter.nudged)
            some = list(islice(behind, _NUDGED_AT_ONCE))
            if not some:
                return False
            self._nudged_at = now
            for waiter in some:
                waiter.nudged = True
            _wake(some)
            return True

    def _nudge_in(self) -> float:
        """Seconds until there may be something to hand on, or somebody to be forgotten."""
        presence = self._presence
        if presence is None:
            return math.inf
        now, end = self._clock.monotonic(), presence.next_end()
        with self._lock:
            behind = any(self._is_behind(waiter) and not waiter.nudged for waiter in self._waiting)
            due = self._nudged_at + _NUDGE_S if behind else math.inf
        return max(_LEAST_S, min(due, math.inf if end is None else end) - now)

    def _committed(self, head: int) -> None:
        """Find out whom it concerns, in the thread that committed or heard of it."""
        with self._reading:
            with self._lock:
                known = self._news.until
                if head <= known:
                    return
                if not self._waiting or head - known > _TOO_FAR:
                    self._news.begin(head)
                    self._tell(self._waiting)
                    return
            try:
                with self._database.read() as connection:
                    head, scopes = head_position(connection), scopes_after(connection, known)
            except SQLAlchemyError:  # whoever waits finds out by itself, and says what is wrong
                with self._lock:
                    self._news.begin(head)
                    self._tell(self._waiting)
                return
            with self._lock:
                self._news.add(scopes, head)
                for scope, position in scopes:
                    self._tell(
                        waiter
                        for waiter in self._concerned(scope)
                        if waiter.position < position and may_see(waiter.viewer, scope)
                    )

    def _concerned(self, scope: Scope) -> Iterable[_Waiter]:
        """Everybody who may see the scope, and perhaps others."""
        if scope.audience == "everyone":
            return self._waiting
        units = (scope.unit_id, *scope.assist_unit_ids) if scope.audience == "unit" else ()
        return self._office.union(*(self._of_unit[unit] for unit in units if unit in self._of_unit))

    def _tell(self, waiters: Iterable[_Waiter]) -> None:
        told = [waiter for waiter in waiters if not waiter.news]
        for waiter in told:
            waiter.news = True
        _wake(told)


def _wake(waiters: Iterable[_Waiter]) -> None:
    """Set the events of waiters, each in the loop it waits in."""
    by_loop: defaultdict[asyncio.AbstractEventLoop, list[asyncio.Event]] = defaultdict(list)
    for waiter in waiters:
        by_loop[waiter.loop].append(waiter.event)
    for loop, events in by_loop.items():
        loop.call_soon_threadsafe(_set_all, events)


def _set_all(events: Iterable[asyncio.Event]) -> None:
    for event in events:
        event.set()
