"""The written part of the sample city: what ``resources/sample_city`` holds, checked and made ready for fast drawing.

Reads files and nothing else; draws nothing. A text may hold slots in braces; ``SLOTS`` names every slot there is, and
an unknown one is an error when the corpus is loaded, not a brace on somebody's screen.

district, street, road, road2, compound, school, hospital, clinic, market, park, shop, company: a place of the ticket's
district. bld, unit, floor, no: building, entrance, floor, house number. n, n2, nn: small counts (2-8, 2-5, 12-60).
yuan, small: sums of money. days, months: spans in words. night, morning, evening: times of day in words. date, hdate:
a day before the request, the day of handling. bus: a bus line. we, unit_short: how the handling unit calls itself and
is called. against: the unit complained of.
"""

from __future__ import annotations

import string
import tomllib
from functools import lru_cache
from typing import Any, Literal

import msgspec
from msgspec import Struct

from central.resources import resource_path
from desktop.models.domain.entities import RequestType, Role, UnitKind

SLOTS = frozenset(
    [
        "district",
        "street",
        "road",
        "road2",
        "compound",
        "school",
        "hospital",
        "clinic",
        "market",
        "park",
        "shop",
        "company",
        "bld",
        "unit",
        "floor",
        "no",
        "n",
        "n2",
        "nn",
        "yuan",
        "small",
        "days",
        "months",
        "night",
        "morning",
        "evening",
        "date",
        "hdate",
        "bus",
        "we",
        "unit_short",
        "against",
    ]
)
_ASKS = (
    "希望",
    "要求",
    "请",
    "建议",
    "咨询",
    "吗",
    "怎么",
    "能不能",
    "是否",
    "想",
    "什么",
    "多久",
    "哪",
    "谢",
)
_MATTER_FILES = (
    "appearance",
    "traffic_housing",
    "environment_utilities",
    "livelihood",
    "policy",
    "enterprise",
    "conduct_info",
)


