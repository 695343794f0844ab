"""What the server checks of findings beyond authority and the fold: unit, code, days, who decides, what proves.

Each rule refuses or says nothing; none writes. Which step is of which stage the fold says, as a conflict; what is
asked here of a step is asked only where the finding stands at that stage.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from desktop.models.domain import finding_payloads as p
from desktop.models.domain.entities import Check, Finding, Inspection, Visit
from desktop.models.domain.finding_rules import (
    cited,
    is_look_back,
    look_back_holds,
    look_back_proves,
    may_leave,
    took_part,
    visit_proves,
)
from desktop.models.domain.ids import is_id
from desktop.models.domain.return_visits import may_book

from .addressees import addressee
from .finding_effects import new_visit
from .inspection_rules import open_inspection, samples_of
from .situation import Situation, rejected
from .tables import change, operation

_LONGEST_RECTIFICATION = 366


def _create(s: Situation, payload: p.FindingPayload) -> None:
    addressee(s, payload.unit_id, "/payload/unit_id")
    _code(s, payload.code, "/payload/code")
    _days(payload.rectify_days, "/payload/rectify_days")
    if payload.inspection_id:
        open_inspection(s, payload.inspection_id)


def _edit(s: Situation, payload: object) -> None:
    for edit in s.op.changes:
        if edit.field == "unit_id":
            addressee(s, str(edit.after), "/changes/unit_id")
        if edit.field == "code":
            _code(s, str(edit.after), "/changes/code")
        if edit.field == "rectify_days":
            _days(edit.after, "/changes/rectify_days")


def _file(s: Situation, payload: object) -> None:
    """Since it was drafted the case may have become a complaint about the unit it would go to."""
    row = _finding(s)
    if row.unit_id and row.unit_id == s.ticket.against_unit_id:
        raise rejected("unit_recused", "/unit_id")


def _reply(s: Situation, payload: p.FindingReplyPayload) -> None:
    row = _finding(s)
    if (payload.ticket_id, payload.unit_id) != (row.ticket_id, row.unit_id):
        raise rejected("bad_value", "/payload/ticket_id")


def _arrange(s: Situation, payload: p.ArrangePayload) -> None:
    row = _finding(s)
    if not may_leave(row, s.kind.name):
        return
    if payload.means == "look_back":
        inspection = s.writer.row("inspection", payload.ref_id)
        if not isinstance(inspection, Inspection) or not is_look_back(inspection, row):
            raise rejected("unknown_verification", "/payload/ref_id")
        _holds(s, inspection, row)
        if inspection.state == "closed" and not _looked_at(s, inspection, row):
            raise rejected("unknown_verification", "/payload/ref_id")
        return
    visit = s.writer.row("visit", payload.ref_id)
    if visit is None:
        _opens(s, payload)
        return
    assert isinstance(visit, Visit)  # by its type
    waits = visit.state in ("waiting", "booked")
    if not (visit_proves(visit, row) or (waits and visit.ticket_id in cited(row))):
        raise rejected("unknown_verification", "/payload/ref_id")


def _opens(s: Situation, payload: p.ArrangePayload) -> None:
    """Nobody is called twice for one case: where a visit waits already, that one is named."""
    if not is_id(payload.ref_id):
        raise rejected("bad_id", "/payload/ref_id")
    visits = s.writer.children(s.ticket.id, "visit")
    if any(isinstance(visit, Visit) and visit.state in ("waiting", "booked") for visit in visits):
        raise rejected("visit_waits_already", "/payload/ref_id")
    if payload.booked_at is not None:
        allowed = may_book(s.profile, new_visit(s, payload), [], payload.booked_at, s.now)
        if not allowed.allowed:
            raise rejected("booking_not_permitted", "/payload/booked_at", allowed.reason or "")


def _verify(s: Situation, payload: p.VerifyPayload) -> None:
    """Nothing is closed out on somebody's word: a visit was made, or a look-back carried out."""
    row = _finding(s)
    if not may_leave(row, s.kind.name) or payload.means is None:
        return  # the fold says both
    if payload.means == "return_visit":
        visit = s.writer.row("visit", payload.ref_id)
        if not isinstance(visit, Visit) or visit.ticket_id not in cited(row):
            raise rejected("unknown_verification", "/payload/ref_id")
        if not visit_proves(visit, row):
            raise rejected("not_verified_yet", "/payload/ref_id")
        return
    inspection = s.writer.row("inspection", payload.ref_id)
    if not isinstance(inspection, Inspection) or row.unit_id not in inspection.unit_ids:
        raise rejected("unknown_verification", "/payload/ref_id")
    if is_look_back(inspection, row):
        _holds(s, inspection, row)
    if not _looked_at(s, inspection, row):
        raise rejected("not_verified_yet", "/payload/ref_id")


def _holds(s: Situation, inspection: Inspection, row: Finding) -> None:
    """Another case put right says nothing of those that the finding is about."""
    tickets = [s.writer.ticket(ticket_id) for ticket_id in cited(row)]
    numbers = [ticket.number if ticket is not None else "" for ticket in tickets]
    samples = samples_of(s.connection, inspection)
    if not look_back_holds(inspection, numbers, (n for each in samples for n in (*each.musts, *each.lots))):
        raise rejected("not_in_the_look_back", "/payload/ref_id")


def _looked_at(s: Situation, inspection: Inspection, row: Finding) -> bool:
    checks = [each for ticket_id in cited(row) for each in s.writer.children(ticket_id, "check")]
    return look_back_proves(inspection, row, [each for each in checks if isinstance(each, Check)])


def _decide(s: Situation, payload: p.ReviewDecisionPayload) -> None:
    """Whoever had a hand in it does not judge it, nor whoever answers for the unit."""
    row = _finding(s)
    if not may_leave(row, s.kind.name):
        return
    if row.unit_id in s.viewer.unit_ids:
        raise rejected("own_unit", "/entity_id")
    found_in = s.writer.row("inspection", row.inspection_id) if row.inspection_id else None
    inspection = found_in if isinstance(found_in, Inspection) else None
    if took_part(row, s.viewer.person_id, inspection) or _acted(s):
        raise rejected("took_part", "/entity_id")


def _acted(s: Situation) -> bool:
    """The same by the log of changes, which also tells of the time before the row did."""
    mine = (
        select(change.c.position)
        .select_from(change.join(operation, operation.c.op_id == change.c.caused_by))
        .where(
            change.c.type == "finding",
            change.c.id == s.op.entity_id,
            operation.c.person_id == s.viewer.person_id,
        )
    )
    return s.connection.execute(mine.limit(1)).first() is not None


def _finding(s: Situation) -> Finding:
    assert isinstance(s.row, Finding)  # the catalogue names the type
    return s.row


def _days(days: object, pointer: str) -> None:
    if not isinstance(days, int) or not 0 <= days <= _LONGEST_RECTIFICATION:
        raise rejected("bad_value", pointer)


def _code(s: Situation, code: str, pointer: str) -> None:
    if s.profile.finding_code(code) is None:
        raise rejected("unknown_code", pointer)


RULES: dict[str, Callable[[Situation, Any], None]] = {
    "finding.create": _create,
    "finding.edit": _edit,
    "finding.file": _file,
    "finding.reply": _reply,
    "finding.arrange": _arrange,
    "finding.verify": _verify,
    "finding.decide": _decide,
}
"""By kind; a kind without a line has nothing to be checked beyond authority and the fold."""
