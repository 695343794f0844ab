"""The outbox as a person reads it: what waits, what was refused, what conflicts, with the text the person wrote.

One entry is one operation. Codes, names and times only; the sentences are the page's. Nothing here settles anything.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, func, select

from desktop.models.domain.entities import Finding, Notice, Ticket, Visit, decode_row
from desktop.models.domain.operations import Operation, decode_operation, own_words
from desktop.models.domain.wire import OperationResult
from desktop.models.store.tables import outbox, projection

from .base import Reader

Standing = Literal[
    "waiting", "sending", "suspended", "blocked", "conflict", "refused", "out_of_scope", "discarded"
]
"""What an entry is to the person; ``waiting`` may have been tried before (``attempts``)."""

WAITING = ("queued", "in_flight", "suspended")
SETTLE = ("conflict", "rejected", "out_of_scope", "blocked")
_STANDINGS: dict[str, Standing] = {
    "queued": "waiting",
    "in_flight": "sending",
    "suspended": "suspended",
    "blocked": "blocked",
    "conflict": "conflict",
    "rejected": "refused",
    "out_of_scope": "out_of_scope",
    "discarded": "discarded",
}
_read_result = msgspec.json.Decoder(OperationResult).decode

_ENTRIES = (
    select(outbox)
    .where(outbox.c.state.in_(bindparam("states", expanding=True)))
    .order_by(outbox.c.seq.desc())
    .limit(bindparam("most"))
)
_ROW = select(projection.c.data).where(projection.c.type == bindparam("t"), projection.c.id == bindparam("i"))
_COUNTS = (
    select(outbox.c.state, func.count().label("many"))
    .where(outbox.c.state != "applied")
    .group_by(outbox.c.state)
)


class OutboxRow(Struct, frozen=True, kw_only=True):
    """One entry. ``texts`` are the person's own words as (field, text), as they were typed.

    ``next_try_at`` is real time. ``by_name``, ``at`` and ``now_state`` say who changed what in the meantime.
    """

    op_id: str
    kind: str
    entity_type: str
    entity_id: str
    standing: Standing
    code: str
    attempts: int
    next_try_at: datetime | None
    made_at: datetime
    settled_at: datetime | None
    ticket_id: str
    ticket_number: str
    ticket_title: str
    unit: str
    about: str
    """Number of the notice or code of the finding, "" where there is none."""
    texts: tuple[tuple[str, str], ...]
    now_state: str
    by_name: str
    changed_at: datetime | None
    theirs: tuple[tuple[str, str], ...]


class OutboxCounts(Struct, frozen=True, kw_only=True):
    """``waiting`` goes out by itself; ``to_settle`` waits for the person; ``discarded`` is kept for a while."""

    waiting: int
    to_settle: int
    discarded: int


def outbox_rows(r: Reader, *, discarded: bool = False, most: int = 500) -> tuple[OutboxRow, ...]:
    """What is not done yet: first what waits for the person, then what goes out by itself; newest first."""
    states = [*SETTLE, *WAITING, *(("discarded",) if discarded else ())]
    rows = [_row(r, row._mapping) for row in r.all(_ENTRIES, {"states": states, "most": most})]
    order = {"conflict": 0, "refused": 0, "out_of_scope": 0, "blocked": 1, "discarded": 3}
    return tuple(sorted(rows, key=lambda row: order.get(row.standing, 2)))


def outbox_counts(r: Reader) -> OutboxCounts:
    """The numbers on the rail."""
    found = {row.state: int(row.many) for row in r.all(_COUNTS)}
    return OutboxCounts(
        waiting=sum(found.get(state, 0) for state in WAITING),
        to_settle=sum(found.get(state, 0) for state in SETTLE),
        discarded=found.get("discarded", 0),
    )


def _row(r: Reader, row: Mapping[str, Any]) -> OutboxRow:
    op = decode_operation(row["body"])
    ticket = _get(r, "ticket", row["ticket_id"])
    entity = _get(r, row["entity_type"], row["entity_id"])
    result = _read_result(row["answer"]) if row["answer"] else None
    conflict = result.conflict if result else None
    number, title = (ticket.number, ticket.title) if isinstance(ticket, Ticket) else ("", "")
    next_try = row["next_try_at"]
    return OutboxRow(
        op_id=row["op_id"],
        kind=row["kind"],
        entity_type=row["entity_type"],
        entity_id=row["entity_id"],
        standing=_STANDINGS[row["state"]],
        code=row["code"],
        attempts=row["attempts"],
        next_try_at=datetime.fromtimestamp(next_try, UTC) if next_try else None,
        made_at=datetime.fromtimestamp(row["created_at"], r.profile.zone()),
        settled_at=datetime.fromtimestamp(row["settled_at"], r.profile.zone()) if row["settled_at"] else None,
        ticket_id=row["ticket_id"],
        ticket_number=number,
        ticket_title=title,
        unit=r.reference.unit_name(_unit_id(op, entity, ticket)),
        about=_about(entity),
        texts=own_words(op),
        now_state=conflict.state if conflict else "",
        by_name=conflict.by_name if conflict else "",
        changed_at=conflict.at if conflict else None,
        theirs=tuple((field, str(value)) for field, value in conflict.fields.items()) if conflict else (),
    )


def _get(r: Reader, entity_type: str, entity_id: str) -> object:
    if not entity_id:
        return None
    data = r.connection.execute(_ROW, {"t": entity_type, "i": entity_id}).scalar_one_or_none()
    return None if data is None else decode_row(entity_type, data)


def _unit_id(op: Operation, entity: object, ticket: object) -> str:
    named = op.payload.get("unit_id")
    if named:
        return str(named)
    if isinstance(entity, Notice | Finding | Visit) and entity.unit_id:
        return entity.unit_id
    return ticket.unit_id if isinstance(ticket, Ticket) else ""


def _about(entity: object) -> str:
    if isinstance(entity, Notice):
        return entity.number
    return entity.number or entity.code if isinstance(entity, Finding) else ""
