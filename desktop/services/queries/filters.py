"""What a list of tickets is asked for, and the SQL of it: queue, chips, text, order.

A `TicketFilter` is plain data that views build and keep. Everything in it is bound as a parameter; nothing a person
types becomes SQL or a LIKE pattern. The same conditions serve the list, its count, the export and the print.
"""

from __future__ import annotations

from array import array
from datetime import timedelta
from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, false, func, literal_column, or_, select, text

from desktop.models.domain.entities import Channel, RequestType
from desktop.models.domain.ladder_rules import height, may_sign_reports, signable
from desktop.models.domain.tickets import Light
from desktop.models.store.first_rows import LATE_RECTIFICATIONS
from desktop.models.store.tables import finding_list, notice_list, ticket_list, urgent_report_list

from .base import Reader, Standpoint
from .base import with_below as nodes_below
from .name_ranks import NameKey, name_ranks

Queue = Literal[
    "overdue",
    "due_today",
    "due_soon",
    "emergency",
    "escalated",
    "rework",
    "repeated",
    "supervised",
    "approval",
    "proposed",
    "waiting_unit",
    "answered",
    "promise_late",
    "provisional",
    "open",
    "all",
]
SortKey = Literal[
    "due",
    "number",
    "title",
    "unit",
    "place",
    "type",
    "channel",
    "state",
    "received",
    "promised",
    "rework",
    "urges",
    "category",
    "officer",
]
OrderKey = SortKey | Literal["answered"]
Party = Literal["", "person", "enterprise"]

QUEUES: tuple[Queue, ...] = get_args(Queue)
SORT_KEYS: tuple[SortKey, ...] = get_args(SortKey)
ME, NOBODY = "@me", "@nobody"
"""In the place of an officer's id: whoever reads the list, and no officer by name."""
UNDER_SUPERVISION = ("draft", "submitted", "returned", "issued")
"""States of a notice from its first draft until the unit has answered."""

ANYWHERE: frozenset[Queue] = frozenset({"approval"})
"""Queues that are a person's own in the whole city."""

_t = ticket_list.c
_u = urgent_report_list.c
_ONE: ColumnElement[int] = literal_column("1")
is_open = _t.open == _ONE
"""Said in so many letters, so that the indexes of open cases are seen to fit."""
_p = ticket_list.alias("p").c
_ANY_GROUND = or_(_p.unanswered > literal_column("0"), _p.dissatisfied == _ONE)
"""Likewise for the index of the few cases that may propose a step."""


class TicketFilter(Struct, frozen=True, kw_only=True):
    """One question to the list. Empty tuples and "" do not filter; ``sort`` None is the queue's own order.

    ``everywhere``: in the whole city, whatever the reader's area.
    """

    queue: Queue = "overdue"
    unit_ids: tuple[str, ...] = ()
    request_types: tuple[RequestType, ...] = ()
    category_ids: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    place_ids: tuple[str, ...] = ()
    lights: tuple[Light, ...] = ()
    party: Party = ""
    officer_ids: tuple[str, ...] = ()
    text: str = ""
    everywhere: bool = False
    sort: SortKey | None = None
    descending: bool = False

    @property
    def narrowed(self) -> bool:
        """True when more than the queue decides what is in the list."""
        return bool(
            self.unit_ids
            or self.request_types
            or self.category_ids
            or self.channels
            or self.place_ids
            or self.lights
            or self.party
            or self.officer_ids
            or self.text.strip()
        )

    def cleared(self) -> TicketFilter:
        """The same queue and order, and nothing else."""
        return TicketFilter(
            queue=self.queue, everywhere=self.everywhere, sort=self.sort, descending=self.descending
        )


def conditions(r: Reader, wanted: TicketFilter) -> ColumnElement[bool]:
    """All of the filter as one condition on ``ticket_list``."""
    parts = [queue_condition(r, wanted.queue)]
    area = area_of(r, wanted)
    if area:
        parts.append(_t.unit_id.in_(area))
    if wanted.unit_ids:
        parts.append(_t.unit_id.in_(wanted.unit_ids))
    if wanted.request_types:
        parts.append(_t.request_type.in_(wanted.request_types))
    if wanted.channels:
        parts.append(_t.channel.in_(wanted.channels))
    if wanted.category_ids:
        parts.append(_t.category_id.in_(with_below(r, "category", wanted.category_ids)))
    if wanted.place_ids:
        parts.append(_t.place_id.in_(with_below(r, "place", wanted.place_ids)))
    if wanted.lights:
        parts.append(or_(*(light_condition(r, light) for light in wanted.lights)))
    if wanted.party:
        parts.append(_t.enterprise == (wanted.party == "enterprise"))
    if wanted.officer_ids:
        parts.append(_t.officer_id.in_(officers_of(r, wanted)))
    rids = found_rids(r, wanted.text)
    if rids is not None:
        parts.append(listed(rids))
    return and_(*parts)


