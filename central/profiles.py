"""The default rule profile: ``resources/profile/default.toml`` and the announced working calendar.

Makes profiles and turns them into JSON and back; keeps none (the database does) and publishes none.
"""

from __future__ import annotations

import tomllib
from typing import Any, Literal

import chinese_calendar
import msgspec

from desktop.models.domain.profile import CalendarData, RuleProfile

from .resources import resource_path

CalendarName = Literal["cn", "plain"]
"""``cn`` = China's announced days off and make-up working days; ``plain`` = Monday to Friday, no holidays."""

_PLAIN_UNTIL = 9999
"""A plain week is never announced, so it is never provisional either."""

_decoder = msgspec.json.Decoder(RuleProfile)


def default_profile(
    *, city_zh: str, city_en: str, timezone: str, calendar: CalendarName = "cn"
) -> RuleProfile:
    """The default rules for a city.

    Raises ``msgspec.ValidationError`` where the shipped file is not a profile, ``ZoneInfoNotFoundError`` for an
    unknown time zone.
    """
    rules: dict[str, Any] = tomllib.loads(resource_path("profile/default.toml").read_text("utf-8"))
    rules |= {
        "city_zh": city_zh,
        "city_en": city_en,
        "timezone": timezone,
        "calendar": working_calendar(calendar),
    }
    profile = msgspec.convert(rules, RuleProfile)
    profile.zone()  # an unknown time zone fails here and not at the first deadline
    return profile


def working_calendar(name: CalendarName) -> CalendarData:
    """The days that differ from the plain week.

    China's come from the ``chinesecalendar`` package; ``announced_until`` is the last year it covers.
    """
    if name == "plain":
        return CalendarData(announced_until=_PLAIN_UNTIL)
    words = {holiday.value: holiday.chinese for holiday in chinese_calendar.Holiday}
    return CalendarData(
        days_off={day: words[value] for day, value in chinese_calendar.holidays.items()},
        make_up_days={day: words[value] for day, value in chinese_calendar.workdays.items()},
        announced_until=max(day.year for day in chinese_calendar.holidays),
    )


def encode_profile(profile: RuleProfile) -> bytes:
    """The profile as canonical JSON, as it is stored and sent."""
    plain = msgspec.to_builtins(profile, str_keys=True)
    return msgspec.json.encode(plain, order="deterministic")


def decode_profile(body: bytes | str) -> RuleProfile:
    """The inverse of :func:`encode_profile`. Raises ``msgspec.ValidationError``."""
    return _decoder.decode(body)
