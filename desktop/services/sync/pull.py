"""The way down: pages of the change log, each one transaction of rows, evictions, cursor and outbox marks."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.wire import ChangesPage
from desktop.models.store import outbox, settings
from desktop.services.api.errors import StartOver

from .apply import apply_changes
from .context import SyncContext
from .identity import folder_of, is_news, note_offset

PAGE_ROWS = 500


def pull(ctx: SyncContext, *, wait_s: int = 0) -> Changes:
    """Pulls until the server has nothing more; with ``wait_s`` the first page may be waited for that long.

    Raises StartOver where our place in the log is gone or was never taken, NoRoom while the disk is almost full: what
    room there is belongs to the person's own work.
    """
    changes = NO_CHANGES
    with ctx.store.read() as connection:
        # What the server had taken before this pull began is in it when it ends.
        taken = [entry.op_id for entry in outbox.folded_entries(connection, "applied")]
        kept = settings.get(connection, settings.CURSOR, str)
    cursor = ctx.memory.cursor or kept
    if cursor is None:
        raise StartOver("no_cursor")
    while True:
        ctx.check_stop()
        ctx.store.space.require_more()
        page = ctx.api.changes(cursor, limit=PAGE_ROWS, wait_s=wait_s)
        told = _apply_page(ctx, page, () if page.has_more else taken)
        cursor = ctx.memory.cursor = page.next_cursor
        changes |= told
        if told:
            ctx.on_changes(told)
        if not page.has_more:
            ctx.memory.synced_at = ctx.clock.now()
            return changes
        wait_s = 0


def _apply_page(ctx: SyncContext, page: ChangesPage, taken: Sequence[str]) -> Changes:
    """One page, one transaction; a page that brings nothing writes nothing."""
    ctx.hear_time(page.office_time)
    offset = page.office_time - page.server_time
    if not page.changes and not taken and not is_news(ctx, offset):
        return NO_CHANGES
    with ctx.store.write() as connection:
        note_offset(ctx, connection, offset)
        if not page.changes and not taken:
            return NO_CHANGES
        changes = apply_changes(
            connection,
            page.changes,
            folder_of(connection),
            page.office_time,
            taken,
            unfinished=page.has_more,
        )
        settings.put(connection, settings.CURSOR, page.next_cursor)
        settings.put(connection, settings.LAST_SYNC_AT, ctx.clock.now())
    return changes
