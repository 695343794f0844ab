"""The outbox: every operation this device made, its state, and which rows it is folded into. Rows only, no policy.

States: ``queued`` waits; ``in_flight`` was committed before sending; ``applied`` is the server's; ``conflict``,
``rejected``, ``out_of_scope`` and ``blocked`` are parked until the user acts; ``suspended`` is retried daily;
``discarded`` was withdrawn by the user. A body is immutable once it was in flight.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, RowMapping, bindparam, case, delete, func, insert, select, text, update

from desktop.models.domain.entities import Key
from desktop.models.domain.operations import (
    CATALOGUE,
    BadOperation,
    Operation,
    body_of,
    decode_operation,
    touches,
)
from desktop.models.domain.wire import OperationResult

from .shadows import seconds
from .tables import outbox, outbox_row, quarantine

State = Literal[
    "queued",
    "in_flight",
    "applied",
    "conflict",
    "rejected",
    "out_of_scope",
    "blocked",
    "suspended",
    "discarded",
]
UNSENT: tuple[State, ...] = ("queued", "in_flight", "suspended")
"""States of operations that are on their way: shown as waiting, folded into the rows they touch."""

PARKED: tuple[State, ...] = ("conflict", "rejected", "out_of_scope", "blocked")
"""States that wait for the user; no longer folded in."""

HELD = "held"
"""The code of a queued entry that waits for its author's second thought, until its next try."""

KEEP_APPLIED_S = 30 * 86_400
KEEP_DISCARDED_S = 90 * 86_400


class Entry(Struct, frozen=True, kw_only=True):
    """One operation with its fate so far. ``next_try_at`` is real time in seconds since 1970."""

    seq: int
    op_id: str
    state: State
    entity: Key
    ticket_id: str
    attempts: int
    faults: int
    next_try_at: float | None
    code: str
    op: Operation


_columns = (
    outbox.c.seq,
    outbox.c.op_id,
    outbox.c.state,
    outbox.c.entity_type,
    outbox.c.entity_id,
    outbox.c.ticket_id,
    outbox.c.attempts,
    outbox.c.faults,
    outbox.c.next_try_at,
    outbox.c.code,
    outbox.c.body,
)
_known = text("SELECT op_id FROM outbox WHERE op_id IN (SELECT value FROM json_each(:ids))")
_by_id = select(*_columns).where(outbox.c.op_id == bindparam("op"))
_in_states = (
    select(*_columns).where(outbox.c.state.in_(bindparam("states", expanding=True))).order_by(outbox.c.seq)
)
_of_entity = (
    select(*_columns)
    .where(outbox.c.entity_type == bindparam("t"), outbox.c.entity_id == bindparam("i"))
    .order_by(outbox.c.seq)
)
_of_ticket = (
    select(*_columns)
    .where(outbox.c.ticket_id == bindparam("t"), outbox.c.state.in_((*UNSENT, *PARKED)))
    .order_by(outbox.c.seq)
)
_folded = (
    select(*_columns)
    .join(outbox_row, outbox_row.c.seq == outbox.c.seq)
    .where(outbox_row.c.type == bindparam("t"), outbox_row.c.id == bindparam("i"))
    .order_by(outbox.c.seq)
)
_set_state = (
    update(outbox)
    .where(outbox.c.op_id == bindparam("op"))
    .values(
        state=bindparam("s"),
        code=bindparam("c"),
        # What was discarded may be put back to where it stood: the server's answer says where that was.
        answer=case((bindparam("s") == "discarded", outbox.c.answer), else_=bindparam("a")),
        settled_at=bindparam("at"),
        next_try_at=bindparam("next"),
        faults=0,
    )
)
_read_result = msgspec.json.Decoder(OperationResult).decode
_settle_text = (
    update(quarantine)
    .where(quarantine.c.op_id == bindparam("op"), quarantine.c.state == "kept")
    .values(state=bindparam("s"), sent_as=bindparam("by"))
)
_insert = insert(outbox)
_insert_row = insert(outbox_row).prefix_with("OR IGNORE")
_unfold = delete(outbox_row).where(outbox_row.c.seq == bindparam("seq_"))
_unfold_row = delete(outbox_row).where(
    outbox_row.c.seq == bindparam("seq_"),
    outbox_row.c.type == bindparam("t"),
    outbox_row.c.id == bindparam("i"),
)


def is_untried(entry: Entry) -> bool:
    """Whether it was never put before a server: only then nothing of it can be there."""
    return entry.state == "queued" and entry.attempts == 0


def next_seq(connection: Connection) -> int:
    """The number of this device's next operation; rises for ever, also past deleted ones."""
    last = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'").scalar()
    return int(last or 0) + 1


