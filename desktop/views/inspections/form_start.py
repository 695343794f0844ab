"""What the finding form begins with: the finding or the ticket it is about, a draft left behind, the tickets to cite.

Runs in the reading lane. Must not know a widget.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.entities import Finding
from desktop.services.commands.finding_drafts import FindingDraft, draft_key
from desktop.services.commands.findings import FindingForm, new_form
from desktop.services.queries.base import Reader
from desktop.services.queries.drafts import draft_form
from desktop.services.queries.findings import finding_detail, ticket_of
from desktop.views.inspections.evidence import CitedTicket, cited_ticket


@dataclass(frozen=True, slots=True)
class FormStart:
    """``seen`` = the form without the person's changes; ``form`` = with those of the draft, if there is one."""

    finding: Finding | None
    seen: FindingForm
    form: FindingForm
    restored: bool
    cited: tuple[CitedTicket, ...]


def start_new(r: Reader, ticket_id: str) -> FormStart | None:
    """A new finding about a ticket; None when the ticket is not in the store."""
    ticket = ticket_of(r, ticket_id)
    if ticket is None:
        return None
    return _start(r, None, new_form(ticket, r.profile), draft_key(ticket_id))


def start_edit(r: Reader, finding_id: str) -> FormStart | None:
    """An existing finding; None when it is not in the store."""
    detail = finding_detail(r, finding_id)
    if detail is None:
        return None
    finding = detail.finding
    seen = FindingForm(
        ticket_id=finding.ticket_id,
        unit_id=finding.unit_id,
        code=finding.code,
        severity=finding.severity,
        facts=finding.facts,
        requirement=finding.requirement,
        cited_ticket_ids=tuple(dict.fromkeys((finding.ticket_id, *finding.cited_ticket_ids))),
        evidence_ids=finding.evidence_ids,
        rectify_days=finding.rectify_days or r.profile.rectify_days[finding.severity],
        inspection_id=finding.inspection_id,
        basis=finding.basis,
    )
    return _start(r, finding, seen, draft_key(finding.ticket_id, finding_id))


def _start(r: Reader, finding: Finding | None, seen: FindingForm, key: str) -> FormStart:
    draft = draft_form(r, key, FindingDraft)
    form = draft.form if draft else seen
    seen = draft.seen if draft else seen
    ids = dict.fromkeys((form.ticket_id, *form.cited_ticket_ids))
    cited = tuple(cited_ticket(r, ticket_id) for ticket_id in ids)
    return FormStart(finding, seen, form, draft is not None, cited)