def area_of(r: Standpoint, wanted: TicketFilter) -> tuple[str, ...]:
    """The units that a question is limited to beside what it asks for itself, () for none.

    A unit chosen by name is shown wherever it belongs, and what waits for one's signature, or was given to one by
    name, waits for nobody else.
    """
    return r.area if limited_by_area(wanted) else ()


def officers_of(r: Standpoint, wanted: TicketFilter) -> list[str]:
    """The officers asked for as the store has them: "" is nobody."""
    named = {ME: r.me.person_id, NOBODY: ""}
    return [named.get(officer_id, officer_id) for officer_id in wanted.officer_ids]


def limited_by_area(wanted: TicketFilter) -> bool:
    """Whether the reader's area has a say in a question: see :func:`area_of`."""
    mine = wanted.officer_ids == (ME,)
    return not (wanted.everywhere or wanted.unit_ids or mine or wanted.queue in ANYWHERE)


def queue_condition(r: Reader, queue: Queue) -> ColumnElement[bool]:
    """Which tickets stand in a queue at the reader's now."""
    now = r.now.timestamp()
    running = and_(is_open, _t.paused == 0)
    if queue == "overdue":
        return and_(running, _t.due_at < now)
    if queue == "due_today":
        return and_(running, _t.due_at >= now, _t.due_at < end_of_today(r))
    if queue == "due_soon":
        return light_condition(r, "due_soon")
    if queue == "emergency":
        return emergency_condition(r)
    if queue == "escalated":
        return and_(_t.escalated == _ONE, is_open)
    if queue == "rework":
        return and_(is_open, _t.rework > literal_column("0"))  # a literal, so that the index is seen to fit
    if queue == "repeated":
        return and_(is_open, _t.repeats > literal_column("0"))
    if queue == "provisional":
        return and_(is_open, _t.provisional == _ONE)  # both in so many letters: their own indexes fit
    if queue == "supervised":
        return _has_notice(notice_list.c.state.in_(UNDER_SUPERVISION))
    if queue == "approval":
        return approval_condition(r)
    if queue == "proposed":
        return proposed_condition(r)
    if queue == "waiting_unit":
        return _t.asked_at.is_not(None)
    if queue == "answered":
        return _t.answered_at.is_not(None)
    if queue == "promise_late":
        return and_(is_open, _t.promised_at < now)
    return is_open if queue == "open" else _t.rid > 0


def emergency_condition(r: Reader) -> ColumnElement[bool]:
    """Open tickets on the hour clock that are marked so, or urgent ones of a category that the city says is one."""
    grounds: list[ColumnElement[bool]] = [_t.urgency == "emergency"]
    if r.profile.emergency_categories:
        categories = with_below(r, "category", r.profile.emergency_categories)
        grounds.append(_t.category_id.in_(categories))
    hurry = _t.urgency != literal_column("'normal'")  # a literal, so that the index is seen to fit
    return and_(is_open, hurry, or_(*grounds))


def approval_condition(r: Reader) -> ColumnElement[bool]:
    """Tickets with a submitted act or urgent report that this person may sign: nobody approves their own."""
    acts = _has_notice(
        notice_list.c.state == "submitted",
        notice_list.c.author_id != r.me.person_id,
        notice_list.c.rung.in_(may_sign(r)),
    )
    if not signs_reports(r):
        return acts
    mine = select(_u.ticket_id).where(_u.state == "submitted", _u.author_id != r.me.person_id)
    return or_(acts, _t.id.in_(mine))


def proposed_condition(r: Reader) -> ColumnElement[bool]:
    """`domain.ladder.proposed` as SQL; a test holds the two against each other."""
    rules = r.profile.ladder
    grounds: list[ColumnElement[bool]] = [false()]
    if rules.unanswered_urges:
        grounds.append(_p.unanswered >= rules.unanswered_urges)
    if rules.dissatisfied_reworks:
        grounds.append(and_(_p.dissatisfied == 1, _p.rework >= rules.dissatisfied_reworks))
    any_of: ColumnElement[bool] = _t.id.in_(select(_p.id).where(_ANY_GROUND, or_(*grounds)))
    if least := rules.overdue_rectifications:
        late = text(LATE_RECTIFICATIONS).bindparams(now=r.now.timestamp(), rectifications=least)
        any_of = or_(any_of, _t.id.in_(late.columns(finding_list.c.ticket_id)))
    return and_(_t.acting == 0, _t.matter_id == "", _t.rung < top_of(r), any_of)


def top_of(r: Reader) -> int:
    """The height of the city's highest rung."""
    return max((height(each.rung) for each in r.profile.ladder.rungs), default=0)


def may_sign(r: Reader) -> tuple[int, ...]:
    """The heights of the rungs that this person may sign."""
    return signable(r.profile.ladder, r.me.roles)


def signs_reports(r: Standpoint) -> bool:
    """Whether this person may sign urgent reports."""
    return may_sign_reports(r.me.roles)


