"""The search index: an encrypted file of its own beside the store, which says in which tickets which grams stand.

Made from ``ticket_text`` and nothing else, and thrown away and made anew whenever there is a doubt: a damaged file,
another schema, another store. It holds no text and no id but row ids, is never backed up, salvaged or migrated, and
belongs to one store by that store's salt. What is committed here says how far it goes (``Reach``) in the same
transaction, so a crash loses nothing but work.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import sqlcipher3.dbapi2 as sqlcipher

from desktop.models.domain.search_text import FORM, tokens_of

from . import driver
from .driver import SIDE_FILES, StoreError, side_file

NAME = "search.db"
SCHEMA = 1
_TOKEN_LETTERS = "".join(chr(code) for code in range(0x20, 0x7F) if not chr(code).isalnum())
_WRITING_CACHE_KIB = 16_000
_HASH_BYTES = 16 * 1024 * 1024
"""Postings gathered in memory before they become a segment: fewer segments are merged less often."""


class Reach(NamedTuple):
    """How far the index goes: every row id up to ``built``, and every change up to the number ``taken``."""

    built: int = 0
    taken: int = 0


class Unusable(Exception):
    """The index does not answer: it is to be made anew, and meanwhile nothing of it counts."""


class SearchIndex:
    """The index of the store with this salt. Thread-safe; one writes, any number read."""

    def __init__(self, path: Path, key: bytes, store_salt: str) -> None:
        """Opens no file yet: that is for whoever has a thread to wait in."""
        driver.check_key(key)
        self.path = path
        self._key = key
        self._salt = store_salt
        self._lock = threading.Lock()
        self._idle: list[Any] = []
        self._writer: Any = None
        self._generation = 0
        self._usable = False
        self._closed = False

    # -- its life ----------------------------------------------------------------------------------------------

    @property
    def usable(self) -> bool:
        """Whether it answers. An index that does not is no reason to find less: callers look at the texts."""
        return self._usable

    def open(self) -> None:
        """Open what is there, or make it anew where it cannot be used. Raises :class:`StoreError`, ``OSError``."""
        with self._lock:
            if self._closed or self._writer is not None:
                return
            try:
                self._writer = self._open()
            except (StoreError, sqlcipher.DatabaseError, _Foreign):
                self._remove()
                self._writer = self._open()
            self._usable = True

    def renew(self) -> None:
        """Throw everything away and begin with an empty file."""
        with self._lock:
            if self._closed:
                return
            self._usable = False
            self._close_all()
            self._remove()
            self._writer = self._open()
            self._usable = True

    def close(self) -> None:
        """Close every connection that nobody uses; the others close as they come back. Safe to call twice."""
        with self._lock:
            self._closed = True
            self._usable = False
            self._close_all()

    def _close_all(self) -> None:
        self._generation += 1
        for connection in self._idle:
            connection.close()
        self._idle = []
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(sqlcipher.DatabaseError):
                writer.close()

    def _remove(self) -> None:
        for suffix in ("", *SIDE_FILES):
            side_file(self.path, suffix).unlink(missing_ok=True)

    def _open(self) -> Any:
        connection = driver.connect(self.path, self._key)
        try:
            run = connection.execute
            run(
                "PRAGMA synchronous = NORMAL"
            ).fetchall()  # the last commits may go: what they said goes with them
            run(f"PRAGMA cache_size = -{_WRITING_CACHE_KIB}").fetchall()
            found = run("PRAGMA user_version").fetchone()[0]
            if found == 0:
                self._make(connection)
            elif found != SCHEMA or self._belongs_to(connection) != (self._salt, str(FORM)):
                raise _Foreign
        except BaseException:
            connection.close()
            raise
        return connection

    def _make(self, connection: Any) -> None:
        run = connection.execute
        letters = _TOKEN_LETTERS.replace("'", "''")
        tokenizer = f"ascii tokenchars '{letters}'".replace("'", "''")
        run("BEGIN IMMEDIATE")
        run("CREATE TABLE meta (key TEXT NOT NULL PRIMARY KEY, value NOT NULL) WITHOUT ROWID")
        run(
            "CREATE VIRTUAL TABLE grams USING fts5"
            f"(text, content='', contentless_delete=1, detail=none, tokenize='{tokenizer}')"
        )
        run("INSERT INTO grams (grams, rank) VALUES ('hashsize', ?)", (_HASH_BYTES,))
        run("INSERT INTO grams (grams, rank) VALUES ('pgsz', 4000)")
        run(
            "INSERT INTO grams (grams, rank) VALUES ('automerge', 8)"
        )  # the rest is merged when there is time: tidy
        for key, value in (("salt", self._salt), ("form", str(FORM)), ("built", 0), ("taken", 0)):
            run("INSERT INTO meta VALUES (?, ?)", (key, value))
        run(f"PRAGMA user_version = {SCHEMA:d}")
        run("COMMIT")

    def _belongs_to(self, connection: Any) -> tuple[str, str]:
        return str(self._meta(connection, "salt")), str(self._meta(connection, "form"))

    @staticmethod
    def _meta(connection: Any, key: str) -> Any:
        found = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if found is None else found[0]

    # -- writing -----------------------------------------------------------------------------------------------

    def put(self, texts: Iterable[tuple[int, str | None]], reach: Reach) -> None:
        """Index the folded texts by row id (None: there is none any more), and go as far as ``reach``; one commit.

        Raises :class:`Unusable` where the file does not take it.
        """
        with self._lock:
            if self._closed or self._writer is None:
                raise Unusable
            run = self._writer.execute
            try:
                run("BEGIN IMMEDIATE")
                before = int(self._meta(self._writer, "built"))
                for rid, text in texts:
                    if rid <= before:
                        run("DELETE FROM grams WHERE rowid = ?", (rid,))
                    if text:
                        run("INSERT INTO grams (rowid, text) VALUES (?, ?)", (rid, tokens_of(text)))
                run("UPDATE meta SET value = ? WHERE key = 'built'", (reach.built,))
                run("UPDATE meta SET value = ? WHERE key = 'taken'", (reach.taken,))
                run("COMMIT")
            except sqlcipher.DatabaseError as error:
                with suppress(sqlcipher.DatabaseError):
                    run("ROLLBACK")
                self._doubt(error)
                raise Unusable from error
            except BaseException:
                with suppress(sqlcipher.DatabaseError):
                    run("ROLLBACK")
                raise

    def tidy(self, pages: int = 500) -> bool:
        """Merge a part of what lies in pieces; False where nothing is left to merge. Raises :class:`Unusable`."""
        with self._lock:
            if self._closed or self._writer is None:
                raise Unusable
            try:
                before = self._writer.total_changes
                self._writer.execute("INSERT INTO grams (grams, rank) VALUES ('merge', ?)", (pages,))
                return bool(self._writer.total_changes - before >= 2)
            except sqlcipher.DatabaseError as error:
                self._doubt(error)
                raise Unusable from error

    # -- reading -----------------------------------------------------------------------------------------------

    def reach(self) -> Reach:
        """How far it goes at this moment. Raises :class:`Unusable`."""
        with self._reading(None) as connection:
            return self._reach(connection)

    def matching(self, expression: str, given_up: Callable[[], bool] | None = None) -> tuple[Reach, str]:
        """The row ids in which an expression of grams holds (see :func:`all_of`), and how far they go.

        The ids are a JSON array, ascending: there may be a million of them, and whoever asks knows how to read so many.

        ``given_up`` is asked every few milliseconds and breaks it off with :class:`Unusable`. Raises that too where
        the file does not answer.
        """
        with self._reading(given_up) as connection:
            body = connection.execute(
                "SELECT json_group_array(rowid) FROM grams WHERE grams MATCH ?", (expression,)
            ).fetchone()[0]
            return self._reach(connection), str(body)

    def _reach(self, connection: Any) -> Reach:
        found = dict(connection.execute("SELECT key, value FROM meta").fetchall())
        return Reach(int(found["built"]), int(found["taken"]))

    @contextmanager
    def _reading(self, given_up: Callable[[], bool] | None) -> Iterator[Any]:
        """One consistent view."""
        with self._lock:
            if not self._usable:
                raise Unusable
            generation = self._generation
            connection = self._idle.pop() if self._idle else None
        try:
            if connection is None:
                connection = driver.connect(self.path, self._key, read_only=True)
            if given_up is not None:
                connection.set_progress_handler(given_up, _STEPS)
            connection.execute("BEGIN")
            yield connection
            connection.execute("COMMIT")
        except (StoreError, sqlcipher.DatabaseError) as error:
            if connection is not None:
                connection.close()
            connection = None
            self._doubt(error)
            raise Unusable from error
        except BaseException:
            if connection is not None:
                connection.close()
            connection = None
            raise
        finally:
            if connection is not None:
                connection.set_progress_handler(None, 0)
                with self._lock:
                    if self._closed or generation != self._generation:
                        connection.close()
                    else:
                        self._idle.append(connection)

    def _doubt(self, error: BaseException) -> None:
        """From now on it does not answer, unless all that happened was that somebody broke a question off."""
        code = getattr(error, "sqlite_errorcode", 0) or 0
        if code & 0xFF not in (sqlcipher.SQLITE_INTERRUPT, sqlcipher.SQLITE_BUSY, sqlcipher.SQLITE_FULL):
            self._usable = False


class _Foreign(Exception):
    """A file of another store, another schema or another way to fold."""


_STEPS = 50_000


def all_of(grams: Iterable[str]) -> str:
    """The expression that every one of the grams stands in the text."""
    return " AND ".join(map(_quoted, grams))


def _quoted(gram: str) -> str:
    doubled = gram.replace('"', '""')
    return f'"{doubled}"'
