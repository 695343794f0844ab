"""Provisional due times, moved once a version of the rules announces the days off of their year.

Each keeps the rules it was reckoned by and is reckoned anew with the announced days; the case's history says so. Runs
once for a version, in small commits, and may be stopped and run again: what was moved is not provisional any more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.models.domain.announced import Renewed, calendar_version, renewed
from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import OPEN_STATES, Ticket, TimelineEntry, Unit, UnitKind
from desktop.models.domain.profile import RuleProfile

from .database import Database, Transaction
from .effects import derived_id
from .office_clock import OfficeClock
from .profile_store import all_profiles, in_force
from .row_columns import OPEN
from .tables import NO_DUE, entity, to_micros
from .writer import Writer

KIND = "due_renewed"
_IN_ONE_COMMIT = 100
"""Cases: a row and an entry of the history each."""


def announce_days(database: Database, clock: Clock, office: OfficeClock) -> int:
    """Move what the version in force now makes definite; how many cases. ``clock`` is real time."""
    with database.read() as connection:
        versions = all_profiles(connection)
        if not versions:
            return 0
        now = office.now()
        rules = in_force(versions, versions[-1].local(now).date())
        waiting = list(_past(connection, versions, rules))
    known = {each.version: each for each in versions}
    moved = 0
    for start in range(0, len(waiting), _IN_ONE_COMMIT):
        ids = waiting[start : start + _IN_ONE_COMMIT]
        move = partial(_move, ids=ids, versions=known, announced=rules, at=clock.now(), now=office.now())
        moved += database.run(move)
    return moved


def _past(connection: Connection, versions: Sequence[RuleProfile], rules: RuleProfile) -> Iterator[str]:
    """Open cases due after the end of the last year that some earlier version knew."""
    first = min(each.calendar.announced_until for each in versions)
    if first >= rules.calendar.announced_until:
        return
    begins = datetime(first + 1, 1, 1, tzinfo=rules.zone()) - timedelta(days=1)
    query = select(entity.c.id).where(
        entity.c.rank == OPEN,
        entity.c.type == "ticket",
        entity.c.due_at >= to_micros(begins),
        entity.c.due_at < NO_DUE,
        entity.c.state.in_(OPEN_STATES),
    )
    yield from connection.execute(query).scalars()


def _move(
    tx: Transaction,
    *,
    ids: Sequence[str],
    versions: dict[int, RuleProfile],
    announced: RuleProfile,
    at: datetime,
    now: datetime,
) -> int:
    writer = Writer(tx, at=at)
    writer.prefetch([("ticket", each) for each in ids])
    moved = 0
    for ticket_id in ids:
        ticket = writer.ticket(ticket_id)
        found = None if ticket is None else _renewed(writer, ticket, versions, announced)
        if found is not None:
            writer.put(found.ticket)
            writer.put(_entry(found, announced, now))
            moved += 1
    return moved


def _renewed(
    writer: Writer, ticket: Ticket, versions: dict[int, RuleProfile], announced: RuleProfile
) -> Renewed | None:
    rules, days = versions.get(ticket.due_profile), versions.get(calendar_version(ticket))
    if rules is None or days is None:
        return None
    return renewed(ticket, _kind_of(writer, ticket.unit_id), rules, days.calendar, announced)


def _kind_of(writer: Writer, unit_id: str) -> UnitKind:
    unit = writer.row("unit", unit_id) if unit_id else None
    return unit.kind if isinstance(unit, Unit) else "department"


def _entry(found: Renewed, announced: RuleProfile, now: datetime) -> TimelineEntry:
    """Chinese, as every entry of the history is."""
    ticket = found.ticket
    assert ticket.due_at is not None  # what was reckoned anew has a limit
    old, new = (f"{announced.local(each):%Y-%m-%d %H:%M}" for each in (found.before, ticket.due_at))
    days = f"{announced.calendar.announced_until}年工作日安排已公布"
    rest = f"办理时限仍为{new}" if old == new else f"办理时限由{old}调整为{new}"
    text = f"{days}，按原规则（第{ticket.due_profile}版）重新计算，{rest}。"
    return TimelineEntry(
        id=derived_id(f"{ticket.id}:{announced.version}", KIND),
        ticket_id=ticket.id,
        at=now,
        kind=KIND,
        unit_id=ticket.unit_id,
        text=text if not ticket.due_provisional else text.replace("。", "，仍为暂定。"),
    )
