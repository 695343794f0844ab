"""The city's server: the real application in this thread, over a file that may be killed, restored and read.

One application serves every schedule of a process; what a schedule has of its own are the database, the services over
it and the clock. Nothing here decides what happens when.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from litestar import Litestar
from litestar.datastructures import State
from requests.adapters import BaseAdapter

from central import services as wiring
from central.api.envelope import Envelope
from central.app import assemble
from central.config import Config
from central.database import Database
from central.installation import renew_epoch
from central.services import Services
from desktop.models.domain.clock import Clock
from tests.support.in_process import InProcessAdapter, exchange

from .faults import Content, Died, Files, Fuse, Inline, fused

BASE_URL = "http://central.test"
CONFIG = Config(sample_city=True, sample_clock=True, request_rate=0)


class City:
    """The server of one schedule. ``clock`` is real time; ``deaths`` counts how often it died.

    ``during_poll`` is what the world does while a request is held back: it is given the seconds that pass.
    """

    def __init__(self, path: Path, clock: Clock, rng: random.Random) -> None:
        self.clock = clock
        self.path = path
        self.fuse = Fuse()
        self.commits = 0
        self.during_poll: Callable[[float], None] = lambda seconds: None
        self.database: Database
        self.services: Services
        self._rng = rng
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(Inline())
        self.start()

    @property
    def now(self) -> datetime:
        """Office time."""
        return self.services.office.now()

    def start(self) -> None:
        """Start the process anew on what lies on disk."""
        self.fuse = Fuse()
        self.database = Database(str(self.path), readers=2)
        setattr(self.database, "write", fused(self.database.write, self.fuse, self._count))  # noqa: B010
        self.services = wiring.build(
            self.database, CONFIG, clock=self.clock, rng=self._rng, wait_for=self._wait_for
        )

    def die(self) -> None:
        """The process ends; a transaction that was not committed is rolled back."""
        self.services.signal.close()
        self.database.close()

    def restart(self) -> None:
        """Die and come back."""
        self.die()
        self.start()

    def back_up(self) -> Content:
        """A copy of the database, taken between two requests."""
        return Files(self.path.parent).read()

    def restore(self, backup: Content) -> None:
        """The database is lost; an earlier copy takes its place and says so by a new epoch."""
        self.die()
        Files(self.path.parent).write(backup)
        renewed = Database(str(self.path), readers=1)
        renew_epoch(renewed, self._rng)
        renewed.close()
        self.start()

    def close(self) -> None:
        """The end of the schedule."""
        self.die()
        self._loop.close()

    def adapter(self) -> BaseAdapter:
        """The way to this server for one device."""
        return InProcessAdapter(self)

    def handle(self, scope: dict[str, Any], body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        """One exchange: status, headers, body. Raises :class:`Died` where the server did not live to answer."""
        app, clock = _application()
        app.state.services, clock.base = self.services, self.clock
        try:
            return self._loop.run_until_complete(exchange(app, scope, body))
        except Died:
            where = self.fuse.at
            self.restart()
            raise Died(where) from None

    def _count(self) -> None:
        self.commits += 1

    async def _wait_for(self, event: asyncio.Event, seconds: float) -> bool:
        """A long poll waits: the world goes on meanwhile, in no time at all."""
        self.during_poll(seconds)
        await asyncio.sleep(0)
        return event.is_set()


class _Turning:
    """A clock that shows the time of whichever schedule is being played."""

    base: Clock

    def now(self) -> datetime:
        return self.base.now()

    def monotonic(self) -> float:
        return self.base.monotonic()


@cache
def _application() -> tuple[Litestar, _Turning]:
    """The handlers in their envelope, as ``create_app`` makes them; made once, as making them costs a schedule."""
    app, clock = assemble(State({"services": None})), _Turning()
    app.asgi_handler = Envelope(app.asgi_handler, clock)
    return app, clock
