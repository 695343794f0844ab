"""Many cases at once: what may be done with each and why not, before; and what became of each, after.

Says row by row what the commands will say; decides nothing and writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, func, select

from desktop.models.domain.assigning import may_assign, may_be_named
from desktop.models.domain.deadlines import working_span
from desktop.models.domain.entities import Ticket, Urge, Visit, decode_row
from desktop.models.domain.tickets import Light, is_open, light
from desktop.models.store.tables import outbox, projection, ticket_list, visit_list

from .base import Reader

BulkKind = Literal["urge", "assign", "officer"]
Hindrance = Literal["", "closed", "no_unit", "unit_recused", "clearance_needed", "no_visit", "not_your_case"]
"""Why a case is left out, "" = it is not; each has words in the interface."""

MOST_AT_ONCE = 200
"""A person looks at every row of a preview."""

_ids = func.json_each(bindparam("ids")).table_valued("value").c.value
_TICKETS = (
    select(ticket_list.c.rid, projection.c.data)
    .join(projection, (projection.c.type == "ticket") & (projection.c.id == ticket_list.c.id))
    .where(ticket_list.c.rid.in_(select(_ids)))
)
_URGES = select(projection.c.data).where(
    projection.c.type == "urge", projection.c.ticket_id.in_(select(_ids))
)
_VISITS = (
    select(projection.c.data)
    .join(visit_list, visit_list.c.id == projection.c.id)
    .where(
        projection.c.type == "visit",
        visit_list.c.ticket_id.in_(select(_ids)),
        visit_list.c.state.in_(("waiting", "booked")),
    )
)
_RESULTS = select(outbox.c.op_id, outbox.c.state, outbox.c.code).where(outbox.c.op_id.in_(select(_ids)))


class BulkRow(Struct, frozen=True, kw_only=True):
    """One case of the preview. ``urged_today``: permitted, but somebody has urged already; ``visit`` is what waits."""

    ticket_id: str
    number: str
    title: str
    unit_id: str
    unit: str
    light: Light
    span: tuple[int, int]
    due_at: datetime | None
    due_today: bool
    hindrance: Hindrance = ""
    urged_today: bool = False
    visit: Visit | None = None
    assigned_name: str = ""
    officer_id: str = ""
    may_have: frozenset[str] = frozenset()
    """Who can be named to look after it."""


def bulk_preview(r: Reader, kind: BulkKind, rids: Sequence[int]) -> tuple[BulkRow, ...]:
    """The cases of these row ids in their order, at most ``MOST_AT_ONCE``; those no longer here are left out."""
    wanted = list(rids)[:MOST_AT_ONCE]
    found: dict[int, Ticket] = {}
    for rid, data in r.all(_TICKETS, {"ids": _json(wanted)}):
        row = decode_row("ticket", data)
        if isinstance(row, Ticket):
            found[rid] = row
    ids = _json([ticket.id for ticket in found.values()])
    today = r.profile.local(r.now).date()
    urged = {
        urge.ticket_id
        for (data,) in r.all(_URGES, {"ids": ids})
        if isinstance(urge := decode_row("urge", data), Urge) and r.profile.local(urge.at).date() == today
    }
    visits = {
        visit.ticket_id: visit
        for (data,) in r.all(_VISITS, {"ids": ids})
        if isinstance(visit := decode_row("visit", data), Visit)
    }
    tickets = [found[rid] for rid in wanted if rid in found]
    return tuple(_row(r, kind, t, urged_today=t.id in urged, visit=visits.get(t.id)) for t in tickets)


def _row(r: Reader, kind: BulkKind, ticket: Ticket, *, urged_today: bool, visit: Visit | None) -> BulkRow:
    state = light(ticket, r.now, r.profile.due_soon_hours)
    due_at = None if ticket.due_at is None else r.profile.local(ticket.due_at)
    span = (0, 0)
    if ticket.due_at is not None and state not in ("none", "paused"):
        span = working_span(r.profile, min(ticket.due_at, r.now), max(ticket.due_at, r.now))
    return BulkRow(
        ticket_id=ticket.id,
        number=ticket.number,
        title=ticket.title,
        unit_id=ticket.unit_id,
        unit=r.reference.unit_name(ticket.unit_id),
        light=state,
        span=span,
        due_at=due_at,
        due_today=due_at is not None and due_at.date() == r.profile.local(r.now).date(),
        hindrance=_hindrance(r, kind, ticket, visit),
        urged_today=urged_today and kind == "urge",
        visit=visit,
        assigned_name=_assigned(r, kind, ticket, visit),
        officer_id=ticket.officer_id,
        may_have=_may_have(r, ticket) if kind == "officer" else frozenset(),
    )


def _assigned(r: Reader, kind: BulkKind, ticket: Ticket, visit: Visit | None) -> str:
    if kind == "officer":
        return r.reference.person_name(ticket.officer_id)
    return visit.assigned_name if visit is not None else ""


def _may_have(r: Reader, ticket: Ticket) -> frozenset[str]:
    return frozenset(p.id for p in r.reference.persons.values() if may_be_named(p, ticket))


def _hindrance(r: Reader, kind: BulkKind, ticket: Ticket, visit: Visit | None) -> Hindrance:
    if ticket.level == "report" and "cleared" not in r.me.roles:
        return "clearance_needed"
    if kind == "officer":
        own = r.reference.persons.get(r.me.person_id)
        looks_after = own.assigned_unit_ids if own is not None else ()
        return "" if may_assign(r.me.roles, r.me.person_id, looks_after, ticket) else "not_your_case"
    if kind == "assign":
        return "" if visit is not None else "no_visit"
    if not is_open(ticket):
        return "closed"
    if not ticket.unit_id:
        return "no_unit"
    return "unit_recused" if ticket.unit_id == ticket.against_unit_id else ""


class BulkResult(Struct, frozen=True):
    """Where the operation of one row is: a state of the outbox, and the code of a refusal."""

    state: str
    code: str


def bulk_results(r: Reader, op_ids: Sequence[str]) -> dict[str, BulkResult]:
    """What became of each operation, by its id; one that is no longer kept is left out."""
    rows = r.all(_RESULTS, {"ids": _json(list(op_ids))})
    return {row.op_id: BulkResult(row.state, row.code) for row in rows}


def _json(values: list[int] | list[str]) -> str:
    return msgspec.json.encode(values).decode()
