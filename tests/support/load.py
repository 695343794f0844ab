"""Many desktops at once, as real HTTP clients of one server process; run as a program of its own.

    python -m tests.support.load < plan.json > result.json

Each desktop has had its first load; it signs in, then polls for changes and sends operations at its own moments, as the
contract says; idle ones only hold a long poll. What it measures: how long each exchange took, and what failed. It
stores nothing and folds nothing: a real desktop's own work would be done on another machine.
"""

from __future__ import annotations

import asyncio
import gzip
import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import msgspec
from msgspec import Struct

from desktop.models.domain.clock import SystemClock
from desktop.models.domain.ids import IdSource
from desktop.models.domain.operations import SCHEMA, Operation
from desktop.models.domain.wire import PushRequest

_PREFIX = "/api/v1"
_GZIP_FROM = 2048
_SIGN_IN_AT_ONCE = 8
_ANSWER_S = 60.0


class Errand(Struct, frozen=True):
    """One operation that a desktop will send."""

    kind: str
    entity_id: str
    payload: dict[str, Any]
    base_version: int | None = None


class DesktopPlan(Struct, frozen=True):
    """One person at one desk that stands at ``cursor``. Without errands it only polls."""

    login: str
    device: str
    cursor: str
    errands: tuple[Errand, ...] = ()


class Plan(Struct, frozen=True):
    """Seconds everywhere. ``idle`` desktops hold long polls of ``wait_s`` for the whole time."""

    url: str
    desktops: tuple[DesktopPlan, ...]
    idle: tuple[DesktopPlan, ...]
    seconds: float
    poll_every_s: float
    send_every_s: float
    wait_s: int = 25
    seed: int = 1


class Figures(Struct, frozen=True):
    """Milliseconds of one kind of exchange."""

    count: int
    p50: float
    p95: float
    p99: float
    worst: float


class Result(Struct, frozen=True):
    """What came of a plan. ``failures`` by what was asked and how it ended; ``cpu_s`` of this program.

    ``held``: long polls answered, ``told`` of them with news; ``rows`` that the polls of working desktops brought.
    """

    polls: Figures
    pushes: Figures
    held: int
    told: int
    rows: int
    applied: int
    failures: dict[str, int]
    seconds: float
    cpu_s: float


