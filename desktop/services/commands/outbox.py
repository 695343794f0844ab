"""What a person may do with their own unsent or refused work as it is: withdraw it, or send it again.

Saying it differently is settling it (``settling.py``): an operation that was ever sent is never changed.
"""

from __future__ import annotations

from collections.abc import Iterable

from desktop.models.domain.changes import Changes
from desktop.models.domain.fold import Refused
from desktop.models.store import outbox
from desktop.models.store.deriving import derive
from desktop.models.store.folding import refold
from desktop.models.store.outbox import PARKED, Entry
from desktop.models.store.projection import Touched

from .base import Writer, named_rows


def discard_operation(w: Writer, op_id: str) -> Changes:
    """Withdraws an operation and whatever stands on it (``outbox.dependents``); copies are kept for 90 days.

    Raises Refused("not_found"), Refused("already_sent") where it has been sent and the answer is still to come, or
    where it has been applied.
    """
    entry = _entry(w, op_id)
    if not (entry.state in (*PARKED, "suspended") or (entry.state == "queued" and entry.attempts == 0)):
        raise Refused("already_sent", conflict=True)
    gone = [entry, *outbox.dependents(w.connection, op_id)]
    for each in gone:
        outbox.set_state(w.connection, each.op_id, "discarded", code=each.code, settled_at=w.now)
        outbox.unfold(w.connection, each.seq)
    freed = _free_blocked(w, entry)
    return refolded(w, [*gone, *freed])


def retry_operation(w: Writer, op_id: str) -> Changes:
    """Puts a parked or suspended operation back into the queue under its own id, with those it was blocking.

    Raises Refused("not_found"), Refused("not_parked").
    """
    entry = _entry(w, op_id)
    if entry.state not in (*PARKED, "suspended"):
        raise Refused("not_parked")
    _requeue(w, entry)
    return refolded(w, [entry, *_free_blocked(w, entry)])


def _entry(w: Writer, op_id: str) -> Entry:
    entry = outbox.get(w.connection, op_id)
    if entry is None:
        raise Refused("not_found", "/op_id")
    return entry


def _free_blocked(w: Writer, entry: Entry) -> list[Entry]:
    """What was blocked behind ``entry`` may be tried again: the same entity's later ones, and those naming it."""
    later = [e for e in outbox.in_states(w.connection, ("blocked",)) if e.seq > entry.seq]
    freed = [e for e in later if e.entity == entry.entity or entry.op_id in e.op.depends_on]
    for each in freed:
        _requeue(w, each)
    return freed


def _requeue(w: Writer, entry: Entry) -> None:
    outbox.set_state(w.connection, entry.op_id, "queued")
    outbox.fold_in(w.connection, entry.op)


def refolded(w: Writer, entries: Iterable[Entry]) -> Changes:
    """The rows of ``entries`` as they read now that the entries' states are others."""
    entries = tuple(entries)
    keys = outbox.touched_keys(entries)
    tickets = frozenset(e.ticket_id for e in entries) - {""}
    touched = refold(w.connection, keys, w.folder) | Touched(tickets, frozenset())
    derive(w.connection, touched)
    return Changes.of(named_rows(keys, touched.ticket_ids), touched.ticket_ids, outbox=True)
