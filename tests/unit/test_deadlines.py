"""Deadlines: rules, minute edges, pauses, the day strip. Due times here decide who is called overdue."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.profiles import default_profile
from desktop.models.domain.calendar import is_working_day
from desktop.models.domain.clocks import Situation, rule_of
from desktop.models.domain.deadlines import (
    Pause,
    compute,
    due_in_working_days,
    explain,
    extend,
    working_span,
)
from desktop.models.domain.entities import RequestType, Urgency
from desktop.models.domain.office_hours import office_spans, working_minutes

YUNZHOU = default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")
BOSTON = default_profile(city_zh="波士顿", city_en="Boston", timezone="America/New_York", calendar="plain")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
# Hypothesis wants its bounds naive and adds the zone itself.
MOMENTS = st.datetimes(
    datetime(2018, 1, 1),
    datetime(2026, 10, 31),
    timezones=st.just(SHANGHAI),
)


def situation(request_type: RequestType, urgency: Urgency = "normal", **more: Any) -> Situation:
    return Situation(request_type=request_type, urgency=urgency, **({"unit_kind": "department"} | more))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("request_type", "urgency", "limit", "unit"),
    [
        ("consultation", "normal", 1, "working_day"),
        ("help", "normal", 5, "working_day"),
        ("complaint", "normal", 5, "working_day"),
        ("report", "normal", 5, "working_day"),
        ("suggestion", "normal", 10, "working_day"),
        ("consultation", "urgent", 24, "hour"),
        ("suggestion", "emergency", 2, "hour"),
        ("praise", "normal", 5, "working_day"),
    ],
)
def test_the_default_limits(request_type, urgency, limit, unit) -> None:  # type: ignore[no-untyped-def]
    rule = rule_of(YUNZHOU, "handling", situation(request_type, urgency))
    assert rule is not None
    assert (rule.limit, rule.unit) == (limit, unit)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2024-03-04T00:00", 1, "2024-03-05T17:30"),  # the start day never counts, not even from midnight
        ("2024-03-04T23:59", 1, "2024-03-05T17:30"),
        ("2024-03-08T17:31", 1, "2024-03-11T17:30"),  # Friday evening → Monday
        ("2024-02-08T10:00", 1, "2024-02-09T17:30"),
        ("2024-02-09T10:00", 1, "2024-02-18T17:30"),  # over the Spring Festival to a worked Sunday
        ("2024-09-30T10:00", 5, "2024-10-12T17:30"),  # the week of National Day, then a worked Saturday
        ("2023-12-29T10:00", 3, "2024-01-04T17:30"),
    ],
)
def test_working_days_end_at_closing_time(start: str, days: int, due: str) -> None:
    assert due_in_working_days(YUNZHOU, at(start), days) == at(due)


def test_a_start_given_in_another_zone_means_the_offices_day() -> None:
    """17:00 UTC is already tomorrow in the office; the server stores UTC."""
    start = datetime(2024, 3, 4, 17, 0, tzinfo=UTC)
    assert due_in_working_days(YUNZHOU, start, 1) == at("2024-03-06T17:30")


def test_an_hour_limit_runs_by_the_clock_through_nights_and_the_end_of_summer_time() -> None:
    """24 urgent hours are 24 hours, also on the night that has 25 of them."""
    assert compute(YUNZHOU, 24, "hour", at("2024-02-09T23:10")).at == at("2024-02-10T23:10")
    start = datetime(2011, 11, 5, 12, 0, tzinfo=NEW_YORK)
    due = compute(BOSTON, 24, "hour", start).at
    assert due.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=24)
    assert due.hour == 11


def test_hours_stand_still_in_a_pause_and_only_in_one_that_began_in_time() -> None:
    """A suspension granted after the limit had run out cures no overdue; two that overlap count once."""
    start = at("2024-03-04T10:00")
    first = Pause(at("2024-03-04T11:00"), at("2024-03-04T15:00"))
    overlapping = Pause(at("2024-03-04T14:00"), at("2024-03-04T16:00"))
    assert compute(YUNZHOU, 24, "hour", start, pauses=(overlapping, first)).at == at("2024-03-05T15:00")
    late = Pause(at("2024-03-05T10:01"), at("2024-03-06T10:01"))
    assert compute(YUNZHOU, 24, "hour", start, pauses=(late,)).at == at("2024-03-05T10:00")
    before = Pause(at("2024-03-01T10:00"), at("2024-03-04T12:00"))
    assert compute(YUNZHOU, 24, "hour", start, pauses=(before,)).at == at("2024-03-05T12:00")


def test_a_day_touched_by_a_pause_is_not_counted_and_one_paused_out_of_hours_is() -> None:
    start = at("2024-03-04T10:00")
    touched = Pause(at("2024-03-05T17:29"), at("2024-03-06T09:01"))
    due = compute(YUNZHOU, 2, "working_day", start, pauses=(touched,))
    assert due.at == at("2024-03-08T17:30")
    assert [d.mark for d in due.days] == ["start", "paused", "paused", "counted", "due"]
    night = Pause(at("2024-03-05T17:30"), at("2024-03-06T09:00"))
    assert compute(YUNZHOU, 2, "working_day", start, pauses=(night,)).at == at("2024-03-06T17:30")


@pytest.mark.parametrize("unit", ["hour", "working_day", "natural_day"])
def test_an_open_pause_gives_the_earliest_due_time_and_says_that_it_is_provisional(unit) -> None:  # type: ignore[no-untyped-def]
    start = at("2024-03-04T10:00")
    due = compute(YUNZHOU, 2, unit, start, pauses=(Pause(at("2024-03-04T11:00")),))
    assert due.provisional
    assert due.at < at("2024-03-08T00:00")
    assert not compute(YUNZHOU, 2, unit, start).provisional


def test_a_due_time_past_the_announced_calendar_is_provisional() -> None:
    until = YUNZHOU.calendar.announced_until
    assert due_in_working_days(YUNZHOU, at(f"{until}-12-29T10:00"), 1).year == until
    assert not compute(YUNZHOU, 1, "working_day", at(f"{until}-12-29T10:00")).provisional
    assert compute(YUNZHOU, 10, "working_day", at(f"{until}-12-29T10:00")).provisional


def test_natural_days_and_a_counting_start_day() -> None:
    start = at("2024-03-08T10:00")
    assert compute(YUNZHOU, 3, "natural_day", start).at == at("2024-03-11T17:30")
    assert compute(YUNZHOU, 1, "working_day", start, start_day_counts=True).at == at("2024-03-08T17:30")
    assert compute(YUNZHOU, 2, "working_day", start, start_day_counts=True).at == at("2024-03-11T17:30")


@given(MOMENTS, st.integers(1, 15))
def test_the_strip_names_every_day_once_and_counts_to_the_limit(start: datetime, limit: int) -> None:
    """The strip is what an officer shows a unit that disputes a due time."""
    due = compute(YUNZHOU, limit, "working_day", start)
    days = [d.day for d in due.days]
    assert days == [start.date() + timedelta(days=n) for n in range(len(days))]
    assert days[-1] == due.at.date()
    counted = [d for d in due.days if d.number]
    assert [d.number for d in counted] == list(range(1, limit + 1))
    assert all(is_working_day(YUNZHOU.calendar, d.day) for d in counted)
    assert due.days[-1].mark == "due"
    assert [(d.day, d.number) for d in explain(YUNZHOU, start, due.at)] == [
        (d.day, d.number) for d in due.days
    ]


@given(MOMENTS, MOMENTS)
def test_a_later_start_never_gives_an_earlier_due_time(a: datetime, b: datetime) -> None:
    first, second = sorted((a, b))
    for unit in ("hour", "working_day", "natural_day"):
        assert compute(YUNZHOU, 3, unit, first).at <= compute(YUNZHOU, 3, unit, second).at


@given(MOMENTS, st.integers(0, 12), st.integers(0, 12))
def test_so_many_working_days_and_then_so_many_more_are_their_sum(start: datetime, n: int, more: int) -> None:
    """An extension of 5 working days is worth 5, wherever in the year it is granted."""
    first = compute(YUNZHOU, n, "working_day", start).at
    whole = compute(YUNZHOU, n + more, "working_day", start).at
    assert compute(YUNZHOU, more, "working_day", first).at == whole
    assert extend(YUNZHOU, first, more).at == whole


@given(
    MOMENTS,
    MOMENTS,
    st.integers(1, 12),
    st.sampled_from(("working_day", "natural_day")),
    st.sampled_from((None, time(12), time(16))),
    st.booleans(),
)
def test_nothing_is_due_on_a_day_off_nor_before_what_came_earlier(  # type: ignore[no-untyped-def]
    a: datetime, b: datetime, limit: int, unit, cut_off: time | None, counts: bool
) -> None:
    """Whatever the city sets: a later start is never due earlier, and no due time is past as soon as it is given."""
    first, second = (
        compute(YUNZHOU, limit, unit, start, cut_off=cut_off, start_day_counts=counts)
        for start in sorted((a, b))
    )
    assert first.at <= second.at
    assert min(a, b) < first.at
    for due in (first, second):
        assert is_working_day(YUNZHOU.calendar, due.at.date())
        days = [day.day for day in due.days]
        assert days == [days[0] + timedelta(days=n) for n in range(len(days))]
        assert [day.mark for day in due.days].count("due") == 1


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2024-03-07T15:59", "2024-03-08T17:30"),
        ("2024-03-07T16:00", "2024-03-11T17:30"),  # to the minute: taken as come on Friday
        ("2024-03-08T16:00", "2024-03-12T17:30"),
        ("2024-03-09T10:00", "2024-03-12T17:30"),  # a Saturday is past the cut-off all day long
        ("2024-09-30T16:00", "2024-10-09T17:30"),  # over the week of National Day
    ],
)
def test_what_comes_after_the_cut_off_is_taken_as_come_on_the_next_working_day(start: str, due: str) -> None:
    found = compute(YUNZHOU, 1, "working_day", at(start), cut_off=time(16))
    assert found.at == at(due)
    late = at(start).time() >= time(16) or at(start).weekday() >= 5
    assert (found.days[0].mark == "after_hours") == late
    assert [day.mark for day in found.days].count("start") == 1


def test_a_day_on_which_something_came_after_closing_is_not_its_first_to_count() -> None:
    """The limit would have run out before the unit could have seen the ticket."""
    for start, due in (("2024-03-08T17:29", "2024-03-08T17:30"), ("2024-03-08T17:30", "2024-03-11T17:30")):
        assert compute(YUNZHOU, 1, "working_day", at(start), start_day_counts=True).at == at(due)


def test_natural_days_that_end_on_a_holiday_end_on_the_next_working_day() -> None:
    due = compute(YUNZHOU, 3, "natural_day", at("2024-09-28T10:00"))  # ends on the first of October
    assert due.at == at("2024-10-08T17:30")
    assert [day.mark for day in due.days[-3:]] == ["holiday", "holiday", "due"]
    strict = compute(YUNZHOU, 3, "natural_day", at("2024-09-28T10:00"), due_on_working_day=False)
    assert strict.at == at("2024-10-01T17:30")


def test_a_pause_over_a_holiday_costs_the_working_days_it_touches_and_no_others() -> None:
    """Suspended from the eve of National Day to its end: the days off in between were never counted."""
    start = at("2024-09-29T10:00")  # a worked Sunday
    pause = Pause(at("2024-09-30T17:31"), at("2024-10-08T08:59"))
    assert compute(YUNZHOU, 5, "working_day", start, pauses=(pause,)).at == at("2024-10-11T17:30")
    assert compute(YUNZHOU, 5, "working_day", start).at == at("2024-10-11T17:30")
    longer = Pause(at("2024-09-30T17:29"), at("2024-10-08T09:01"))
    due = compute(YUNZHOU, 5, "working_day", start, pauses=(longer,))
    assert due.at == at("2024-10-14T17:30")  # the Saturday before it is worked
    assert [day.day.day for day in due.days if day.mark == "paused"] == [30, 8]


def test_a_pause_within_the_lunch_break_costs_nothing_and_a_minute_more_costs_the_day() -> None:
    start = at("2024-03-04T10:00")
    for first, last, due in (
        ("12:00", "14:00", "2024-03-05T17:30"),
        ("11:59", "14:00", "2024-03-06T17:30"),
        ("12:00", "14:01", "2024-03-06T17:30"),
    ):
        pause = Pause(at(f"2024-03-05T{first}"), at(f"2024-03-05T{last}"))
        assert compute(YUNZHOU, 1, "working_day", start, pauses=(pause,)).at == at(due)


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2024-03-04T11:00", "2024-03-04T12:00", 60),
        ("2024-03-04T12:00", "2024-03-04T14:00", 0),  # nobody works through the lunch break
        ("2024-03-04T11:59", "2024-03-04T14:01", 2),
        ("2024-03-04T12:30", "2024-03-05T09:30", 210 + 30),
        ("2024-03-08T17:29", "2024-03-11T09:01", 2),
        ("2024-02-09T17:00", "2024-02-18T10:00", 30 + 60),  # to the worked Sunday after the Spring Festival
        ("2024-03-04T12:00", "2024-03-04T11:00", 0),
    ],
)
def test_hours_left_are_hours_that_somebody_works(start: str, end: str, minutes: int) -> None:
    assert working_minutes(YUNZHOU, at(start), at(end)) == minutes


@given(MOMENTS, st.integers(0, 40 * 24 * 60), st.integers(0, 40 * 24 * 60))
def test_working_minutes_add_up_and_match_a_walk_of_the_minutes(start: datetime, a: int, b: int) -> None:
    """Reckoned in the list; what is told in two steps must be what is told in one."""
    middle, end = start + timedelta(minutes=a), start + timedelta(minutes=a + b)
    start, middle, end = (m.replace(second=0, microsecond=0) for m in (start, middle, end))
    total = working_minutes(YUNZHOU, start, end)
    assert working_minutes(YUNZHOU, start, middle) + working_minutes(YUNZHOU, middle, end) == total
    walked = 0
    for n in range((end.date() - start.date()).days + 1):
        day = start.date() + timedelta(days=n)
        for first, last in office_spans(YUNZHOU) if is_working_day(YUNZHOU.calendar, day) else ():
            opens = datetime(day.year, day.month, day.day, first // 60, first % 60, tzinfo=SHANGHAI)
            closes = datetime(day.year, day.month, day.day, last // 60, last % 60, tzinfo=SHANGHAI)
            walked += max(int((min(end, closes) - max(start, opens)).total_seconds()), 0) // 60
    assert total == walked


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("2024-03-04T09:00", "2024-03-04T17:30", (1, 0)),
        ("2024-03-04T00:00", "2024-03-04T23:59", (1, 0)),
        ("2024-03-04T16:30", "2024-03-05T10:00", (0, 2)),
        ("2024-03-08T17:30", "2024-03-11T09:59", (0, 0)),  # a weekend counts nothing
        ("2024-03-08T17:30", "2024-03-11T10:00", (0, 1)),
        ("2024-03-05T10:00", "2024-03-04T10:00", (0, 0)),
    ],
)
def test_overdue_is_told_in_office_time(start: str, end: str, span: tuple[int, int]) -> None:
    assert working_span(YUNZHOU, at(start), at(end)) == span


def test_the_start_day_stands_in_the_strip_of_a_weekend_start() -> None:
    due = compute(YUNZHOU, 1, "working_day", at("2024-03-09T10:00"))
    assert [(d.day, d.mark) for d in due.days] == [
        (date(2024, 3, 9), "start"),
        (date(2024, 3, 10), "weekend"),
        (date(2024, 3, 11), "due"),
    ]
