"""What follows on the server when it is arranged how a rectification will be looked at: the visit, where there is none.

Runs inside the operation's transaction, after the fold; refuses nothing.
"""

from __future__ import annotations

from typing import Any

from desktop.models.domain.deadlines import due_in_working_days
from desktop.models.domain.entities import Finding, Visit
from desktop.models.domain.finding_payloads import ArrangePayload

from .situation import Situation


def new_visit(s: Situation, payload: ArrangePayload) -> Visit:
    """The visit that asks the citizen of the finding's case how it was put right."""
    booked = payload.booked_at
    return Visit(
        id=payload.ref_id,
        ticket_id=s.ticket.id,
        unit_id=s.ticket.unit_id,
        contact_id=s.ticket.contact_id,
        level=s.ticket.level,
        state="booked" if booked is not None else "waiting",
        booked_at=booked,
        opened_at=s.now,
        ground="rectification",
        due_at=due_in_working_days(s.profile, s.now, s.profile.stages.visit_days),
    )


def after_arranging(s: Situation, row: Any) -> None:
    """A visit that was named and is not there yet is opened."""
    finding: Finding = row
    payload = s.payload
    assert isinstance(payload, ArrangePayload)  # the catalogue names the type
    if finding.verify_means == "return_visit" and s.writer.row("visit", payload.ref_id) is None:
        s.writer.put(new_visit(s, payload))
