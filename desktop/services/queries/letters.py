"""What a letter is made of: the row it says on paper, its case, and the units it names.

Rows as they are in the store, already masked by the server; whether there may be a letter at all is judged here, by the
domain's rules. Nothing here knows a word of a letter.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import bindparam, select

from desktop.models.domain.entities import (
    Finding,
    FindingReply,
    Notice,
    Row,
    Stance,
    Ticket,
    Urge,
    UrgentReport,
    decode_row,
)
from desktop.models.domain.ladder import STANDING
from desktop.models.domain.letters import (
    RUNG_KINDS,
    TO_ALL_UNITS,
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
from .findings import replies_to

_BY_ID = select(projection.c.type, projection.c.data).where(
    projection.c.type == bindparam("type"), projection.c.id == bindparam("id")
)

_EVIDENCE = select(projection.c.type, projection.c.id, projection.c.data).where(
    projection.c.type.in_(("timeline_entry", "visit", "attachment", "urge", "note")),
    projection.c.id.in_(bindparam("ids", expanding=True)),
)
_AT_ONCE = 200

_TYPES: dict[LetterKind, str] = {
    "urging": "urge",
    **dict.fromkeys(RUNG_KINDS, "notice"),
    "finding_letter": "finding",
    "rectification": "finding",
    "close_out": "finding",
    "urgent": "urgent_report",
}
"""The type of the row that a letter says on paper."""

_ACTS = select(projection.c.data).where(
    projection.c.ticket_id == bindparam("ticket_id"), projection.c.type == "notice"
)
_SOME_BODY = "有关机关"


class LetterFacts(Struct, frozen=True, kw_only=True):
    """What one letter may say. ``row`` is None for a reminder, which is about the case itself.

    ``unit`` is the addressee's full name, ``copies`` who else receives it; ``at`` the moment it speaks of, in office
    time: when the row was issued, filed or noted, else now. Of an act of supervision, ``concerned`` is the unit it is
    about, and ``earlier`` are the acts on this case that were issued before it and stand.
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
    concerned: str = ""
    earlier: tuple[Notice, ...] = ()
    basis: tuple[str, ...] = ()
    """The rules that a finding rests on, in words."""
    evidence: tuple[Row, ...] = ()
    """What a finding is shown by, as far as it is in the store."""
    rectification: FindingReply | None = None
    """The unit's last report that a finding was put right."""
    verification: FindingReply | None = None
    """The office's words about how that was looked at."""

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
    if kind == "close_out" and isinstance(row, Finding) and row.verified_at is None:
        return "letter_not_closed"
    unit_id = addressee_of(ticket, row)
    kept_out = {*accused_units(ticket, persons), unit_id}
    # Of what goes up or to all, a copy below would tell a unit what is said of it above, or nothing new.
    alone = kind in ("urgent", "bulletin", "referral")
    others = () if alone else (ticket.unit_id, *ticket.assist_unit_ids)
    return LetterFacts(
        kind=kind,
        ticket=ticket,
        row=row,
        unit=_addressee(r, kind, row, unit_id),
        copies=tuple(_full_name(r, other) for other in others if other and other not in kept_out),
        category=r.reference.category_path(ticket.category_id),
        cited=_cited(r, ticket, row),
        draft=is_draft(row),
        at=r.profile.local(_moment(kind, row) or r.now),
        concerned=_full_name(r, unit_id),
        earlier=_earlier(r, row) if isinstance(row, Notice) else (),
        basis=_basis(r, row) if isinstance(row, Finding) else (),
        evidence=_evidence(r, row) if isinstance(row, Finding) else (),
        rectification=_said(r, row, "rectified") if kind == "close_out" else None,
        verification=_said(r, row, "verified") if kind == "close_out" else None,
    )


def _row(r: Reader, kind: LetterKind, object_id: str) -> LetterRow | None:
    for found in r.all(_BY_ID, {"type": _TYPES[kind], "id": object_id}):
        row = decode_row(found.type, found.data)
        if isinstance(row, Notice) and row.rung != RUNG_KINDS[kind]:
            return None
        if isinstance(row, (Urge, Notice, Finding, UrgentReport)):
            return row
    return None


def _addressee(r: Reader, kind: LetterKind, row: LetterRow | None, unit_id: str) -> str:
    if isinstance(row, UrgentReport):
        return row.recipients
    if kind == "bulletin":
        return TO_ALL_UNITS
    if kind == "referral":
        return r.profile.letters.referral_to or _SOME_BODY
    return _full_name(r, unit_id)


def _earlier(r: Reader, row: Notice) -> tuple[Notice, ...]:
    """What was issued on the case before this act, or before now, and has not been taken back."""
    until = row.issued_at or r.now
    acts = (decode_row("notice", data) for (data,) in r.all(_ACTS, {"ticket_id": row.ticket_id}))
    found = [
        act
        for act in acts
        if isinstance(act, Notice)
        and act.id != row.id
        and act.state in STANDING
        and act.issued_at
        and act.issued_at <= until
    ]
    return tuple(sorted(found, key=lambda act: (str(act.issued_at), act.id)))


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


def _basis(r: Reader, row: Finding) -> tuple[str, ...]:
    """What a finding's citations said on the day of filing; of a draft what they say now."""
    if row.basis_words:
        return tuple(row.basis_words.splitlines())
    rules = r.profile.inspections
    named = ((code, rules.citation(code)) for code in row.basis)
    return tuple(citation.words("zh") if citation is not None else code for code, citation in named)


def _evidence(r: Reader, row: Finding) -> tuple[Row, ...]:
    """The rows that a finding names as its evidence; what is not in the store is not told."""
    found = {
        evidence.id: decode_row(evidence.type, evidence.data)
        for start in range(0, len(row.evidence_ids), _AT_ONCE)
        for evidence in r.all(_EVIDENCE, {"ids": row.evidence_ids[start : start + _AT_ONCE]})
    }
    return tuple(found[each] for each in row.evidence_ids if each in found)


def _said(r: Reader, row: LetterRow | None, stance: Stance) -> FindingReply | None:
    """The last of its words of this kind."""
    said = replies_to(r, row) if isinstance(row, Finding) else ()
    return next((reply for reply in reversed(said) if reply.stance == stance), None)


def _full_name(r: Reader, unit_id: str) -> str:
    unit = r.reference.units.get(unit_id)
    return unit.name if unit is not None else ""


def _moment(kind: LetterKind, row: LetterRow | None) -> datetime | None:
    """When the row was issued, filed, noted or closed out; of a draft none."""
    if kind == "close_out" and isinstance(row, Finding):
        return row.verified_at
    if isinstance(row, Notice):
        return row.issued_at
    if isinstance(row, Finding):
        return row.filed_at
    if isinstance(row, UrgentReport):
        return row.approved_at
    return row.at if isinstance(row, Urge) else None
