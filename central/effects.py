"""What the server adds to the fold: numbers, names it knows, marks, and what follows for ticket and visit.

Runs inside the operation's transaction, after the fold and before the commit; refuses nothing. Urges, notices, visits,
findings and their answers are rows of their own and tell the timeline themselves; an entry is added only where the
ticket itself moves on.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from msgspec.structs import replace
from sqlalchemy import update

from desktop.models.domain.attachments import kind_of
from desktop.models.domain.entities import (
    Attachment,
    Attempt,
    Finding,
    Guidance,
    Inspection,
    Key,
    Notice,
    Person,
    Row,
    Ticket,
    TicketState,
    TimelineEntry,
    UrgentReport,
    Visit,
)
from desktop.models.domain.ladder import CARDS, STANDING
from desktop.models.domain.payloads import AttachmentPayload, AttemptPayload, CompleteVisitPayload
from desktop.models.domain.privacy import Scope, scope_of
from desktop.models.domain.return_visits import CONVERSATIONS, after_attempt, is_for_the_case, may_book

from . import assigning, dialects, rechecks
from . import finding_effects as findings
from . import inspection_effects as inspections
from . import upward_effects as up
from . import visit_again as again
from .lease_keys import rest_number
from .rules import about_scope, called_at, kept_outside_lease
from .situation import Situation
from .tables import number_series, upload
from .visit_policy import EARLY, attempts_of, may_call

Folded = Mapping[Key, Row]


def write_effects(s: Situation, folded: Folded) -> None:
    """Write the folded rows as the server completes them, and what follows from them."""
    effect = _EFFECTS.get(s.kind.name)
    rows = dict(folded)
    if s.late:
        rows = {key: replace(row, late=True) if hasattr(row, "late") else row for key, row in rows.items()}
    own = (s.kind.entity_type, s.op.entity_id)
    if effect is not None:
        rows[own] = effect(s, rows[own])
    for row in rows.values():
        s.writer.put(row)
    follow = _FOLLOWS.get(s.kind.name)
    if follow is not None:
        follow(s, rows[own])


def derived_id(op_id: str, tag: str) -> str:
    """An id that the same operation always makes for the same thing."""
    digest = blake2b(f"{op_id}\0{tag}".encode(), digest_size=16).digest()
    return str(uuid.UUID(bytes=digest))


def _approved(s: Situation, row: Any) -> Row:
    notice: Notice = row
    return replace(notice, number=_next_number(s, s.profile.series_of(notice.rung), notice.rung))


def _filed(s: Situation, row: Any) -> Row:
    finding: Finding = row
    return replace(finding, number=_next_number(s, s.profile.finding_series, "finding"))


def _guided(s: Situation, row: Any) -> Row:
    guidance: Guidance = row
    series = s.profile.guidance_series if guidance.kind == "reminder" else ""
    return replace(guidance, number=_next_number(s, series, "guidance"))


def _numbered_inspection(s: Situation, row: Any) -> Row:
    inspection: Inspection = row
    return replace(inspection, number=_next_number(s, s.profile.inspections.series, "inspection"))


def _scheduled(s: Situation, row: Any) -> Row:
    visit: Visit = row
    person = s.writer.row("person", visit.assigned_to) if visit.assigned_to else None
    return replace(visit, assigned_name=person.name if isinstance(person, Person) else "")


def _attempted(s: Situation, row: Any) -> Row:
    attempt: Attempt = row
    payload = s.payload
    visit = s.writer.row("visit", attempt.visit_id)
    assert isinstance(payload, AttemptPayload)  # the catalogue names both types
    assert isinstance(visit, Visit)
    at = called_at(s, payload)
    allowed = may_call(s.profile, visit, attempts_of(s.connection, [visit])[visit.id], at)
    return replace(
        attempt,
        at=at,
        contact_id=visit.contact_id,
        outside_lease=kept_outside_lease(s, visit, payload),
        exception_by=visit.exception.decided_by if allowed.excepted and visit.exception else "",
    )


def _completed(s: Situation, row: Any) -> Row:
    visit: Visit = row
    payload = s.payload
    assert isinstance(payload, CompleteVisitPayload)  # the catalogue names the type
    visit = replace(visit, outside_lease=kept_outside_lease(s, visit, payload))
    first_id = rechecks.of_visit(s.connection, visit.id)
    return rechecks.as_recheck(visit, first_id) if first_id else visit


def _mark_supervised(s: Situation, row: Row) -> None:
    """What stands on the ticket marks it; a mark that came with an import is taken back by a withdrawal alone."""
    acts = s.writer.children(s.ticket.id, "notice")
    standing = [act for act in acts if isinstance(act, Notice) and act.state in STANDING]
    supervised, carded = bool(standing), any(act.rung in CARDS for act in standing)
    assert isinstance(row, Notice)  # the catalogue names the type
    if row.state != "withdrawn":
        supervised, carded = supervised or s.ticket.supervised, carded or s.ticket.carded
    elif row.rung not in CARDS:
        carded = carded or s.ticket.carded
    if (s.ticket.supervised, s.ticket.carded) != (supervised, carded):
        s.writer.put(replace(s.ticket, supervised=supervised, carded=carded))


def _after_attempt(s: Situation, row: Any) -> None:
    attempt: Attempt = row
    visit = s.writer.row("visit", attempt.visit_id)
    assert isinstance(visit, Visit)  # the rules have seen it
    if attempt.outcome in CONVERSATIONS:
        rest_number(s.connection, visit.contact_id, attempt.at + timedelta(hours=s.profile.lease.rest_hours))
    if visit.state not in ("waiting", "booked"):
        return
    attempts = [*attempts_of(s.connection, [visit])[visit.id], attempt]
    state = after_attempt(s.profile, visit, attempts)
    if state == "in_call":
        return  # the answers are to come and find the visit as their author saw it
    if state == "waiting":
        again = _booked_again(s, visit, attempts, attempt)
        if again != visit:
            s.writer.put(again)
        return
    ends = {"unreachable": "unreachable", "wrong_number": "unreachable", "refused": "cancelled"}
    s.writer.put(replace(visit, state=ends[state], booked_at=None, booked_until=None))
    if is_for_the_case(visit) and not rechecks.of_visit(s.connection, visit.id):
        _move_on(s, "in_review" if state == "wrong_number" else "archived", closing=visit.id)


def _booked_again(s: Situation, visit: Visit, attempts: list[Attempt], attempt: Attempt) -> Visit:
    """A booking is used up by the call made at its time; a time the citizen names becomes the next one."""
    if attempt.outcome == "call_later" and attempt.call_later_at is not None:
        named = attempt.call_later_at
        if may_book(s.profile, visit, attempts, named, s.now, named_by_citizen=True).allowed:
            return replace(visit, state="booked", booked_at=named, booked_until=None)
    if visit.booked_at is not None and attempt.at >= visit.booked_at - EARLY:
        return replace(visit, state="waiting", booked_at=None, booked_until=None)
    return visit


def _after_completion(s: Situation, row: Any) -> None:
    visit: Visit = row
    until = s.now + timedelta(hours=s.profile.lease.rest_hours)
    rest_number(s.connection, visit.contact_id, until)
    if is_for_the_case(visit) and not visit.recheck_of:
        _move_on(s, "in_review" if visit.proposal else "archived", closing=visit.id)
        rechecks.begin(s, visit, derived_id(s.op.op_id, "recheck"))


def _after_assigning(s: Situation, row: Row) -> None:
    assert isinstance(row, Ticket)  # the catalogue names the type
    s.writer.put(assigning.entry(s, row, derived_id(s.op.op_id, "timeline")))


def _move_on(s: Situation, state: TicketState, *, closing: str) -> None:
    """Move a ticket that waited for this visit and for no other."""
    others = s.writer.children(s.ticket.id, "visit")
    waits = any(
        isinstance(v, Visit) and v.id != closing and v.state in ("waiting", "booked") and is_for_the_case(v)
        for v in others
    )
    if waits or s.ticket.state not in ("to_visit", "completed", "in_review"):
        return
    if s.ticket.state == state:
        return
    moved = replace(s.ticket, state=state)
    if state == "archived":
        moved = replace(moved, archived_at=s.now)
    _tell(s, s.writer.put(moved))


def _tell(s: Situation, ticket: Row, kind: str = "", text: str = "") -> None:
    assert isinstance(ticket, Ticket)  # only tickets move on
    s.writer.put(
        TimelineEntry(
            id=derived_id(s.op.op_id, "timeline"),
            ticket_id=ticket.id,
            at=s.now,
            kind=kind or ticket.state,
            actor=s.viewer.name,
            unit_id=ticket.unit_id,
            text=text,
        )
    )


def _numbered_report(s: Situation, row: Any) -> Row:
    report: UrgentReport = row
    return replace(report, number=_next_number(s, s.profile.report_series, "urgent_report"))


def _after_asking(s: Situation, row: Row) -> None:
    up.after_asking(s, row, _tell)


def _after_deciding(s: Situation, row: Row) -> None:
    up.after_deciding(s, row, _tell)


def _after_registering(s: Situation, row: Row) -> None:
    up.after_registering(s, row, _tell)


def _after_verdict(s: Situation, row: Row) -> None:
    again.after_deciding(s, row, derived_id(s.op.op_id, "again"), _tell)


def _after_inquiry(s: Situation, row: Row) -> None:
    again.after_settling(s, row, derived_id(s.op.op_id, "again"), _tell)


def _after_sending_back(s: Situation, row: Row) -> None:
    again.after_sending_back(s, row, _tell)


def _attached(s: Situation, row: Any) -> Row:
    """The file is for whoever may see the row it belongs to, and of the kind that its bytes were found to be."""
    file: Attachment = replace(row, media_type=kind_of(row.name).media_type)
    scope = about_scope(s, file.about_type, file.about_id) if file.about_type else None
    return file if scope is None else _for(file, scope)


def _for(file: Attachment, scope: Scope) -> Attachment:
    audience = "unit" if scope.audience == "everyone" else scope.audience
    return replace(file, audience=audience, unit_id=scope.unit_id if audience == "unit" else "")


def _evidence_follows(s: Situation, row: Any) -> None:
    """A finding was filed, or goes to another unit: its files are for those who now read it."""
    scope = scope_of(row, s.ticket)
    for file in s.writer.children(s.ticket.id, "attachment"):
        if isinstance(file, Attachment) and (file.about_type, file.about_id) == ("finding", row.id):
            moved = _for(file, scope)
            if moved != file:
                s.writer.put(moved)


def _linked(s: Situation, row: Row) -> None:
    payload = s.payload
    assert isinstance(payload, AttachmentPayload)  # the catalogue names the type
    s.connection.execute(update(upload).where(upload.c.id == payload.upload_id).values(attachment_id=row.id))


def _next_number(s: Situation, series: str, name: str) -> str:
    """The next number of the year's series, drawn in this transaction: no gaps, no doubles."""
    if not series:
        return ""
    year = s.profile.local(s.now).year
    statement = dialects.insert(s.connection, number_series).values(name=f"{name}:{year}", last=1)
    drawn = s.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["name"], set_={"last": number_series.c.last + 1}
        ).returning(number_series.c.last)
    ).scalar_one()
    return series.format(year=year, n=drawn)