class District(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A district or county with the places in it; ``load`` weighs how much comes from it."""

    key: str
    name: str
    load: int
    kind: UnitKind = "district"
    pinyin: str
    streets: tuple[str, ...]
    roads: tuple[str, ...]
    compounds: tuple[str, ...]
    schools: tuple[str, ...]
    hospitals: tuple[str, ...]
    markets: tuple[str, ...]
    parks: tuple[str, ...]


class UnitEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A department or company."""

    key: str
    name: str
    short: str
    we: str
    kind: UnitKind = "department"
    pinyin: str


class PersonEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the seven people. ``key`` is the login; ``unit`` the unit a liaison answers for, ``looks_after`` the units
    of a supervisor whose lists do not begin with the whole city.
    """

    key: str
    name: str
    title: str
    roles: tuple[Role, ...]
    unit: str = ""
    looks_after: tuple[str, ...] = ()


class CityFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``city.toml``."""

    name: str
    name_en: str
    timezone: str
    number_prefix: str
    company_words: tuple[str, ...]
    company_trades: tuple[str, ...]
    districts: tuple[District, ...]
    units: tuple[UnitEntry, ...]
    people: tuple[PersonEntry, ...]


class Case(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One way a matter is told: title, text and reply belong together.

    ``types`` limits the matter's request types, ``units`` and ``shop`` replace the matter's; ``urgent`` and
    ``emergency`` are shares; ``age`` asks for an old or a new compound. ``missing`` is what a citizen says who does not
    find it resolved.
    """

    titles: tuple[str, ...]
    text: str
    replies: tuple[str, ...]
    missing: tuple[str, ...] = ()
    types: tuple[RequestType, ...] = ()
    units: dict[str, int] = {}
    shop: tuple[str, ...] = ()
    urgent: float = 0.0
    emergency: float = 0.0
    age: Literal["", "old", "new"] = ""


class Matter(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of matter. ``units`` weighs who handles it, ``district`` standing for the district it lies in.

    ``category`` is second and third level below ``first``; ``months`` limits the season; ``rural`` asks for a town or
    township; ``against`` complains of a unit, which is then not the addressee.
    """

    key: str
    category: str
    weight: int
    types: dict[RequestType, int]
    units: dict[str, int]
    cases: tuple[Case, ...]
    first: str = ""
    shop: tuple[str, ...] = ()
    months: tuple[int, ...] = ()
    rural: bool = False
    against: bool = False
    enterprise: bool = False


class FindingWords(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Facts and requirement of a finding code."""

    facts: tuple[str, ...]
    requirement: str


class Names(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``names.toml``; a surname carries its weight behind a colon."""

    surnames: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]
    staff: tuple[str, ...]


Lines = tuple[str, ...]


class Words(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``words.toml``: what is said around the matters."""

    opening: dict[Literal["recorded", "letter", "written", "mailbox"], dict[RequestType, Lines]]
    closing: dict[RequestType, Lines]
    extra: dict[RequestType, Lines]
    brief: dict[RequestType, Lines]
    again: dict[Literal["prefix", "suffix"], Lines]
    identity: dict[Literal["written", "recorded"], Lines]
    timeline: dict[str, str | Lines]
    reasons: dict[Literal["extension", "suspension"], Lines]
    template_replies: dict[Literal["lines"], Lines]
    visit: dict[str, Lines]
    urge: dict[str, Lines]
    notice: dict[str, Lines]
    finding: dict[str, FindingWords]
    finding_reply: dict[str, str | Lines]
    note: dict[Literal["office"], Lines]
    leader: dict[Literal["names", "feedback"], str | Lines]
    report: dict[Literal["people", "done", "proposed", "recipients", "return_reason"], str | Lines]

    def lines(self, section: str, key: str) -> Lines:
        """A list of one of the sections; one sentence counts as a list of one."""
        found = getattr(self, section)[key]
        return (found,) if isinstance(found, str) else tuple(found)


class Corpus(Struct, frozen=True, kw_only=True):
    """All of it."""

    city: CityFile
    matters: tuple[Matter, ...]
    names: Names
    words: Words


@lru_cache(maxsize=1)
def corpus() -> Corpus:
    """The corpus as shipped, read once. Raises ``msgspec.ValidationError`` or ``ValueError`` where it is not sound."""
    matters: list[Matter] = []
    for name in _MATTER_FILES:
        file = _toml(f"matters/{name}")
        for raw in file["matter"]:
            merged = {"first": file["first"], "enterprise": file.get("enterprise", False)} | raw
            matters.append(msgspec.convert(merged, Matter))
    city = msgspec.convert(_toml("city"), CityFile)
    _check(matters, {unit.key for unit in city.units} | {"district"})
    return Corpus(
        city=city,
        matters=tuple(matters),
        names=msgspec.convert(_toml("names"), Names),
        words=msgspec.convert(_toml("words"), Words),
    )


def ends_with_a_wish(text: str) -> bool:
    """Whether a text says by itself what is wanted, so that no closing sentence is needed."""
    return any(word in text[-26:] for word in _ASKS)


def slots_of(text: str) -> frozenset[str]:
    """The slots a text names."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(resource_path(f"sample_city/{name}.toml").read_text("utf-8"))


def _check(matters: list[Matter], units: set[str]) -> None:
    keys = [matter.key for matter in matters]
    if len(set(keys)) != len(keys):
        raise ValueError("two matters of the sample city have the same key")
    for matter in matters:
        for case in matter.cases:
            if strangers := set(matter.units | case.units) - units:
                raise ValueError(f"matter {matter.key} names unknown units {sorted(strangers)}")
            if not set(case.types) <= set(matter.types):
                raise ValueError(f"matter {matter.key} has a case of a type it does not weigh")
            for text in (case.text, *case.titles, *case.replies, *case.missing):
                if unknown := slots_of(text) - SLOTS:
                    raise ValueError(f"matter {matter.key} names unknown slots {sorted(unknown)}")
