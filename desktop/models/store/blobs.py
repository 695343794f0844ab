"""The bytes of attachments: a second encrypted file beside the store, under the same key, in rows of at most 1 MiB.

It knows ids, sizes and hashes, no names and no cases: what a blob belongs to stands in the store's ``transfer`` table,
and a blob that nothing there names is swept. ``complete`` is set only after the hash was computed from what lies here.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection

from .engine import KEY_BYTES, DamagedStore, NewerStore, WrongKey, writing_engine

ROW_BYTES = 1024 * 1024
SCHEMA = 1
_COMMIT_ROWS = 16
_TABLES = (
    """CREATE TABLE blob (
        id TEXT NOT NULL PRIMARY KEY,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        received INTEGER NOT NULL,
        complete INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE blob_row (
        blob_id TEXT NOT NULL REFERENCES blob (id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (blob_id, start)
    )""",
)


class Blob(Struct, frozen=True):
    """One file: how much of it is here. ``complete`` means that every byte is and the hash is ``sha256``."""

    id: str
    size: int
    sha256: str
    received: int
    complete: bool


class OutOfStep(Exception):
    """Bytes for another place than the next one: the blob was begun anew meanwhile."""

    code = "store_busy"


class BlobStore:
    """An open file of blobs. Thread-safe; one writes at a time."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Raises :class:`WrongKey` for a file that cannot be read under ``key``, :class:`NewerStore`."""
        if len(key) != KEY_BYTES:
            raise ValueError(f"a store's key has {KEY_BYTES} bytes")
        self.path = path
        self._engine = writing_engine(path, key)
        self._lock = threading.RLock()
        self._held: set[str] = set()
        try:
            self._prepare()
        except BaseException:
            self._engine.dispose()
            raise

    # -- writing -----------------------------------------------------------------------------------------------

    def begin(self, blob_id: str, size: int, digest: str) -> Blob:
        """The blob as it stands; begun at 0 where it was not there or was another file's."""
        with self._transaction() as connection:
            found = _get(connection, blob_id)
            if found is not None and (found.size, found.sha256) == (size, digest):
                return found
            _delete(connection, blob_id)
            _insert(connection, blob_id, size, digest)
        return Blob(blob_id, size, digest, 0, complete=False)

    def append(self, blob_id: str, start: int, data: bytes) -> int:
        """Take the next bytes, at most 1 MiB; how many there are now. Raises :class:`OutOfStep`."""
        if not 0 < len(data) <= ROW_BYTES:
            raise ValueError("a row holds between 1 byte and 1 MiB")
        with self._transaction() as connection:
            found = _get(connection, blob_id)
            if found is None or found.received != start or found.complete or start + len(data) > found.size:
                raise OutOfStep
            _put_row(connection, blob_id, start, data)
            connection.exec_driver_sql(
                "UPDATE blob SET received = ? WHERE id = ?", (start + len(data), blob_id)
            )
        return start + len(data)

    def seal(self, blob_id: str) -> bool:
        """Compute the hash of what lies here: complete where it fits, else begun anew at 0 and False."""
        found = self.get(blob_id)
        if found is None:
            return False
        fits = found.received == found.size and self.digest(blob_id) == found.sha256
        with self._transaction() as connection:
            if fits:
                connection.exec_driver_sql("UPDATE blob SET complete = 1 WHERE id = ?", (blob_id,))
            else:
                connection.exec_driver_sql("DELETE FROM blob_row WHERE blob_id = ?", (blob_id,))
                connection.exec_driver_sql(
                    "UPDATE blob SET received = 0, complete = 0 WHERE id = ?", (blob_id,)
                )
        return fits

    def store(self, blob_id: str, pieces: Iterator[bytes], check: Callable[[], None] = lambda: None) -> Blob:
        """Take a whole file of unknown hash, piece by piece (each at most 1 MiB), and seal it.

        ``check`` is called between pieces and may raise: whatever is raised leaves nothing behind.
        """
        hashed, at = sha256(), 0
        with self._transaction() as connection:
            _delete(connection, blob_id)
            _insert(connection, blob_id, 0, "")
        try:
            waiting: list[tuple[int, bytes]] = []
            for piece in pieces:
                check()
                hashed.update(piece)
                waiting.append((at, piece))
                at += len(piece)
                if len(waiting) == _COMMIT_ROWS:
                    self._put_rows(blob_id, waiting)
                    waiting = []
            self._put_rows(blob_id, waiting)
        except BaseException:
            self.remove([blob_id])
            raise
        made = Blob(blob_id, at, hashed.hexdigest(), at, complete=True)
        with self._transaction() as connection:
            connection.exec_driver_sql(
                "UPDATE blob SET size = ?, sha256 = ?, received = ?, complete = 1 WHERE id = ?",
                (made.size, made.sha256, made.received, blob_id),
            )
        return made

    def remove(self, blob_ids: list[str]) -> None:
        """Remove blobs with their bytes and give the room back to the disk; unknown ids are no error."""
        if not blob_ids:
            return
        with self._transaction() as connection:
            for blob_id in blob_ids:
                _delete(connection, blob_id)
        with self._lock:
            driver = self._engine.raw_connection()
            try:
                driver.cursor().execute("PRAGMA incremental_vacuum").fetchall()
            finally:
                driver.close()

    # -- reading -----------------------------------------------------------------------------------------------

    def get(self, blob_id: str) -> Blob | None:
        """What is here of a blob."""
        with self._transaction() as connection:
            return _get(connection, blob_id)

    def all(self) -> dict[str, Blob]:
        """Every blob by id."""
        with self._transaction() as connection:
            found = connection.exec_driver_sql("SELECT id, size, sha256, received, complete FROM blob")
            return {row[0]: Blob(row[0], row[1], row[2], row[3], bool(row[4])) for row in found}

    def read(self, blob_id: str, start: int, length: int) -> bytes:
        """Bytes from ``start``, at most ``length``; fewer at the end of what is here."""
        parts: list[bytes] = []
        end = start + length
        while start < end:
            with self._transaction() as connection:
                row = connection.exec_driver_sql(
                    "SELECT start, substr(data, ? - start + 1, ?) FROM blob_row "
                    "WHERE blob_id = ? AND start <= ? ORDER BY start DESC LIMIT 1",
                    (start, end - start, blob_id, start),
                ).first()
            if row is None or not row[1]:
                break
            parts.append(row[1])
            start += len(row[1])
        return b"".join(parts)

    def digest(self, blob_id: str) -> str:
        """SHA-256 of what is here, a row in memory at a time."""
        hashed, at = sha256(), 0
        while part := self.read(blob_id, at, ROW_BYTES):
            hashed.update(part)
            at += len(part)
        return hashed.hexdigest()

    # -- what is being filled ----------------------------------------------------------------------------------

    @contextmanager
    def held(self, blob_id: str) -> Iterator[None]:
        """While the block runs nobody sweeps this blob: its row in the store is still to come."""
        with self._lock:
            self._held.add(blob_id)
        try:
            yield
        finally:
            with self._lock:
                self._held.discard(blob_id)

    def held_ids(self) -> frozenset[str]:
        """The blobs that somebody is about to name."""
        with self._lock:
            return frozenset(self._held)

    def close(self) -> None:
        """Close the file. Safe to call twice."""
        with self._lock:
            self._engine.dispose()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self._lock, self._engine.begin() as connection:
            yield connection

    def _put_rows(self, blob_id: str, rows: list[tuple[int, bytes]]) -> None:
        with self._transaction() as connection:
            for start, data in rows:
                _put_row(connection, blob_id, start, data)

    def _prepare(self) -> None:
        driver = self._engine.raw_connection()
        try:
            found = driver.cursor().execute("PRAGMA user_version").fetchone()[0]
            if found > SCHEMA:
                raise NewerStore(found)
            if found == 0:
                self._make(driver.cursor())
        finally:
            driver.close()

    def _make(self, cursor: object) -> None:
        run = cursor.execute  # type: ignore[attr-defined]  # the driver has no types
        run("PRAGMA auto_vacuum = INCREMENTAL")
        run("VACUUM")  # an empty file takes the mode with its first page
        run("BEGIN IMMEDIATE")
        for statement in _TABLES:
            run(statement)
        run(f"PRAGMA user_version = {SCHEMA:d}")
        run("COMMIT")


def open_blobs(path: Path, key: bytes) -> BlobStore:
    """The blobs at ``path``. A file that cannot be read is set aside under another name, never thrown away.

    What it held is fetched again, or its upload fails in words. Raises :class:`NewerStore`.
    """
    try:
        return BlobStore(path, key)
    except (WrongKey, DamagedStore):
        number = 1
        while (aside := path.with_name(f"{path.name}.unreadable-{number}")).exists():
            number += 1
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        path.rename(aside)
        return BlobStore(path, key)


def _get(connection: Connection, blob_id: str) -> Blob | None:
    row = connection.exec_driver_sql(
        "SELECT id, size, sha256, received, complete FROM blob WHERE id = ?", (blob_id,)
    ).first()
    return None if row is None else Blob(row[0], row[1], row[2], row[3], bool(row[4]))


def _insert(connection: Connection, blob_id: str, size: int, digest: str) -> None:
    connection.exec_driver_sql("INSERT INTO blob VALUES (?, ?, ?, 0, 0)", (blob_id, size, digest))


def _put_row(connection: Connection, blob_id: str, start: int, data: bytes) -> None:
    connection.exec_driver_sql("INSERT INTO blob_row VALUES (?, ?, ?)", (blob_id, start, data))


def _delete(connection: Connection, blob_id: str) -> None:
    connection.exec_driver_sql("DELETE FROM blob WHERE id = ?", (blob_id,))
