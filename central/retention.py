"""How long the change log is kept: a desktop away for longer takes a first load instead of a pull.

Forgets changes only; rows, former texts, operations and the audit log stay. Several processes may do it at once.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import takewhile

from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from .database import LOG_FLOOR, Database, Transaction, get_setting, put_setting
from .tables import change

KEPT = timedelta(days=180)
_LOCK = "retention"
_AT_ONCE = 20_000


def forget_old_changes(database: Database, now: datetime) -> int:
    """Drop what is older than 180 days; returns how many changes were dropped. ``now`` is real time.

    In commits of some ten thousand, so that nobody waits long for it.
    """
    dropped = 0
    while some := database.run(lambda tx: _forget_some(tx, now - KEPT)):
        dropped += some
    return dropped


def log_floor(connection: Connection) -> int:
    """The position up to which changes were forgotten; a cursor before it no longer holds."""
    return int(get_setting(connection, LOG_FLOOR) or 0)


def _forget_some(tx: Transaction, before: datetime) -> int:
    tx.lock(_LOCK)  # two floors written at once might leave the lower one
    oldest = select(change.c.position, change.c.at).order_by(change.c.position).limit(_AT_ONCE)
    old = list(takewhile(lambda row: row.at < before, tx.connection.execute(oldest)))
    if not old:
        return 0
    put_setting(tx, LOG_FLOOR, str(old[-1].position))
    return tx.connection.execute(delete(change).where(change.c.position <= old[-1].position)).rowcount
