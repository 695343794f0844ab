"""A caller's own day as questions: what was done, what the next hour holds, how far a colleague hears the same.

Of nobody but the person who asks: colleagues are not compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from desktop.models.domain.entities import Attempt, Visit, decode_row
from desktop.models.domain.return_visits import agree
from desktop.models.store.tables import projection, visit_list

from .base import Reader
from .visits import VisitQueueRow


class MyDay(Struct, frozen=True, kw_only=True):
    """What this person did today, in office days. ``goal`` 0 = the office sets none.

    ``talk_s``: seconds that a conversation took on average, 0 before the first. ``rechecked``: of this person's visits
    of the last quarter, how many a colleague made once more, and in how many of them heard the same (``agreed``).
    """

    attempts: int
    reached: int
    completed: int
    valid: int
    goal: int = 0
    talk_s: int = 0
    rechecked: int = 0
    agreed: int = 0


_QUARTER = timedelta(days=91)
_REACHED = ("answered", "refused", "call_later")

_COMPLETED_SINCE = select(visit_list.c.valid).where(
    (visit_list.c.completed_by_id == bindparam("me")) & (visit_list.c.completed_at >= bindparam("since"))
)
# Attempts have no list of their own: look for the person's id in the row before decoding it.
_ATTEMPTS_NAMING = select(projection.c.data).where(
    (projection.c.type == "attempt") & (func.instr(projection.c.data, bindparam("me")) > 0)
)
_SECOND, _SECOND_ROW = visit_list.alias("second"), projection.alias("second_row")
_MADE_TWICE = (
    select(projection.c.data, _SECOND_ROW.c.data)
    .select_from(
        visit_list.join(
            _SECOND,
            (_SECOND.c.ticket_id == visit_list.c.ticket_id)
            & (_SECOND.c.id != visit_list.c.id)
            & (_SECOND.c.state == "completed"),
        )
        .join(projection, (projection.c.type == "visit") & (projection.c.id == visit_list.c.id))
        .join(_SECOND_ROW, (_SECOND_ROW.c.type == "visit") & (_SECOND_ROW.c.id == _SECOND.c.id))
    )
    .where(
        (visit_list.c.completed_by_id == bindparam("me")) & (visit_list.c.completed_at >= bindparam("since"))
    )
)


class NextHour(NamedTuple):
    """What lies ahead of one person: promised calls, visits that fall due, and whoever else may be called."""

    booked: int
    due: int
    others: int


def next_hour(rows: Sequence[VisitQueueRow], person_id: str, now: datetime) -> NextHour:
    """The next hour's plan, of what is anybody's or this person's; pure."""
    end = now + timedelta(hours=1)
    mine = [row for row in rows if row.assigned_to in ("", person_id)]
    promised = [row for row in mine if row.standing.why in ("booked", "booked_waiting")]
    booked = sum(row.standing.next_at is not None and row.standing.next_at <= end for row in promised)
    due = sum(row.due_at is not None and row.due_at <= end for row in mine if row not in promised)
    ready = sum(row.standing.why in ("overdue", "close_to_due", "new_band", "oldest") for row in mine)
    return NextHour(booked, due, ready - due if ready > due else 0)


def my_day(r: Reader) -> MyDay:
    """What the signed-in person did on this office day."""
    local = r.profile.local(r.now)
    since = local.replace(hour=0, minute=0, second=0, microsecond=0)
    valid = [
        row.valid for row in r.all(_COMPLETED_SINCE, {"me": r.me.person_id, "since": int(since.timestamp())})
    ]
    mine = [
        a
        for row in r.all(_ATTEMPTS_NAMING, {"me": r.me.person_id.encode()})
        if isinstance(a := decode_row("attempt", row.data), Attempt)
        and a.by_id == r.me.person_id
        and since <= a.at < since + timedelta(days=1)
    ]
    same = _rechecks(r)
    talks = [a.duration_s for a in mine if a.outcome == "answered" and a.duration_s]
    return MyDay(
        attempts=len(mine),
        reached=sum(a.outcome in _REACHED for a in mine),
        completed=len(valid),
        valid=sum(valid),
        goal=r.profile.attempts.daily_goal,
        talk_s=round(sum(talks) / len(talks)) if talks else 0,
        rechecked=len(same),
        agreed=sum(same),
    )


def _rechecks(r: Reader) -> list[bool]:
    """Of each of this person's visits that was made once more, whether both callers heard the same."""
    since = int((r.now - _QUARTER).timestamp())
    found = []
    for first_data, second_data in r.all(_MADE_TWICE, {"me": r.me.person_id, "since": since}):
        first, second = decode_row("visit", first_data), decode_row("visit", second_data)
        if not isinstance(first, Visit) or not isinstance(second, Visit) or second.recheck_of != first.id:
            continue
        if first.answers is not None and second.answers is not None:
            found.append(agree(first.answers, second.answers))
    return found
