"""One connection to one SQLCipher file, and the ways in which a file can refuse: everything below SQLAlchemy.

Tells a wrong key from a damaged file. It knows no table, makes no key, and mends nothing.
"""

from __future__ import annotations

import errno
import os
from contextlib import closing
from pathlib import Path
from typing import Any, ClassVar

import sqlcipher3.dbapi2 as sqlcipher

SCHEMA_VERSION = 8
"""What ``PRAGMA user_version`` says of a store this code can use: the number of the newest migration."""

KEY_BYTES = 32
SALT_BYTES = 16
PAGE_BYTES = 8192
CACHE_KIB = 4_000
"""Of each connection, and a desk has half a dozen: 500 pages hold the upper levels of every tree of a million cases,
and what lies below is in the system's cache, an unsealing away."""
SIDE_FILES = ("-wal", "-shm")
"""What SQLite keeps beside a database while it is open, or after the process was killed."""

_BUSY_S = 30.0


class StoreError(Exception):
    """A store that cannot be opened or used; ``code`` has words in the interface."""

    code: ClassVar[str] = "store_unreadable"


class WrongKey(StoreError):
    """The file is not a store under this key. Never a reason to make a new one."""


class DamagedStore(StoreError):
    """The key fits, and the file does not hold: pages are missing, changed, or do not belong together."""

    code = "store_damaged"


class UnusablePlace(StoreError):
    """The place on disk does not allow a store: the file may be all right. ``code`` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code  # type: ignore[misc]  # one class for the places, as the cure is the same: mend the place


def check_key(key: bytes) -> None:
    """Raises ValueError for what cannot be a key."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a store's key has {KEY_BYTES} bytes")


def check_place(path: Path) -> None:
    """Whether a store may live at ``path``. Raises :class:`UnusablePlace`; touches nothing."""
    folder = path.parent
    if not folder.is_dir():
        raise UnusablePlace("store_folder_missing")
    if path.exists() and not path.is_file():
        raise UnusablePlace("store_not_a_file")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UnusablePlace("store_read_only")
    if path.exists() and not os.access(path, os.R_OK | os.W_OK):
        raise UnusablePlace("store_read_only")
    if _is_mounted_read_only(folder):
        raise UnusablePlace("store_read_only")


def connect(path: Path, key: bytes, *, read_only: bool = False, salt: bytes = b"") -> Any:
    """A driver connection in autocommit mode: transactions are begun by the caller, in words.

    ``salt`` replaces the one in the file's first bytes. Raises :class:`WrongKey`, :class:`DamagedStore`,
    :class:`UnusablePlace`, and the driver's errors for what passes by itself (busy).
    """
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    try:
        connection = sqlcipher.connect(
            uri,
            uri=True,
            timeout=_BUSY_S,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=512,
        )
    except sqlcipher.OperationalError as error:
        raise refusal(error) from error
    try:
        unlock(connection, key, salt)
        _configure(connection, read_only)
    except sqlcipher.DatabaseError as error:
        connection.close()
        if is_damage(error) and not key_fits(path, key, salt):
            raise WrongKey("the file is not a store under this key") from error
        raise refusal(error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def unlock(connection: Any, key: bytes, salt: bytes = b"") -> None:
    """Gives a fresh connection its key; nothing has been read yet."""
    run = connection.execute
    run("PRAGMA cipher_log_level = NONE").fetchall()  # it would write to the standard error stream
    run(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"").fetchall()
    run(f"PRAGMA cipher_page_size = {PAGE_BYTES:d}").fetchall()
    run("PRAGMA temp_store = MEMORY").fetchall()  # a temporary file on disk would hold plain text


def is_damage(error: BaseException) -> bool:
    """Whether the driver complains of what is in the file, and not of disk, lock or statement."""
    code = getattr(error, "sqlite_errorcode", None) or getattr(
        getattr(error, "orig", None), "sqlite_errorcode", None
    )
    return isinstance(code, int) and code & 0xFF in (sqlcipher.SQLITE_CORRUPT, sqlcipher.SQLITE_NOTADB)


def bad_pages(path: Path, key: bytes, salt: bytes = b"") -> tuple[int, ...]:
    """The numbers of the pages in the file whose seal does not hold; the log beside the file is not looked at.

    Nobody else may be writing to the file. A page that was cut short counts.
    """
    connection = sqlcipher.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
    )
    with closing(connection):
        unlock(connection, key, salt)
        told = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    numbers = (next((w for w in str(line).split() if w.isdigit()), "0") for (line,) in told)
    return tuple(int(number) for number in numbers)


def key_fits(path: Path, key: bytes, salt: bytes = b"") -> bool:
    """Whether at least one page of the file is sealed with this key: each page has a seal of its own."""
    pages = path.stat().st_size // PAGE_BYTES if path.exists() else 0
    if pages == 0:
        return False
    return len([page for page in bad_pages(path, key, salt) if page <= pages]) < pages


def place_code(error: OSError) -> str:
    """What a disk or folder complained of, as a code with words in the interface."""
    return _SYSTEM_CODES.get(error.errno or 0, "disk_error")


def side_file(path: Path, suffix: str) -> Path:
    """``path`` with ``suffix`` behind its name."""
    return path.with_name(path.name + suffix)


def _configure(connection: Any, read_only: bool) -> None:
    run = connection.execute
    run("SELECT count(*) FROM sqlite_master").fetchall()  # the first page read tells whether the key fits
    run("PRAGMA foreign_keys = ON").fetchall()
    run(f"PRAGMA cache_size = -{CACHE_KIB}").fetchall()
    if read_only:
        run("PRAGMA query_only = ON").fetchall()
        return
    run("PRAGMA journal_mode = WAL").fetchall()
    run("PRAGMA synchronous = FULL").fetchall()
    run("PRAGMA journal_size_limit = 67108864").fetchall()


_PLACE_CODES = {
    sqlcipher.SQLITE_FULL: "disk_full",
    sqlcipher.SQLITE_IOERR: "disk_error",
    sqlcipher.SQLITE_CANTOPEN: "store_not_opened",
    sqlcipher.SQLITE_READONLY: "store_read_only",
    sqlcipher.SQLITE_PERM: "store_read_only",
}


_SYSTEM_CODES = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "disk_full",
    errno.EROFS: "store_read_only",
    errno.EACCES: "store_read_only",
    errno.EPERM: "store_read_only",
    errno.ENOENT: "store_folder_missing",
    errno.ENOTDIR: "store_folder_missing",
    errno.EISDIR: "store_not_a_file",
}


def refusal(error: Any) -> Exception:
    """What the driver said, as somebody may act on it; what it did not say clearly stays as it is."""
    if is_damage(error):
        return DamagedStore(str(error))
    code = getattr(error, "sqlite_errorcode", None)
    named = _PLACE_CODES.get(code & 0xFF) if isinstance(code, int) else None
    return UnusablePlace(named) if named is not None else error


def _is_mounted_read_only(folder: Path) -> bool:
    """A right to write means nothing where the disk itself was mounted for reading."""
    statvfs = getattr(os, "statvfs", None)
    if statvfs is None:
        return False
    try:
        flags: int = statvfs(folder).f_flag
    except OSError as error:
        return error.errno == errno.EROFS
    return bool(flags & os.ST_RDONLY)
