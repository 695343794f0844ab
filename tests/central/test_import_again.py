"""Importing again: the same file, after an interruption, as of a later time, and over what the office did since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from central.database import Database
from central.importing.mapping import load_mapping
from central.importing.rejects import Rejects
from central.importing.run import Import
from central.office_clock import OfficeClock
from central.resources import resource_path
from central.writer import Writer
from desktop.models.domain.clock import ManualClock
from desktop.models.domain.entities import Answers, Ticket, Visit
from tests.support.boston import BostonFile, write_stand_in
from tests.support.imports import REAL_NOW, central_database, contents, rows_of, run_import

FIRST, LATER = "2012-01-01", "2012-02-01T09:30"


@pytest.fixture(scope="module")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> BostonFile:
    """A file of Boston's shape that several imports can read within a test."""
    return write_stand_in(tmp_path_factory.mktemp("small") / "cases.zip", rows=2_500, seed=12)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with central_database(tmp_path / "one") as opened:
        yield opened


def boston(database: Database, file: BostonFile, as_of: str) -> str:
    outcome = run_import(database, file.path, "--mapping", "boston311", "--as-of", as_of)
    assert outcome.status == 0, outcome.err
    return outcome.out


def test_the_same_import_twice_changes_nothing(database: Database, small_file: BostonFile) -> None:
    """Else every desktop would fetch the whole city after each nightly import."""
    boston(database, small_file, FIRST)
    before, head = contents(database), database.head()
    assert "stored: 0 new, 0 changed" in boston(database, small_file, FIRST)
    assert contents(database) == before
    assert database.head() == head


def test_an_interrupted_import_goes_on_and_ends_the_same(
    database: Database, small_file: BostonFile, tmp_path: Path
) -> None:
    """The plug is pulled in the middle; the same command must give what one run would have given."""
    mapping = load_mapping(resource_path("mappings/boston311.toml"))
    clock = ManualClock(REAL_NOW)

    def pull_the_plug(rows: int, fraction: float) -> None:
        if rows > 2_200:
            raise KeyboardInterrupt

    job = Import(database, mapping, clock=clock, office=OfficeClock(database, clock))
    rejects = Rejects(tmp_path / "r.csv")
    with pytest.raises(KeyboardInterrupt):
        job.run(
            small_file.path,
            as_of=datetime(2012, 1, 1, 5, tzinfo=UTC),
            rejects=rejects,
            tell=pull_the_plug,
        )
    assert 0 < len(rows_of(database, Ticket)) < small_file.rows
    boston(database, small_file, FIRST)
    with central_database(tmp_path / "other") as untroubled:
        boston(untroubled, small_file, FIRST)
        assert contents(database) == contents(untroubled)


def test_a_later_time_adds_what_happened_since(
    database: Database, small_file: BostonFile, tmp_path: Path
) -> None:
    """Cases move on, each by one version; the chosen visits stay; the office's clock moves with the file."""
    boston(database, small_file, FIRST)
    then, visits = rows_of(database, Ticket), rows_of(database, Visit)
    boston(database, small_file, LATER)
    now = rows_of(database, Ticket)
    assert rows_of(database, Visit) == visits
    moved = [t for t in now.values() if t.version == 2]
    assert moved
    assert {t.version for t in now.values()} == {1, 2}
    assert all(then[t.id].state == "dispatched" and t.state == "archived" for t in moved)
    assert all(now[v.ticket_id].state == "to_visit" for v in visits.values())
    clock = OfficeClock(database, ManualClock(REAL_NOW))
    assert clock.now() == datetime(2012, 2, 1, 14, 30, tzinfo=UTC)
    later = OfficeClock(database, ManualClock(REAL_NOW + timedelta(days=2)))
    assert later.now() == datetime(2012, 2, 3, 14, 30, tzinfo=UTC)
    with central_database(tmp_path / "other") as fresh:
        boston(fresh, small_file, LATER)
        chosen = {v.ticket_id for v in (visits | rows_of(fresh, Visit)).values()}
        at_once = rows_of(fresh, Ticket)
        assert set(at_once) == set(now)
        for ticket in now.values():
            if ticket.id not in chosen:
                assert replace(ticket, version=1) == at_once[ticket.id]


def test_what_became_known_is_not_taken_back(database: Database, small_file: BostonFile) -> None:
    boston(database, small_file, LATER)
    outcome = run_import(database, small_file.path, "--mapping", "boston311", "--as-of", FIRST)
    assert outcome.status == 1
    assert "was already imported as of 2012-02-01 09:30" in outcome.err


def test_an_office_that_lives_in_the_present_is_not_thrown_into_the_past(
    database: Database, small_file: BostonFile
) -> None:
    """Once settled at real time, an import as of 2012 may come, but the office's clock stays."""
    clock = OfficeClock(database, ManualClock(REAL_NOW))
    clock.settle(None)
    boston(database, small_file, FIRST)
    assert clock.now() == REAL_NOW
    outcome = run_import(database, small_file.path, "--mapping", "boston311", "--as-of", "2027-01-01")
    assert (outcome.status, "future of this office" in outcome.err) == (1, True)


def test_an_import_undoes_nothing_that_the_office_did(database: Database, small_file: BostonFile) -> None:
    """A completed visit, a supervised case, a case sent back for rework: the file knows of none of them."""
    boston(database, small_file, FIRST)
    tickets, visits = rows_of(database, Ticket), rows_of(database, Visit)
    visit = next(iter(visits.values()))
    january = {r["case_enquiry_id"] for r in small_file.read() if r["closed_dt"].startswith("2012-01-")}
    supervised = next(t for t in tickets.values() if t.number in january and t.state == "dispatched")
    with database.write() as tx:
        writer = Writer(tx, at=REAL_NOW, op_id="op-1")
        writer.put(replace(visit, state="completed", answers=Answers(contacted="no"), completed_at=REAL_NOW))
        writer.put(replace(tickets[visit.ticket_id], state="dispatched", rework=1))
        writer.put(replace(supervised, supervised=True, repeats=2))
    boston(database, small_file, LATER)
    after = rows_of(database, Ticket)
    assert rows_of(database, Visit)[visit.id].state == "completed"
    assert (after[visit.ticket_id].state, after[visit.ticket_id].rework) == ("dispatched", 1)
    moved_on = after[supervised.id]
    assert (moved_on.state, moved_on.supervised, moved_on.repeats) == ("archived", True, 2)
