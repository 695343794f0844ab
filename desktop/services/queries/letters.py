"""What a letter is made of: the row it says on paper, its case, and the units it names.

Rows as they are in the store, already masked by the server; whether there may be a letter at all is judged here, by the
domain's rules. Nothing here knows a word of a letter.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import bindparam, select

from desktop.models.domain.entities import Finding, Notice, Ticket, Urge, UrgentReport, decode_row
from desktop.models.domain.letters import (
    LetterKind,
    LetterRow,
    NoLetter,
    accused_units,
    addressee_of,
    is_draft,
    no_letter,
)
from desktop.models.store.tables import projection

from .base import Reader

_BY_ID = select(projection.c.type, projection.c.data).where(
    projection.c.type == bindparam("type"), projection.c.id == bindparam("id")
)


_TYPES: dict[LetterKind, str] = {
    "urging": "urge",
    "notice": "notice",
    "rectification": "finding",
    "urgent": "urgent_report",
}
"""The type of the row that a letter says on paper."""


class LetterFacts(Struct, frozen=True, kw_only=True):
    """What one letter may say. ``row`` is None for a reminder, which is about the case itself.

    ``unit`` is the addressee's full name, ``copies`` who else receives it; ``at`` the moment it speaks of, in office
    time: when the row was issued, filed or noted, else now.
    """

    kind: LetterKind
    ticket: Ticket
    row: LetterRow | None
    unit: str
    copies: tuple[str, ...]
    category: str
    cited: tuple[str, ...]
    draft: bool
    at: datetime

    @property
    def object_type(self) -> str:
        """For the audit: the type of the row the letter is about."""
        return "ticket" if self.kind == "reminder" else _TYPES[self.kind]

    @property
    def object_id(self) -> str:
        """For the audit: its id."""
        return self.ticket.id if self.row is None else self.row.id


def letter_facts(r: Reader, kind: LetterKind, object_id: str) -> LetterFacts | NoLetter | None:
    """The makings of a letter about an urge, notice, finding or (a reminder's) ticket; or why there is none.

    None where the row or its case is not in the store.
    """
    row = None if kind == "reminder" else _row(r, kind, object_id)
    ticket = _ticket(r, object_id if row is None else row.ticket_id)
    if ticket is None or (row is None) is not (kind == "reminder"):
        return None
    persons = r.reference.persons
    refused = no_letter(ticket, row, persons, r.profile.letters)
    if refused is not None:
        return refused
    unit_id = addressee_of(ticket, row)
    kept_out = {*accused_units(ticket, persons), unit_id}
    upward = isinstance(row, UrgentReport)  # a copy below would tell a unit what is said of it above
    others = () if upward else (ticket.unit_id, *ticket.assist_unit_ids)
    return LetterFacts(
        kind=kind,
        ticket=ticket,
        row=row,
        unit=row.recipients if isinstance(row, UrgentReport) else _full_name(r, unit_id),
        copies=tuple(_full_name(r, other) for other in others if other and other not in kept_out),
        category=r.reference.category_path(ticket.category_id),
        cited=_cited(r, ticket, row),
        draft=is_draft(row),
        at=r.profile.local(_moment(row) or r.now),
    )


def _row(r: Reader, kind: LetterKind, object_id: str) -> LetterRow | None:
    for found in r.all(_BY_ID, {"type": _TYPES[kind], "id": object_id}):
        row = decode_row(found.type, found.data)
        if isinstance(row, (Urge, Notice, Finding, UrgentReport)):
            return row
    return None


def _ticket(r: Reader, ticket_id: str) -> Ticket | None:
    for found in r.all(_BY_ID, {"type": "ticket", "id": ticket_id}):
        row = decode_row(found.type, found.data)
        if isinstance(row, Ticket):
            return row
    return None


def _cited(r: Reader, ticket: Ticket, row: LetterRow | None) -> tuple[str, ...]:
    """The numbers of the tickets a finding cites, its own first; of a ticket out of scope nothing is said."""
    if not isinstance(row, Finding):
        return (ticket.number,)
    others = (_ticket(r, other) for other in row.cited_ticket_ids if other != ticket.id)
    return (ticket.number, *(other.number for other in others if other is not None))


def _full_name(r: Reader, unit_id: str) -> str:
    unit = r.reference.units.get(unit_id)
    return unit.name if unit is not None else ""


def _moment(row: LetterRow | None) -> datetime | None:
    """When the row was issued, filed or noted; of a draft none."""
    if isinstance(row, Notice):
        return row.issued_at
    if isinstance(row, Finding):
        return row.filed_at
    if isinstance(row, UrgentReport):
        return row.approved_at
    return row.at if isinstance(row, Urge) else None
