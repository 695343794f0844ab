"""All that differs between SQLite and PostgreSQL, in one place: how to connect, begin, and refuse a change.

Knows no table by its meaning and holds no rule.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.schema import Table

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA busy_timeout=30000",
    "PRAGMA cache_size=-16384",
    "PRAGMA mmap_size=268435456",
)
_BUSY_STATES = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL: serialisation failure, deadlock, lock not available."""


def parse_url(database: str) -> URL:
    """A database URL, or the path of a SQLite file. Raises ``ValueError`` for other databases."""
    url = make_url(database) if "://" in database else URL.create("sqlite", database=str(Path(database)))
    name = url.get_backend_name()
    if name == "sqlite":
        if url.database in (None, "", ":memory:"):
            raise ValueError(
                "the server needs a database file: readers and the writer have connections of their own"
            )
        return url.set(drivername="sqlite+pysqlite")
    if name == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise ValueError(f"{name} is not supported; use a SQLite file or postgresql://")


def reading_engine(url: URL, connections: int) -> Engine:
    """Connections that only read; each transaction sees one consistent state."""
    if url.get_backend_name() == "sqlite":
        engine = _sqlite_engine(url, "BEGIN", connections)
        event.listen(engine, "connect", _forbid_writing)
        return engine
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
    )


def writing_engine(url: URL) -> Engine:
    """The one writing connection of this process; on SQLite it takes the write lock at the beginning."""
    if url.get_backend_name() == "sqlite":
        engine = _sqlite_engine(url, "BEGIN IMMEDIATE", 1)
        event.listen(engine, "connect", _widen_cache)
        return engine
    return create_engine(url, hide_parameters=True, pool_size=1, max_overflow=0)


def insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ON CONFLICT."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def insert_many(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows of plain values (no column of ``table`` may need a conversion), as fast as the driver can."""
    compiled = table.insert().compile(dialect=connection.dialect)
    if compiled.positiontup:
        values = itemgetter(*compiled.positiontup)
        connection.exec_driver_sql(str(compiled), [values(row) for row in rows])
    else:
        connection.exec_driver_sql(str(compiled), [dict(row) for row in rows])


def is_busy(error: DBAPIError) -> bool:
    """True where another writer was in the way and the same transaction may well pass later."""
    if isinstance(error, OperationalError) and "locked" in str(error.orig):
        return True
    return getattr(error.orig, "sqlstate", None) in _BUSY_STATES


def _sqlite_engine(url: URL, begin: str, connections: int) -> Engine:
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
        connect_args={"check_same_thread": False},
    )

    def on_connect(connection: Any, record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, see on_begin
        for pragma in _SQLITE_PRAGMAS:
            connection.execute(pragma)

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
    return engine


def _forbid_writing(connection: Any, record: object) -> None:
    connection.execute("PRAGMA query_only=ON")


def _widen_cache(connection: Any, record: object) -> None:
    connection.execute("PRAGMA cache_size=-131072")  # 128 MiB: ids are random, so inserts touch every page
