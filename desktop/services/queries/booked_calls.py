"""The calls that were promised or booked, by their time: for the calendar and for reminders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct

from .base import Reader
from .visits import VisitQueueRow, visit_queue

CALL = timedelta(minutes=30)
"""How long a booked call is drawn."""
AHEAD = timedelta(minutes=10)


class BookedCall(Struct, frozen=True, kw_only=True):
    """One promised call; ``at`` is office time in the office's zone. ``lane`` of ``lanes``: beside whom it is drawn."""

    visit_id: str
    at: datetime
    row: VisitQueueRow
    lane: int = 0
    lanes: int = 1


class BookedDays(Struct, frozen=True, kw_only=True):
    """The calls of some days, by time, and how many are promised before and after them."""

    first: date
    days: int
    calls: tuple[BookedCall, ...]
    earlier: int
    later: int


def booked_days(r: Reader, first: date, days: int) -> BookedDays:
    """What is promised from ``first`` on, for so many days."""
    calls = promised(r)
    last = first + timedelta(days=days)
    shown = [call for call in calls if first <= call.at.date() < last]
    return BookedDays(
        first=first,
        days=days,
        calls=_side_by_side(shown),
        earlier=sum(call.at.date() < first for call in calls),
        later=sum(call.at.date() >= last for call in calls),
    )


def promised(r: Reader) -> list[BookedCall]:
    """Every promised call, the earliest first."""
    found = [
        BookedCall(visit_id=row.visit_id, at=r.profile.local(row.standing.next_at), row=row)
        for row in visit_queue(r)
        if row.standing.why in ("booked", "booked_waiting") and row.standing.next_at is not None
    ]
    return sorted(found, key=lambda call: (call.at, call.visit_id))


def soon(rows: Iterable[VisitQueueRow], person_id: str, now: datetime) -> VisitQueueRow | None:
    """The next call promised for the coming minutes that is this person's or anybody's; pure."""
    due = [
        (row.standing.next_at, row.visit_id, row)
        for row in rows
        if row.standing.why in ("booked", "booked_waiting")
        and row.assigned_to in ("", person_id)
        and row.standing.next_at is not None
        and row.standing.next_at <= now + AHEAD
    ]
    return min(due)[2] if due else None


def _side_by_side(calls: list[BookedCall]) -> tuple[BookedCall, ...]:
    """Calls that overlap stand beside each other."""
    placed: list[BookedCall] = []
    group: list[BookedCall] = []
    for call in [*calls, None]:
        if group and (call is None or call.at >= max(each.at for each in group) + CALL):
            lanes = len(group)
            placed += [
                BookedCall(visit_id=c.visit_id, at=c.at, row=c.row, lane=lane, lanes=lanes)
                for lane, c in enumerate(group)
            ]
            group = []
        if call is not None:
            group.append(call)
    return tuple(placed)
