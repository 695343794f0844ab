"""Which tables hold what a person made, and how to know one of their rows by its look alone. Pure; reads no file.

A page of a damaged store says nothing of the table it belongs to. The number and the kinds of its values do.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Column, Float, Integer, LargeBinary, Table, Text

from .tables import data_act, draft, outbox, quarantine, setting, transfer

Values = tuple[Any, ...]
"""What a page holds of a row, in the order of the columns: later schemas add at the end."""

Row = dict[str, Any]
"""A row by column name."""

KEPT: tuple[Table, ...] = (outbox, draft, quarantine, transfer, data_act, setting)
"""What no server could give back, and the few settings that say whose store it is."""

_IDENTITIES = {
    "outbox": ("seq",),
    "draft": ("key",),
    "quarantine": ("op_id", "reason"),
    "transfer": ("id",),
    "data_act": ("id",),
    "setting": ("key",),
}

_KINDS: tuple[tuple[type, tuple[type, ...]], ...] = (
    (Integer, (int,)),
    (Float, (int, float)),
    (Text, (str,)),
    (LargeBinary, (bytes,)),
)


class Lost(NamedTuple):
    """An operation that an index names and no page holds any more: what the index says of it."""

    seq: int
    state: str = ""
    entity_type: str = ""
    entity_id: str = ""


def identity(table: Table, row: Row) -> tuple[Any, ...]:
    """What two copies of one row have in common."""
    return tuple(row[name] for name in _IDENTITIES[table.name])


def table_of(values: Values) -> Table | None:
    """The kept table a row belongs to, by the look of its values; None for rows of any other table."""
    return next((table for table in KEPT if _fits(table, values)), None)


def whole_row(table: Table, rowid: int, values: Values) -> Row | None:
    """The row by column name, with what the file leaves out: its number, and columns that came with later schemas.

    None where it is not a row of this table, or a value of it was not read to its end. An answer of the server that
    was not is left out: the entry matters more.
    """
    if not _fits(table, values):
        return None
    row: Row = {}
    for position, column in enumerate(table.columns):
        value = values[position] if position < len(values) else None
        if value is None and _is_number(table, column):
            value = rowid
        if value is None and not column.nullable:
            value = column.default.arg if column.default is not None else None  # type: ignore[attr-defined]  # scalar
        if isinstance(value, bytes) and not _is_json(value):
            if not column.nullable:
                return None
            value = None
        row[column.name] = value
    return row


def _is_json(value: bytes) -> bool:
    try:
        msgspec.json.decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def _fits(table: Table, values: Values) -> bool:
    columns = list(table.columns)
    if any(value is not None for value in values[len(columns) :]):
        return False
    return all(
        _may_be(table, column, values[position] if position < len(values) else None)
        for position, column in enumerate(columns)
    )


def _may_be(table: Table, column: Column[Any], value: Any) -> bool:
    if value is None:
        return bool(column.nullable) or _is_number(table, column) or column.default is not None
    return isinstance(value, next(kinds for kind, kinds in _KINDS if isinstance(column.type, kind)))


def _is_number(table: Table, column: Column[Any]) -> bool:
    """Whether the file keeps the column as the row's number and not among its values."""
    return list(table.primary_key) == [column] and isinstance(column.type, Integer)
