"""The way down: pages of the change log. A transaction holds whole pages: rows, evictions, cursor and outbox marks.

Usually that is one page. After an absence several are put into one transaction, each applied as if it were alone: a
page of the file that two of them change is then sealed once.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.wire import ChangesPage
from desktop.models.store import outbox, settings
from desktop.services.api.errors import ApiError, StartOver

from .apply import apply_changes
from .context import SyncContext
from .identity import folder_of, is_news, note_offset

PAGE_ROWS = 500

COMMIT_ROWS = 2_500
"""Rows a transaction while there are more: half the time of 500 a transaction. A command waits 0.2 s for it."""

COMMIT_S = 2.0
"""Over a slow network what has come in so many seconds is committed, however little it is."""


def pull(ctx: SyncContext, *, wait_s: int = 0) -> Changes:
    """Pulls until the server has nothing more; with ``wait_s`` the first page may be waited for that long.

    Raises StartOver where our place in the log is gone or was never taken, NoRoom while the disk is almost full: what
    room there is belongs to the person's own work. What came before the network failed is kept.
    """
    changes = NO_CHANGES
    with ctx.store.read() as connection:
        # What the server had taken before this pull began is in it when it ends.
        taken = [entry.op_id for entry in outbox.folded_entries(connection, "applied")]
        kept = settings.get(connection, settings.CURSOR, str)
    ctx.memory.cursor = ctx.memory.cursor or kept
    if ctx.memory.cursor is None:
        raise StartOver("no_cursor")
    changes, more = _step(ctx, taken, wait_s)
    if more:
        with ctx.store.loading():
            while more:
                told, more = _step(ctx, taken, 0)
                changes |= told
    ctx.memory.synced_at = ctx.clock.now()
    return changes


def _step(ctx: SyncContext, taken: Sequence[str], wait_s: int) -> tuple[Changes, bool]:
    """One transaction, and whether the server has more."""
    ctx.check_stop()
    ctx.store.space.require_more()
    pages, lost = _fetch(ctx, wait_s)
    told = _apply_pages(ctx, pages, taken)
    ctx.memory.cursor = pages[-1].next_cursor
    if told:
        ctx.on_changes(told)
    if lost is not None:
        raise lost
    return told, pages[-1].has_more


def _fetch(ctx: SyncContext, wait_s: int) -> tuple[list[ChangesPage], ApiError | None]:
    """The pages of one transaction, at least one, and why no more came with them."""
    pages: list[ChangesPage] = []
    cursor = ctx.memory.cursor or ""
    rows = 0
    began = ctx.clock.monotonic()
    while rows < COMMIT_ROWS:
        try:
            page = ctx.api.changes(cursor, limit=PAGE_ROWS, wait_s=wait_s, presence=ctx.memory.presence)
        except ApiError as error:
            if not pages:
                raise
            return pages, error
        ctx.hear_time(page.office_time)
        if page.presence is not None and ctx.memory.presence is not None:
            ctx.memory.presence = page.presence.rev
            ctx.on_presence(page.presence)
        pages.append(page)
        cursor, wait_s = page.next_cursor, 0
        rows += len(page.changes)
        if not page.has_more or ctx.stop.is_set() or ctx.clock.monotonic() - began >= COMMIT_S:
            break
    return pages, None


def _apply_pages(ctx: SyncContext, pages: Sequence[ChangesPage], taken: Sequence[str]) -> Changes:
    """Pages that follow each other, one transaction; what brings nothing writes nothing."""
    last = pages[-1]
    offset = last.office_time - last.server_time
    if last.has_more:
        taken = ()
    brings = taken or any(page.changes for page in pages)
    if not brings and not is_news(ctx, offset):
        return NO_CHANGES
    changes = NO_CHANGES
    with ctx.store.write() as connection:
        note_offset(ctx, connection, offset)
        if not brings:
            return NO_CHANGES
        folder = folder_of(connection)
        for page in pages:
            changes |= apply_changes(
                connection,
                page.changes,
                folder,
                page.office_time,
                taken if page is last else (),
                unfinished=page.has_more,
            )
        settings.put(connection, settings.CURSOR, last.next_cursor)
        settings.put(connection, settings.LAST_SYNC_AT, ctx.clock.now())
    return changes
