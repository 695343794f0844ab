"""When a person was last at work before today's work: what "since I left" means. Pure; reads no clock.

A stretch of work ends where nothing was touched for some hours; the lunch break does not end one. What is kept are two
moments: the end of the stretch before the present one, and the last sign of life in the present one.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from .calendar import is_working_day
from .office_hours import office_times
from .profile import RuleProfile

APART = timedelta(hours=4)
"""A pause as long as this parts two stretches of work."""


class WorkMarks(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Office times; None = not known yet."""

    left_at: datetime | None = None
    """The end of the stretch before this one."""
    seen_at: datetime | None = None
    """The last sign of life."""


class Looked(Struct, frozen=True, kw_only=True):
    """The lines that a person has looked at on the sheet of the morning after ``since``."""

    since: datetime
    keys: frozenset[str] = frozenset()


def worked(marks: WorkMarks, at: datetime) -> WorkMarks:
    """After a sign of life at ``at``. A clock that was set back changes nothing."""
    if marks.seen_at is None:
        return WorkMarks(left_at=marks.left_at, seen_at=at)
    if at <= marks.seen_at:
        return marks
    left = marks.seen_at if at - marks.seen_at >= APART else marks.left_at
    return WorkMarks(left_at=left, seen_at=at)


def left_at(marks: WorkMarks, profile: RuleProfile, now: datetime) -> datetime:
    """When the person left: the end of the stretch before the one of ``now``; else the end of the last working day."""
    if marks.seen_at is not None and now - marks.seen_at >= APART:
        return marks.seen_at
    return marks.left_at if marks.left_at is not None else end_of_day_before(profile, now)


def end_of_day_before(profile: RuleProfile, now: datetime) -> datetime:
    """When the office closed on the last working day before today."""
    day = profile.local(now).date() - timedelta(days=1)
    while not is_working_day(profile.calendar, day):
        day -= timedelta(days=1)
    return office_times(profile, day)[-1][1]


def closings(profile: RuleProfile, now: datetime) -> tuple[datetime, ...]:
    """The hours at which the office will close for lunch and for the day: today's that are to come, else those of the
    next working day."""
    day = profile.local(now).date()
    while True:
        ahead = tuple(closes for _, closes in office_times(profile, day) if closes > now)
        if ahead and is_working_day(profile.calendar, day):
            return ahead
        day += timedelta(days=1)
