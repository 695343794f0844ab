"""What the operations of :mod:`visit_payloads` do to their rows: visits called into question, inquiries to a unit.

Part of :mod:`fold`, which alone calls it: pure, the same on both ends, and silent about who may do it. That another
visit is opened is the server's effect and comes back by pull.
"""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from .deadlines import due_in_working_days
from .entities import Challenge, Inquiry, Row, SentBack, Visit
from .fold_terms import FoldContext, Refused, require_state
from .operations import Operation


def challenge_visit(op: Operation, row: Visit, payload: Any, ctx: FoldContext) -> Row:
    """visit.challenge: nothing changes but that somebody else is asked."""
    require_state(row.state, "completed")
    if row.challenges and row.challenges[-1].state == "asked":
        raise Refused("already_asked", conflict=True)
    if not row.valid:
        raise Refused("not_valid", conflict=True)
    asked = Challenge(
        reason=payload.reason, again=payload.again, by_id=ctx.actor.id, by_name=ctx.actor.name, at=ctx.at
    )
    return replace(row, challenges=(*row.challenges, asked))


def decide_challenge(op: Operation, row: Visit, payload: Any, ctx: FoldContext) -> Row:
    """visit.decide_challenge: by neither who asked nor who made the visit. The answers stay as they were."""
    require_state(row.challenges[-1].state if row.challenges else "", "asked")
    asked = row.challenges[-1]
    if ctx.actor.id in (asked.by_id, row.completed_by_id):
        raise Refused("own_act")
    decided = replace(
        asked,
        state="agreed" if payload.agreed else "refused",
        decision=payload.reason,
        decided_by_id=ctx.actor.id,
        decided_by=ctx.actor.name,
        decided_at=ctx.at,
    )
    told = replace(row, challenges=(*row.challenges[:-1], decided))
    return replace(told, valid=False, proposal="") if payload.agreed else told


def send_back(op: Operation, row: Visit, payload: Any, ctx: FoldContext) -> Row:
    """visit.send_back: once, and only where the answers propose a further step. The case moves at the server."""
    require_state(row.state, "completed")
    if row.sent_back is not None:
        raise Refused("already_sent_back", conflict=True)
    if not row.proposal:
        raise Refused("nothing_proposed", conflict=True)
    told = SentBack(text=payload.text, by_id=ctx.actor.id, by_name=ctx.actor.name, at=ctx.at)
    return replace(row, sent_back=told)


def ask_unit(op: Operation, row: Row | None, payload: Any, ctx: FoldContext) -> Row:
    """inquiry.ask"""
    return Inquiry(
        id=op.entity_id,
        ticket_id=payload.ticket_id,
        unit_id=payload.unit_id,
        visit_id=payload.visit_id,
        text=payload.text,
        by_id=ctx.actor.id,
        by_name=ctx.actor.name,
        at=ctx.at,
        due_at=due_in_working_days(ctx.profile, ctx.at, ctx.profile.visits.inquiry_days),
    )


def answer_inquiry(op: Operation, row: Inquiry, payload: Any, ctx: FoldContext) -> Row:
    """inquiry.answer"""
    require_state(row.state, "asked")
    return replace(row, state="answered", answer=payload.text, answered_at=ctx.at, answered_by=ctx.actor.name)


def settle_inquiry(op: Operation, row: Inquiry, payload: Any, ctx: FoldContext) -> Row:
    """inquiry.settle: also without an answer, where nobody waits for it any more."""
    require_state(row.state, "asked", "answered")
    return replace(
        row,
        state="settled",
        again=payload.again,
        settled=payload.text,
        settled_at=ctx.at,
        settled_by=ctx.actor.name,
    )
