"""Upgrades of a store file: on a copy, in one transaction, looked through, and put in its place in one step.

The file in use is never changed, so that a power cut leaves the old one or the new one. The only module that imports
alembic. The revisions in ``migrations/versions`` import no project
code, so that they stay what they were when they were released.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from .driver import SIDE_FILES, StoreError, UnusablePlace, place_code, refusal, side_file
from .engine import SCHEMA_VERSION, MigrationFailed
from .space import WORK_NEEDS, free_bytes

EngineOf = Callable[[Path], Engine]
"""Opens the file at a path under the store's key."""

KEEP_BACKUPS = timedelta(days=30)
"""As long as applied operations are kept: whoever finds out after a month has the server's rows and needs no old
file."""

_SCRIPTS = Path(__file__).parent / "migrations"
_UPGRADING = ".upgrading"


def upgrade(path: Path, found: int, engine_of: EngineOf) -> None:
    """Brings the store at ``path`` from schema ``found`` to head.

    The old file stays beside it (``<name>.before-<schema>``, encrypted like the original) until
    :func:`forget_backups`. Raises :class:`MigrationFailed` with the file as it was, ``UnusablePlace`` for want of room.
    """
    if found == 0:
        _make(path, engine_of)
        return
    _fold_log(path, engine_of)
    if free_bytes(path.parent) < 2 * path.stat().st_size + WORK_NEEDS:
        raise UnusablePlace("disk_full")
    work = side_file(path, _UPGRADING)
    try:
        _drop(work)
        shutil.copyfile(path, work)
        engine = engine_of(work)
        try:
            run_to(engine)
            _verify(engine)
        finally:
            engine.dispose()
        _fold_log(work, engine_of)  # what stayed in the log would not move with the file
        _flush(work)
        _keep_aside(path, side_file(path, f".before-{found + 1}"))
        work.replace(path)
        _flush_folder(path.parent)
    except Exception as error:
        with suppress(OSError):
            _drop(work)  # else the next upgrade does
        raise _failure(error, "the upgrade of the store failed; it is as it was") from error


def run_to(engine: Engine, revision: str = "head") -> None:
    """Runs the revisions up to ``revision`` in one transaction."""
    from alembic import command  # a tenth of a second that a store at head never pays
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    version = SCHEMA_VERSION if revision == "head" else int(revision)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        connection.exec_driver_sql(f"PRAGMA user_version = {version:d}")


def forget_backups(path: Path, now: datetime) -> int:
    """Removes the copies that upgrades left beside the store at ``path`` a month ago; how many went."""
    gone = 0
    for backup in path.parent.glob(f"{path.name}.before-*"):
        age = now.timestamp() - backup.stat().st_mtime
        if age > KEEP_BACKUPS.total_seconds():
            backup.unlink(missing_ok=True)
            gone += 1
    return gone


def _make(path: Path, engine_of: EngineOf) -> None:
    """The first schema of a store that has nothing in it yet: one transaction, all or nothing."""
    engine = engine_of(path)
    try:
        run_to(engine)
    except Exception as error:
        raise _failure(error, "the store could not be made") from error
    finally:
        engine.dispose()


def _failure(error: Exception, words: str) -> StoreError:
    """The disk's refusal by its own name: who reads it shall make room, and not wait for a better upgrade."""
    if isinstance(error, OSError):
        return UnusablePlace(place_code(error))
    named = refusal(getattr(error, "orig", None) or error)
    return named if isinstance(named, UnusablePlace) else MigrationFailed(words)


def _verify(engine: Engine) -> None:
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
            raise RuntimeError("the upgraded store is damaged")
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise RuntimeError("the upgraded store breaks a foreign key")


def _fold_log(path: Path, engine_of: EngineOf) -> None:
    """Leaves everything in the one file. A log that stayed would be read into the new file."""
    engine = engine_of(path)
    try:
        driver = engine.raw_connection()
        try:
            driver.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            driver.close()
    finally:
        engine.dispose()
    log = side_file(path, "-wal")
    if log.exists() and log.stat().st_size:
        raise MigrationFailed("the log of the store could not be folded in")


def _keep_aside(path: Path, backup: Path) -> None:
    """A second name for the old file, which costs no room; a copy where the disk knows no second names."""
    backup.unlink(missing_ok=True)
    try:
        os.link(path, backup)
    except OSError:
        shutil.copyfile(path, backup)
        _flush(backup)
    os.utime(backup)  # its age counts from the upgrade


def _drop(work: Path) -> None:
    for suffix in ("", *SIDE_FILES):
        side_file(work, suffix).unlink(missing_ok=True)


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _flush_folder(folder: Path) -> None:
    """The new name on disk too, where the system lets one ask for that."""
    with suppress(OSError, AttributeError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
