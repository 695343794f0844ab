"""Building the sample city into a database, as ``sample`` and ``serve --sample-city`` do it."""

from __future__ import annotations

import argparse
import io
import random
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from central.accounts import Accounts
from central.database import Database
from central.installation import open_database
from central.office_clock import OfficeClock
from central.profile_store import current_profile
from central.sample_city.building import HOLDS_CITY, CannotBuild, as_of_time, build
from central.sample_city.command import add_arguments, build_city, run
from central.sample_city.generator import DEFAULT_AS_OF, CitySpec
from central.tables import contact, entity, number_series, secret_text
from desktop.models.domain.clock import ManualClock
from desktop.models.domain.entities import (
    Finding,
    Guidance,
    Inspection,
    Notice,
    Ticket,
    UrgentReport,
    decode_row,
)
from tests.support.sample_towns import held_city

SIZE, SEED = 300, 1
AS_OF = datetime.fromisoformat(DEFAULT_AS_OF)
SPEC = CitySpec(SIZE, SEED, AS_OF)
REAL = datetime.fromisoformat("2027-01-05T14:00:00+08:00")


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(REAL)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = open_database(str(tmp_path / "central.db"), random.Random(1))
    yield opened
    opened.close()


def test_what_is_built_is_what_was_generated(database: Database, clock: ManualClock) -> None:
    """A row, an identity or an unredacted text lost on the way would be missed only much later."""
    built = build(database, SPEC, clock=clock, rng=random.Random(2))
    held = held_city(SIZE, SEED)
    assert (built.tickets, built.rows) == (SIZE, len(held.rows))
    with database.read() as connection:
        count = connection.execute(select(func.count()).select_from(entity)).scalar_one()
        assert count == len(held.rows)
        people = {row.id: (row.name, row.phone, row.sample) for row in connection.execute(select(contact))}
        texts = {row.ticket_id: row.text for row in connection.execute(select(secret_text))}
        stored = connection.execute(select(entity.c.data).where(entity.c.type == "ticket")).scalars()
        tickets = [decode_row("ticket", data) for data in stored]
    assert people == {c.id: (c.name, c.phone, True) for c in held.contacts.values()}
    assert texts == held.texts
    numbers = {ticket.number for ticket in tickets if isinstance(ticket, Ticket)}
    assert numbers == {ticket.number for ticket in held.of(Ticket)}
    assert [p.number for p in built.planted] == [p.number for p in held.planted]


def test_the_office_stands_at_the_city_s_time_with_its_rules_and_people(
    database: Database, clock: ManualClock
) -> None:
    """The desktop shows lights by the office's time: at another one nothing would be due."""
    build(database, SPEC, clock=clock, rng=random.Random(2))
    assert OfficeClock(database, clock).now() == AS_OF
    with database.read() as connection:
        assert current_profile(connection).city_zh == "云州市"
    found = {a.login: a for a in Accounts(database, clock=clock, rng=random.Random(3)).all()}
    assert set(found) == {
        "wangmin",
        "liqiang",
        "chenlixin",
        "zhouwentao",
        "zhaolina",
        "sunqian",
        "liujianjun",
    }
    assert all(account.password_hash is None and account.active for account in found.values())
    assert found["chenlixin"].viewer.roles == {"officer", "approve", "cleared"}
    assert found["liujianjun"].viewer.unit_ids == {held_city(SIZE, SEED).city.town.liaison_unit}
    assert (
        sum(account.viewer.cleared and "return_visit" in account.viewer.roles for account in found.values())
        == 1
    )


def test_numbers_go_on_where_the_city_stopped(database: Database, clock: ManualClock) -> None:
    """The first notice the chief signs must not get a number that a notice of the city has already."""
    build(database, SPEC, clock=clock, rng=random.Random(2))
    held = held_city(SIZE, SEED)
    with database.read() as connection:
        series = {row.name: row.last for row in connection.execute(select(number_series))}
    assert series == {
        **Counter(f"{n.rung}:2026" for n in held.of(Notice) if n.number),
        "finding:2026": sum(bool(f.number) for f in held.of(Finding)),
        "guidance:2026": sum(bool(g.number) for g in held.of(Guidance)),
        "urgent_report:2026": sum(bool(u.number) for u in held.of(UrgentReport)),
        "inspection:2026": sum(bool(i.number) for i in held.of(Inspection)),
    }


def test_building_again_completes_and_changes_nothing(database: Database, clock: ManualClock) -> None:
    """A build that was cut off is repeated; one that was whole must stay as it is."""
    build(database, SPEC, clock=clock, rng=random.Random(2))
    again = build(database, SPEC, clock=clock, rng=random.Random(4))
    assert (again.count.inserted, again.count.changed) == (0, 0)
    assert database.setting(HOLDS_CITY) == "1"


def test_two_cities_are_never_mixed_nor_a_city_with_an_office(
    database: Database, clock: ManualClock, tmp_path: Path
) -> None:
    """People of a sample city sign in without a password: their database must hold nothing real."""
    build(database, SPEC, clock=clock, rng=random.Random(2))
    with pytest.raises(CannotBuild, match="another sample city"):
        build(database, CitySpec(SIZE, SEED + 1, AS_OF), clock=clock, rng=random.Random(2))
    office = open_database(str(tmp_path / "office.db"), random.Random(1))
    try:
        person = held_city(SIZE, SEED).city.world.colleague("wangmin").person
        Accounts(office, clock=clock, rng=random.Random(3)).add(person, "wangmin", "a long password")
        with pytest.raises(CannotBuild, match="real office"):
            build(office, SPEC, clock=clock, rng=random.Random(2))
    finally:
        office.close()


def test_the_command_says_what_it_did_and_writes_the_truth(
    database: Database, clock: ManualClock, tmp_path: Path
) -> None:
    """A benchmark reads the planted truth from the file; a person reads the line."""
    truth = tmp_path / "truth.csv"
    status, out, err = _run(database, clock, "--size", "300", "--seed", "1", "--truth", str(truth))
    assert (status, err) == (0, "")
    assert "300 tickets" in out
    assert "2026-03-17 09:30" in out
    lines = truth.read_text("utf-8").splitlines()
    assert lines[0] == "number,ticket_id,unit_id,signals"
    assert len(lines) == 1 + len(held_city(SIZE, SEED).planted)


@pytest.mark.parametrize("words", [("--size", "12"), ("--size", "2000000"), ("--as-of", "yesterday")])
def test_the_command_refuses_in_words(database: Database, clock: ManualClock, words: tuple[str, str]) -> None:
    """A traceback tells an administrator nothing."""
    status, out, err = _run(database, clock, *words)
    assert status == 1
    assert not out
    assert err.startswith("sample: ")


def test_a_time_without_an_offset_is_the_city_s(database: Database, clock: ManualClock) -> None:
    """09:30 typed in Europe must not become half past four in the afternoon in 云州."""
    assert as_of_time("2026-03-17T09:30") == AS_OF
    out = io.StringIO()
    build_city(database, size=SIZE, seed=SEED, as_of=None, clock=clock, rng=random.Random(2), out=out)
    assert OfficeClock(database, clock).now() == AS_OF
    assert "云州市" in out.getvalue()


def _run(database: Database, clock: ManualClock, *words: str) -> tuple[int, str, str]:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    arguments = parser.parse_args([*words])
    status = run(arguments, database, clock=clock, rng=random.Random(2), out=out, err=err)
    return status, out.getvalue(), err.getvalue()
