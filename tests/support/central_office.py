"""A small office on the real central server, in process: database, rules, people, a clock to move, signed-in hands.

    with open_office(tmp_path) as office:
        officer = office.hand("officer")
        ticket = office.load(make_ticket())
        officer.push(officer.op("ticket.urge", {...}))

Real time is a ManualClock; office time starts at builders.NOW, an ordinary working Tuesday, 09:30.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import requests
from litestar import Litestar
from msgspec.structs import replace

from central.app import create_app
from central.config import Config
from central.database import Database
from central.installation import open_database
from central.loader import Contact, Loader
from central.profile_store import ensure_profile
from central.profiles import default_profile
from central.services import Services
from central.signals import WaitFor, event_or_timeout
from desktop.models.domain.clock import ManualClock
from desktop.models.domain.entities import Person, Role, Row, decode_row
from desktop.models.domain.ids import IdSource
from desktop.models.domain.operations import SCHEMA, FieldChange, Operation
from desktop.models.domain.wire import Change, ChangesPage, OperationResult, PushReply, PushRequest

from .builders import NOW, make_category, make_place, make_unit
from .in_process import InProcessServer

REAL = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
PEOPLE: tuple[tuple[str, str, tuple[Role, ...], tuple[str, ...]], ...] = (
    ("officer", "王敏", ("officer",), ()),
    ("cleared", "孙洁", ("officer", "cleared"), ()),
    ("chief", "赵立", ("officer", "approve"), ()),
    ("deputy", "周安", ("deputy_director",), ()),
    ("visitor", "李强", ("return_visit",), ()),
    ("visitor2", "吴芳", ("return_visit", "cleared"), ()),
    ("liaison", "陈静", ("liaison",), ("u-roads",)),
    ("water", "郑源", ("liaison",), ("u-water",)),
)
"""login, name, roles, units; the person's id is "p-" + login."""


class Office:
    """The server with its people. ``clock`` is real time."""

    def __init__(
        self, database: Database, app: Litestar, clock: ManualClock, server: InProcessServer
    ) -> None:
        self.database = database
        self.app = app
        self.clock = clock
        self.server = server
        self.new_id = IdSource(clock, random.Random(7))

    @property
    def services(self) -> Services:
        services = self.app.state.services
        assert isinstance(services, Services)
        return services

    @property
    def now(self) -> datetime:
        """Office time."""
        return self.services.office.now()

    def load(
        self, *rows: Row, contacts: tuple[Contact, ...] = (), texts: tuple[tuple[str, str], ...] = ()
    ) -> None:
        """Load rows as an import would."""
        Loader(self.database, clock=self.clock).load(rows, contacts, texts)

    def hand(self, login: str, device: str = "") -> Hand:
        """A signed-in person at a device of their own."""
        return Hand(self, login, device or f"device-{login}")


