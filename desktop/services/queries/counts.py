"""The numbers behind the queues, in one statement, and the moment at which time alone will change them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, func, select

from desktop.models.store.tables import ticket_list

from .base import Reader
from .filters import QUEUES, Queue, TicketFilter, conditions, end_of_today, is_open, may_sign, signs_reports

_t = ticket_list.c


class QueueCounts(Struct, frozen=True, kw_only=True):
    """``counts`` holds every queue this person has, exactly, at ``at``."""

    counts: dict[Queue, int]
    at: datetime


def queues_of(r: Reader) -> tuple[Queue, ...]:
    """The queues this person has, in their order on the screen."""
    return tuple(queue for queue in QUEUES if queue != "approval" or may_sign(r) or signs_reports(r))


def queue_counts(r: Reader) -> QueueCounts:
    """Every queue's exact count at the reader's now."""
    queues = queues_of(r)
    if r.hot is not None:
        return QueueCounts(counts=r.hot.counts(r, queues), at=r.now)
    row = r.connection.execute(select(*(_count(r, queue) for queue in queues))).one()
    return QueueCounts(counts={queue: int(n) for queue, n in zip(queues, row, strict=True)}, at=r.now)


def queue_count(r: Reader, queue: Queue) -> int:
    """One queue's exact count at the reader's now."""
    if r.hot is not None:
        return r.hot.counts(r, (queue,))[queue]
    return int(r.connection.execute(select(_count(r, queue))).scalar_one())


def next_change_at(r: Reader) -> datetime:
    """The moment at which the clock alone moves a ticket: the next due time, end of calm, promise, or midnight.

    A whole second after it: due times are whole seconds, and overdue means past, not at. By an index or a short scan.
    """
    now = r.now.timestamp()
    soon = timedelta(hours=r.profile.due_soon_hours).total_seconds()
    running = is_open & (_t.paused == 0)
    columns: list[ColumnElement[Any]] = [
        select(func.min(_t.due_at)).where(running, _t.due_at >= now).scalar_subquery(),
        select(func.min(_t.due_at)).where(running, _t.due_at > now + soon).scalar_subquery() - soon,
        select(func.min(_t.promised_at)).where(is_open, _t.promised_at >= now).scalar_subquery(),
    ]
    row = r.connection.execute(select(*columns)).one()
    moments = [float(at) for at in row if at is not None]
    at = min([*moments, end_of_today(r)])
    return datetime.fromtimestamp(at, r.profile.zone()) + timedelta(seconds=1)


def _count(r: Reader, queue: Queue) -> ColumnElement[Any]:
    return (
        select(func.count())
        .select_from(ticket_list)
        .where(conditions(r, TicketFilter(queue=queue)))
        .scalar_subquery()
    )
