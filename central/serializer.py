"""The one way a row leaves the server: masked for its viewer. Rows that no mask touches pass as the bytes they are.

Knows no query; ``privacy.present`` says what a mask is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy.engine import RowMapping

from desktop.models.domain.entities import REFERENCE_TYPES, Row, decode_row, encode_row
from desktop.models.domain.privacy import Scope, Viewer, present
from desktop.models.domain.wire import Change

from .tables import entity


@dataclass(frozen=True)
class ScopedRow:
    """A row as it lies in the table, with what decides its masks."""

    type: str
    id: str
    version: int
    level: str
    audience: str
    unit_id: str
    recused: str
    author_id: str
    data: bytes


ROW_COLUMNS = tuple(entity.c[name] for name in ScopedRow.__dataclass_fields__)
"""What a query selects to make a :class:`ScopedRow`."""


def scoped_row(row: RowMapping) -> ScopedRow:
    """A selected row; extra columns are ignored."""
    return ScopedRow(
        row["type"],
        row["id"],
        row["version"],
        row["level"],
        row["audience"],
        row["unit_id"],
        row["recused"],
        row["author_id"],
        row["data"],
    )


def may_need_mask(viewer: Viewer, entity_type: str, level: str) -> bool:
    """False only where :func:`present` is certain to leave the row as it is."""
    if entity_type in REFERENCE_TYPES:
        return False
    return not viewer.office or (level == "report" and not viewer.cleared)


def presented(viewer: Viewer, row: ScopedRow) -> bytes:
    """The row as ``viewer`` may have it, as JSON."""
    if not may_need_mask(viewer, row.type, row.level):
        return row.data
    decoded = decode_row(row.type, row.data)
    shown = present(decoded, scope_of_columns(row), viewer)
    return row.data if shown is decoded else encode_row(shown)


def presented_row(viewer: Viewer, row: ScopedRow) -> Row:
    """The same as a struct."""
    return present(decode_row(row.type, row.data), scope_of_columns(row), viewer)


def scope_of_columns(row: ScopedRow) -> Scope:
    """The scope of a stored row, but for its assisting units, which no mask asks for."""
    plain: dict[str, Any] = {
        "audience": row.audience,
        "unit_id": row.unit_id,
        "level": row.level,
        "recused": row.recused,
        "author_id": row.author_id,
    }
    return msgspec.convert(plain, Scope)


def put_of(viewer: Viewer, row: ScopedRow, caused_by: str = "") -> Change:
    """A change that carries the row."""
    data = msgspec.Raw(presented(viewer, row))
    return Change(
        type=row.type,  # type: ignore[arg-type]  # the column holds only types of the contract
        id=row.id,
        op="put",
        version=row.version,
        caused_by=caused_by,
        data=data,
    )


def puts_of(viewer: Viewer, rows: Iterable[ScopedRow]) -> tuple[Change, ...]:
    """Changes that carry these rows, in order."""
    return tuple(put_of(viewer, row) for row in rows)
