"""The working calendars that ship with the server: China's announced years as a small file, and the plain week.

Reads ``resources/calendar``; what a city lays over a calendar stands in its rule profile and is nothing to this module.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Literal

from desktop.models.domain.profile import CalendarData

from .resources import resource_path

CalendarName = Literal["cn", "plain"]
"""``cn`` = China's announced days off and make-up working days; ``plain`` = Monday to Friday, no holidays."""

_PLAIN_UNTIL = 9999
"""A plain week is never announced, so it is never provisional either."""


def working_calendar(name: CalendarName) -> CalendarData:
    """The days that differ from the plain week, as far as they have been announced.

    Raises ``ValueError`` where the shipped file does not say what it should: a day that is both off and worked, a
    worked day that would be worked anyway, a day of another year.
    """
    if name == "plain":
        return CalendarData(announced_until=_PLAIN_UNTIL)
    file: dict[str, Any] = tomllib.loads(resource_path(f"calendar/{name}.toml").read_text("utf-8"))
    until = int(file.pop("announced_until"))
    off: dict[date, str] = {}
    worked: dict[date, str] = {}
    for year, tables in file.items():
        off |= dict(_days(int(year), tables["off"]))
        worked |= dict(_days(int(year), tables.get("worked", {})))
    wrong = off.keys() & worked.keys() | {day for day in worked if day.weekday() < 5}
    if wrong or max(off).year != until:
        raise ValueError(f"calendar {name}: {sorted(map(str, wrong)) or f'ends before {until}'}")
    return CalendarData(days_off=off, make_up_days=worked, announced_until=until)


def _days(year: int, spans: dict[str, str]) -> Iterator[tuple[date, str]]:
    """The days of ``{"春节": "02-15..02-23, 03-01"}``, with the holiday they belong to."""
    for holiday, text in spans.items():
        for span in text.split(","):
            first, _, last = span.strip().partition("..")
            day, end = date.fromisoformat(f"{year}-{first}"), date.fromisoformat(f"{year}-{last or first}")
            while day <= end:
                yield day, holiday
                day += timedelta(days=1)
