"""The rows that screens read: put, evict. Every function works inside the caller's transaction.

``put_rows`` writes what it is given, ``deriving.derive`` then brings the columns that depend on other rows up to date
for the tickets and visits named; a caller does both before it commits. What to put (folding) is decided in ``folding``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection, bindparam, select

from desktop.models.domain.entities import (
    Attempt,
    Key,
    Row,
    Ticket,
    decode_row,
    encode_row,
    key_of,
    ticket_id_of,
)
from desktop.models.domain.profile import EscalationRule
from desktop.models.domain.search_text import fold_all, unfolded_text

from .many import Many
from .replies import KEPT_REPLIES, REPLY_TYPES
from .shadows import SHADOWS, Values, ticket_values, values_of
from .tables import projection
from .ticket_log import note_everything, note_gone, note_tickets

_BATCH = 500
_decode_attempt = msgspec.json.Decoder(Attempt).decode


class Stored(NamedTuple):
    """A row on its way into the projection: the typed row, the JSON to keep, and the pending operations in it."""

    key: Key
    row: Row
    data: bytes
    version: int
    pending: int = 0

    @classmethod
    def of(cls, row: Row, *, pending: int = 0) -> Stored:
        """From a typed row; its version is the server's."""
        return cls(key_of(row), row, encode_row(row), row.version, pending)


class Touched(NamedTuple):
    """What ``derive`` has to look at after rows were put or removed.

    ``answered``: those of the tickets of which a row came or went that may hold a unit's answer.
    """

    ticket_ids: frozenset[str]
    visit_ids: frozenset[str]
    answered: frozenset[str] = frozenset()

    def __or__(self, other: object) -> Touched:
        if not isinstance(other, Touched):
            return NotImplemented
        return Touched(
            self.ticket_ids | other.ticket_ids,
            self.visit_ids | other.visit_ids,
            self.answered | other.answered,
        )


NOTHING_TOUCHED = Touched(frozenset(), frozenset())

_INSERT = "INSERT INTO projection (type, id, ticket_id, version, pending, data) VALUES"
_UPDATE = "version = excluded.version, pending = excluded.pending, data = excluded.data"
_PUT = Many(_INSERT, "(?, ?, ?, ?, ?, ?)", f"ON CONFLICT (type, id) DO UPDATE SET {_UPDATE}")
# Named in an update, the column would be written anew in its index, whether it is another or not.
_MOVE = "UPDATE projection SET ticket_id = ? WHERE type = ? AND id = ? AND ticket_id <> ?"
_LOAD = Many(
    _INSERT,
    "(?, ?, ?, ?, ?, ?)",
    f"ON CONFLICT (type, id) DO UPDATE SET ticket_id = excluded.ticket_id, {_UPDATE}",
)
_PUT_TEXT = Many(
    "INSERT INTO ticket_text (rid, text) SELECT l.rid, v.column1 FROM (VALUES",
    "(?, ?)",
    ") v CROSS JOIN ticket_list l ON l.id = v.column2 WHERE true "
    f"ON CONFLICT (rid) DO UPDATE SET text = excluded.text || {KEPT_REPLIES} "
    f"WHERE ticket_text.text <> excluded.text || {KEPT_REPLIES}",
)
_one = select(projection.c.data, projection.c.version).where(
    projection.c.type == bindparam("t"), projection.c.id == bindparam("i")
)


def get_row(connection: Connection, key: Key) -> Row | None:
    """The folded row as screens see it."""
    found = connection.execute(_one, {"t": key[0], "i": key[1]}).first()
    return None if found is None else decode_row(key[0], found.data)


def ticket_rework(connection: Connection, ticket_id: str) -> int:
    """How often a ticket was sent back, 0 where it is not here; what a fold may know of a ticket."""
    found = connection.exec_driver_sql("SELECT rework FROM ticket_list WHERE id = ?", (ticket_id,)).scalar()
    return int(found or 0)


def has_ticket(connection: Connection, ticket_id: str) -> bool:
    """True where the ticket itself is in scope."""
    return (
        connection.exec_driver_sql("SELECT 1 FROM ticket_list WHERE id = ?", (ticket_id,)).scalar()
        is not None
    )


class Ready(NamedTuple):
    """Rows as the values of the statements that write them: everything that can be done without a connection.

    ``parents``: the tickets of the children among them that lists show.
    """

    main: list[Values]
    shadows: dict[str, list[Values]]
    pending: dict[str, list[Values]]
    texts: list[Values]
    touched: Touched
    parents: frozenset[str]
    loading: bool


def make_ready(rows: Iterable[Stored], rule: EscalationRule, *, loading: bool = False) -> Ready:
    """What :func:`put_ready` writes. ``loading``: the rows of a load, in which nothing is folded."""
    shadows: dict[str, list[Values]] = defaultdict(list)
    pending: dict[str, list[Values]] = defaultdict(list)
    tickets: list[str] = []
    parents: set[str] = set()
    visits: set[str] = set()
    answered: set[str] = set()
    main: list[Values] = []
    listed_tickets: list[Values] = []
    texts: list[str] = []
    for (entity_type, row_id), row, data, version, waiting in rows:
        if isinstance(row, Ticket):
            main.append((entity_type, row_id, row_id, version, waiting, data))
            listed_tickets.append(ticket_values(row, rule))
            texts.append(unfolded_text(row))
            tickets.append(row_id)
            continue
        ticket_id = ticket_id_of(row)
        main.append((entity_type, row_id, ticket_id, version, waiting, data))
        listed = entity_type in SHADOWS
        if listed:
            shadows[entity_type].append(values_of(entity_type, row, rule))
            if not loading:
                pending[entity_type].append((waiting, row_id, waiting))
        if ticket_id and (listed or not loading or entity_type in REPLY_TYPES):
            parents.add(ticket_id)
            if entity_type in REPLY_TYPES:
                answered.add(ticket_id)
        if entity_type == "visit":
            visits.add(row_id)
        elif isinstance(row, Attempt):
            visits.add(row.visit_id)
    if listed_tickets:
        shadows["ticket"] = listed_tickets
    touched = Touched(frozenset(parents.union(tickets)), frozenset(visits), frozenset(answered))
    texts_by_id = list(zip(fold_all(texts), tickets, strict=True))
    return Ready(main, shadows, pending, texts_by_id, touched, frozenset(parents), loading)


