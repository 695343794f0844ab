"""The office clock and the stored profile: what a restart must not change."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from central.database import Database
from central.installation import open_database
from central.office_clock import ClockGoesBack, OfficeClock
from central.profile_store import ProfileExists, current_profile, ensure_profile, store_profile
from central.profiles import default_profile
from desktop.models.domain.clock import ManualClock

REAL = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
AS_OF = datetime(2012, 1, 1, 5, 0, tzinfo=UTC)
PROFILE = default_profile(city_zh="波士顿", city_en="Boston", timezone="America/New_York", calendar="plain")


@pytest.fixture
def database(fresh_database: str) -> Iterator[Database]:
    opened = open_database(fresh_database, random.Random(1))
    yield opened
    opened.close()


def test_the_offset_is_stored_once_and_survives_a_restart(database: Database) -> None:
    """A second import must not throw the office back, and a restart must not bring it to the real year."""
    base = ManualClock(REAL)
    clock = OfficeClock(database, base)
    assert not clock.is_settled
    assert clock.now() == REAL
    clock.settle(AS_OF)
    base.advance(3600)
    clock.settle(AS_OF)
    assert clock.now() == AS_OF + timedelta(hours=1)
    assert OfficeClock(database, base).now() == AS_OF + timedelta(hours=1)


def test_the_clock_of_a_real_office_is_settled_at_real_time(database: Database) -> None:
    clock = OfficeClock(database, ManualClock(REAL))
    clock.settle(None)
    clock.settle(AS_OF)
    assert clock.is_settled
    assert clock.now() == REAL


def test_the_clock_advances_forward_only_and_a_running_server_notices(database: Database) -> None:
    """Deadlines that were over would otherwise be open again."""
    base = ManualClock(REAL)
    clock, elsewhere = OfficeClock(database, base), OfficeClock(database, base)
    clock.settle(AS_OF)
    later = AS_OF + timedelta(days=3)
    assert clock.advance(later) == later
    assert clock.now() == later
    with pytest.raises(ClockGoesBack):
        clock.advance(later - timedelta(seconds=1))
    base.advance(2)
    assert elsewhere.now() == clock.now() == later + timedelta(seconds=2)


def test_every_version_of_the_rules_is_kept_and_the_date_decides(database: Database) -> None:
    """A ticket of last month is explained by the rules of last month."""
    with database.read() as connection, pytest.raises(LookupError):
        current_profile(connection)
    assert ensure_profile(database, PROFILE, at=REAL) == PROFILE
    second = msgspec.structs.replace(PROFILE, version=2, effective_from=date(2012, 2, 1), due_soon_hours=48)
    with database.write() as tx:
        store_profile(tx, second, at=REAL)
    with database.read() as connection:
        assert current_profile(connection, date(2012, 1, 31)) == PROFILE
        assert current_profile(connection, date(2012, 2, 1)) == second
        assert current_profile(connection) == second
    assert ensure_profile(database, PROFILE, at=REAL) == second
    with pytest.raises(ProfileExists), database.write() as tx:
        store_profile(tx, PROFILE, at=REAL)
