"""The working calendar: plain weeks, days off and make-up working days (调休), the city's own table over them; as data.

Pure; knows no country. A year past the last announced one is answered by the plain week and is provisional.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from .profile import CalendarData, DayKind, day_after


def day_kind(calendar: CalendarData, day: date) -> DayKind:
    """What ``day`` is: working, weekend, holiday or make-up working day. The city's own table goes first."""
    if day in calendar.city_working_days:
        return "make_up" if day.weekday() >= 5 else "working"
    if day in calendar.city_days_off:
        return "holiday"
    if day in calendar.make_up_days:
        return "make_up"
    if day in calendar.days_off:
        return "holiday"
    return "weekend" if day.weekday() >= 5 else "working"


def day_name(calendar: CalendarData, day: date) -> str:
    """The holiday a day is off or worked for, in the calendar's own words; "" for a day of the plain week."""
    tables = (calendar.city_working_days, calendar.city_days_off, calendar.make_up_days, calendar.days_off)
    return next((table[day] for table in tables if day in table), "")


def is_working_day(calendar: CalendarData, day: date) -> bool:
    """True where the office works."""
    return day_kind(calendar, day) in ("working", "make_up")


def is_provisional(calendar: CalendarData, day: date) -> bool:
    """True past the last announced year: the answer may still change."""
    return day.year > calendar.announced_until


def next_working_day(calendar: CalendarData, day: date) -> date:
    """The first working day after ``day``."""
    day = day_after(day)
    while not is_working_day(calendar, day):
        day = day_after(day)
    return day


def add_working_days(calendar: CalendarData, day: date, count: int) -> date:
    """``day`` moved on by ``count`` ≥ 0 working days; the start day itself does not count."""
    for _ in range(count):
        day = next_working_day(calendar, day)
    return day


def working_days_between(calendar: CalendarData, start: date, end: date) -> int:
    """Working days in (start, end]; negative when ``end`` lies before ``start``.

    Reckoned, not walked: a list asks it for each of its rows, and what is overdue may be so for years.
    """
    if end < start:
        return -working_days_between(calendar, end, start)
    return _days_worked(calendar, end) - _days_worked(calendar, start)


def _days_worked(calendar: CalendarData, day: date) -> int:
    """Working days from the first day of all, a Monday, up to and with ``day``."""
    weeks, rest = divmod(day.toordinal(), 7)
    days, gained = calendar.moved
    return weeks * 5 + min(rest, 5) + gained[bisect_right(days, day)]
