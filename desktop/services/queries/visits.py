"""Return visits as questions: the queue with its reasons, one visit in hand, my day.

The queue's order and reasons come from ``domain.return_visits.standing``; nothing here invents a rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from desktop.models.domain.entities import Attempt, Ticket, Visit, decode_row
from desktop.models.domain.return_visits import Permission, Standing, may_book, standing
from desktop.models.store.tables import projection, ticket_list, visit_list

from .base import Reader


class VisitQueueRow(Struct, frozen=True, kw_only=True):
    """One entry of the queue. ``others`` = further visits of the same person that wait ("3 matters")."""

    visit_id: str
    ticket_id: str
    number: str
    title: str
    requester_label: str
    phone_tail: str
    unit_name: str
    level: str
    state: str
    due_at: datetime | None
    standing: Standing
    assigned_to: str
    assigned_name: str
    others: int
    sample: bool
    pending: bool


class VisitInHand(Struct, frozen=True, kw_only=True):
    """All a caller sees of one visit; attempts oldest first."""

    visit: Visit
    ticket: Ticket
    attempts: tuple[Attempt, ...]
    standing: Standing
    unit_name: str
    pending: int
    others: tuple[tuple[str, str], ...]
    """(visit id, ticket title) of the same person's other waiting visits."""


class MyDay(Struct, frozen=True, kw_only=True):
    """What this person did today, in office days."""

    attempts: int
    reached: int
    completed: int
    valid: int


_QUEUE = (
    select(projection.c.data, projection.c.pending, ticket_list.c.number, ticket_list.c.title)
    .select_from(
        visit_list.join(
            projection, (projection.c.type == "visit") & (projection.c.id == visit_list.c.id)
        ).join(ticket_list, ticket_list.c.id == visit_list.c.ticket_id)
    )
    .where(visit_list.c.state.in_(("waiting", "booked")))
)
_WAITING_ATTEMPTS = (
    select(projection.c.data)
    .select_from(
        visit_list.join(
            projection, (projection.c.type == "attempt") & (projection.c.ticket_id == visit_list.c.ticket_id)
        )
    )
    .where(visit_list.c.state.in_(("waiting", "booked")))
)
_ROW = select(projection.c.data, projection.c.pending).where(
    (projection.c.type == bindparam("type")) & (projection.c.id == bindparam("id"))
)
_CHILDREN = select(projection.c.data).where(
    (projection.c.ticket_id == bindparam("ticket_id")) & (projection.c.type == bindparam("type"))
)
_OTHERS = (
    select(visit_list.c.id, ticket_list.c.title)
    .select_from(visit_list.join(ticket_list, ticket_list.c.id == visit_list.c.ticket_id))
    .where(
        (visit_list.c.contact_id == bindparam("contact_id"))
        & (visit_list.c.id != bindparam("id"))
        & visit_list.c.state.in_(("waiting", "booked"))
    )
    .order_by(visit_list.c.opened_at)
)
_WAITING_COUNT = (
    select(func.count()).select_from(visit_list).where(visit_list.c.state.in_(("waiting", "booked")))
)
_COMPLETED_SINCE = select(visit_list.c.valid).where(
    (visit_list.c.completed_by_id == bindparam("me")) & (visit_list.c.completed_at >= bindparam("since"))
)
_TICKETS = select(projection.c.data).where(
    (projection.c.type == "ticket") & projection.c.id.in_(bindparam("ids", expanding=True))
)
_ALL_ATTEMPTS = select(projection.c.data).where(projection.c.type == "attempt")


def visit_queue(r: Reader) -> tuple[VisitQueueRow, ...]:
    """Every waiting and booked visit, in calling order, each with the reason for its place."""
    attempts = _by_visit(decode_row("attempt", row.data) for row in r.all(_WAITING_ATTEMPTS))
    found: list[tuple[Visit, int, str, str, Standing]] = []
    per_contact: dict[str, int] = defaultdict(int)
    for data, pending, number, title in r.all(_QUEUE):
        visit = decode_row("visit", data)
        if not isinstance(visit, Visit):
            continue
        per_contact[visit.contact_id] += 1
        place = standing(r.profile, visit, attempts.get(visit.id, ()), r.now)
        found.append((visit, pending, number, title, place))
    found.sort(key=lambda item: item[4].rank)
    tickets = _tickets(r, [item[0].ticket_id for item in found])
    return tuple(
        VisitQueueRow(
            visit_id=visit.id,
            ticket_id=visit.ticket_id,
            number=number,
            title=title,
            requester_label=ticket.requester_label if ticket else "",
            phone_tail=ticket.phone_tail if ticket else "",
            unit_name=r.reference.unit_name(visit.unit_id),
            level=visit.level,
            state=visit.state,
            due_at=visit.due_at,
            standing=place,
            assigned_to=visit.assigned_to,
            assigned_name=visit.assigned_name or _person_name(r, visit.assigned_to),
            others=per_contact[visit.contact_id] - 1 if visit.contact_id else 0,
            sample=bool(ticket and "requester" in ticket.sample_fields),
            pending=bool(pending) or any(a.version == 0 for a in attempts.get(visit.id, ())),
        )
        for visit, pending, number, title, place in found
        for ticket in (tickets.get(visit.ticket_id),)
    )


