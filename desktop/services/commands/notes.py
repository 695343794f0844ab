"""A note on a case: what a colleague wants the others to know. Appended, never changed; units never see it."""

from __future__ import annotations

from desktop.models.domain.changes import Changes
from desktop.models.domain.fold import Refused
from desktop.models.domain.payloads import NotePayload
from desktop.services.commands.base import Writer


def add_note(w: Writer, ticket_id: str, text: str) -> Changes:
    """Add a note. Raises Refused("incomplete") for an empty one."""
    if not text.strip():
        raise Refused("incomplete", "/payload/text")
    return w.submit("note.add", w.new_id(), NotePayload(ticket_id=ticket_id, text=text.strip()))
