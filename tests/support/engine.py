"""A desktop's engine without a window, against the real server in process: for tests of sync.

    with open_office(tmp_path / "central") as office, open_engine(tmp_path, office, "officer") as desk:
        desk.sync()
        desk.do(lambda w: urge_ticket(w, ...))

``desk.network`` plays the network's part: cut it, lose a reply, answer in the server's place.
"""

from __future__ import annotations

import io
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import msgspec
import requests
from requests.adapters import BaseAdapter

from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import DomainClock
from desktop.models.domain.entities import Key, Row, decode_row
from desktop.models.domain.ids import IdSource
from desktop.models.domain.wire import Problem
from desktop.models.store import outbox, settings
from desktop.models.store.engine import Store, open_store
from desktop.models.store.folding import server_row
from desktop.models.store.outbox import Entry, State
from desktop.services.account.tokens import MemoryKeeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.server_time import ServerTime
from desktop.services.api.transport import Transport
from desktop.services.commands.base import Writer
from desktop.services.sync.context import SyncContext
from desktop.services.sync.round import RoundReport, run_round

from .central_office import Office
from .stores import KEY, profile

Fault = Callable[[requests.PreparedRequest], requests.Response | None]
"""Looks at a request; an answer in the server's place, None to let it through; may raise a network error."""


class Network(BaseAdapter):
    """The way to the server: passes on, unless a test says otherwise. ``seen`` names what went out.

    ``damage``: the first reply that holds the former bytes arrives with the latter.
    """

    def __init__(self, way: BaseAdapter) -> None:
        super().__init__()
        self._way = way
        self.cut = False
        self.fault: Fault | None = None
        self.lose_reply_to: str | None = None
        self.damage: tuple[bytes, bytes] | None = None
        self.seen: list[str] = []

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        self.seen.append(f"{request.method} {request.path_url.partition('?')[0]}")
        if self.cut:
            raise requests.ConnectionError
        if self.fault is not None and (answer := self.fault(request)) is not None:
            return answer
        response = self._way.send(request, *args, **kwargs)
        if self.lose_reply_to is not None and self.lose_reply_to in (request.url or ""):
            self.lose_reply_to = None
            raise requests.ConnectionError
        if self.damage is not None:
            content = response.raw.read()
            response.raw = io.BytesIO(content.replace(*self.damage))
            self.damage = None if self.damage[0] in content else self.damage
        return response

    def close(self) -> None:
        self._way.close()


def answer(request: requests.PreparedRequest, status: int, code: str, **headers: str) -> requests.Response:
    """A problem of the contract, as a fault would send it."""
    response = requests.Response()
    response.status_code = status
    response.raw = io.BytesIO(msgspec.json.encode(Problem(status=status, code=code)))
    response.headers.update({"Content-Type": "application/problem+json", **headers})
    response.request = request
    response.url = request.url or ""
    return response


class OpenDesk:
    """What can be asked of an open store with its engine, and done by its person. ``new_id`` makes the device's ids."""

    store: Store
    ctx: SyncContext
    new_id: IdSource

    def now(self) -> datetime:
        """Office time, in the office's zone."""
        return profile().local(self.ctx.office_now())

    def do(self, command: Callable[[Writer], Changes]) -> Changes:
        """One command in one transaction, by the person and rules in the store."""
        with self.store.write() as connection:
            me, rules = settings.me(connection), settings.profile(connection)
            assert me is not None
            assert rules is not None
            return command(
                Writer(connection=connection, now=self.now(), new_id=self.new_id, me=me, profile=rules)
            )

    def row(self, entity_type: str, entity_id: str) -> Any:
        """A row as the screen shows it."""
        return self.rows().get((entity_type, entity_id))

    def rows(self) -> dict[Key, Row]:
        """Everything on the screen."""
        with self.store.read() as connection:
            found = connection.exec_driver_sql("SELECT type, id, data FROM projection").all()
        return {(t, i): decode_row(t, data) for t, i, data in found}

    def server_rows(self) -> dict[Key, Row]:
        """What this store holds as the server's last word, without anything folded in."""
        with self.store.read() as connection:
            keys = connection.exec_driver_sql("SELECT type, id FROM projection").all()
            found = {(t, i): server_row(connection, (t, i)) for t, i in keys}
        return {key: decode_row(key[0], row[0]) for key, row in found.items() if row is not None}

    def entries(self, *states: State) -> list[Entry]:
        """Operations in any of these states, in order; all of them where none is named."""
        with self.store.read() as connection:
            return outbox.in_states(connection, states or get_args(State))

    def table(self, name: str) -> list[tuple[Any, ...]]:
        """All rows of a table, for comparing."""
        with self.store.read() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY 1, 2")]


class EngineDesk(OpenDesk):
    """One person at one device: store, sign-in and engine. ``crash`` and ``open`` are the power going and coming."""

    def __init__(self, folder: Path, office: Office, login: str, device: str, seed: int) -> None:
        self.office = office
        self.login = login
        self.device = device
        self.path = folder / f"{device}.db"
        self.rng = random.Random(f"{device}:{seed}")  # no two devices make the same ids
        self.clock = DomainClock(office.clock)  # the machine's own, set wrong by ``clock.offset``
        self.new_id = IdSource(self.clock, self.rng)
        self.network = Network(office.server.adapter())
        self.told: list[Changes] = []
        self._keeper = MemoryKeeper()
        self.open()

    def open(self) -> None:
        """Start the program anew on what lies on disk."""
        clock = self.clock
        self.store = open_store(self.path, KEY)
        transport = Transport(self.office.server.base_url, monotonic=clock.monotonic, adapter=self.network)
        api = Api(
            transport,
            device_id=self.device,
            client_version="1.0.0",
            new_id=self.new_id,
            server_time=ServerTime(clock),
        )
        tokens = SignIn(api, self._keeper, monotonic=clock.monotonic)
        if not tokens.known():
            tokens.begin(api.sign_in_sample(self.login))
        api.use_tokens(tokens)
        self.ctx = SyncContext(self.store, api, clock, self.rng, on_changes=self.told.append)

    def crash(self) -> None:
        """The program ends between two commits: nothing in memory survives."""
        self.store.close()
        self.ctx.api.transport.close()

    def sign_out(self) -> None:
        """Forget the sign-in; the next start signs the same person in anew."""
        self._keeper.forget()

    def disk_now(self) -> Path:
        """A copy of what lies on disk at this moment: what a power cut would leave."""
        copy = self.path.with_name(f"{self.path.name}.after")
        for suffix in ("", "-wal"):
            source = Path(f"{self.path}{suffix}")
            if source.exists():
                shutil.copyfile(source, f"{copy}{suffix}")
        return copy

    def open_after_power_cut(self, copy: Path) -> None:
        """Start the program on what a power cut left."""
        self.crash()
        self.path = copy
        self.open()

    def sync(self) -> RoundReport:
        """One round."""
        return run_round(self.ctx)


@contextmanager
def open_engine(
    folder: Path, office: Office, login: str, *, device: str = "", seed: int = 1
) -> Iterator[EngineDesk]:
    """A desktop that has signed in and not yet synced."""
    desk = EngineDesk(folder, office, login, device or f"desk-{login}", seed)
    try:
        yield desk
    finally:
        desk.crash()
