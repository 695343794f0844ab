"""The first load, and every load that replaces an older state: resumable, cancellable, usable from its first page.

Rows and the place to go on from are committed together. The outbox and drafts are not touched; rows that the server
no longer shows are removed at the very end.
"""

from __future__ import annotations

from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Key
from desktop.models.store import late_indexes, outbox, parting, settings
from desktop.models.store.agreement import read_agreement, write_agreement
from desktop.models.store.deriving import derive
from desktop.models.store.folding import Folder, refold
from desktop.models.store.projection import Stored, driver_cursor
from desktop.services.api.errors import ApiError, StartOver

from .apply import Load, put_load, read_rows
from .context import SnapshotProgress, SyncContext
from .identity import folder_of
from .leaving import let_go

PAGE_ROWS = 2000
COMMIT_ROWS = 20_000
"""Rows a transaction: 16,000 rows/s against 6,900 at 2,000 a transaction. The first page is committed at once."""

COMMIT_S = 2.0
"""Over a slow network what has come in so many seconds is committed, however little it is."""

EPOCH_CHANGED = "epoch_changed"
GIVEN_UP = "snapshot_expired"
_MOST_RESTARTS = 3

_MOST_BREAKS = 5
"""So often an index is begun anew because a person's command waits; then the command does."""


class Place(Struct, frozen=True, kw_only=True):
    """How far a load has come, kept in the store with the rows. ``replaces``: rows not seen go at the end."""

    snapshot_id: str
    server_epoch: str
    scope_rev: int
    cursor: str
    total: int
    next_page: str | None
    rows: int = 0
    pages: int = 0
    replaces: bool = False


def load_snapshot(ctx: SyncContext) -> Changes:
    """Loads everything in scope, going on where an earlier load was stopped.

    Raises Stopped with everything received kept; StartOver where the server drops the snapshot again and again, or
    was restored since our rows came.
    """
    for _ in range(_MOST_RESTARTS):
        place = _resume(ctx) or _begin(ctx)
        try:
            with ctx.store.loading():
                return _load(ctx, place)
        except StartOver:
            _abandon(ctx)  # the next one says whether it was the scope, the server or the time
    raise StartOver(GIVEN_UP)


def is_loading(connection: Connection) -> bool:
    """True where a load was begun and is not finished."""
    return settings.get(connection, settings.SNAPSHOT, Place) is not None


def forget_place(connection: Connection) -> None:
    """Our place in the log is gone: the next round takes a snapshot. Rows stay until it is complete."""
    settings.forget(connection, settings.CURSOR)
    settings.forget(connection, settings.SNAPSHOT)


class _Batch(NamedTuple):
    """Pages that become one transaction; ``lost`` is why no more came with them."""

    load: Load
    rows: int
    pages: int
    next_page: str | None
    lost: ApiError | None = None


@dataclass
class _Load:
    """A running load. ``early``: see :func:`put_load`; None where rows were here before it, or nobody knows."""

    ctx: SyncContext
    place: Place
    began: float
    early: set[str] | None

    def commit(self, batch: _Batch) -> None:
        """The rows and the place behind them, in one transaction."""
        self.place = replace(
            self.place,
            next_page=batch.next_page,
            rows=self.place.rows + batch.rows,
            pages=self.place.pages + batch.pages,
        )
        with self.ctx.store.write() as connection:
            put_load(connection, batch.load, folder_of(connection), self.early)
            if self.place.replaces:
                _note_seen(connection, batch.load.put)
            settings.put(connection, settings.SNAPSHOT, self.place)
        types = frozenset(entity_type for entity_type, _ in batch.load.put)
        self.ctx.on_changes(Changes(types=types, everything=True))
        batch.load.let_go()

    def report(self, *, indexes_left: int = 0, done: bool = False) -> None:
        place = self.place
        seconds = self.ctx.clock.monotonic() - self.began
        self.ctx.on_progress(
            SnapshotProgress(place.pages, place.rows, place.total, seconds, indexes_left, done)
        )


def _load(ctx: SyncContext, place: Place) -> Changes:
    fills = not place.pages and not place.replaces
    load = _Load(ctx, place, ctx.clock.monotonic(), set() if fills else None)
    load.report()
    ctx.store.space.require_more()
    with closing(_batches(ctx, place)) as batches:
        for batch in batches:
            load.commit(batch)
            load.report()
            if batch.lost is not None:
                raise batch.lost
            ctx.check_stop()
            ctx.store.space.require_more()
    return _finish(load)


def _batches(ctx: SyncContext, place: Place) -> Generator[_Batch, None, None]:
    """The pages still to come, in order, as many as make a transaction; the next ones travel while these are written.

    The first page of a load is a batch of its own: it fills the first list.
    """
    if place.next_page is None:
        return
    with ctx.store.read() as connection:
        folder = folder_of(connection)
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="snapshot") as ahead:
        fetch = partial(_fetch, ctx, folder, place.snapshot_id)
        rows = COMMIT_ROWS if place.pages else 1
        coming: Future[_Batch] | None = ahead.submit(fetch, place.next_page, rows)
        while coming is not None:
            batch = coming.result()
            more = batch.next_page is not None and batch.lost is None
            coming = ahead.submit(fetch, batch.next_page, COMMIT_ROWS) if more else None
            yield batch


