"""Whether an operation saw the row as it stands: the chain rule, the merge of untouched fields, and the conflict.

Decides; writes nothing.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.models.domain.entities import Row
from desktop.models.domain.fold import field_value
from desktop.models.domain.operations import Kind, Operation
from desktop.models.domain.privacy import scope_of

from .conflicts import conflict_of
from .situation import Situation
from .tables import change, operation

SIGNS_WHAT_WAS_SEEN = frozenset(
    {
        "notice.submit",
        "notice.approve",
        "notice.return",
        "finding.file",
        "finding.confirm",
        "finding.verify",
        "finding.decide",
        "extension.decide",
        "objection.decide",
        "urgent_report.submit",
        "urgent_report.approve",
        "urgent_report.return",
        "urgent_report.send",
        "inspection.issue",
        "visit.decide_challenge",
        "inquiry.settle",
    }
)
"""Transitions that put a person's name under a text: they hold only for the text that person had before them."""


def check_seen(s: Situation) -> bool:
    """True where an edit was merged into a newer row. Raises the ``Refusal`` with the conflict otherwise."""
    if s.row is None or not _must_have_seen(s.kind):
        return False
    if follows(s.connection, s.op, s.kind, s.row, s.session.device_id):
        return False
    if s.op.changes and all(_untouched(s.row, edit.field, edit.before, edit.after) for edit in s.op.changes):
        return True
    raise conflict_of(s, "stale", scope_of(s.row, s.case))


def follows(connection: Connection, op: Operation, kind: Kind, row: Row, device_id: str) -> bool:
    """The chain rule: the version is the one seen, or every version since was made by this device's own earlier work.

    Versions that its earlier operations made by their effects count as seen. That the last edit is its own does not
    suffice: it may have been merged into a colleague's, whom the author of both had not seen.
    """
    if op.base_version == row.version:
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
        made.setdefault(version, (by, seq))  # put again with its case's scope, it is still its maker's
    newer = row.version - op.base_version
    if 0 < newer <= len(made):
        return all(by == device_id and seq < op.seq for by, seq in made.values())
    return _was_not_merged(connection, op.after, row)  # the log has been cut, or the server restored


def _was_not_merged(connection: Connection, after: str | None, row: Row) -> bool:
    """Whether this device's previous edit is the last one and was made on a row that its author knew."""
    if after is None or after != row.last_edit:
        return False
    merged = select(operation.c.merged).where(operation.c.op_id == after)
    return connection.execute(merged).scalar() is False


def _must_have_seen(kind: Kind) -> bool:
    return (kind.mode == "edit" and not kind.name.endswith(".create")) or kind.name in SIGNS_WHAT_WAS_SEEN


def _untouched(row: Row, field: str, before: Any, after: Any) -> bool:
    """Whether the field still has the value the user saw, or already the one wanted."""
    if field not in row.__struct_fields__:
        return False
    return field_value(row, field) in (before, after)
