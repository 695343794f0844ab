"""The list of tickets: the ids in display order, and the rows of one screenful.

The whole list is an array of row ids (8 bytes a ticket), so count and scrollbar are exact; the rows behind them are
fetched by the page. Nothing here knows a word of the interface: rows carry codes, names of units and places, times.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, func, select

from desktop.models.domain.deadlines import working_span
from desktop.models.domain.tickets import Light
from desktop.models.store.tables import ticket_list

from .base import Reader
from .filters import TicketFilter, district_of, ordered_rids

_ids_decoder = msgspec.json.Decoder(list[int])
_rows_by_rid = select(ticket_list).where(
    ticket_list.c.rid.in_(select(func.json_each(bindparam("rids")).table_valued("value").c.value))
)
_rid_of = select(ticket_list.c.rid).where(ticket_list.c.id == bindparam("id"))
_by_number = (
    select(ticket_list.c.id).where(ticket_list.c.number == bindparam("number")).order_by(ticket_list.c.rid)
)


class TicketIds(Struct, frozen=True, kw_only=True):
    """The answer to a filter: row ids in display order; their number is the exact count."""

    wanted: TicketFilter
    rids: array[int]
    at: datetime


class TicketRow(Struct, frozen=True, kw_only=True):
    """One line of the list; ``place`` is the district.

    ``span`` = working (days, hours) past due, or until due where it is still to come.
    """

    rid: int
    id: str
    number: str
    title: str
    state: str
    light: Light
    due_at: datetime | None
    span: tuple[int, int]
    due_today: bool
    request_type: str
    channel: str
    urgency: str
    level: str
    unit: str
    place: str
    category: str
    enterprise: bool
    escalated: bool
    rework: int
    repeats: int
    requester_label: str
    received_at: datetime
    urges: int
    promised_at: datetime | None
    promise_late: bool
    notice_state: str
    findings: int
    contradicted: bool
    pending: bool


def ticket_ids(r: Reader, wanted: TicketFilter) -> TicketIds:
    """Every ticket the filter lets through, as row ids in display order."""
    inner = ordered_rids(r, wanted).subquery()
    body = r.connection.execute(select(func.json_group_array(inner.c.rid))).scalar_one()
    return TicketIds(wanted=wanted, rids=array("q", _ids_decoder.decode(body)), at=r.now)


def ticket_rows(r: Reader, rids: Sequence[int]) -> tuple[TicketRow, ...]:
    """The rows of these ids, in their order; an id that is no longer in the store is left out."""
    found = r.all(_rows_by_rid, {"rids": msgspec.json.encode(list(rids)).decode()})
    by_rid = {row.rid: row for row in found}
    return tuple(_row(r, by_rid[rid]) for rid in rids if rid in by_rid)


def rid_of(r: Reader, ticket_id: str) -> int | None:
    """The row id of a ticket, None when it is not in the store."""
    found = r.connection.execute(_rid_of, {"id": ticket_id}).scalar_one_or_none()
    return None if found is None else int(found)


def ticket_of_number(r: Reader, number: str) -> str | None:
    """The id of the ticket with this very number, None when there is none."""
    return r.connection.execute(_by_number, {"number": number}).scalars().first()


def light_of(r: Reader, *, is_open: bool, paused: bool, due_at: float | None, provisional: bool) -> Light:
    """`domain.tickets.light` for the narrow columns of the list."""
    if not is_open:
        return "none"
    if paused:
        return "paused"
    if due_at is None:
        return "none"
    ahead = due_at - r.now.timestamp()
    if ahead < 0:
        return "overdue"
    if ahead <= r.profile.due_soon_hours * 3600:
        return "due_soon"
    return "provisional" if provisional else "normal"


def _row(r: Reader, row: object) -> TicketRow:
    get = row.__getattribute__
    due_at = _local(r, get("due_at"))
    promised_at = _local(r, get("promised_at"))
    light = light_of(
        r,
        is_open=bool(get("open")),
        paused=bool(get("paused")),
        due_at=get("due_at"),
        provisional=bool(get("provisional")),
    )
    span = (0, 0)
    if due_at is not None and light not in ("none", "paused"):
        span = working_span(r.profile, min(due_at, r.now), max(due_at, r.now))
    return TicketRow(
        rid=get("rid"),
        id=get("id"),
        number=get("number"),
        title=get("title"),
        state=get("state"),
        light=light,
        due_at=due_at,
        span=span,
        due_today=due_at is not None and due_at.date() == r.profile.local(r.now).date(),
        request_type=get("request_type"),
        channel=get("channel"),
        urgency=get("urgency"),
        level=get("level"),
        unit=r.reference.unit_name(get("unit_id")),
        place=r.reference.place_name(district_of(r, get("place_id")) or get("place_id")),
        category=r.reference.category_path(get("category_id")),
        enterprise=bool(get("enterprise")),
        escalated=bool(get("escalated")),
        rework=get("rework"),
        repeats=get("repeats"),
        requester_label=get("requester_label"),
        received_at=datetime.fromtimestamp(get("received_at"), r.profile.zone()),
        urges=get("urges"),
        promised_at=promised_at,
        promise_late=bool(get("open")) and promised_at is not None and promised_at < r.now,
        notice_state=get("notice_state"),
        findings=get("findings"),
        contradicted=bool(get("contradicted")),
        pending=bool(get("pending")),
    )


def _local(r: Reader, seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, r.profile.zone())
