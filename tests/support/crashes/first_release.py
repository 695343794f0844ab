"""A store as the first release would have left it: schema 1, with everything in it that schema 1 has room for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from desktop.models.store import migrate
from desktop.models.store.engine import writing_engine
from tests.support.stores import KEY


def write_as_first_release(path: Path) -> None:
    """Replaces the closed store at ``path``; whatever later releases keep beside it goes."""
    old = path.with_name("old")
    path.replace(old)
    for beside in path.parent.glob(f"{path.name}*"):
        beside.unlink()
    new, source = writing_engine(path, KEY), writing_engine(old, KEY)
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    with new.begin() as target, source.begin() as origin:
        config.attributes["connection"] = target
        command.upgrade(config, "0001")
        for table in _tables(target):
            _copy(origin, target, table)
        target.exec_driver_sql("PRAGMA user_version = 1")
    new.dispose()
    source.dispose()
    for left in path.parent.glob("old*"):
        left.unlink()


def _tables(connection: Connection) -> list[str]:
    names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [name for (name,) in names if name != "alembic_version"]


def _copy(origin: Connection, target: Connection, table: str) -> None:
    columns = [row[1] for row in target.exec_driver_sql(f"PRAGMA table_info({table})")]
    names = ", ".join(columns)
    rows: list[Any] = [tuple(row) for row in origin.exec_driver_sql(f"SELECT {names} FROM {table}")]
    target.exec_driver_sql(f"DELETE FROM {table}")
    if rows:
        target.exec_driver_sql(
            f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})", rows
        )
