"""What a person does with a contradicted case on their own board: put it aside, or take it up again. Never sent.

What comes of a case is a finding, and that is written with its own form.
"""

from __future__ import annotations

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.store import settings
from desktop.models.store.projection import driver_cursor
from desktop.services.commands.base import Writer

_CONTRADICTED = (
    "SELECT id, completed_at FROM ticket_list INDEXED BY ticket_contradicted WHERE contradicted = 1"
)


def put_aside(w: Writer, ticket_id: str) -> Changes:
    """Looked at, and no finding: off this person's board until the unit says done anew and is contradicted again."""
    standing = _contradicted(w)
    if ticket_id not in standing:
        return NO_CHANGES
    return _keep(w, {**_aside(w, standing), ticket_id: standing[ticket_id]})


def take_back(w: Writer, ticket_id: str) -> Changes:
    """Back onto the board."""
    kept = _aside(w, _contradicted(w))
    if kept.pop(ticket_id, None) is None:
        return NO_CHANGES
    return _keep(w, kept)


def _contradicted(w: Writer) -> dict[str, int]:
    cursor = driver_cursor(w.connection)
    try:
        return dict(cursor.execute(_CONTRADICTED).fetchall())
    finally:
        cursor.close()


def _aside(w: Writer, standing: dict[str, int]) -> dict[str, int]:
    """What was put aside and is still there to be put aside."""
    kept = settings.get(w.connection, settings.aside_key(w.me.person_id), dict[str, int]) or {}
    return {ticket_id: at for ticket_id, at in kept.items() if standing.get(ticket_id) == at}


def _keep(w: Writer, aside: dict[str, int]) -> Changes:
    settings.put(w.connection, settings.aside_key(w.me.person_id), aside)
    return Changes(types=frozenset({"setting"}))
