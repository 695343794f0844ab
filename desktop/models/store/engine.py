"""The encrypted store: one SQLCipher file, one writing connection, a few reading ones. Plain SQLAlchemy above it.

Opens, migrates, checks and closes. It knows no table (``tables``), no meaning and no network, and it never makes a
key: a caller hands in 32 bytes.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool

from . import driver, mark
from .driver import (
    CACHE_KIB,
    KEY_BYTES,
    SCHEMA_VERSION,
    DamagedStore,
    StoreError,
    UnusablePlace,
    WrongKey,
    is_damage,
)
from .space import Space
from .ticket_log import TicketLog

__all__ = [
    "KEY_BYTES",
    "SCHEMA_VERSION",
    "DamagedStore",
    "MigrationFailed",
    "NewerStore",
    "Store",
    "StoreError",
    "UnusablePlace",
    "WrongKey",
    "open_store",
    "writing_engine",
]

_READERS = 4
_LOADING_CACHE_KIB = 64_000


class NewerStore(StoreError):
    """A newer version of the program wrote this file; ``found`` is its schema number. Nothing was touched."""

    code = "store_newer"

    def __init__(self, found: int) -> None:
        super().__init__(f"schema {found} is newer than {SCHEMA_VERSION}")
        self.found = found


class MigrationFailed(StoreError):
    """An upgrade did not succeed; the file is as it was before it."""

    code = "store_not_upgraded"


def _nobody(code: str) -> None:
    """Nobody listens."""


class Store:
    """An open store. Thread-safe: writers queue up behind one lock, readers see the last commit (WAL).

    ``space`` says how much room the disk has left. ``on_trouble`` is told, in whatever thread met it, when the file
    turns out to be damaged ("store_damaged") or the disk full ("disk_full"); the error is raised all the same.
    """

    def __init__(self, path: Path, key: bytes, writer: Engine, readers: Engine, space: Space) -> None:
        self.path = path
        self.space = space
        self.tickets = TicketLog()
        self.on_trouble: Callable[[str], None] = _nobody
        self._key = key
        self._writer = writer
        self._readers = readers
        self._lock = threading.Lock()
        self._owner = 0
        self._waiting: list[int] = []
        self._checking: Any = None
        self._closed = False

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction (BEGIN IMMEDIATE) on the writing connection; commits at the end, rolls back on an error.

        Never nested: a command is one transaction.
        """
        if self._owner == threading.get_ident():
            raise RuntimeError("a write inside a write would be a second transaction")
        self._queue()
        try:
            self._owner = threading.get_ident()
            with self._told(self._writer), self._writer.begin() as connection:
                self.tickets.begin(connection)
                yield connection
            self.tickets.publish()
        finally:
            self._owner = 0
            self._lock.release()

    def is_wanted(self) -> bool:
        """Whether another thread waits to write at this moment: for work that can be put off."""
        return bool(self._waiting)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """One consistent view on a read-only connection; writes through it are refused by the database."""
        with self._told(self._readers), self._readers.begin() as connection:
            yield connection

    def require_room(self) -> None:
        """Before new work of a person is written. Raises ``space.NoRoom`` while there is little left."""
        self.space.require()

    @contextmanager
    def loading(self) -> Iterator[None]:
        """Memory for many rows: keys arrive in no order, and each page that does not fit is sealed again and again."""
        self._set_cache(_LOADING_CACHE_KIB)
        try:
            yield
        finally:
            self._set_cache(CACHE_KIB)

    def check(self) -> bool | None:
        """Looks through the whole store while it is in use: whether it holds, None where :meth:`close` broke it off.

        Seconds for a large store: in a thread of its own.
        """
        connection = driver.connect(self.path, self._key, read_only=True)
        try:
            with self._lock:
                if self._closed:
                    return None
                self._checking = connection
            found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        except sqlcipher.DatabaseError as error:
            if is_damage(error):
                return False
            if error.sqlite_errorcode == sqlcipher.SQLITE_INTERRUPT:
                return None
            raise
        finally:
            self._checking = None
            connection.close()
        return bool(found == "ok")

    def close(self) -> None:
        """Closes every connection; the last one folds the write-ahead log into the file. Safe to call twice."""
        checking = self._checking
        if checking is not None:
            checking.interrupt()
        with self._lock:
            if self._closed:
                return
            self._closed = True
            with suppress(OSError):  # a disk that takes no mark must not keep the log from being folded in
                mark.set_state(self.path, "closing")
            self._readers.dispose()
            self._writer.dispose()
            with suppress(OSError):  # then the next start looks the file through, as it should
                mark.set_state(self.path, "clean")

    def _queue(self) -> None:
        """Take the writers' lock, and be seen to wait for it."""
        if self._lock.acquire(blocking=False):
            return
        self._waiting.append(threading.get_ident())
        try:
            self._lock.acquire()
        finally:
            self._waiting.pop()

    @contextmanager
    def _told(self, engine: Engine) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlcipher.DatabaseError) as error:
            said = error.orig if isinstance(error, DBAPIError) else error
            if is_damage(error):
                # SQLCipher calls a page that the disk did not hand over damaged, and its connection says so of every
                # page from then on. A new one tells whether it is the file.
                engine.dispose()
                self.on_trouble("store_damaged")
            elif getattr(said, "sqlite_errorcode", 0) & 0xFF == sqlcipher.SQLITE_FULL:
                self.space.ran_out()
                self.on_trouble("disk_full")
            raise
        except DamagedStore:  # from a connection that was to be opened anew
            self.on_trouble("store_damaged")
            raise

    def _set_cache(self, kib: int) -> None:
        with self._lock:
            driver = self._writer.raw_connection()
            try:
                driver.cursor().execute(f"PRAGMA cache_size = -{kib:d}")
            finally:
                driver.close()


