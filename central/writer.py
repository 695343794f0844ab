"""The only code that writes rows of the contract and the log that desktops pull.

Rows are staged and written once, at the end of the transaction: however often an operation and its effects touch a
row, its version rises by one. A row is written over only as it was read. A row whose scope changes is evicted from
those who lose it and put to those who may see it, with its children, in the same transaction. Knows no rule about who
may do what.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec.structs import replace
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Connection, RowMapping

from desktop.models.domain.entities import (
    CHILD_TYPES,
    TYPE_OF,
    Key,
    Row,
    Ticket,
    decode_row,
    key_of,
    ticket_id_of,
)
from desktop.models.domain.privacy import scope_of

from . import dialects
from .database import ROWS, Outrun, Transaction, head_position
from .row_columns import columns_of, scope_columns, sets_of, unit_set_id
from .tables import change, entity, revision, unit_set

_SCOPE = ("audience", "unit_id", "assist_set", "recused", "author_id", "barred_set")
_IN_ONE_QUERY = 500


@dataclass(frozen=True)
class Stored:
    """A row as the table holds it."""

    version: int
    last_edit: str
    scope: tuple[str, ...]
    level: str
    source_hash: bytes | None
    data: bytes


class Writer:
    """Writes rows in one transaction. ``at`` is real time; ``op_id`` the operation that causes it, or ""."""

    def __init__(self, tx: Transaction, *, at: datetime, op_id: str = "") -> None:
        self._tx = tx
        self._at = at
        self._op_id = op_id
        self._stored: dict[Key, Stored | None] = {}
        self._staged: dict[Key, Row] = {}
        self._sources: dict[Key, bytes] = {}
        self._log: list[dict[str, Any]] = []
        self._sets: set[str] = set()
        tx.share(ROWS)
        tx.before_commit.append(self.flush)

    @property
    def connection(self) -> Connection:
        """The connection of the running transaction."""
        return self._tx.connection

    @property
    def at(self) -> datetime:
        """When this transaction happens, in real time."""
        return self._at

    def wait_for(self, name: str) -> None:
        """Wait until no other transaction holds ``name``; what is read from here on is the latest."""
        self._tx.lock(name)

    def row(self, entity_type: str, entity_id: str) -> Row | None:
        """The row as this transaction leaves it, None where there is none."""
        key = (entity_type, entity_id)
        if key in self._staged:
            return self._staged[key]
        stored = self.stored(key)
        return None if stored is None else decode_row(entity_type, stored.data)

    def ticket(self, ticket_id: str) -> Ticket | None:
        """A ticket as this transaction leaves it; "" is the ticket of rows that have none."""
        row = self.row("ticket", ticket_id) if ticket_id else None
        return row if isinstance(row, Ticket) else None

    def stored(self, key: Key) -> Stored | None:
        """The row as it was before this transaction."""
        if key not in self._stored:
            self.prefetch([key])
        return self._stored[key]

    def prefetch(self, keys: Iterable[Key]) -> None:
        """Read many rows with few queries."""
        missing = [key for key in keys if key not in self._stored]
        for start in range(0, len(missing), _IN_ONE_QUERY):
            part = missing[start : start + _IN_ONE_QUERY]
            self._stored.update(dict.fromkeys(part))
            self._stored.update(read_stored(self._tx.connection, part))

    def children(self, ticket_id: str, *types: str) -> list[Row]:
        """The children of a ticket as this transaction leaves them, of the given types or of all."""
        query = select(entity.c.type, entity.c.id, entity.c.data).where(entity.c.ticket_id == ticket_id)
        wanted = types or CHILD_TYPES
        rows: dict[Key, Row] = {
            (row.type, row.id): decode_row(row.type, row.data)
            for row in self._tx.connection.execute(query.where(entity.c.type.in_(wanted)))
        }
        rows |= {
            key: staged
            for key, staged in self._staged.items()
            if key[0] in wanted and ticket_id_of(staged) == ticket_id
        }
        return list(rows.values())

    def put(self, row: Row, *, source_hash: bytes | None = None) -> Row:
        """Stage a new state; returns it with the version it will have. Staging a row again keeps that version."""
        key = key_of(row)
        stored = self.stored(key)
        last_edit = self._op_id or (stored.last_edit if stored else "")
        row = replace(row, version=stored.version + 1 if stored else 1, last_edit=last_edit)
        self._staged[key] = row
        if source_hash is not None:
            self._sources[key] = source_hash
        return row

    def flush(self) -> None:
        """Write what is staged and its log; runs by itself before the commit."""
        moved = [row for row in self._staged.values() if isinstance(row, Ticket) and self._leaves_scope(row)]
        for row in self._staged.values():
            self._write(row)
        for ticket in moved:
            self._rescope_children(ticket)
        self._staged = {}
        if self._log:
            self._tx.last.append(self._append_log)

    def _append_log(self) -> None:
        log, self._log = self._log, []
        self._tx.announce_head(append_to_log(self._tx.connection, log))

    def _leaves_scope(self, ticket: Ticket) -> bool:
        stored = self.stored(("ticket", ticket.id))
        if stored is None:
            return False
        return (*stored.scope, stored.level) != (
            *_scope_values(scope_columns(scope_of(ticket, None))),
            ticket.level,
        )

    def _write(self, row: Row) -> None:
        key = key_of(row)
        stored = self.stored(key)
        ticket = None if isinstance(row, Ticket) else self.ticket(ticket_id_of(row))
        self.name_unit_sets((row, ticket))
        columns = columns_of(row, ticket)
        columns["source_hash"] = self._sources.get(key, stored.source_hash if stored else None)
        if stored is None:
            self._tx.connection.execute(_NEW, columns)
        else:
            if key[0] != "ticket":  # whose history is its timeline
                self._keep_revision(key, stored)
            self._replace(key, stored.version, columns)
            self._evict_if_moved(key, stored, columns)
        self._log_change("put", columns, columns)

    def _rescope_children(self, ticket: Ticket) -> None:
        """Give the children that this transaction did not write the scope of their ticket's new state."""
        query = select(entity).where(entity.c.ticket_id == ticket.id, entity.c.type.in_(CHILD_TYPES))
        for found in self._tx.connection.execute(query).mappings().all():
            row = decode_row(found["type"], found["data"])
            columns = columns_of(row, ticket)
            moved = [name for name in (*_SCOPE, "level") if columns[name] != found[name]]
            if not moved:
                continue
            self.name_unit_sets((row, ticket))
            columns["source_hash"] = found["source_hash"]
            self._replace((found["type"], found["id"]), found["version"], columns)
            if moved != ["level"]:
                self._log_change("evict", found, columns)
            self._log_change("put", columns, columns)

    def _replace(self, key: Key, version: int, columns: Mapping[str, Any]) -> None:
        """Write over the row as it was read. Raises :class:`Outrun` where it has changed since."""
        as_read = {"read_type": key[0], "read_id": key[1], "read_version": version}
        if self._tx.connection.execute(_OVER, {**columns, **as_read}).rowcount != 1:
            raise Outrun

    def _evict_if_moved(self, key: Key, stored: Stored, columns: Mapping[str, Any]) -> None:
        if stored.scope != _scope_values(columns):
            old = dict(zip(_SCOPE, stored.scope, strict=True))
            self._log_change("evict", old, columns)

    def _log_change(self, op: str, scope: Mapping[str, Any] | RowMapping, columns: Mapping[str, Any]) -> None:
        entry = {name: columns[name] for name in ("type", "id", "version", "ticket_id")}
        entry |= {name: scope[name] for name in _SCOPE}
        self._log.append(entry | {"op": op, "caused_by": self._op_id, "at": self._at})

    def _keep_revision(self, key: Key, stored: Stored) -> None:
        self._tx.connection.execute(
            _FORMER,
            {
                "type": key[0],
                "id": key[1],
                "version": stored.version,
                "replaced_at": self._at,
                "replaced_by": self._op_id,
                "data": stored.data,
            },
        )

    def name_unit_sets(self, rows: Iterable[Row | None]) -> None:
        """Make sure that the sets of units and persons which ``rows`` refer to are known by name."""
        for row in rows:
            for members in sets_of(row) if row is not None else ():
                name = unit_set_id(members)
                if name not in self._sets:
                    self._sets.add(name)
                    store_unit_set(self._tx.connection, members)


