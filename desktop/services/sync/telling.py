"""Telling the server what left this desktop. A row goes when the server says that it holds it, and not before.

Being refused delays nothing else: one that the server does not take is left alone until the program starts anew, and a
server that does not know the question is asked again then.
"""

from __future__ import annotations

from desktop.models.domain.wire import DataAct
from desktop.models.store import data_acts
from desktop.services.api.errors import RefusedByServer

from .context import SyncContext

MOST_AT_ONCE = 100


def tell_what_left(ctx: SyncContext) -> int:
    """Everything that waits, a hundred at a time; how many the server has written down. Raises an ApiError, Stopped."""
    told = 0
    while not ctx.memory.acts_unknown:
        ctx.check_stop()
        with ctx.store.read() as connection:
            acts = data_acts.waiting(connection, MOST_AT_ONCE, ctx.memory.acts_refused)
        if not acts:
            break
        told += _tell(ctx, acts)
    return told


def _tell(ctx: SyncContext, acts: list[DataAct]) -> int:
    """These, or where they are refused each half of them down to the one that is meant."""
    try:
        taken = ctx.api.tell_acts(acts).intersection(act.id for act in acts)
    except RefusedByServer as error:
        if error.status in (404, 405):
            ctx.memory.acts_unknown = True
            return 0
        if len(acts) == 1:
            ctx.memory.acts_refused.add(acts[0].id)
            return 0
        half = len(acts) // 2
        return _tell(ctx, acts[:half]) + _tell(ctx, acts[half:])
    with ctx.store.write() as connection:
        data_acts.remove(connection, taken)
    ctx.memory.acts_refused.update(act.id for act in acts if act.id not in taken)
    return len(taken)
