"""What a person made, read out of a damaged store: operations, drafts, quarantined texts, files on their way.

Two ways, one after the other: the tables as they are, forwards and backwards past what does not read; then page by
page, each page of the file shown to the database as a table of its own, which finds rows that no index leads to any
more, even without the file's head. Works on copies; the damaged files are only read. Decides nothing about the rows.

The cipher gives zeros for a page at the end of a long value whose seal is broken, and complains with the *next*
statement only. So a row counts as read when its JSON is whole: zeros never are.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Table

from .driver import PAGE_BYTES, SALT_BYTES, StoreError, bad_pages, connect, side_file, unlock
from .log_file import Frame, Log, inspect_log
from .shapes import KEPT, Lost, Row, Values, identity, table_of, whole_row

_TABLES = 50
"""Pages shown at a time: so many table definitions fit on the first page beside the file's head."""

_MOST_ROWS_A_PAGE = 400
"""No page holds more rows; a page of the tree's inside leads further and is left when this is reached."""

_COLUMNS = "abcdefghijklmnopqrst"
_GROW_PAGES = 1000


Found = dict[str, dict[tuple[Any, ...], Row]]
"""Rows by the name of their table and by what tells them apart."""


class Salvage(NamedTuple):
    """What was read. ``lost`` are operations an index names and no page holds any more; ``pages`` counts those of the
    file, ``damaged`` names those whose seal is broken."""

    rows: Found
    lost: tuple[Lost, ...]
    pages: int
    damaged: tuple[int, ...]
    log: Log
    indexed: bool
    """Whether the indexes of the outbox could be read to their ends, so that ``lost`` is all that is lost."""


Told = Callable[[float], None]
"""Hears how far it has come, 0.0–1.0."""


def salvage(
    path: Path, key: bytes, workshop: Path, *, salt: bytes = b"", told: Told = lambda share: None
) -> Salvage:
    """Reads what can be read of the store at ``path`` and the log beside it.

    ``workshop`` is an empty folder for encrypted copies, as large as the store twice over; the caller removes it.
    ``salt`` is the file's own, for a file whose head is gone. Raises OSError and ``UnusablePlace`` for want of room.
    """
    log = inspect_log(side_file(path, "-wal"))
    salt = salt or _salt_in(path)
    damaged = tuple(p for p in _bad_pages(path, key, salt) if p not in log.covered)
    copy = _copied(path, workshop / "copy.db", salt)
    pages = copy.stat().st_size // PAGE_BYTES if copy.exists() else 0
    told(0.1)
    live = _read_live(copy, key)
    rows, expected = live.rows, live.expected
    told(0.3)
    if damaged or log.damaged or not live.whole:
        shown = _Pages(workshop / "pages.db", key, salt)
        shown.lay_out(copy, side_file(path, "-wal"), log, held=not live.opened)
        # What was read through its table is the latest; what lies behind a break of the log is later still.
        _merge(rows, shown.read(lambda share: told(0.3 + 0.7 * share)), newer=False)
        if log.damaged:
            _merge(rows, shown.read_beyond(side_file(path, "-wal"), log), newer=True)
    found = {seq for (seq,) in rows["outbox"]}
    lost = tuple(entry for seq, entry in sorted(expected.items()) if seq not in found)
    told(1.0)
    return Salvage(rows, lost, pages, damaged, log, live.indexed)


def _merge(rows: Found, others: Found, *, newer: bool) -> None:
    for name, found in others.items():
        rows[name] = rows[name] | found if newer else found | rows[name]


def _salt_in(path: Path) -> bytes:
    with suppress(FileNotFoundError), path.open("rb") as file:
        return file.read(SALT_BYTES)
    return b""


def _bad_pages(path: Path, key: bytes, salt: bytes) -> tuple[int, ...]:
    return bad_pages(path, key, salt) if path.exists() and path.stat().st_size else ()


def _copied(path: Path, copy: Path, salt: bytes) -> Path:
    """The store and its log beside ``copy``; a last page that was cut short is left out, the salt put right."""
    for suffix in ("", "-wal"):
        source = side_file(path, suffix)
        if source.is_file():
            shutil.copyfile(source, side_file(copy, suffix))
    if copy.exists():
        whole = copy.stat().st_size // PAGE_BYTES * PAGE_BYTES
        with copy.open("r+b") as file:
            file.truncate(whole)
            if whole:
                file.write(salt)
    return copy