def append(connection: Connection, op: Operation, ticket_id: str, at: datetime) -> None:
    """Queues ``op`` and marks the rows it is folded into; ``at`` is office time."""
    connection.execute(
        _insert,
        {
            "seq": op.seq,
            "op_id": op.op_id,
            "kind": op.kind,
            "entity_type": CATALOGUE[op.kind].entity_type,
            "entity_id": op.entity_id,
            "ticket_id": ticket_id,
            "state": "queued",
            "body": body_of(op),
            "attempts": 0,
            "faults": 0,
            "code": "",
            "created_at": seconds(at),
            "resolves": op.resolves or "",
        },
    )
    fold_in(connection, op)
    if op.resolves:
        connection.execute(_settle_text, {"op": op.resolves, "s": "sent", "by": op.op_id})


def fold_in(connection: Connection, op: Operation) -> None:
    """Marks the rows that ``op`` is folded into; marking them twice changes nothing.

    What a newer program made is folded into none: this one does not know what it does.
    """
    with suppress(BadOperation):
        connection.execute(_insert_row, [{"seq": op.seq, "type": t, "id": i} for t, i in touches(op)])


def touched_keys(entries: Iterable[Entry]) -> list[Key]:
    """The rows that ``entries`` write, each once; of a newer program's operation its own entity alone."""
    keys: dict[Key, None] = {}
    for entry in entries:
        try:
            keys.update(dict.fromkeys(touches(entry.op)))
        except BadOperation:
            keys[entry.entity] = None
    return list(keys)


def unfold(connection: Connection, seq: int, key: Key | None = None) -> None:
    """The opposite: for every row of the operation, or for ``key`` alone."""
    if key is None:
        connection.execute(_unfold, {"seq_": seq})
    else:
        connection.execute(_unfold_row, {"seq_": seq, "t": key[0], "i": key[1]})


def get(connection: Connection, op_id: str) -> Entry | None:
    """The entry of one operation."""
    found = connection.execute(_by_id, {"op": op_id}).mappings().first()
    return None if found is None else _entry(found)


def in_states(connection: Connection, states: Iterable[State]) -> list[Entry]:
    """All entries in any of ``states``, in this device's order."""
    return [_entry(row) for row in connection.execute(_in_states, {"states": list(states)}).mappings()]


def waiting(connection: Connection, *, untried: bool) -> list[Entry]:
    """What is parked behind another entry; with ``untried`` also what was never sent, in order."""
    found = in_states(connection, ("blocked", "queued") if untried else ("blocked",))
    return [entry for entry in found if entry.state == "blocked" or is_untried(entry)]


def of_entity(connection: Connection, key: Key) -> list[Entry]:
    """All entries on one entity in order, whatever their state."""
    return [_entry(row) for row in connection.execute(_of_entity, {"t": key[0], "i": key[1]}).mappings()]


def open_of_ticket(connection: Connection, ticket_id: str) -> list[Entry]:
    """The entries of a case that are on their way or wait for their person, in order."""
    return [_entry(row) for row in connection.execute(_of_ticket, {"t": ticket_id}).mappings()]


def folded_into(connection: Connection, key: Key) -> list[Entry]:
    """The operations that make the difference between the server's row and the one on the screen, in order."""
    return [_entry(row) for row in connection.execute(_folded, {"t": key[0], "i": key[1]}).mappings()]


def folded_entries(connection: Connection, state: State) -> list[Entry]:
    """The entries in ``state`` that are still folded into some row, in order."""
    folded = select(outbox_row.c.seq)
    statement = (
        select(*_columns).where(outbox.c.state == state, outbox.c.seq.in_(folded)).order_by(outbox.c.seq)
    )
    return [_entry(row) for row in connection.execute(statement).mappings()]


def folded_keys(connection: Connection, ticket_id: str | None = None) -> list[Key]:
    """Every row that has an operation folded into it; of one ticket, where it is named."""
    statement = select(outbox_row.c.type, outbox_row.c.id).distinct()
    if ticket_id is not None:
        statement = statement.join(outbox, outbox.c.seq == outbox_row.c.seq).where(
            outbox.c.ticket_id == ticket_id
        )
    return [(t, i) for t, i in connection.execute(statement)]


def set_state(
    connection: Connection,
    op_id: str,
    state: State,
    *,
    code: str = "",
    answer: bytes | None = None,
    settled_at: datetime | None = None,
    next_try_at: float | None = None,
) -> None:
    """Moves an entry; what is not named is cleared, server errors are forgotten. ``settled_at`` is office time.

    A copy of its words that lies in quarantine is settled with it.
    """
    connection.execute(
        _set_state,
        {
            "op": op_id,
            "s": state,
            "c": code,
            "a": answer,
            "at": seconds(settled_at),
            "next": next_try_at,
        },
    )
    if state == "applied":
        connection.execute(_settle_text, {"op": op_id, "s": "sent", "by": op_id})
    elif state == "discarded":
        connection.execute(_settle_text, {"op": op_id, "s": "discarded", "by": ""})


