"""Whether our rows are the server's: counts and sums compared at one place in the log, and what follows from it.

Asked after every first load, after a large eviction, once a day, and when somebody wants to know; not every round.
Where the two differ a new snapshot decides, bounded so that it never loops. Outbox and drafts are not touched.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace
from sqlalchemy import Connection

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import TYPES
from desktop.models.domain.wire import Digest, DigestEntry, row_hash
from desktop.models.store import outbox, parting
from desktop.models.store.agreement import Agreement, read_agreement, write_agreement
from desktop.models.store.deriving import derive
from desktop.models.store.folding import refold
from desktop.models.store.projection import driver_cursor
from desktop.services.api.errors import StartOver

from .apply import Load, put_load
from .backoff import is_due
from .context import SyncContext
from .identity import folder_of
from .pull import pull

_log = logging.getLogger(__name__)

EVERY_S = 86_400.0
RELOAD_EVERY_S = 3600.0
MOST_RELOADS = 2
"""Snapshots in a row because of a digest, an hour apart at least but for the first; after them one a day."""

DIFFERS = "digest_differs"
_TRIES = 3
_MOST_UNCOMPARED = 20
_BATCH = 5000
_MASK = 2**64 - 1

_FILES = Changes(types=frozenset({"attachment"}))
"""Hidden rows went for good: nobody saw them, but the bytes of their files are to go as well."""

_Sums = dict[str, tuple[int, int]]

_SHOWN = "SELECT type, id, version FROM projection WHERE version > 0"
_SET_ASIDE = "SELECT b.type, b.id, b.version FROM base b WHERE b.version > 0"


def check(ctx: SyncContext) -> Changes:
    """To be called at the head of the log. Raises StartOver("digest_differs") where a snapshot has to decide."""
    now = ctx.clock.now().timestamp()
    with ctx.store.read() as connection:
        before = read_agreement(connection)
        parted = parting.count_parted(connection) if parting.any_parted(connection) else 0
        large = parted and parting.is_large(parted, parted + parting.count_held(connection))
    if parted and not large:
        return _confirm_small(ctx)
    wanted = bool(parted) or before.due or is_due((before.checked_at or 0.0) + EVERY_S, now)
    if not wanted or not is_due(before.not_before, now):
        return NO_CHANGES
    changes = NO_CHANGES
    for _ in range(_TRIES):
        ctx.check_stop()
        digest = ctx.api.digest()
        moved = NO_CHANGES if digest.cursor == ctx.memory.cursor else pull(ctx)
        changes |= moved
        if not moved:  # nothing of ours has changed between the two places, so the sums are of the same rows
            return changes | _compare(ctx, digest)
    ctx.memory.uncompared += 1
    if parted and ctx.memory.uncompared >= _MOST_UNCOMPARED:
        _reload(ctx, ())  # hidden rows do not wait for a quiet moment for ever
    return changes


def own_sums(connection: Connection, between: Callable[[], None] = lambda: None) -> _Sums:
    """(count, sum of hashes) by type of the server's rows that we hold; ``between`` runs every 5,000 rows."""
    cursor = driver_cursor(connection)
    try:
        aside = {(t, i): version for t, i, version in cursor.execute(_SET_ASIDE).fetchall()}
        cursor.execute(_SHOWN)
        rows = _batched(cursor, between)
        if aside:  # where something is folded in, the server's own version stands in the row set aside
            rows = ((t, i, aside.get((t, i), version)) for t, i, version in rows)
        return _summed(rows, {})
    finally:
        cursor.close()


def differing(ours: Mapping[str, tuple[int, int]], theirs: Mapping[str, DigestEntry]) -> tuple[str, ...]:
    """The types that disagree; types that this program does not know are not compared."""
    found = []
    for entity_type in sorted(TYPES):
        count, total = ours.get(entity_type, (0, 0))
        told = theirs.get(entity_type)
        if (told.count, told.sum) != (count, f"{total:016x}") if told is not None else count:
            found.append(entity_type)
    return tuple(found)