# -- the tables as they are ---------------------------------------------------------------------------------------


class _Live(NamedTuple):
    """What the tables gave. ``opened``: the log has been folded in; ``whole``: nothing was in the way."""

    rows: Found
    expected: dict[int, Lost]
    opened: bool
    whole: bool
    indexed: bool


def _read_live(copy: Path, key: bytes) -> _Live:
    rows: Found = {table.name: {} for table in KEPT}
    closed = _Live(rows, {}, opened=False, whole=False, indexed=False)
    if not copy.exists() or copy.stat().st_size == 0:
        return closed
    try:
        connect(copy, key).close()
    except (StoreError, sqlcipher.DatabaseError):
        return closed
    whole = True
    for table in KEPT:
        whole &= _walk(copy, key, table, rows[table.name])
    expected, indexed = _expected(copy, key)
    return _Live(rows, expected, opened=True, whole=whole, indexed=indexed)


def _walk(copy: Path, key: bytes, table: Table, found: dict[tuple[Any, ...], Row]) -> bool:
    """Rows from both ends of the table, each way as far as it reads; whether nothing was in the way."""
    for direction in ("ASC", "DESC"):
        whole = True
        every = f"SELECT rowid, * FROM {table.name} ORDER BY rowid {direction}"  # noqa: S608  a name of ours
        for values in _rows(copy, key, every):
            row = whole_row(table, values[0], values[1:]) if values is not None else None
            if row is None:
                whole = False
            else:
                found[identity(table, row)] = row
        if whole:
            return direction == "ASC"
    return False


def _rows(copy: Path, key: bytes, statement: str) -> Iterator[tuple[Any, ...] | None]:
    """The rows of a statement; None at the end where it broke off. A connection that met damage is not used again."""
    try:
        connection = connect(copy, key, read_only=True)
    except (StoreError, sqlcipher.DatabaseError):
        yield None
        return
    with closing(connection):
        try:
            yield from connection.execute(statement)
        except sqlcipher.DatabaseError:
            yield None


def _expected(copy: Path, key: bytes) -> tuple[dict[int, Lost], bool]:
    """The operations that the outbox's indexes know (an index may be readable where the row is not), and whether an
    index was read to its end."""
    found: dict[int, Lost] = {}
    indexed = True
    for row in _rows(copy, key, "SELECT seq, state FROM outbox INDEXED BY outbox_state"):
        if row is None:
            indexed = False
        else:
            found[row[0]] = Lost(seq=row[0], state=row[1])
    by_entity = "SELECT seq, entity_type, entity_id FROM outbox INDEXED BY outbox_entity"
    for row in _rows(copy, key, by_entity):
        if row is not None:
            before = found.get(row[0], Lost(seq=row[0]))
            found[row[0]] = before._replace(entity_type=row[1], entity_id=row[2])
    return found, indexed


# -- page by page -------------------------------------------------------------------------------------------------


