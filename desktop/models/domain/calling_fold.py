"""What happens to a waiting visit before anybody calls: who shall, and whether once outside the attempt policy.

Pure folds. Whether an exception is needed, and whether it stands, is said by :mod:`return_visits`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from .entities import CallException, Row, Visit
from .fold_terms import FoldContext, Refused, require_state
from .operations import Operation
from .payloads import AssignPayload, DecideExceptionPayload, ReasonPayload


def _assign(op: Operation, row: Visit, payload: AssignPayload, ctx: FoldContext) -> Row:
    require_state(row.state, "waiting", "booked")
    if payload.person_id == row.assigned_to:
        return row
    return replace(row, assigned_to=payload.person_id, assigned_name="")


def _ask(op: Operation, row: Visit, payload: ReasonPayload, ctx: FoldContext) -> Row:
    require_state(row.state, "waiting", "booked")
    if row.exception is not None and row.exception.state == "asked":
        raise Refused("already_asked", conflict=True)
    asked = CallException(
        reason=payload.reason, asked_by_id=ctx.actor.id, asked_by=ctx.actor.name, asked_at=ctx.at
    )
    return replace(row, exception=asked)


def _decide(op: Operation, row: Visit, payload: DecideExceptionPayload, ctx: FoldContext) -> Row:
    require_state(row.state, "waiting", "booked")
    asked = row.exception
    if asked is None or asked.state != "asked":
        raise Refused("transition_not_legal", "/exception", conflict=True)
    if asked.asked_by_id == ctx.actor.id:
        raise Refused("own_act")
    if not payload.agreed and not payload.reason.strip():
        raise Refused("incomplete", "/payload/reason")
    last_hour = ctx.profile.attempts.citizen_named.end
    until = datetime.combine(ctx.profile.local(ctx.at).date(), last_hour, tzinfo=ctx.profile.zone())
    decided = replace(
        asked,
        state="agreed" if payload.agreed else "refused",
        decided_by_id=ctx.actor.id,
        decided_by=ctx.actor.name,
        decided_at=ctx.at,
        decision=payload.reason,
        until=until if payload.agreed else None,
    )
    return replace(row, exception=decided)


FOLDS: dict[str, Callable[[Operation, Any, Any, FoldContext], Row]] = {
    "visit.assign": _assign,
    "visit.ask_exception": _ask,
    "visit.decide_exception": _decide,
}
