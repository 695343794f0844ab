"""What a version of the rules says otherwise than another, item by item: a rule by its name, a code by its code.

Pure; a list that was put in another order and says the same is unchanged but for what depends on the order, which it
tells once. Knows no word of an interface: sections and fields are the profile's own names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec
from msgspec import Struct

from .profile import RuleProfile

_NAMED_BY: Final = ("code", "rung", "name", "field", "category_id", "flag", "zh")
_APART: Final = frozenset({"version", "effective_from"})
ORDER: Final = "(order)"
"""The field of a change that is of the order alone."""


class RuleChange(Struct, frozen=True):
    """One difference. ``section`` is a field of the profile, ``item`` the thing in it ("" = the section itself),
    ``field`` what of it. ``before`` None = it is new, ``after`` None = it is gone."""

    section: str
    item: str
    field: str
    before: str | None
    after: str | None


def changes_of(before: RuleProfile, after: RuleProfile) -> tuple[RuleChange, ...]:
    """The differences in the order of the profile's fields, but for the version and its day."""
    old, new = (msgspec.to_builtins(each, str_keys=True) for each in (before, after))
    found: list[RuleChange] = []
    for section in new:
        if section not in _APART:
            found += (
                RuleChange(section, item, field, one, other)
                for item, field, one, other in _differ(old.get(section), new[section], "", "")
            )
    return tuple(found)


_Found = tuple[str, str, str | None, str | None]


def _differ(old: Any, new: Any, item: str, field: str) -> Iterator[_Found]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*old, *new)):
            # A table within a thing is told by its entry: a day, of the city's days off.
            where = (_below(item, key), field) if field else (item, key)
            yield from _one(old, new, key, *where)
    elif _is_list_of_things(old) and _is_list_of_things(new):
        mine, theirs = _by_name(old), _by_name(new)
        for key in dict.fromkeys((*mine, *theirs)):
            yield from _one(mine, theirs, key, _below(item, key), "")
        both = [key for key in mine if key in theirs]
        if both != [key for key in theirs if key in mine]:
            yield item, ORDER, " · ".join(mine), " · ".join(theirs)
    else:
        yield item, field, _said(old), _said(new)


def _below(item: str, key: str) -> str:
    return f"{item} / {key}" if item else key


def _one(old: dict[str, Any], new: dict[str, Any], key: str, item: str, field: str) -> Iterator[_Found]:
    if key in old and key in new:
        yield from _differ(old[key], new[key], item, field)
    elif key in new:
        yield item, field, None, _said(new[key])
    else:
        yield item, field, _said(old[key]), None


def _is_list_of_things(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(each, dict) for each in value)


def _by_name(things: Any) -> dict[str, Any]:
    """Each by what it is called; one that shares its name with another, or has none, by its place as well."""
    named: dict[str, Any] = {}
    for place, thing in enumerate(things, start=1):
        name = next((str(thing[key]) for key in _NAMED_BY if thing.get(key)), "")
        named[name if name and name not in named else f"{name} {place}".strip()] = thing
    return named


def _said(value: Any) -> str:
    """A value in short: what a person reads of it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, dict):
        return " · ".join(f"{key} {_said(each)}".strip() for key, each in value.items())
    if isinstance(value, list | tuple):
        return " · ".join(_said(each) for each in value)
    return str(value)
