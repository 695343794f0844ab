"""The default rule profile: ``resources/profile/default.toml`` with a working calendar.

Makes profiles and turns them into JSON and back; keeps none (the database does) and publishes none.
"""

from __future__ import annotations

import tomllib
from typing import Any

import msgspec

from desktop.models.domain.profile import RuleProfile

from .calendars import CalendarName, working_calendar
from .resources import resource_path

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


def encode_profile(profile: RuleProfile) -> bytes:
    """The profile as canonical JSON, as it is stored and sent."""
    plain = msgspec.to_builtins(profile, str_keys=True)
    return msgspec.json.encode(plain, order="deterministic")


def decode_profile(body: bytes | str) -> RuleProfile:
    """The inverse of :func:`encode_profile`. Raises ``msgspec.ValidationError``."""
    return _decoder.decode(body)
