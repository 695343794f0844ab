"""How long the change log is kept: a desktop away for longer takes a first load instead of a pull.

Forgets changes only; rows, former texts, operations and the audit log stay.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.engine import Connection

from .database import Database, get_setting, put_setting
from .tables import change

KEPT = timedelta(days=180)
_FLOOR = "log_floor"


def forget_old_changes(database: Database, now: datetime) -> int:
    """Drop what is older than 180 days; returns how many changes were dropped. ``now`` is real time."""
    with database.write() as tx:
        last = tx.connection.execute(
            select(func.max(change.c.position)).where(change.c.at < now - KEPT)
        ).scalar()
        if last is None:
            return 0
        put_setting(tx, _FLOOR, str(last))
        return tx.connection.execute(delete(change).where(change.c.position <= last)).rowcount


def log_floor(connection: Connection) -> int:
    """The position up to which changes were forgotten; a cursor before it no longer holds."""
    return int(get_setting(connection, _FLOOR) or 0)
