"""Rows that leave our scope: deleted, or, where they are many, hidden until a digest says that it is right.

Inside the caller's transaction. What the person wrote about a case that leaves is kept first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from desktop.models.domain.entities import Key
from desktop.models.store import keeping, outbox, parting, quarantine
from desktop.models.store.projection import Touched, delete_rows, evict_ticket


def let_go(connection: Connection, gone: Sequence[Key], at: datetime, *, unfinished: bool = False) -> Touched:
    """Takes ``gone`` off the screen, a ticket with its children; ``at`` is office time.

    With ``unfinished`` more may follow in the same pull, so that how many go is not known yet: they are hidden in any
    case. Operations on these rows that are already the server's are done with.
    """
    if not gone:
        return Touched(frozenset(), frozenset())
    leaving = parting.leaving_rows(connection, gone)
    if leaving and (unfinished or parting.any_parted(connection) or _is_large(connection, len(leaving))):
        parting.part(connection, leaving, at)
    tickets = [entity_id for entity_type, entity_id in gone if entity_type == "ticket"]
    for ticket_id in tickets:
        quarantine.keep_of_ticket(connection, ticket_id, at)
        keeping.forget_answers(connection, ticket_id)
    touched = delete_rows(connection, [key for key in gone if key[0] != "ticket"])
    left = set(gone)
    for ticket_id in tickets:
        left.update(evict_ticket(connection, ticket_id))
    _unfold(connection, left)
    return touched


def _is_large(connection: Connection, leaving: int) -> bool:
    return leaving > parting.LEAST_ROWS and parting.is_large(leaving, parting.count_held(connection))


def _unfold(connection: Connection, left: set[Key]) -> None:
    if left.isdisjoint(outbox.folded_keys(connection)):
        return
    for entry in outbox.folded_entries(connection, "applied"):
        for key in outbox.touched_keys([entry]):
            if key in left:
                outbox.unfold(connection, entry.seq, key)
