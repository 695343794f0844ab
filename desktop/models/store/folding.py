"""fold(last server row, ordered pending operations): the one way a row on the screen comes to be.

``submit_fold`` adds one operation on top, ``refold`` computes rows anew after the server's row or the outbox changed;
both leave the same rows behind. Works inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.sqlite import insert

from desktop.models.domain.entities import Key, Row, decode_row, encode_row, ticket_id_of
from desktop.models.domain.fold import Actor, FoldContext, Refused, fold
from desktop.models.domain.operations import BadOperation, Operation, touches
from desktop.models.domain.profile import RuleProfile

from . import outbox
from .outbox import UNSENT, Entry
from .projection import (
    Stored,
    Touched,
    delete_rows,
    get_row,
    has_ticket,
    put_rows,
    ticket_rework,
)
from .tables import base, projection


class Folder(Struct, frozen=True, kw_only=True):
    """Who folds by which rules: this desktop's person and the city's profile."""

    actor: Actor
    profile: RuleProfile


_base_row = select(base.c.data, base.c.version).where(
    base.c.type == bindparam("t"), base.c.id == bindparam("i")
)
_shown_row = select(projection.c.data, projection.c.version).where(
    projection.c.type == bindparam("t"), projection.c.id == bindparam("i")
)
_keep_base = insert(base).on_conflict_do_nothing()
_put_base = insert(base)
_put_base = _put_base.on_conflict_do_update(
    index_elements=["type", "id"],
    set_={"version": _put_base.excluded.version, "data": _put_base.excluded.data},
)
_drop_base = delete(base).where(base.c.type == bindparam("t"), base.c.id == bindparam("i"))


def server_row(connection: Connection, key: Key) -> tuple[bytes, int] | None:
    """The server's row as it last came, as (JSON, version), whatever is folded on top of it."""
    for statement in (_base_row, _shown_row):
        found = connection.execute(statement, {"t": key[0], "i": key[1]}).first()
        if found is not None:
            return (found.data, found.version) if found.version > 0 else None
    return None


def put_base(connection: Connection, key: Key, data: bytes, version: int) -> None:
    """A newer row of the server for a key with operations folded in; the caller folds again afterwards."""
    connection.execute(_put_base, {"type": key[0], "id": key[1], "version": version, "data": data})


def submit_fold(connection: Connection, op: Operation, folder: Folder) -> Touched:
    """Folds a new operation onto the rows on the screen and appends it to the outbox.

    Raises ``Refused`` and ``BadOperation`` with nothing written.
    """
    keys = touches(op)
    rows = {key: row for key in keys if (row := get_row(connection, key)) is not None}
    result = fold(op, rows, _context(connection, op, rows, folder))
    ticket_id = next((t for row in (*result.values(), *rows.values()) if (t := ticket_id_of(row))), "")
    for key in rows:
        _set_base_aside(connection, key)
    outbox.append(connection, op, ticket_id, op.client_time)
    stored = [
        Stored(key, row, encode_row(row), row.version, _unsent(outbox.folded_into(connection, key)))
        for key, row in result.items()
        if key in rows or _at_home(connection, row)
    ]
    return put_rows(connection, stored, folder.profile.escalation) | Touched(
        frozenset({ticket_id} - {""}), frozenset()
    )


def refold(connection: Connection, keys: Iterable[Key], folder: Folder) -> Touched:
    """Recomputes ``keys``, and whatever shares an operation with them, from the server's rows and the outbox.

    An operation that has no effect on the rows as they are now is passed over: the server will judge it.
    """
    entries = _closure(connection, keys)
    rows: dict[Key, Row] = {}
    for key in entries:
        found = server_row(connection, key)
        if found is not None:
            rows[key] = decode_row(key[0], found[0])
    folding = {entry.seq: entry for list_ in entries.values() for entry in list_}
    plain = dict(rows)
    for _, entry in sorted(folding.items()):
        mine = {key: rows[key] for key in outbox.touched_keys([entry]) if key in rows}
        try:
            result = fold(entry.op, mine, _context(connection, entry.op, mine, folder))
        except (Refused, BadOperation):
            continue
        rows.update(result)
    stored: list[Stored] = []
    gone: list[Key] = []
    for key, mine_entries in entries.items():
        row = rows.get(key)
        if row is None or (key not in plain and not _at_home(connection, row)):
            gone.append(key)
            continue
        if mine_entries and key in plain:
            _set_base_aside(connection, key)
        stored.append(
            Stored(key, row, _json(connection, key, row, plain), row.version, _unsent(mine_entries))
        )
    touched = put_rows(connection, stored, folder.profile.escalation) | delete_rows(connection, gone)
    for key, mine_entries in entries.items():
        if not mine_entries:
            connection.execute(_drop_base, {"t": key[0], "i": key[1]})
    tickets = frozenset(entry.ticket_id for entry in folding.values()) - {""}
    return touched | Touched(tickets, frozenset())


def _closure(connection: Connection, keys: Iterable[Key]) -> dict[Key, list[Entry]]:
    """The operations folded into ``keys`` and into every row those operations touch."""
    entries: dict[Key, list[Entry]] = {}
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key in entries:
            continue
        entries[key] = outbox.folded_into(connection, key)
        waiting.extend(outbox.touched_keys(entries[key]))
    return entries


def _context(connection: Connection, op: Operation, rows: dict[Key, Row], folder: Folder) -> FoldContext:
    ticket_id = next((t for row in rows.values() if (t := ticket_id_of(row))), "")
    return FoldContext(
        actor=folder.actor,
        at=op.client_time,
        profile=folder.profile,
        ticket_rework=ticket_rework(connection, ticket_id) if ticket_id else 0,
    )


def _set_base_aside(connection: Connection, key: Key) -> None:
    found = server_row(connection, key)
    if found is not None:
        connection.execute(_keep_base, {"type": key[0], "id": key[1], "data": found[0], "version": found[1]})


def _json(connection: Connection, key: Key, row: Row, plain: dict[Key, Row]) -> bytes:
    """The server's own bytes where nothing was folded in, so that fields of a newer server are not lost."""
    if plain.get(key) is row:
        found = server_row(connection, key)
        if found is not None:
            return found[0]
    return encode_row(row)


def _at_home(connection: Connection, row: Row) -> bool:
    """A row made here stays off the screen while its ticket is out of scope."""
    ticket_id = ticket_id_of(row)
    return not ticket_id or has_ticket(connection, ticket_id)


def _unsent(entries: list[Entry]) -> int:
    return sum(entry.state in UNSENT for entry in entries)
