"""Nobody is called twice: fifty desks claim against two server processes, and of both some are killed in mid-call.

Real clients over real sockets. What each desk does to a citizen's telephone goes into a journal with the machine's own
monotonic clock; whether two calls overlapped is read from it afterwards.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import signal
import threading
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from requests.adapters import HTTPAdapter
from sqlalchemy import select

from central.audit import verify_audit
from central.database import Database
from central.loader import Contact, Loader
from central.profile_store import current_profile, store_profile
from central.tables import entity
from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.ids import IdSource
from desktop.models.domain.operations import SCHEMA, Operation
from desktop.models.domain.profile import LeasePolicy
from desktop.models.domain.redaction import normalize_phone
from desktop.models.domain.wire import Lease, NewFieldBlock, PushRequest
from desktop.services.account.tokens import MemoryKeeper, SignIn
from desktop.services.api.client import Api
from desktop.services.api.errors import ApiError, RefusedByServer
from desktop.services.api.transport import Transport
from tests.support.builders import make_ticket, make_visit
from tests.support.postgres import Cluster
from tests.support.served_city import ServedCity, served_city
from tools import campaigns

GROUPS, IN_A_GROUP = 5, 10
CITIZENS = 24
CALLERS = ("zhaolina", "sunqian", "wangmin", "liqiang")
POLICY = LeasePolicy(ttl_s=6, renew_s=2, margin_s=2, dialling_s=8)
"""A killed desk's lease runs out within seconds here; in an office within minutes."""

SERVER_KILLS, DESK_KILLS = 3, 5


