"""All that differs between SQLite and PostgreSQL, in one place: how to connect, begin, wait for a turn, and refuse.

SQLite has one writer: a transaction that has begun is alone. On PostgreSQL writers run beside each other and wait for
each other only by name (:func:`lock`). Knows no table by its meaning and holds no rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlalchemy import CursorResult, Engine, Select, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
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
_POSTGRES_CONNECT: Mapping[str, Any] = {
    "application_name": "supervision-central",
    "client_encoding": "utf8",
    "connect_timeout": 10,
    # A process whose machine went away must not hold its locks for the two hours that TCP would wait.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "options": "-c lock_timeout=20s -c idle_in_transaction_session_timeout=60s -c timezone=UTC",
}
_AGAIN_STATES = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL: serialisation failure, deadlock, lock not available."""
_AWAY_STATES = frozenset({"53300", "57P01", "57P02", "57P03", "25P03", "25006"})
"""PostgreSQL: too many connections, shut down, crashed, starting, idle for too long, a standby that only reads."""

_PREPARE = "prepare_threshold"
_NO_VALUES: Mapping[str, Any] = {}

CHANNEL = "supervision_central"
"""Where committing processes tell the others."""


def parse_url(database: str) -> URL:
    """A database URL, or the path of a SQLite file. Raises ``ValueError`` for other databases.

    Of PostgreSQL's own parameters ``prepare_threshold`` is understood beside those of libpq: "none" for a pooler that
    cannot keep prepared statements.
    """
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
    return _postgres_engine(
        url, connections, isolation_level="REPEATABLE READ", execution_options={"postgresql_readonly": True}
    )


def writing_engine(url: URL, connections: int) -> Engine:
    """Connections that write: on SQLite one, which takes the write lock at the beginning.

    On PostgreSQL each statement sees what is committed by then, so that what is read behind a lock is the latest.
    """
    if url.get_backend_name() == "sqlite":
        engine = _sqlite_engine(url, "BEGIN IMMEDIATE", 1)
        event.listen(engine, "connect", _widen_cache)
        return engine
    return _postgres_engine(url, connections, isolation_level="READ COMMITTED")


def libpq_url(url: URL) -> str:
    """The same server for programs and libraries of PostgreSQL itself; holds the password."""
    query = {name: value for name, value in url.query.items() if name != _PREPARE}
    return url.set(drivername="postgresql", query=query).render_as_string(hide_password=False)


def lock(connection: Connection, names: Iterable[str], *, shared: bool = False) -> None:
    """Wait for our turn at each name and keep it until the commit. Nothing to do on SQLite.

    Many may hold a name ``shared`` while nobody holds it alone. Names asked for together are taken in one order
    everywhere.
    """
    if connection.dialect.name != "postgresql":
        return
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    keys = sorted({_lock_key(name) for name in names})
    connection.exec_driver_sql(f"SELECT {function}(k) FROM unnest(%s::bigint[]) AS k", (keys,))  # noqa: S608


def announce(connection: Connection, words: str) -> None:
    """Tell every listening process, if and when this transaction commits. Nothing to do on SQLite."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SELECT pg_notify(%s, %s)", (CHANNEL, words))


def encoding(connection: Connection) -> str:
    """How the database keeps texts; "UTF8" is what we need, and what SQLite always has."""
    if connection.dialect.name != "postgresql":
        return "UTF8"
    return str(connection.exec_driver_sql("SHOW server_encoding").scalar_one())


def database_time(connection: Connection) -> datetime:
    """What time it is where the database runs, aware. Only for PostgreSQL."""
    now: datetime = connection.exec_driver_sql("SELECT clock_timestamp()").scalar_one()
    return now


class Ready:
    """A statement that is asked many times a second: compiled once a driver, so that asking costs what the driver does.

    Its parameters and columns must need no conversion, and an IN must list parameters, not values.
    """

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement
        self._compiled: dict[str, tuple[str, Mapping[str, Any], Sequence[str] | None]] = {}

    def execute(self, connection: Connection, values: Mapping[str, Any] = _NO_VALUES) -> CursorResult[Any]:
        """The result for these parameters."""
        text, given, order = self._compiled.get(connection.dialect.name) or self._compile(connection)
        values = {**given, **values}
        return connection.exec_driver_sql(
            text, values if order is None else tuple([values[n] for n in order])
        )

    def _compile(self, connection: Connection) -> tuple[str, Mapping[str, Any], Sequence[str] | None]:
        compiled = self._statement.compile(dialect=connection.dialect)
        made = (str(compiled), dict(compiled.params), compiled.positiontup if compiled.positional else None)
        self._compiled[connection.dialect.name] = made
        return made


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


def may_pass_again(error: Exception) -> bool:
    """True where another writer was in the way and the same transaction may well pass if it is tried at once."""
    if isinstance(error, IntegrityError):
        return True  # somebody made the same row between our look and our insert; the next look finds it
    return isinstance(error, DBAPIError) and _state(error) in _AGAIN_STATES


def is_busy(error: Exception) -> bool:
    """True where the database is overloaded, locked or away, which passes."""
    if isinstance(error, PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated or (isinstance(error, OperationalError) and "locked" in str(error.orig)):
        return True
    state = _state(error)
    # Without a state the connection itself was refused or broken off: nothing answers.
    away = state is None and isinstance(error, OperationalError) and _is_postgres(error)
    return away or state in _AGAIN_STATES | _AWAY_STATES


def is_unstorable(error: Exception) -> bool:
    """True where a value cannot be stored or looked for at all, as a text with NUL on PostgreSQL."""
    return isinstance(error, DataError)


def _state(error: DBAPIError) -> str | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    return state


def _is_postgres(error: DBAPIError) -> bool:
    return type(error.orig).__module__.startswith("psycopg")


def _lock_key(name: str) -> int:
    """The number that stands for a name: PostgreSQL knows its locks by 64 bits."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big", signed=True)


def _postgres_engine(url: URL, connections: int, **options: Any) -> Engine:
    threshold = url.query.get(_PREPARE)
    kept = {name: value for name, value in _POSTGRES_CONNECT.items() if name not in url.query}
    if threshold is not None:
        kept[_PREPARE] = None if threshold == "none" else int(str(threshold))
    plain = {name: value for name, value in url.query.items() if name != _PREPARE}
    return create_engine(
        url.set(query=plain),
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
        connect_args=kept,
        **options,
    )


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
