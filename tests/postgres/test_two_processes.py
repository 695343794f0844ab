"""Two server processes over one database: nobody may notice which of them answered."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from requests.adapters import HTTPAdapter
from sqlalchemy import select
from sqlalchemy.engine import Connection

from central.audit import verify_audit
from central.database import Database
from central.loader import Contact, Loader
from central.tables import entity, operation
from desktop.models.domain.clock import SystemClock, system_wait
from desktop.models.domain.entities import Ticket
from desktop.models.domain.payloads import UrgePayload
from desktop.models.domain.wire import Change, ChangesPage, Presence
from desktop.services.commands.base import Writer
from tests.support.builders import make_ticket
from tests.support.central_office import Hand
from tests.support.engine import EngineDesk
from tests.support.postgres import Cluster
from tests.support.served_city import ServedCity, await_ready, served_city, start_server


@pytest.fixture(scope="module")
def city(postgres: Cluster) -> Iterator[ServedCity]:
    with served_city(postgres) as opened:
        yield opened
        with read(opened) as connection:
            assert verify_audit(connection) >= 20, "whatever the processes did at once, the chain holds"


@contextmanager
def read(city: ServedCity) -> Iterator[Connection]:
    """The database behind the processes, as it is now."""
    with closing(Database(city.database_url, readers=1)) as database, database.read() as connection:
        yield connection


def open_tickets(city: ServedCity, count: int) -> list[Ticket]:
    """New tickets in work, brought in beside the running processes."""
    with closing(Database(city.database_url)) as database:
        with database.read() as connection:
            unit = connection.execute(
                select(entity.c.id).where(entity.c.type == "unit").limit(1)
            ).scalar_one()
        tickets = [make_ticket(unit_id=unit) for _ in range(count)]
        people = [Contact(ticket.contact_id, "张三", "13800138000", True) for ticket in tickets]
        Loader(database, clock=SystemClock()).load(tickets, people)
    return tickets


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Run calls together; their results in order."""
    gate, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(i: int, call: Callable[[], Any]) -> None:
        gate.wait()
        results[i] = call()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_a_desktop_that_meets_another_process_each_time_works_on(city: ServedCity, tmp_path: Path) -> None:
    """Behind a balancer a first load begins at one process, goes on at another, and work is sent to a third."""
    (ticket,) = open_tickets(city, 1)
    desk = EngineDesk(tmp_path, city.office(), "wangmin", "desk-balanced", 1)
    desk.sync()

    def urge(w: Writer) -> Any:
        payload = UrgePayload(ticket_id=ticket.id, unit_id=ticket.unit_id, means="sms")
        return w.submit("ticket.urge", w.new_id(), payload)

    for _ in range(6):
        desk.do(urge)
        desk.sync()
    assert [entry.state for entry in desk.entries()] == ["applied"] * 6
    other = EngineDesk(tmp_path, city.office(), "wangmin", "desk-other", 2)
    other.sync()
    assert other.server_rows() == desk.server_rows()
    assert len([way for way in desk.network.seen if "GET /api/v1/sync/snapshots" in way]) > 1, "page by page"
    desk.crash()
    other.crash()


def test_who_has_a_case_open_at_one_process_is_told_at_the_other(city: ServedCity) -> None:
    """Two officers behind a balancer would telephone the same unit about one case; nothing of it is in the database."""
    (ticket,) = open_tickets(city, 1)
    waiting, acting = city.hand("wangmin", "desk-looks", at=0), city.hand("chenlixin", "desk-opens", at=1)
    waiting.snapshot()
    waiting.pull()

    def told_of(known: str, opened: str) -> tuple[Presence, float]:
        """What a held poll says at the one process after the other was told, and the seconds that took."""
        found: list[tuple[Presence, float]] = []

        def hold() -> None:
            for _ in range(2):
                reply = waiting.get("/sync/changes", cursor=waiting.cursor, presence=known, wait=25)
                page = msgspec.json.decode(reply.content, type=ChangesPage)
                waiting.cursor = page.next_cursor
                if page.presence is not None:
                    found.append((page.presence, time.monotonic()))
                    return

        thread = threading.Thread(target=hold)
        thread.start()
        began = time.monotonic()
        claimed = acting.call("PUT", "/presence", json={"ticket_id": opened, "writing": bool(opened)})
        assert claimed.status_code == 204, claimed.text
        thread.join(60)
        assert found, "nobody told the waiting process"
        presence, at = found[0]
        return presence, at - began

    here, seconds = told_of("", ticket.id)
    assert [(one.ticket_id, one.writing) for one in here.people] == [(ticket.id, True)]
    gone, later = told_of(here.rev, "")
    assert gone.people == ()
    assert max(seconds, later) < 20, "a poll that nobody wakes takes 25"


