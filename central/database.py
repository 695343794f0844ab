"""The database: consistent reads, writes that wait for each other where they must, and the news of commits.

``read()``, ``write()`` and ``run()`` are the only idioms. What has one order for everybody, the change log and the
audit chain, is written at the very end of a transaction, behind one lock that is held until the commit: nothing that
could wait comes after it, and whoever reads a position has every earlier one before them. Knows no meaning of any table
but ``setting`` and the positions of ``change``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError

from . import dialects, schema
from .tables import change, entity, setting

T = TypeVar("T")
LOG = "log"
"""The lock of all that has one order. Taken by :class:`Database` alone, last."""
ROWS = "rows"
"""Held shared by whoever writes rows, alone by a load, whose commits are too large to name every case in them."""
LOG_FLOOR = "log_floor"
"""The setting that says up to where the log was forgotten."""

_TRIES = 5
_SETTINGS = "settings"
_PRESENCE = "presence "
_SQLITE_READERS = 40
_POSTGRES_READERS = 12
_POSTGRES_WRITERS = 6


@dataclass
class Transaction:
    """A running write. ``connection`` executes statements.

    ``before_commit`` runs first, in the order it was filled, ``last`` after it and behind the lock of the log. ``head``
    is the position of its last change, set by whoever writes the log; None where it wrote none. ``alone``: nobody else
    can write anything until this transaction has ended.
    """

    connection: Connection
    alone: bool = False
    before_commit: list[Callable[[], object]] = field(default_factory=list)
    last: list[Callable[[], object]] = field(default_factory=list)
    head: int | None = None

    def lock(self, *names: str) -> None:
        """Wait until nobody else holds one of these names; what is read from here on is the latest."""
        if not self.alone:
            dialects.lock(self.connection, names)

    def share(self, name: str) -> None:
        """Hold a name together with others, until somebody wants it alone."""
        if not self.alone:
            dialects.lock(self.connection, [name], shared=True)

    def announce_head(self, head: int) -> None:
        """``head`` is the position of the last change that this transaction writes."""
        self.head = head
        if not self.alone:
            dialects.announce(self.connection, str(head))

    def announce_settings(self) -> None:
        """Processes that keep a setting or the rules in memory read them again."""
        if not self.alone:
            dialects.announce(self.connection, _SETTINGS)


class Database:
    """One database file or server; thread-safe. ``readers`` connections read while others write.

    ``shared``: other processes may write at any moment and tell of it. ``reading`` is the engine behind :meth:`read`,
    for tests that watch it.
    """

    def __init__(self, database: str, *, readers: int | None = None) -> None:
        """``database`` is a path of a SQLite file or a database URL. Raises ``ValueError`` for other URLs."""
        self.url = dialects.parse_url(database)
        self.shared = self.url.get_backend_name() == "postgresql"
        self.reading = dialects.reading_engine(
            self.url, readers or (_POSTGRES_READERS if self.shared else _SQLITE_READERS)
        )
        self._writing = dialects.writing_engine(self.url, _POSTGRES_WRITERS)
        # SQLite's one writer: waiting here is fair, waiting for the file's lock is not
        self._turn: AbstractContextManager[object] = nullcontext() if self.shared else threading.Lock()
        self._listeners: list[Callable[[int], None]] = []
        self._setting_listeners: list[Callable[[], None]] = []
        self._presence_listeners: list[Callable[[str], None]] = []
        self.hears_others = False
        """True while every commit of another process is told at once (see ``listener``)."""

    def migrate(self) -> str:
        """Bring the schema to this version; returns its name. Raises :class:`~central.schema.WrongSchema`."""
        with self._turn, self._writing.connect() as connection, connection.begin():
            return schema.bring_up_to_date(connection)

    def check_schema(self) -> str:
        """The schema's name, where it is the one needed. Raises :class:`~central.schema.WrongSchema`."""
        with self.read() as connection:
            return schema.check(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A read-only transaction: everything read inside belongs to one state."""
        with self.reading.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """A writing transaction; commits at the end, or rolls back when an exception leaves the block."""
        with self._turn, self._writing.connect() as connection, connection.begin():
            tx = Transaction(connection, alone=not self.shared)
            yield tx
            for callback in tx.before_commit:
                callback()
            if tx.last:
                tx.lock(LOG)
                for callback in tx.last:
                    callback()
        if tx.head is not None:
            self.heard(tx.head)

    def run(self, work: Callable[[Transaction], T]) -> T:
        """``work`` in a writing transaction, again from the start where another writer was in its way."""
        for tries in range(1, _TRIES + 1):
            try:
                with self.write() as tx:
                    return work(tx)
            except (Outrun, DBAPIError) as error:
                if tries == _TRIES or not (isinstance(error, Outrun) or dialects.may_pass_again(error)):
                    raise
        raise AssertionError("the last try returns or raises")

    def subscribe(self, listener: Callable[[int], None]) -> None:
        """Call ``listener`` with the new head after each commit that changed rows, in any thread."""
        self._listeners.append(listener)

    def subscribe_settings(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` when another process may have changed a setting or the rules, in any thread."""
        self._setting_listeners.append(listener)

    def subscribe_presence(self, listener: Callable[[str], None]) -> None:
        """Call ``listener`` with what a process told by :meth:`tell_presence`, in any thread."""
        self._presence_listeners.append(listener)

    def tell_presence(self, words: str) -> None:
        """Tell every process at once, this one too, and write nothing. Only for a shared database."""
        with self.write() as tx:
            dialects.announce(tx.connection, _PRESENCE + words)

    def heard(self, head: int) -> None:
        """A commit reached ``head``, here or in another process."""
        for listener in self._listeners:
            listener(head)

    def heard_words(self, words: str) -> None:
        """What another process announced."""
        if words.isdecimal():
            self.heard(int(words))
        elif words == _SETTINGS:
            for listener in self._setting_listeners:
                listener()
        elif words.startswith(_PRESENCE):
            for told in self._presence_listeners:
                told(words.removeprefix(_PRESENCE))

    def heard_everything(self) -> None:
        """Announcements may have been missed: ask for what they would have said."""
        self.heard(self.head())
        self.heard_words(_SETTINGS)

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


class Outrun(Exception):
    """A row changed between our reading and our writing it: the transaction starts again."""


def head_position(connection: Connection) -> int:
    """The position of the last change this transaction can see, even where it has been forgotten since."""
    return log_bounds(connection)[1]


def log_bounds(connection: Connection) -> tuple[int, int]:
    """Up to where the log was forgotten, and the position of its last change."""
    found = _HEAD.execute(connection).one()
    floor = int(found.forgotten or 0)
    return floor, max(found.last or 0, floor)


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
    tx.announce_settings()


_HEAD = dialects.Ready(
    select(
        select(func.max(change.c.position)).scalar_subquery().label("last"),
        select(setting.c.value).where(setting.c.key == LOG_FLOOR).scalar_subquery().label("forgotten"),
    )
)
