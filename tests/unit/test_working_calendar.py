"""The working calendar against the announcements as others wrote them down, and the counting of days."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.profiles import working_calendar
from desktop.models.domain.calendar import (
    add_working_days,
    day_kind,
    is_provisional,
    is_working_day,
    next_working_day,
    working_days_between,
)

CN = working_calendar("cn")
YEARS = range(2018, 2027)
DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 31))


def announced(folder: Path) -> tuple[set[date], set[date]]:
    """(days off, make-up working days) of the independent collection; December may stand in the next file."""
    off: set[date] = set()
    make_up: set[date] = set()
    for year in (*YEARS, YEARS[-1] + 1):
        for entry in json.loads((folder / f"{year}.json").read_text("utf-8"))["days"]:
            (off if entry["isOffDay"] else make_up).add(date.fromisoformat(entry["date"]))
    return off, make_up


def test_every_day_of_nine_years_is_a_working_day_exactly_where_the_announcement_says_so(
    data_dir: Path | None,
) -> None:
    """A wrong day here moves the due time of every ticket dispatched before it."""
    folder = data_dir / "holiday-cn" if data_dir else None
    if folder is None or not folder.is_dir():
        pytest.skip("no holiday-cn among the real data: nothing independent to hold the calendar against")
    off, make_up = announced(folder)
    wrong = []
    day = date(YEARS[0], 1, 1)
    while day.year in YEARS:
        works = day in make_up or (day not in off and day.weekday() < 5)
        if is_working_day(CN, day) != works:
            wrong.append((day, works))
        # Both collections agree which days are worked; a weekend that touches a holiday is named by one of them
        # as weekend and by the other as holiday. A day off inside the week leaves no such choice.
        if day in off and day.weekday() < 5:
            assert day_kind(CN, day) == "holiday"
        day += timedelta(days=1)
    assert wrong == []


def test_known_days_of_a_spring_festival() -> None:
    """Officers read these words in the day strip: a Sunday that is worked, a holiday, a plain weekend."""
    assert day_kind(CN, date(2025, 1, 26)) == "make_up"
    assert day_kind(CN, date(2025, 1, 29)) == "holiday"
    assert day_kind(CN, date(2025, 1, 18)) == "weekend"
    assert day_kind(CN, date(2025, 1, 20)) == "working"
    assert next_working_day(CN, date(2025, 1, 27)) == date(2025, 2, 5)


def test_a_year_nobody_announced_is_provisional_and_plain_weeks() -> None:
    """A due time in it must not look final: the holidays of that year are still to come."""
    after = date(CN.announced_until + 1, 10, 1)
    assert is_provisional(CN, after)
    assert not is_provisional(CN, date(CN.announced_until, 12, 31))
    assert is_working_day(CN, after) == (after.weekday() < 5)


def test_the_plain_calendar_knows_weekends_alone_and_is_never_provisional() -> None:
    """A city outside China gets no Chinese holidays."""
    plain = working_calendar("plain")
    assert is_working_day(plain, date(2011, 10, 3))
    assert day_kind(plain, date(2011, 10, 8)) == "weekend"
    assert not is_provisional(plain, date(2059, 12, 31))


@given(DAYS, st.integers(0, 40))
def test_counting_forward_and_counting_between_are_inverse(start: date, count: int) -> None:
    end = add_working_days(CN, start, count)
    assert working_days_between(CN, start, end) == count
    assert working_days_between(CN, end, start) == -count
    assert count == 0 or is_working_day(CN, end)


@given(DAYS, st.integers(0, 800))
def test_reckoning_working_days_gives_what_walking_them_gives(start: date, length: int) -> None:
    """The list reckons, a person counts in the calendar on the wall."""
    days = [start + timedelta(days=n) for n in range(1, length + 1)]
    assert working_days_between(CN, start, start + timedelta(days=length)) == sum(
        is_working_day(CN, day) for day in days
    )
