"""The encrypted store: one SQLCipher file, one writing connection, a few reading ones. Plain SQLAlchemy above it.

Opens, checks, migrates and closes. It knows no table (``tables``), no meaning and no network, and it never makes a
key: a caller hands in 32 bytes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

SCHEMA_VERSION = 2
"""What ``PRAGMA user_version`` says of a store this code can use: the number of the newest migration."""

KEY_BYTES = 32
_BUSY_S = 30.0
_READERS = 4
_CACHE_KIB = 16_000
_LOADING_CACHE_KIB = 64_000


class StoreError(Exception):
    """A store that cannot be opened; subclasses say who has to act."""


class WrongKey(StoreError):
    """The file is not a store under this key: another key's file, or a damaged first page."""


class NewerStore(StoreError):
    """A newer version of the program wrote this file; ``found`` is its schema number. Nothing was touched."""

    def __init__(self, found: int) -> None:
        super().__init__(f"schema {found} is newer than {SCHEMA_VERSION}")
        self.found = found


class MigrationFailed(StoreError):
    """An upgrade did not succeed; the file is as it was before it, and ``backup`` holds a copy."""

    def __init__(self, backup: Path | None) -> None:
        super().__init__("the upgrade of the store failed")
        self.backup = backup


class Store:
    """An open store. Thread-safe: writers queue up behind one lock, readers see the last commit (WAL)."""

    def __init__(self, path: Path, writer: Engine, readers: Engine) -> None:
        self.path = path
        self._writer = writer
        self._readers = readers
        self._lock = threading.Lock()
        self._owner = 0

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction (BEGIN IMMEDIATE) on the writing connection; commits at the end, rolls back on an error.

        Never nested: a command is one transaction.
        """
        if self._owner == threading.get_ident():
            raise RuntimeError("a write inside a write would be a second transaction")
        with self._lock:
            self._owner = threading.get_ident()
            try:
                with self._writer.begin() as connection:
                    yield connection
            finally:
                self._owner = 0

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view on a read-only connection; writes through it are refused by the database."""
        with self._readers.begin() as connection:
            yield connection

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Memory for a first load: keys arrive in no order, and every index page that does not fit is written twice."""
        self._set_cache(_LOADING_CACHE_KIB)
        try:
            yield
        finally:
            self._set_cache(_CACHE_KIB)

    def close(self) -> None:
        """Closes every connection; the last one folds the write-ahead log into the file. Safe to call twice."""
        with self._lock:
            self._readers.dispose()
            self._writer.dispose()

    def _set_cache(self, kib: int) -> None:
        with self._lock:
            driver = self._writer.raw_connection()
            try:
                driver.cursor().execute(f"PRAGMA cache_size = -{kib:d}")
            finally:
                driver.close()


def open_store(path: Path, key: bytes) -> Store:
    """Opens the store at ``path`` under a raw 32-byte ``key``, making or upgrading it where needed.

    Raises :class:`WrongKey`, :class:`NewerStore`, :class:`MigrationFailed`; ``OSError`` where the folder is missing.
    """
    if len(key) != KEY_BYTES:
        raise ValueError(f"a store's key has {KEY_BYTES} bytes")
    if not path.parent.is_dir():
        raise FileNotFoundError(path.parent)
    found = _schema_of(path, key)
    if found > SCHEMA_VERSION:
        raise NewerStore(found)
    if found < SCHEMA_VERSION:
        from . import migrate  # alembic costs a tenth of a second; a store at head never needs it

        migrate.upgrade(path, found, lambda: writing_engine(path, key))
    return Store(path, writing_engine(path, key), _reading_engine(path, key))


def writing_engine(path: Path, key: bytes) -> Engine:
    """The engine of the one writing connection; for :func:`open_store` and the migrations."""
    return _engine(lambda: _connect(path, key, read_only=False), "BEGIN IMMEDIATE", poolclass=StaticPool)


def _reading_engine(path: Path, key: bytes) -> Engine:
    return _engine(
        lambda: _connect(path, key, read_only=True),
        "BEGIN",
        poolclass=QueuePool,
        pool_size=_READERS,
        max_overflow=0,
    )


def _engine(creator: Callable[[], Any], begin: str, **pool: Any) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://", module=sqlcipher, creator=creator, hide_parameters=True, **pool
    )

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _connect(path: Path, key: bytes, *, read_only: bool) -> Any:
    """A driver connection in autocommit mode: transactions are begun by the engine, in words."""
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    connection = sqlcipher.connect(
        uri, uri=True, timeout=_BUSY_S, isolation_level=None, check_same_thread=False, cached_statements=512
    )
    try:
        _configure(connection, key, read_only)
    except sqlcipher.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlcipher.OperationalError):
            raise
        raise WrongKey("the file is not a store under this key") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _configure(connection: Any, key: bytes, read_only: bool) -> None:
    run = connection.execute
    run("PRAGMA cipher_log_level = NONE").fetchall()  # it would write to the standard error stream
    run(f"PRAGMA key = \"x'{key.hex()}'\"").fetchall()
    run("PRAGMA cipher_page_size = 8192").fetchall()
    run("PRAGMA temp_store = MEMORY").fetchall()  # a temporary file on disk would hold plain text
    run("SELECT count(*) FROM sqlite_master").fetchall()  # the first page read tells whether the key fits
    run("PRAGMA foreign_keys = ON").fetchall()
    run(f"PRAGMA cache_size = -{_CACHE_KIB}").fetchall()
    if read_only:
        run("PRAGMA query_only = ON").fetchall()
        return
    run("PRAGMA journal_mode = WAL").fetchall()
    run("PRAGMA synchronous = FULL").fetchall()
    run("PRAGMA journal_size_limit = 67108864").fetchall()


def _schema_of(path: Path, key: bytes) -> int:
    connection = _connect(path, key, read_only=False)
    try:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        return version
    finally:
        connection.close()