_EFFECTS: dict[str, Callable[[Situation, Row], Row]] = {
    "notice.approve": _approved,
    "finding.file": _filed,
    "visit.schedule": _scheduled,
    "visit.assign": _scheduled,
    "visit.attempt": _attempted,
    "visit.complete": _completed,
    "visit.send_back": again.told_back,
    "attachment.link": _attached,
    "guidance.send": _guided,
    "inquiry.answer": again.answered,
    "extension.request": up.completed,
    "extension.decide": up.granted,
    "objection.raise": up.completed,
    "instruction.register": up.registered,
    "urgent_report.approve": _numbered_report,
    "inspection.issue": _numbered_inspection,
    "inspection.freeze": inspections.freeze,
    "inspection.draw": inspections.draw,
}
_FOLLOWS: dict[str, Callable[[Situation, Row], None]] = {
    "ticket.assign": _after_assigning,
    "notice.approve": _mark_supervised,
    "notice.withdraw": _mark_supervised,
    "finding.file": _evidence_follows,
    "finding.edit": _evidence_follows,
    "finding.arrange": findings.after_arranging,
    "visit.attempt": _after_attempt,
    "visit.complete": _after_completion,
    "visit.decide_challenge": _after_verdict,
    "visit.send_back": _after_sending_back,
    "inquiry.settle": _after_inquiry,
    "attachment.link": _linked,
    "extension.request": _after_asking,
    "extension.decide": _after_deciding,
    "objection.raise": _after_asking,
    "objection.decide": _after_deciding,
    "instruction.register": _after_registering,
    "instruction.withdraw": up.after_withdrawing,
    "inspection.fix": inspections.after_fixing,
    "inspection.recuse": inspections.after_recusing,
    "inspection.close": inspections.after_closing,
}
