"""Return visits as questions: the queue with its reasons, one visit in hand.

The queue's order and reasons come from ``domain.return_visits.standing``; nothing here invents a rule.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from desktop.models.domain.entities import Application, Attempt, Ticket, Visit, decode_row
from desktop.models.domain.profile import RuleProfile, day_after
from desktop.models.domain.return_visits import Permission, Standing, after_attempt, may_book, standing
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
    opened_at: datetime
    due_at: datetime | None
    standing: Standing
    assigned_to: str
    assigned_name: str
    others: int
    sample: bool
    pending: bool
    due_soon: bool = False
    """Past its own deadline or near it."""
    ground: str = ""
    """Why it was opened after another visit, "" for the hotline's own."""
    contact_id: str = ""
    exception_asked: bool = False
    """Somebody asks for one call outside the attempt rules."""


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
    decided: tuple[Application, ...] = ()
    """What was decided on its unit's applications with words for the citizen, oldest first."""


class Slot(Struct, frozen=True):
    """A stretch of time in which a visit may be booked, within one band of one day, in office time."""

    start: datetime
    end: datetime
    band: str


FILTERS = ("all", "mine", "booked", "due", "asked")
"""The filters of the queue: everything, assigned to me, booked or promised, near or past its deadline, an exception
asked for."""

_WAITING = ("waiting", "booked")
_SETTLED = ("refused", "wrong_number", "unreachable")

_QUEUE = (
    select(projection.c.data, projection.c.pending, ticket_list.c.number, ticket_list.c.title)
    .select_from(
        visit_list.join(
            projection, (projection.c.type == "visit") & (projection.c.id == visit_list.c.id)
        ).join(ticket_list, ticket_list.c.id == visit_list.c.ticket_id)
    )
    .where(visit_list.c.state.in_(_WAITING) & (visit_list.c.mode == "phone"))
)
_WAITING_ATTEMPTS = (
    select(projection.c.data)
    .select_from(
        visit_list.join(
            projection, (projection.c.type == "attempt") & (projection.c.ticket_id == visit_list.c.ticket_id)
        )
    )
    .where(visit_list.c.state.in_(_WAITING))
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
        & visit_list.c.state.in_(_WAITING)
        & (visit_list.c.mode == "phone")
    )
    .order_by(visit_list.c.opened_at)
)
_TICKETS = select(projection.c.data).where(
    (projection.c.type == "ticket") & projection.c.id.in_(bindparam("ids", expanding=True))
)
_UNSENT = select(func.coalesce(func.sum(ticket_list.c.pending), 0)).where(
    ticket_list.c.id.in_(bindparam("ids", expanding=True))
)


class _Waiting(NamedTuple):
    visit: Visit
    attempts: Sequence[Attempt]
    pending: int
    number: str
    title: str
    place: Standing


def visit_queue(r: Reader) -> tuple[VisitQueueRow, ...]:
    """Every waiting and booked visit, in calling order, each with the reason for its place."""
    found = _waiting(r)
    tickets = _tickets(r, [item.visit.ticket_id for item in found])
    per_contact = Counter(item.visit.contact_id for item in found)
    return tuple(_queue_row(r, item, tickets.get(item.visit.ticket_id), per_contact) for item in found)


def _waiting(r: Reader) -> list[_Waiting]:
    """What waits, in calling order. What an attempt of ours has settled waits for the server only and is left out."""
    attempts = _by_visit(decode_row("attempt", row.data) for row in r.all(_WAITING_ATTEMPTS))
    found: list[_Waiting] = []
    for data, pending, number, title in r.all(_QUEUE):
        visit = decode_row("visit", data)
        if not isinstance(visit, Visit):
            continue
        made = attempts.get(visit.id, [])
        unsent = any(attempt.version == 0 for attempt in made)
        if unsent and after_attempt(r.profile, visit, made) in _SETTLED:
            continue
        place = standing(r.profile, visit, made, r.now)
        found.append(_Waiting(visit, made, pending or int(unsent), number, title, place))
    found.sort(key=lambda item: item.place.rank)
    return found


