"""What a person does with their words about a case they lost: hand them over to the office, or throw them away.

The words become a note of the case by a new operation; the refused one is settled by it and never sent again.
"""

from __future__ import annotations

from desktop.models.domain.changes import Changes
from desktop.models.domain.fold import Refused
from desktop.models.domain.payloads import NotePayload
from desktop.models.store import outbox, quarantine
from desktop.models.store.outbox import PARKED
from desktop.models.store.quarantine import Kept

from .base import Writer
from .drafts import forget_draft
from .outbox import refolded

_SETTLED = Changes(types=frozenset({"quarantine"}), outbox=True)


def hand_over(w: Writer, quarantine_id: int, text: str) -> Changes:
    """Sends ``text`` to the office as a hand-over note on the lost case.

    Raises Refused("not_found") where nothing waits under this id, Refused("incomplete") for an empty text.
    """
    kept = _waiting(w, quarantine_id)
    if not text.strip():
        raise Refused("incomplete", "/payload/text")
    note_id = w.new_id()
    changes = w.submit(
        "note.hand_over",
        note_id,
        NotePayload(ticket_id=kept.ticket_id, text=text.strip()),
        resolves=kept.op_id or None,
    )
    sent_as = outbox.of_entity(w.connection, ("note", note_id))[-1].op_id
    quarantine.settle(w.connection, quarantine_id, sent_as=sent_as)
    return changes | _let_go(w, kept) | _SETTLED


def discard_quarantined(w: Writer, quarantine_id: int) -> Changes:
    """Throws the text away, with the refused operation or half-written form it came from.

    Copies of text and operation stay for 90 days. Raises Refused("not_found").
    """
    kept = _waiting(w, quarantine_id)
    quarantine.settle(w.connection, quarantine_id)
    return _let_go(w, kept) | _SETTLED


def _waiting(w: Writer, quarantine_id: int) -> Kept:
    kept = quarantine.get(w.connection, quarantine_id)
    if kept is None or kept.state != "kept":
        raise Refused("not_found", "/id")
    return kept


def _let_go(w: Writer, kept: Kept) -> Changes:
    """What the text came from is done with; others that were parked behind it stay, with their own words kept."""
    if kept.draft_key:
        return forget_draft(w, kept.draft_key)
    entry = outbox.get(w.connection, kept.op_id)
    if entry is None or entry.state not in PARKED:
        return Changes()
    outbox.set_state(w.connection, entry.op_id, "discarded", code=entry.code, settled_at=w.now)
    return refolded(w, [entry])
