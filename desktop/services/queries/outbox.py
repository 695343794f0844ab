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

from desktop.models.domain.entities import (
    Finding,
    Guidance,
    Inspection,
    Notice,
    Person,
    Ticket,
    Unit,
    Visit,
    decode_row,
)
from desktop.models.domain.entities import (
    View as SavedView,
)
from desktop.models.domain.operations import Operation, decode_operation, own_words
from desktop.models.domain.settling import SETTLED
from desktop.models.domain.wire import OperationResult
from desktop.models.store.tables import outbox, projection

from .base import Reader
from .quarantine import QuarantineRow, quarantined

Standing = Literal[
    "waiting",
    "sending",
    "suspended",
    "blocked",
    "conflict",
    "refused",
    "out_of_scope",
    "lost",
    "discarded",
    "settled",
]
"""What an entry is to the person; ``waiting`` may have been tried before (``attempts``), ``lost`` is a text about a
case that was taken away, ``settled`` one whose place another operation or the server's state has taken."""

View = Literal["needs", "waiting", "discarded", "open"]
"""What waits for the person, what goes out by itself, what was discarded; "open" is the first two."""

LOST = "lost:"

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
_STATES: dict[View, tuple[str, ...]] = {
    "needs": SETTLE,
    "waiting": WAITING,
    "discarded": ("discarded",),
    "open": (*SETTLE, *WAITING),
}
_read_result = msgspec.json.Decoder(OperationResult).decode

_ENTRIES = (
    select(outbox)
    .where(outbox.c.state.in_(bindparam("states", expanding=True)))
    .order_by(outbox.c.seq.desc())
    .limit(bindparam("most"))
)
_ROW = select(projection.c.data).where(projection.c.type == bindparam("t"), projection.c.id == bindparam("i"))
_ENTRY = select(outbox).where(outbox.c.op_id == bindparam("op"))
_OPEN = select(outbox.c.op_id).where(outbox.c.state.in_((*SETTLE, *WAITING)))
_OF_TICKET = (
    select(outbox.c.op_id)
    .where(outbox.c.ticket_id == bindparam("t"), outbox.c.state.in_(bindparam("states", expanding=True)))
    .order_by(outbox.c.seq)
)
_COUNTS = (
    select(outbox.c.state, func.count().label("many"))
    .where(outbox.c.state != "applied")
    .group_by(outbox.c.state)
)


class OutboxRow(Struct, frozen=True, kw_only=True):
    """One entry. ``texts`` are the person's own words as (field, text), as they were typed.

    ``key`` names the entry: the operation's id, or "lost:N" for words about a lost case whose operation is gone.
    ``quarantine_id`` is where such words lie, 0 for none. ``next_try_at`` is real time. ``by_name``, ``changed_at`` and
    ``now_state`` say who changed what in the meantime.
    """

    key: str
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
    """Number of the notice, code of the finding, name of what belongs to no case; "" where there is none."""
    texts: tuple[tuple[str, str], ...]
    now_state: str = ""
    by_name: str = ""
    changed_at: datetime | None = None
    quarantine_id: int = 0


class OutboxCounts(Struct, frozen=True, kw_only=True):
    """``waiting`` goes out by itself; ``to_settle`` waits for the person; ``discarded`` is kept for a while."""

    waiting: int
    to_settle: int
    discarded: int


def outbox_rows(
    r: Reader, view: View = "open", *, search: str = "", most: int = 500
) -> tuple[OutboxRow, ...]:
    """The entries of a view, newest first; in "open" what waits for the person stands above the rest.

    ``search`` keeps those with all its words in the person's texts, the case's number or title, or the unit.
    """
    rows = [_row(r, row._mapping) for row in r.all(_ENTRIES, {"states": list(_STATES[view]), "most": most})]
    if view in ("needs", "open"):
        rows = _with_lost(r, rows)
    order = {"conflict": 0, "refused": 0, "out_of_scope": 0, "lost": 0, "blocked": 1}
    rows.sort(key=lambda row: order.get(row.standing, 2))
    words = search.casefold().split()
    return tuple(row for row in rows if all(word in _searched(row) for word in words))


def outbox_row(r: Reader, key: str) -> OutboxRow | None:
    """One entry of any view by its key; None when it is gone."""
    if key.startswith(LOST):
        return next((row for row in _with_lost(r, []) if row.key == key), None)
    found = r.connection.execute(_ENTRY, {"op": key}).mappings().first()
    if found is None or found["state"] == "applied":
        return None
    return _with_lost(r, [_row(r, dict(found))])[-1]


