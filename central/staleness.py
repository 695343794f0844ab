"""Whether an operation saw the row as it stands: the chain rule, the merge of untouched fields, and the conflict.

Decides; writes nothing.
"""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.models.domain.entities import Row
from desktop.models.domain.fold import field_value
from desktop.models.domain.operations import Kind, Operation
from desktop.models.domain.privacy import Scope

from .conflicts import conflict_of
from .situation import Situation
from .tables import change, operation

SIGNS_WHAT_WAS_SEEN = frozenset(
    {"notice.submit", "notice.approve", "notice.return", "finding.file", "finding.confirm", "finding.verify"}
)
"""Transitions that put a person's name under a text: they hold only for the text that person had before them."""


def check_seen(s: Situation, scope: Scope) -> bool:
    """True where an edit was merged into a newer row. Raises the ``Refusal`` with the conflict otherwise."""
    if s.row is None or not _must_have_seen(s.kind):
        return False
    if follows(s.connection, s.op, s.kind, s.row, s.session.device_id):
        return False
    if s.op.changes and all(_untouched(s.row, edit.field, edit.before, edit.after) for edit in s.op.changes):
        return True
    raise conflict_of(s, "stale", scope)


def follows(connection: Connection, op: Operation, kind: Kind, row: Row, device_id: str) -> bool:
    """The chain rule: the version is the one seen, or the last edit is this device's own previous one.

    Versions that this device's own earlier operations made by their effects count as seen.
    """
    if op.base_version == row.version or (op.after is not None and op.after == row.last_edit):
        return True
    if op.base_version is None:
        return False
    later = (
        select(change.c.version, operation.c.device_id, operation.c.seq)
        .select_from(change.outerjoin(operation, operation.c.op_id == change.c.caused_by))
        .where(
            change.c.type == kind.entity_type,
            change.c.id == op.entity_id,
            change.c.op == "put",
            change.c.version > op.base_version,
        )
        .order_by(change.c.position)
    )
    made: dict[int, tuple[str, int]] = {}
    for version, by, seq in connection.execute(later):
        made.setdefault(
            version, (by, seq)
        )  # put again with its ticket's new scope, a version is still its maker's
    newer = row.version - op.base_version
    return 0 < newer <= len(made) and all(by == device_id and seq < op.seq for by, seq in made.values())


def _must_have_seen(kind: Kind) -> bool:
    return (kind.mode == "edit" and not kind.name.endswith(".create")) or kind.name in SIGNS_WHAT_WAS_SEEN


def _untouched(row: Row, field: str, before: Any, after: Any) -> bool:
    """Whether the field still has the value the user saw, or already the one wanted."""
    if field not in row.__struct_fields__:
        return False
    now = msgspec.to_builtins(field_value(row, field))
    return now in (before, after)
