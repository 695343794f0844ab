"""The mapping language: which column of an export becomes which field of a ticket, as one TOML file.

Only the language: structure, and what can be said to be wrong before a file is read. docs/import.md explains it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Struct

from central.calendars import CalendarName
from desktop.models.domain.entities import UnitKind

from .problems import ImportProblem

# fmt: off
TEXT_FIELDS = frozenset((
    "number", "title", "request_type", "channel", "state", "request_text", "urgency", "level", "address", "enterprise",
    "requester_kind", "real_name", "care_flags", "unit_answer", "sent_answer", "due_rule", "due_provisional", "rework",
    "repeats", "returns", "supervised", "carded", "noted_by_leader", "merged_into",
))
"""Fields of a ticket that ``[ticket]`` may fill."""

HAPPENED_FIELDS = frozenset((
    "received_at", "dispatched_at", "signed_at", "first_contact_at", "completed_at", "archived_at", "paused_at",
    "feedback_at", "answer_sent_at", "published_at",
))
PLANNED_FIELDS = frozenset(("due_at", "sign_due_at", "first_contact_due_at", "visit_due_at", "feedback_due_at"))
# fmt: on
_REQUIRED = ("number", "title", "request_type", "channel", "state")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class Rule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """``value`` where ``column`` matches the regular expression (anywhere in it, any case), or is filled or blank."""

    value: str
    column: str
    matches: str = ""
    filled: bool | None = None


class Field(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The first rule that holds, else ``text`` looked up in ``values``, else ``default``."""

    text: str = ""
    values: dict[str, str] = {}
    default: str | None = None
    rules: tuple[Rule, ...] = ()


Spec = str | Field
"""A template alone ("{column} and text") or the full form."""


class FileOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a file is written. ``sheet`` "" = the first one; ``heading_row`` counts from 1."""

    encoding: str = "utf-8-sig"
    delimiter: str = ","
    sheet: str = ""
    heading_row: int = 1


class Times(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ticket field → column. What ``happened`` after the as-of time is unknown; what is ``planned`` is kept.

    ``compute_due``: due times that the export leaves out are reckoned by the city's rules.
    """

    zone: str
    formats: tuple[str, ...]
    happened: dict[str, str]
    planned: dict[str, str] = {}
    compute_due: bool = False


class UnitMapping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    key: str
    name: Spec
    short_name: Spec = ""
    kind: Spec = "department"


class TreeMapping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tree whose path is given by ``levels``, the highest first; a blank level ends the path."""

    levels: tuple[str, ...]
    kinds: tuple[Literal["city", "district", "street"], ...] = ()


class ContactMapping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who asked. ``form_of_address`` follows the surname on every screen."""

    name: str = ""
    phone: str = ""
    form_of_address: Spec = ""


class TimelineMapping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of the history, where column ``at`` is filled."""

    kind: str
    at: str
    text: str = ""
    actor: str = ""
    by_unit: bool = False


class SampleVisits(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Return visits of cases closed lately, with generated persons marked as a sample."""

    count: int
    working_days: int
    closed: str
    seed: str
    given_names: tuple[str, ...]
    surnames: tuple[str, ...]
    phones: tuple[str, ...]


class FileMapping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of export. ``source`` is part of every id made from it and must not change between imports."""

    source: str
    city_zh: str
    city_en: str
    calendar: CalendarName = "cn"
    key: str
    file: FileOptions = FileOptions()
    times: Times
    known_since: dict[str, str] = {}
    ticket: dict[str, Spec]
    unit: UnitMapping | None = None
    category: TreeMapping | None = None
    place: TreeMapping | None = None
    contact: ContactMapping | None = None
    timeline: tuple[TimelineMapping, ...] = ()
    sample_visits: SampleVisits | None = None

    def zone(self) -> ZoneInfo:
        """The zone of the file's wall-clock times."""
        return ZoneInfo(self.times.zone)

    def columns(self) -> set[str]:
        """Every column the mapping speaks of."""
        named = {*self.known_since, *self.known_since.values()}
        named.update(self.times.happened.values(), self.times.planned.values())
        named.update(entry.at for entry in self.timeline)
        if self.sample_visits:
            named.add(self.sample_visits.closed)
        for spec in self._specs():
            named.update(columns_of(spec))
        return named

    def _specs(self) -> Iterator[Spec]:
        yield self.key
        yield from self.ticket.values()
        for part in (self.unit, self.contact):
            if part is not None:
                yield from (getattr(part, name) for name in part.__struct_fields__)
        for tree in (self.category, self.place):
            if tree is not None:
                yield from tree.levels
        for entry in self.timeline:
            yield from (entry.text, entry.actor)


def columns_of(spec: Spec) -> tuple[str, ...]:
    """The columns a specification reads, the first one to blame when it fails."""
    if isinstance(spec, str):
        return tuple(_PLACEHOLDER.findall(spec))
    return (*_PLACEHOLDER.findall(spec.text), *(rule.column for rule in spec.rules))


def split_template(template: str) -> tuple[str, ...]:
    """Literal text and column names in turn, literal text first: ("", "a", " and ", "b", "")."""
    return tuple(_PLACEHOLDER.split(template))


def load_mapping(path: Path) -> FileMapping:
    """Read and check a mapping file. Raises :class:`ImportProblem` naming what is wrong with it."""
    try:
        mapping = msgspec.convert(tomllib.loads(path.read_text("utf-8")), FileMapping)
        _check(mapping)
    except OSError as error:
        raise ImportProblem(f"cannot read the mapping {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError, ValueError) as error:
        raise ImportProblem(f"the mapping {path} is not right: {error}") from error
    return mapping


def _check(mapping: FileMapping) -> None:
    """Raises ``ValueError``."""
    for name in _REQUIRED:
        if name not in mapping.ticket:
            raise ValueError(f"[ticket] does not say what becomes {name}")
    if "received_at" not in mapping.times.happened:
        raise ValueError("[times.happened] does not say what becomes received_at")
    for given, known, where in (
        (mapping.ticket, TEXT_FIELDS, "ticket"),
        (mapping.times.happened, HAPPENED_FIELDS, "times.happened"),
        (mapping.times.planned, PLANNED_FIELDS, "times.planned"),
    ):
        for name in given:
            if name not in known:
                raise ValueError(f"[{where}] knows no field {name}; it knows {', '.join(sorted(known))}")
    _check_since(mapping)
    if not columns_of(mapping.key):
        raise ValueError("key names no column, so all records would be one ticket")
    if mapping.unit and isinstance(mapping.unit.kind, str) and not columns_of(mapping.unit.kind):
        msgspec.convert(mapping.unit.kind, UnitKind)
    try:
        mapping.zone()
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"[times] names an unknown time zone {mapping.times.zone!r}") from error


def _check_since(mapping: FileMapping) -> None:
    happened = set(mapping.times.happened.values())
    for column, since in mapping.known_since.items():
        if since not in happened:
            raise ValueError(
                f"known_since: {column} is known since {since}, which [times.happened] does not name"
            )
    for entry in mapping.timeline:
        if entry.at not in happened:
            raise ValueError(
                f"[[timeline]] {entry.kind} is at {entry.at}, which [times.happened] does not name"
            )
    if mapping.sample_visits and mapping.sample_visits.closed not in happened:
        raise ValueError("[sample_visits] closed is not a column of [times.happened]")
