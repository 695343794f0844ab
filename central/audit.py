"""The audit log: append-only, each row holding the hash of the one before it. Never personal data in ``detail``.

Appends and verifies; reads nothing else and knows no rule. The chain shows a row that was changed or taken out; that
the newest rows were cut off shows only against a head that somebody kept elsewhere.
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


@dataclass(frozen=True)
class Head:
    """The newest row of a log: its number and hash. Kept elsewhere, it shows whether the log was cut off later."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Head:
        """From ``"seq:hash"``. Raises ``ValueError``."""
        seq, _, value = text.strip().partition(":")
        if (
            not seq.isascii()
            or not seq.isdecimal()
            or len(value) != 64
            or set(value) - set("0123456789abcdef")
        ):
            raise ValueError("a head is a row's number, a colon and the 64 digits of its hash")
        return cls(int(seq), value)


EMPTY = Head(0, _START)
"""The head of a log without rows."""


class BrokenChain(ValueError):
    """The log is not as it was written; ``seq`` is the first row that shows it."""

    def __init__(self, seq: int, words: str) -> None:
        super().__init__(words)
        self.seq = seq


def append_audit(tx: Transaction, act: Act, at: datetime) -> None:
    """Append one row with this transaction, at its end: behind the log's lock the chain has one order."""
    tx.last.append(lambda: _append(tx.connection, act, at))


def _append(connection: Connection, act: Act, at: datetime) -> None:
    last = audit_head(connection)
    seq = last.seq + 1
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
            prev_hash=last.hash,
            hash=_hash(seq, at, act, last.hash),
        )
    )


def audit_head(connection: Connection) -> Head:
    """The newest row, :data:`EMPTY` where there is none."""
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    return Head(last.seq, last.hash) if last else EMPTY


def count_acts(
    connection: Connection, person_id: str, action: str, since: datetime
) -> tuple[int, datetime | None]:
    """How often a person did this since then, and when first."""
    query = select(func.count(), func.min(audit.c.at)).where(
        audit.c.person_id == person_id, audit.c.action == action, audit.c.at > since
    )
    count, first = connection.execute(query).one()
    return count, first


def was_done(
    connection: Connection, person_id: str, device_id: str, action: str, object_id: str, since: datetime
) -> bool:
    """Whether a person did this to that with this device since then."""
    query = select(audit.c.seq).where(
        audit.c.object_id == object_id,
        audit.c.action == action,
        audit.c.person_id == person_id,
        audit.c.device_id == device_id,
        audit.c.at > since,
    )
    return connection.execute(query.limit(1)).first() is not None


def verify_audit(connection: Connection) -> int:
    """The number of rows, all as they were written. Raises :class:`BrokenChain` at the first that is not."""
    return check_chain(connection).seq


def check_chain(connection: Connection, since: Head = EMPTY, *, kept: Head = EMPTY) -> Head:
    """The head of a log whose rows after ``since`` are as they were written.

    ``since`` is a head that was checked before, ``kept`` one that somebody noted: both must still be rows of this log.
    Raises :class:`BrokenChain`.
    """
    for known in (since, kept):
        _check_kept(connection, known)
    last = since
    for row in connection.execute(select(audit).where(audit.c.seq > since.seq).order_by(audit.c.seq)):
        act = Act(row.person_id, row.device_id, row.action, row.object_type, row.object_id, row.detail)
        seq = last.seq + 1
        if row.seq != seq or row.prev_hash != last.hash or row.hash != _hash(seq, row.at, act, last.hash):
            raise BrokenChain(seq, f"audit row {seq} was changed or is missing")
        last = Head(row.seq, row.hash)
    return last


def _check_kept(connection: Connection, kept: Head) -> None:
    if kept.seq == 0:
        return
    found = connection.execute(select(audit.c.hash).where(audit.c.seq == kept.seq)).scalar()
    if found is None:
        end = audit_head(connection).seq
        raise BrokenChain(
            end + 1, f"the log ends at row {end}, but row {kept.seq} had been written: it was cut off"
        )
    if found != kept.hash:
        raise BrokenChain(
            kept.seq, f"audit row {kept.seq} is not the one that was kept: the log was rewritten"
        )


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