def stood(connection: Connection, op_id: str) -> State | None:
    """Where a discarded entry was parked before, None where it was on its way and no answer had come."""
    answer = connection.execute(select(outbox.c.answer).where(outbox.c.op_id == op_id)).scalar()
    status = _read_result(answer).status if answer else ""
    return next((state for state in PARKED if state == status), None)


def park_again(connection: Connection, op_id: str, state: State) -> None:
    """Takes a discarded entry back to where :func:`stood` says; its code and the server's answer are still there."""
    connection.execute(update(outbox).where(outbox.c.op_id == op_id).values(state=state))
    connection.execute(
        update(quarantine)
        .where(quarantine.c.op_id == op_id, quarantine.c.state == "discarded")
        .values(state="kept")
    )


def newest(connection: Connection) -> str:
    """The id of the operation made last; "" before the first."""
    found = connection.execute(select(outbox.c.op_id).order_by(outbox.c.seq.desc()).limit(1)).scalar()
    return str(found or "")


def hold_back(
    connection: Connection,
    op_id: str,
    state: State,
    next_try_at: float | None,
    *,
    code: str,
    faults: int = 0,
) -> None:
    """Puts an entry off until ``next_try_at`` (real time); ``faults`` server errors in a row were on it alone."""
    connection.execute(
        update(outbox)
        .where(outbox.c.op_id == op_id)
        .values(state=state, code=code, next_try_at=next_try_at, faults=faults)
    )


def hurry(connection: Connection) -> int:
    """Forgets every putting off but a person's own: after the network changed or somebody asked; how many had one."""
    waiting = outbox.c.next_try_at.is_not(None) & outbox.c.state.in_(("queued", "suspended"))
    waiting &= outbox.c.code != HELD
    return int(
        connection.execute(update(outbox).where(waiting).values(next_try_at=None, state="queued")).rowcount
    )


def count_unsent(connection: Connection) -> int:
    """How many operations are on their way."""
    return int(connection.execute(select(func.count()).where(outbox.c.state.in_(UNSENT))).scalar_one())


def known(connection: Connection, op_ids: Iterable[str]) -> list[str]:
    """Those of ``op_ids`` that this device made."""
    ids = msgspec.json.encode(sorted(set(op_ids))).decode()
    return list(connection.execute(_known, {"ids": ids}).scalars())


def mark_in_flight(connection: Connection, op_ids: Sequence[str]) -> None:
    """Counts an attempt for each; to be committed before the first byte is sent."""
    connection.execute(
        update(outbox)
        .where(outbox.c.op_id == bindparam("op"))
        .values(state="in_flight", attempts=outbox.c.attempts + 1),
        [{"op": op_id} for op_id in op_ids],
    )


def recall_in_flight(connection: Connection) -> int:
    """What was sent without an answer is queued again under the same id; unknown means send again."""
    result = connection.execute(update(outbox).where(outbox.c.state == "in_flight").values(state="queued"))
    return int(result.rowcount)


def dependents(connection: Connection, op_id: str) -> list[Entry]:
    """The open entries that make no sense without ``op_id``, in order.

    Without an operation that makes an entity the later ones on that entity, and those that name any of these in
    ``depends_on``, have nothing to stand on.
    """
    first = get(connection, op_id)
    if first is None:
        return []
    gone = {op_id}
    orphans = {first.entity} if _creates(first.op) else set()
    result: list[Entry] = []
    for entry in in_states(connection, (*UNSENT, *PARKED)):
        if entry.seq <= first.seq:
            continue
        if entry.entity in orphans or gone.intersection(entry.op.depends_on):
            gone.add(entry.op_id)
            result.append(entry)
            if _creates(entry.op):
                orphans.add(entry.entity)
    return result


def _creates(op: Operation) -> bool:
    kind = CATALOGUE.get(op.kind)
    return op.kind.endswith(".create") or (kind is not None and kind.mode == "append")


def _entry(row: RowMapping) -> Entry:
    return Entry(
        seq=row["seq"],
        op_id=row["op_id"],
        state=row["state"],
        entity=(row["entity_type"], row["entity_id"]),
        ticket_id=row["ticket_id"],
        attempts=row["attempts"],
        faults=row["faults"],
        next_try_at=row["next_try_at"],
        code=row["code"],
        op=decode_operation(row["body"]),
    )
