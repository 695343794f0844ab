"""Findings as questions: the register, one finding with its replies, what its form needs to know.

The register is an array of row ids like the list of tickets; the rows behind them are fetched by the page. Forms begun
on this desktop and not yet made into a finding stand among the drafts, with negative ids. Nothing here knows a word.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Integer, and_, bindparam, func, literal_column, select

from desktop.models.domain.deadlines import working_span
from desktop.models.domain.entities import Finding, FindingReply, Ticket, decode_row
from desktop.models.domain.finding_rules import RESTING, RUNNING
from desktop.models.domain.tickets import Light
from desktop.models.store.tables import draft, finding_list, projection, ticket_list

from .base import Reader
from .finding_filter import (
    GROUPS,
    FindingFilter,
    Group,
    escaped,
    group_of,
    in_group,
    narrowing,
    order_of,
)

_f = finding_list.c
_rid = literal_column("finding_list.rowid", Integer)
_draft_rid = literal_column("draft.rowid", Integer)
_joined = finding_list.outerjoin(ticket_list, ticket_list.c.id == _f.ticket_id)
_ids_decoder = msgspec.json.Decoder(list[int])


class FindingIds(Struct, frozen=True, kw_only=True):
    """The answer to a filter: row ids in display order, and how many each group would show with the same filter."""

    wanted: FindingFilter
    rids: array[int]
    counts: dict[Group, int]


class FindingRow(Struct, frozen=True, kw_only=True):
    """One line of the register. ``number`` "" = to be numbered by the server when filed.

    ``finding_id`` "" = a form begun for the ticket and not made into a finding yet. ``span`` = working (days, hours)
    past due, or until due; ``light`` "none" where no time runs.
    """

    rid: int
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
    light: Light
    span: tuple[int, int]
    pending: bool
    good: bool = False

    @property
    def row_id(self) -> str:
        """What selection and commands speak of: the finding, or "form:" and the ticket."""
        return self.finding_id or form_row_id(self.ticket_id)


class FindingDetail(Struct, frozen=True, kw_only=True):
    """One finding; replies oldest first; ``pending`` = unsent operations on it."""

    finding: Finding
    replies: tuple[FindingReply, ...]
    ticket: Ticket | None
    unit_name: str
    pending: int


class _BegunForm(Struct, frozen=True, kw_only=True):
    """What the register tells of a form that was begun."""

    unit_id: str = ""
    code: str = ""
    severity: str = ""


class _Begun(Struct, frozen=True, kw_only=True):
    form: _BegunForm = _BegunForm()


_ROWS = (
    select(
        finding_list,
        _rid.label("rid"),
        ticket_list.c.number.label("ticket_number"),
        ticket_list.c.title.label("ticket_title"),
    )
    .select_from(_joined)
    .where(_rid.in_(bindparam("rids", expanding=True)))
)
_BEGUN = (
    select(
        _draft_rid.label("rid"), draft.c.ticket_id, draft.c.body, ticket_list.c.number, ticket_list.c.title
    )
    .select_from(draft.outerjoin(ticket_list, ticket_list.c.id == draft.c.ticket_id))
    .where(draft.c.ticket_id != "", draft.c.key == "finding:" + draft.c.ticket_id)
    .order_by(draft.c.updated_at.desc(), draft.c.key)
)
_ROW = select(projection.c.data, projection.c.pending).where(
    (projection.c.type == bindparam("type")) & (projection.c.id == bindparam("id"))
)
_REPLIES = select(projection.c.data).where(
    (projection.c.ticket_id == bindparam("ticket_id")) & (projection.c.type == "finding_reply")
)
_SAME = (
    select(_rid)
    .select_from(finding_list)
    .where(
        _f.ticket_id == bindparam("ticket_id"),
        _f.unit_id == bindparam("unit_id"),
        _f.code == bindparam("code"),
        _f.id != bindparam("but"),
        _f.state != "withdrawn",
    )
    .order_by(_f.created_at)
)
_RID_OF = select(_rid).select_from(finding_list).where(_f.id == bindparam("id"))
_ANSWERED = select(func.count()).select_from(finding_list).where(_f.state == "replied")


def form_row_id(ticket_id: str) -> str:
    """How the register calls a form begun for a ticket."""
    return f"form:{ticket_id}"


def finding_ids(r: Reader, wanted: FindingFilter) -> FindingIds:
    """The register under a filter: begun forms first, then the findings in the order asked for."""
    begun = [row.rid for row in _begun(r) if _fits(r, row, wanted)]
    narrowed = narrowing(r, wanted)
    counts = _counts(r, narrowed, len(begun))
    group = in_group(r, wanted.group)
    listed = select(_rid.label("rid")).select_from(_joined).where(*narrowed)
    if group is not None:
        listed = listed.where(group)
    inner = listed.order_by(*order_of(wanted)).subquery()
    body = r.connection.execute(select(func.json_group_array(inner.c.rid))).scalar_one()
    rids = array("q", [-rid for rid in begun] if wanted.group in ("all", "drafts") else [])
    rids.extend(_ids_decoder.decode(body))
    return FindingIds(wanted=wanted, rids=rids, counts=counts)


def finding_rows(r: Reader, rids: Sequence[int]) -> tuple[FindingRow, ...]:
    """The rows of these ids, in any order; what has gone meanwhile is left out."""
    filed = r.all(_ROWS, {"rids": [rid for rid in rids if rid > 0]})
    found = [_finding_row(r, row._mapping) for row in filed]
    wanted = {-rid for rid in rids if rid < 0}
    if wanted:
        found += [_begun_row(r, row) for row in _begun(r) if row.rid in wanted]
    return tuple(found)


def rid_of_finding(r: Reader, finding_id: str) -> int | None:
    """The row id of a finding, None when it is not in the store."""
    rid = r.connection.execute(_RID_OF, {"id": finding_id}).scalar()
    return int(rid) if rid is not None else None


def same_findings(
    r: Reader, ticket_id: str, unit_id: str, code: str, but: str = ""
) -> tuple[FindingRow, ...]:
    """Findings of the same fact, oldest first: same ticket, unit and code, not withdrawn, other than ``but``."""
    if not (ticket_id and unit_id and code):
        return ()
    asked = {"ticket_id": ticket_id, "unit_id": unit_id, "code": code, "but": but}
    rids = [row[0] for row in r.all(_SAME, asked)]
    return tuple(sorted(finding_rows(r, rids), key=lambda row: rids.index(row.rid)))


def finding_detail(r: Reader, finding_id: str) -> FindingDetail | None:
    """One finding, None when it is not in the store."""
    row = r.connection.execute(_ROW, {"type": "finding", "id": finding_id}).first()
    if row is None:
        return None
    finding = decode_row("finding", row.data)
    if not isinstance(finding, Finding):
        return None
    return FindingDetail(
        finding=finding,
        replies=replies_to(r, finding),
        ticket=ticket_of(r, finding.ticket_id),
        unit_name=r.reference.unit_name(finding.unit_id),
        pending=row.pending,
    )


def replies_to(r: Reader, finding: Finding) -> tuple[FindingReply, ...]:
    """Everything the unit has said to a finding, oldest first."""
    rows = r.all(_REPLIES, {"ticket_id": finding.ticket_id})
    replies = [x for row in rows if isinstance(x := decode_row("finding_reply", row.data), FindingReply)]
    return tuple(sorted((x for x in replies if x.finding_id == finding.id), key=lambda x: (x.at, x.id)))


def tickets_by_number(r: Reader, text: str, limit: int = 8) -> tuple[tuple[str, str, str], ...]:
    """(id, number, title) of tickets whose number ends with ``text``; for citing a further ticket."""
    digits = text.strip()
    if len(digits) < 3:
        return ()
    statement = (
        select(ticket_list.c.id, ticket_list.c.number, ticket_list.c.title)
        .where(ticket_list.c.number.like("%" + escaped(digits), escape="\\"))
        .order_by(ticket_list.c.number)
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


# -- inside ----------------------------------------------------------------------------------------------------


def _counts(r: Reader, narrowed: Iterable[ColumnElement[bool]], begun: int) -> dict[Group, int]:
    group = group_of(r).label("grp")
    statement = select(group, func.count()).select_from(_joined).where(and_(True, *narrowed)).group_by(group)
    found = {name: int(count) for name, count in r.all(statement)}
    counts: dict[Group, int] = {name: found.get(name, 0) for name in GROUPS if name != "all"}
    counts["drafts"] += begun
    return {"all": sum(counts.values()), **counts}


def _begun(r: Reader) -> list[Any]:
    return r.all(_BEGUN)


def _fits(r: Reader, row: Any, wanted: FindingFilter) -> bool:
    form = _form_of(row)
    said = f"{row.number or ''} {row.title or ''}"
    return (
        not wanted.of_filed
        and (not wanted.unit_ids or form.unit_id in wanted.unit_ids)
        and (not wanted.severities or form.severity in wanted.severities)
        and (not wanted.codes or form.code in wanted.codes)
        and all(word in said for word in wanted.text.split())
    )


def _form_of(row: Any) -> _BegunForm:
    try:
        return msgspec.json.decode(row.body, type=_Begun).form
    except msgspec.MsgspecError:
        return _BegunForm()


def _begun_row(r: Reader, row: Any) -> FindingRow:
    form = _form_of(row)
    code = r.profile.finding_code(form.code)
    return FindingRow(
        rid=-row.rid,
        finding_id="",
        ticket_id=row.ticket_id,
        ticket_number=row.number or "",
        ticket_title=row.title or "",
        number="",
        code=form.code,
        code_words=code.words(r.language) if code else "",
        severity=form.severity if code else "",
        state="draft",
        unit_name=r.reference.unit_name(form.unit_id),
        filed_at=None,
        rectify_due_at=None,
        light="none",
        span=(0, 0),
        pending=False,
    )


def _finding_row(r: Reader, values: Any) -> FindingRow:
    code = r.profile.finding_code(values["code"])
    good = code is not None and code.good
    due = _moment(r, values["rectify_due_at"]) if not good else None
    state: Light = "none"
    span = (0, 0)
    if due is not None and values["state"] in RESTING:
        state = "paused"
    elif due is not None and values["state"] in RUNNING:
        late = due < r.now
        soon = (due - r.now).total_seconds() <= r.profile.due_soon_hours * 3600
        state = "overdue" if late else "due_soon" if soon else "normal"
        span = working_span(r.profile, *((due, r.now) if late else (r.now, due)))
    return FindingRow(
        rid=values["rid"],
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
        filed_at=_moment(r, values["filed_at"]),
        rectify_due_at=_moment(r, values["rectify_due_at"]),
        light=state,
        span=span,
        pending=bool(values["pending"]),
        good=good,
    )


def _moment(r: Reader, seconds: int | None) -> datetime | None:
    """A list table's whole seconds as office time."""
    return None if seconds is None else datetime.fromtimestamp(seconds, tz=r.profile.zone())