def _compare(ctx: SyncContext, digest: Digest) -> Changes:
    ctx.memory.uncompared = 0
    with ctx.store.read() as connection:
        ours = own_sums(connection, ctx.check_stop)
        differs = differing(ours, digest.types)
        hidden = _summed(parting.parted_versions(connection), dict(ours))
    if not differs:
        return _agreed(ctx)
    if hidden != ours and not differing(hidden, digest.types):
        return _restore(ctx)
    _log.warning("rows differ from the server's in: %s", ", ".join(differs))
    return _disagreed(ctx, differs)


def _agreed(ctx: SyncContext) -> Changes:
    with ctx.store.write() as connection:
        gone = parting.destroy(connection)
        _write_agreed(ctx, connection)
    return _told(ctx, _FILES if gone else NO_CHANGES)


def _confirm_small(ctx: SyncContext) -> Changes:
    """What was hidden while its pull was running turned out to be little: it goes as it would have gone at once."""
    with ctx.store.write() as connection:
        parting.destroy(connection)
    return _told(ctx, _FILES)


def _restore(ctx: SyncContext) -> Changes:
    """The server still counts the hidden rows as ours: they come back as they were."""
    with ctx.store.write() as connection:
        rows = {stored.key: stored for stored in parting.parted_rows(connection)}
        parting.destroy(connection)
        folder = folder_of(connection)
        put_load(connection, Load.of(rows, folder), folder)
        derive(connection, refold(connection, outbox.folded_keys(connection), folder))
        _write_agreed(ctx, connection)
    return _told(ctx, Changes(everything=True))


def _disagreed(ctx: SyncContext, differs: tuple[str, ...]) -> Changes:
    now = ctx.clock.now().timestamp()
    with ctx.store.read() as connection:
        before = read_agreement(connection)
    pause = RELOAD_EVERY_S if before.reloads < MOST_RELOADS else EVERY_S
    if before.reloads == 0 or is_due((before.reloaded_at or 0.0) + pause, now):
        _reload(ctx, differs)
    with ctx.store.write() as connection:
        after = replace(before, due=True, differs=differs, checked_at=now, not_before=now + RELOAD_EVERY_S)
        write_agreement(connection, after)
    return NO_CHANGES


def _reload(ctx: SyncContext, differs: tuple[str, ...]) -> None:
    """Leaves it to a snapshot. Always raises StartOver."""
    now = ctx.clock.now().timestamp()
    ctx.memory.uncompared = 0
    with ctx.store.write() as connection:
        before = read_agreement(connection)
        after = Agreement(
            due=True,
            differs=differs,
            checked_at=now,
            reloads=before.reloads + 1,
            reloaded_at=now,
            deciding=True,
        )
        write_agreement(connection, after)
    raise StartOver(DIFFERS)


def _told(ctx: SyncContext, changes: Changes) -> Changes:
    if changes:
        ctx.on_changes(changes)
    return changes


def _write_agreed(ctx: SyncContext, connection: Connection) -> None:
    write_agreement(connection, Agreement(due=False, checked_at=ctx.clock.now().timestamp()))


def _summed(rows: Iterable[tuple[str, str, int]], sums: _Sums) -> _Sums:
    counts = {entity_type: count for entity_type, (count, _) in sums.items()}
    totals = {entity_type: total for entity_type, (_, total) in sums.items()}
    for entity_type, entity_id, version in rows:
        counts[entity_type] = counts.get(entity_type, 0) + 1
        totals[entity_type] = totals.get(entity_type, 0) + row_hash(entity_id, version)
    return {entity_type: (count, totals[entity_type] & _MASK) for entity_type, count in counts.items()}


def _batched(cursor: object, between: Callable[[], None]) -> Iterator[tuple[str, str, int]]:
    fetch = cursor.fetchmany  # type: ignore[attr-defined]  # the driver's cursor has no type
    while rows := fetch(_BATCH):
        between()
        yield from rows
