"""Whether this person may do this to this row now: roles, scope, clearance. Authority is judged when applied."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from desktop.models.domain.entities import Row, Ticket, ticket_id_of
from desktop.models.domain.operations import CATALOGUE, Kind, Operation
from desktop.models.domain.privacy import Viewer, may_see, scope_of

from .accounts import ever_was
from .scope_sql import visible
from .situation import Refusal, rejected
from .tables import change
from .writer import Writer

OF_THE_UNIT = frozenset(name for name, kind in CATALOGUE.items() if kind.roles == {"liaison"})
"""Kinds by which a unit answers what it was asked."""

HANDED_OVER = frozenset({"note.hand_over"})
"""Kinds by which somebody leaves their words to the office, on a case that is or once was theirs."""

OF_THE_AUTHOR = frozenset(
    {"notice.edit", "notice.submit", "urgent_report.edit", "urgent_report.submit", "inspection.edit"}
)
"""Kinds that only the author of the row may use: whoever approves must not have written."""


def makes_its_row(kind: Kind) -> bool:
    """True for kinds whose entity does not exist before."""
    return kind.mode == "append" or kind.name.endswith(".create")


def check_role(viewer: Viewer, kind: Kind) -> None:
    """Raises :class:`Refusal`."""
    if not kind.roles & viewer.roles:
        raise rejected("role_not_allowed", "/kind")


def find_target(
    writer: Writer, viewer: Viewer, op: Operation, kind: Kind, *, seen: int
) -> tuple[Row | None, Ticket | None, bool]:
    """The entity (None where the operation makes it), its case if it has one, and whether the operation comes late.

    What is not there and what is out of scope answer alike. Raises :class:`Refusal`.
    """
    row = writer.row(kind.entity_type, op.entity_id)  # where it is made, the fold refuses to make it twice
    made = makes_its_row(kind)
    ticket_id = str(op.payload.get("ticket_id", "")) if made else ticket_id_of(row) if row is not None else ""
    if kind.caseless and not ticket_id:
        if made or (row is not None and may_see(viewer, scope_of(row, None))):
            return row, None, False
        raise Refusal("out_of_scope", "not_found")
    ticket = writer.ticket(ticket_id)
    if ticket is None:
        raise Refusal("out_of_scope", "not_found")
    if may_see(viewer, scope_of(ticket, None)) and (
        made or (row is not None and may_see(viewer, scope_of(row, ticket)))
    ):
        return row, ticket, False
    if kind.mode == "append" and _lost_unknowingly(writer.connection, viewer, ticket_id, seen):
        return row, ticket, True
    if kind.name in HANDED_OVER and _was_theirs(writer.connection, viewer, ticket):
        return row, ticket, True
    raise Refusal("out_of_scope", "not_found")


def check_authority(
    viewer: Viewer, op: Operation, kind: Kind, row: Row | None, ticket: Ticket | None
) -> None:
    """Raises :class:`Refusal`: another unit's row, a report without clearance, somebody else's draft."""
    if kind.name in OF_THE_UNIT and not (row is None and kind.caseless):  # else its own rule says whose it is
        unit_id = op.payload.get("unit_id", "") if row is None else getattr(row, "unit_id", "")
        if unit_id not in viewer.unit_ids:
            raise rejected("not_your_unit", "/entity_id")
    elif _is_report(ticket) and not viewer.cleared and not _writes_to_the_office(viewer, kind):
        raise rejected("clearance_needed", "/entity_id")
    if kind.name in OF_THE_AUTHOR and getattr(row, "author_id", "") != viewer.person_id:
        raise rejected("not_your_draft", "/entity_id")


def _is_report(ticket: Ticket | None) -> bool:
    return ticket is not None and ticket.level == "report"


def _writes_to_the_office(viewer: Viewer, kind: Kind) -> bool:
    """Words that their author is not shown again need no clearance."""
    return kind.name in HANDED_OVER or (kind.name == "note.add" and not viewer.office)


def _lost_unknowingly(connection: Connection, viewer: Viewer, ticket_id: str, seen: int) -> bool:
    """True where the ticket left the viewer's scope after the position their device has pulled to."""
    query = select(change.c.position).where(
        change.c.type == "ticket",
        change.c.id == ticket_id,
        change.c.op == "evict",
        change.c.position > seen,
        visible(viewer, change),
    )
    return connection.execute(query.limit(1)).first() is not None


def _was_theirs(connection: Connection, viewer: Viewer, ticket: Ticket) -> bool:
    """True where the ticket once was in the viewer's scope, by the roles and units they have or had."""
    once = ever_was(connection, viewer)
    if may_see(once, scope_of(ticket, None)):
        return True
    left = select(change.c.position).where(
        change.c.type == "ticket", change.c.id == ticket.id, change.c.op == "evict", visible(once, change)
    )
    return connection.execute(left.limit(1)).first() is not None