def outbox_counts(r: Reader) -> OutboxCounts:
    """The numbers on the rail and in the status bar: as many as the lists have rows."""
    found = {row.state: int(row.many) for row in r.all(_COUNTS)}
    open_ids = {row.op_id for row in r.all(_OPEN)}
    lost = sum(not row.op_id or row.op_id not in open_ids for row in quarantined(r))
    return OutboxCounts(
        waiting=sum(found.get(state, 0) for state in WAITING),
        to_settle=sum(found.get(state, 0) for state in SETTLE) + lost,
        discarded=found.get("discarded", 0),
    )


def needs_you_on(r: Reader, ticket_id: str) -> tuple[str, ...]:
    """The keys of the entries of one case that wait for the person, the oldest first."""
    return tuple(row.op_id for row in r.all(_OF_TICKET, {"t": ticket_id, "states": list(SETTLE)}))


def _with_lost(r: Reader, rows: list[OutboxRow]) -> list[OutboxRow]:
    """The rows with where their words lie in quarantine, and before them words whose operation is not among them."""
    lost = {text.op_id or f"{LOST}{text.id}": text for text in quarantined(r)}
    known = {row.op_id for row in rows}
    open_ids = {row.op_id for row in r.all(_OPEN)}
    marked = [
        msgspec.structs.replace(
            row,
            quarantine_id=lost[row.op_id].id,
            ticket_number=row.ticket_number or lost[row.op_id].ticket_number,
        )
        if row.op_id in lost
        else row
        for row in rows
    ]
    alone = [text for key, text in lost.items() if key not in known and text.op_id not in open_ids]
    return [*(_lost_row(text) for text in alone), *marked]


def _lost_row(text: QuarantineRow) -> OutboxRow:
    return OutboxRow(
        key=f"{LOST}{text.id}",
        op_id=text.op_id,
        kind=text.kind,
        entity_type="",
        entity_id="",
        standing="lost",
        code=text.reason,
        attempts=0,
        next_try_at=None,
        made_at=text.at,
        settled_at=text.at,
        ticket_id=text.ticket_id,
        ticket_number=text.ticket_number,
        ticket_title="",
        unit="",
        about="",
        texts=text.texts,
        quarantine_id=text.id,
    )


def _searched(row: OutboxRow) -> str:
    parts = (*(text for _, text in row.texts), row.ticket_number, row.ticket_title, row.unit, row.about)
    return "\n".join(parts).casefold()


def read_answer(data: bytes | None) -> OperationResult | None:
    """What the server said of an entry; None where it has said nothing yet."""
    return _read_result(data) if data else None


def _row(r: Reader, row: Mapping[str, Any]) -> OutboxRow:
    op = decode_operation(row["body"])
    ticket = _get(r, "ticket", row["ticket_id"])
    entity = _get(r, row["entity_type"], row["entity_id"])
    result = read_answer(row["answer"])
    conflict = result.conflict if result else None
    number, title = (ticket.number, ticket.title) if isinstance(ticket, Ticket) else ("", "")
    next_try = row["next_try_at"]
    return OutboxRow(
        key=row["op_id"],
        op_id=row["op_id"],
        kind=row["kind"],
        entity_type=row["entity_type"],
        entity_id=row["entity_id"],
        standing="settled" if row["code"] == SETTLED else _STANDINGS[row["state"]],
        code=row["code"],
        attempts=row["attempts"],
        next_try_at=datetime.fromtimestamp(next_try, UTC) if next_try else None,
        made_at=datetime.fromtimestamp(row["created_at"], r.profile.zone()),
        settled_at=datetime.fromtimestamp(row["settled_at"], r.profile.zone()) if row["settled_at"] else None,
        ticket_id=row["ticket_id"],
        ticket_number=number,
        ticket_title=title,
        unit=r.reference.unit_name(_unit_id(op, entity, ticket)),
        about=_about(entity) or str(op.payload.get("title", "")),
        texts=own_words(op),
        now_state=conflict.state if conflict else "",
        by_name=conflict.by_name if conflict else "",
        changed_at=conflict.at if conflict else None,
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
    if isinstance(entity, Unit | Person | SavedView):
        return entity.name
    if isinstance(entity, Guidance):
        return entity.title
    if isinstance(entity, Inspection):
        return entity.number or entity.title
    return entity.number or entity.code if isinstance(entity, Finding) else ""
