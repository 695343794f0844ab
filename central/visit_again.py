"""Visits called into question, inquiries to a unit, and the visit that is opened after another.

Part of :mod:`rules` and :mod:`effects`, which alone call it. A second visit is a row of its own: what the first one
said stays readable, and the second names its reason.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from desktop.models.domain.clocks import due_of
from desktop.models.domain.deadlines import due_in_working_days
from desktop.models.domain.entities import Inquiry, Row, Ticket, Visit, VisitGround
from desktop.models.domain.profile import ClockName
from desktop.models.domain.redaction import redact
from desktop.models.domain.return_visits import is_for_the_case
from desktop.models.domain.visit_payloads import InquiryPayload, SettlePayload

from .situation import Situation, rejected
from .upward_rules import unit_kind_of

Tell = Callable[[Situation, Ticket, str, str], None]
"""Writes an entry of the ticket's history: its kind and its text."""

WAITING = ("waiting", "booked")
_MAY_BE_ASKED = (*WAITING, "unreachable")
_CLOSED_BY_A_VISIT = ("completed", "in_review", "archived")
_RUN_AGAIN: tuple[ClockName, ...] = ("sign", "first_contact", "handling")
"""The clocks that a dispatch starts."""


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


def told_back(s: Situation, row: Any) -> Row:
    """What goes to the unit with the case, without numbers, like the answer it gave."""
    visit: Visit = row
    assert visit.sent_back is not None  # the fold has just put it there
    return replace(visit, sent_back=replace(visit.sent_back, text=redact(visit.sent_back.text)))


def after_sending_back(s: Situation, row: Any, tell: Tell) -> None:
    """The case is dispatched anew, with the limit of a rework; one that a unit has in hand already stays as it is."""
    visit: Visit = row
    if s.ticket.state in (*_CLOSED_BY_A_VISIT, "to_visit") and visit.sent_back is not None:
        put = s.writer.put(_anew(s))
        assert isinstance(put, Ticket)  # the writer gives back what it was given
        tell(s, put, "rework", visit.sent_back.text)


def _anew(s: Situation) -> Ticket:
    """The ticket as dispatched now, for the next time; what the unit said of the last time stays readable."""
    ticket = replace(
        s.ticket,
        state="dispatched",
        rework=s.ticket.rework + 1,
        dispatched_at=s.now,
        signed_at=None,
        first_contact_at=None,
        completed_at=None,
        archived_at=None,
        feedback_due_at=None,
        feedback_at=None,
        visit_due_at=None,
        paused_at=None,
        pauses=(),
        extensions=(),
    )
    kind = unit_kind_of(s)
    ends = {clock: due_of(s.profile, clock, ticket, kind) for clock in _RUN_AGAIN}
    at = {clock: due.at if due is not None else None for clock, due in ends.items()}
    due = ends["handling"]
    return replace(
        ticket,
        sign_due_at=at["sign"],
        first_contact_due_at=at["first_contact"],
        due_at=at["handling"],
        due_rule=due.rule if due is not None else "",
        due_provisional=due is not None and due.provisional,
        due_profile=s.profile.version if due is not None else 0,
        due_calendar=0,
    )


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
