"""What was made of return visits: those called into question, units asked for their contacts, visits by channel.

What asks for somebody stands whole; what is done with goes a month back. Nothing here decides: who may do what about a
record is said beside it, and the server judges.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal, get_args

from msgspec import Struct
from sqlalchemy import Select, bindparam, func, select, text

from desktop.models.domain.entities import Attempt, Inquiry, Row, Visit, decode_row
from desktop.models.domain.privacy import SUPERIORS
from desktop.models.store.tables import inquiry_list, projection, ticket_list, visit_list

from .attachments import CaseFile, case_files
from .base import Reader
from .ticket_panel import TicketPanel, ticket_panel
from .visits import attempts_of

RecordQueue = Literal["challenged", "exceptions", "inquiries", "unreached", "done", "channels"]
RECORD_QUEUES: tuple[RecordQueue, ...] = get_args(RecordQueue)
Deed = Literal["", "challenge", "decide", "except", "ask", "settle"]
"""What can be done about a record: have it overturned, decide that, decide on a call outside the attempt rules, ask the
unit, close what was asked."""

_MONTH = timedelta(days=30)
_MOST = 1_000
_OPEN_INQUIRY = ("asked", "answered")
_WAITING = ("waiting", "booked")

_v, _i, _t = visit_list.c, inquiry_list.c, ticket_list.c
# In two steps: in one, a database that was never analysed begins with the rows of all visits there are.
_VISITS = select(_v.id, _t.number, _t.title).select_from(visit_list.join(ticket_list, _t.id == _v.ticket_id))
_ROWS = select(projection.c.id, projection.c.data, projection.c.pending).where(
    projection.c.type == "visit", projection.c.id.in_(bindparam("ids", expanding=True))
)
_INQUIRIES = (
    select(projection.c.type, projection.c.data, projection.c.pending, _t.number, _t.title)
    .select_from(
        inquiry_list.join(projection, (projection.c.type == "inquiry") & (projection.c.id == _i.id)).join(
            ticket_list, _t.id == _i.ticket_id
        )
    )
    .where(_i.state.in_(_OPEN_INQUIRY))
    .order_by(_i.state, _i.at, _i.id)
)
# The second half of each is what its index is about, word for word: else it is not used.
_CHALLENGED = (_v.challenged == "asked") & text("challenged <> ''")
_UNREACHED = (
    (_v.state == "unreachable")
    & (_v.mode == "phone")
    & (_v.opened_at >= bindparam("since"))
    & _v.id.not_in(select(_i.visit_id))
)
_DONE = (_v.state == "completed") & (_v.mode == "phone") & (_v.completed_at >= bindparam("since"))
_CHANNELS = (_v.opened_at >= bindparam("since")) & text("mode <> 'phone'")
_EXCEPTED = (_v.excepted == "asked") & _v.state.in_(_WAITING) & text("excepted <> ''")
_WHERE = {
    "challenged": _CHALLENGED,
    "exceptions": _EXCEPTED,
    "unreached": _UNREACHED,
    "done": _DONE,
    "channels": _CHANNELS,
}
_NEWEST = {"unreached": _v.opened_at, "done": _v.completed_at, "channels": _v.opened_at}
_BY_MODE = (
    select(_v.mode, func.count(), func.sum(_v.valid))
    .where((_v.state == "completed") & (_v.completed_at >= bindparam("since")))
    .group_by(_v.mode)
)
_INQUIRIES_OF = select(projection.c.data).where(
    projection.c.type == "inquiry", projection.c.ticket_id == bindparam("ticket_id")
)
_ONE = select(projection.c.data, projection.c.pending).where(
    projection.c.type == bindparam("type"), projection.c.id == bindparam("id")
)


class Record(Struct, frozen=True, kw_only=True):
    """One line: a visit, or an inquiry about one. ``at`` is when what the line says happened."""

    row: Visit | Inquiry
    number: str
    title: str
    unit: str
    at: datetime
    pending: bool


class RecordCase(Struct, frozen=True, kw_only=True):
    """One record with all that belongs to it; inquiries and attempts oldest first.

    ``deed`` is what can be done about it; ``own`` why this person may not: "own_act", "role_not_allowed", "" for who
    may. ``waits``: another visit of the case waits already.
    """

    record: Record
    visit: Visit
    inquiries: tuple[Inquiry, ...]
    attempts: tuple[Attempt, ...]
    deed: Deed
    own: str
    waits: bool
    panel: TicketPanel
    sounds: tuple[CaseFile, ...] = ()
    """The recordings of its calls that lie with the case, oldest first."""


class ByMode(Struct, frozen=True):
    """How many visits of the last month were made by a channel, and how many of them are valid."""

    mode: str
    made: int
    valid: int


def record_counts(r: Reader) -> dict[str, int]:
    """Exactly how many lines each queue has."""
    since = {"since": _since(r)}
    counted: dict[str, int] = {}
    for queue in RECORD_QUEUES:
        count = select(func.count()).select_from(visit_list)
        if queue == "inquiries":
            count = select(func.count()).select_from(inquiry_list).where(_i.state.in_(_OPEN_INQUIRY))
        else:
            count = count.where(_WHERE[queue])
        counted[queue] = int(r.connection.execute(count, since).scalar_one())
    return counted


def to_decide(r: Reader) -> int:
    """How many visits wait for a second person: the number beside the page."""
    counts = (select(func.count()).select_from(visit_list).where(each) for each in (_CHALLENGED, _EXCEPTED))
    return sum(int(r.connection.execute(count).scalar_one()) for count in counts)


def records(r: Reader, queue: RecordQueue) -> tuple[Record, ...]:
    """The lines of a queue: what waits the longest first, what is done with the newest first; at most a thousand."""
    if queue == "inquiries":
        return tuple(
            _record(r, decode_row(kind, data), pending, number, title)
            for kind, data, pending, number, title in r.all(_INQUIRIES)
        )
    query: Select[tuple[str, str, str]] = _VISITS.where(_WHERE[queue])
    newest = _NEWEST.get(queue)
    query = query.order_by(_v.completed_at, _v.id) if newest is None else query.order_by(newest.desc(), _v.id)
    lines = r.all(query.limit(_MOST), {"since": _since(r)})
    rows = {id_: (data, pending) for id_, data, pending in r.all(_ROWS, {"ids": [id_ for id_, *_ in lines]})}
    found = tuple(
        _record(r, decode_row("visit", rows[id_][0]), rows[id_][1], number, title)
        for id_, number, title in lines
    )
    if queue == "exceptions":  # the oldest question first
        return tuple(sorted(found, key=lambda record: (record.at, record.row.id)))
    return found


def _asks_exception(row: Row) -> bool:
    if not isinstance(row, Visit) or row.state not in _WAITING:
        return False
    return row.exception is not None and row.exception.state == "asked"


def by_mode(r: Reader) -> tuple[ByMode, ...]:
    """The visits completed in the last month, counted by channel."""
    found = r.all(_BY_MODE, {"since": _since(r)})
    return tuple(
        sorted((ByMode(mode, made, int(valid)) for mode, made, valid in found), key=lambda m: -m.made)
    )


def record_case(r: Reader, entity_type: str, entity_id: str) -> RecordCase | None:
    """One record; None where it is not (or no longer) here."""
    row, pending = _row(r, entity_type, entity_id)
    visit = row
    if isinstance(row, Inquiry):
        visit, _ = _row(r, "visit", row.visit_id)
    if not isinstance(visit, Visit) or not isinstance(row, Visit | Inquiry):
        return None
    panel = ticket_panel(r, visit.ticket_id)
    if panel is None:
        return None
    inquiries = tuple(sorted(_inquiries_of(r, visit), key=lambda i: (i.at, i.id)))
    deed = _deed(row, inquiries)
    waiting = select(func.count()).where(_v.ticket_id == visit.ticket_id, _v.state.in_(_WAITING))
    return RecordCase(
        record=_record(r, row, pending, panel.ticket.number, panel.ticket.title),
        visit=visit,
        inquiries=inquiries,
        attempts=attempts_of(r, visit),
        deed=deed,
        own=_own(r, visit, deed),
        waits=int(r.connection.execute(waiting).scalar_one()) > 0,
        panel=panel,
        sounds=tuple(f for f in case_files(r, visit.ticket_id) if f.about_type == "attempt"),
    )


def _deed(row: Visit | Inquiry, inquiries: Iterable[Inquiry]) -> Deed:
    if isinstance(row, Inquiry):
        return "settle" if row.state in _OPEN_INQUIRY else ""
    if row.challenges and row.challenges[-1].state == "asked":
        return "decide"
    if _asks_exception(row):
        return "except"
    if row.state == "completed" and row.valid:
        return "challenge"
    waits = any(inquiry.state in _OPEN_INQUIRY for inquiry in inquiries)
    return "ask" if row.state == "unreachable" and row.mode == "phone" and not waits else ""


def _own(r: Reader, visit: Visit, deed: Deed) -> str:
    roles = set(r.me.roles)
    if deed == "decide":
        if not roles & SUPERIORS:
            return "role_not_allowed"
        return "own_act" if r.me.person_id in (visit.challenges[-1].by_id, visit.completed_by_id) else ""
    if deed == "except" and visit.exception is not None:
        if not roles & SUPERIORS:
            return "role_not_allowed"
        return "own_act" if r.me.person_id == visit.exception.asked_by_id else ""
    if deed in ("ask", "settle") and not roles & {"officer", "return_visit"}:
        return "role_not_allowed"
    return ""


def _inquiries_of(r: Reader, visit: Visit) -> Iterable[Inquiry]:
    for (data,) in r.all(_INQUIRIES_OF, {"ticket_id": visit.ticket_id}):
        row = decode_row("inquiry", data)
        if isinstance(row, Inquiry) and row.visit_id == visit.id:
            yield row


def _row(r: Reader, entity_type: str, entity_id: str) -> tuple[Row | None, int]:
    found = r.connection.execute(_ONE, {"type": entity_type, "id": entity_id}).first()
    return (None, 0) if found is None else (decode_row(entity_type, found.data), found.pending)


def _record(r: Reader, row: Row, pending: int, number: str, title: str) -> Record:
    if not isinstance(row, Visit | Inquiry):
        raise TypeError("a record holds something else")
    return Record(
        row=row,
        number=number,
        title=title,
        unit=r.reference.unit_name(row.unit_id),
        at=_when(row),
        pending=pending > 0,
    )


def _when(row: Visit | Inquiry) -> datetime:
    if isinstance(row, Inquiry):
        return row.answered_at or row.at
    if row.challenges and row.challenges[-1].state == "asked":
        return row.challenges[-1].at
    if row.exception is not None and _asks_exception(row):
        return row.exception.asked_at
    return row.completed_at or row.opened_at


def _since(r: Reader) -> int:
    return int((r.now - _MONTH).timestamp())
