"""What the operations of :mod:`upward_payloads` do to their rows: applications, instructions, urgent reports.

Part of :mod:`fold`, which alone calls it: pure, the same on both ends, and silent about who may do it. What becomes
of the ticket itself is the server's effect and comes back by pull.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from .deadlines import extend
from .entities import Application, Instruction, Row, UrgentReport
from .fold_terms import FoldContext, Refused, apply_changes, require_state
from .operations import CATALOGUE, Operation
from .upward_payloads import REPORT_TEXTS


def ask_for_time(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    """extension.request"""
    longer = None if payload.old_due_at is None else extend(ctx.profile, payload.old_due_at, payload.days).at
    return Application(
        id=op.entity_id,
        ticket_id=payload.ticket_id,
        unit_id=payload.unit_id,
        matter="extension",
        reason=payload.reason,
        days=payload.days,
        old_due_at=payload.old_due_at,
        new_due_at=longer,
        asked_at=ctx.at,
        by_id=ctx.actor.id,
        by_name=ctx.actor.name,
    )


def object_to_dispatch(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    """objection.raise"""
    return Application(
        id=op.entity_id,
        ticket_id=payload.ticket_id,
        unit_id=payload.unit_id,
        matter="return",
        reason=payload.reason,
        to_unit_id=payload.to_unit_id,
        asked_at=ctx.at,
        by_id=ctx.actor.id,
        by_name=ctx.actor.name,
    )


def decide(op: Operation, row: Application, payload: Any, ctx: FoldContext) -> Row:
    """extension.decide, objection.decide: nobody decides what they asked for themselves."""
    require_state(row.state, "asked")
    if (row.matter == "extension") != (op.kind == "extension.decide"):
        raise Refused("bad_value", "/kind")
    if row.by_id == ctx.actor.id:
        raise Refused("own_act")
    decided = replace(
        row,
        state="agreed" if payload.agreed else "refused",
        decided_at=ctx.at,
        decided_by_id=ctx.actor.id,
        decided_by=ctx.actor.name,
        decision=payload.reason,
        citizen_words=payload.citizen_words,
    )
    if not payload.agreed:
        return decided
    if row.matter == "return":
        return replace(decided, to_unit_id=payload.to_unit_id or row.to_unit_id)
    days = payload.days or row.days
    longer = None if row.old_due_at is None else extend(ctx.profile, row.old_due_at, days).at
    return replace(decided, days=days, new_due_at=longer)


def register(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    """instruction.register"""
    return Instruction(
        id=op.entity_id,
        ticket_id=payload.ticket_id,
        given_by=payload.given_by,
        text=payload.text,
        given_at=payload.given_at,
        due_at=payload.due_at,
        unit_id=payload.unit_id,
        report_id=payload.report_id,
        by_id=ctx.actor.id,
        by_name=ctx.actor.name,
        at=ctx.at,
    )


def edit_instruction(op: Operation, row: Instruction, payload: Any, ctx: FoldContext) -> Row:
    """instruction.edit"""
    require_state(row.state, "open")
    return apply_changes(row, op.changes, CATALOGUE[op.kind].editable)


def feed_back(op: Operation, row: Instruction, payload: Any, ctx: FoldContext) -> Row:
    """instruction.feed_back: what was reported to the leader; said again it stands in place of what was said."""
    require_state(row.state, "open", "answered")
    return replace(
        row, state="answered", feedback=payload.text, feedback_at=ctx.at, feedback_by=ctx.actor.name
    )


def withdraw_instruction(op: Operation, row: Instruction, payload: Any, ctx: FoldContext) -> Row:
    """instruction.withdraw: it was registered by mistake; it stays on file with the reason."""
    require_state(row.state, "open", "answered")
    return replace(row, state="withdrawn", withdraw_reason=payload.reason)


def write_report(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    """urgent_report.create"""
    return UrgentReport(
        id=op.entity_id,
        ticket_id=payload.ticket_id,
        what=payload.what,
        location=payload.location,
        people=payload.people,
        done=payload.done,
        proposed=payload.proposed,
        recipients=payload.recipients,
        author_id=ctx.actor.id,
        author_name=ctx.actor.name,
        created_at=ctx.at,
    )


def edit_report(op: Operation, row: UrgentReport, payload: Any, ctx: FoldContext) -> Row:
    """urgent_report.edit"""
    require_state(row.state, "draft", "returned")
    return apply_changes(row, op.changes, CATALOGUE[op.kind].editable)


def submit_report(op: Operation, row: UrgentReport, payload: Any, ctx: FoldContext) -> Row:
    """urgent_report.submit: a page with a gap goes to nobody."""
    require_state(row.state, "draft", "returned")
    gap = next((name for name in REPORT_TEXTS if not getattr(row, name).strip()), "")
    if gap:
        raise Refused("incomplete", f"/{gap}")
    return replace(row, state="submitted", submitted_at=ctx.at, return_reason="")


def approve_report(op: Operation, row: UrgentReport, payload: Any, ctx: FoldContext) -> Row:
    """urgent_report.approve; the server numbers it."""
    _for_another(row, ctx)
    return replace(
        row,
        state="approved",
        approver_id=ctx.actor.id,
        approver_name=ctx.actor.name,
        approved_at=ctx.at,
    )


def return_report(op: Operation, row: UrgentReport, payload: Any, ctx: FoldContext) -> Row:
    """urgent_report.return"""
    _for_another(row, ctx)
    return replace(
        row,
        state="returned",
        return_reason=payload.reason,
        approver_id=ctx.actor.id,
        approver_name=ctx.actor.name,
    )


def send_report(op: Operation, row: UrgentReport, payload: Any, ctx: FoldContext) -> Row:
    """urgent_report.send: a record that a person sent it, to whom and when; sending again adds to nothing."""
    require_state(row.state, "approved")
    return replace(
        row,
        state="sent",
        sent_at=payload.sent_at,
        sent_by=ctx.actor.name,
        recipients=payload.recipients,
    )


def withdraw_report(op: Operation, row: UrgentReport, payload: Any, ctx: FoldContext) -> Row:
    """urgent_report.withdraw: what was sent cannot be unsent."""
    require_state(row.state, "draft", "submitted", "returned", "approved")
    return replace(row, state="withdrawn", withdraw_reason=payload.reason)


def _for_another(row: UrgentReport, ctx: FoldContext) -> None:
    require_state(row.state, "submitted")
    if row.author_id == ctx.actor.id:
        raise Refused("own_act")