def put_ready(connection: Connection, ready: Ready) -> Touched:
    """Writes rows and their list shadows; any number, by a few held statements."""
    cursor = driver_cursor(connection)
    try:
        if ready.loading:  # almost none of them is there
            _LOAD.run(cursor, ready.main)
            for entity_type, values in ready.shadows.items():
                SHADOWS[entity_type].put.run(cursor, values)
        else:
            _PUT.run(cursor, ready.main)
            cursor.executemany(_MOVE, [(row[2], row[0], row[1], row[2]) for row in ready.main])
            for entity_type, values in ready.shadows.items():
                SHADOWS[entity_type].write(cursor, values)
        _PUT_TEXT.run(cursor, ready.texts)
        for entity_type, marks in ready.pending.items():
            cursor.executemany(
                f"UPDATE {entity_type}_list SET pending = ? WHERE id = ? AND pending <> ?",  # noqa: S608 - our names
                marks,
            )
    finally:
        cursor.close()
    note_tickets(connection, ready.touched.ticket_ids)
    return ready.touched


def put_rows(connection: Connection, rows: Iterable[Stored], rule: EscalationRule) -> Touched:
    """Writes rows and their list shadows; :func:`derive` is to follow."""
    return put_ready(connection, make_ready(rows, rule))


def delete_rows(connection: Connection, keys: Iterable[Key]) -> Touched:
    """Removes single rows from projection, base and lists; children of a ticket stay, see :func:`evict_ticket`."""
    touched = NOTHING_TOUCHED
    cursor = driver_cursor(connection)
    try:
        for entity_type, row_id in keys:
            found = cursor.execute(
                "SELECT ticket_id, data FROM projection WHERE type = ? AND id = ?", (entity_type, row_id)
            ).fetchone()
            cursor.execute("DELETE FROM base WHERE type = ? AND id = ?", (entity_type, row_id))
            if found is None:
                continue
            visits = {row_id} if entity_type == "visit" else set()
            if entity_type == "attempt":
                visits = {_decode_attempt(found[1]).visit_id}
            parent = frozenset({found[0]} - {""})
            touched |= Touched(
                parent, frozenset(visits), parent if entity_type in REPLY_TYPES else frozenset()
            )
            cursor.execute("DELETE FROM projection WHERE type = ? AND id = ?", (entity_type, row_id))
            if entity_type == "ticket":
                note_gone(connection, _delete_ticket(cursor, row_id))
            elif entity_type in SHADOWS:
                cursor.execute(f"DELETE FROM {entity_type}_list WHERE id = ?", (row_id,))  # noqa: S608 - our names
    finally:
        cursor.close()
    note_tickets(connection, touched.ticket_ids)
    return touched


def evict_ticket(connection: Connection, ticket_id: str) -> tuple[Key, ...]:
    """Removes a ticket with all its children, locally made ones included; the keys that went.

    The outbox, drafts and quarantine are never touched by an eviction.
    """
    cursor = driver_cursor(connection)
    try:
        gone: list[Key] = cursor.execute(
            "SELECT type, id FROM projection WHERE ticket_id = ?", (ticket_id,)
        ).fetchall()
        cursor.executemany("DELETE FROM base WHERE type = ? AND id = ?", gone)
        cursor.execute("DELETE FROM projection WHERE ticket_id = ?", (ticket_id,))
        for entity_type in SHADOWS:
            if entity_type == "ticket":
                note_gone(connection, _delete_ticket(cursor, ticket_id))
            else:
                cursor.execute(f"DELETE FROM {entity_type}_list WHERE ticket_id = ?", (ticket_id,))  # noqa: S608 - our names
    finally:
        cursor.close()
    return tuple((t, i) for t, i in gone)


def reescalate(connection: Connection, rule: EscalationRule) -> None:
    """Rewrites every ticket's shadow: after the city's thresholds changed."""
    cursor = driver_cursor(connection)
    try:
        found = cursor.execute("SELECT data FROM projection WHERE type = 'ticket'")
        while batch := found.fetchmany(_BATCH):
            rows = [decode_row("ticket", data) for (data,) in batch]
            driver = driver_cursor(connection)
            SHADOWS["ticket"].put.run(driver, [values_of("ticket", r, rule) for r in rows])
            driver.close()
    finally:
        cursor.close()
    note_everything(connection)


def driver_cursor(connection: Connection) -> Any:
    """A cursor of the driver inside the running transaction: for statements held as text and run many times."""
    return connection.connection.cursor()


def _delete_ticket(cursor: Any, ticket_id: str) -> list[int]:
    """Takes a ticket out of the list; its row id, which is never used again."""
    return [
        rid for (rid,) in cursor.execute("DELETE FROM ticket_list WHERE id = ? RETURNING rid", (ticket_id,))
    ]
