"""The database: consistent reads, serialised writes, and the news that something was committed.

``read()`` and ``write()`` are the only two idioms. A write runs its ``before_commit`` callbacks (the change log takes
its positions there, last) and tells the listeners only after the commit. Knows no meaning of any table
but ``setting`` and ``log_head``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select
from sqlalchemy.engine import Connection

from . import dialects
from .tables import entity, log_head, setting

_MIGRATIONS = Path(__file__).parent / "migrations"


class NewerDatabase(Exception):
    """The database was written by a later version of this server; it is left untouched."""


@dataclass
class Transaction:
    """A running write. ``connection`` executes statements; ``before_commit`` runs in the order it was filled.

    ``head`` is the position of its last change, set by whoever writes the log; None where it wrote none.
    """

    connection: Connection
    before_commit: list[Callable[[], None]] = field(default_factory=list)
    head: int | None = None


class Database:
    """One database file or server; thread-safe. ``readers`` connections read while one writes.

    ``reading`` is the engine behind :meth:`read`, for tests that watch it.
    """

    def __init__(self, database: str, *, readers: int = 40) -> None:
        """``database`` is a path of a SQLite file or a database URL. Raises ``ValueError`` for other URLs."""
        self.url = dialects.parse_url(database)
        self.reading = dialects.reading_engine(self.url, readers)
        self._writing = dialects.writing_engine(self.url)
        self._write_lock = threading.Lock()
        self._listeners: list[Callable[[int], None]] = []

    def migrate(self) -> None:
        """Bring the schema to this version. Raises :class:`NewerDatabase`."""
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        with self._write_lock, self._writing.connect() as connection, connection.begin():
            found = MigrationContext.configure(connection).get_current_heads()
            if set(found) - known:
                raise NewerDatabase("this database belongs to a newer version of the server")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read-only transaction: everything read inside belongs to one state."""
        with self.reading.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A writing transaction; commits at the end, or rolls back when an exception leaves the block."""
        with self._write_lock, self._writing.connect() as connection, connection.begin():
            tx = Transaction(connection)
            yield tx
            for callback in tx.before_commit:
                callback()
        if tx.head is not None:
            for listener in self._listeners:
                listener(tx.head)

    def subscribe(self, listener: Callable[[int], None]) -> None:
        """Call ``listener`` with the new head after each commit that changed rows, in the writing thread."""
        self._listeners.append(listener)

    def head(self) -> int:
        """The position of the last committed change; 0 in a fresh database."""
        with self.read() as connection:
            return head_position(connection)

    def holds_rows(self) -> bool:
        """True once any row of the contract is stored."""
        with self.read() as connection:
            return connection.execute(select(entity.c.id).limit(1)).first() is not None

    def setting(self, key: str) -> str | None:
        """A stored setting, None where it was never stored."""
        with self.read() as connection:
            return get_setting(connection, key)

    def close(self) -> None:
        """Close all connections; nothing may be running."""
        self.reading.dispose()
        self._writing.dispose()


def head_position(connection: Connection) -> int:
    """The position of the last change this transaction can see."""
    return connection.execute(_HEAD).scalar() or 0


def get_setting(connection: Connection, key: str) -> str | None:
    """A stored setting as this transaction sees it."""
    value: str | None = connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar()
    return value


def put_setting(tx: Transaction, key: str, value: str) -> None:
    """Store or replace a setting."""
    statement = dialects.insert(tx.connection, setting).values(key=key, value=value)
    tx.connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"value": statement.excluded.value})
    )


_HEAD = select(log_head.c.position)
