"""What the server checks of an operation beyond authority and the fold: units, one matter once, hours, uploads.

Each rule refuses or says nothing; none writes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import select

from desktop.models.domain import operations as o
from desktop.models.domain import payloads as p
from desktop.models.domain.attachments import BadFile, kind_of
from desktop.models.domain.entities import Attempt, Notice, Person, Visit, ticket_id_of
from desktop.models.domain.ids import is_id
from desktop.models.domain.ladder import STANDING, in_the_way, may_withdraw
from desktop.models.domain.ladder_rules import may_sign, may_write
from desktop.models.domain.privacy import Scope, may_see, scope_of
from desktop.models.domain.return_visits import may_book

from . import assigning
from .addressees import addressee
from .finding_rules import RULES as FINDINGS
from .inspection_rules import RULES as INSPECTIONS
from .lease_keys import lease_stands
from .matters import merged_with
from .office_rules import OFFICE_RULES
from .situation import Refusal, Situation, rejected
from .tables import upload
from .upward_rules import RULES as UPWARD
from .visit_again import check_inquiry, check_settling
from .visit_policy import attempts_of, may_call

_YEARS = range(1990, 2101)
_RULED_BY_THE_CLOCK = ("outside_hours", "holiday")
"""Refusals that the caller could see coming whatever a colleague did meanwhile."""


def check_values(op: o.Operation, payload: msgspec.Struct) -> None:
    """Bounds that types alone do not give: canonical ids for what is new, aware times of our age."""
    if not is_id(op.op_id):
        raise rejected("bad_id", "/op_id")
    kind = o.CATALOGUE[op.kind]
    fresh = [op.entity_id] if kind.mode == "append" or op.kind.endswith(".create") else []
    fresh += [v for name in ("reply_id", "new_matter_id") if (v := getattr(payload, name, ""))]
    if not all(map(is_id, fresh)):
        raise rejected("bad_id", "/entity_id")
    if not _is_sane(op.client_time):
        raise rejected("bad_value", "/client_time")
    for name in payload.__struct_fields__:
        value = getattr(payload, name)
        if isinstance(value, datetime) and not _is_sane(value):
            raise rejected("bad_value", f"/payload/{name}")
        if isinstance(value, str) and "\0" in value:  # PostgreSQL has no such text
            raise rejected("bad_value", f"/payload/{name}")


def check_rules(s: Situation) -> None:
    """Raises ``Refusal``."""
    rule = _RULES.get(s.kind.name)
    if rule is not None:
        rule(s, s.payload)


def kept_outside_lease(s: Situation, visit: Visit, payload: Any) -> bool:
    """Whether an outcome was recorded without the lease it needed; a visit assigned by name needs none."""
    if visit.assigned_to == s.viewer.person_id:
        return False
    return not lease_stands(
        s.connection,
        visit.id,
        lease_id=payload.lease_id,
        epoch=payload.lease_epoch,
        person_id=s.viewer.person_id,
    )


def called_at(s: Situation, payload: p.AttemptPayload) -> datetime:
    """When the call was made: never later than now, whatever the clock of the desktop said."""
    return min(payload.at, s.now)


def _to_unit(s: Situation, payload: Any) -> None:
    addressee(s, payload.unit_id, "/payload/unit_id")


def _notice_create(s: Situation, payload: p.NoticePayload) -> None:
    if not may_write(s.profile.ladder, payload.rung, s.viewer.roles):
        raise rejected("rung_not_permitted", "/payload/rung")
    _to_unit(s, payload)
    if in_the_way(payload.rung, _other_acts(s)) is not None:
        raise rejected("already_supervised", "/payload/ticket_id")


def _notice_approve(s: Situation, payload: object) -> None:
    _signs(s)
    assert isinstance(s.row, Notice)  # the catalogue names the type
    addressee(s, s.row.unit_id, "/unit_id")
    issued = (act for act in _other_acts(s) if act.state in STANDING)
    if in_the_way(s.row.rung, issued) is not None:
        raise rejected("already_supervised", "/payload/ticket_id")


def _notice_return(s: Situation, payload: object) -> None:
    _signs(s)


def _signs(s: Situation) -> None:
    """Which rungs a role signs is the city's to say."""
    assert isinstance(s.row, Notice)  # the catalogue names the type
    if not may_sign(s.profile.ladder, s.row.rung, s.viewer.roles):
        raise rejected("rung_not_permitted", "/entity_id")


def _notice_withdraw(s: Situation, payload: object) -> None:
    assert isinstance(s.row, Notice)  # the catalogue names the type
    if not may_withdraw(s.profile.ladder, s.row, s.viewer.person_id, s.viewer.roles):
        raise rejected("rung_not_permitted", "/entity_id")


def _other_acts(s: Situation) -> list[Notice]:
    """The other acts of supervision of the same matter: on this ticket, and on those merged with it."""
    others = merged_with(s.connection, s.ticket)
    if others:
        s.writer.wait_for(f"matter:{min(s.ticket.id, *others)}")  # somebody may be at another ticket of it
    tickets = (s.ticket.id, *others)
    acts = (row for ticket_id in tickets for row in s.writer.children(ticket_id, "notice"))
    return [act for act in acts if isinstance(act, Notice) and act.id != s.op.entity_id]


def _edit(s: Situation, payload: object) -> None:
    for edit in s.op.changes:
        if edit.field == "unit_id":
            addressee(s, str(edit.after), "/changes/unit_id")


