"""The numbers behind the queues, in one statement, and the moment at which time alone will change them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, func, select

from desktop.models.store.tables import ticket_list

from .base import Reader
from .filters import QUEUES, Queue, end_of_today, may_approve, queue_condition

_t = ticket_list.c


class QueueCounts(Struct, frozen=True, kw_only=True):
    """``counts`` holds every queue this person has. ``next_change_at`` = when the clock alone moves a ticket."""

    counts: dict[Queue, int]
    next_change_at: datetime
    at: datetime


def queues_of(r: Reader) -> tuple[Queue, ...]:
    """The queues this person has, in their order on the screen."""
    return tuple(queue for queue in QUEUES if queue != "approval" or may_approve(r))


def queue_counts(r: Reader) -> QueueCounts:
    """Every queue's exact count at the reader's now."""
    queues = queues_of(r)
    columns: list[ColumnElement[Any]] = [
        select(func.count()).select_from(ticket_list).where(queue_condition(r, queue)).scalar_subquery()
        for queue in queues
    ]
    columns += _moments(r)
    row = r.connection.execute(select(*columns)).one()
    counted = {queue: int(count) for queue, count in zip(queues, row, strict=False)}
    moments = [float(at) for at in row[len(queues) :] if at is not None]
    next_at = min([*moments, end_of_today(r)])
    return QueueCounts(
        counts=counted,
        # A whole second later: due times are whole seconds, and overdue means past, not at.
        next_change_at=datetime.fromtimestamp(next_at, r.profile.zone()) + timedelta(seconds=1),
        at=r.now,
    )


def _moments(r: Reader) -> list[ColumnElement[Any]]:
    """The next due time, the next end of calm, the next promise: each by an index or a short scan."""
    now = r.now.timestamp()
    soon = timedelta(hours=r.profile.due_soon_hours).total_seconds()
    running = (_t.open == 1) & (_t.paused == 0)
    return [
        select(func.min(_t.due_at)).where(running, _t.due_at >= now).scalar_subquery(),
        (select(func.min(_t.due_at)).where(running, _t.due_at > now + soon).scalar_subquery()) - soon,
        select(func.min(_t.promised_at)).where(_t.open == 1, _t.promised_at >= now).scalar_subquery(),
    ]
