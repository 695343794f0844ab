"""What the server said about each operation, written down: taken, parked in words, or to be tried again.

Inside the caller's transaction. A refused text is copied into quarantine; nothing a person typed is lost here.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import Connection

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Key
from desktop.models.domain.wire import OperationResult
from desktop.models.store import outbox, quarantine
from desktop.models.store.deriving import derive
from desktop.models.store.folding import Folder, refold
from desktop.models.store.outbox import UNSENT, Entry
from desktop.models.store.projection import Touched

from .backoff import LONE_FAULTS, SUSPENDED_S, jittered

FAILED_ALONE = "server_fault"
"""The code of an operation on which the server failed when it was sent alone."""

_Refused = Literal["conflict", "rejected", "out_of_scope"]
_REFUSED: dict[str, _Refused] = {
    "conflict": "conflict",
    "rejected": "rejected",
    "out_of_scope": "out_of_scope",
}


def settle(
    connection: Connection,
    results: Iterable[OperationResult],
    folder: Folder,
    *,
    office_now: datetime,
    real_now: float,
    rng: random.Random,
) -> Changes:
    """Takes each result to its entry; what stands on a refused operation is parked behind it."""
    settled: list[Entry] = []
    for result in results:
        entry = outbox.get(connection, result.op_id)
        if entry is None or entry.state not in UNSENT:
            continue  # answered twice, or confirmed by a pull meanwhile
        settled.append(entry)
        if result.status in ("applied", "duplicate"):
            outbox.set_state(connection, entry.op_id, "applied", answer=_json(result), settled_at=office_now)
        elif result.status == "retry":
            wait = jittered(entry.attempts, rng)
            code = result.problem.code if result.problem else ""
            outbox.hold_back(connection, entry.op_id, "queued", real_now + wait, code=code)
        elif result.status == "blocked":
            _park(connection, entry, "blocked", result, office_now)
        else:
            state = _REFUSED[result.status]
            _park(connection, entry, state, result, office_now)
            settled += _block_followers(connection, entry, office_now, lost=state == "out_of_scope")
    return _shown(connection, settled, folder)


def fail_alone(
    connection: Connection,
    entry: Entry,
    folder: Folder,
    *,
    code: str,
    refused: bool,
    office_now: datetime,
    real_now: float,
    rng: random.Random,
) -> Changes:
    """An operation that the server could not take even alone: refused for good, or failed and to be tried later."""
    if refused:
        result = OperationResult(op_id=entry.op_id, status="rejected")
        _park(connection, entry, "rejected", result, office_now, code)
        followers = _block_followers(connection, entry, office_now)
        return _shown(connection, [entry, *followers], folder)
    wait = real_now + jittered(entry.attempts + 1, rng)
    outbox.hold_back(connection, entry.op_id, "queued", wait, code=FAILED_ALONE, faults=entry.faults)
    return _shown(connection, [entry], folder)


def count_faults(
    connection: Connection, op_ids: Iterable[str], folder: Folder, *, real_now: float
) -> Changes:
    """One server error more on each of these alone; after five in a row it is set aside and tried once a day."""
    counted: list[Entry] = []
    for op_id in op_ids:
        entry = outbox.get(connection, op_id)
        if entry is None or entry.state not in UNSENT:
            continue
        counted.append(entry)
        faults, state, until = entry.faults + 1, entry.state, entry.next_try_at
        if faults >= LONE_FAULTS:
            state, until = "suspended", real_now + SUSPENDED_S
        outbox.hold_back(connection, op_id, state, until, code=FAILED_ALONE, faults=faults)
    return _shown(connection, counted, folder)


def _park(
    connection: Connection,
    entry: Entry,
    state: Literal[_Refused, "blocked"],
    result: OperationResult,
    office_now: datetime,
    code: str = "",
) -> None:
    if result.conflict is not None:
        code = result.conflict.code
    elif result.problem is not None:
        code = result.problem.code
    outbox.set_state(
        connection, entry.op_id, state, code=code or state, answer=_json(result), settled_at=office_now
    )
    outbox.unfold(connection, entry.seq)
    if state != "blocked":
        quarantine.keep_operation(connection, entry, state, office_now)


def _block_followers(
    connection: Connection, refused: Entry, office_now: datetime, *, lost: bool = False
) -> list[Entry]:
    """Later operations on the same entity, and those that name a refused one, wait with it for the person.

    Where the case is ``lost`` their words are kept as well: nothing will ever free them.
    """
    refused_ids, entities = {refused.op_id}, {refused.entity}
    blocked: list[Entry] = []
    for entry in outbox.in_states(connection, UNSENT):
        if entry.seq <= refused.seq:
            continue
        if entry.entity in entities or refused_ids.intersection(entry.op.depends_on):
            result = OperationResult(op_id=entry.op_id, status="blocked")
            _park(connection, entry, "blocked", result, office_now)
            if lost:
                quarantine.keep_operation(connection, entry, "out_of_scope", office_now)
            refused_ids.add(entry.op_id)
            entities.add(entry.entity)
            blocked.append(entry)
    return blocked


def _shown(connection: Connection, settled: list[Entry], folder: Folder) -> Changes:
    if not settled:
        return Changes()
    keys: list[Key] = outbox.touched_keys(settled)
    tickets = frozenset(entry.ticket_id for entry in settled) - {""}
    touched = refold(connection, keys, folder) | Touched(tickets, frozenset())
    derive(connection, touched)
    lines = (("ticket", ticket_id) for ticket_id in touched.ticket_ids)
    return Changes.of([*keys, *lines], touched.ticket_ids, outbox=True)


def _json(result: OperationResult) -> bytes:
    return msgspec.json.encode(result)
