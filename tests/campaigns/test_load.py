"""A whole city's desktops against one server on two cores, the generator beside it on the same two.

Of a hundred desktops, ten are officers' and ten the return-visit staff's, who see the whole city; eighty are liaisons',
who see their unit's cases. Every one polls every 15 seconds and sends one operation a minute.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import select

from central.accounts import Accounts
from central.database import Database
from central.installation import open_database
from central.tables import entity
from central.writer import Writer
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.entities import Person, Role, Ticket, Urge, decode_row
from desktop.models.domain.ids import IdSource
from tests.journeys.processes import ROOT, Office, central
from tests.support.load import DesktopPlan, Errand, Plan, Result
from tools import campaigns

CITY = 3000
DAILY, RELEASE = 100, 500
RELEASE_S, DAILY_S = 600.0, 60.0
MOST_P95_MS = 300.0
MOST_GROWTH = 1.05


@dataclass(frozen=True)
class Usage:
    """A process at one moment: seconds of processor time, bytes of memory."""

    cpu_s: float
    rss: int


def test_a_citys_desktops_are_served(tmp_path: Path) -> None:
    """Nobody is refused and nothing is lost; in the long run nobody waits and the server does not grow."""
    desktops = campaigns.size_of("load")
    long_run = desktops >= RELEASE
    seconds = RELEASE_S if long_run else DAILY_S
    database = tmp_path / "office.db"
    central("sample", "--database", str(database), "--size", str(CITY))
    plans, idle = people(database, desktops, 2 * desktops, minutes=int(seconds / 60) + 1)
    office = Office(database, tmp_path, "--sample-city", str(CITY))
    try:
        plan = Plan(office.url, plans, idle, seconds, poll_every_s=15, send_every_s=60)
        generator = subprocess.Popen(
            [sys.executable, "-m", "tests.support.load"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert generator.stdin is not None
        assert generator.stderr is not None
        generator.stdin.write(msgspec.json.encode(plan))
        generator.stdin.close()
        said = generator.stderr.readline()
        assert said == b"in\n", said + generator.stderr.read()
        time_used = usage(office.process.pid)
        settled = after(generator, seconds / 5, office)
        assert generator.stdout is not None
        result = msgspec.json.decode(generator.stdout.read(), type=Result)
        generator.wait()
        generator.stdout.close()
        generator.stderr.close()
        end = usage(office.process.pid)
    finally:
        office.stop()
    growth = end.rss / settled.rss
    slow = max(result.polls.p95, result.pushes.p95)
    wrong = sum(result.failures.values())
    if long_run:
        wrong += (slow >= MOST_P95_MS) + (growth >= MOST_GROWTH)
    campaigns.report(
        "load",
        done=desktops,
        violations=wrong,
        poll_p95_ms=result.polls.p95,
        push_p95_ms=result.pushes.p95,
        polls=result.polls.count,
        operations=result.applied,
        rows=result.rows,
        idle_long_polls=len(idle),
        server_cpu_share=round((end.cpu_s - time_used.cpu_s) / result.seconds, 2),
        generator_cpu_share=round(result.cpu_s / result.seconds, 2),
        memory_growth=f"{100 * (growth - 1):.1f} %",
    )
    assert result.failures == {}
    assert result.applied == result.pushes.count
    assert result.polls.count >= desktops * (seconds / 15 - 1)
    assert not wrong, result


def people(
    path: Path, desktops: int, idle: int, *, minutes: int
) -> tuple[tuple[DesktopPlan, ...], tuple[DesktopPlan, ...]]:
    """Everybody's account, and what each will do; every liaison has enough urges of their unit to acknowledge."""
    clock, rng = SystemClock(), random.Random(5)
    database = open_database(str(path), rng)
    try:
        by_unit = tickets_by_unit(database)
        everywhere = [ticket.id for tickets in by_unit.values() for ticket in tickets]
        units = sorted(by_unit)
        accounts = Accounts(database, clock=clock, rng=rng)
        new_id = IdSource(clock, rng)
        plans: list[DesktopPlan] = []
        for number in range(desktops):
            role: Role = "officer" if number % 10 == 0 else "return_visit" if number % 10 == 5 else "liaison"
            unit = rng.choice(units)
            login = f"load{number}"
            person = Person(
                id=new_id(),
                name=f"第{number}号",
                roles=(role,),
                unit_ids=(unit,) if role == "liaison" else (),
            )
            accounts.add(person, login)
            if role == "liaison":
                errands = acknowledgements(database, by_unit[unit], minutes, clock, new_id)
            else:
                errands = [note(rng.choice(everywhere), f"{login} 第{n}句") for n in range(minutes)]
            plans.append(DesktopPlan(login, new_id(), tuple(errands)))
        waiting = tuple(DesktopPlan(rng.choice(plans[1:5]).login, new_id()) for _ in range(idle))
        return tuple(plans), waiting
    finally:
        database.close()


def tickets_by_unit(database: Database) -> dict[str, list[Ticket]]:
    """Ordinary cases, by the unit that has them."""
    found: defaultdict[str, list[Ticket]] = defaultdict(list)
    with database.read() as connection:
        for data in connection.execute(select(entity.c.data).where(entity.c.type == "ticket")).scalars():
            ticket = decode_row("ticket", data)
            if isinstance(ticket, Ticket) and ticket.unit_id and ticket.level == "normal":
                found[ticket.unit_id].append(ticket)
    return dict(found)


def acknowledgements(
    database: Database, tickets: list[Ticket], count: int, clock: SystemClock, new_id: IdSource
) -> list[Errand]:
    """Urges made by the office, and the acknowledging of each."""
    errands = []
    with database.write() as tx:
        writer = Writer(tx, at=clock.now())
        for number in range(count):
            ticket = tickets[number % len(tickets)]
            urge = Urge(
                id=new_id(),
                ticket_id=ticket.id,
                unit_id=ticket.unit_id,
                means="phone",
                at=clock.now(),
                text="催办",
            )
            writer.put(urge)
            errands.append(Errand("urge.acknowledge", urge.id, {"text": "收到"}, base_version=1))
    return errands


def note(ticket_id: str, text: str) -> Errand:
    """A note on a case."""
    return Errand("note.add", "", {"ticket_id": ticket_id, "text": text})


def usage(pid: int) -> Usage:
    """What a process and its children have used."""
    cpu, rss = 0.0, 0
    for each in (pid, *children(pid)):
        fields = Path(f"/proc/{each}/stat").read_text("ascii").rpartition(")")[2].split()
        cpu += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        rss += int(fields[21]) * os.sysconf("SC_PAGE_SIZE")
    return Usage(cpu, rss)


def children(pid: int) -> Iterator[int]:
    """The processes that a process has started."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        yield from map(int, (task / "children").read_text("ascii").split())


def after(generator: subprocess.Popen[bytes], seconds: float, office: Office) -> Usage:
    """What the server uses once the run has settled: caches are full, everybody has polled."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and generator.poll() is None:
        try:
            generator.wait(0.5)
        except subprocess.TimeoutExpired:
            continue
    return usage(office.process.pid)
