"""What an officer does to have a case moved: urge the unit, or put it under supervision; and what a chief signs.

An urge records what was done, it never sends anything. Nobody approves their own act, and one matter has one
supervision: both are refused here already, so that nobody waits for the server to say so.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import bindparam, select

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Notice, UrgeMeans
from desktop.models.domain.fold import Refused, field_value
from desktop.models.domain.operations import FieldChange, NoticePayload, ReasonPayload, UrgePayload
from desktop.models.store.projection import get_row
from desktop.models.store.tables import notice_list
from desktop.services.commands.base import Writer

_EDITABLE = ("unit_id", "ground", "requirement")
_STANDING = (
    select(notice_list.c.id)
    .where(notice_list.c.ticket_id == bindparam("ticket_id"), notice_list.c.state != "withdrawn")
    .order_by(notice_list.c.created_at, notice_list.c.id)
)


class UrgeForm(Struct, frozen=True, kw_only=True):
    """An urge as its form holds it; ``text`` is what a message or letter said, "" for a call."""

    ticket_id: str
    unit_id: str
    means: UrgeMeans
    person_reached: str = ""
    answer: str = ""
    promised_at: datetime | None = None
    text: str = ""


class NoticeForm(Struct, frozen=True, kw_only=True):
    """A supervision notice as its form holds it."""

    ticket_id: str
    unit_id: str
    ground: str
    requirement: str


def urge_ticket(w: Writer, form: UrgeForm) -> Changes:
    """Record that the unit was urged. A call needs the person reached: else Refused("incomplete")."""
    if form.means == "phone" and not form.person_reached.strip():
        raise Refused("incomplete", "/payload/person_reached")
    payload = UrgePayload(
        ticket_id=form.ticket_id,
        unit_id=form.unit_id,
        means=form.means,
        person_reached=form.person_reached.strip(),
        answer=form.answer.strip(),
        promised_at=form.promised_at,
        text=form.text.strip(),
    )
    return w.submit("ticket.urge", w.new_id(), payload)


def write_notice(w: Writer, form: NoticeForm, *, submit_now: bool, notice_id: str = "") -> Changes:
    """Write a notice, or edit the one with ``notice_id``; with ``submit_now`` it goes to the chief in the same step.

    Raises Refused("already_supervised") when the ticket has another notice that is not withdrawn, and
    Refused("incomplete") when a notice is submitted without its ground or requirement.
    """
    if notice_id:
        changes = _edit(w, notice_id, form)
    else:
        if standing_notices(w, form.ticket_id):
            raise Refused("already_supervised")
        notice_id = w.new_id()
        payload = NoticePayload(
            ticket_id=form.ticket_id,
            unit_id=form.unit_id,
            ground=form.ground.strip(),
            requirement=form.requirement.strip(),
        )
        changes = w.submit("notice.create", notice_id, payload)
    return changes | w.submit("notice.submit", notice_id) if submit_now else changes


def approve_notice(w: Writer, notice_id: str) -> Changes:
    """Sign a submitted notice; the server numbers it. Raises Refused("own_act")."""
    return w.submit("notice.approve", notice_id)


def return_notice(w: Writer, notice_id: str, reason: str) -> Changes:
    """Send a submitted notice back to its author. Raises Refused("own_act"), Refused("incomplete") without a reason."""
    return w.submit("notice.return", notice_id, ReasonPayload(reason=_reason(reason)))


def withdraw_notice(w: Writer, notice_id: str, reason: str) -> Changes:
    """Take a notice back, at any step, with the reason; it stays on file."""
    return w.submit("notice.withdraw", notice_id, ReasonPayload(reason=_reason(reason)))


def standing_notices(w: Writer, ticket_id: str) -> list[str]:
    """The ids of the ticket's notices that are not withdrawn, first written first."""
    return list(w.connection.execute(_STANDING, {"ticket_id": ticket_id}).scalars())


def _edit(w: Writer, notice_id: str, form: NoticeForm) -> Changes:
    row = get_row(w.connection, ("notice", notice_id))
    if not isinstance(row, Notice):
        raise Refused("not_found", "/entity_id")
    wanted = {"unit_id": form.unit_id, "ground": form.ground.strip(), "requirement": form.requirement.strip()}
    changes = tuple(
        FieldChange(field, before, wanted[field])
        for field in _EDITABLE
        if (before := field_value(row, field)) != wanted[field]
    )
    return w.submit("notice.edit", notice_id, changes=changes) if changes else NO_CHANGES


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused("incomplete", "/payload/reason")
    return reason.strip()
