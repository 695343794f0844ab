"""One look at what a person may be told of while they do other work: see ``domain.tidings``."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select

from desktop.models.domain.tidings import AHEAD, Watched
from desktop.models.store.tables import notice_list, ticket_list, urge_list, visit_list

from .base import Reader
from .filters import TicketFilter, area_of, queue_condition
from .filters import is_open as open_case

_t, _v = ticket_list.c, visit_list.c
SUPERVISES = frozenset({"officer", "approve", "deputy_director"})
REMIND = timedelta(minutes=10)
"""How long before a promised call its caller is reminded."""


def watched(r: Reader, since: datetime) -> Watched:
    """What stands now, of the cases that the person's lists begin with.

    Answered is what was asked by this very person, an urge acknowledged or an act of supervision replied to, after
    ``since`` (office time).
    """
    if not SUPERVISES & set(r.me.roles):
        return Watched(booked=_booked(r))
    area = area_of(r, TicketFilter(queue="all"))
    here = [_t.unit_id.in_(area)] if area else []
    now, began = r.now.timestamp(), since.timestamp()
    soon = (r.now + AHEAD).timestamp()
    due = and_(open_case, _t.paused == 0, _t.due_at >= now, _t.due_at < soon, *here)
    urges = select(urge_list.c.ticket_id).where(
        urge_list.c.by_id == r.me.person_id, urge_list.c.acknowledged_at >= began
    )
    acts = select(notice_list.c.ticket_id).where(
        notice_list.c.author_id == r.me.person_id, notice_list.c.replied_at >= began
    )
    return Watched(
        escalated=_numbers(r, and_(queue_condition(r, "escalated"), *here)),
        answered=_numbers(r, or_(_t.id.in_(urges), _t.id.in_(acts))),
        due=_numbers(r, due),
        booked=_booked(r),
    )


def _booked(r: Reader) -> dict[str, str]:
    """By visit: the number of the case of each call promised for the next minutes, for whoever calls citizens."""
    if "return_visit" not in r.me.roles:
        return {}
    soon = and_(_v.booked_at > r.now.timestamp(), _v.booked_at <= (r.now + REMIND).timestamp())
    mine = and_(_v.state == "booked", _v.assigned_to.in_(("", r.me.person_id)), soon)
    query = (
        select(_v.id, _t.number).select_from(visit_list.join(ticket_list, _t.id == _v.ticket_id)).where(mine)
    )
    return {row.id: row.number for row in r.connection.execute(query)}


def _numbers(r: Reader, which: object) -> dict[str, str]:
    found = r.connection.execute(select(_t.id, _t.number).where(which))  # type: ignore[arg-type]  # a condition
    return {row.id: row.number for row in found}
