"""What the server checks of applications, instructions and urgent reports beyond authority and the fold.

Part of :mod:`rules`, which alone calls it. Each rule refuses or says nothing; none writes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.models.domain.announced import with_days_of
from desktop.models.domain.clocks import explain_handling, may_extend
from desktop.models.domain.entities import (
    OPEN_STATES,
    WORKING_STATES,
    Application,
    Instruction,
    Ticket,
    Unit,
    UnitKind,
    UrgentReport,
)
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.upward_payloads import (
    DecisionPayload,
    ExtensionPayload,
    InstructionPayload,
    ObjectionPayload,
)

from .profile_store import profile_of
from .situation import Situation, rejected


def rules_of_case(s: Situation) -> RuleProfile:
    """The rules that the due time of the case was computed with: those it keeps, whatever was published since."""
    version, days = s.ticket.due_profile, s.ticket.due_calendar
    rules = (profile_of(s.connection, version) if version else None) or s.profile
    return with_days_of(rules, profile_of(s.connection, days) if days else None)


def unit_kind_of(s: Situation) -> UnitKind:
    """The kind of the unit that leads the case."""
    unit = s.writer.row("unit", s.ticket.unit_id)
    return unit.kind if isinstance(unit, Unit) else "department"


def _extension(s: Situation, payload: ExtensionPayload) -> None:
    _application(s, payload.unit_id)
    if not s.late and s.ticket.due_at is None:
        raise rejected("no_due_time", "/payload/days")


def _objection(s: Situation, payload: ObjectionPayload) -> None:
    _application(s, payload.unit_id)
    _is_unit(s, payload.to_unit_id, "/payload/to_unit_id")


def _application(s: Situation, unit_id: str) -> None:
    """The unit that leads applies, while it has the matter in hand and nothing it asked for waits."""
    if s.late:
        return  # it comes too late for the case, and is kept
    if unit_id == s.ticket.against_unit_id:
        raise rejected("unit_recused", "/payload/unit_id")
    if unit_id != s.ticket.unit_id:
        raise rejected("unit_not_of_ticket", "/payload/unit_id")
    if _waiting(s):
        raise rejected("already_asked", "/payload/ticket_id")
    if s.ticket.state not in WORKING_STATES:
        raise rejected("case_not_in_hand", "/payload/ticket_id")


def _waiting(s: Situation) -> bool:
    rows = s.writer.children(s.ticket.id, "application")
    return any(isinstance(r, Application) and r.state == "asked" and r.id != s.op.entity_id for r in rows)


def _decision(s: Situation, payload: DecisionPayload) -> None:
    row = s.row
    assert isinstance(row, Application)  # the catalogue names the type
    if row.unit_id in s.viewer.unit_ids:
        raise rejected("own_unit", "/entity_id")
    if row.state != "asked":
        return  # the fold says that, as a conflict
    if s.ticket.state not in OPEN_STATES or s.ticket.unit_id != row.unit_id:
        raise rejected("case_not_in_hand", "/entity_id")
    _is_unit(s, payload.to_unit_id, "/payload/to_unit_id")
    if payload.agreed and row.matter == "extension":
        _allowed(s, s.ticket, payload.days or row.days)


def _allowed(s: Situation, ticket: Ticket, days: int) -> None:
    """How often and by how much the rule of the case may be extended is the city's to say, not the reviewer's."""
    found = explain_handling(rules_of_case(s), ticket, unit_kind_of(s))
    refusal = may_extend(found.rule, len(ticket.extensions), days) if found is not None else ""
    if refusal:
        raise rejected(f"extension_{refusal}", "/payload/days")


def _instruction(s: Situation, payload: InstructionPayload) -> None:
    _is_unit(s, payload.unit_id, "/payload/unit_id")
    if payload.due_at is not None and payload.due_at < payload.given_at:
        raise rejected("bad_value", "/payload/due_at")
    if payload.report_id:
        report = s.writer.row("urgent_report", payload.report_id)
        if not isinstance(report, UrgentReport) or report.ticket_id != payload.ticket_id:
            raise rejected("bad_value", "/payload/report_id")


def _instruction_edit(s: Situation, payload: object) -> None:
    assert isinstance(s.row, Instruction)  # the catalogue names the type
    for edit in s.op.changes:
        if edit.field == "unit_id":
            _is_unit(s, str(edit.after), "/changes/unit_id")


def _is_unit(s: Situation, unit_id: str, pointer: str) -> None:
    if unit_id and not isinstance(s.writer.row("unit", unit_id), Unit):
        raise rejected("unknown_unit", pointer)


RULES: dict[str, Callable[[Situation, Any], None]] = {
    "extension.request": _extension,
    "extension.decide": _decision,
    "objection.raise": _objection,
    "objection.decide": _decision,
    "instruction.register": _instruction,
    "instruction.edit": _instruction_edit,
}