def open_store(path: Path, key: bytes, *, space: Space | None = None) -> Store:
    """Opens the store at ``path`` under a raw 32-byte ``key``, making or upgrading it where needed.

    ``space`` measures the room on its disk; without one it is measured each time anew. Raises a :class:`StoreError`:
    :class:`WrongKey`, :class:`DamagedStore` (also where the mark says that there was a store and the file is gone),
    :class:`NewerStore`, :class:`MigrationFailed`, :class:`UnusablePlace`.
    """
    driver.check_key(key)
    driver.check_place(path)
    known = mark.read_mark(path)
    if known is not None and known.proves(key) is False:
        raise WrongKey("the mark beside the file belongs to another key")
    if known is not None and known.state != "making" and not _has_content(path):
        raise DamagedStore("there was a store here, and the file is gone")
    try:
        found, salt = _schema_and_salt(path, key)
    except WrongKey as error:
        if known is not None and known.proves(key):
            raise DamagedStore("the head of the file does not hold") from error
        raise
    if found > SCHEMA_VERSION:
        raise NewerStore(found)
    if found < SCHEMA_VERSION:
        from . import migrate  # which needs this module

        migrate.upgrade(path, found, lambda target: writing_engine(target, key))
    space = space or Space(path.parent)
    store = Store(path, key, writing_engine(path, key), _reading_engine(path, key), space)
    checked_at = known.checked_at if known is not None else None
    proof = mark.proof_of(key, salt)
    mark.write_mark(path, mark.Mark(state="running", salt=salt, proof=proof, checked_at=checked_at))
    return store


def writing_engine(path: Path, key: bytes) -> Engine:
    """The engine of the one writing connection; for :func:`open_store` and the migrations."""
    return _engine(lambda: driver.connect(path, key), "BEGIN IMMEDIATE", poolclass=StaticPool)


def _reading_engine(path: Path, key: bytes) -> Engine:
    return _engine(
        lambda: driver.connect(path, key, read_only=True),
        "BEGIN",
        poolclass=QueuePool,
        pool_size=_READERS,
        max_overflow=0,
        pool_use_lifo=True,  # the one used last: its cache is warm, and those of the others stay small
    )


def _engine(creator: Callable[[], Any], begin: str, **pool: Any) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://", module=sqlcipher, creator=creator, hide_parameters=True, **pool
    )

    @event.listens_for(engine, "begin")
    def begin_transaction(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _has_content(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _schema_and_salt(path: Path, key: bytes) -> tuple[int, str]:
    connection = driver.connect(path, key)
    try:
        version: int = connection.execute("PRAGMA user_version").fetchone()[0]
        salt: str = connection.execute("PRAGMA cipher_salt").fetchone()[0]
        return version, salt
    finally:
        connection.close()
