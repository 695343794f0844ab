"""Deadlines: from a limit, a start and the pauses to a due time that explains itself day by day.

Pure and shared by desktop and server. The server's due time decides; this computation explains it. Which limit holds
for which ticket is told by :mod:`clocks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from .calendar import day_kind, is_provisional, is_working_day, next_working_day
from .office_hours import day_minutes, office_times, working_minutes
from .profile import DayKind, DeadlineRule, LimitUnit, RuleProfile, day_after

DayMark = Literal[
    "start",
    "after_hours",
    "counted",
    "weekend",
    "holiday",
    "make_up",
    "paused",
    "extended",
    "first_due",
    "computed",
    "due",
]
_LONGEST_DAYS = 3660


class Day(Struct, frozen=True):
    """One day of the strip; ``number`` is the count reached (0 where the day does not count).

    ``after_hours`` = what came then is taken as come on the next ``start``; ``extended`` = won by an extension, and
    ``paused`` = left out for a pause, that ``by`` agreed to; ``first_due`` = where the limit ended before it was
    extended; ``computed`` = where the rule would end it, when the server's due time is another.
    """

    day: date
    kind: DayKind
    mark: DayMark
    number: int
    by: str = ""


class Due(Struct, frozen=True):
    """A due time (aware, office zone) with its reasons; ``rule`` is the name of the one it was reckoned by, or ""."""

    at: datetime
    rule: str
    provisional: bool
    days: tuple[Day, ...]


class Pause(Struct, frozen=True):
    """A span during which the clock stands still, and who agreed to it; ``end`` None = still paused."""

    start: datetime
    end: datetime | None = None
    by: str = ""


def due_by_rule(
    profile: RuleProfile, rule: DeadlineRule, start: datetime, pauses: tuple[Pause, ...] = ()
) -> Due:
    """The due time by a rule of the profile, from its start event at ``start`` (aware)."""
    due = compute(
        profile,
        rule.limit,
        rule.unit,
        start,
        start_day_counts=rule.start_day_counts,
        cut_off=rule.cut_off,
        due_on_working_day=rule.due_on_working_day,
        pauses=pauses,
    )
    return replace(due, rule=rule.name)


def compute(
    profile: RuleProfile,
    limit: int,
    unit: LimitUnit,
    start: datetime,
    *,
    start_day_counts: bool = False,
    cut_off: time | None = None,
    due_on_working_day: bool = True,
    pauses: tuple[Pause, ...] = (),
) -> Due:
    """The due time of ``limit`` units from ``start`` (aware).

    Days end at the office's closing time; an hour limit runs by the clock. A working day of whose office hours any part
    lies in a pause is not counted. A pause still open is taken as just over: the result is then the earliest possible
    due time, and provisional. A day on which something comes after closing cannot be its first to count.
    """
    local = profile.local(start)
    begins, taken = _taken(profile, local, unit, cut_off, start_day_counts=start_day_counts)
    if unit == "hour":
        at = profile.local(_run_hours(begins, timedelta(hours=limit), pauses))
        days = [*taken, *_by_the_clock(profile, begins.date(), at.date())]
        return Due(at, "", _may_move(profile, at, pauses), tuple(days))
    first = begins.date()
    number = int(
        start_day_counts and _counts(profile, first, unit) and _pause_on(profile, first, pauses) is None
    )
    days = [*taken, Day(first, day_kind(profile.calendar, first), "start", number)]
    for day in _walk(profile, first, unit, pauses, number):
        if number >= limit or len(days) >= _LONGEST_DAYS:
            break
        days.append(day)
        number = max(number, day.number)
    last = days[-1]
    if unit == "natural_day" and due_on_working_day and not is_working_day(profile.calendar, last.day):
        days.extend(_until_working(profile, last.day))
    days[-1] = replace(days[-1], mark="due")
    at = datetime.combine(days[-1].day, profile.work_end, tzinfo=profile.zone())
    return Due(at, "", _may_move(profile, at, pauses), tuple(days))


def extend(profile: RuleProfile, due: datetime, days: int, *, by: str = "") -> Due:
    """A due time moved on by working days: the end of the ``days``-th working day after its day.

    ``days`` of the result begin after the old due day. Whatever the limit was counted in, an extension is of working
    days, and no hour of the day cuts it off.
    """
    longer = compute(profile, days, "working_day", due)
    marks = tuple(
        replace(day, mark="extended", by=by) if day.mark in ("counted", "make_up", "due") else day
        for day in longer.days[1:]
    )
    return replace(longer, days=marks)


def due_in_working_days(profile: RuleProfile, start: datetime, days: int) -> datetime:
    """Closing time of the ``days``-th working day after ``start``; for notices and rectifications."""
    return compute(profile, days, "working_day", start).at


def working_span(profile: RuleProfile, start: datetime, end: datetime) -> tuple[int, int]:
    """Working days and whole working hours from ``start`` to ``end`` (0, 0 when not after it).

    As many office hours as one working day has make a day; time outside office hours counts nothing.
    """
    days, rest = divmod(working_minutes(profile, start, end), day_minutes(profile))
    return days, rest // 60


def explain(profile: RuleProfile, start: datetime, due: datetime) -> tuple[Day, ...]:
    """Every day from start to a due time that came from elsewhere, marked; at most ten years."""
    first, last = profile.local(start).date(), profile.local(due).date()
    days = [Day(first, day_kind(profile.calendar, first), "start", 0)]
    days += walk_to(profile, first, last)
    days[-1] = replace(days[-1], mark="due")
    return tuple(days)


def walk_to(profile: RuleProfile, first: date, last: date, number: int = 0) -> tuple[Day, ...]:
    """The days after ``first`` up to ``last`` as working days count on from ``number``; at most ten years."""
    days: list[Day] = []
    for day in _walk(profile, first, "working_day", (), number):
        if day.day > last or len(days) >= _LONGEST_DAYS:
            break
        days.append(day)
    return tuple(days)


def _taken(
    profile: RuleProfile, local: datetime, unit: LimitUnit, cut_off: time | None, *, start_day_counts: bool
) -> tuple[datetime, tuple[Day, ...]]:
    """When what came at ``local`` is taken as come, with the days it waits for that.

    Where there is an hour that cuts a day off, a day off is past it all day long; else what came on a Saturday would be
    due before what came on the Friday evening.
    """
    latest = min(cut_off or profile.work_end, profile.work_end) if start_day_counts else cut_off
    if latest is None or (unit == "hour" and cut_off is None):
        return local, ()
    day = local.date()
    works = is_working_day(profile.calendar, day) if unit != "natural_day" else True
    if works and local.time() < latest:
        return local, ()
    opens = day_after(day) if unit == "natural_day" else next_working_day(profile.calendar, day)
    waits = [Day(day, day_kind(profile.calendar, day), "after_hours", 0)]
    waits += [each for each in walk_to(profile, day, opens) if each.day < opens]
    return datetime.combine(opens, profile.work_start, tzinfo=profile.zone()), tuple(waits)


def _walk(
    profile: RuleProfile, first: date, unit: LimitUnit, pauses: tuple[Pause, ...], number: int
) -> Iterator[Day]:
    """The days after ``first`` without end, counting on from ``number``."""
    day = first
    while day < date.max:
        day = day_after(day)
        kind = day_kind(profile.calendar, day)
        if not _counts(profile, day, unit):
            yield Day(day, kind, "weekend" if kind == "weekend" else "holiday", 0)
        elif (pause := _pause_on(profile, day, pauses)) is not None:
            yield Day(day, kind, "paused", 0, pause.by)
        else:
            number += 1
            yield Day(day, kind, "make_up" if kind == "make_up" else "counted", number)


def _until_working(profile: RuleProfile, day: date) -> Iterator[Day]:
    """The days after a last natural day that is a day off, up to the working day that is due."""
    while True:
        day = day_after(day)
        kind = day_kind(profile.calendar, day)
        if kind in ("working", "make_up"):
            yield Day(day, kind, "due", 0)
            return
        yield Day(day, kind, "weekend" if kind == "weekend" else "holiday", 0)


def _by_the_clock(profile: RuleProfile, first: date, last: date) -> Iterator[Day]:
    """The days an hour limit runs through: none is left out, and none is a number."""
    day = first
    while True:
        mark: DayMark = "due" if day == last else "start" if day == first else "counted"
        yield Day(day, day_kind(profile.calendar, day), mark, 0)
        if day >= last:
            return
        day = day_after(day)


def _counts(profile: RuleProfile, day: date, unit: LimitUnit) -> bool:
    return unit == "natural_day" or is_working_day(profile.calendar, day)


def _pause_on(profile: RuleProfile, day: date, pauses: tuple[Pause, ...]) -> Pause | None:
    """The first pause that any of the day's office hours lie in."""
    if not pauses:
        return None
    hours = office_times(profile, day)
    touching = (p for p in pauses if any(p.start < c and (p.end or p.start) > o for o, c in hours))
    return next(touching, None)


def _may_move(profile: RuleProfile, due: datetime, pauses: tuple[Pause, ...]) -> bool:
    """Nobody has announced the days of that year yet, or a pause is still open."""
    still = any(p.end is None and p.start < due for p in pauses)
    return still or is_provisional(profile.calendar, due.date())


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