class _Pages:
    """A file of our own under the same key and salt, whose pages from the second on are those of the damaged one.

    Its first page defines tables without saying what is in them, and is told where each begins: at whichever page
    is to be read. A page that is not the leaf of a table is refused by the database and passed over.
    """

    def __init__(self, path: Path, key: bytes, salt: bytes) -> None:
        self._path = path
        self._key = key
        self._salt = salt
        self._count = 0

    def lay_out(self, copy: Path, log_path: Path, log: Log, *, held: bool) -> None:
        """Makes the file and puts the pages of ``copy`` in; with ``held`` those of the log on top of them."""
        in_copy = copy.stat().st_size // PAGE_BYTES if copy.exists() else 0
        self._count = max([in_copy, *(frame.page for frame in (*log.held, *log.beyond))])
        with closing(self._open()) as connection:
            connection.execute("BEGIN")
            for number in range(_TABLES):
                connection.execute(f"CREATE TABLE t{number} ({','.join(_COLUMNS)})")
            connection.execute("COMMIT")
            while (have := connection.execute("PRAGMA page_count").fetchone()[0]) < self._count:
                more = min(_GROW_PAGES, self._count - have + 1)
                connection.execute("INSERT INTO t0 (a) VALUES (zeroblob(?))", (more * PAGE_BYTES,))
        if in_copy:
            with copy.open("rb") as source, self._path.open("r+b") as target:
                source.seek(PAGE_BYTES)
                target.seek(PAGE_BYTES)
                shutil.copyfileobj(source, target, 1024 * 1024)
        if held:
            self._lay_over(log_path, log.held)

    def read(self, told: Told) -> Found:
        """Every row of a kept table that any page holds."""
        return self._read(range(2, self._count + 1), told)

    def read_beyond(self, log_path: Path, log: Log) -> Found:
        """The rows on the pages that lie in the log behind a break, the latest copy of each page."""
        if not log.beyond:
            return {}
        self._lay_over(log_path, log.beyond)
        return self._read(sorted({frame.page for frame in log.beyond} - {1}), lambda share: None)

    def _lay_over(self, log_path: Path, frames: Iterable[Frame]) -> None:
        """The pages of the log in their places, in its order: the latest copy of each stays."""
        if not log_path.exists():
            return
        with log_path.open("rb") as source, self._path.open("r+b") as target:
            for frame in frames:
                if frame.page > 1:
                    source.seek(frame.offset)
                    target.seek((frame.page - 1) * PAGE_BYTES)
                    target.write(source.read(PAGE_BYTES))

    def _read(self, numbers: Iterable[int], told: Told) -> Found:
        found: Found = {table.name: {} for table in KEPT}
        waiting = list(numbers)
        with closing(self._open()) as pointing:  # never reads a page, so that no broken seal spoils it
            for first in range(0, len(waiting), _TABLES):
                batch = waiting[first : first + _TABLES]
                self._point(pointing, batch)
                connection = self._open()
                for number in range(len(batch)):
                    connection = self._take(connection, number, found)
                connection.close()
                told((first + len(batch)) / len(waiting))
        return found

    def _point(self, connection: Any, batch: list[int]) -> None:
        """Lets the tables begin at these pages."""
        run = connection.execute
        run("PRAGMA writable_schema = ON")
        run("BEGIN")
        for number, page in enumerate(batch):
            run("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", (page, f"t{number}"))
        run("COMMIT")
        run("PRAGMA writable_schema = RESET")

    def _take(self, connection: Any, number: int, found: Found) -> Any:
        """Keeps the rows of one page; the connection to go on with."""
        every = f"SELECT rowid, * FROM t{number} LIMIT {_MOST_ROWS_A_PAGE}"  # noqa: S608  a name of ours
        try:
            for rowid, *values in connection.execute(every):
                if not _keep(rowid, tuple(values), found):
                    break  # one page holds rows of one table
        except sqlcipher.DatabaseError:
            connection = self._anew(connection)
            return self._take_singly(connection, number, found)
        return connection

    def _take_singly(self, connection: Any, number: int, found: Found) -> Any:
        """A page on which one row leads to a damaged place: the others, one by one."""
        every = f"SELECT rowid FROM t{number} LIMIT {_MOST_ROWS_A_PAGE}"  # noqa: S608  a name of ours
        one = f"SELECT * FROM t{number} WHERE rowid = ?"  # noqa: S608  a name of ours
        try:
            numbers = connection.execute(every).fetchall()
        except sqlcipher.DatabaseError:
            return self._anew(connection)
        for (rowid,) in numbers:
            try:
                values = connection.execute(one, (rowid,)).fetchone()
            except sqlcipher.DatabaseError:
                connection = self._anew(connection)
                continue
            if values is not None and not _keep(rowid, values, found):
                break
        return connection

    def _anew(self, connection: Any) -> Any:
        """Another connection: the cipher refuses everything after a seal that did not hold."""
        connection.close()
        return self._open()

    def _open(self) -> Any:
        connection = sqlcipher.connect(str(self._path), isolation_level=None)
        unlock(connection, self._key, self._salt)
        for setting in ("journal_mode = MEMORY", "synchronous = OFF", "cache_size = -4000"):
            connection.execute(f"PRAGMA {setting}").fetchall()
        return connection


def _keep(rowid: int, values: Values, found: Found) -> bool:
    """Takes a row of a kept table; False for any other."""
    table = table_of(values)
    row = whole_row(table, rowid, values) if table is not None else None
    if table is None or row is None:
        return False
    found[table.name][identity(table, row)] = row
    return True
