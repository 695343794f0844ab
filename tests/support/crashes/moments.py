"""Moments at which a process can be made to kill itself: named places in its transactions and exchanges.

A moment is named after the room it happens in and what happens: ``push.sent``, ``pull.statement``,
``operations.commit``. The room is the module of the engine or the server that opened the transaction, so the product
knows nothing of all this. Only for processes of the campaigns: it puts itself into SQLAlchemy and urllib3.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType
from typing import Any, TypeVar

from msgspec import Struct
from sqlalchemy import Engine, event

T = TypeVar("T")

_ROOMS = ("desktop.services.", "desktop.models.store.migrate", "central.")
_PLUMBING = ("central.database", "central.__main__", "central.loader")


class Moment(Struct, frozen=True):
    """The ``nth`` time (from 1) that ``name`` is reached."""

    name: str
    nth: int = 1

    def __str__(self) -> str:
        return self.name if self.nth == 1 else f"{self.name} no. {self.nth}"


class _Here(threading.local):
    room: str = ""
    exchange: str = ""


class Moments:
    """Counts towards the one moment it is armed for, says so, and dies there."""

    def __init__(self, say: Callable[[dict[str, Any]], None]) -> None:
        self._say = say
        self._lock = threading.Lock()
        self._armed: Moment | None = None
        self._left = 0
        self.here = _Here()

    def arm(self, moment: Moment | None) -> None:
        """Forget the moment it was armed for and take this one."""
        with self._lock:
            self._armed = moment
            self._left = moment.nth if moment else 0

    def reach(self, name: str) -> None:
        """Here we are; the process may not live on."""
        with self._lock:
            if self._armed is None or self._armed.name != name:
                return
            self._left -= 1
            if self._left > 0:
                return
        self._say({"killed": str(self._armed)})
        os.kill(os.getpid(), signal.SIGKILL)

    def watch_writes(self, cls: type, name: str = "write") -> None:
        """Every writing transaction of ``cls`` has its moments: each statement, before the commit, and after it."""
        write: Callable[[Any], AbstractContextManager[Any]] = getattr(cls, name)

        @contextmanager
        def watched(this: Any) -> Iterator[Any]:
            with self.during(self.here.room or _room() or "command") as room:
                with write(this) as opened:
                    yield opened
                    self.reach(f"{room}.commit")
                self.reach(f"{room}.committed")

        setattr(cls, name, watched)

    def watch_statements(self) -> None:
        """Statements of watched transactions, and those of whatever the caller of :meth:`during` does."""

        @event.listens_for(Engine, "before_cursor_execute")
        def before(*_: object) -> None:
            if self.here.room:
                self.reach(f"{self.here.room}.statement")

    @contextmanager
    def during(self, room: str) -> Iterator[str]:
        """Statements and transactions inside belong to ``room``."""
        before, self.here.room = self.here.room, room
        try:
            yield room
        finally:
            self.here.room = before

    def watch_responses(self) -> None:
        """``<exchange>.sent``: the request is on its way and nobody has read an answer."""
        from urllib3.connection import HTTPConnection

        get = HTTPConnection.getresponse

        def watched(connection: HTTPConnection) -> Any:
            if self.here.exchange:
                self.reach(f"{self.here.exchange}.sent")
            return get(connection)

        HTTPConnection.getresponse = watched  # type: ignore[method-assign, assignment]  # in a process made to die

    def exchange(self, name: str, send: Callable[[], T]) -> T:
        """One exchange with its moments: asked, sent, answered."""
        self.reach(f"{name}.asked")
        self.here.exchange = name
        try:
            answer = send()
        finally:
            self.here.exchange = ""
        self.reach(f"{name}.answered")
        return answer


def _room() -> str:
    """The module of the engine or the server that asks, by its last name; "" where it is neither."""
    frame: FrameType | None = sys._getframe(3)  # past the watched generator and contextlib
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith(_ROOMS) and not module.startswith(_PLUMBING):
            return module.rpartition(".")[2]
        frame = frame.f_back
    return ""
