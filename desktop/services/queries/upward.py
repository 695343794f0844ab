"""Leaders' instructions and urgent reports: the queues they stand in, and one of them whole.

An instruction has its own limit and hence its own light; it may be about no case of ours. What is drafted, waits for a
signature or is still to be sent stands in one queue of reports, what was sent in the other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, get_args

from msgspec import Struct
from sqlalchemy import bindparam, func, select

from desktop.models.domain.entities import Instruction, Row, UrgentReport, decode_row
from desktop.models.domain.tickets import Light
from desktop.models.store.tables import instruction_list, projection, ticket_list, urgent_report_list

from .base import Reader
from .ticket_panel import TicketPanel, ticket_panel

UpwardQueue = Literal["instructions", "reports", "answered", "sent"]
UPWARD_QUEUES: tuple[UpwardQueue, ...] = get_args(UpwardQueue)
IN_HAND = ("draft", "returned", "submitted", "approved")
"""States of a report that somebody has still to do something about."""
_MOST = 500
"""Of what is done with, so many of the latest."""

_i, _u, _t = instruction_list.c, urgent_report_list.c, ticket_list.c
_INSTRUCTIONS = (
    select(projection.c.data, projection.c.pending, _t.number, _t.title)
    .select_from(
        instruction_list.join(
            projection, (projection.c.type == "instruction") & (projection.c.id == _i.id)
        ).outerjoin(ticket_list, _t.id == _i.ticket_id)
    )
    .where(_i.state == bindparam("state"))
)
_OPEN = _INSTRUCTIONS.order_by(_i.due_at.is_(None), _i.due_at, _i.id)
_ANSWERED = _INSTRUCTIONS.order_by(_i.feedback_at.desc(), _i.id).limit(_MOST)
_REPORTS = (
    select(projection.c.data, projection.c.pending, _t.number, _t.title)
    .select_from(
        urgent_report_list.join(
            projection, (projection.c.type == "urgent_report") & (projection.c.id == _u.id)
        ).outerjoin(ticket_list, _t.id == _u.ticket_id)
    )
    .where(_u.state.in_(bindparam("states", expanding=True)))
)
_IN_HAND = _REPORTS.order_by(_u.created_at, _u.id)
_SENT = _REPORTS.order_by(_u.sent_at.desc(), _u.id).limit(_MOST)
_BY_STATE = select(_i.state, func.count()).group_by(_i.state)
_REPORTS_BY_STATE = select(_u.state, func.count()).group_by(_u.state)
_ONE = select(projection.c.data, projection.c.pending).where(
    (projection.c.type == bindparam("type")) & (projection.c.id == bindparam("id"))
)
_COMING_BACK = select(_i.id).where(_i.report_id == bindparam("report_id"), _i.state != "withdrawn")


class UpwardLine(Struct, frozen=True, kw_only=True):
    """One line: an instruction or a report. ``number`` and ``title`` are its case's, "" where it has none."""

    row: Instruction | UrgentReport
    number: str
    title: str
    unit: str
    due_at: datetime | None
    light: Light
    pending: bool


class UpwardCase(Struct, frozen=True, kw_only=True):
    """One of them whole. ``came_back`` are the instructions that a report brought; ``report`` what brought this one."""

    line: UpwardLine
    panel: TicketPanel | None
    report: UrgentReport | None
    came_back: tuple[Instruction, ...]


def upward_counts(r: Reader) -> dict[str, int]:
    """Queue → exact count."""
    instructions = {str(state): int(count) for state, count in r.all(_BY_STATE)}
    reports = {str(state): int(count) for state, count in r.all(_REPORTS_BY_STATE)}
    return {
        "instructions": instructions.get("open", 0),
        "reports": sum(reports.get(state, 0) for state in IN_HAND),
        "answered": instructions.get("answered", 0),
        "sent": reports.get("sent", 0),
    }


def instructions_open(r: Reader) -> int:
    """How many instructions are to be carried out."""
    return upward_counts(r)["instructions"]


def upward_lines(r: Reader, queue: UpwardQueue) -> tuple[UpwardLine, ...]:
    """A queue: what is to be done by its limit or the longest waiting first, what is done the latest first."""
    if queue == "instructions":
        found = r.all(_OPEN, {"state": "open"})
    elif queue == "answered":
        found = r.all(_ANSWERED, {"state": "answered"})
    elif queue == "reports":
        found = r.all(_IN_HAND, {"states": list(IN_HAND)})
    else:
        found = r.all(_SENT, {"states": ["sent"]})
    kind = "instruction" if queue in ("instructions", "answered") else "urgent_report"
    return tuple(_line(r, decode_row(kind, data), pending, n, t) for data, pending, n, t in found)


def upward_case(r: Reader, entity_type: str, entity_id: str) -> UpwardCase | None:
    """An "instruction" or "urgent_report" with all that belongs to it; None where it is not here."""
    found = r.connection.execute(_ONE, {"type": entity_type, "id": entity_id}).first()
    if found is None:
        return None
    row = decode_row(entity_type, found.data)
    ticket_id = str(getattr(row, "ticket_id", ""))
    panel = ticket_panel(r, ticket_id) if ticket_id else None
    number, title = (panel.ticket.number, panel.ticket.title) if panel is not None else ("", "")
    report = (
        _row(r, "urgent_report", row.report_id) if isinstance(row, Instruction) and row.report_id else None
    )
    back = r.all(_COMING_BACK, {"report_id": entity_id}) if isinstance(row, UrgentReport) else []
    brought = [_row(r, "instruction", found_id) for (found_id,) in back]
    return UpwardCase(
        line=_line(r, row, found.pending, number, title),
        panel=panel,
        report=report if isinstance(report, UrgentReport) else None,
        came_back=tuple(each for each in brought if isinstance(each, Instruction)),
    )


def light_of(r: Reader, row: Instruction) -> Light:
    """How the time of an instruction stands."""
    if row.state != "open" or row.due_at is None:
        return "none"
    if row.due_at < r.now:
        return "overdue"
    hours = (row.due_at - r.now).total_seconds() / 3600
    return "due_soon" if hours <= r.profile.due_soon_hours else "normal"


def _row(r: Reader, entity_type: str, entity_id: str) -> Row | None:
    data = r.connection.execute(_ONE, {"type": entity_type, "id": entity_id}).scalar()
    return None if data is None else decode_row(entity_type, data)


def _line(r: Reader, row: Row, pending: int, number: str | None, title: str | None) -> UpwardLine:
    if not isinstance(row, Instruction | UrgentReport):
        raise TypeError("neither an instruction nor an urgent report")
    return UpwardLine(
        row=row,
        number=number or "",
        title=title or "",
        unit=r.reference.unit_name(row.unit_id) if isinstance(row, Instruction) else "",
        due_at=row.due_at if isinstance(row, Instruction) else None,
        light=light_of(r, row) if isinstance(row, Instruction) else "none",
        pending=pending > 0,
    )
