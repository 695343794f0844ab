"""Deadlines: from a rule, a start and the pauses to a due time that explains itself day by day.

Pure and shared by desktop and server. The server's due time decides; this computation explains it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from msgspec import Struct

from .calendar import day_kind, is_provisional, is_working_day, working_days_between
from .entities import RequestType, UnitKind, Urgency
from .profile import DayKind, DeadlineRule, LimitUnit, RuleProfile, day_after

DayMark = Literal["start", "counted", "weekend", "holiday", "make_up", "paused", "due"]
_LONGEST_DAYS = 3660


class Day(Struct, frozen=True):
    """One day of the strip; ``number`` is the count reached (0 where the day does not count)."""

    day: date
    kind: DayKind
    mark: DayMark
    number: int


class Due(Struct, frozen=True):
    """A due time (aware, office zone) with its reasons."""

    at: datetime
    rule: str
    provisional: bool
    days: tuple[Day, ...]


class Pause(Struct, frozen=True):
    """A span during which the clock stands still; ``end`` None = still paused."""

    start: datetime
    end: datetime | None = None


def rule_for(
    profile: RuleProfile,
    request_type: RequestType,
    urgency: Urgency,
    unit_kind: UnitKind,
) -> DeadlineRule:
    """The first rule that matches. Raises ``LookupError`` where the profile has none."""
    for rule in profile.deadlines:
        if rule.request_type not in (None, request_type) or rule.urgency not in (
            None,
            urgency,
        ):
            continue
        if rule.unit_kind in (None, unit_kind):
            return rule
    raise LookupError(f"no deadline rule for {request_type}/{urgency}/{unit_kind}")


def compute(
    profile: RuleProfile,
    limit: int,
    unit: LimitUnit,
    start: datetime,
    *,
    rule: str = "",
    start_day_counts: bool = False,
    pauses: tuple[Pause, ...] = (),
) -> Due:
    """The due time of ``limit`` units from ``start`` (aware).

    Days end at the office's closing time; an hour limit runs by the clock. A working day that lies wholly or
    partly in a pause is not counted. A pause still open is taken as just over: the result is then the earliest
    possible due time, and provisional.
    """
    local = profile.local(start)
    if unit == "hour":
        at = profile.local(_run_hours(start, timedelta(hours=limit), pauses))
        marks = _marks_between(profile, local.date(), at.date())
        provisional = is_provisional(profile.calendar, at.date()) or _is_open(pauses, at)
        return Due(at, rule, provisional, marks)
    days: list[Day] = []
    day, number = local.date(), 0
    if start_day_counts and _counts(profile, day, unit):
        number = 1
    days.append(
        Day(
            day,
            day_kind(profile.calendar, day),
            "due" if number == limit else "start",
            number,
        )
    )
    while number < limit and len(days) < _LONGEST_DAYS:
        day = day_after(day)
        kind = day_kind(profile.calendar, day)
        if not _counts(profile, day, unit):
            days.append(Day(day, kind, "weekend" if kind == "weekend" else "holiday", 0))
        elif _is_paused(profile, day, pauses):
            days.append(Day(day, kind, "paused", 0))
        else:
            number += 1
            mark: DayMark = "due" if number == limit else "make_up" if kind == "make_up" else "counted"
            days.append(Day(day, kind, mark, number))
    at = datetime.combine(day, profile.work_end, tzinfo=profile.zone())
    provisional = is_provisional(profile.calendar, day) or _is_open(pauses, at)
    return Due(at, rule, provisional, tuple(days))


def due_in_working_days(profile: RuleProfile, start: datetime, days: int) -> datetime:
    """Closing time of the ``days``-th working day after ``start``; for notices, rectifications, visits."""
    return compute(profile, days, "working_day", start).at


def explain(profile: RuleProfile, start: datetime, due: datetime) -> tuple[Day, ...]:
    """Every day from start to a due time that came from elsewhere, marked; at most ten years."""
    return _marks_between(profile, profile.local(start).date(), profile.local(due).date())


def working_span(profile: RuleProfile, start: datetime, end: datetime) -> tuple[int, int]:
    """Working days and whole working hours from ``start`` to ``end`` (0, 0 when not after it).

    As many office hours as one working day has make a day; time outside office hours counts nothing.
    """
    if end <= start:
        return 0, 0
    a, b = profile.local(start), profile.local(end)
    length = _minute_of(profile.work_end) - _minute_of(profile.work_start)
    total = working_days_between(profile.calendar, a.date(), b.date()) * length
    if is_working_day(profile.calendar, a.date()):
        total += length - _within(profile, a.time())
    if is_working_day(profile.calendar, b.date()):
        total -= length - _within(profile, b.time())
    total = max(total, 0)  # the hour that the end of summer time repeats may run backwards on the clock
    return total // length, total % length // 60


def _marks_between(profile: RuleProfile, first: date, last: date) -> tuple[Day, ...]:
    days: list[Day] = []
    day, number = first, 0
    while day <= last and len(days) < _LONGEST_DAYS:
        kind = day_kind(profile.calendar, day)
        working = kind in ("working", "make_up")
        mark: DayMark
        if day == first and day != last:
            mark = "start"
        elif day == last:
            number += working and day != first
            mark = "due"
        elif working:
            number += 1
            mark = "make_up" if kind == "make_up" else "counted"
        else:
            mark = "weekend" if kind == "weekend" else "holiday"
        days.append(Day(day, kind, mark, number if working and day != first else 0))
        day = day_after(day)
    return tuple(days)


def _counts(profile: RuleProfile, day: date, unit: LimitUnit) -> bool:
    return unit == "natural_day" or is_working_day(profile.calendar, day)


def _is_paused(profile: RuleProfile, day: date, pauses: tuple[Pause, ...]) -> bool:
    zone = profile.zone()
    opens = datetime.combine(day, profile.work_start, tzinfo=zone)
    closes = datetime.combine(day, profile.work_end, tzinfo=zone)
    return any(p.start < closes and (p.end or p.start) > opens for p in pauses)


def _is_open(pauses: tuple[Pause, ...], due: datetime) -> bool:
    return any(p.end is None and p.start < due for p in pauses)


def _run_hours(start: datetime, limit: timedelta, pauses: tuple[Pause, ...]) -> datetime:
    """The moment ``limit`` of real time has run, pauses left out.

    In UTC, where a day has 24 hours; a pause that begins after the limit has run out moves nothing.
    """
    at, counted_to = start.astimezone(UTC) + limit, start
    for pause in sorted(pauses, key=lambda p: p.start):
        begins, ends = max(pause.start, counted_to), pause.end or pause.start
        if pause.start < at and ends > begins:
            at += ends - begins
            counted_to = ends
    return at


def _minute_of(t: time) -> int:
    return t.hour * 60 + t.minute


def _within(profile: RuleProfile, t: time) -> int:
    length = _minute_of(profile.work_end) - _minute_of(profile.work_start)
    return min(max(_minute_of(t) - _minute_of(profile.work_start), 0), length)
