"""What a list of tickets is asked for, and the SQL of it: queue, chips, text, order.

A `TicketFilter` is plain data that views build and keep. Everything in it is bound as a parameter; nothing a person
types becomes SQL or a LIKE pattern. The same conditions serve the list, its count, the export and the print.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Literal, get_args

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, false, func, literal_column, or_, select

from desktop.models.domain.entities import Channel, RequestType
from desktop.models.domain.harmless import harmless
from desktop.models.domain.search_text import fold
from desktop.models.domain.tickets import Light
from desktop.models.store.tables import notice_list, ticket_list, ticket_text

from .base import Reader

Queue = Literal[
    "overdue",
    "due_today",
    "escalated",
    "rework",
    "supervised",
    "approval",
    "answered",
    "promise_late",
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
]
Party = Literal["", "person", "enterprise"]

QUEUES: tuple[Queue, ...] = get_args(Queue)
SORT_KEYS: tuple[SortKey, ...] = get_args(SortKey)
UNDER_SUPERVISION = ("draft", "submitted", "returned", "issued")
"""States of a notice from its first draft until the unit has answered."""

_WORDS_AT_MOST = 8
_WORD_LENGTH = 100
_t = ticket_list.c


class TicketFilter(Struct, frozen=True, kw_only=True):
    """One question to the list. Empty tuples and "" do not filter; ``sort`` None is the queue's own order."""

    queue: Queue = "overdue"
    unit_ids: tuple[str, ...] = ()
    request_types: tuple[RequestType, ...] = ()
    category_ids: tuple[str, ...] = ()
    channels: tuple[Channel, ...] = ()
    place_ids: tuple[str, ...] = ()
    lights: tuple[Light, ...] = ()
    party: Party = ""
    text: str = ""
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
            or self.text.strip()
        )

    def cleared(self) -> TicketFilter:
        """The same queue and order, and nothing else."""
        return TicketFilter(queue=self.queue, sort=self.sort, descending=self.descending)


def conditions(r: Reader, wanted: TicketFilter) -> ColumnElement[bool]:
    """All of the filter as one condition on ``ticket_list``."""
    parts = [queue_condition(r, wanted.queue)]
    if wanted.unit_ids:
        parts.append(_t.unit_id.in_(wanted.unit_ids))
    if wanted.request_types:
        parts.append(_t.request_type.in_(wanted.request_types))
    if wanted.channels:
        parts.append(_t.channel.in_(wanted.channels))
    if wanted.category_ids:
        parts.append(_t.category_id.in_(_with_descendants(_category_parents(r), wanted.category_ids)))
    if wanted.place_ids:
        parts.append(_t.place_id.in_(_with_descendants(_place_parents(r), wanted.place_ids)))
    if wanted.lights:
        parts.append(or_(*(light_condition(r, light) for light in wanted.lights)))
    if wanted.party:
        parts.append(_t.enterprise == (wanted.party == "enterprise"))
    words = words_of(wanted.text)
    if words:
        parts.append(_says(words))
    return and_(*parts)


def queue_condition(r: Reader, queue: Queue) -> ColumnElement[bool]:
    """Which tickets stand in a queue at the reader's now."""
    now = r.now.timestamp()
    running = and_(_t.open == 1, _t.paused == 0)
    if queue == "overdue":
        return and_(running, _t.due_at < now)
    if queue == "due_today":
        return and_(running, _t.due_at >= now, _t.due_at < end_of_today(r))
    if queue == "escalated":
        return and_(_t.escalated == 1, _t.open == 1)
    if queue == "rework":
        return and_(
            _t.open == 1, _t.rework > literal_column("0")
        )  # a literal, so that the index is seen to fit
    if queue == "supervised":
        return _has_notice(notice_list.c.state.in_(UNDER_SUPERVISION))
    if queue == "approval":
        return approval_condition(r)
    if queue == "answered":
        return _t.answered_at.is_not(None)
    if queue == "promise_late":
        return and_(_t.open == 1, _t.promised_at < now)
    return _t.open == 1 if queue == "open" else _t.rid > 0


def approval_condition(r: Reader) -> ColumnElement[bool]:
    """Tickets with a submitted notice that this person may sign: nobody approves their own act."""
    if not may_approve(r):
        return false()
    return _has_notice(notice_list.c.state == "submitted", notice_list.c.author_id != r.me.person_id)


def may_approve(r: Reader) -> bool:
    """Whether this person has the right to sign supervision notices."""
    return bool({"approve", "deputy_director"} & set(r.me.roles))


