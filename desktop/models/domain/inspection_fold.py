"""What each operation on an inspection does to its row, in the order of its life; part of the fold.

draft → issued → frozen → fixed → drawn → closed; withdrawn from anywhere before the end. The frame, the draw and the
numbers are the server's and come by pull.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from .entities import Check, Inspection, Recusal, Row
from .fold_terms import FoldContext, Refused, apply_changes, require_state
from .inspection_rules import score
from .inspections import acting_inspectors, missing_of, recused_ids
from .operations import CATALOGUE, Operation


def write_plan(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    """``inspection.create``."""
    fields = {name: getattr(payload, name) for name in payload.__struct_fields__}
    return Inspection(
        id=op.entity_id, author_id=ctx.actor.id, author_name=ctx.actor.name, created_at=ctx.at, **fields
    )


def edit_plan(op: Operation, row: Inspection, payload: Any, ctx: FoldContext) -> Row:
    """``inspection.edit``: a plan that is issued stands."""
    require_state(row.state, "draft")
    return apply_changes(row, op.changes, CATALOGUE[op.kind].editable)


def issue(op: Operation, row: Inspection, payload: Any, ctx: FoldContext) -> Row:
    """``inspection.issue``: with a ground in force today, or not at all."""
    require_state(row.state, "draft")
    rules = ctx.profile.inspections
    missing = missing_of(row, rules, ctx.profile.local(ctx.at).date())
    if missing:
        raise Refused("incomplete", f"/{missing}")
    mandate = rules.citation(row.mandate)
    assert mandate is not None  # missing_of has seen it
    return replace(
        row, state="issued", issued_at=ctx.at, issued_by=ctx.actor.name, mandate_words=mandate.words("zh")
    )


def recuse(op: Operation, row: Inspection, payload: Any, ctx: FoldContext) -> Row:
    """``inspection.recuse``: an inspector has no part in it from now on; what they did stays on record."""
    require_state(row.state, "draft", "issued", "frozen", "fixed", "drawn")
    if payload.person_id not in {row.author_id, *row.inspector_ids}:
        raise Refused("not_an_inspector", "/payload/person_id")
    if payload.person_id in recused_ids(row):
        raise Refused("already_recused", "/payload/person_id", conflict=True)
    left = replace(
        row, recusals=(*row.recusals, Recusal(payload.person_id, payload.reason, ctx.at, ctx.actor.name))
    )
    if row.state != "draft" and not acting_inspectors(left):
        raise Refused("last_inspector", "/payload/person_id")
    return left


def freeze(op: Operation, row: Inspection, payload: Any, ctx: FoldContext) -> Row:
    """``inspection.freeze``: the frame is made and hashed, by the server."""
    require_state(row.state, "issued")
    if row.to_day > ctx.profile.local(ctx.at).date():
        raise Refused("period_not_over", "/to_day")
    return replace(row, state="frozen", frozen_at=ctx.at, frozen_by=ctx.actor.name)


def fix(op: Operation, row: Inspection, payload: Any, ctx: FoldContext) -> Row:
    """``inspection.fix``: how it will be drawn and where the seed will come from."""
    require_state(row.state, "frozen")
    if not payload.seed_source.strip():
        raise Refused("incomplete", "/payload/seed_source")
    return replace(
        row,
        state="fixed",
        fixed_at=ctx.at,
        fixed_by=ctx.actor.name,
        method=payload.method,
        size=payload.size,
        musts=tuple(dict.fromkeys(payload.musts)),
        rework_from=payload.rework_from,
        seed_source=_one_line(payload.seed_source),
    )


def draw(op: Operation, row: Inspection, payload: Any, ctx: FoldContext) -> Row:
    """``inspection.draw``: the seed comes last."""
    require_state(row.state, "fixed")
    seed = _one_line(payload.seed)
    if not seed:
        raise Refused("incomplete", "/payload/seed")
    return replace(row, state="drawn", seed=seed, drawn_at=ctx.at, drawn_by=ctx.actor.name)


def close(op: Operation, row: Inspection, payload: Any, ctx: FoldContext) -> Row:
    """``inspection.close``: what came of it."""
    require_state(row.state, "drawn")
    return replace(row, state="closed", result=payload.text, closed_at=ctx.at, closed_by=ctx.actor.name)


def withdraw(op: Operation, row: Inspection, payload: Any, ctx: FoldContext) -> Row:
    """``inspection.withdraw``: it stays on file with its reason."""
    require_state(row.state, "draft", "issued", "frozen", "fixed", "drawn")
    return replace(row, state="withdrawn", withdraw_reason=payload.reason)


def record_check(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    """``check.record``."""
    check = Check(
        id=op.entity_id,
        ticket_id=payload.ticket_id,
        inspection_id=payload.inspection_id,
        checklist=payload.checklist,
        results=payload.results,
        note=payload.note,
        by_id=ctx.actor.id,
        by_name=ctx.actor.name,
        at=ctx.at,
    )
    return _scored(check, ctx)


def edit_check(op: Operation, row: Check, payload: Any, ctx: FoldContext) -> Row:
    """``check.edit``: scored anew."""
    edited = apply_changes(row, op.changes, CATALOGUE[op.kind].editable)
    assert isinstance(edited, Check)  # apply_changes keeps the class
    return _scored(edited, ctx)


def _scored(check: Check, ctx: FoldContext) -> Check:
    checklist = ctx.profile.inspections.checklist(check.checklist)
    if checklist is None:
        raise Refused("unknown_checklist", "/payload/checklist")
    lines = {item.code for item in checklist.items}
    if not set(check.results) <= lines:
        raise Refused("bad_value", "/payload/results")
    found = score(checklist, check.results)
    return replace(
        check,
        tenths=found.tenths,
        critical=found.critical,
        complete=lines == set(check.results),
        passed=found.passed(ctx.profile.inspections.pass_points),
    )


def _one_line(text: str) -> str:
    """As it stands on the protocol: one line, no blanks before and after it."""
    return " ".join(text.split())
