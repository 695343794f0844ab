"""Visits called into question, inquiries to a unit, and the visit that is opened after another.

Part of :mod:`rules` and :mod:`effects`, which alone call it. A second visit is a row of its own: what the first one
said stays readable, and the second names its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from desktop.models.domain.deadlines import due_in_working_days
from desktop.models.domain.entities import Inquiry, Row, Ticket, Visit, VisitGround
from desktop.models.domain.redaction import redact
from desktop.models.domain.return_visits import is_for_the_case
from desktop.models.domain.visit_payloads import InquiryPayload, SettlePayload

from .situation import Situation, rejected

Tell = Callable[[Situation, Ticket, str, str], None]
"""Writes an entry of the ticket's history: its kind and its text."""

WAITING = ("waiting", "booked")
_MAY_BE_ASKED = (*WAITING, "unreachable")
_CLOSED_BY_A_VISIT = ("completed", "in_review", "archived")


def check_inquiry(s: Situation, payload: InquiryPayload) -> None:
    """One inquiry at a time about a visit that reached nobody, to a unit that the rules have found to be the case's."""
    visit = s.writer.row("visit", payload.visit_id)
    if not isinstance(visit, Visit) or visit.ticket_id != payload.ticket_id:
        raise rejected("bad_value", "/payload/visit_id")
    if visit.state not in _MAY_BE_ASKED:
        raise rejected("visit_over", "/payload/visit_id")
    rows = s.writer.children(s.ticket.id, "inquiry")
    open_ones = [row for row in rows if isinstance(row, Inquiry) and row.state != "settled"]
    if any(row.visit_id == visit.id and row.id != s.op.entity_id for row in open_ones):
        raise rejected("already_asked", "/payload/visit_id")


def check_settling(s: Situation, payload: SettlePayload) -> None:
    """Another visit is opened where none waits: nobody is to be called for one matter by two."""
    if payload.again and _waits(s):
        raise rejected("visit_waits", "/payload/again")


def answered(s: Situation, row: Any) -> Row:
    """A unit's answer without numbers: a citizen's telephone number stands in no row, whoever typed it."""
    inquiry: Inquiry = row
    return replace(inquiry, answer=redact(inquiry.answer))


def after_settling(s: Situation, row: Any, new_id: str, tell: Tell) -> None:
    """The citizen is visited again, where somebody decided so."""
    inquiry: Inquiry = row
    before = s.writer.row("visit", inquiry.visit_id)
    if inquiry.again and isinstance(before, Visit):
        open_again(s, before, new_id, "contact_log", tell)


def after_deciding(s: Situation, row: Any, new_id: str, tell: Tell) -> None:
    """What was overturned stands in the history; the citizen is called once more, if that was asked for."""
    visit: Visit = row
    decided = visit.challenges[-1]
    if decided.state != "agreed":
        return
    if decided.again and not _waits(s):
        open_again(s, visit, new_id, "overturned", tell)
    else:
        tell(s, s.ticket, "visit_overturned", "")


def open_again(s: Situation, before: Visit, new_id: str, ground: VisitGround, tell: Tell) -> None:
    """Open a visit after another; the case waits for it.

    One that waits to look at a rectification becomes the case's own: one call shows both.
    """
    waiting = next((visit for visit in _waiting(s) if not is_for_the_case(visit)), None)
    opened = waiting or Visit(
        id=new_id,
        ticket_id=before.ticket_id,
        unit_id=s.ticket.unit_id,
        contact_id=before.contact_id,
        level=s.ticket.level,
        opened_at=s.now,
        due_at=due_in_working_days(s.profile, s.now, s.profile.stages.visit_days),
    )
    s.writer.put(replace(opened, ground=ground, follows=before.id))
    ticket = s.ticket
    if ticket.state in _CLOSED_BY_A_VISIT:
        put = s.writer.put(replace(ticket, state="to_visit", archived_at=None))
        assert isinstance(put, Ticket)  # the writer gives back what it was given
        ticket = put
    tell(s, ticket, "visit_again", "")


def _waits(s: Situation) -> bool:
    return any(is_for_the_case(visit) for visit in _waiting(s))


def _waiting(s: Situation) -> list[Visit]:
    rows = s.writer.children(s.ticket.id, "visit")
    return [row for row in rows if isinstance(row, Visit) and row.state in WAITING]
