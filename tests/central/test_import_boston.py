"""The Boston import: all of the file, nothing of its future, and the same overdue list as the file itself gives."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from central.database import Database
from central.installation import open_database
from central.office_clock import OfficeClock
from central.tables import contact
from desktop.models.domain.clock import ManualClock
from desktop.models.domain.entities import Category, Place, Ticket, TimelineEntry, Unit, Visit
from desktop.models.domain.tickets import due_order, is_open, is_overdue
from tests.support.boston import BostonFile
from tests.support.boston_city import AS_OF as WALL_AS_OF
from tests.support.boston_city import BostonCity, boston_city
from tests.support.imports import rows_of

BOSTON = ZoneInfo("America/New_York")
AS_OF = WALL_AS_OF.replace(tzinfo=BOSTON)
pytestmark = pytest.mark.timeout(300)  # the whole file, on a machine that may have other work


@dataclass(frozen=True)
class Boston:
    """One import of the whole file, read by all tests of this module and changed by none."""

    database: Database
    file: BostonFile
    tickets: dict[str, Ticket]
    city: BostonCity


@pytest.fixture(scope="module")
def boston(boston_file: BostonFile, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Boston]:
    copy = tmp_path_factory.mktemp("boston-import") / "city.db"
    city = boston_city(boston_file, tmp_path_factory, copy)
    complaints = [line for line in city.erred.splitlines() if not line.endswith(" left")]
    assert (complaints, city.refused) == ([], False)
    database = open_database(str(copy), random.Random(1))
    try:
        tickets = {t.number: t for t in rows_of(database, Ticket).values()}
        yield Boston(database, boston_file, tickets, city)
    finally:
        database.close()


def wall(text: str) -> datetime:
    """A time of the file, independent of the import's own reading; the first of two in the repeated hour."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=BOSTON).astimezone(UTC)


def test_every_case_of_the_file_is_there(boston: Boston) -> None:
    assert set(boston.tickets) == {row["case_enquiry_id"] for row in boston.file.read()}
    assert len(boston.tickets) == boston.file.rows
    assert "0 rows refused" in boston.city.said


def test_the_overdue_list_is_the_one_the_file_gives(boston: Boston) -> None:
    """Overdue = open, due before the time; due first, then number: what the officer sees first every morning."""
    expected, opened = [], 0
    for row in boston.file.read():
        if row["closed_dt"].strip() and wall(row["closed_dt"]) <= AS_OF:
            continue
        opened += 1
        if row["target_dt"].strip() and wall(row["target_dt"]) < AS_OF:
            expected.append((wall(row["target_dt"]), row["case_enquiry_id"]))
    overdue = sorted((t for t in boston.tickets.values() if is_overdue(t, AS_OF)), key=due_order)
    assert [(t.due_at, t.number) for t in overdue] == sorted(expected)
    assert sum(is_open(t) for t in boston.tickets.values()) == opened
    assert f"{opened:,} open, of which {len(expected):,} overdue" in boston.city.said
    if boston.file.real:
        assert (opened, len(expected)) == (9_879, 4_707)


def test_nothing_is_known_that_was_not_known_then(boston: Boston) -> None:
    """A closing reason of 2013 on an open case would make every exercise with this city a lie."""
    rows = {row["case_enquiry_id"]: row for row in boston.file.read()}
    for number, ticket in boston.tickets.items():
        row = rows[number]
        closed = wall(row["closed_dt"]) if row["closed_dt"] else None
        due = wall(row["target_dt"]) if row["target_dt"] else None
        assert (ticket.received_at, ticket.due_at) == (wall(row["open_dt"]), due)
        if closed is None or closed > AS_OF:
            assert (ticket.state, ticket.completed_at, ticket.unit_answer) == ("dispatched", None, "")
        else:
            assert ticket.state in ("archived", "to_visit")
            assert ticket.completed_at == closed
    entries = rows_of(boston.database, TimelineEntry).values()
    assert max(entry.at for entry in entries) <= AS_OF


def test_units_categories_and_districts_are_those_of_the_file(boston: Boston) -> None:
    departments, paths, districts = set(), set(), set()
    for row in boston.file.read():
        departments.add(row["department"].strip())
        paths.add(tuple(" ".join(row[name].split()) for name in ("subject", "reason", "type")))
        districts.add(row["neighborhood"].strip())
    assert {u.short_name for u in rows_of(boston.database, Unit).values()} == departments - {""}
    assert {p.name for p in rows_of(boston.database, Place).values()} == districts - {""}
    categories = rows_of(boston.database, Category)
    assert {_path(c, categories) for c in categories.values() if c.depth == 3} == paths
    sample = next(iter(boston.tickets.values()))
    assert sample.category_id in categories


def _path(leaf: Category, categories: dict[str, Category]) -> tuple[str, ...]:
    names = [leaf.name]
    while leaf.parent_id:
        leaf = categories[leaf.parent_id]
        names.insert(0, leaf.name)
    return tuple(names)


def test_what_is_generated_says_so_and_is_nobodys_number(boston: Boston) -> None:
    """The file holds no callers: whoever is called here must visibly not exist."""
    since = datetime(2011, 12, 28, tzinfo=BOSTON)  # 31 December was a Saturday: Wednesday, Thursday, Friday
    lately = [
        row["case_enquiry_id"]
        for row in boston.file.read()
        if row["closed_dt"] and since <= wall(row["closed_dt"]) <= AS_OF
    ]
    visits = rows_of(boston.database, Visit)
    assert len(visits) == min(200, len(lately))
    assert f"{len(visits):,} return visits with generated persons" in boston.city.said
    assert f"from {len(lately):,} cases closed in the last 3 working days" in boston.city.said
    by_id = {t.id: t for t in boston.tickets.values()}
    with boston.database.read() as connection:
        people = {row.id: row for row in connection.execute(select(contact))}
    assert len({p.phone for p in people.values()}) == len(visits) == len({p.name for p in people.values()})
    for visit in visits.values():
        ticket, person = by_id[visit.ticket_id], people[visit.contact_id]
        assert ticket.number in lately
        assert (ticket.state, ticket.archived_at, visit.state) == ("to_visit", None, "waiting")
        assert "requester" in ticket.sample_fields
        assert person.sample
        assert "-555-01" in person.phone
        assert visit.due_at == ticket.visit_due_at
        assert visit.opened_at == ticket.completed_at
    others = [t for t in boston.tickets.values() if t.state != "to_visit"]
    assert not any(t.requester_label or t.contact_id or t.phone_tail or t.sample_fields for t in others)


def test_the_office_now_lives_at_that_time(boston: Boston) -> None:
    later = ManualClock(boston.city.ended + timedelta(days=2))
    took = boston.city.ended - boston.city.began
    shown = OfficeClock(boston.database, later).now()
    assert AS_OF + timedelta(days=2) <= shown <= AS_OF + timedelta(days=2) + took