class JumpingClock(SystemClock):
    """A desk whose wall clock somebody sets wrong, by up to 400 days, at any moment. Its monotonic clock is sound."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng

    def now(self) -> datetime:
        return super().now() + timedelta(days=self._rng.randint(-400, 400))


@dataclass(frozen=True)
class Round:
    """What the desks of one run share. ``claims`` counts up to ``total``."""

    url: str
    visits: tuple[str, ...]
    journal: Path
    claims: Any
    total: int

    def write(self, **event: Any) -> None:
        """One event, in one piece, whatever other processes write."""
        line = json.dumps(event).encode() + b"\n"
        handle = os.open(self.journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(handle, line)
        os.close(handle)

    def claim_more(self) -> bool:
        """Whether this claim is still to be made."""
        with self.claims.get_lock():
            self.claims.value += 1
            return bool(self.claims.value <= self.total)


def desk(shared: Round, name: str) -> None:
    """One desk: claims, calls, hangs up, records, gives back; now and then it forgets to."""
    rng = random.Random(name)
    clock = JumpingClock(rng)
    transport = Transport(shared.url, monotonic=clock.monotonic, adapter=HTTPAdapter(max_retries=0))
    api = Api(transport, device_id=name, client_version="1.0.0", new_id=IdSource(clock, rng))
    tokens = SignIn(api, MemoryKeeper(), monotonic=clock.monotonic)
    while not tokens.known():
        with suppress(ApiError):
            tokens.begin(api.sign_in_sample(rng.choice(CALLERS)))
    api.use_tokens(tokens)
    seq = 0
    while shared.claim_more():
        if rng.random() < 0.02:
            seq = on_the_road(shared, api, name, clock, rng, seq)
            continue
        sent = clock.monotonic()
        try:
            lease = api.claim_next() if rng.random() < 0.1 else api.claim(rng.choice(shared.visits))
        except RefusedByServer:
            continue
        except ApiError:  # a server died over it: whether the lease was granted is unknown
            continue
        if lease is None:
            continue
        phone = normalize_phone(lease.phone)
        told = {"phone": phone, "epoch": lease.epoch, "lease": lease.lease_id, "desk": name}
        shared.write(kind="grant", **told, at=clock.monotonic(), until=sent + lease.ttl_s)
        if clock.monotonic() >= sent + lease.ttl_s - POLICY.margin_s:
            continue
        sent = clock.monotonic()
        try:
            api.dialling(lease.lease_id, lease.epoch)
        except ApiError:
            continue
        until = sent + POLICY.dialling_s - POLICY.margin_s
        start = clock.monotonic()
        if start >= until:
            continue
        shared.write(kind="dial", **told, at=start, until=until)
        system_wait(rng.random() * 0.08)  # the call
        shared.write(kind="end", lease=lease.lease_id, at=clock.monotonic())
        if rng.random() < 0.97:
            seq += len(lease.visits)
            with suppress(ApiError):
                record(api, lease, name, seq, IdSource(clock, rng))
                shared.write(kind="free", lease=lease.lease_id, at=clock.monotonic())
                api.release_lease(lease.lease_id)
    transport.close()


def on_the_road(shared: Round, api: Api, name: str, clock: JumpingClock, rng: random.Random, seq: int) -> int:
    """Takes two people along, calls them without asking anybody, and gives them back; the number of the last record."""
    sent = clock.monotonic()
    try:
        block = api.take_block(NewFieldBlock(visits=3, minutes=15))
    except ApiError:
        return seq
    until = sent + block.seconds
    told = {"epoch": block.epoch, "desk": name}
    calls = [(f"{block.block_id}-{place}", call) for place, call in enumerate(block.calls)]
    for lease_id, call in calls:
        phone = normalize_phone(call.phone)
        shared.write(
            kind="grant", phone=phone, lease=lease_id, **told, at=clock.monotonic(), until=until, block=True
        )
    for lease_id, call in calls:
        phone = normalize_phone(call.phone)
        shared.write(kind="dial", phone=phone, lease=lease_id, **told, at=clock.monotonic(), until=until)
        system_wait(rng.random() * 0.08)
        shared.write(kind="end", lease=lease_id, at=clock.monotonic())
    with suppress(ApiError):
        for _, call in calls:
            seq += len(call.visits)
            lease = Lease(lease_id=block.block_id, epoch=block.epoch, ttl_s=0, visits=call.visits, phone="")
            record(api, lease, name, seq, IdSource(clock, rng))
        for lease_id, _ in calls:
            shared.write(kind="free", lease=lease_id, at=clock.monotonic())
        api.give_block_back(block.block_id)
    return seq


def record(api: Api, lease: Lease, device_id: str, seq: int, new_id: IdSource) -> None:
    """What came of the call: the line failed, after which the rules let anybody try again."""
    now = SystemClock().now()
    outcome = {"outcome": "line_fault", "at": now, "lease_id": lease.lease_id, "lease_epoch": lease.epoch}
    ops = tuple(
        Operation(
            op_id=new_id(),
            seq=seq - place,
            schema=SCHEMA,
            kind="visit.attempt",
            entity_id=new_id(),
            payload=msgspec.to_builtins({**outcome, "visit_id": v.visit_id, "ticket_id": v.ticket_id}),
            client_time=now,
        )
        for place, v in enumerate(lease.visits)
    )
    api.push(PushRequest(device_id=device_id, server_epoch=api.meta().server_epoch, ops=ops))


def group(shared: Round, name: str) -> None:
    """Some desks in one process, which may be killed with them."""
    threads = [threading.Thread(target=desk, args=(shared, f"{name}-{i}")) for i in range(IN_A_GROUP)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def prepare(city: ServedCity) -> tuple[str, ...]:
    """Citizens who wait for a call, half of them with two tickets and their number written in two ways."""
    tickets, visits, people = [], [], []
    with closing(Database(city.database_url)) as database:
        with database.read() as connection:
            unit = connection.execute(
                select(entity.c.id).where(entity.c.type == "unit").limit(1)
            ).scalar_one()
            rules = current_profile(connection)
        for citizen in range(CITIZENS):
            number = f"1390000{citizen:04}"
            for phone in (number, f"+86 {number[:3]}-{number[3:]}")[: 1 + citizen % 2]:
                ticket = make_ticket(state="to_visit", unit_id=unit, due_at=None)
                tickets.append(ticket)
                visits.append(make_visit(ticket, unit_id=unit, due_at=None))
                people.append(Contact(ticket.contact_id, "张三", phone, True))
        Loader(database, clock=SystemClock()).load([*tickets, *visits], people)
        with database.write() as tx:
            quick = replace(rules, version=rules.version + 1, effective_from=date(2000, 1, 1), lease=POLICY)
            store_profile(tx, quick, at=SystemClock().now())
    return tuple(visit.id for visit in visits)


@pytest.mark.timeout(3600)  # a campaign's ten thousand claims
def test_fifty_desks_claim_and_nobody_is_called_twice(postgres: Cluster, tmp_path: Path) -> None:
    """A citizen who is called by two people of the office at once believes neither."""
    total = campaigns.size_of("leases")
    fork = multiprocessing.get_context("fork")
    with served_city(postgres, servers=1, options=("--workers", "2")) as city:
        shared = Round(city.urls[0], prepare(city), tmp_path / "journal", fork.Value("q", 0), total)
        groups: list[BaseProcess] = []

        def start(number: int) -> None:
            groups.append(fork.Process(target=group, args=(shared, f"desk-{number}")))
            groups[-1].start()

        began = time.monotonic()
        for number in range(GROUPS):
            start(number)
        kills = DESK_KILLS + SERVER_KILLS
        for kill in range(kills):
            while shared.claims.value < total * (kill + 1) / (kills + 1):
                system_wait(0.02)
            if kill % 3 == 2:
                os.kill(random.Random(kill).choice(children(city.processes[0].pid)), signal.SIGKILL)
            else:
                victim = groups[kill]
                victim.kill()
                victim.join()
                start(GROUPS + kill)
        for process in groups:
            process.join()
        seconds = time.monotonic() - began
        assert [p.exitcode for p in groups].count(-signal.SIGKILL) == kills - kills // 3
        with closing(Database(city.database_url)) as database, database.read() as connection:
            audited = verify_audit(connection)
    events = [json.loads(line) for line in shared.journal.read_bytes().splitlines()]
    grants = [event for event in events if event["kind"] == "grant"]
    dials = [event for event in events if event["kind"] == "dial"]
    violations = overlaps(events) + double_leases(events)
    campaigns.report(
        "leases",
        done=total,
        violations=len(violations),
        granted=f"{len(grants):,}",
        calls=f"{len(dials):,}",
        claims_per_second=round(total / seconds),
    )
    assert not violations
    assert audited >= len(grants), "each grant is on record, also those whose reply was lost"
    for phone in {event["phone"] for event in grants}:
        epochs = [event["epoch"] for event in grants if event["phone"] == phone]
        assert len(set(epochs)) == len(epochs), "an epoch is granted once"
        calls = sorted((each for each in dials if each["phone"] == phone), key=lambda each: each["at"])
        assert all(a["epoch"] < b["epoch"] for a, b in pairwise(calls)), "epochs rise"
    assert any(grant.get("block") for grant in grants), "visits were taken along as well"
    assert len(dials) > total / 25, "a race without calls shows nothing"


def overlaps(events: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs of calls to one number of which the second began before the first was over.

    A desk that was killed may have gone on talking until its own count of the lease ran out.
    """
    ended = {event["lease"]: event["at"] for event in events if event["kind"] == "end"}
    by_phone: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        if event["kind"] == "dial":
            by_phone.setdefault(event["phone"], []).append(event)
    found = []
    for calls in by_phone.values():
        calls.sort(key=lambda call: call["at"])
        found += [
            (first, second)
            for first, second in pairwise(calls)
            if second["at"] < ended.get(first["lease"], first["until"])
        ]
    return found


def double_leases(events: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pairs of leases on one number of which the second was granted to another desk while the first still held."""
    freed = {event["lease"]: event["at"] for event in events if event["kind"] == "free"}
    held = {event["lease"]: event["until"] for event in events if event["kind"] == "dial"}
    by_phone: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        if event["kind"] == "grant":
            by_phone.setdefault(event["phone"], []).append(event)
    found = []
    for grants in by_phone.values():
        grants.sort(key=lambda grant: grant["epoch"])
        for first, second in pairwise(grants):
            until = max(first["until"], held.get(first["lease"], 0.0))
            if first["desk"] != second["desk"] and second["at"] < min(
                until, freed.get(first["lease"], until)
            ):
                found.append((first, second))
    return found


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
