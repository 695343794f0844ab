"""The morning sheet: what happened to the cases since a person left, and what today's closing hours will bring.

Exact counts; of a section with very many cases the first are listed. Nothing here knows a word of the interface.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, func, select

from desktop.models.domain.workdays import Looked, WorkMarks, closings, left_at
from desktop.models.store import settings
from desktop.models.store.projection import driver_cursor
from desktop.models.store.tables import ticket_list

from .base import Reader
from .board.standing import standings
from .filters import is_open
from .ticket_row import TicketRow, ticket_row

SectionKind = Literal["fell", "due", "contradicted", "answered"]
MOST = 1_000
"""Cases of one section that are listed."""

_t = ticket_list.c
_RUNNING = and_(is_open, _t.paused == 0)
_SAID = """
SELECT t.rid, max(v.completed_at)
FROM ticket_list t INDEXED BY ticket_contradicted CROSS JOIN visit_list v ON v.ticket_id = t.id
  CROSS JOIN projection p ON p.type = 'visit' AND p.id = v.id
WHERE t.contradicted = 1 AND v.valid AND v.completed_at >= t.completed_at AND v.completed_at >= ?
  AND (CAST(p.data AS TEXT) ->> '$.answers.contacted' = 'no'
       OR CAST(p.data AS TEXT) ->> '$.answers.resolved' = 'not_resolved')
GROUP BY t.rid ORDER BY max(v.completed_at), t.number
"""


class MorningItem(Struct, frozen=True, kw_only=True):
    """One line. ``at`` = when it fell or falls due, when the citizen or the unit said it; ``done`` = looked at."""

    key: str
    kind: SectionKind
    ticket: TicketRow
    at: datetime
    done: bool


class MorningSection(Struct, frozen=True, kw_only=True):
    """``until`` is the closing hour of a section of what will be due, else None; ``count`` is exact."""

    kind: SectionKind
    until: datetime | None
    count: int
    items: tuple[MorningItem, ...]


class MorningSheet(Struct, frozen=True, kw_only=True):
    """The sheet at ``at`` for somebody who left at ``since``."""

    since: datetime
    at: datetime
    sections: tuple[MorningSection, ...]

    def items(self) -> tuple[MorningItem, ...]:
        """Every line, in order."""
        return tuple(item for section in self.sections for item in section.items)


def morning_sheet(r: Reader) -> MorningSheet:
    """The sheet as it stands at the reader's now."""
    marks = settings.get(r.connection, settings.work_key(r.me.person_id), WorkMarks) or WorkMarks()
    since = left_at(marks, r.profile, r.now)
    looked = settings.get(r.connection, settings.looked_key(r.me.person_id), Looked)
    done = looked.keys if looked is not None and looked.since == since else frozenset[str]()
    begin, now = since.timestamp(), r.now.timestamp()
    sections = [_dated(r, "fell", None, (_RUNNING, _t.due_at >= begin, _t.due_at < now), done)]
    after = now
    for until in closings(r.profile, r.now):
        least = _t.due_at >= now if after == now else _t.due_at > after
        sections.append(_dated(r, "due", until, (_RUNNING, least, _t.due_at <= until.timestamp()), done))
        after = until.timestamp()
    sections.append(_contradicted(r, int(begin), done))
    sections.append(_dated(r, "answered", None, (_t.answered_at.is_not(None), _t.answered_at >= begin), done))
    return MorningSheet(since=since, at=r.now, sections=tuple(sections))


def _dated(
    r: Reader,
    kind: SectionKind,
    until: datetime | None,
    which: tuple[ColumnElement[bool], ...],
    done: frozenset[str],
) -> MorningSection:
    if r.area:
        which = (*which, _t.unit_id.in_(r.area))
    column = _t.answered_at if kind == "answered" else _t.due_at
    listed: Select[Any] = select(ticket_list).where(*which).order_by(column, _t.number).limit(MOST)
    count = int(
        r.connection.execute(select(func.count()).select_from(ticket_list).where(*which)).scalar_one()
    )
    items = tuple(
        _item(r, kind, row, row.answered_at if kind == "answered" else row.due_at, done)
        for row in r.all(listed)
    )
    return MorningSection(kind=kind, until=until, count=count, items=items)


def _contradicted(r: Reader, begin: int, done: frozenset[str]) -> MorningSection:
    """Visits since then that say otherwise than the file, of cases that stand on the board to be decided."""
    cursor = driver_cursor(r.connection)
    try:
        said: dict[int, int] = dict(cursor.execute(_SAID, (begin,)).fetchall())
    finally:
        cursor.close()
    rids = func.json_each(msgspec.json.encode(list(said)).decode()).table_valued("value")
    rows = r.all(select(ticket_list).where(_t.rid.in_(select(rids.c.value)))) if said else []
    standing = standings(r) if rows else {}
    waiting = {row.rid: row for row in rows if standing.get(row.id) == "open"}
    items = tuple(
        _item(r, "contradicted", waiting[rid], at, done) for rid, at in said.items() if rid in waiting
    )
    return MorningSection(kind="contradicted", until=None, count=len(items), items=items[:MOST])


def _item(r: Reader, kind: SectionKind, row: Any, at: int, done: frozenset[str]) -> MorningItem:
    key = f"{kind}:{row.id}"
    moment = datetime.fromtimestamp(at, r.profile.zone())
    return MorningItem(key=key, kind=kind, ticket=ticket_row(r, row), at=moment, done=key in done)
