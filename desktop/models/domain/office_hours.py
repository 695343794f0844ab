"""Working time: the hours of a working day without its breaks, and how much of them lies between two moments.

Pure; days come from the calendar, hours from the rule profile. Knows no deadline.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from .calendar import is_working_day, working_days_between
from .profile import RuleProfile

Span = tuple[int, int]
"""Minutes since midnight, half open."""


def office_spans(profile: RuleProfile) -> tuple[Span, ...]:
    """The parts of a working day in which the office works, in order."""
    breaks = tuple((_minute_of(b.start), _minute_of(b.end)) for b in profile.breaks)
    return _spans(_minute_of(profile.work_start), _minute_of(profile.work_end), breaks)


def office_times(profile: RuleProfile, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """The same on a certain day, as moments in office time."""
    zone = profile.zone()
    return tuple(
        (_on(day, first).replace(tzinfo=zone), _on(day, last).replace(tzinfo=zone))
        for first, last in office_spans(profile)
    )


def working_minutes(profile: RuleProfile, start: datetime, end: datetime) -> int:
    """Whole minutes of working time from ``start`` to ``end`` (0 when not after it)."""
    if end <= start:
        return 0
    a, b = profile.local(start), profile.local(end)
    spans = office_spans(profile)
    total = working_days_between(profile.calendar, a.date(), b.date()) * _length(spans)
    if is_working_day(profile.calendar, a.date()):
        total += _length(spans) - _worked(spans, a.time())
    if is_working_day(profile.calendar, b.date()):
        total -= _length(spans) - _worked(spans, b.time())
    return max(total, 0)  # the hour that the end of summer time repeats may run backwards on the clock


def day_minutes(profile: RuleProfile) -> int:
    """The working time of one whole working day."""
    return _length(office_spans(profile))


@lru_cache(maxsize=8)
def _spans(start: int, end: int, breaks: tuple[Span, ...]) -> tuple[Span, ...]:
    found: list[Span] = []
    for first, last in sorted(breaks):
        first, last = max(first, start), min(last, end)
        if last <= first:
            continue
        if first > start:
            found.append((start, first))
        start = last
    if end > start:
        found.append((start, end))
    return tuple(found)


def _length(spans: tuple[Span, ...]) -> int:
    return sum(last - first for first, last in spans)


def _worked(spans: tuple[Span, ...], until: time) -> int:
    minute = _minute_of(until)
    return sum(min(max(minute - first, 0), last - first) for first, last in spans)


def _minute_of(t: time) -> int:
    return t.hour * 60 + t.minute


def _on(day: date, minute: int) -> datetime:
    return datetime.combine(day, time(minute // 60, minute % 60))
