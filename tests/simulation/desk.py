"""One device: its files, its clocks, its way to the server and the real engine on top of them.

A process here may end at any commit and any request; what it held in memory is then gone, what lies on the disk stays
(after a power cut without the end of the commit that was being written). Decides nothing: ``acts`` and ``run`` do.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from desktop.models.domain.clock import Clock, ManualClock
from desktop.models.domain.ids import IdSource
from desktop.models.domain.wire import Lease
from desktop.models.store.engine import open_store
from desktop.services.account.tokens import MemoryKeeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.server_time import ServerTime
from desktop.services.api.transport import Transport
from desktop.services.sync.context import SyncContext
from desktop.services.sync.identity import recall_offset
from desktop.services.sync.pacing import rest_left
from desktop.services.sync.round import RoundReport, run_round
from tests.support.engine import OpenDesk
from tests.support.stores import KEY

from .faults import Died, Files, Fuse, fused
from .network import Link
from .server import BASE_URL

T = TypeVar("T")


@dataclass
class DeviceClock:
    """A machine's own clocks over true time: a wall clock that people set, a monotonic one that stands in a sleep."""

    base: ManualClock
    wall: timedelta = timedelta(0)
    slept_s: float = 0.0

    def now(self) -> datetime:
        return self.base.now() + self.wall

    def monotonic(self) -> float:
        return self.base.monotonic() - self.slept_s


@dataclass
class Held:
    """A lease as the device counts it: good until a moment of its own monotonic clock."""

    lease: Lease
    good_until: float


@dataclass
class Cut:
    """Where an action may end: at the ``n``-th moment; ``torn`` = how much of the commit reached the disk, 0 to 1."""

    n: int
    torn: float | None = None


@dataclass
class SimDesk(OpenDesk):
    """One person at one device. ``life`` counts its processes; ``rest_until`` is its monotonic time."""

    path: Path
    login: str
    device: str
    clock: DeviceClock
    link: Link
    rng: random.Random
    keeper: MemoryKeeper = field(default_factory=MemoryKeeper)
    life: int = 0
    commits: int = 0
    rest_until: float = 0.0
    held: Held | None = None
    _before: bytes = b""
    _tearing: bool = False

    def __post_init__(self) -> None:
        self.new_id = IdSource(self.clock, self.rng)
        self.tokens: SignIn
        self.fuse = Fuse()

    @property
    def person_id(self) -> str:
        return f"p-{self.login}"

    def __str__(self) -> str:
        return f"{self.login}@{self.device}"

    def open(self) -> None:
        """Start the program on what lies on disk."""
        self.life += 1
        self.fuse = self.link.fuse = Fuse()
        clock: Clock = self.clock
        self.store = open_store(self.path, KEY)
        setattr(self.store, "write", fused(self.store.write, self.fuse, self._about_to_commit))  # noqa: B010
        transport = Transport(BASE_URL, monotonic=clock.monotonic, adapter=self.link)
        api = Api(
            transport,
            device_id=self.device,
            client_version="1.0.0",
            new_id=self.new_id,
            server_time=ServerTime(clock),
        )
        self.tokens = SignIn(api, self.keeper, monotonic=clock.monotonic)
        api.use_tokens(self.tokens)
        self.ctx = SyncContext(self.store, api, clock, self.rng, device_name=self.device)
        recall_offset(self.ctx)
        self.rest_until, self.held = clock.monotonic() + rest_left(self.ctx)[0], None

    def close(self) -> None:
        """The program ends as it should, or is about to be forgotten."""
        self.store.close()
        self.ctx.api.transport.close()

    def crash(self, torn: float | None = None) -> None:
        """The program is killed now; with ``torn`` the power goes, and the last commit with it in part."""
        files = Files(self.path.parent)
        left = files.read()
        log = f"{self.path.name}-wal"
        if torn is not None and log in left:
            left[log] = _torn(self._before, left[log], torn)
        self.close()
        files.write(left)

    def run(self, action: Callable[[], T], cut: Cut | None = None) -> T:
        """Do something; where the program dies on the way it is started anew and :class:`Died` goes on."""
        self.fuse.left = cut.n if cut is not None else None
        self._tearing = cut is not None and cut.torn is not None
        try:
            return action()
        except Died:
            after_commit = self.fuse.at == "after a commit"
            self.crash(cut.torn if cut is not None and after_commit else None)
            where = self.fuse.at
            self.open()
            raise Died(where) from None
        finally:
            self.fuse.left = None
            self._tearing = False

    def sign_in(self) -> None:
        """The person signs in anew. Raises an ApiError."""
        self.tokens.begin(self.ctx.api.sign_in_sample(self.login))

    def sync(self, wait_s: int = 0) -> RoundReport:
        """One round."""
        return run_round(self.ctx, wait_s=wait_s)

    def _about_to_commit(self) -> None:
        self.commits += 1
        if self._tearing:
            log = self.path.with_name(f"{self.path.name}-wal")
            self._before = log.read_bytes() if log.exists() else b""


def _torn(before: bytes, after: bytes, share: float) -> bytes:
    """The log while it was being written: the changed stretch is new up to ``share`` of it and old behind."""
    before = before.ljust(len(after), b"\0")
    changed = [i for i in range(0, len(after), 512) if after[i : i + 512] != before[i : i + 512]]
    if not changed:
        return after
    cut = changed[0] + int(share * (changed[-1] + 512 - changed[0]))
    return after[:cut] + before[cut : len(after)]
