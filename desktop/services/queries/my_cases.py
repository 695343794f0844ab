"""The liaison's questions: what is asked of my unit, each with its due time, then the unit's tickets."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct
from sqlalchemy import bindparam, func, or_, select

from desktop.models.domain.entities import (
    Finding,
    FindingReply,
    Inquiry,
    Inspection,
    Notice,
    Urge,
    decode_row,
)
from desktop.models.domain.finding_rules import no_review
from desktop.models.store.tables import (
    finding_list,
    inquiry_list,
    notice_list,
    projection,
    ticket_list,
    urge_list,
)

from .base import Reader
from .finding_course import Counter, counters_of
from .findings import replies_to

RECTIFYING = ("confirmed", "rectifying", "returned")
ASKS_OF_FINDINGS = ("filed", "acknowledged", *RECTIFYING)
AskKind = Literal["urge", "notice", "finding", "rectification", "inquiry"]


class Ask(Struct, frozen=True, kw_only=True):
    """One thing asked of the unit. ``due_at`` None = no limit; ``answered`` = nothing left to do here.

    ``reviewable``: answered, and the unit may still ask for a review while the office looks at what it reported.
    """

    kind: AskKind
    entity_id: str
    ticket_id: str
    ticket_number: str
    ticket_title: str
    unit_name: str
    summary: str
    asked_at: datetime
    asked_by: str
    due_at: datetime | None
    answered: bool
    pending: bool
    reviewable: bool = False
    rung: str = ""
    """Which act of supervision it is, "" for what is none."""


_URGES = (
    select(projection.c.data, projection.c.pending, ticket_list.c.number, ticket_list.c.title)
    .select_from(
        urge_list.join(projection, (projection.c.type == "urge") & (projection.c.id == urge_list.c.id)).join(
            ticket_list, ticket_list.c.id == urge_list.c.ticket_id
        )
    )
    .where(urge_list.c.unit_id.in_(bindparam("units", expanding=True)))
    .where(urge_list.c.acknowledged_at.is_(None) | (projection.c.pending > 0))
)
_NOTICES = (
    select(projection.c.data, projection.c.pending, ticket_list.c.number, ticket_list.c.title)
    .select_from(
        notice_list.join(
            projection, (projection.c.type == "notice") & (projection.c.id == notice_list.c.id)
        ).join(ticket_list, ticket_list.c.id == notice_list.c.ticket_id)
    )
    .where(notice_list.c.unit_id.in_(bindparam("units", expanding=True)))
    .where(
        (notice_list.c.state == "issued") | ((notice_list.c.state == "replied") & (projection.c.pending > 0))
    )
)
# Of good practice the unit confirms receipt, and that is all.
_SOMETHING_ASKED = or_(
    finding_list.c.code.not_in(bindparam("good", expanding=True)), finding_list.c.state == "filed"
)
_FINDINGS = (
    select(projection.c.data, projection.c.pending, ticket_list.c.number, ticket_list.c.title)
    .select_from(
        finding_list.join(
            projection, (projection.c.type == "finding") & (projection.c.id == finding_list.c.id)
        ).outerjoin(ticket_list, ticket_list.c.id == finding_list.c.ticket_id)
    )
    .where(finding_list.c.unit_id.in_(bindparam("units", expanding=True)), _SOMETHING_ASKED)
    .where(
        finding_list.c.state.in_((*ASKS_OF_FINDINGS, "rectified"))
        | ((finding_list.c.state == "replied") & (projection.c.pending > 0))
    )
)
_INQUIRIES = (
    select(projection.c.data, projection.c.pending, ticket_list.c.number, ticket_list.c.title)
    .select_from(
        inquiry_list.join(
            projection, (projection.c.type == "inquiry") & (projection.c.id == inquiry_list.c.id)
        ).join(ticket_list, ticket_list.c.id == inquiry_list.c.ticket_id)
    )
    .where(inquiry_list.c.unit_id.in_(bindparam("units", expanding=True)))
    .where(
        (inquiry_list.c.state == "asked")
        | ((inquiry_list.c.state == "answered") & (projection.c.pending > 0))
    )
)
_COUNTS = (
    select(func.count())
    .select_from(inquiry_list)
    .where(
        inquiry_list.c.unit_id.in_(bindparam("units", expanding=True)) & (inquiry_list.c.state == "asked")
    ),
    select(func.count())
    .select_from(urge_list)
    .where(
        urge_list.c.unit_id.in_(bindparam("units", expanding=True)) & urge_list.c.acknowledged_at.is_(None)
    ),
    select(func.count())
    .select_from(notice_list)
    .where(notice_list.c.unit_id.in_(bindparam("units", expanding=True)) & (notice_list.c.state == "issued")),
    select(func.count())
    .select_from(finding_list)
    .where(
        finding_list.c.unit_id.in_(bindparam("units", expanding=True))
        & finding_list.c.state.in_(ASKS_OF_FINDINGS)
        & _SOMETHING_ASKED
    ),
)


def asked_of_my_unit(r: Reader) -> tuple[Ask, ...]:
    """Urges to acknowledge, notices and findings to answer, rectifications: soonest due first, undated last.

    What this desktop has answered but not yet sent stays in the list, marked ``answered`` and ``pending``; so does a
    rectification reported while a review may still be asked for.
    """
    units = {"units": list(r.me.unit_ids)}
    asks = [_from_urge(r, *row) for row in r.all(_URGES, units)]
    asks += [_from_notice(r, *row) for row in r.all(_NOTICES, units)]
    found = [_from_finding(r, *row) for row in r.all(_FINDINGS, units | _good(r))]
    asks += [ask for ask in found if ask.pending or ask.reviewable or not ask.answered]
    asks += [_from_inquiry(r, *row) for row in r.all(_INQUIRIES, units)]
    asks.sort(key=lambda a: (a.answered, a.due_at is None, a.due_at or a.asked_at, a.asked_at, a.entity_id))
    return tuple(asks)


def asked_count(r: Reader) -> int:
    """How many things still wait for the unit: the number on the rail."""
    units = {"units": list(r.me.unit_ids)}
    *others, findings = _COUNTS
    counted = sum(int(r.connection.execute(statement, units).scalar_one()) for statement in others)
    return counted + int(r.connection.execute(findings, units | _good(r)).scalar_one())


def _good(r: Reader) -> dict[str, list[str]]:
    return {"good": [code.code for code in r.profile.finding_codes if code.good]}


def _from_urge(r: Reader, data: bytes, pending: int, number: str, title: str) -> Ask:
    urge = decode_row("urge", data)
    if not isinstance(urge, Urge):
        raise TypeError("an urge row holds something else")
    return Ask(
        kind="urge",
        entity_id=urge.id,
        ticket_id=urge.ticket_id,
        ticket_number=number,
        ticket_title=title,
        unit_name=r.reference.unit_name(urge.unit_id),
        summary=urge.text or urge.answer,
        asked_at=urge.at,
        asked_by=urge.by_name,
        due_at=urge.promised_at,
        answered=urge.acknowledged_at is not None,
        pending=bool(pending),
    )


def _from_notice(r: Reader, data: bytes, pending: int, number: str, title: str) -> Ask:
    notice = decode_row("notice", data)
    if not isinstance(notice, Notice):
        raise TypeError("a notice row holds something else")
    return Ask(
        kind="notice",
        rung=notice.rung,
        entity_id=notice.id,
        ticket_id=notice.ticket_id,
        ticket_number=number,
        ticket_title=title,
        unit_name=r.reference.unit_name(notice.unit_id),
        summary=notice.requirement,
        asked_at=notice.issued_at or notice.created_at,
        asked_by=notice.author_name,
        due_at=notice.reply_due_at,
        answered=notice.state == "replied",
        pending=bool(pending),
    )


def _from_finding(r: Reader, data: bytes, pending: int, number: str | None, title: str | None) -> Ask:
    finding = decode_row("finding", data)
    if not isinstance(finding, Finding):
        raise TypeError("a finding row holds something else")
    rectifying = finding.state in (*RECTIFYING, "rectified")
    return Ask(
        kind="rectification" if rectifying else "finding",
        entity_id=finding.id,
        ticket_id=finding.ticket_id,
        ticket_number=number or "",
        ticket_title=title or "",
        unit_name=r.reference.unit_name(finding.unit_id),
        summary=finding.requirement if rectifying else finding.facts,
        asked_at=finding.filed_at or finding.created_at,
        asked_by=finding.author_name,
        due_at=finding.rectify_due_at,
        answered=finding.state in ("replied", "rectified"),
        pending=bool(pending),
        reviewable=finding.state == "rectified" and no_review(r.profile, finding, r.now) == "",
    )


def _from_inquiry(r: Reader, data: bytes, pending: int, number: str, title: str) -> Ask:
    inquiry = decode_row("inquiry", data)
    if not isinstance(inquiry, Inquiry):
        raise TypeError("an inquiry row holds something else")
    return Ask(
        kind="inquiry",
        entity_id=inquiry.id,
        ticket_id=inquiry.ticket_id,
        ticket_number=number,
        ticket_title=title,
        unit_name=r.reference.unit_name(inquiry.unit_id),
        summary=inquiry.text,
        asked_at=inquiry.at,
        asked_by=inquiry.by_name,
        due_at=inquiry.due_at,
        answered=inquiry.state != "asked",
        pending=bool(pending),
    )


class AskDetail(Struct, frozen=True, kw_only=True):
    """One thing asked, whole; exactly one of the four rows is there. Replies oldest first."""

    urge: Urge | None = None
    notice: Notice | None = None
    finding: Finding | None = None
    inquiry: Inquiry | None = None
    replies: tuple[FindingReply, ...] = ()
    counters: tuple[Counter, ...] = ()
    """The times that run on a finding."""
    checklist: str = ""
    """The checklist of the inspection that a finding comes of, as a code; "" = of none, or of one that is not here."""


_ONE = select(projection.c.data).where(
    (projection.c.type == bindparam("type")) & (projection.c.id == bindparam("id"))
)


def ask_detail(r: Reader, kind: AskKind, entity_id: str) -> AskDetail | None:
    """What is asked, in full; None when it has left the store."""
    entity_type = "finding" if kind == "rectification" else kind
    data = r.connection.execute(_ONE, {"type": entity_type, "id": entity_id}).scalar()
    if data is None:
        return None
    row = decode_row(entity_type, data)
    if isinstance(row, Urge):
        return AskDetail(urge=row)
    if isinstance(row, Notice):
        return AskDetail(notice=row)
    if isinstance(row, Inquiry):
        return AskDetail(inquiry=row)
    if not isinstance(row, Finding):
        return None
    found_in = {"type": "inspection", "id": row.inspection_id}
    data = r.connection.execute(_ONE, found_in).scalar() if row.inspection_id else None
    inspection = decode_row("inspection", data) if data is not None else None
    return AskDetail(
        finding=row,
        replies=replies_to(r, row),
        counters=tuple(counters_of(r, row)),
        checklist=inspection.checklist if isinstance(inspection, Inspection) else "",
    )
