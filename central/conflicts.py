"""The conflict as its author is told it: the values now and as they were seen, and who changed what in between.

Shows nothing that the author may not see: every state is masked as a row of a pull would be, and a state that was never
theirs to see (a notice before it was issued) tells neither its values nor its fields. Decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from desktop.models.domain.entities import Row, decode_row
from desktop.models.domain.fold import field_value
from desktop.models.domain.operations import Operation
from desktop.models.domain.privacy import Scope, may_see, present, scope_of
from desktop.models.domain.wire import Conflict, Step

from .situation import Refusal, Situation
from .tables import account, change, operation, revision

MOST_STEPS = 20
_NEVER_TOLD = frozenset({"id", "version", "last_edit", "ticket_id"})
_LIMITS = ("rectify_due_at",)
"""What the office may have moved beside the fields an author asks about."""

_SCHEDULED = ("booked_at", "booked_until", "assigned_to", "note")


def conflict_of(s: Situation, code: str, scope: Scope) -> Refusal:
    """The refusal of an operation that did not see the row as it stands, or whose step is no longer possible."""
    assert s.row is not None  # only an existing row can be in conflict
    states = _states(s, s.row)
    now = present(s.row, scope, s.viewer)
    seen = states.get(s.op.base_version if s.op.base_version is not None else -1)
    names = _in_question(s.op, now, seen)
    steps = _steps(s, s.row, states)
    last = steps[-1] if steps else None
    conflict = Conflict(
        code=code,
        version=s.row.version,
        fields=_values(now, names),
        seen=_values(seen, names) if seen is not None else {},
        state=str(getattr(s.row, "state", "")),
        by_name=last.by_name if last else "",
        at=last.at if last else None,
        steps=tuple(steps),
    )
    return Refusal("conflict", code, conflict=conflict)


def _states(s: Situation, row: Row) -> dict[int, Row]:
    """The states of the row since the one the operation was based on that its author may see, by version."""
    least = max(s.op.base_version or 0, row.version - MOST_STEPS)
    former = s.connection.execute(
        select(revision.c.data).where(
            revision.c.type == s.kind.entity_type,
            revision.c.id == s.op.entity_id,
            revision.c.version >= least,
            revision.c.version < row.version,
        )
    ).scalars()
    states: dict[int, Row] = {}
    for state in (*(decode_row(s.kind.entity_type, data) for data in former), row):
        scope = scope_of(state, s.case)
        if may_see(s.viewer, scope):
            states[state.version] = present(state, scope, s.viewer)
    return states


def _steps(s: Situation, row: Row, states: dict[int, Row]) -> list[Step]:
    """What was done to the row since, oldest first; where nothing was, the last thing that was."""
    since = s.op.base_version if s.op.base_version is not None else row.version - 1
    least = max(min(since, row.version - 1), row.version - MOST_STEPS)
    query = (
        select(change.c.version, change.c.at, operation.c.kind, account.c.name)
        .select_from(
            change.outerjoin(operation, operation.c.op_id == change.c.caused_by).outerjoin(
                account, account.c.person_id == operation.c.person_id
            )
        )
        .where(
            change.c.type == s.kind.entity_type,
            change.c.id == s.op.entity_id,
            change.c.op == "put",
            change.c.version > least,
        )
        .order_by(change.c.version, change.c.position)
    )
    ahead = s.now - s.writer.at  # the log is kept in real time, people are told the office's
    found: dict[int, Any] = {}
    for made in s.connection.execute(query):
        found.setdefault(made.version, made)  # a later entry of a version only moved the row to another scope
    return [_step(version, made, states, ahead) for version, made in found.items() if version in states]


def _step(version: int, made: Any, states: dict[int, Row], ahead: timedelta) -> Step:
    before, after = states.get(version - 1), states.get(version)
    told = _different(before, after) if before is not None and after is not None else ()
    return Step(
        version=version,
        at=made.at + ahead,
        by_name=made.name or "",
        kind=made.kind or "",
        state=str(getattr(after, "state", "")),
        fields=tuple(told),
    )


def _in_question(op: Operation, now: Row, seen: Row | None) -> list[str]:
    """The fields an author has to decide about: those they set, or those under their signature that are others now."""
    if op.changes:
        set_by_it = [edit.field for edit in op.changes]
        moved = [
            name
            for name in _LIMITS
            if seen is not None and getattr(seen, name, None) != getattr(now, name, None)
        ]
        return [*set_by_it, *moved]
    if op.kind == "visit.schedule":
        return list(_SCHEDULED)
    return _different(seen, now) if seen is not None else []


def _different(before: Row, after: Row) -> list[str]:
    names = (name for name in after.__struct_fields__ if name not in _NEVER_TOLD)
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def _values(row: Row, names: Iterable[str]) -> dict[str, Any]:
    return {name: field_value(row, name) for name in names if hasattr(row, name)}
