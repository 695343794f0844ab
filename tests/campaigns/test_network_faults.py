"""Every kind of network fault in every phase of the engine's talk with its server, through a proxy that does it.

A real server process, real sockets, a real encrypted store. Whatever the network did: nothing made is lost, nothing is
applied twice, the screen equals the server's rows when it is over, and the engine never ended by anything but an error
it knows.
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.models.domain.clock import SystemClock
from desktop.models.domain.entities import Note, decode_row
from desktop.models.domain.ids import IdSource
from desktop.models.domain.wire import DigestEntry, sum_hashes
from desktop.models.store import outbox, settings
from desktop.models.store.engine import open_store
from desktop.services.account.tokens import MemoryKeeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.errors import ApiError
from desktop.services.api.transport import Reply, Transport
from desktop.services.commands.base import Writer
from desktop.services.commands.notes import add_note
from desktop.services.sync.context import SyncContext
from desktop.services.sync.round import hurry, run_round
from tests.journeys.processes import Office
from tests.support.certificates import self_signed, server_context
from tests.support.fault_proxy import HARMLESS, KINDS, FaultProxy, Strike
from tests.support.stores import KEY
from tools import campaigns

CITY = 300
PHASES = {
    "sign_in": "/oauth/token",
    "identity": "/api/v1/me",
    "snapshot": "/sync/snapshots",
    "push": "/sync/operations",
    "pull": "/sync/changes",
}
TURNS = max(1, campaigns.size_of("network") // (len(KINDS) * len(PHASES)))
HEALED = {("bad_gateway", "push")}
"""What the round itself may get over: a batch that the server failed on is sent again in halves."""

CLOSING = ("refuse", "reset", "lost_reply")
"""What looks like a connection that was closed while it rested, and is asked again once on a new one."""

PATIENCE_S = 1.0
"""The longest exchange here: a black hole shall not hold this test as long as it may hold a desktop."""

MOST_ROUNDS = 12


class HurriedTransport(Transport):
    """The real one, with less patience."""

    def send(self, *args: object, limit_s: float, **kwargs: object) -> Reply:
        return super().send(*args, limit_s=min(limit_s, PATIENCE_S), **kwargs)  # type: ignore[arg-type]  # passed on


class Talker:
    """One officer's engine at one address. ``age`` makes the sign-in grow old."""

    def __init__(self, path: Path, url: str, login: str, rng: random.Random, ca: Path | None = None) -> None:
        clock = SystemClock()
        self._aged = 0.0
        self.store = open_store(path, KEY)
        self.new_id = IdSource(clock, rng)
        self._transport = HurriedTransport(url, monotonic=clock.monotonic, city_ca=ca)
        self.api = Api(self._transport, device_id=path.stem, client_version="1.0.0", new_id=self.new_id)
        self._tokens = SignIn(self.api, MemoryKeeper(), monotonic=lambda: clock.monotonic() + self._aged)
        self._tokens.begin(self.api.sign_in_sample(login))
        self.api.use_tokens(self._tokens)
        self.ctx = SyncContext(self.store, self.api, clock, rng)

    def age(self) -> None:
        """The access token is too old to be sent, and who works here is to be asked again."""
        self._aged += timedelta(hours=1).total_seconds()
        self.ctx.memory.identified_at = None

    def note(self, ticket_id: str, text: str) -> str:
        """A note made here; the operation's id."""
        with self.store.write() as connection:
            me, rules = settings.me(connection), settings.profile(connection)
            assert me is not None
            assert rules is not None
            now = rules.local(self.ctx.office_now())
            add_note(
                Writer(connection=connection, now=now, new_id=self.new_id, me=me, profile=rules),
                ticket_id,
                text,
            )
            return outbox.in_states(connection, ("queued",))[-1].op_id

    def ticket_ids(self) -> list[str]:
        """The cases on this desk."""
        with self.store.read() as connection:
            return list(connection.exec_driver_sql("SELECT id FROM ticket_list ORDER BY id").scalars())

    def notes(self) -> list[str]:
        """The text of every note on the screen, in no order."""
        with self.store.read() as connection:
            found = (
                connection.exec_driver_sql("SELECT data FROM projection WHERE type = 'note'").scalars().all()
            )
        rows = [decode_row("note", data) for data in found]
        return [row.text for row in rows if isinstance(row, Note)]

    def states(self) -> dict[str, str]:
        """What has become of each operation."""
        with self.store.read() as connection:
            return dict(connection.exec_driver_sql("SELECT op_id, state FROM outbox").all())

    def digests(self) -> dict[str, DigestEntry]:
        """The digest of the rows here, computed from the table."""
        kinds: dict[str, list[tuple[str, int]]] = {}
        with self.store.read() as connection:
            for kind, entity_id, version in connection.exec_driver_sql(
                "SELECT type, id, version FROM projection"
            ):
                kinds.setdefault(kind, []).append((entity_id, version))
        return {kind: sum_hashes(rows) for kind, rows in kinds.items()}

    def settle_down(self) -> None:
        """Rounds until nothing is waiting and nothing is new."""
        for _ in range(MOST_ROUNDS):
            hurry(self.ctx)
            with contextlib.suppress(ApiError):  # a connection of the bad time may still be in the pool
                report = run_round(self.ctx)
                if not report.pushed and not report.changes and not report.unsent:
                    return
        raise AssertionError(f"never quiet: {self.states()}")

    def close(self) -> None:
        self._transport.close()
        self.store.close()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A server process with a small made-up city."""
    folder = tmp_path_factory.mktemp("city")
    office = Office(folder / "city.db", folder, "--sample-city", str(CITY))
    yield office
    office.stop()


@pytest.fixture(scope="module")
def witness(city: Office, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Talker]:
    """A colleague with a sound network."""
    talker = Talker(
        tmp_path_factory.mktemp("witness") / "witness.db", city.url, officer(city), random.Random(1)
    )
    run_round(talker.ctx)
    yield talker
    talker.close()


def officer(city: Office) -> str:
    """Somebody of the city who sees every case and may write notes."""
    api = Api(
        Transport(city.url, monotonic=time.monotonic),
        device_id="asks",
        client_version="1",
        new_id=lambda: "r",
    )
    try:
        return next(person.login for person in api.sample_people() if "officer" in person.roles)
    finally:
        api.transport.close()


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_or_done_twice(
    city: Office, witness: Talker, tmp_path: Path, kind: str, phase: str
) -> None:
    """A fault of one kind in one phase costs a round, never a word."""
    done, wrong = 0, 0
    try:
        for turn in range(TURNS):
            wrong += 1
            one_fault(city, witness, tmp_path, kind, phase, campaigns.first_seed() + turn)
            wrong -= 1
            done += 1
    finally:
        campaigns.report("network", done=done + wrong, violations=wrong)


def one_fault(city: Office, witness: Talker, folder: Path, kind: str, phase: str, seed: int) -> None:
    name = f"{kind}-{phase}-{seed}"
    rng = random.Random(name)
    tls = kind == "foreign_certificate"
    certificate, key = self_signed(folder)
    other = self_signed(folder, "stranger")
    contexts = (server_context(certificate, key), server_context(*other)) if tls else None
    with FaultProxy(city.port, tls=contexts) as proxy:
        desk = Talker(folder / f"{name}.db", proxy.url, officer(city), rng, certificate if tls else None)
        try:
            made: dict[str, str] = {}
            if phase != "snapshot":
                run_round(desk.ctx)
                made = write(desk, rng, name, 3)
            theirs = write(witness, rng, f"{name}, colleague", 1)
            run_round(witness.ctx)
            desk.age()
            proxy.arm(
                Strike(
                    kind, PHASES[phase], rng.randrange(2) if phase == "snapshot" else 0, rng.randint(1, 3)
                ),
                rng,
            )
            failures = meet(desk, rounds=3)
            assert proxy.struck, "the fault never happened"
            healed = (kind, phase) in HEALED or (kind in CLOSING and proxy.struck == 1)
            if failures or not healed:
                assert bool(failures) != (kind in HARMLESS), failures
            proxy.lift()
            desk.settle_down()
            made |= write(desk, rng, f"{name}, afterwards", 1)
            desk.settle_down()
            check(desk, witness, made, theirs)
        finally:
            desk.close()


def write(talker: Talker, rng: random.Random, name: str, count: int) -> dict[str, str]:
    """Notes on cases drawn by chance: text by operation."""
    tickets = talker.ticket_ids()
    return {
        talker.note(rng.choice(tickets), text): text for text in (f"{name}: 第{n}句" for n in range(count))
    }


def meet(desk: Talker, rounds: int) -> list[str]:
    """Rounds in bad weather; the codes of those that failed. Any other end of a round fails the test."""
    codes = []
    for _ in range(rounds):
        hurry(desk.ctx)
        try:
            run_round(desk.ctx)
        except ApiError as error:
            codes.append(error.code)
    return codes


def check(desk: Talker, witness: Talker, made: dict[str, str], theirs: dict[str, str]) -> None:
    """Every word is at the server once, and both desks show what the server holds."""
    run_round(witness.ctx)
    assert desk.states() == dict.fromkeys(made, "applied")
    expected = [*made.values(), *theirs.values()]
    for talker in (desk, witness):
        shown = talker.notes()
        assert {text: shown.count(text) for text in expected} == dict.fromkeys(expected, 1)
        assert talker.digests() == {k: v for k, v in talker.api.digest().types.items() if v.count}