def _queue_row(
    r: Reader, item: _Waiting, ticket: Ticket | None, per_contact: Mapping[str, int]
) -> VisitQueueRow:
    visit = item.visit
    soon = timedelta(hours=r.profile.due_soon_hours)
    return VisitQueueRow(
        visit_id=visit.id,
        ticket_id=visit.ticket_id,
        number=item.number,
        title=item.title,
        requester_label=ticket.requester_label if ticket else "",
        phone_tail=ticket.phone_tail if ticket else "",
        unit_name=r.reference.unit_name(visit.unit_id),
        level=visit.level,
        state=visit.state,
        opened_at=visit.opened_at,
        due_at=visit.due_at,
        standing=item.place,
        assigned_to=visit.assigned_to,
        assigned_name=visit.assigned_name or _person_name(r, visit.assigned_to),
        others=per_contact.get(visit.contact_id, 1) - 1 if visit.contact_id else 0,
        sample=bool(ticket and "requester" in ticket.sample_fields),
        pending=bool(item.pending),
        due_soon=visit.due_at is not None and visit.due_at - r.now <= soon,
        ground=visit.ground,
        contact_id=visit.contact_id,
        exception_asked=visit.exception is not None and visit.exception.state == "asked",
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
        decided=_decided(r, visit.ticket_id),
    )


def _decided(r: Reader, ticket_id: str) -> tuple[Application, ...]:
    rows = (decode_row("application", row.data) for row in r.all(_CHILDREN, _child("application", ticket_id)))
    told = [row for row in rows if isinstance(row, Application) and row.decided_at and row.citizen_words]
    return tuple(sorted(told, key=lambda row: (str(row.decided_at), row.id)))


def attempts_of(r: Reader, visit: Visit) -> tuple[Attempt, ...]:
    """The attempts of one visit, oldest first."""
    rows = (decode_row("attempt", row.data) for row in r.all(_CHILDREN, _child("attempt", visit.ticket_id)))
    mine = [a for a in rows if isinstance(a, Attempt) and a.visit_id == visit.id]
    return tuple(sorted(mine, key=lambda a: a.at))


def visits_in_hand(r: Reader, visit_ids: Sequence[str]) -> tuple[VisitInHand, ...]:
    """Those of the visits that are in the store, in the order given."""
    found = (visit_in_hand(r, visit_id) for visit_id in visit_ids)
    return tuple(one for one in found if one is not None)


def booking_permission(r: Reader, visit_id: str, at: datetime) -> Permission:
    """Whether a visit may be booked for ``at``, with the rule that forbids it."""
    in_hand = visit_in_hand(r, visit_id)
    if in_hand is None:
        return Permission(False, "closed")
    return may_book(r.profile, in_hand.visit, in_hand.attempts, at, r.now)


def open_slots(
    profile: RuleProfile, visit: Visit, attempts: Sequence[Attempt], now: datetime, limit: int = 6
) -> tuple[Slot, ...]:
    """The next stretches in which the policy lets this visit be booked, soonest first; pure.

    A slot that has begun starts at the next quarter of an hour. Looks at most two weeks ahead.
    """
    earliest = _next_quarter(profile.local(now))
    slots: list[Slot] = []
    day = earliest.date()
    for _ in range(14):
        for band in profile.attempts.bands:
            end = datetime.combine(day, band.end, tzinfo=profile.zone())
            start = max(datetime.combine(day, band.start, tzinfo=profile.zone()), earliest)
            if start < end and may_book(profile, visit, attempts, start, now).allowed:
                slots.append(Slot(start, end, band.name))
        day = day_after(day)
        if len(slots) >= limit:
            break
    return tuple(slots[:limit])


def visits_waiting(r: Reader) -> int:
    """How many visits wait or are booked: the number on the rail."""
    return len(_waiting(r))


def visit_queue_counts(r: Reader) -> dict[str, int]:
    """How many visits each filter of the queue shows, by its key; see :func:`in_filter`."""
    rows = [_queue_row(r, item, None, {}) for item in _waiting(r)]  # counting needs no ticket's words
    return count_filters(rows, r.me.person_id)


def count_filters(rows: Sequence[VisitQueueRow], person_id: str) -> dict[str, int]:
    """The same for rows at hand; pure."""
    return {key: sum(in_filter(row, key, person_id) for row in rows) for key in FILTERS}


def in_filter(row: VisitQueueRow, key: str, person_id: str) -> bool:
    """Whether a filter of the queue shows this row."""
    if key == "mine":
        return row.assigned_to == person_id
    if key == "booked":
        return row.standing.why in ("booked", "booked_waiting")
    if key == "asked":
        return row.exception_asked
    return row.due_soon if key == "due" else True


def unsent_work(r: Reader, ticket_ids: Sequence[str]) -> int:
    """How many operations on these tickets and their children the server has not taken yet."""
    return int(r.connection.execute(_UNSENT, {"ids": list(ticket_ids)}).scalar_one())


def _next_quarter(local: datetime) -> datetime:
    """The next full quarter of an hour after ``local``."""
    whole = local.replace(minute=local.minute - local.minute % 15, second=0, microsecond=0)
    return whole + timedelta(minutes=15)


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
