"""The audit log: append-only, each row holding the hash of the one before it. Never personal data in ``detail``.

Appends and verifies; reads nothing else and knows no rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from .database import Transaction
from .tables import audit, to_micros

_START = "0" * 64


@dataclass(frozen=True)
class Act:
    """What somebody did to what. ``detail`` holds codes, never a name, number or text of a citizen."""

    person_id: str
    device_id: str
    action: str
    object_type: str
    object_id: str
    detail: str = ""


def append_audit(tx: Transaction, act: Act, at: datetime) -> None:
    """Append one row with this transaction, at its end: behind the log's lock the chain has one order."""
    tx.last.append(lambda: _append(tx.connection, act, at))


def _append(connection: Connection, act: Act, at: datetime) -> None:
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    seq, prev = (last.seq + 1, last.hash) if last else (1, _START)
    connection.execute(
        insert(audit).values(
            seq=seq,
            at=at,
            person_id=act.person_id,
            device_id=act.device_id,
            action=act.action,
            object_type=act.object_type,
            object_id=act.object_id,
            detail=act.detail,
            prev_hash=prev,
            hash=_hash(seq, at, act, prev),
        )
    )


def count_acts(
    connection: Connection, person_id: str, action: str, since: datetime
) -> tuple[int, datetime | None]:
    """How often a person did this since then, and when first."""
    query = select(func.count(), func.min(audit.c.at)).where(
        audit.c.person_id == person_id, audit.c.action == action, audit.c.at > since
    )
    count, first = connection.execute(query).one()
    return count, first


def verify_audit(connection: Connection) -> int:
    """The number of rows, all of which are as they were written. Raises ``ValueError`` at the first that is not."""
    prev, count = _START, 0
    for row in connection.execute(select(audit).order_by(audit.c.seq)):
        act = Act(row.person_id, row.device_id, row.action, row.object_type, row.object_id, row.detail)
        count += 1
        if row.seq != count or row.prev_hash != prev or row.hash != _hash(row.seq, row.at, act, prev):
            raise ValueError(f"audit row {count} was changed or is missing")
        prev = row.hash
    return count


def _hash(seq: int, at: datetime, act: Act, prev: str) -> str:
    fields = (
        str(seq),
        str(to_micros(at)),
        act.person_id,
        act.device_id,
        act.action,
        act.object_type,
        act.object_id,
        act.detail,
        prev,
    )
    return sha256("".join(f"{len(field)}:{field}" for field in fields).encode()).hexdigest()
