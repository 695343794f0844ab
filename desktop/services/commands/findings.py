"""What an officer does with a finding: write it, edit it, file it, settle the unit's reply."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Finding, ReviewOutcome, Severity, Ticket, VerifyMeans
from desktop.models.domain.finding_payloads import (
    ArrangePayload,
    FindingPayload,
    ReviewDecisionPayload,
    VerifyPayload,
)
from desktop.models.domain.fold import Refused, field_value
from desktop.models.domain.operations import CATALOGUE, FieldChange
from desktop.models.domain.payloads import ReasonPayload
from desktop.models.domain.profile import RuleProfile
from desktop.services.commands.base import Writer


class FindingForm(Struct, frozen=True, kw_only=True):
    """A finding as its form holds it; ``rectify_days`` in working days, 0 = as the severity says."""

    ticket_id: str
    unit_id: str
    code: str
    severity: Severity
    facts: str
    requirement: str
    cited_ticket_ids: tuple[str, ...] = ()
    evidence_ids: tuple[str, ...] = ()
    rectify_days: int = 0
    inspection_id: str = ""
    basis: tuple[str, ...] = ()


def new_form(ticket: Ticket, profile: RuleProfile) -> FindingForm:
    """What the form of a new finding about a ticket begins with."""
    return FindingForm(
        ticket_id=ticket.id,
        unit_id=ticket.unit_id,
        code="",
        severity="ordinary",
        facts="",
        requirement="",
        cited_ticket_ids=(ticket.id,),
        rectify_days=profile.rectify_days["ordinary"],
    )


def create_finding(w: Writer, form: FindingForm, *, file_now: bool, finding_id: str = "") -> Changes:
    """Write a finding and, with ``file_now``, file it with the unit in the same transaction."""
    finding_id = finding_id or w.new_id()
    changes = w.submit("finding.create", finding_id, _payload(w, form))
    return changes | w.submit("finding.file", finding_id) if file_now else changes


def edit_finding(w: Writer, finding_id: str, form: FindingForm, seen: FindingForm | None = None) -> Changes:
    """Send the fields that differ, each with the value it had; nothing if none does.

    They differ from what the person saw when the form was opened (``seen``), else from what the store shows now. What a
    colleague changed meanwhile stays; where it is the same field, the value seen goes along and the server asks.
    """
    row = w.row("finding", finding_id)
    if not isinstance(row, Finding):
        raise Refused("not_found", "/entity_id")
    wanted = _payload(w, form)
    start: Finding | FindingPayload = _payload(w, seen) if seen is not None else row
    if set(wanted.cited_ticket_ids) == {row.ticket_id, *start.cited_ticket_ids}:
        wanted = replace(wanted, cited_ticket_ids=start.cited_ticket_ids)
    changes = []
    for field in CATALOGUE["finding.edit"].editable:
        now, before, after = (field_value(values, field) for values in (row, start, wanted))
        if not _same(before, after):
            changes.append(FieldChange(field, now if _same(now, before) else before, after))
    return w.submit("finding.edit", finding_id, changes=changes) if changes else NO_CHANGES


def file_finding(w: Writer, finding_id: str) -> Changes:
    """File a drafted finding with the unit. Raises Refused("incomplete") with the field that is missing."""
    return w.submit("finding.file", finding_id)


def confirm_finding(w: Writer, finding_id: str) -> Changes:
    """Uphold a finding after the unit's reply; rectification is then due."""
    return w.submit("finding.confirm", finding_id)


def withdraw_finding(w: Writer, finding_id: str, reason: str) -> Changes:
    """Withdraw a finding, with its reason; it stays on file."""
    return w.submit("finding.withdraw", finding_id, ReasonPayload(reason=reason.strip()))


def arrange_visit(w: Writer, finding_id: str, booked_at: datetime | None = None) -> Changes:
    """Let the citizen be asked how it was put right: by a visit of its own, booked for a time or as the queue comes."""
    payload = ArrangePayload(means="return_visit", ref_id=w.new_id(), booked_at=booked_at)
    return w.submit("finding.arrange", finding_id, payload)


def arrange_by(w: Writer, finding_id: str, means: VerifyMeans, ref_id: str) -> Changes:
    """Let a visit that waits already, or a look-back, show how it was put right."""
    return w.submit("finding.arrange", finding_id, ArrangePayload(means=means, ref_id=ref_id))


def verify_rectification(
    w: Writer, finding_id: str, means: VerifyMeans, ref_id: str, text: str = ""
) -> Changes:
    """Close a finding out (销号) by the visit or the look-back that shows it put right."""
    payload = VerifyPayload(means=means, ref_id=ref_id, text=text.strip())
    return w.submit("finding.verify", finding_id, payload)


def decide_review(
    w: Writer, finding_id: str, outcome: ReviewOutcome, text: str, severity: Severity | None = None
) -> Changes:
    """Decide on the review that the unit asked for (复核); ``severity`` is the new one where it is changed."""
    payload = ReviewDecisionPayload(outcome=outcome, text=text.strip(), severity=severity)
    return w.submit("finding.decide", finding_id, payload)


def return_rectification(w: Writer, finding_id: str, reason: str) -> Changes:
    """Send a rectification back, with the reason."""
    return w.submit("finding.return", finding_id, ReasonPayload(reason=reason.strip()))


def _same(before: Any, after: Any) -> bool:
    """Blanks at the ends of a text are no change: the form does not keep them."""
    return bool(before.strip() == after) if isinstance(before, str) else bool(before == after)


def _payload(w: Writer, form: FindingForm) -> FindingPayload:
    values: dict[str, Any] = {f: getattr(form, f) for f in form.__struct_fields__}
    values["facts"] = form.facts.strip()
    values["requirement"] = form.requirement.strip()
    values["cited_ticket_ids"] = tuple(dict.fromkeys((form.ticket_id, *form.cited_ticket_ids)))
    values["rectify_days"] = form.rectify_days or w.profile.rectify_days[form.severity]
    return FindingPayload(**values)