def test_a_commit_at_one_process_wakes_who_waits_at_the_other(city: ServedCity) -> None:
    """Two colleagues at two processes see each other's work as they would at one."""
    (ticket,) = open_tickets(city, 1)
    waiting, acting = city.hand("wangmin", "desk-waits", at=0), city.hand("liqiang", "desk-acts", at=1)
    waiting.snapshot()
    waiting.pull()
    arrived: list[tuple[float, Change]] = []

    def wait() -> None:
        arrived.extend((time.monotonic(), change) for change in waiting.pull(wait=25))

    thread = threading.Thread(target=wait)
    thread.start()
    op = acting.op("note.add", {"ticket_id": ticket.id, "text": "同时"})
    began = time.monotonic()
    assert acting.push(op)[0].status == "applied"
    thread.join(30)
    assert [change.caused_by for _, change in arrived] == [op.op_id]
    assert arrived[0][0] - began < 20, (
        "seconds, on a machine that does other things beside; a poll that nobody wakes takes 25"
    )


def test_a_lost_listener_delays_news_and_loses_none(city: ServedCity) -> None:
    """PostgreSQL restarts, a firewall forgets the idle connection: the news comes all the same."""
    (ticket,) = open_tickets(city, 1)
    waiting, acting = city.hand("wangmin", "desk-waits", at=0), city.hand("liqiang", "desk-acts", at=1)
    waiting.snapshot()
    waiting.pull()
    listening = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    for _ in range(2):
        assert city.cluster.execute(listening, database=city.name) == [(2,)]
        changes: list[Change] = []
        thread = threading.Thread(target=lambda into=changes: into.extend(waiting.pull(wait=25)))
        thread.start()
        op = acting.op("note.add", {"ticket_id": ticket.id, "text": "断线之后"})
        assert acting.push(op)[0].status == "applied"
        thread.join(30)
        assert [change.caused_by for change in changes] == [op.op_id]
        listeners = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        for _ in range(1000):
            if city.cluster.execute(listeners, database=city.name) == [(2,)]:
                break
            system_wait(0.02)


def test_the_same_operation_at_both_at_once_has_one_effect(city: ServedCity) -> None:
    """A desktop that lost the reply sends again while the first request is still being worked on."""
    hands = [city.hand("wangmin", "desk-twice", at=i) for i in range(2)]
    tickets = open_tickets(city, 12)
    ops = [hands[0].op("note.add", {"ticket_id": ticket.id, "text": "一次"}) for ticket in tickets]
    for op in ops:
        results = at_once(*(partial(hand.push, op) for hand in hands))
        assert sorted(result.status for (result,) in results) == ["applied", "duplicate"]
        assert {result.version for (result,) in results} == {1}
    with read(city) as connection:
        ids = [op.op_id for op in ops]
        done = connection.execute(select(operation.c.op_id).where(operation.c.op_id.in_(ids))).all()
    assert len(done) == len(ops)


def approved(city: ServedCity, ticket: Ticket) -> tuple[Hand, Any]:
    """A notice that waits for approval, and the operation that approves it."""
    officer = city.hand("wangmin", f"desk-writes-{ticket.id[-6:]}", at=0)
    payload = {"ticket_id": ticket.id, "unit_id": ticket.unit_id, "ground": "逾期", "requirement": "报告"}
    create = officer.op("notice.create", payload)
    submit = officer.op("notice.submit", entity_id=create.entity_id, base=0, after=create.op_id)
    assert [result.status for result in officer.push(create, submit)] == ["applied", "applied"]
    return officer, create.entity_id


