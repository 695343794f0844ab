"""Which file is next, one exchange for it, and what a failure means. Who calls it and when is elsewhere.

What a person waits for goes first, then small before large; a large file gives way after each exchange. A failure puts
a file off with full jitter, on disk; a refusal ends it in words. Nothing here touches the sync rounds.
"""

from __future__ import annotations

from sqlalchemy import Connection

from desktop.models.domain.changes import Changes
from desktop.models.domain.wire import OperationResult, Problem, ResultStatus
from desktop.models.store import outbox, transfers
from desktop.models.store.transfers import Transfer
from desktop.services.api.errors import ApiError, BadReply, Busy, RefusedByServer, ServerFault
from desktop.services.sync.backoff import is_due, jittered, wait_after
from desktop.services.sync.identity import folder_of
from desktop.services.sync.settle import settle

from . import download, upload
from .context import Traffic, TransferContext
from .marks import done_bytes
from .verdicts import Later, Refused

_OVER_QUOTA = "too_many_uploads"


def step(ctx: TransferContext) -> bool:
    """One exchange for the file that is next; False where none is due.

    Raises an ApiError where the server as a whole cannot be talked to; the file is put off, nothing is lost.
    """
    row = _next(ctx)
    if row is None:
        ctx.on_progress(traffic(ctx))
        return False
    try:
        if row.direction == "up":
            upload.advance(ctx, row)
        else:
            download.advance(ctx, row)
    except Refused as error:
        refuse(ctx, row, error.code, error.status)
    except Later as error:
        put_off(ctx, row, error)
    except RefusedByServer as error:
        refuse(ctx, row, error.code)
    except (ServerFault, BadReply) as error:
        put_off(ctx, row, error)
    except Busy as error:
        put_off(ctx, row, error)
        if error.code != _OVER_QUOTA:
            raise
    except ApiError as error:
        if error.act == "wait":
            put_off(ctx, row, error)
        raise
    ctx.on_progress(traffic(ctx))
    return True


def traffic(ctx: TransferContext) -> Traffic:
    """What is on its way now."""
    with ctx.store.read() as connection:
        rows = transfers.in_states(connection, ("waiting",))
    at = {row.id: (done_bytes(ctx, row), row.size) for row in rows}
    done = sum(part for part, _ in at.values())
    return Traffic(files=len(at), done=done, total=sum(size for _, size in at.values()), at=at)


def seconds_to_next(ctx: TransferContext) -> float | None:
    """How long until a file that was put off is due; None where none waits."""
    now = ctx.clock.now().timestamp()
    with ctx.store.read() as connection:
        rows = [row for row in transfers.in_states(connection, ("waiting",)) if _may_go(connection, row)]
    return min((max(0.0, (row.next_try_at or now) - now) for row in rows), default=None)


def hurry(ctx: TransferContext) -> None:
    """The network is back: what was put off is due at once, except where the server asked for patience in words."""
    with ctx.store.write() as connection:
        transfers.hurry(connection)


def put_off(ctx: TransferContext, row: Transfer, error: ApiError | Later) -> None:
    """Try again later; the time is on disk, so that a restart does not hammer a server that asked for patience."""
    ctx.memory.offsets.pop(row.id, None)
    failures = row.attempts + 1
    if isinstance(error, Later):
        wait = jittered(failures, ctx.rng)
    else:
        wait = wait_after(error, failures, ctx.rng)
    with ctx.store.write() as connection:
        transfers.change(
            connection,
            row.id,
            attempts=failures,
            next_try_at=ctx.clock.now().timestamp() + wait,
            code=error.code if row.code != "hash_mismatch" else row.code,
            done_bytes=done_bytes(ctx, row),
        )
    ctx.on_changes(changed(row))


def refuse(ctx: TransferContext, row: Transfer, code: str, status: ResultStatus = "rejected") -> None:
    """The file will not arrive: say so, and park the operation that waits for it. The bytes stay for the person."""
    changes = changed(row)
    with ctx.store.write() as connection:
        transfers.change(connection, row.id, state="failed", code=code, next_try_at=None)
        if row.op_id:
            problem = Problem(status=422, code=code)
            result = OperationResult(op_id=row.op_id, status=status, problem=problem)
            changes |= settle(
                connection,
                [result],
                folder_of(connection),
                office_now=ctx.office_now(),
                real_now=ctx.clock.now().timestamp(),
                rng=ctx.rng,
            )
    ctx.memory.offsets.pop(row.id, None)
    ctx.on_changes(changes)


def changed(row: Transfer, *, outbox_too: bool = False) -> Changes:
    """What a screen should look at again after ``row`` changed."""
    return Changes(
        types=frozenset({"transfer"}),
        keys=frozenset({("transfer", row.id)}),
        ticket_ids=frozenset({row.ticket_id}),
        outbox=outbox_too,
    )


def _next(ctx: TransferContext) -> Transfer | None:
    now = ctx.clock.now().timestamp()
    with ctx.store.read() as connection:
        for row in transfers.in_states(connection, ("waiting",)):
            if is_due(row.next_try_at, now) and _may_go(connection, row):
                return row
    return None


def _may_go(connection: Connection, row: Transfer) -> bool:
    """An upload goes while the operation that links it is on its way; for one that is parked a person decides first."""
    if not row.op_id:
        return True
    entry = outbox.get(connection, row.op_id)
    return entry is not None and entry.state in outbox.UNSENT
