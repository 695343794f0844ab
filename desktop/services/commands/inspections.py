"""What an inspector does: plan an inspection, take the steps to its sample, check the tickets drawn, close it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Check, Inspection, InspectionKind, PopulationDate, RequestType
from desktop.models.domain.fold import Refused, field_value
from desktop.models.domain.inspection_payloads import (
    CheckPayload,
    CriteriaPayload,
    InspectionPayload,
    RecusePayload,
    SeedPayload,
)
from desktop.models.domain.inspection_rules import CheckVerdict
from desktop.models.domain.operations import CATALOGUE, FieldChange
from desktop.models.domain.payloads import ReasonPayload, ReplyPayload
from desktop.models.domain.sampling import Criteria
from desktop.services.commands.base import Writer


class InspectionForm(Struct, frozen=True, kw_only=True):
    """A plan as its form holds it; both days belong to the period."""

    title: str
    kind: InspectionKind
    mandate: str
    purpose: str
    plan: str
    unit_ids: tuple[str, ...]
    from_day: date
    to_day: date
    by_date: PopulationDate = "completed"
    request_types: tuple[RequestType, ...] = ()
    category_ids: tuple[str, ...] = ()
    checklist: str = ""
    inspector_ids: tuple[str, ...] = ()


class CheckForm(Struct, frozen=True, kw_only=True):
    """What an inspector found in one ticket."""

    ticket_id: str
    inspection_id: str
    checklist: str
    results: dict[str, CheckVerdict]
    note: str = ""


def plan_inspection(w: Writer, form: InspectionForm, *, inspection_id: str = "") -> Changes:
    """Write the plan of an inspection down."""
    return w.submit("inspection.create", inspection_id or w.new_id(), _payload(form))


def edit_plan(w: Writer, inspection_id: str, form: InspectionForm) -> Changes:
    """Send the fields of a plan that differ, each with the value it had; nothing if none does."""
    row = w.row("inspection", inspection_id)
    if not isinstance(row, Inspection):
        raise Refused("not_found", "/entity_id")
    return _edit(w, "inspection.edit", row, _payload(form))


def issue_inspection(w: Writer, inspection_id: str) -> Changes:
    """Put a plan in force. Raises Refused("incomplete") with the field that is missing."""
    return w.submit("inspection.issue", inspection_id)


def recuse_inspector(w: Writer, inspection_id: str, person_id: str, reason: str) -> Changes:
    """Let an inspector have no part in it any more, with the reason."""
    return w.submit(
        "inspection.recuse", inspection_id, RecusePayload(person_id=person_id, reason=reason.strip())
    )


def freeze_frame(w: Writer, inspection_id: str) -> Changes:
    """Let the server list the population as it stands, and hash it."""
    return w.submit("inspection.freeze", inspection_id)


def fix_criteria(w: Writer, inspection_id: str, criteria: Criteria, seed_source: str) -> Changes:
    """Say how it will be drawn, and where the seed will come from."""
    payload = CriteriaPayload(
        method=criteria.method,
        size=criteria.size,
        musts=criteria.musts,
        rework_from=criteria.rework_from,
        seed_source=seed_source.strip(),
    )
    return w.submit("inspection.fix", inspection_id, payload)


def draw_sample(w: Writer, inspection_id: str, seed: str) -> Changes:
    """Draw, by the seed that has become known."""
    return w.submit("inspection.draw", inspection_id, SeedPayload(seed=seed.strip()))


def close_inspection(w: Writer, inspection_id: str, result: str) -> Changes:
    """Close it with what came of it."""
    return w.submit("inspection.close", inspection_id, ReplyPayload(text=result.strip()))


def withdraw_inspection(w: Writer, inspection_id: str, reason: str) -> Changes:
    """Give it up, with the reason; it stays on file."""
    return w.submit("inspection.withdraw", inspection_id, ReasonPayload(reason=reason.strip()))


def record_check(w: Writer, form: CheckForm, check_id: str = "") -> Changes:
    """Record what was found in a ticket, or what is found otherwise now where ``check_id`` names the record."""
    if check_id:
        row = w.row("check", check_id)
        if not isinstance(row, Check):
            raise Refused("not_found", "/entity_id")
        return _edit(w, "check.edit", row, _check(form))
    return w.submit("check.record", w.new_id(), _check(form))


def _edit(w: Writer, kind: str, row: Inspection | Check, wanted: Struct) -> Changes:
    changes = [
        FieldChange(field, field_value(row, field), field_value(wanted, field))
        for field in CATALOGUE[kind].editable
        if field_value(row, field) != field_value(wanted, field)
    ]
    return w.submit(kind, row.id, changes=changes) if changes else NO_CHANGES


def _payload(form: InspectionForm) -> InspectionPayload:
    values = {field: getattr(form, field) for field in form.__struct_fields__}
    for text in ("title", "purpose", "plan"):
        values[text] = values[text].strip()
    return InspectionPayload(**values)


def _check(form: CheckForm) -> CheckPayload:
    return CheckPayload(
        ticket_id=form.ticket_id,
        inspection_id=form.inspection_id,
        checklist=form.checklist,
        results=form.results,
        note=form.note.strip(),
    )
