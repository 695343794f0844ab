"""Rows that left our scope in great number: hidden from everything at once, destroyed when a digest confirms.

A mistake of the server's (a unit renamed, a role mistyped) must not cost a desktop its cases; a right that was really
lost must not leave them on it. A parted row is in no table that anybody else reads; only this module knows ``parted``.
Inside the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from desktop.models.domain.entities import Key, decode_row

from .projection import Stored, driver_cursor
from .shadows import seconds

LEAST_ROWS = 50
LEAST_SHARE = 0.3

_LEAVING = """
SELECT type, id FROM projection WHERE version > 0 AND ticket_id IN (SELECT value FROM json_each(:tickets))
UNION
SELECT p.type, p.id FROM json_each(:others) o CROSS JOIN projection p
  ON p.type = o.value ->> 0 AND p.id = o.value ->> 1
WHERE p.version > 0
"""
_PART = """
INSERT OR REPLACE INTO parted (type, id, ticket_id, version, data, at)
SELECT p.type, p.id, p.ticket_id, coalesce(b.version, p.version), coalesce(b.data, p.data), ?
FROM projection p LEFT JOIN base b ON b.type = p.type AND b.id = p.id
WHERE p.type = ? AND p.id = ? AND p.version > 0
"""


def is_large(leaving: int, held: int) -> bool:
    """Whether so many of ``held`` rows are too many to be destroyed on one word: over 50 and over 30 %."""
    return leaving > LEAST_ROWS and leaving > LEAST_SHARE * held


def leaving_rows(connection: Connection, gone: Iterable[Key]) -> list[Key]:
    """The server's rows that go with ``gone``: themselves, where they are here, and a ticket's children."""
    tickets, others = [], []
    for entity_type, entity_id in gone:
        if entity_type == "ticket":
            tickets.append(entity_id)
        else:
            others.append((entity_type, entity_id))
    parameters = {"tickets": _json(tickets), "others": _json(others)}
    cursor = driver_cursor(connection)
    try:
        found = cursor.execute(_LEAVING, parameters).fetchall()
    finally:
        cursor.close()
    return [(entity_type, entity_id) for entity_type, entity_id in found]


def count_held(connection: Connection) -> int:
    """The server's rows on the screen."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM projection WHERE version > 0").scalar_one())


def count_parted(connection: Connection) -> int:
    """The rows that are hidden."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM parted").scalar_one())


def any_parted(connection: Connection) -> bool:
    """Whether any row is hidden; costs nothing where there is none."""
    return connection.exec_driver_sql("SELECT 1 FROM parted LIMIT 1").first() is not None


def part(connection: Connection, keys: Iterable[Key], at: datetime) -> None:
    """Sets the server's rows of ``keys`` aside as they came; the caller then takes them off the screen.

    ``at`` is office time.
    """
    at_s = seconds(at)
    cursor = driver_cursor(connection)
    try:
        cursor.executemany(_PART, [(at_s, entity_type, entity_id) for entity_type, entity_id in keys])
    finally:
        cursor.close()


def came_back(connection: Connection, keys: Iterable[Key]) -> None:
    """The server has put these rows again: what was set aside of them is worth nothing."""
    if not any_parted(connection):
        return
    cursor = driver_cursor(connection)
    try:
        cursor.executemany("DELETE FROM parted WHERE type = ? AND id = ?", list(keys))
    finally:
        cursor.close()


def parted_rows(connection: Connection) -> list[Stored]:
    """Everything that is hidden, as rows to put back."""
    found = connection.exec_driver_sql("SELECT type, id, version, data FROM parted")
    return [
        Stored((row.type, row.id), decode_row(row.type, row.data), bytes(row.data), row.version)
        for row in found
    ]


def parted_versions(connection: Connection) -> Iterator[tuple[str, str, int]]:
    """(type, id, version) of everything that is hidden."""
    cursor = driver_cursor(connection)
    try:
        cursor.execute("SELECT type, id, version FROM parted")
        yield from cursor
    finally:
        cursor.close()


def destroy(connection: Connection) -> int:
    """What is hidden goes for good; how many rows went."""
    return int(connection.exec_driver_sql("DELETE FROM parted").rowcount)


def _json(values: list[str] | list[Key]) -> str:
    return msgspec.json.encode(values).decode()