def light_condition(r: Reader, light: Light) -> ColumnElement[bool]:
    """`domain.tickets.light` as SQL; a test holds the two against each other."""
    now = r.now.timestamp()
    soon = (r.now + timedelta(hours=r.profile.due_soon_hours)).timestamp()
    running = and_(is_open, _t.paused == 0)
    if light == "overdue":
        return and_(running, _t.due_at < now)
    if light == "due_soon":
        return and_(running, _t.due_at >= now, _t.due_at <= soon)
    if light == "normal":
        return and_(running, _t.due_at > soon, _t.provisional == 0)
    if light == "provisional":
        return and_(running, _t.due_at > soon, _t.provisional == 1)
    if light == "paused":
        return and_(is_open, _t.paused == 1)
    return or_(_t.open == 0, and_(_t.paused == 0, _t.due_at.is_(None)))


def order_of(wanted: TicketFilter) -> tuple[OrderKey, bool]:
    """The key of the order asked for, else of the queue's own, and whether it runs downwards."""
    if wanted.sort is not None:
        return wanted.sort, wanted.descending
    return _OWN_ORDER.get(wanted.queue, ("due", False))


def ordered_rids(r: Reader, wanted: TicketFilter) -> Select[tuple[int]]:
    """The row ids of the filter in order: by the key, then by number, then as they came, so that it is total.

    Downwards is the very reverse, only that what has no time is last either way.
    """
    rows = select(_t.rid).where(conditions(r, wanted))
    key, descending = order_of(wanted)
    by: list[ColumnElement[Any]] = [_t.number, _t.rid]
    name = next((name for name in _NAMED if name == key), None)
    if name is not None:
        rows, column = _ranked(r, rows, name)
        by.insert(0, column)
    elif key != "number":
        by.insert(0, _t[_COLUMNS[key]])
    ordered: list[ColumnElement[Any]] = [column.desc() for column in by] if descending else by
    if key in _MAY_BE_UNDATED and _DATED.get(wanted.queue) != key:  # else the index has the order already
        ordered.insert(0, by[0].is_(None))
    return rows.order_by(*ordered)


def end_of_today(r: Reader) -> float:
    """The office's next midnight, seconds since 1970."""
    local = r.profile.local(r.now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return midnight.timestamp()


def found_rids(r: Reader, text: str) -> array[int] | None:
    """The row ids that a search text proposes, ascending; None where it narrows nothing.

    Some may be no hits: ``search.asking.settle`` says which, once they are in a list's order.
    """
    from .search.asking import sought  # which asks for the conditions above

    hits = sought(r, text).hits if text.strip() else None
    return None if hits is None else hits.rids


def listed(rids: array[int]) -> ColumnElement[bool]:
    """Tickets of these row ids."""
    listed = func.json_each(msgspec.json.encode(list(rids)).decode()).table_valued("value")
    # The plus keeps the queue's index in charge: hits fetched one by one out of all tickets take three times as long.
    return literal_column("+ticket_list.rid").in_(select(listed.c.value))


def _has_notice(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    return _t.id.in_(select(notice_list.c.ticket_id).where(*which))


_OWN_ORDER: dict[Queue, tuple[OrderKey, bool]] = {
    "promise_late": ("promised", False),
    "answered": ("answered", True),
    "all": ("received", True),
}
_NAMED: tuple[NameKey, ...] = get_args(NameKey)
_MAY_BE_UNDATED = ("due", "promised", "answered")
_DATED: dict[Queue, OrderKey] = {
    "overdue": "due",
    "due_today": "due",
    "due_soon": "due",
    "promise_late": "promised",
    "answered": "answered",
}
"""What every ticket of a queue has."""
_COLUMNS: dict[OrderKey, str] = {
    "due": "due_at",
    "title": "title",
    "type": "request_type",
    "channel": "channel",
    "state": "state",
    "received": "received_at",
    "promised": "promised_at",
    "answered": "answered_at",
    "rework": "rework",
    "urges": "urges",
}


def _ranked(
    r: Reader, rows: Select[tuple[int]], key: NameKey
) -> tuple[Select[tuple[int]], ColumnElement[Any]]:
    """Joins the place of each id among the names: the store has ids, a person reads names."""
    listed = func.json_each(msgspec.json.encode(name_ranks(r, key)).decode()).table_valued("key", "value")
    # Materialised, the few names get an index; else they are read through for every ticket.
    ranks = select(listed.c.key, listed.c.value).cte("ranks").prefix_with("MATERIALIZED")
    joined = ticket_list.outerjoin(ranks, ranks.c.key == _t[f"{key}_id"])
    return rows.select_from(joined), ranks.c.value


def with_below(r: Reader, tree: Literal["category", "place"], wanted: tuple[str, ...]) -> list[str]:
    """The wanted categories or places and everything below them."""
    nodes = r.reference.categories if tree == "category" else r.reference.places
    parents = {node.id: node.parent_id for node in nodes.values()}
    return sorted(nodes_below(parents, wanted))
