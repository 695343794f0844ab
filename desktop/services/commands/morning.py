"""What is kept of a person's days: when they were at work, and what they have looked at on a morning's sheet.

The person's own, on this desktop; never sent.
"""

from __future__ import annotations

from datetime import datetime

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.workdays import Looked, WorkMarks, worked
from desktop.models.store import settings
from desktop.services.commands.base import Writer

_CHANGED = Changes(types=frozenset({"morning"}))


def note_work(w: Writer, at: datetime) -> Changes:
    """Somebody was at work at ``at``, office time."""
    key = settings.work_key(w.me.person_id)
    before = settings.get(w.connection, key, WorkMarks) or WorkMarks()
    after = worked(before, at)
    if after == before:
        return NO_CHANGES
    settings.put(w.connection, key, after)
    return _CHANGED if after.left_at != before.left_at else NO_CHANGES


def mark_looked(w: Writer, since: datetime, item: str, *, done: bool) -> Changes:
    """One line of the sheet of the morning after ``since`` was looked at, or is to be looked at again."""
    key = settings.looked_key(w.me.person_id)
    before = settings.get(w.connection, key, Looked)
    keys = before.keys if before is not None and before.since == since else frozenset[str]()
    keys = keys | {item} if done else keys - {item}
    settings.put(w.connection, key, Looked(since=since, keys=keys))
    return _CHANGED
