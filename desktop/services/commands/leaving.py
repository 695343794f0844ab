"""Writing down that something leaves the program: an export, a print, a copy, a saved file.

Whoever lets data out runs this first and goes on only after its commit: no row, no export. Says what it was about and
how much, never what it was nor where it went. What came to nothing all the same is told by a second row.
"""

from __future__ import annotations

from msgspec import Struct

from desktop.models.domain.changes import Changes
from desktop.models.domain.wire import DataAct, DataAction
from desktop.models.store import data_acts

from .base import Writer


class Leaving(Struct, frozen=True, kw_only=True):
    """What is about to leave. ``object_type`` and ``detail`` are codes of lower-case letters, digits and underscores.

    ``object_id`` is a row's id, "" for a list; ``rows`` how many rows or entries go.
    """

    action: DataAction
    object_type: str
    object_id: str = ""
    rows: int = 1
    detail: str = ""


def note_leaving(w: Writer, leaving: Leaving) -> Changes:
    """One row for the audit, sent with the next round."""
    return _note(w, leaving, leaving.action, leaving.detail)


def note_stayed(w: Writer, leaving: Leaving) -> Changes:
    """It was written down and came to nothing: another row that says so. The server may hold the first one already."""
    return _note(w, leaving, "undone", leaving.action)


def _note(w: Writer, leaving: Leaving, action: DataAction, detail: str) -> Changes:
    act = DataAct(
        id=w.new_id(),
        action=action,
        object_type=leaving.object_type,
        object_id=leaving.object_id,
        rows=leaving.rows,
        detail=detail,
        at=w.now,
    )
    data_acts.put(w.connection, act)
    return Changes(types=frozenset({"data_act"}), outbox=True)  # what concerns the outbox wakes the sync
