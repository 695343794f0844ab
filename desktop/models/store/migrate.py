"""Upgrades of a store file: a copy first, one transaction, a check, and the copy back if anything fails.

The only module that imports alembic; it is imported only when a store is not at head. The revisions in
``migrations/versions`` import no project code, so that they stay what they were when they were released.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from .engine import SCHEMA_VERSION, MigrationFailed

_SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(path: Path, found: int, make_engine: Callable[[], Engine]) -> None:
    """Brings the store at ``path`` from schema ``found`` to head.

    A file that holds something already is copied beside itself first (``<name>.before-<schema>``; it is encrypted
    like the original). Raises :class:`MigrationFailed` with the file as it was.
    """
    engine = make_engine()
    backup: Path | None = None
    try:
        if found > 0:
            backup = _back_up(path, found, engine)
        _run(engine)
        _verify(engine)
    except Exception as error:
        engine.dispose()
        if backup is not None:
            _restore(path, backup)
        raise MigrationFailed(backup) from error
    engine.dispose()


def _run(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION:d}")


def _verify(engine: Engine) -> None:
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA quick_check").scalar() != "ok":
            raise RuntimeError("the upgraded store is damaged")
        if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
            raise RuntimeError("the upgraded store breaks a foreign key")


def _back_up(path: Path, found: int, engine: Engine) -> Path:
    """A copy of the file with its log folded in; no other connection is open while a store is upgraded."""
    driver = engine.raw_connection()
    try:
        driver.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        driver.close()
    backup = path.with_name(f"{path.name}.before-{found + 1}")
    shutil.copyfile(path, backup)
    with backup.open("rb+") as copy:
        os.fsync(copy.fileno())
    return backup


def _restore(path: Path, backup: Path) -> None:
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(backup, path)