class Load:
    """The running of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rng = random.Random(plan.seed)
        self._new_id = IdSource(SystemClock(), self._rng)
        self._at_the_door = asyncio.Semaphore(_SIGN_IN_AT_ONCE)
        self._polls: list[float] = []
        self._pushes: list[float] = []
        self._failures: Counter[str] = Counter()
        self._held = self._told = self._rows = self._applied = 0

    async def run(self) -> Result:
        """Everybody in, then everybody works for the time of the plan."""
        plan = self._plan
        busy = await asyncio.gather(*(self._come_in(desktop) for desktop in plan.desktops))
        idle = await asyncio.gather(*(self._come_in(desktop) for desktop in plan.idle))
        sys.stderr.write("in\n")  # whoever measures the server begins here
        sys.stderr.flush()
        began, cpu = time.monotonic(), time.process_time()
        until = began + plan.seconds
        work: list[Awaitable[None]] = []
        for desk in busy:
            work.append(self._every(plan.poll_every_s, until, desk.poll))
            work.append(self._every(plan.send_every_s, until, desk.send))
        work += [self._hold(desk, until) for desk in idle]
        await asyncio.gather(*work)
        seconds, cpu = time.monotonic() - began, time.process_time() - cpu
        for desk in (*busy, *idle):
            await desk.client.aclose()
        return Result(
            polls=_figures(self._polls),
            pushes=_figures(self._pushes),
            held=self._held,
            told=self._told,
            rows=self._rows,
            applied=self._applied,
            failures=dict(self._failures),
            seconds=seconds,
            cpu_s=cpu,
        )

    async def _come_in(self, plan: DesktopPlan) -> _Desk:
        async with self._at_the_door:
            desk = _Desk(plan, self)
            await desk.sign_in()
            return desk

    async def _every(self, period: float, until: float, act: Callable[[], Awaitable[None]]) -> None:
        """Acts once a period, at a moment of the period drawn by chance; what runs late is not made up for."""
        at = time.monotonic() + self._rng.uniform(0, period)
        while at < until:
            await asyncio.sleep(max(0.0, at - time.monotonic()))
            await act()
            at = max(at + period, time.monotonic())

    async def _hold(self, desk: _Desk, until: float) -> None:
        await asyncio.sleep(self._rng.uniform(0, min(self._plan.wait_s, self._plan.seconds / 2)))
        while (left := until - time.monotonic()) > 1:
            page = await desk.pull(wait_s=min(self._plan.wait_s, int(left)))
            self._held += 1
            self._told += bool(page and page["changes"])

    # -- what the desks tell

    def polled(self, seconds: float, rows: int) -> None:
        self._polls.append(seconds)
        self._rows += rows

    def pushed(self, seconds: float, applied: int) -> None:
        self._pushes.append(seconds)
        self._applied += applied

    def failed(self, what: str, how: str) -> None:
        self._failures[f"{what}: {how}"] += 1

    def new_id(self) -> str:
        return self._new_id()

    @property
    def url(self) -> str:
        return self._plan.url


class _Desk:
    def __init__(self, plan: DesktopPlan, load: Load) -> None:
        self._plan = plan
        self._load = load
        self._errands = list(reversed(plan.errands))
        self._seq = 0
        self._cursor = plan.cursor
        self._refresh = ""
        self._good_until = 0.0
        self.client = httpx.AsyncClient(
            base_url=load.url, timeout=_ANSWER_S, trust_env=False, limits=httpx.Limits(max_connections=2)
        )
        self.client.headers["X-Device-Id"] = plan.device
        self.client.headers["Accept-Encoding"] = "gzip"

    async def sign_in(self) -> None:
        """The first token of the sign-in."""
        await self._token({"grant_type": "urn:supervision-desk:sample", "person": self._plan.login})

    async def poll(self) -> None:
        """Everything new, page by page; each page is one exchange."""
        more = True
        while more:
            began = time.monotonic()
            page = await self.pull(wait_s=0)
            if page is None:
                return
            self._load.polled(time.monotonic() - began, len(page["changes"]))
            more = page["has_more"]

    async def pull(self, *, wait_s: int) -> dict[str, Any] | None:
        """One page; None where it failed."""
        params = {"cursor": self._cursor, "limit": "500", "wait": str(wait_s)}
        reply = await self._asked("poll", self.client.get, f"{_PREFIX}/sync/changes", params=params)
        if reply is None:
            return None
        page: dict[str, Any] = msgspec.json.decode(reply.content)
        self._cursor = page["next_cursor"]
        return page

    async def send(self) -> None:
        """The next operation, if there is one."""
        if not self._errands:
            return
        errand = self._errands.pop()
        self._seq += 1
        op = Operation(
            op_id=self._load.new_id(),
            seq=self._seq,
            schema=SCHEMA,
            kind=errand.kind,
            entity_id=errand.entity_id or self._load.new_id(),
            base_version=errand.base_version,
            payload=errand.payload,
            client_time=datetime.now(UTC),
        )
        body = msgspec.json.encode(PushRequest(device_id=self._plan.device, ops=(op,)))
        headers = {"Content-Type": "application/json"}
        if len(body) > _GZIP_FROM:
            body, headers["Content-Encoding"] = gzip.compress(body), "gzip"
        began = time.monotonic()
        reply = await self._asked(
            "push", self.client.post, f"{_PREFIX}/sync/operations", content=body, headers=headers
        )
        if reply is not None:
            result = msgspec.json.decode(reply.content)["results"][0]
            self._load.pushed(time.monotonic() - began, result["status"] == "applied")
            if result["status"] != "applied":
                self._load.failed(
                    "operation", f"{errand.kind} {result['status']} {result.get('problem', '')}"
                )

    async def _asked(
        self, what: str, ask: Callable[..., Awaitable[httpx.Response]], path: str, **options: Any
    ) -> httpx.Response | None:
        """One exchange of a signed-in desktop; a failure is counted and is no end."""
        try:
            if time.monotonic() > self._good_until:
                await self._token({"grant_type": "refresh_token", "refresh_token": self._refresh})
            reply = await ask(path, **options)
        except httpx.HTTPError as error:
            self._load.failed(what, type(error).__name__)
            return None
        if reply.status_code != 200:
            self._load.failed(what, str(reply.status_code))
            return None
        return reply

    async def _token(self, form: dict[str, str]) -> None:
        form = {"client_id": "supervision-desk", "device_id": self._plan.device, **form}
        reply = await self.client.post("/oauth/token", data=form)
        reply.raise_for_status()
        token = reply.json()
        self._refresh = token["refresh_token"]
        self._good_until = time.monotonic() + token["expires_in"] - 30
        self.client.headers["Authorization"] = f"Bearer {token['access_token']}"


def _figures(seconds: list[float]) -> Figures:
    ordered = sorted(1000 * s for s in seconds) or [0.0]

    def at(share: float) -> float:
        return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)

    return Figures(count=len(seconds), p50=at(0.5), p95=at(0.95), p99=at(0.99), worst=round(ordered[-1], 1))


def main() -> None:
    """Reads a plan, prints a result."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    plan = msgspec.json.decode(sys.stdin.buffer.read(), type=Plan)
    result = asyncio.run(_run(plan))
    sys.stdout.buffer.write(msgspec.json.encode(result))


async def _run(plan: Plan) -> Result:
    return await Load(plan).run()


if __name__ == "__main__":
    main()
