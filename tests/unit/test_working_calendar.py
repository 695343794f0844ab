"""The working calendar against the announcements as others wrote them down, and the counting of days."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.calendars import working_calendar
from desktop.models.domain.calendar import (
    add_working_days,
    day_kind,
    day_name,
    is_provisional,
    is_working_day,
    next_working_day,
    working_days_between,
)
from desktop.models.domain.profile import CalendarData

CN = working_calendar("cn")
YEARS = range(2018, 2027)
DAYS = st.dates(date(2018, 1, 1), date(2026, 12, 31))


def announced(folder: Path) -> tuple[dict[date, str], dict[date, str]]:
    """(days off, make-up working days) of the independent collection; December may stand in the next file."""
    off: dict[date, str] = {}
    make_up: dict[date, str] = {}
    for year in (*YEARS, YEARS[-1] + 1):
        for entry in json.loads((folder / f"{year}.json").read_text("utf-8"))["days"]:
            (off if entry["isOffDay"] else make_up)[date.fromisoformat(entry["date"])] = entry["name"]
    return off, make_up


def test_every_day_of_nine_years_is_a_working_day_exactly_where_the_announcement_says_so(
    data_dir: Path | None,
) -> None:
    """A wrong day here moves the due time of every ticket dispatched before it; a wrong name is read out to a unit."""
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
        if day in make_up and day.weekday() < 5:  # the first Monday after a holiday that was made longer
            assert day_kind(CN, day) == "working"
            day += timedelta(days=1)
            continue
        kind = "make_up" if day in make_up else "holiday" if day in off else None
        if kind is not None:
            assert (day_kind(CN, day), day_name(CN, day)) == (kind, make_up.get(day) or off[day])
        day += timedelta(days=1)
    assert wrong == []


def test_every_day_since_2004_is_worked_where_another_library_says_so() -> None:
    """Imports reach back further than the files above; `chinesecalendar` was typed in by other hands."""
    day, last = date(2004, 1, 1), date(2026, 12, 31)
    wrong = []
    while day <= last:
        if is_working_day(CN, day) != chinese_calendar.is_workday(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


def test_the_citys_own_table_goes_before_the_countrys() -> None:
    """A festival of the region alone, a holiday worked through a flood: units are held to their city's days."""
    city = CalendarData(
        days_off=CN.days_off,
        make_up_days=CN.make_up_days,
        announced_until=CN.announced_until,
        city_days_off={date(2026, 4, 20): "三月三", date(2026, 10, 10): "市庆"},
        city_working_days={date(2026, 10, 5): "防汛", date(2026, 10, 17): "市庆调休"},
    )
    shown = {
        date(2026, 4, 20): ("holiday", "三月三"),
        date(2026, 10, 10): ("holiday", "市庆"),  # a make-up day of the country that this city has off
        date(2026, 10, 5): ("working", "防汛"),
        date(2026, 10, 17): ("make_up", "市庆调休"),
        date(2026, 10, 1): ("holiday", "国庆节"),
        date(2026, 10, 19): ("working", ""),
    }
    assert {day: (day_kind(city, day), day_name(city, day)) for day in shown} == shown
    assert working_days_between(city, date(2026, 9, 30), date(2026, 10, 18)) == sum(
        is_working_day(city, date(2026, 10, n)) for n in range(1, 19)
    )


def test_known_days_of_a_spring_festival() -> None:
    """Officers read these words in the day strip: a Sunday that is worked, a holiday, a plain weekend."""
    assert day_kind(CN, date(2025, 1, 26)) == "make_up"
    assert day_kind(CN, date(2025, 1, 29)) == "holiday"
    assert day_kind(CN, date(2020, 2, 3)) == "working"  # a Monday, after a longer holiday
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