def visit_in_hand(r: Reader, visit_id: str) -> VisitInHand | None:
    """One visit with its ticket and attempts; None when it is not (or no longer) in the store."""
    row = r.connection.execute(_ROW, {"type": "visit", "id": visit_id}).first()
    if row is None:
        return None
    visit = decode_row("visit", row.data)
    ticket_row = r.connection.execute(_ROW, {"type": "ticket", "id": getattr(visit, "ticket_id", "")}).first()
    if ticket_row is None or not isinstance(visit, Visit):
        return None
    ticket = decode_row("ticket", ticket_row.data)
    if not isinstance(ticket, Ticket):
        return None
    attempts = attempts_of(r, visit)
    others: tuple[tuple[str, str], ...] = ()
    if visit.contact_id:
        rows = r.all(_OTHERS, {"contact_id": visit.contact_id, "id": visit.id})
        others = tuple((o.id, o.title) for o in rows)
    return VisitInHand(
        visit=visit,
        ticket=ticket,
        attempts=attempts,
        standing=standing(r.profile, visit, attempts, r.now),
        unit_name=r.reference.unit_name(visit.unit_id),
        pending=row.pending,
        others=others,
    )


def attempts_of(r: Reader, visit: Visit) -> tuple[Attempt, ...]:
    """The attempts of one visit, oldest first."""
    rows = (decode_row("attempt", row.data) for row in r.all(_CHILDREN, _child("attempt", visit.ticket_id)))
    mine = [a for a in rows if isinstance(a, Attempt) and a.visit_id == visit.id]
    return tuple(sorted(mine, key=lambda a: a.at))


def booking_permission(r: Reader, visit_id: str, at: datetime) -> Permission:
    """Whether a visit may be booked for ``at``, with the rule that forbids it."""
    in_hand = visit_in_hand(r, visit_id)
    if in_hand is None:
        return Permission(False, "closed")
    return may_book(r.profile, in_hand.visit, in_hand.attempts, at, r.now)


def visits_waiting(r: Reader) -> int:
    """How many visits wait or are booked: the number on the rail."""
    return int(r.connection.execute(_WAITING_COUNT).scalar_one())


def my_day(r: Reader) -> MyDay:
    """What the signed-in person did on this office day."""
    local = r.profile.local(r.now)
    since = local.replace(hour=0, minute=0, second=0, microsecond=0)
    valid = [
        row.valid for row in r.all(_COMPLETED_SINCE, {"me": r.me.person_id, "since": int(since.timestamp())})
    ]
    mine = [
        a
        for row in r.all(_ALL_ATTEMPTS)
        if isinstance(a := decode_row("attempt", row.data), Attempt)
        and a.by_id == r.me.person_id
        and since <= a.at < since + timedelta(days=1)
    ]
    reached = sum(a.outcome in ("answered", "refused", "call_later") for a in mine)
    return MyDay(attempts=len(mine), reached=reached, completed=len(valid), valid=sum(valid))


def _by_visit(rows: Iterable[object]) -> dict[str, list[Attempt]]:
    found: dict[str, list[Attempt]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Attempt):
            found[row.visit_id].append(row)
    return found


def _tickets(r: Reader, ids: list[str]) -> dict[str, Ticket]:
    found: dict[str, Ticket] = {}
    for start in range(0, len(ids), 500):
        for row in r.all(_TICKETS, {"ids": ids[start : start + 500]}):
            ticket = decode_row("ticket", row.data)
            if isinstance(ticket, Ticket):
                found[ticket.id] = ticket
    return found


def _person_name(r: Reader, person_id: str) -> str:
    person = r.reference.persons.get(person_id)
    return person.name if person else ""


def _child(entity_type: str, ticket_id: str) -> dict[str, str]:
    return {"type": entity_type, "ticket_id": ticket_id}
