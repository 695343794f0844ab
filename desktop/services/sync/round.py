"""One round: who am I, push what was done here, pull what was done elsewhere. Who calls it and when is elsewhere.

One round at a time a profile. A round that fails has lost nothing; the next one begins where it ended.
"""

from __future__ import annotations

from msgspec import Struct

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.store import outbox, settings
from desktop.services.api.errors import ClientTooOld, StartOver

from .context import SyncContext
from .identity import identity_is_due, recall_offset, refresh_identity
from .pull import pull
from .push import push
from .snapshot import forget_place, is_loading, load_snapshot


class RoundReport(Struct, frozen=True, kw_only=True):
    """What a round did. ``pushed`` operations were put before the server, ``unsent`` still wait.

    ``may_pull`` is False where the server asks for a newer program before it lets this one read.
    """

    pushed: int
    unsent: int
    changes: Changes
    may_pull: bool = True


def run_round(ctx: SyncContext, *, wait_s: int = 0) -> RoundReport:
    """Push until there is nothing due, then pull until there is nothing new; ``wait_s`` lets the server hold the pull.

    Raises an ApiError, NotReady or Stopped; whatever was settled before it stays settled.
    """
    _recover(ctx)
    changes = refresh_identity(ctx) if identity_is_due(ctx) else NO_CHANGES
    pushed = push(ctx)
    changes |= pushed.changes
    may_pull = True
    try:
        changes |= _bring_down(ctx, wait_s)
    except ClientTooOld:
        may_pull = False  # what was done offline still goes out
    with ctx.store.read() as connection:
        unsent = outbox.count_unsent(connection)
    return RoundReport(pushed=pushed.sent, unsent=unsent, changes=changes, may_pull=may_pull)


def hurry(ctx: SyncContext) -> None:
    """The network changed or somebody clicked: what was put off is due at once."""
    with ctx.store.write() as connection:
        outbox.hurry(connection)


def _recover(ctx: SyncContext) -> None:
    """Once in a program's life: what was in flight when it ended is queued again, bodies kept long enough go."""
    if ctx.memory.recovered:
        return
    recall_offset(ctx)
    with ctx.store.write() as connection:
        outbox.recall_in_flight(connection)
        outbox.prune(connection, ctx.office_now())
    ctx.memory.recovered = True


def _bring_down(ctx: SyncContext, wait_s: int) -> Changes:
    with ctx.store.read() as connection:
        loading = is_loading(connection) or settings.get(connection, settings.CURSOR, str) is None
    if loading:
        return load_snapshot(ctx) | pull(ctx)
    try:
        return pull(ctx, wait_s=wait_s)
    except StartOver as error:
        return _start_over(ctx, error.code)


def _start_over(ctx: SyncContext, code: str) -> Changes:
    """The server was restored, our scope is another, or we were away too long: a snapshot, with the outbox as it is."""
    with ctx.store.write() as connection:
        forget_place(connection)
        if code == "epoch_changed":
            outbox.requeue_applied(connection)
    ctx.memory.cursor = None
    changes = refresh_identity(ctx)
    if code == "epoch_changed":
        changes |= push(ctx).changes
    return changes | load_snapshot(ctx) | pull(ctx)