def _caller(s: Situation, person_id: str, pointer: str) -> None:
    """Somebody who calls citizens, and who may have this one on the telephone; "" = anyone."""
    if not person_id:
        return
    person = s.writer.row("person", person_id)
    if not isinstance(person, Person) or not o.CATALOGUE["visit.schedule"].roles & set(person.roles):
        raise rejected("unknown_person", pointer)
    if s.ticket.level == "report" and "cleared" not in person.roles:
        raise rejected("clearance_needed", pointer)


def _assign(s: Situation, payload: p.AssignPayload) -> None:
    _caller(s, payload.person_id, "/payload/person_id")


def _schedule(s: Situation, payload: p.SchedulePayload) -> None:
    assert isinstance(s.row, Visit)  # the catalogue names the type
    if s.row.mode != "phone":
        raise rejected("other_channel", "/entity_id")
    _caller(s, payload.assigned_to, "/payload/assigned_to")
    if payload.booked_at is None:
        return
    if payload.booked_until is not None and payload.booked_until < payload.booked_at:
        raise rejected("bad_value", "/payload/booked_until")
    attempts = attempts_of(s.connection, [s.row])[s.row.id]
    allowed = may_book(
        s.profile, s.row, attempts, payload.booked_at, s.now, named_by_citizen=payload.named_by_citizen
    )
    if not allowed.allowed and allowed.reason != "closed":  # the fold says that, as a conflict
        raise rejected("booking_not_permitted", "/payload/booked_at", allowed.reason or "")


def _attempt(s: Situation, payload: p.AttemptPayload) -> None:
    visit = s.writer.row("visit", payload.visit_id)
    if not isinstance(visit, Visit) or visit.ticket_id != payload.ticket_id:
        raise rejected("bad_value", "/payload/visit_id")
    if visit.mode != "phone":
        raise rejected("other_channel", "/payload/visit_id")
    attempts = attempts_of(s.connection, [visit])[visit.id]
    allowed = may_call(s.profile, visit, attempts, called_at(s, payload))
    if allowed.allowed or allowed.reason == "closed":  # a call that was made is kept, also one too many
        return
    if allowed.reason in _RULED_BY_THE_CLOCK or not kept_outside_lease(s, visit, payload):
        raise rejected("attempt_not_permitted", "/payload/at", allowed.reason or "")


def _complete(s: Situation, payload: p.CompleteVisitPayload) -> None:
    assert isinstance(s.row, Visit)  # the catalogue names the type
    if s.row.mode != "phone":
        raise rejected("other_channel", "/entity_id")
    if payload.attempt_id:
        attempt = s.writer.row("attempt", payload.attempt_id)
        if not isinstance(attempt, Attempt) or attempt.visit_id != s.op.entity_id:
            raise Refusal("blocked", "unknown_attempt", "/payload/attempt_id")


def _inquiry(s: Situation, payload: Any) -> None:
    _to_unit(s, payload)
    check_inquiry(s, payload)


def _note(s: Situation, payload: p.NotePayload) -> None:
    """The office writes for itself; a liaison for one of their units, also about a case that has just left it."""
    if payload.unit_id == "":
        if not s.viewer.office:
            raise rejected("not_your_unit", "/payload/unit_id")
        return
    if payload.unit_id not in s.viewer.unit_ids:
        raise rejected("not_your_unit", "/payload/unit_id")
    if not s.late:
        addressee(s, payload.unit_id, "/payload/unit_id")


def _attachment(s: Situation, payload: p.AttachmentPayload) -> None:
    announced = select(upload).where(upload.c.id == payload.upload_id).with_for_update()
    found = s.connection.execute(announced).first()
    if found is None or found.person_id != s.viewer.person_id or found.ticket_id != payload.ticket_id:
        # Not a refusal: the desktop still has the bytes, and after a restore it sends them again.
        raise Refusal("retry", "unknown_upload", "/payload/upload_id")
    if not found.complete:
        raise Refusal("retry", "upload_incomplete", "/payload/upload_id")
    if found.attachment_id:
        raise rejected("upload_linked", "/payload/upload_id")
    if (found.size, found.sha256, found.name) != (payload.size, payload.sha256, payload.name):
        raise rejected("bad_value", "/payload/sha256")
    try:
        kind_of(payload.name)
    except BadFile as error:
        raise rejected(error.code, "/payload/name") from error
    if payload.about_type and about_scope(s, payload.about_type, payload.about_id) is None:
        raise rejected("unknown_about", "/payload/about_id")


def about_scope(s: Situation, entity_type: str, entity_id: str) -> Scope | None:
    """The scope of the row of this case that a file belongs to; None where its author sees no such row."""
    row = s.writer.row(entity_type, entity_id)
    if row is None or ticket_id_of(row) != s.ticket.id:
        return None
    scope = scope_of(row, s.ticket)
    return scope if s.late or may_see(s.viewer, scope) else None


def _is_sane(moment: datetime) -> bool:
    return moment.tzinfo is not None and moment.year in _YEARS


_RULES: dict[str, Callable[[Situation, Any], None]] = {
    "ticket.assign": assigning.check,
    "ticket.urge": _to_unit,
    "notice.create": _notice_create,
    "notice.edit": _edit,
    "notice.approve": _notice_approve,
    "notice.return": _notice_return,
    "notice.withdraw": _notice_withdraw,
    "visit.schedule": _schedule,
    "visit.assign": _assign,
    "visit.attempt": _attempt,
    "visit.complete": _complete,
    "inquiry.ask": _inquiry,
    "inquiry.settle": check_settling,
    "note.add": _note,
    "attachment.link": _attachment,
    **OFFICE_RULES,
    **UPWARD,
    **INSPECTIONS,
    **FINDINGS,
}