class Hand:
    """One person at one device, speaking the contract over HTTP."""

    def __init__(self, office: Office, login: str, device: str) -> None:
        self.office = office
        self.login = login
        self.person_id = f"p-{login}"
        self.device = device
        self.seq = 0
        self.cursor = ""
        self.session = office.server.session()
        form = {"grant_type": "urn:supervision-desk:sample", "person": login, "device_id": device}
        self.tokens: dict[str, Any] = self.session.post(
            f"{office.server.base_url}/oauth/token", data=form
        ).json()
        self.session.headers["Authorization"] = f"Bearer {self.tokens['access_token']}"

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        """A request below the prefix."""
        return self.session.request(method, f"{self.office.server.base_url}/api/v1{path}", **options)

    def get(self, path: str, **params: Any) -> requests.Response:
        return self.call("GET", path, params=params)

    def post(self, path: str, body: Any = None) -> requests.Response:
        data = msgspec.json.encode({} if body is None else body)
        return self.call("POST", path, data=data, headers={"Content-Type": "application/json"})

    def snapshot(self) -> list[Change]:
        """A first load: every row in scope; the cursor stands at its start."""
        begun = self.post("/sync/snapshots", {"page_rows": 100}).json()
        self.cursor = begun["cursor"]
        changes: list[Change] = []
        token: str | None = begun["first_page"]
        while token is not None:
            reply = self.get(f"/sync/snapshots/{begun['snapshot_id']}", page_token=token)
            page = reply.json()
            changes += msgspec.convert(
                [_raw(change) for change in page["changes"]], list[Change], strict=False
            )
            token = page["next_page"]
        return changes

    def pull(self, **params: Any) -> list[Change]:
        """Everything since the cursor, which moves on."""
        changes: list[Change] = []
        more = True
        while more:
            reply = self.get("/sync/changes", cursor=self.cursor, **params)
            assert reply.status_code == 200, reply.text
            page = msgspec.json.decode(reply.content, type=ChangesPage)
            self.cursor, more = page.next_cursor, page.has_more
            changes += page.changes
        return changes

    def rows(self) -> dict[tuple[str, str], Row]:
        """Everything in scope now, by a first load."""
        return {(c.type, c.id): decode_row(c.type, c.data) for c in self.snapshot()}

    def op(
        self,
        kind: str,
        payload: dict[str, Any] | None = None,
        *,
        entity_id: str = "",
        base: int | None = None,
        after: str | None = None,
        changes: tuple[FieldChange, ...] = (),
        depends_on: tuple[str, ...] = (),
    ) -> Operation:
        """An operation as this device would make it now."""
        self.seq += 1
        return Operation(
            op_id=self.office.new_id(),
            seq=self.seq,
            schema=SCHEMA,
            kind=kind,
            entity_id=entity_id or self.office.new_id(),
            base_version=base,
            after=after,
            payload=msgspec.to_builtins(payload or {}),
            changes=changes,
            depends_on=depends_on,
            client_time=self.office.now,
        )

    def push(self, *ops: Operation) -> list[OperationResult]:
        """Send operations; the results in order."""
        reply = self.post("/sync/operations", PushRequest(device_id=self.device, ops=ops))
        assert reply.status_code == 200, reply.text
        return list(msgspec.json.decode(reply.content, type=PushReply).results)

    def does(self, kind: str, payload: dict[str, Any] | None = None, **options: Any) -> OperationResult:
        """Make and send one operation."""
        return self.push(self.op(kind, payload, **options))[0]


@contextmanager
def open_office(
    path: Path, *, database_url: str = "", wait_for: WaitFor = event_or_timeout, **config: Any
) -> Iterator[Office]:
    """A fresh office in ``path`` or in an empty ``database_url``, by the default rules, where no visit is made twice by
    chance.

    ``wait_for`` is how its long polls wait, ``config`` fields of the server's Config.
    """
    opening = reopen_office(
        database_url or str(path / "central.db"), ManualClock(REAL), wait_for=wait_for, **config
    )
    with opening as office:
        profile = default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")
        sure = replace(profile, visits=replace(profile.visits, recheck_percent=0.0))
        ensure_profile(office.database, sure, at=office.clock.now())
        office.services.office.settle(NOW)
        for unit, name in (("u-roads", "市政道路管理处"), ("u-water", "供水集团")):
            office.load(make_unit(unit, name))
        office.load(make_category(), make_place())
        for login, name, roles, units in PEOPLE:
            person = Person(id=f"p-{login}", name=name, roles=roles, unit_ids=units)
            office.services.accounts.add(person, login)
        yield office


@cache
def _empty_database() -> bytes:
    """A SQLite file with the newest schema and nothing in it: migrating takes as long as all else that a start does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        database = Database(str(path))
        database.migrate()
        database.close()
        return path.read_bytes()


@contextmanager
def reopen_office(
    database_url: str, clock: ManualClock, *, wait_for: WaitFor = event_or_timeout, **config: Any
) -> Iterator[Office]:
    """The server started on what a path or URL holds; see :func:`open_office`."""
    rng = random.Random(1)
    if "://" not in database_url and not Path(database_url).exists():
        Path(database_url).write_bytes(_empty_database())
    database = open_database(database_url, rng)
    config = {"sample_city": True, "sample_clock": True, "request_rate": 0} | config  # its clock stands still
    app = create_app(database, Config(**config), clock=clock, rng=rng, wait_for=wait_for)
    with InProcessServer(app) as server:
        office = Office(database, app, clock, server)
        yield office
        office.services.signal.close()
    database.close()


def _raw(change: dict[str, Any]) -> dict[str, Any]:
    return change | ({"data": msgspec.Raw(msgspec.json.encode(change["data"]))} if "data" in change else {})
