"""Which tickets are one matter: those that the hotline merged (并单). Reads the merges; makes none."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.models.domain.entities import Ticket

from .tables import entity

_LEADS_AT_MOST = 16
"""A merge of merges is followed so far; two tickets merged into each other end it."""


def merged_with(connection: Connection, ticket: Ticket) -> tuple[str, ...]:
    """The ids of the other tickets of the same matter: merged into one ticket, directly or by way of others."""
    lead = _lead_of(connection, ticket)
    found = {lead}
    fresh = [lead]
    while fresh:
        query = select(entity.c.id).where(entity.c.type == "ticket", entity.c.matter_id.in_(fresh))
        fresh = [found_id for found_id in connection.execute(query).scalars() if found_id not in found]
        found.update(fresh)
    return tuple(sorted(found - {ticket.id}))


def _lead_of(connection: Connection, ticket: Ticket) -> str:
    lead, into = ticket.id, ticket.merged_into
    seen = {lead}
    while into and into not in seen and len(seen) < _LEADS_AT_MOST:
        seen.add(into)
        lead = into
        query = select(entity.c.matter_id).where(entity.c.type == "ticket", entity.c.id == into)
        into = connection.execute(query).scalar() or ""
    return lead
