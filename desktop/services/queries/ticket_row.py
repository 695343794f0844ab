"""One line of the list of tickets, made of the narrow columns that the store keeps for it.

Shared by the list and by the first rows of a start, which are read before SQLAlchemy is there: must not import it, nor
anything that does.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.models.domain.deadlines import working_span
from desktop.models.domain.tickets import Light

from .base import Standpoint


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
    rung: int = 0
    """How high an act of supervision stands, see ``ladder_rules.height``; 0 = none."""
    officer: str = ""
    """Who looks after it, "" = nobody by name."""


def district_of(r: Standpoint, place_id: str) -> str:
    """The district a place lies in (a district is its own); "" where there is none."""
    seen = 0
    place = r.reference.places.get(place_id)
    while place is not None and place.kind == "street" and seen < 6:
        place = r.reference.places.get(place.parent_id)
        seen += 1
    return place.id if place is not None else ""


def light_of(r: Standpoint, *, is_open: bool, paused: bool, due_at: float | None, provisional: bool) -> Light:
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


def ticket_row(r: Standpoint, row: object) -> TicketRow:
    """A line of ``ticket_list``, from anything with its columns as attributes."""
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
        rung=get("rung"),
        officer=r.reference.person_name(get("officer_id")),
    )


def _local(r: Standpoint, seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, r.profile.zone())
