"""Giving a case to an officer: who may, whom to, and the line in the case's history that only the office reads."""

from __future__ import annotations

from desktop.models.domain.assigning import may_assign, may_be_named
from desktop.models.domain.entities import Person, Ticket, TimelineEntry

from .situation import Situation, rejected


def check(s: Situation, payload: object) -> None:
    """Raises ``Refusal``: not this person's to say, or nobody who can be named."""
    own = s.writer.row("person", s.viewer.person_id)
    looks_after = own.assigned_unit_ids if isinstance(own, Person) else ()
    if not may_assign(s.viewer.roles, s.viewer.person_id, looks_after, s.ticket):
        raise rejected("not_your_case", "/entity_id")
    for edit in s.op.changes:
        named = s.writer.row("person", edit.after) if isinstance(edit.after, str) and edit.after else None
        if edit.after != "" and not (isinstance(named, Person) and may_be_named(named, s.ticket)):
            raise rejected("unknown_person", f"/changes/{edit.field}")


def entry(s: Situation, ticket: Ticket, entry_id: str) -> TimelineEntry:
    """What the office reads of it later: who gave the case to whom."""
    named = s.writer.row("person", ticket.officer_id) if ticket.officer_id else None
    return TimelineEntry(
        id=entry_id,
        ticket_id=ticket.id,
        at=s.now,
        kind="assigned",
        actor=s.viewer.name,
        text=named.name if isinstance(named, Person) else "",
        office_only=True,
    )
