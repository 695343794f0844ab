"""The way up: batches of operations in this device's order, each committed as in flight before it is sent.

One operation that the server cannot digest is found by halving and delays nobody else's. Never shows a result before
the server gave one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from msgspec import Struct

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Key
from desktop.models.domain.operations import body_of
from desktop.models.domain.wire import PushReply, PushRequest
from desktop.models.store import outbox, settings, transfers
from desktop.models.store.outbox import PARKED, Entry
from desktop.services.api.errors import RefusedByServer, ServerFault

from .backoff import LONGEST_S, SUSPENDED_S, is_due
from .context import SyncContext
from .identity import folder_of, note_offset
from .settle import FAILED_ALONE, count_faults, fail_alone, settle

MOST_OPS = 100
MOST_BYTES = 1024 * 1024
_ENVELOPE_BYTES = 4096
_ABOUT_THE_BATCH = (400, 413, 422)
_LONE_FAULTS_A_ROUND = 2


class Pushed(Struct, frozen=True):
    """What a push did; ``sent`` counts operations that were put before the server.

    ``failed`` are those the server failed on, each alone, where it may be their own fault: that is known when the
    rest of the round went well. ``error``: it failed on whatever it was sent, so that sending was given up.
    """

    sent: int
    changes: Changes
    failed: tuple[str, ...] = ()
    error: ServerFault | None = None


@dataclass
class _Run:
    """One push: what has been tried, what came of it, and how many operations in a row failed alone."""

    ctx: SyncContext
    server_epoch: str
    tried: set[str] = field(default_factory=set)
    changes: Changes = NO_CHANGES
    failed: list[str] = field(default_factory=list)
    taken: bool = False
    lone_faults: int = 0
    error: ServerFault | None = None

    @property
    def given_up(self) -> bool:
        """The server fails on everything: two hundred operations must not become four hundred requests."""
        return self.lone_faults >= _LONE_FAULTS_A_ROUND


def push(ctx: SyncContext) -> Pushed:
    """Sends everything that is due, each operation at most once; what failed alone before goes last, and alone.

    Raises an ApiError where the server cannot be talked to (StartOver where it is not the one we knew); nothing is lost
    by it: what was in flight is queued again under the same id.
    """
    with ctx.store.read() as connection:
        run = _Run(ctx, settings.get(connection, settings.SERVER_EPOCH, str) or "")
    while not run.given_up:
        ctx.check_stop()
        batch = _take_batch(run)
        if not batch:
            break
        run.tried.update(entry.op_id for entry in batch)
        try:
            _send(run, batch)
        finally:
            with ctx.store.write() as connection:
                outbox.recall_in_flight(connection)
    alone = run.taken or len(run.failed) == 1
    return Pushed(
        sent=len(run.tried),
        changes=run.changes,
        failed=tuple(run.failed) if alone else (),
        error=run.error if run.given_up and not run.taken else None,
    )


def blame(ctx: SyncContext, op_ids: Iterable[str]) -> Changes:
    """The server failed on these and on nothing else: one fault more for each, set aside after the fifth."""
    if not op_ids:
        return NO_CHANGES
    with ctx.store.write() as connection:
        now = ctx.clock.now().timestamp()
        changes = count_faults(connection, op_ids, folder_of(connection), real_now=now)
    ctx.on_changes(changes)
    return changes


def due_entries(
    entries: Iterable[Entry],
    now: float,
    *,
    tried: Collection[str] = (),
    held_ops: Iterable[str] = (),
    held_entities: Iterable[Key] = (),
) -> list[Entry]:
    """Those that may be sent now, in order: an entry waits for every earlier one of its entity and for what it names.

    ``held_ops`` and ``held_entities`` wait already; ``now`` is real time in seconds since 1970.
    """
    ops, entities = set(held_ops), set(held_entities)
    due: list[Entry] = []
    for entry in entries:
        if (
            entry.entity in entities
            or entry.op_id in ops
            or not ops.isdisjoint(entry.op.depends_on)
            or entry.op_id in tried
            or not is_due(entry.next_try_at, now, SUSPENDED_S if entry.state == "suspended" else LONGEST_S)
        ):
            entities.add(entry.entity)
            ops.add(entry.op_id)
        else:
            due.append(entry)
    return due


def _take_batch(run: _Run) -> list[Entry]:
    """The next batch, marked as in flight; the mark is on disk when this returns."""
    ctx = run.ctx
    with ctx.store.read() as connection:
        waiting = outbox.in_states(connection, ("queued", "suspended"))
        if not waiting:
            return []
        parked = [entry.op_id for entry in outbox.in_states(connection, PARKED)]
        parked += transfers.waiting_links(connection)  # these wait for their files, nothing else does
    now = ctx.clock.now().timestamp()
    suspects = {entry.op_id for entry in waiting if entry.code == FAILED_ALONE}
    due = due_entries(waiting, now, tried=run.tried | suspects, held_ops=parked)
    if not due:
        due = due_entries(waiting, now, tried=run.tried, held_ops=parked)[:1]
    batch: list[Entry] = []
    size = _ENVELOPE_BYTES
    for entry in due:
        size += len(body_of(entry.op)) + 1
        if batch and (len(batch) == MOST_OPS or size > MOST_BYTES):
            break
        batch.append(entry)
    if batch:
        with ctx.store.write() as connection:
            outbox.mark_in_flight(connection, [entry.op_id for entry in batch])
    return batch


def _send(run: _Run, batch: list[Entry]) -> None:
    """Sends a batch and, where the server chokes on it, its halves down to the one operation it chokes on."""
    ctx = run.ctx
    try:
        ops = tuple(entry.op for entry in batch)
        reply = ctx.api.push(PushRequest(device_id=ctx.api.device_id, server_epoch=run.server_epoch, ops=ops))
    except (ServerFault, RefusedByServer) as error:
        if isinstance(error, RefusedByServer) and error.status not in _ABOUT_THE_BATCH:
            raise
        if len(batch) == 1:
            _fail_alone(run, batch[0], error)
            return
        middle = len(batch) // 2
        _send(run, batch[:middle])
        if run.given_up:
            return
        later = _not_held(ctx, batch[:middle], batch[middle:])
        if later:
            _send(run, later)
        return
    run.lone_faults = 0
    run.taken = True
    _settle(run, reply)


def _settle(run: _Run, reply: PushReply) -> None:
    ctx = run.ctx
    ctx.hear_time(reply.office_time)
    with ctx.store.write() as connection:
        note_offset(ctx, connection, reply.office_time - reply.server_time)
        if settings.get(connection, settings.SERVER_EPOCH, str) is None:
            # We had started over and died before the load: should this server be restored as well, we must notice.
            settings.put(connection, settings.SERVER_EPOCH, reply.server_epoch)
        changes = settle(
            connection,
            reply.results,
            folder_of(connection),
            office_now=reply.office_time,
            real_now=ctx.clock.now().timestamp(),
            rng=ctx.rng,
        )
    _tell(run, changes)


def _fail_alone(run: _Run, entry: Entry, error: ServerFault | RefusedByServer) -> None:
    ctx = run.ctx
    refused = isinstance(error, RefusedByServer)
    with ctx.store.write() as connection:
        changes = fail_alone(
            connection,
            entry,
            folder_of(connection),
            code=error.code,
            refused=refused,
            office_now=ctx.stated_now() or ctx.office_now(),
            real_now=ctx.clock.now().timestamp(),
            rng=ctx.rng,
        )
    _tell(run, changes)
    if isinstance(error, ServerFault):
        run.lone_faults += 1
        run.failed.append(entry.op_id)
        if entry.code != FAILED_ALONE:
            run.error = error
    else:
        run.lone_faults = 0
        run.taken = True


def _not_held(ctx: SyncContext, earlier: list[Entry], later: list[Entry]) -> list[Entry]:
    """Those of ``later`` that do not stand on an operation of ``earlier`` which the server has not taken."""
    with ctx.store.read() as connection:
        now = {e.op_id: outbox.get(connection, e.op_id) for e in earlier}
    open_ = [e for e in earlier if (found := now[e.op_id]) is None or found.state != "applied"]
    return due_entries(
        later,
        ctx.clock.now().timestamp(),
        held_ops=[e.op_id for e in open_],
        held_entities=[e.entity for e in open_],
    )


def _tell(run: _Run, changes: Changes) -> None:
    run.changes |= changes
    run.ctx.on_changes(changes)
