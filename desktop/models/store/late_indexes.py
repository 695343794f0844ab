"""The indexes of ``ticket_list`` that a first load does without: dropped while the table is empty, made at its end.

They cover every case, so each row of a load would touch a page of each at random; made at the end they are sorted once.
The lists read from the first page on stand in partial indexes that hold open cases alone, and keep theirs. SQLite makes
an index whole or not at all: what a crash left out is :func:`missing` and made by whoever goes on with the load.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import OperationalError
from sqlalchemy.schema import CreateIndex

from .tables import LATE_INDEXES

_MAKE: dict[str, str] = {
    str(index.name): str(CreateIndex(index).compile(dialect=sqlite.dialect())) for index in LATE_INDEXES
}
_STEPS = 20_000
_HERE = "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'ticket_list'"


def drop_late(connection: Connection) -> None:
    """To be called while the table is all but empty, in the transaction that begins a load."""
    for name in _MAKE:
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")


def missing(connection: Connection) -> tuple[str, ...]:
    """Names of the indexes that are still to be made, in the order in which they are wanted."""
    here = set(connection.exec_driver_sql(_HERE).scalars())
    return tuple(name for name in _MAKE if name not in here)


class BrokenOff(Exception):
    """Somebody waits to write: the index is not made, and nothing of it is left."""


def make(connection: Connection, name: str, given_up: Callable[[], bool]) -> None:
    """Makes one of :func:`missing`: a second or two for a million cases, in a transaction of its own.

    ``given_up`` is asked every millisecond or so. Raises :class:`BrokenOff` where it says yes.
    """
    driver: Any = connection.connection.driver_connection
    driver.set_progress_handler(given_up, _STEPS)
    try:
        connection.exec_driver_sql(_MAKE[name])
    except OperationalError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF == sqlcipher.SQLITE_INTERRUPT:
            raise BrokenOff from error
        raise
    finally:
        driver.set_progress_handler(None, 0)
