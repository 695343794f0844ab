"""Findings as questions: the register, one finding with its replies, what its form needs to cite."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Select, bindparam, func, select

from desktop.models.domain.entities import Finding, FindingReply, Ticket, TimelineEntry, decode_row
from desktop.models.store.tables import finding_list, projection, ticket_list

from .base import Reader

ACTIVE = ("filed", "acknowledged", "replied", "rectifying", "rectified", "returned", "review_requested")


class FindingRow(Struct, frozen=True, kw_only=True):
    """One line of the register. ``number`` "" = to be numbered by the server when filed."""

    finding_id: str
    ticket_id: str
    ticket_number: str
    ticket_title: str
    number: str
    code: str
    code_words: str
    severity: str
    state: str
    unit_name: str
    filed_at: datetime | None
    rectify_due_at: datetime | None
    replied_at: datetime | None
    mine: bool
    pending: bool


class FindingDetail(Struct, frozen=True, kw_only=True):
    """One finding; replies oldest first; ``cited`` = the tickets it names that are in the store."""

    finding: Finding
    replies: tuple[FindingReply, ...]
    ticket: Ticket | None
    cited: tuple[Ticket, ...]
    unit_name: str
    pending: int


class Citable(Struct, frozen=True, kw_only=True):
    """A ticket with the timeline entries that a finding may cite, oldest first."""

    ticket: Ticket
    entries: tuple[TimelineEntry, ...]


_LIST = (
    select(
        finding_list, ticket_list.c.number.label("ticket_number"), ticket_list.c.title.label("ticket_title")
    )
    .select_from(finding_list.outerjoin(ticket_list, ticket_list.c.id == finding_list.c.ticket_id))
    .order_by(func.coalesce(finding_list.c.filed_at, finding_list.c.created_at).desc(), finding_list.c.id)
)
_ROW = select(projection.c.data, projection.c.pending).where(
    (projection.c.type == bindparam("type")) & (projection.c.id == bindparam("id"))
)
_CHILDREN = select(projection.c.data).where(
    (projection.c.ticket_id == bindparam("ticket_id")) & (projection.c.type == bindparam("type"))
)
_ANSWERED = select(func.count()).select_from(finding_list).where(finding_list.c.state == "replied")


def findings(
    r: Reader, states: tuple[str, ...] = (), unit_ids: tuple[str, ...] = ()
) -> tuple[FindingRow, ...]:
    """The register, newest first; empty tuples do not filter."""
    statement: Select[tuple[object, ...]] = _LIST
    if states:
        statement = statement.where(finding_list.c.state.in_(states))
    if unit_ids:
        statement = statement.where(finding_list.c.unit_id.in_(unit_ids))
    return tuple(_finding_row(r, row) for row in r.all(statement))


def finding_detail(r: Reader, finding_id: str) -> FindingDetail | None:
    """One finding, None when it is not in the store."""
    row = r.connection.execute(_ROW, {"type": "finding", "id": finding_id}).first()
    if row is None:
        return None
    finding = decode_row("finding", row.data)
    if not isinstance(finding, Finding):
        return None
    rows = r.all(_CHILDREN, {"type": "finding_reply", "ticket_id": finding.ticket_id})
    replies = [x for c in rows if isinstance(x := decode_row("finding_reply", c.data), FindingReply)]
    cited = tuple(t for i in finding.cited_ticket_ids if (t := ticket_of(r, i)) is not None)
    return FindingDetail(
        finding=finding,
        replies=tuple(sorted((x for x in replies if x.finding_id == finding.id), key=lambda x: x.at)),
        ticket=ticket_of(r, finding.ticket_id),
        cited=cited,
        unit_name=r.reference.unit_name(finding.unit_id),
        pending=row.pending,
    )


def citable(r: Reader, ticket_id: str) -> Citable | None:
    """A ticket with its timeline, for the right column of the finding form."""
    ticket = ticket_of(r, ticket_id)
    if ticket is None:
        return None
    rows = r.all(_CHILDREN, {"type": "timeline_entry", "ticket_id": ticket_id})
    entries = [e for c in rows if isinstance(e := decode_row("timeline_entry", c.data), TimelineEntry)]
    return Citable(ticket=ticket, entries=tuple(sorted(entries, key=lambda e: e.at)))


def tickets_by_number(r: Reader, text: str, limit: int = 8) -> tuple[tuple[str, str, str], ...]:
    """(id, number, title) of tickets whose number ends with ``text``; for citing a further ticket."""
    digits = text.strip()
    if len(digits) < 3:
        return ()
    pattern = "%" + digits.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    statement = (
        select(ticket_list.c.id, ticket_list.c.number, ticket_list.c.title)
        .where(ticket_list.c.number.like(pattern, escape="\\"))
        .limit(limit)
    )
    return tuple((row.id, row.number, row.title) for row in r.all(statement))


def ticket_of(r: Reader, ticket_id: str) -> Ticket | None:
    """A ticket's full row, None when it is not in the store."""
    row = r.connection.execute(_ROW, {"type": "ticket", "id": ticket_id}).first()
    ticket = decode_row("ticket", row.data) if row is not None else None
    return ticket if isinstance(ticket, Ticket) else None


def findings_answered(r: Reader) -> int:
    """How many findings the units have answered: the number on the rail."""
    return int(r.connection.execute(_ANSWERED).scalar_one())


def moment(r: Reader, seconds: int | None) -> datetime | None:
    """A list table's whole seconds as office time."""
    return None if seconds is None else datetime.fromtimestamp(seconds, tz=r.profile.zone())


def _finding_row(r: Reader, row: object) -> FindingRow:
    values = row._mapping  # type: ignore[attr-defined]
    code = r.profile.finding_code(values["code"])
    return FindingRow(
        finding_id=values["id"],
        ticket_id=values["ticket_id"],
        ticket_number=values["ticket_number"] or "",
        ticket_title=values["ticket_title"] or "",
        number=values["number"],
        code=values["code"],
        code_words=code.words(r.language) if code else "",
        severity=values["severity"],
        state=values["state"],
        unit_name=r.reference.unit_name(values["unit_id"]),
        filed_at=moment(r, values["filed_at"]),
        rectify_due_at=moment(r, values["rectify_due_at"]),
        replied_at=moment(r, values["replied_at"]),
        mine=values["author_id"] == r.me.person_id,
        pending=bool(values["pending"]),
    )
