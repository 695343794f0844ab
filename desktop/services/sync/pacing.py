"""When the next round may be, after rounds that failed: written down, so that a restart is no way round it.

A server that asked for an hour gets its hour from a desktop that was started anew, and a thousand desktops that are
switched on at nine do not forget that it was down. Decides for whole rounds; entries of the outbox have their own.
"""

from __future__ import annotations

from contextlib import suppress

from msgspec import Struct
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from desktop.models.store import settings
from desktop.models.store.driver import StoreError
from desktop.services.api.errors import ApiError

from .backoff import SUSPENDED_S, is_due, wait_after
from .context import SyncContext


class Pace(Struct, frozen=True, kw_only=True):
    """So many rounds failed in a row, the last by ``code``; the next one is due at ``until`` (real time, seconds)."""

    failures: int
    until: float
    code: str


def note_failure(ctx: SyncContext, error: ApiError) -> float:
    """A round failed; how many seconds to wait: the server's own word, else full jitter up to five minutes."""
    before = _read(ctx)
    failures = before.failures + 1 if before is not None else 1
    wait = wait_after(error, failures, ctx.rng)
    pace = Pace(failures=failures, until=ctx.clock.now().timestamp() + wait, code=error.code)
    # A disk that is full, or a store that does not hold, must not end the sync as well.
    with suppress(DBAPIError, StoreError), ctx.store.write() as connection:
        settings.put(connection, settings.PACE, pace)
    ctx.memory.failing = True
    return wait


def note_success(ctx: SyncContext) -> None:
    """A round went well; quiet rounds write nothing."""
    if ctx.memory.failing is not False:
        if _read(ctx) is not None:
            with ctx.store.write() as connection:
                forget_pace(connection)
        ctx.memory.failing = False


def rest_left(ctx: SyncContext) -> tuple[float, str]:
    """Seconds that an earlier run of the program was told to wait still, and why; (0, "") where nothing is to wait for.

    A clock that was set back does not make it longer than it can have been.
    """
    pace = _read(ctx)
    now = ctx.clock.now().timestamp()
    if pace is None or is_due(pace.until, now, SUSPENDED_S):
        return 0.0, ""
    return pace.until - now, pace.code


def forget_pace(connection: Connection) -> None:
    """The network changed, somebody clicked, or a round went well: the next one is due at once."""
    settings.forget(connection, settings.PACE)


def _read(ctx: SyncContext) -> Pace | None:
    with ctx.store.read() as connection:
        return settings.get(connection, settings.PACE, Pace)