def light_condition(r: Reader, light: Light) -> ColumnElement[bool]:
    """`domain.tickets.light` as SQL; a test holds the two against each other."""
    now = r.now.timestamp()
    soon = (r.now + timedelta(hours=r.profile.due_soon_hours)).timestamp()
    running = and_(_t.open == 1, _t.paused == 0)
    if light == "overdue":
        return and_(running, _t.due_at < now)
    if light == "due_soon":
        return and_(running, _t.due_at >= now, _t.due_at <= soon)
    if light == "normal":
        return and_(running, _t.due_at > soon, _t.provisional == 0)
    if light == "provisional":
        return and_(running, _t.due_at > soon, _t.provisional == 1)
    if light == "paused":
        return and_(_t.open == 1, _t.paused == 1)
    return or_(_t.open == 0, and_(_t.paused == 0, _t.due_at.is_(None)))


def ordered_rids(r: Reader, wanted: TicketFilter) -> Select[tuple[int]]:
    """The row ids of the filter in the order asked for, else the queue's own; number last, so that it is total."""
    rows = select(_t.rid).where(conditions(r, wanted))
    if wanted.sort is None and wanted.queue in _OWN_ORDER:
        return rows.order_by(*_OWN_ORDER[wanted.queue]())
    key = wanted.sort or "due"
    if key == "number":
        return rows.order_by(_t.number.desc() if wanted.descending else _t.number)
    if key in _NAMED:
        rows, column = _ranked(r, rows, key)
    else:
        column = _t[_COLUMNS[key]]
    by = column.desc() if wanted.descending else column.asc()
    if key in ("due", "promised"):
        return rows.order_by(column.is_(None), by, _t.number)
    return rows.order_by(by, _t.number)


def end_of_today(r: Reader) -> float:
    """The office's next midnight, seconds since 1970."""
    local = r.profile.local(r.now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return midnight.timestamp()


def words_of(text: str) -> tuple[str, ...]:
    """The words of a search text, at most eight of at most 100 characters; every one of them must be found."""
    return tuple(word[:_WORD_LENGTH] for word in harmless(text).split()[:_WORDS_AT_MOST])


def _says(words: tuple[str, ...]) -> ColumnElement[bool]:
    """Every word stands in one of the fields of ``search_text``; capital and small letters are the same.

    Looked for byte by byte, which is several times quicker than LIKE and knows no patterns.
    """
    said = (func.instr(ticket_text.c.text, fold(word)) > 0 for word in words)
    # The plus keeps the queue's index in charge: hits fetched one by one out of all tickets take three times as long.
    return literal_column("+ticket_list.rid").in_(select(ticket_text.c.rid).where(*said))


def _has_notice(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    return _t.id.in_(select(notice_list.c.ticket_id).where(*which))


# Never undated, so the index has the order of the first two.
_OWN_ORDER: dict[Queue, Callable[[], list[ColumnElement[Any]]]] = {
    "overdue": lambda: [_t.due_at, _t.number],
    "due_today": lambda: [_t.due_at, _t.number],
    "promise_late": lambda: [_t.promised_at, _t.number],
    "answered": lambda: [_t.answered_at.desc(), _t.number],
    "all": lambda: [_t.received_at.desc(), _t.number.desc()],
}
_COLUMNS: dict[SortKey, str] = {
    "due": "due_at",
    "title": "title",
    "type": "request_type",
    "channel": "channel",
    "state": "state",
    "received": "received_at",
    "promised": "promised_at",
    "rework": "rework",
    "urges": "urges",
}
_NAMED: dict[SortKey, str] = {"unit": "unit_id", "place": "place_id", "category": "category_id"}


def _ranked(
    r: Reader, rows: Select[tuple[int]], key: SortKey
) -> tuple[Select[tuple[int]], ColumnElement[Any]]:
    """Joins the place of each id among the names: the store has ids, a person reads names."""
    if key == "unit":
        names = {u.id: u.pinyin or u.short_name or u.name for u in r.reference.units.values()}
    elif key == "place":
        names = {p.id: p.name for p in r.reference.places.values()}
    else:
        names = {c: r.reference.category_path(c) for c in r.reference.categories}
    order = {row_id: place for place, row_id in enumerate(sorted(names, key=lambda i: (names[i], i)))}
    listed = func.json_each(msgspec.json.encode(order).decode()).table_valued("key", "value")
    ranks = select(listed.c.key, listed.c.value).subquery()
    joined = ticket_list.outerjoin(ranks, ranks.c.key == _t[_NAMED[key]])
    return rows.select_from(joined), ranks.c.value


def _category_parents(r: Reader) -> dict[str, str]:
    return {c.id: c.parent_id for c in r.reference.categories.values()}


def _place_parents(r: Reader) -> dict[str, str]:
    return {p.id: p.parent_id for p in r.reference.places.values()}


def _with_descendants(parents: dict[str, str], wanted: tuple[str, ...]) -> list[str]:
    """The wanted ids and everything below them in a tree given as id → parent id."""
    found = set(wanted)
    more = True
    while more:
        below = {child for child, parent in parents.items() if parent in found} - found
        found |= below
        more = bool(below)
    return sorted(found)
