"""One record of an export, as it stood at a time, as rows of the contract.

Pure but for the ids and the phone fingerprint it is given. What the record says about a time after the as-of time is
taken out of it first, so that nothing below can know it. Nothing is made up; generated persons come from
``sample_visits`` alone and are marked.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec
from pypinyin import Style, lazy_pinyin

from central.loader import Contact
from desktop.models.domain.entities import Category, Place, Row, Ticket, TimelineEntry, Unit, UnitKind
from desktop.models.domain.redaction import mask_name, normalize_phone, phone_tail

from .fields import Fill, bind, one_line, redacted
from .mapping import HAPPENED_FIELDS, PLANNED_FIELDS, FileMapping, TreeMapping, columns_of
from .problems import ImportProblem, RowProblem
from .times import FileTimes

R = TypeVar("R", bound=Row)
_LONG_TEXTS = frozenset({"request_text", "unit_answer", "sent_answer"})
_REDACTED = frozenset({"title", "request_text", "unit_answer", "sent_answer"})
_AT_FIELD = re.compile(r" - at `\$\.(\w+).*")
_MISSING = re.compile(r"missing required field `(\w+)`")
_LISTS = re.compile(r"[、,，;；\s]+")


@dataclass(frozen=True)
class Case:
    """What one record became. ``reference`` are units, categories and places that were not told before."""

    ticket: Ticket
    children: list[Row] = field(default_factory=list)
    reference: list[Row] = field(default_factory=list)
    contact: Contact | None = None
    secret: str = ""
    unit_kind: UnitKind = "department"


def stable_id(source: str, kind: str, key: str) -> str:
    """The id of what ``key`` names in ``source``: the same in every import, in the form of a UUID (version 8)."""
    digest = int.from_bytes(blake2b(f"{source}\0{kind}\0{key}".encode(), digest_size=16).digest(), "big")
    versioned = digest & ~(0xF << 76) & ~(0x3 << 62) | 0x8 << 76 | 0x2 << 62
    return str(uuid.UUID(int=versioned))


class Translator:
    """Translates records with one mapping. ``as_of`` is a moment; ``fingerprint`` is a keyed hash of a number."""

    def __init__(
        self, mapping: FileMapping, *, times: FileTimes, as_of: datetime, fingerprint: Callable[[str], str]
    ) -> None:
        self.mapping = mapping
        self.times = times
        self.as_of = as_of
        self.fingerprint = fingerprint
        self.told: set[str] = set()
        self.unit_kinds: dict[str, UnitKind] = {}
        self._ids: dict[tuple[str, str], str] = {}

    def reference_id(self, kind: str, key: str) -> str:
        """The id of a unit, category or place; asked for with every case, so remembered."""
        known = self._ids.get((kind, key))
        if known is None:
            known = self._ids[kind, key] = stable_id(self.mapping.source, kind, key)
        return known

    def for_columns(self, columns: Sequence[str]) -> RecordTranslator:
        """The translator of one file. Raises :class:`ImportProblem` for columns that the mapping needs."""
        missing = sorted(self.mapping.columns() - set(columns))
        if missing:
            raise ImportProblem(f"the file has no column {', '.join(missing)}, which the mapping reads")
        return RecordTranslator(self, columns)


class RecordTranslator:
    """A :class:`Translator` bound to the columns of one file."""

    def __init__(self, parent: Translator, columns: Sequence[str]) -> None:
        mapping = parent.mapping
        self._parent = parent
        self._mapping = mapping
        self._columns = columns
        self._key = bind(mapping.key, columns)
        self._texts = {name: bind(spec, columns) for name, spec in mapping.ticket.items()}
        self._happened = [(columns.index(c), c) for c in sorted(set(mapping.times.happened.values()))]
        self._planned = [(columns.index(c), c) for c in sorted(set(mapping.times.planned.values()))]
        self._since = [(columns.index(c), since) for c, since in mapping.known_since.items()]
        self._timeline = [
            (entry, bind(entry.text, columns), bind(entry.actor, columns)) for entry in mapping.timeline
        ]
        self._unit = _bound(mapping.unit, ("key", "name", "short_name", "kind"), columns)
        self._contact = _bound(mapping.contact, ("name", "phone", "form_of_address"), columns)
        self._category = _bound_levels(mapping.category, columns)
        self._place = _bound_levels(mapping.place, columns)

    def key(self, cells: Sequence[str]) -> str:
        """What names the record in its source. Raises :class:`RowProblem` where it is blank."""
        key = self._key(cells)
        if not key:
            raise RowProblem(columns_of(self._mapping.key)[0], "blank, so the record has no name")
        return key

    def moments(self, cells: Sequence[str]) -> dict[str, datetime | None]:
        """Column → what happened then, None where it had not happened by the as-of time. Raises."""
        found: dict[str, datetime | None] = {}
        for index, column in self._happened:
            moment = self._parent.times.moment(cells[index], column)
            found[column] = moment if moment is not None and moment <= self._parent.as_of else None
        return found

    def case(self, cells: Sequence[str]) -> Case | None:
        """The record as of the as-of time; None for a case received after it. Raises :class:`RowProblem`."""
        key = self.key(cells)
        moments = self.moments(cells)
        received = self._mapping.times.happened["received_at"]
        if moments[received] is None:
            if not cells[self._columns.index(received)]:
                raise RowProblem(received, "blank, so nobody knows when the case was received")
            return None
        known = self._as_it_stood(cells, moments)
        values = self._values(known, moments)
        reference: list[Row] = []
        values["unit_id"], unit_kind = self._handled_by(known, reference)
        values["category_id"] = self._path(self._category, "category", known, reference)
        values["place_id"] = self._path(self._place, "place", known, reference)
        contact = self._identity(known, values)
        secret = self._redact(values, contact)
        values |= {"id": stable_id(self._mapping.source, "ticket", key), "source": self._mapping.source}
        lead = values.pop("merged_into", "")
        values["merged_into"] = (
            stable_id(self._mapping.source, "ticket", lead) if lead not in ("", key) else ""
        )
        ticket = self._ticket(values)
        fresh = [row for row in reference if row.id not in self._parent.told]
        self._parent.told.update(row.id for row in fresh)
        children = self._entries(ticket, key, known, moments, contact)
        return Case(ticket, children, fresh, contact, secret, unit_kind)

    def _as_it_stood(self, cells: Sequence[str], moments: Mapping[str, datetime | None]) -> list[str]:
        known = list(cells)
        for index, column in self._happened:
            if moments[column] is None:
                known[index] = ""
        for index, since in self._since:
            if moments[since] is None:
                known[index] = ""
        return known

    def _values(self, known: Sequence[str], moments: Mapping[str, datetime | None]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, fill in self._texts.items():
            text = fill(known)
            if text:
                values[name] = text if name in _LONG_TEXTS else one_line(text)
        if "care_flags" in values:
            values["care_flags"] = [flag for flag in _LISTS.split(values["care_flags"]) if flag]
        for name, column in self._mapping.times.happened.items():
            values[name] = moments[column]
        planned = {column: self._parent.times.moment(known[i], column) for i, column in self._planned}
        for name, column in self._mapping.times.planned.items():
            values[name] = planned[column]
        if values.get("request_type") == "report":
            values["level"] = "report"  # the text of a report counts as identity
        return values

    def _handled_by(self, known: Sequence[str], reference: list[Row]) -> tuple[str, UnitKind]:
        """The unit that has the case: its id and its kind, which the deadlines ask for."""
        if self._unit is None:
            return "", "department"
        key, name, short_name, kind = (fill(known) for fill in self._unit)
        if not key:
            return "", "department"
        unit_id = self._parent.reference_id("unit", key)
        told = self._parent.unit_kinds.get(unit_id)
        if told is None or unit_id not in self._parent.told:
            values = {
                "id": unit_id,
                "name": name,
                "short_name": short_name,
                "kind": kind,
                "pinyin": pinyin(name),
            }
            unit = _converted(values, Unit, self._blame_unit)
            told = self._parent.unit_kinds[unit_id] = unit.kind
            reference.append(unit)
        return unit_id, told

    def _path(self, levels: Sequence[Fill], kind: str, known: Sequence[str], reference: list[Row]) -> str:
        parent, path = "", ""
        for depth, fill in enumerate(levels):
            name = one_line(fill(known))
            if not name:
                break
            path = f"{path}\0{name}"
            row_id = self._parent.reference_id(kind, path)
            if row_id not in self._parent.told:
                reference.append(self._node(kind, row_id, name, parent, depth))
            parent = row_id
        return parent

    def _node(self, kind: str, row_id: str, name: str, parent: str, depth: int) -> Row:
        if kind == "category":
            return Category(id=row_id, name=name[:200], parent_id=parent, depth=depth + 1)
        kinds = self._mapping.place.kinds if self._mapping.place else ()
        place_kind = kinds[depth] if depth < len(kinds) else ("district", "street")[min(depth, 1)]
        return Place(id=row_id, name=name[:200], parent_id=parent, kind=place_kind)

    def _identity(self, known: Sequence[str], values: dict[str, Any]) -> Contact | None:
        if self._contact is None:
            return None
        name, phone, form = (one_line(fill(known)) for fill in self._contact)
        if not name and not phone:
            return None
        # The id must not be a hash that anybody could try all numbers against, and joins one citizen's tickets.
        secret = self._parent.fingerprint(f"{normalize_phone(phone)}\0{name}")
        contact = Contact(stable_id(self._mapping.source, "contact", secret), name, phone, sample=False)
        values |= {
            "contact_id": contact.id,
            "requester_label": mask_name(name, form),
            "phone_tail": phone_tail(phone),
        }
        return contact

    def _redact(self, values: dict[str, Any], contact: Contact | None) -> str:
        """Redact the texts that travel; returns the request as it was made."""
        secret = str(values.get("request_text", ""))
        names = (contact.name,) if contact and contact.name else ()
        for name in _REDACTED & values.keys():
            values[name] = redacted(values[name], names)
        return secret

    def _ticket(self, values: dict[str, Any]) -> Ticket:
        return _converted(values, Ticket, self._blame)

    def _entries(
        self,
        ticket: Ticket,
        key: str,
        known: Sequence[str],
        moments: Mapping[str, datetime | None],
        contact: Contact | None,
    ) -> list[Row]:
        names = (contact.name,) if contact and contact.name else ()
        rows: list[Row] = []
        for number, (entry, text, actor) in enumerate(self._timeline):
            at = moments[entry.at]
            if at is None:
                continue
            values = {
                "id": stable_id(self._mapping.source, "timeline_entry", f"{number}\0{key}"),
                "ticket_id": ticket.id,
                "at": at,
                "kind": entry.kind,
                "actor": one_line(actor(known)),
                "unit_id": ticket.unit_id if entry.by_unit else "",
                "text": redacted(text(known), names),
            }
            rows.append(_converted(values, TimelineEntry, partial(_always, entry.at)))
        return rows

    def _blame(self, name: str) -> str:
        """The column a field of a ticket comes from."""
        times = self._mapping.times
        if name in HAPPENED_FIELDS | PLANNED_FIELDS:
            return times.happened.get(name) or times.planned.get(name) or ""
        return next(iter(columns_of(self._mapping.ticket.get(name, ""))), "")

    def _blame_unit(self, name: str) -> str:
        return next(iter(columns_of(getattr(self._mapping.unit, name, ""))), "")


def pinyin(name: str) -> str:
    """The full form and the initials of a Chinese name, blank separated; "" for others."""
    if name.isascii():
        return ""
    syllables = lazy_pinyin(name)
    initials = lazy_pinyin(name, style=Style.FIRST_LETTER)
    return f"{''.join(syllables)} {''.join(initials)}".lower()


def _bound(part: object, names: tuple[str, ...], columns: Sequence[str]) -> list[Fill] | None:
    return None if part is None else [bind(getattr(part, name), columns) for name in names]


def _bound_levels(tree: TreeMapping | None, columns: Sequence[str]) -> list[Fill]:
    return [] if tree is None else [bind(level, columns) for level in tree.levels]


def _always(column: str, _: str) -> str:
    return column


def _converted(values: dict[str, Any], row_type: type[R], blame: Callable[[str], str]) -> R:
    """A row of the contract. Raises :class:`RowProblem` for a value that no row of its type may have."""
    given = {name: value for name, value in values.items() if value is not None and value != ""}
    try:
        return msgspec.convert(given, row_type, strict=False)
    except msgspec.ValidationError as error:
        said = str(error)
        if missing := _MISSING.search(said):
            raise RowProblem(blame(missing[1]), f"blank, but a case needs its {missing[1]}") from None
        at = _AT_FIELD.search(said)
        raise RowProblem(blame(at[1]) if at else "", _AT_FIELD.sub("", said)) from None