def test_numbers_are_drawn_without_gap_or_double(city: ServedCity) -> None:
    """Two chiefs approve at the same moment: a supervision notice is an official paper with a number of its own."""
    tickets = open_tickets(city, 12)
    waiting = [approved(city, ticket)[1] for ticket in tickets]
    chiefs = [city.hand("chenlixin", f"desk-chief-{i}", at=i) for i in range(2)]

    def approve(hand: Hand, notices: list[str]) -> list[str]:
        return [hand.push(hand.op("notice.approve", entity_id=each, base=2))[0].status for each in notices]

    statuses = at_once(lambda: approve(chiefs[0], waiting[::2]), lambda: approve(chiefs[1], waiting[1::2]))
    assert statuses == [["applied"] * 6] * 2
    with read(city) as connection:
        found = connection.execute(
            select(entity.c.data).where(entity.c.type == "notice", entity.c.id.in_(waiting))
        ).scalars()
        numbers = sorted(
            int("".join(c for c in msgspec.json.decode(d)["number"] if c.isdigit())) for d in found
        )
    assert numbers == list(range(numbers[0], numbers[0] + len(waiting)))


def test_reveals_are_counted_together(city: ServedCity) -> None:
    """Twenty numbers an hour are twenty, at however many desks and processes somebody asks."""
    (ticket,) = open_tickets(city, 1)
    hands = [city.hand("liqiang", f"desk-reveals-{i}", at=i) for i in range(2)]
    purpose = hands[0].get("/profile").json()["reveal_purposes"][0]["code"]
    asked = {"ticket_id": ticket.id, "field": "phone", "purpose": purpose, "reason": "核实诉求地点"}

    def reveal(hand: Hand) -> list[int]:
        return [hand.post(f"/contacts/{ticket.contact_id}/reveal", asked).status_code for _ in range(12)]

    first, second = at_once(*(partial(reveal, hand) for hand in hands))
    assert sorted(first + second) == [200] * 20 + [429] * 4


def test_a_refresh_sent_to_both_keeps_the_sign_in(city: ServedCity) -> None:
    """Rotation must not take two requests of one desktop for a thief's."""
    hand = city.hand("wangmin", "desk-refresh", at=0)
    form = {
        "grant_type": "refresh_token",
        "refresh_token": hand.tokens["refresh_token"],
        "device_id": "desk-refresh",
    }
    offices = [city.office(i) for i in range(2)]

    def refresh(office: Any) -> Any:
        with office.server.session() as session:
            return session.post(f"{office.server.base_url}/oauth/token", data=form).json()

    first, second = at_once(*(partial(refresh, office) for office in offices))
    assert first["refresh_token"] == second["refresh_token"]
    form["refresh_token"] = first["refresh_token"]
    assert "access_token" in refresh(offices[1])


def test_guesses_are_counted_together(city: ServedCity) -> None:
    """Somebody who guesses passwords must not gain a process's share of tries for each process."""
    with city.office().server.session() as session:
        form = {
            "response_type": "code",
            "client_id": "supervision-desk",
            "redirect_uri": "http://127.0.0.1:49152/callback",
            "code_challenge": "c" * 43,
            "code_challenge_method": "S256",
            "state": "s",
            "login": "nobody",
            "password": "a wrong password",
        }
        url = f"{city.urls[0]}/oauth/authorize"
        statuses = [session.post(url, data=form, allow_redirects=False).status_code for _ in range(7)]
    assert statuses == [403] * 5 + [429] * 2


def test_the_office_clock_is_one(city: ServedCity) -> None:
    """A clock moved at one process must not stand back at the other: a deadline would be over and open again."""
    first, second = city.office(0), city.office(1)
    later = first.now.replace(microsecond=0) + timedelta(hours=26)
    assert city.hand("wangmin", at=0).post("/sample/clock", {"to": later}).status_code == 200
    for _ in range(500):
        if second.now >= later:
            break
        system_wait(0.01)
    assert second.now >= later


def test_workers_share_a_socket_and_a_dead_one_is_replaced(city: ServedCity, tmp_path: Path) -> None:
    """One command serves with several processes; kill -9 of one must not make the city wait for a person."""
    ready = tmp_path / "ready.json"
    process = start_server(city.database_url, ready, "--workers", "2")
    try:
        url = await_ready(ready, process)["url"]
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        before = children.read_text().split()
        assert len(before) == 2
        os.kill(int(before[0]), signal.SIGKILL)
        now = before
        for _ in range(3000):
            now = children.read_text().split()
            if len(now) == 2 and now != before:
                break
            system_wait(0.01)
        assert len(set(now) - set(before)) == 1
        with city.office().server.session() as session:
            session.mount("http://", HTTPAdapter())
            assert session.get(f"{url}/api/v1/meta").json()["sample"] is False
        process.terminate()
        assert process.wait(30) == 0
        assert not any(Path(f"/proc/{pid}").exists() for pid in now)
    finally:
        process.kill()
        process.wait()
