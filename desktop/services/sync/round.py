"""One round: who am I, push what was done here, pull what was done elsewhere. Who calls it and when is elsewhere.

One round at a time a profile. A round that fails has lost nothing; the next one begins where it ended.
"""

from __future__ import annotations

from msgspec import Struct

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.store import keeping, outbox, quarantine, settings
from desktop.models.store.agreement import ask_agreement
from desktop.models.store.deriving import derive
from desktop.models.store.folding import refold
from desktop.services.api.errors import ClientTooOld, StartOver

from .checking import check
from .context import SyncContext
from .identity import folder_of, horizon_of, identity_is_due, recall_offset, refresh_identity
from .pacing import forget_pace
from .pull import pull
from .push import blame, push
from .snapshot import EPOCH_CHANGED, GIVEN_UP, forget_place, is_loading, load_snapshot
from .telling import tell_what_left

_MOST_LOADS = 4
_PRUNE_EVERY_S = 86_400.0


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
    changes, may_pull = NO_CHANGES, True
    try:
        if identity_is_due(ctx):
            changes |= refresh_identity(ctx)
    except ClientTooOld:
        may_pull = False  # what was done offline still goes out
    try:
        pushed = push(ctx)
    except StartOver as error:
        try:
            changes |= _start_over(ctx, error.code)  # what the server we knew has taken goes out first
        except ClientTooOld:
            may_pull = False
        pushed = push(ctx)
    changes |= pushed.changes
    try:
        tell_what_left(ctx)  # before the reading, which the server may hold back
        if may_pull:
            changes |= _bring_down(ctx, wait_s)
    except ClientTooOld:
        may_pull = False
    changes |= blame(ctx, pushed.failed)
    _prune(ctx)
    if pushed.error is not None:
        raise pushed.error  # reading went on; when to send again is a matter of the next round
    with ctx.store.read() as connection:
        unsent = outbox.count_unsent(connection)
    return RoundReport(pushed=pushed.sent, unsent=unsent, changes=changes, may_pull=may_pull)


def hurry(ctx: SyncContext) -> None:
    """The network changed or somebody clicked: what was put off is due at once, the next round included."""
    with ctx.store.write() as connection:
        outbox.hurry(connection)
        forget_pace(connection)


def ask_whether_we_agree(ctx: SyncContext) -> None:
    """The next round compares our rows with the server's, whenever that was done last."""
    with ctx.store.write() as connection:
        ask_agreement(connection)


def _recover(ctx: SyncContext) -> None:
    """Once in a program's life: what was in flight when it ended is queued again under the same id."""
    if ctx.memory.recovered:
        return
    recall_offset(ctx)
    with ctx.store.write() as connection:
        outbox.recall_in_flight(connection)
    ctx.memory.recovered = True


def _prune(ctx: SyncContext) -> None:
    """Once a day, after the server has said what time it is: bodies that were kept long enough go.

    Not earlier: a machine whose clock was set wrong must not forget what a restored server may ask for.
    """
    stated, now, before = ctx.stated_now(), ctx.clock.monotonic(), ctx.memory.pruned_at
    if stated is None or (before is not None and now - before < _PRUNE_EVERY_S):
        return
    with ctx.store.write() as connection:
        keeping.prune(connection, stated, horizon_of(connection))
        quarantine.prune(connection, stated)
    ctx.memory.pruned_at = now


def _bring_down(ctx: SyncContext, wait_s: int) -> Changes:
    """Everything that is new, and whether we then agree with the server; at most a few loads."""
    changes = NO_CHANGES
    with ctx.store.read() as connection:
        loading = is_loading(connection) or settings.get(connection, settings.CURSOR, str) is None
    for _ in range(_MOST_LOADS):
        try:
            if loading:
                changes |= load_snapshot(ctx)
            return changes | pull(ctx, wait_s=0 if loading else wait_s) | check(ctx)
        except StartOver as error:
            if error.code == GIVEN_UP:
                raise
            changes |= _start_over(ctx, error.code)
            loading = True
    raise StartOver(GIVEN_UP)


def _start_over(ctx: SyncContext, code: str) -> Changes:
    """Our place in the log is worth nothing any more: a snapshot is to follow. The outbox stays as it is.

    The server was restored, our scope is another, our rows are not its rows, or we were away too long.
    """
    with ctx.store.write() as connection:
        forget_place(connection)
        if code == EPOCH_CHANGED:
            settings.forget(connection, settings.SERVER_EPOCH)
            again = keeping.requeue_applied(connection)
            # The marks of what waits, in the same breath: the program may end before the load makes every row anew.
            derive(connection, refold(connection, outbox.touched_keys(again), folder_of(connection)))
    ctx.memory.cursor = None
    changes = refresh_identity(ctx)
    if code == EPOCH_CHANGED:
        changes |= push(ctx).changes
    return changes
