"""The draft of a finding that is still being written: under which key it lies, and how another page begins one.

The form of the inspections page keeps and restores it. A draft is the person's alone; nothing here files anything.
"""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Check, Inspection, Ticket
from desktop.models.store.tables import draft
from desktop.services.commands.base import Writer
from desktop.services.commands.drafts import save_draft
from desktop.services.commands.findings import FindingForm, new_form


class FindingDraft(Struct, frozen=True, kw_only=True):
    """A form as it was left, and what it started with: only the difference is the person's."""

    form: FindingForm
    seen: FindingForm


def draft_key(ticket_id: str, finding_id: str = "") -> str:
    """Under which key the form's draft lies: the finding's, or the ticket's while there is none yet."""
    return f"finding:{finding_id or ticket_id}"


def begin_draft(w: Writer, form: FindingForm, seen: FindingForm) -> Changes:
    """Keep ``form`` as the draft of a new finding on its ticket; one that was begun before stays as it is."""
    key = draft_key(form.ticket_id)
    begun = w.connection.execute(draft.select().where(draft.c.key == key)).first()
    return (
        NO_CHANGES
        if begun is not None
        else save_draft(w, key, FindingDraft(form=form, seen=seen), form.ticket_id)
    )


def begin_draft_of_check(w: Writer, check: Check, inspection: Inspection, code: str, facts: str) -> Changes:
    """The same for a line of a checklist that was not met: with the inspection, its mandate and what was found."""
    ticket, found = w.row("ticket", check.ticket_id), w.profile.finding_code(code)
    if not isinstance(ticket, Ticket):
        return NO_CHANGES
    empty = new_form(ticket, w.profile)
    severity = found.severity if found is not None else empty.severity
    form = replace(
        empty,
        code=code if found is not None else "",
        severity=severity,
        facts=facts,
        rectify_days=w.profile.rectify_days[severity],
        inspection_id=inspection.id,
        basis=(inspection.mandate,) if inspection.mandate else (),
    )
    return begin_draft(w, form, replace(empty, inspection_id=inspection.id))


def begin_draft_of(w: Writer, ticket_id: str, code: str, facts: str) -> Changes:
    """The same for a finding of one code with what is known of the facts; an unknown code or ticket begins nothing."""
    ticket, found = w.row("ticket", ticket_id), w.profile.finding_code(code)
    if not isinstance(ticket, Ticket) or found is None:
        return NO_CHANGES
    empty = new_form(ticket, w.profile)
    days = w.profile.rectify_days[found.severity]
    return begin_draft(
        w, replace(empty, code=code, severity=found.severity, facts=facts, rectify_days=days), empty
    )
