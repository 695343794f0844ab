"""One contradicted case laid out: what the file says, what the citizen says, and which rows prove it."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, func, select

from desktop.models.domain.entities import Ticket, TimelineEntry, Visit, decode_row
from desktop.models.store.tables import projection, ticket_list
from desktop.services.queries.base import Reader
from desktop.services.queries.findings import ticket_of

from .cases import Contradiction


class OtherTicket(Struct, frozen=True, kw_only=True):
    """A ticket that a sign points to."""

    ticket_id: str
    number: str
    title: str
    received_at: datetime


class Sides(Struct, frozen=True, kw_only=True):
    """``said_done`` = the entry in which the unit says done, the latest; ``others`` by row id."""

    case: Contradiction
    ticket: Ticket
    visit: Visit
    said_done: TimelineEntry | None
    others: dict[int, OtherTicket]


_ROW = select(projection.c.data).where(
    (projection.c.type == bindparam("type")) & (projection.c.id == bindparam("id"))
)
_ENTRIES = select(projection.c.data).where(
    (projection.c.ticket_id == bindparam("ticket_id")) & (projection.c.type == "timeline_entry")
)
_OTHERS = select(
    ticket_list.c.rid, ticket_list.c.id, ticket_list.c.number, ticket_list.c.title, ticket_list.c.received_at
).where(ticket_list.c.rid.in_(select(func.json_each(bindparam("rids")).table_valued("value").c.value)))


def three_sides(r: Reader, case: Contradiction) -> Sides | None:
    """Everything the board shows of a case; None when it has left the store."""
    ticket = ticket_of(r, case.ticket_id)
    data = r.connection.execute(_ROW, {"type": "visit", "id": case.visit_id}).scalar()
    visit = decode_row("visit", data) if data is not None else None
    if ticket is None or not isinstance(visit, Visit):
        return None
    traces = case.traces
    rids = sorted({*traces.alike_rids, *traces.again_rids, *traces.file_rids})
    rows = r.all(_OTHERS, {"rids": msgspec.json.encode(rids).decode()}) if rids else []
    return Sides(
        case=case,
        ticket=ticket,
        visit=visit,
        said_done=_said_done(r, case.ticket_id),
        others={
            row.rid: OtherTicket(
                ticket_id=row.id,
                number=row.number,
                title=row.title,
                received_at=datetime.fromtimestamp(row.received_at, r.profile.zone()),
            )
            for row in rows
        },
    )


def _said_done(r: Reader, ticket_id: str) -> TimelineEntry | None:
    rows = (decode_row("timeline_entry", row.data) for row in r.all(_ENTRIES, {"ticket_id": ticket_id}))
    said = [x for x in rows if isinstance(x, TimelineEntry) and x.kind == "completed"]
    return max(said, key=lambda x: (x.at, x.id), default=None)
