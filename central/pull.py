"""What a viewer has not seen yet: a page of the change log, and digests of everything in scope. Read-only."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Row, and_, bindparam, false, func, not_, or_, select
from sqlalchemy.engine import Connection

from desktop.models.domain.privacy import Viewer
from desktop.models.domain.wire import Change, DigestEntry

from .database import head_position
from .dialects import Ready
from .scope_sql import Shape, shape_of, values_of, visible, visible_to
from .serializer import ROW_COLUMNS, Presenter
from .tables import change, entity

_LONGEST_COMMIT = 5000
_MASK = 2**64 - 1


@dataclass(frozen=True)
class Pulled:
    """One page: ``position`` is where the viewer stands after it."""

    changes: tuple[Change, ...]
    position: int
    has_more: bool


def read_changes(connection: Connection, viewer: Viewer, position: int, limit: int) -> Pulled:
    """What happened after ``position``; the page ends with the first commit at or past ``limit`` rows.

    A row is sent as it is now, so that a viewer never receives what it may no longer see; an eviction is sent only
    to those who have really lost the row.
    """
    return changes_after(connection, viewer, position, limit, head=head_position(connection))


def changes_after(connection: Connection, viewer: Viewer, position: int, limit: int, *, head: int) -> Pulled:
    """:func:`read_changes` for whoever has read the head in this transaction already."""
    presenter = Presenter(viewer)
    changes: list[Change] = []
    reached, running = position, 0
    values = values_of(viewer) | {"position": position, "rows": limit + _LONGEST_COMMIT}
    for row in _changes_query(shape_of(viewer)).execute(connection, values):
        if row.tx != running and len(changes) >= limit:
            return Pulled(tuple(changes), row.tx - 1, True)
        running, reached = row.tx, row.position
        changes.append(presenter.put(row, row.caused_by) if row.op == "put" else _eviction(row))
    if len(changes) >= limit + _LONGEST_COMMIT:
        return Pulled(tuple(changes), reached, True)
    return Pulled(tuple(changes), head, False)


def read_digest(connection: Connection, viewer: Viewer) -> dict[str, DigestEntry]:
    """Per type the count and sum of row hashes of everything the viewer may see, as this transaction sees it."""
    query = (
        select(entity.c.type, func.count(), func.sum(entity.c.hash_hi), func.sum(entity.c.hash_lo))
        .where(visible(viewer, entity))
        .group_by(entity.c.type)
    )
    return {
        entity_type: DigestEntry(count=count, sum=f"{((int(high) << 32) + int(low)) & _MASK:016x}")
        for entity_type, count, high, low in connection.execute(query)
    }


@lru_cache(maxsize=256)
def _changes_query(shape: Shape) -> Ready:
    """Built once a shape of viewer: polling is what a server does most."""
    seen_now = func.coalesce(visible_to(shape, entity), false())
    at = (change.c.type == entity.c.type) & (change.c.id == entity.c.id)
    query = (
        select(
            change.c.position,
            change.c.tx,
            change.c.op,
            change.c.caused_by,
            change.c.type.label("changed_type"),
            change.c.id.label("changed_id"),
            change.c.version.label("changed_version"),
            *ROW_COLUMNS,
        )
        .select_from(change.outerjoin(entity, at))
        .where(
            change.c.position > bindparam("position"),
            visible_to(shape, change),
            or_(and_(change.c.op == "put", seen_now), and_(change.c.op == "evict", not_(seen_now))),
        )
        .order_by(change.c.position)
        .limit(bindparam("rows", type_=Integer))
    )
    return Ready(query)


def _eviction(row: Row[Any]) -> Change:
    return Change(
        type=row.changed_type,
        id=row.changed_id,
        op="evict",
        version=row.changed_version,
        caused_by=row.caused_by,
    )
