"""Copies of a database while it serves, and bringing one back as a database of a new epoch.

A restored database has forgotten what desktops already hold: it appears with a new epoch or not at all, never for a
moment with the old one. SQLite copies itself; PostgreSQL's own programs do it there. Stops and starts no server.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import URL

from . import dialects
from .installation import open_database, renew_epoch

_PROGRAMS = Path("/usr/lib/postgresql")


class BackupFailed(Exception):
    """Nothing was written, or nothing was restored; the text is for the administrator."""


def back_up(database: str, file: Path) -> int:
    """Copy the database as it is at this moment into ``file``, which must not exist; returns its bytes.

    Servers go on meanwhile. Raises :class:`BackupFailed`.
    """
    url = dialects.parse_url(database)
    if file.exists():
        raise BackupFailed(f"{file} exists already")
    unfinished = file.with_name(file.name + ".part")
    unfinished.unlink(missing_ok=True)
    try:
        if url.get_backend_name() == "sqlite":
            _copy_sqlite(Path(url.database or ""), unfinished)
        else:
            words = ["--format=custom", "--no-owner", "--no-privileges", "--file", str(unfinished)]
            _run("pg_dump", words, url)
        _reach_disk(unfinished)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return file.stat().st_size


def restore(database: str, file: Path | None, rng: random.Random, now: datetime) -> str:
    """Put the copy in ``file`` in the database's place, with a new epoch; None where that was done by other means.

    No server may run on a SQLite file meanwhile; the file that was there is kept beside it, and its name returned.
    ``now`` names it. Raises :class:`BackupFailed`, ``LookupError`` and :class:`~central.schema.WrongSchema`.
    """
    url = dialects.parse_url(database)
    if file is None:
        with closing(open_database(database, rng)) as opened:
            renew_epoch(opened, rng)
        return ""
    if not file.is_file():
        raise BackupFailed(f"there is no file {file}")
    if url.get_backend_name() == "sqlite":
        return _restore_sqlite(Path(url.database or ""), file, rng, now)
    _restore_postgres(url, file, rng)
    return ""


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.is_file():
        raise BackupFailed(f"there is no database {source}")
    try:
        with closing(sqlite3.connect(source, isolation_level=None)) as connection:
            connection.execute("VACUUM INTO ?", (str(target),))
        _check_sqlite(target)
    except sqlite3.Error as error:
        raise BackupFailed(f"{source} could not be copied: {error}") from error


def _check_sqlite(file: Path) -> None:
    """Raises :class:`BackupFailed` for what is no whole database."""
    try:
        with closing(sqlite3.connect(file)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise BackupFailed(f"{file} is not a database: {error}") from error
    if found != "ok":
        raise BackupFailed(f"{file} is damaged: {found}")


def _restore_sqlite(target: Path, file: Path, rng: random.Random, now: datetime) -> str:
    fresh = target.with_name(target.name + ".restoring")
    fresh.unlink(missing_ok=True)
    _check_sqlite(file)
    try:
        shutil.copyfile(file, fresh)
        with closing(open_database(str(fresh), rng)) as opened:
            renew_epoch(opened, rng)
        _fold_journal(fresh)
        kept = ""
        if target.exists():
            _fold_journal(target)
            aside = target.with_name(f"{target.name}.before-restore-{now:%Y%m%dT%H%M%S}")
            _keep(target, aside)
            kept = str(aside)
        _reach_disk(fresh)
        fresh.replace(
            target
        )  # there is a database at every moment: a server that starts would make an empty one
        return kept
    finally:
        for left in (fresh, Path(f"{fresh}-wal"), Path(f"{fresh}-shm")):
            left.unlink(missing_ok=True)


def _keep(file: Path, aside: Path) -> None:
    """A second name for the same file, or a copy where the disk knows no second names."""
    try:
        os.link(file, aside)
    except OSError:
        shutil.copy2(file, aside)


def _fold_journal(file: Path) -> None:
    """Make one file of a database and its journal. Raises :class:`BackupFailed` while anybody has it open."""
    try:
        with closing(sqlite3.connect(file, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise BackupFailed(f"{file} is in use; stop the server first ({error})") from error
    except sqlite3.DatabaseError:
        return  # damaged, which may be why a copy is brought back: it is set aside as it is


def _restore_postgres(url: URL, file: Path, rng: random.Random) -> None:
    """In one transaction: what is there goes, the copy comes, the epoch is new, running servers are told."""
    epoch = rng.randbytes(8).hex()
    with tempfile.TemporaryDirectory(prefix="central-") as folder:
        script = Path(folder) / "restore.sql"
        words = ["--clean", "--if-exists", "--no-owner", "--no-privileges", "--file", str(script), str(file)]
        _run("pg_restore", words, None)
        renewed = f"UPDATE setting SET value = '{epoch}' WHERE key = 'server_epoch'"  # noqa: S608 - sixteen hex digits
        last = f"RESET search_path; {renewed}; NOTIFY {dialects.CHANNEL}, 'settings'"
        words = ["--no-psqlrc", "--quiet", "--single-transaction", "--set", "ON_ERROR_STOP=1"]
        _run("psql", [*words, "--file", str(script), "--command", last], url)


def _run(program: str, words: Sequence[str], url: URL | None) -> None:
    """One of PostgreSQL's programs; the password goes by its environment, where other users cannot read it."""
    environment = dict(os.environ)
    command = [_program(program), *words]
    if url is not None:
        if url.password:
            environment["PGPASSWORD"] = str(url.password)
        command += ["--dbname", dialects.libpq_url(url.set(password=None))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupFailed(f"{program} says: {done.stderr.strip() or done.returncode}")


def _program(name: str) -> str:
    """The newest that is installed: an older one does not read a newer server."""
    found = sorted(_PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    on_path = shutil.which(name)
    if not found and on_path is None:
        raise BackupFailed(f"{name} was not found; it comes with PostgreSQL's client programs")
    return str(found[-1]) if found else str(on_path)


def _reach_disk(file: Path) -> None:
    for path in (file, file.parent):
        if path.is_dir() and os.name == "nt":
            continue
        handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
