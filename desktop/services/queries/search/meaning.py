"""From a query to conditions on the list: which units a name means, which days a date, and what was not understood.

A field whose value says nothing that is known lets nothing through, or nothing is narrowed by it; either way a
``Problem`` says so. Knows the reference rows and the office's clock, no store.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from msgspec import Struct

from desktop.services.queries.base import Reader, Reference

from .language import Field, Query, read
from .names import Named, fits, names_of

ProblemCode = Literal["unknown_unit", "unknown_type", "unknown_light", "unknown_category", "unknown_place",
                      "unknown_person", "bad_date", "bad_order", "too_long"]  # fmt: skip

TYPE_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "consultation": ("consultation", "咨询"),
    "help": ("help", "request for help", "求助"),
    "complaint": ("complaint", "投诉"),
    "report": ("report", "举报"),
    "suggestion": ("suggestion", "意见建议"),
    "praise": ("praise", "表扬"),
}
LIGHT_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "overdue": ("overdue", "逾期", "red"),
    "due_soon": ("due soon", "due_soon", "soon", "临期"),
    "normal": ("normal", "within limit", "正常", "期限内"),
    "paused": ("paused", "暂停计时"),
    "provisional": ("provisional", "暂定"),
    "none": ("none", "no limit running", "不计时", "无"),
}
ORDER_WORDS: Final[dict[str, tuple[str, ...]]] = {"due": ("due", "时限"), "title": ("title", "标题")}
_DAYS: Final = {
    "today": 0,
    "今天": 0,
    "今日": 0,
    "tomorrow": 1,
    "明天": 1,
    "yesterday": -1,
    "昨天": -1,
    "后天": 2,
}
_AHEAD: Final = re.compile(r"([+-]?)(\d{1,4})\s*(?:d|days?|天|日内)")
_DATE: Final = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")


class Problem(Struct, frozen=True):
    """What was not understood, and in which word: views have the sentence."""

    code: ProblemCode
    value: str = ""


class Condition(Struct, frozen=True):
    """One column of the list is among ``values`` (ids or codes), or, with ``negative``, is not."""

    kind: Literal["unit", "type", "light", "category", "place", "person"]
    values: tuple[str, ...]
    negative: bool = False


class Due(Struct, frozen=True):
    """Due times from ``start`` (inside) up to ``end`` (outside), seconds since 1970; None is open on that side."""

    start: float | None = None
    end: float | None = None
    negative: bool = False


class Need(Struct, frozen=True):
    """A word that must be found (or must not): in a ticket's text, or in the name of a row the ticket has."""

    text: str
    negative: bool = False
    units: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether a name may satisfy it where the text does not."""
        return bool(self.units or self.categories or self.places or self.persons)


class Meaning(Struct, frozen=True):
    """What a text asks for, here and now."""

    query: Query
    needs: tuple[Need, ...] = ()
    conditions: tuple[Condition, ...] = ()
    dues: tuple[Due, ...] = ()
    title_first: bool = False
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.needs or self.conditions or self.dues)


def meaning_of(r: Reader, text: str) -> Meaning:
    """What ``text`` asks for, with this reference and at this moment. Never raises."""
    query = read(text)
    conditions: list[Condition] = []
    dues: list[Due] = []
    problems: list[Problem] = [Problem("too_long")] if query.cut else []
    title_first = False
    for field in query.fields:
        if field.kind == "due":
            due = _due(r, field)
            if due is None:
                problems.append(Problem("bad_date", field.value))
            else:
                dues.append(due)
        elif field.kind == "order":
            code = _codes(ORDER_WORDS, field.value)
            title_first = code == ("title",)
            if len(code) != 1:
                problems.append(Problem("bad_order", field.value))
        else:
            values = _values(r.reference, field.kind, field.value)
            conditions.append(Condition(field.kind, values, field.negative))
            if not values:
                problems.append(Problem(f"unknown_{field.kind}", field.value))  # type: ignore[arg-type]  # each kind has one
    needs = tuple(_need(r.reference, word.text, negative=word.negative) for word in query.words)
    return Meaning(query, needs, tuple(conditions), tuple(dues), title_first, tuple(problems))


def _need(reference: Reference, word: str, *, negative: bool) -> Need:
    """Chinese stands in texts and in the names of units; Latin letters may spell any name."""
    names = names_of(reference)
    return Need(
        word,
        negative,
        units=names.holding("unit", word),
        categories=_below(reference, "category", names.spelled("category", word)),
        places=_below(reference, "place", names.spelled("place", word)),
        persons=names.spelled("person", word),
    )


def _values(reference: Reference, kind: Any, value: str) -> tuple[str, ...]:
    if kind == "type":
        return _codes(TYPE_WORDS, value)
    if kind == "light":
        return _codes(LIGHT_WORDS, value)
    named: Named = kind
    return _below(reference, named, names_of(reference).called(named, value))


def _codes(words: dict[str, tuple[str, ...]], value: str) -> tuple[str, ...]:
    exact = tuple(code for code, spoken in words.items() if value in spoken)
    if exact:
        return exact
    return tuple(
        code for code, spoken in words.items() if any(w.startswith(value) or fits(w, value) for w in spoken)
    )


def _below(reference: Reference, kind: Named, ids: tuple[str, ...]) -> tuple[str, ...]:
    """With a matter or a place goes everything that lies in it."""
    rows: dict[str, Any] = {}
    if kind == "category":
        rows = dict(reference.categories)
    elif kind == "place":
        rows = dict(reference.places)
    if not ids or not rows:
        return ids
    found = set(ids)
    more = True
    while more:
        below = {row.id for row in rows.values() if row.parent_id in found} - found
        found |= below
        more = bool(below)
    return tuple(sorted(found))


def _due(r: Reader, field: Field) -> Due | None:
    day = _day(r, field.value)
    if day is None:
        return None
    begin, end = day.timestamp(), (day + timedelta(days=1)).timestamp()
    if field.sign == "<":
        return Due(None, begin, field.negative)
    if field.sign == "<=":
        return Due(None, end, field.negative)
    if field.sign == ">":
        return Due(end, None, field.negative)
    if field.sign == ">=":
        return Due(begin, None, field.negative)
    return Due(begin, end, field.negative)


def _day(r: Reader, value: str) -> datetime | None:
    """The office's midnight at the beginning of the day meant; None where no day is meant."""
    today = r.profile.local(r.now).replace(hour=0, minute=0, second=0, microsecond=0)
    try:
        if value in _DAYS:
            return today + timedelta(days=_DAYS[value])
        ahead = _AHEAD.fullmatch(value)
        if ahead is not None:
            return today + timedelta(days=int(ahead[2]) * (-1 if ahead[1] == "-" else 1))
        date = _DATE.fullmatch(value)
        if date is None:
            return None
        return today.replace(year=int(date[1] or today.year), month=int(date[2]), day=int(date[3]))
    except (ValueError, OverflowError):
        return None