def _fetch(ctx: SyncContext, folder: Folder, snapshot_id: str, first_page: str, rows: int) -> _Batch:
    """Pages of at least so many rows, or what has come in :data:`COMMIT_S`, or until the network or a stop ends it."""
    put: dict[Key, Stored] = {}
    count = pages = 0
    next_page: str | None = first_page
    lost: ApiError | None = None
    began = ctx.clock.monotonic()
    while next_page is not None and count < rows:
        try:
            page = ctx.api.snapshot_page(snapshot_id, next_page)
            found, _ = read_rows(page.changes)
        except ApiError as error:
            if not pages:
                raise
            lost = error
            break
        put.update(found)
        count, pages, next_page = count + len(page.changes), pages + 1, page.next_page
        if ctx.stop.is_set() or ctx.clock.monotonic() - began >= COMMIT_S:
            break
    return _Batch(Load.of(put, folder), count, pages, next_page, lost)


def _begin(ctx: SyncContext) -> Place:
    snapshot = ctx.api.begin_snapshot(PAGE_ROWS)
    with ctx.store.read() as connection:
        before = settings.get(connection, settings.SERVER_EPOCH, str)
    if before is not None and before != snapshot.server_epoch:
        raise StartOver(
            EPOCH_CHANGED
        )  # noticed while we had no place: what it took from us is to be sent first
    with ctx.store.write() as connection:
        cursor = driver_cursor(connection)
        replaces = cursor.execute("SELECT 1 FROM projection WHERE version > 0 LIMIT 1").fetchone() is not None
        cursor.execute("DELETE FROM snapshot_seen")
        cursor.close()
        if not replaces:
            late_indexes.drop_late(connection)
        place = Place(
            snapshot_id=snapshot.snapshot_id,
            server_epoch=snapshot.server_epoch,
            scope_rev=snapshot.scope_rev,
            cursor=snapshot.cursor,
            total=snapshot.total_rows,
            next_page=snapshot.first_page,
            replaces=replaces,
        )
        settings.put(connection, settings.SNAPSHOT, place)
    return place


def _resume(ctx: SyncContext) -> Place | None:
    with ctx.store.read() as connection:
        return settings.get(connection, settings.SNAPSHOT, Place)


def _abandon(ctx: SyncContext) -> None:
    """The server has dropped the snapshot: its rows are replaced by the next one like any older state."""
    with ctx.store.write() as connection:
        settings.forget(connection, settings.SNAPSHOT)


def _finish(load: _Load) -> Changes:
    """The last transaction: what was not seen goes, operations are folded anew, the log is followed from here on."""
    ctx, place = load.ctx, load.place
    _make_indexes(load)
    with ctx.store.write() as connection:
        agreement = read_agreement(connection)
        if place.replaces:
            _remove_unseen(connection, ctx.office_now(), deciding=agreement.deciding)
        write_agreement(connection, replace(agreement, due=True, deciding=False))
        keys = outbox.folded_keys(connection)
        if keys:
            derive(connection, refold(connection, keys, folder_of(connection)))
        settings.forget(connection, settings.SNAPSHOT)
        settings.put(connection, settings.CURSOR, place.cursor)
        settings.put(connection, settings.SERVER_EPOCH, place.server_epoch)
        settings.put(connection, settings.SCOPE_REV, place.scope_rev)
    ctx.memory.cursor = place.cursor
    load.report(done=True)
    changes = Changes(everything=True)
    ctx.on_changes(changes)
    return changes


def _make_indexes(load: _Load) -> None:
    """What the first load did without; one by one: a person's command goes before each, a few times amid it too."""
    ctx = load.ctx
    with ctx.store.read() as connection:
        names = late_indexes.missing(connection)
    for made, name in enumerate(names):
        for patience in range(_MOST_BREAKS, -1, -1):
            load.report(indexes_left=len(names) - made)
            ctx.check_stop()
            try:
                with ctx.store.write() as connection:
                    late_indexes.make(connection, name, ctx.store.is_wanted if patience else _never)
            except late_indexes.BrokenOff:
                continue
            break


def _never() -> bool:
    return False


def _note_seen(connection: Connection, keys: Any) -> None:
    cursor = driver_cursor(connection)
    cursor.executemany("INSERT OR IGNORE INTO snapshot_seen (type, id) VALUES (?, ?)", list(keys))
    cursor.close()


def _remove_unseen(connection: Connection, at: datetime, *, deciding: bool) -> None:
    """Rows of the older state that this snapshot did not bring; what was made here and never sent stays.

    Where they are many they are hidden until a digest confirms; a ``deciding`` snapshot needs nobody's confirmation.
    """
    cursor = driver_cursor(connection)
    unseen: list[Key] = cursor.execute(
        "SELECT type, id FROM projection p WHERE version > 0 AND NOT EXISTS "
        "(SELECT 1 FROM snapshot_seen s WHERE s.type = p.type AND s.id = p.id)"
    ).fetchall()
    cursor.execute("DELETE FROM snapshot_seen")
    cursor.close()
    derive(connection, let_go(connection, unseen, at))
    if deciding:
        parting.destroy(connection)
