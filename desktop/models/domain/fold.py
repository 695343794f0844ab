"""The fold: operation × rows → rows, the same on both ends.

The screen shows fold(last server row, ordered pending operations); the server folds the same operation when it
applies it and then adds its own effects (numbers, timeline, the ticket's state), which reach desktops by pull.
A transition that is not legal raises :class:`Refused`; nothing here knows who may do it or reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from . import calling_fold as calling
from . import finding_fold as findings
from . import inspection_fold as inspections
from . import upward_fold as up
from . import visit_fold as visits
from .deadlines import due_in_working_days
from .entities import (
    TYPES,
    Answers,
    Attachment,
    Attempt,
    DraftTicket,
    Guidance,
    GuidanceReceipt,
    Key,
    Note,
    Notice,
    Row,
    Urge,
    View,
    Visit,
)
from .fold_terms import Actor, FoldContext, Refused, apply_changes
from .fold_terms import require_state as _legal
from .operations import CATALOGUE, BadOperation, Operation, payload_of, upcast
from .return_visits import is_for_the_case, is_valid, missing_answers, proposal

__all__ = ("Actor", "FoldContext", "Refused", "Rows", "apply_changes", "field_value", "fold")

Rows = Mapping[Key, Row]


def fold(op: Operation, rows: Rows, ctx: FoldContext) -> dict[Key, Row]:
    """The new states of the rows ``op`` touches; versions are left as they were, the caller counts them.

    ``rows`` holds the present states of ``touches(op)``, where they exist. Raises :class:`Refused` and
    :class:`BadOperation`.
    """
    op = upcast(op)
    kind = CATALOGUE.get(op.kind)
    if kind is None:
        raise BadOperation("unknown_kind", "/kind")
    payload = payload_of(op)
    key: Key = (kind.entity_type, op.entity_id)
    row = rows.get(key)
    creates = kind.mode == "append" or op.kind.endswith(".create")
    if creates and row is not None:
        raise Refused("exists", "/entity_id")
    if not creates and row is None:
        raise Refused("not_found", "/entity_id")
    result = _FOLDS[op.kind](op, row, payload, ctx)
    if not isinstance(result, dict):
        return {key: result}
    if any(other in rows for other in result if other != key):
        raise Refused("exists", "/payload")  # a second row is always new: no reply replaces another
    return result


def field_value(row: Struct, field: str) -> Any:
    """A field as the plain JSON that ``FieldChange`` compares: a list where the row has a tuple, as it travels."""
    return msgspec.json.decode(msgspec.json.encode(getattr(row, field)))


def _urge(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    return Urge(
        id=op.entity_id,
        ticket_id=payload.ticket_id,
        unit_id=payload.unit_id,
        means=payload.means,
        person_reached=payload.person_reached,
        answer=payload.answer,
        promised_at=payload.promised_at,
        text=payload.text,
        by_id=ctx.actor.id,
        by_name=ctx.actor.name,
        at=ctx.at,
    )


def _urge_acknowledge(op: Operation, row: Urge, payload: Any, ctx: FoldContext) -> Row:
    if row.acknowledged_at is not None:
        raise Refused("already_acknowledged", conflict=True)
    return replace(
        row,
        acknowledged_at=ctx.at,
        acknowledged_by=ctx.actor.name,
        acknowledgement=payload.text,
    )


def _notice_create(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    return Notice(
        id=op.entity_id,
        ticket_id=payload.ticket_id,
        unit_id=payload.unit_id,
        ground=payload.ground,
        requirement=payload.requirement,
        rung=payload.rung,
        author_id=ctx.actor.id,
        author_name=ctx.actor.name,
        created_at=ctx.at,
    )


def _notice_edit(op: Operation, row: Notice, payload: Any, ctx: FoldContext) -> Row:
    _legal(row.state, "draft", "returned")
    return apply_changes(row, op.changes, CATALOGUE[op.kind].editable)


def _notice_submit(op: Operation, row: Notice, payload: Any, ctx: FoldContext) -> Row:
    _legal(row.state, "draft", "returned")
    if not row.ground.strip() or not row.requirement.strip():
        raise Refused("incomplete", "/ground" if not row.ground.strip() else "/requirement")
    return replace(row, state="submitted", submitted_at=ctx.at, return_reason="")


def _notice_approve(op: Operation, row: Notice, payload: Any, ctx: FoldContext) -> Row:
    _legal(row.state, "submitted")
    if row.author_id == ctx.actor.id:
        raise Refused("own_act")
    due = due_in_working_days(ctx.profile, ctx.at, ctx.profile.reply_days(row.rung))
    return replace(
        row,
        state="issued",
        approver_id=ctx.actor.id,
        approver_name=ctx.actor.name,
        issued_at=ctx.at,
        reply_due_at=due,
    )


def _notice_return(op: Operation, row: Notice, payload: Any, ctx: FoldContext) -> Row:
    _legal(row.state, "submitted")
    if row.author_id == ctx.actor.id:
        raise Refused("own_act")
    return replace(
        row,
        state="returned",
        return_reason=payload.reason,
        approver_id=ctx.actor.id,
        approver_name=ctx.actor.name,
    )


def _notice_withdraw(op: Operation, row: Notice, payload: Any, ctx: FoldContext) -> Row:
    # The unit's explanation may be what takes a card back; a notice that was answered has done what it was for.
    answered = () if row.rung == "notice" else ("replied",)
    _legal(row.state, "draft", "returned", "submitted", "issued", *answered)
    return replace(row, state="withdrawn", withdraw_reason=payload.reason)


def _notice_reply(op: Operation, row: Notice, payload: Any, ctx: FoldContext) -> Row:
    _legal(row.state, "issued")
    return replace(
        row,
        state="replied",
        reply_text=payload.text,
        replied_at=ctx.at,
        replied_by=ctx.actor.name,
    )


def _visit_schedule(op: Operation, row: Visit, payload: Any, ctx: FoldContext) -> Row:
    _legal(row.state, "waiting", "booked")
    return replace(
        row,
        state="booked" if payload.booked_at else "waiting",
        booked_at=payload.booked_at,
        booked_until=payload.booked_until if payload.booked_at else None,
        assigned_to=payload.assigned_to,
        assigned_name=row.assigned_name if payload.assigned_to == row.assigned_to else "",
        note=payload.note or row.note,
    )


def _visit_attempt(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    if payload.outcome == "call_later" and payload.call_later_at is None:
        raise Refused("incomplete", "/payload/call_later_at")
    return Attempt(
        id=op.entity_id,
        ticket_id=payload.ticket_id,
        visit_id=payload.visit_id,
        outcome=payload.outcome,
        at=payload.at,
        duration_s=payload.duration_s,
        call_later_at=payload.call_later_at,
        by_id=ctx.actor.id,
        by_name=ctx.actor.name,
        lease_id=payload.lease_id,
        lease_epoch=payload.lease_epoch,
        note=payload.note,
        practice=payload.practice,
        recording=payload.recording,
    )


def _visit_complete(op: Operation, row: Visit, payload: Any, ctx: FoldContext) -> dict[Key, Row]:
    _legal(row.state, "waiting", "booked")
    answers: Answers = payload.answers
    missing = missing_answers(answers, row.level)
    if missing:
        raise Refused("incomplete", f"/payload/answers/{missing[0]}")
    own = is_for_the_case(row)
    done = replace(
        row,
        state="completed",
        answers=answers,
        questionnaire=payload.questionnaire,
        completed_at=ctx.at,
        completed_by=ctx.actor.name,
        completed_by_id=ctx.actor.id,
        valid=own and is_valid(answers),
        proposal=proposal(answers, ctx.ticket_rework, ctx.profile.escalation.rework) if own else "",
    )
    rows: dict[Key, Row] = {("visit", row.id): done}
    if payload.new_matter:
        new_id = payload.new_matter_id or f"{op.op_id}-n"
        rows["draft_ticket", new_id] = DraftTicket(
            id=new_id,
            ticket_id=row.ticket_id,
            visit_id=row.id,
            text=payload.new_matter,
            by_id=ctx.actor.id,
            by_name=ctx.actor.name,
            at=ctx.at,
        )
    return rows


def _note(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    return Note(
        id=op.entity_id,
        ticket_id=payload.ticket_id,
        unit_id=payload.unit_id,
        text=payload.text,
        by_id=ctx.actor.id,
        by_name=ctx.actor.name,
        at=ctx.at,
    )


def _attachment(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    return Attachment(
        id=op.entity_id,
        ticket_id=payload.ticket_id,
        about_type=payload.about_type,
        about_id=payload.about_id,
        name=payload.name,
        size=payload.size,
        sha256=payload.sha256,
        media_type=payload.media_type,
        by_id=ctx.actor.id,
        by_name=ctx.actor.name,
        at=ctx.at,
    )


def _edited(op: Operation, row: Row, payload: Any, ctx: FoldContext) -> Row:
    return apply_changes(row, op.changes, CATALOGUE[op.kind].editable)


def _view_create(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    return View(
        id=op.entity_id,
        name=payload.name,
        author_id=ctx.actor.id,
        author_name=ctx.actor.name,
        shared=payload.shared,
        question=payload.question,
        whole_city=payload.whole_city,
        group_by=payload.group_by,
        columns=payload.columns,
        place=payload.place,
        shortcut=payload.shortcut,
        created_at=ctx.at,
    )


def _view_edit(op: Operation, row: View, payload: Any, ctx: FoldContext) -> Row:
    _legal("removed" if row.removed else "", "")
    edited = _edited(op, row, payload, ctx)
    assert isinstance(edited, View)  # apply_changes keeps the class
    if not edited.name.strip():
        raise Refused("incomplete", "/changes/name")
    return edited


def _view_remove(op: Operation, row: View, payload: Any, ctx: FoldContext) -> Row:
    _legal("removed" if row.removed else "", "")
    return replace(row, removed=True)


def _guidance_send(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    return Guidance(
        id=op.entity_id,
        kind=payload.kind,
        title=payload.title,
        text=payload.text,
        unit_ids=payload.unit_ids,
        by_id=ctx.actor.id,
        by_name=ctx.actor.name,
        at=ctx.at,
    )


def _guidance_confirm(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    return GuidanceReceipt(
        id=op.entity_id,
        guidance_id=payload.guidance_id,
        unit_id=payload.unit_id,
        text=payload.text,
        by_id=ctx.actor.id,
        by_name=ctx.actor.name,
        at=ctx.at,
    )


def _guidance_withdraw(op: Operation, row: Guidance, payload: Any, ctx: FoldContext) -> Row:
    _legal("sent" if row.withdrawn_at is None else "withdrawn", "sent")
    return replace(row, withdrawn_at=ctx.at, withdraw_reason=payload.reason)


_Fold = Callable[[Operation, Any, Any, FoldContext], Row | dict[Key, Row]]
_FOLDS: dict[str, _Fold] = {
    "ticket.urge": _urge,
    "urge.acknowledge": _urge_acknowledge,
    "notice.create": _notice_create,
    "notice.edit": _notice_edit,
    "notice.submit": _notice_submit,
    "notice.approve": _notice_approve,
    "notice.return": _notice_return,
    "notice.withdraw": _notice_withdraw,
    "notice.reply": _notice_reply,
    "visit.schedule": _visit_schedule,
    **calling.FOLDS,
    "visit.attempt": _visit_attempt,
    "visit.complete": _visit_complete,
    "finding.create": findings.create,
    "finding.edit": findings.edit,
    "finding.file": findings.file,
    "finding.acknowledge": findings.acknowledge,
    "finding.reply": findings.reply,
    "finding.confirm": findings.confirm,
    "finding.withdraw": findings.withdraw,
    "finding.begin": findings.begin,
    "finding.rectify": findings.rectify,
    "finding.arrange": findings.arrange,
    "finding.verify": findings.verify,
    "finding.return": findings.send_back,
    "finding.review": findings.ask_review,
    "finding.decide": findings.decide_review,
    "note.add": _note,
    "note.hand_over": _note,
    "attachment.link": _attachment,
    "person.assign": _edited,
    "ticket.assign": _edited,
    "unit.edit": _edited,
    "view.create": _view_create,
    "view.edit": _view_edit,
    "view.remove": _view_remove,
    "guidance.send": _guidance_send,
    "guidance.confirm": _guidance_confirm,
    "guidance.withdraw": _guidance_withdraw,
    "extension.request": up.ask_for_time,
    "extension.decide": up.decide,
    "objection.raise": up.object_to_dispatch,
    "objection.decide": up.decide,
    "instruction.register": up.register,
    "instruction.edit": up.edit_instruction,
    "instruction.feed_back": up.feed_back,
    "instruction.withdraw": up.withdraw_instruction,
    "urgent_report.create": up.write_report,
    "urgent_report.edit": up.edit_report,
    "urgent_report.submit": up.submit_report,
    "urgent_report.approve": up.approve_report,
    "urgent_report.return": up.return_report,
    "urgent_report.send": up.send_report,
    "urgent_report.withdraw": up.withdraw_report,
    "inspection.create": inspections.write_plan,
    "inspection.edit": inspections.edit_plan,
    "inspection.issue": inspections.issue,
    "inspection.recuse": inspections.recuse,
    "inspection.freeze": inspections.freeze,
    "inspection.fix": inspections.fix,
    "inspection.draw": inspections.draw,
    "inspection.close": inspections.close,
    "inspection.withdraw": inspections.withdraw,
    "check.record": inspections.record_check,
    "check.edit": inspections.edit_check,
    "visit.challenge": visits.challenge_visit,
    "visit.decide_challenge": visits.decide_challenge,
    "visit.send_back": visits.send_back,
    "inquiry.ask": visits.ask_unit,
    "inquiry.answer": visits.answer_inquiry,
    "inquiry.settle": visits.settle_inquiry,
}

if set(_FOLDS) != set(CATALOGUE) or not {k.entity_type for k in CATALOGUE.values()} <= set(TYPES):
    raise RuntimeError("the catalogue and the fold disagree")  # a programming error, found at import
