"""What follows for a case when its unit applies for something, when that is decided, and when a leader has written.

Part of :mod:`effects`, which alone calls it; refuses nothing. The desktops' own fold shows the application at once;
what it does to the ticket's clock, state and unit is done here alone and comes back by pull.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from desktop.models.domain.entities import (
    Application,
    ClockPause,
    Extension,
    Instruction,
    Row,
    Ticket,
)
from desktop.models.domain.reviews import in_time, lengthened, resumed, standing_due

from .situation import Situation
from .upward_rules import rules_of_case, unit_kind_of

Tell = Callable[[Situation, Ticket, str, str], None]
"""Writes an entry of the ticket's history: its kind and its text."""


def completed(s: Situation, row: Any) -> Row:
    """An application as it came: with the limit that stood, and what the case goes back to."""
    asked: Application = row
    if s.late:
        return replace(asked, state="lapsed", late=True)
    asked = replace(asked, ticket_state=s.ticket.state)
    if asked.matter == "return" or s.ticket.due_at is None:
        return asked
    longer = lengthened(rules_of_case(s), s.ticket.due_at, asked.days)
    return replace(asked, old_due_at=s.ticket.due_at, new_due_at=longer.at)


def granted(s: Situation, row: Any) -> Row:
    """A decided application: where an extension really leads, by the rules the case keeps."""
    decided: Application = row
    if decided.matter != "extension" or decided.state != "agreed":
        return decided
    profile = rules_of_case(s)
    due_at = standing_due(profile, resumed(s.ticket, s.now), unit_kind_of(s))
    if due_at is None:
        return decided
    return replace(decided, new_due_at=lengthened(profile, due_at, decided.days).at)


def after_asking(s: Situation, row: Any, tell: Tell) -> None:
    """The case waits for the decision; its clock only for an extension asked for in time.

    One that comes after the limit ran out would else hide that it did.
    """
    asked: Application = row
    if asked.state != "asked":
        return
    if asked.matter == "return":
        tell(s, _put(s, replace(s.ticket, state="return_pending")), "objected", asked.reason)
        return
    ticket = s.ticket
    if in_time(asked):
        pause = ClockPause(s.now, None, "extension_pending")
        ticket = replace(ticket, state="extension_pending", paused_at=s.now, pauses=(*ticket.pauses, pause))
        ticket = _put(s, ticket)
    tell(s, ticket, "extension_requested", asked.reason)


def after_deciding(s: Situation, row: Any, tell: Tell) -> None:
    """The case goes on as it was, with a later limit, or back to whoever dispatches."""
    decided: Application = row
    if decided.matter == "return":
        if decided.state == "agreed":
            tell(s, _put(s, _to_dispatch(s.ticket)), "returned", decided.decision)
        else:
            tell(s, _put(s, _back(s.ticket, decided)), "return_refused", decided.decision)
        return
    ticket = _back(resumed(s.ticket, s.now), decided)
    if decided.state == "agreed" and decided.new_due_at is not None:
        profile = rules_of_case(s)
        old = standing_due(profile, ticket, unit_kind_of(s)) or decided.old_due_at or decided.new_due_at
        extension = Extension(
            old_due_at=old,
            new_due_at=decided.new_due_at,
            reason=decided.reason[:200],
            granted_at=s.now,
            granted_by=s.viewer.name,
            asked_at=decided.asked_at,
        )
        provisional = lengthened(profile, old, decided.days).provisional
        ticket = replace(
            ticket,
            due_at=decided.new_due_at,
            due_provisional=ticket.due_provisional or provisional,
            extensions=(*ticket.extensions, extension),
        )
    kind = "extended" if decided.state == "agreed" else "extension_refused"
    tell(s, _put(s, ticket), kind, decided.decision)


def registered(s: Situation, row: Any) -> Row:
    """An instruction that remembers whether the case bore a leader's note before it."""
    instruction: Instruction = row
    return instruction if s.case is None else replace(instruction, noted_before=s.case.noted_by_leader)


def after_registering(s: Situation, row: Any, tell: Tell) -> None:
    """The case is one that a leader has written on."""
    instruction: Instruction = row
    if s.case is None:
        return
    ticket = s.case if s.case.noted_by_leader else _put(s, replace(s.case, noted_by_leader=True))
    tell(s, ticket, "instruction", instruction.text)


def after_withdrawing(s: Situation, row: Any) -> None:
    """A case that only instructions registered by mistake had marked is an ordinary one again."""
    if s.case is None or not s.case.noted_by_leader:
        return
    rows = [r for r in s.writer.children(s.case.id, "instruction") if isinstance(r, Instruction)]
    first = min(rows, key=lambda r: (r.at, r.id))
    if not first.noted_before and all(r.state == "withdrawn" for r in rows):
        _put(s, replace(s.case, noted_by_leader=False))


def _back(ticket: Ticket, decided: Application) -> Ticket:
    """To the state it was in when it was asked; one that moved on meanwhile stays where it is."""
    if ticket.state not in ("extension_pending", "return_pending"):
        return ticket
    return replace(ticket, state=decided.ticket_state or "handling")


def _to_dispatch(ticket: Ticket) -> Ticket:
    """Back with whoever dispatches: no clock runs. The unit reads the decision until the case is another's."""
    return replace(
        ticket,
        state="received",
        returns=ticket.returns + 1,
        dispatched_at=None,
        signed_at=None,
        first_contact_at=None,
        sign_due_at=None,
        first_contact_due_at=None,
        due_at=None,
        feedback_due_at=None,
        due_rule="",
        due_profile=0,
        due_calendar=0,
        due_provisional=False,
        paused_at=None,
        pauses=(),
        extensions=(),
    )


def _put(s: Situation, ticket: Ticket) -> Ticket:
    put = s.writer.put(ticket)
    assert isinstance(put, Ticket)  # what is put comes back as what it was
    return put
