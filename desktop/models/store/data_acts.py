"""What left this desktop and the server has not written down yet: exports, prints, copies, saved files. Rows only.

Written in the transaction that lets the data out, removed when the server says that it holds it; nothing else removes
one: no eviction, no snapshot, no new epoch.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from desktop.models.domain.wire import DataAct

from .tables import data_act

_oldest = select(data_act).order_by(data_act.c.at, data_act.c.id).limit(bindparam("most"))
_count = select(func.count()).select_from(data_act)
_remove = delete(data_act).where(data_act.c.id == bindparam("i"))


def put(connection: Connection, act: DataAct) -> None:
    """Write one down."""
    connection.execute(
        insert(data_act),
        {
            "id": act.id,
            "action": act.action,
            "object_type": act.object_type,
            "object_id": act.object_id,
            "rows": act.rows,
            "detail": act.detail,
            "at": int(act.at.timestamp()),
        },
    )


def waiting(connection: Connection, most: int, without: Iterable[str] = ()) -> list[DataAct]:
    """The oldest that the server has not taken, at most so many; ``without`` names those left out."""
    left_out = frozenset(without)
    found = connection.execute(_oldest, {"most": most + len(left_out)}).mappings()
    acts = [
        DataAct(
            id=row["id"],
            action=row["action"],
            object_type=row["object_type"],
            object_id=row["object_id"],
            rows=row["rows"],
            detail=row["detail"],
            at=datetime.fromtimestamp(row["at"], UTC),
        )
        for row in found
        if row["id"] not in left_out
    ]
    return acts[:most]


def count(connection: Connection) -> int:
    """How many the server has not taken."""
    return int(connection.execute(_count).scalar_one())


def remove(connection: Connection, ids: Iterable[str]) -> None:
    """The server holds them."""
    gone = [{"i": each} for each in ids]
    if gone:
        connection.execute(_remove, gone)