def read_stored(connection: Connection, keys: Iterable[Key]) -> dict[Key, Stored]:
    """The rows of ``keys`` that exist; at most some hundreds of keys."""
    ids: dict[str, list[str]] = {}
    for entity_type, entity_id in keys:
        ids.setdefault(entity_type, []).append(entity_id)
    return {
        (entity_type, entity_id): Stored(version, last_edit, tuple(scope), level, source_hash, data)
        for entity_type, wanted in ids.items()
        for entity_id, version, last_edit, level, source_hash, data, *scope in connection.execute(
            _STORED, {"type": entity_type, "ids": wanted}
        )
    }


def append_to_log(connection: Connection, entries: list[dict[str, Any]]) -> int:
    """Append entries in commit order; returns the new head. Only for ``Transaction.last``, behind the log's lock.

    With the lock, every change before this one is committed and seen by this statement.
    """
    head = head_position(connection)
    first = head + 1
    connection.execute(
        insert(change), [entry | {"position": first + i, "tx": first} for i, entry in enumerate(entries)]
    )
    return head + len(entries)


def store_unit_set(connection: Connection, unit_ids: tuple[str, ...]) -> None:
    """Store a set of units or persons under its name, once."""
    name = unit_set_id(unit_ids)
    rows = [{"set_id": name, "unit_id": unit} for unit in set(unit_ids)]
    connection.execute(dialects.insert(connection, unit_set).on_conflict_do_nothing(), rows)


def row_type(row: Row) -> str:
    """The contract's name of a row's type."""
    return TYPE_OF[type(row)]


# Made once: to build a statement of twenty columns takes longer than to execute it.
_NEW = insert(entity)
_OVER = (
    update(entity)
    .where(
        entity.c.type == bindparam("read_type"),
        entity.c.id == bindparam("read_id"),
        entity.c.version == bindparam("read_version"),
    )
    .values({column.name: bindparam(column.name) for column in entity.c})
)
_FORMER = insert(revision)
_STORED = select(
    entity.c.id,
    entity.c.version,
    entity.c.last_edit,
    entity.c.level,
    entity.c.source_hash,
    entity.c.data,
    *(entity.c[name] for name in _SCOPE),
).where(entity.c.type == bindparam("type"), entity.c.id.in_(bindparam("ids", expanding=True)))


def _scope_values(columns: Mapping[str, Any] | RowMapping) -> tuple[str, ...]:
    return tuple(str(columns[name]) for name in _SCOPE)
