"""What a ticket means at a moment: its light, whether it is overdue or escalated, and the order of the list.

Overdue is computed, never stored: it depends on the clock and on now.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from .entities import OPEN_STATES, PAUSED_STATES, Ticket
from .profile import EscalationRule

Light = Literal["overdue", "due_soon", "normal", "paused", "provisional", "none"]


def is_open(ticket: Ticket) -> bool:
    """True until the unit says done."""
    return ticket.state in OPEN_STATES


def clock_runs(ticket: Ticket) -> bool:
    """True while the handling clock runs: open, with a due time, not paused."""
    return is_open(ticket) and ticket.due_at is not None and ticket.state not in PAUSED_STATES


def is_overdue(ticket: Ticket, now: datetime) -> bool:
    """Open, handling clock running, due < now (strictly)."""
    return clock_runs(ticket) and ticket.due_at is not None and ticket.due_at < now


def light(ticket: Ticket, now: datetime, due_soon_hours: int) -> Light:
    """The computed colour (时限状态) of the handling clock at ``now``; "none" for a closed or undated ticket."""
    if not is_open(ticket):
        return "none"
    if ticket.state in PAUSED_STATES:
        return "paused"
    if ticket.due_at is None:
        return "none"
    if ticket.due_at < now:
        return "overdue"
    if ticket.due_at - now <= timedelta(hours=due_soon_hours):
        return "due_soon"
    return "provisional" if ticket.due_provisional else "normal"


def is_escalated(ticket: Ticket, rule: EscalationRule) -> bool:
    """Escalated (重点工单): supervised, carded, noted by a leader, or past the rework or repeat threshold."""
    return (
        ticket.supervised
        or ticket.carded
        or ticket.noted_by_leader
        or ticket.rework >= rule.rework
        or ticket.repeats >= rule.repeats
    )


def due_order(ticket: Ticket) -> tuple[bool, datetime | None, str]:
    """Sort key of every work list: due time, undated last, then number."""
    return (ticket.due_at is None, ticket.due_at, ticket.number)
