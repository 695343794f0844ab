"""The lines of the records of visits: their columns, and what stands in the cells. Runs in the reading lane."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.entities import Inquiry, Visit
from desktop.models.domain.return_visits import is_dissatisfied, is_for_the_case
from desktop.models.items import roles
from desktop.models.items.frozen import FrozenRow
from desktop.services.queries.base import Reader
from desktop.services.queries.visit_records import ByMode, Record, RecordQueue, records
from desktop.views.common import case_words, channel_words
from desktop.views.common.columns import Column


def record_columns() -> tuple[Column, ...]:
    """The columns in the model's order."""
    mark = QCoreApplication.translate("RecordRows", "What the citizen said")
    matter = QCoreApplication.translate("RecordRows", "Matter")
    state = QCoreApplication.translate("RecordRows", "Result")
    channel = QCoreApplication.translate("RecordRows", "Channel")
    who = QCoreApplication.translate("RecordRows", "By")
    when = QCoreApplication.translate("RecordRows", "When")
    number = QCoreApplication.translate("RecordRows", "Ticket")
    return (
        Column("light", mark, "mark", 28, sortable=False, required=True),
        Column("matter", matter, "rich", 230, 140, stretch=True, sortable=False, required=True),
        Column("state", state, "text", 138, 100, sortable=False, required=True),
        Column("channel", channel, "secondary", 104, 64, sortable=False),
        Column("who", who, "secondary", 96, 64, sortable=False),
        Column("when", when, "secondary", 104, 80, sortable=False),
        Column("number", number, "secondary", 124, 96, sortable=False, hidden=True),
    )


def record_lines(r: Reader, queue: RecordQueue) -> tuple[FrozenRow, ...]:
    """A queue, ready to be drawn."""
    return tuple(_line(r, record) for record in records(r, queue))


def row_key(row: Visit | Inquiry) -> str:
    """The id of a record's line: type and entity."""
    return f"{'visit' if isinstance(row, Visit) else 'inquiry'}:{row.id}"


def result_words(row: Visit | Inquiry) -> str:
    """What a visit came to, or where an inquiry stands."""
    if isinstance(row, Inquiry):
        return channel_words.inquiry_state(row.state)
    if row.challenges:
        return channel_words.challenge_state(row.challenges[-1].state)
    if row.state == "completed":
        if not is_for_the_case(row):
            return QCoreApplication.translate("RecordRows", "Completed, counts in no rate")
        valid = QCoreApplication.translate("RecordRows", "Completed, valid")
        return valid if row.valid else QCoreApplication.translate("RecordRows", "Completed, not valid")
    if row.exception is not None and row.exception.state == "asked":
        return QCoreApplication.translate("RecordRows", "Call outside the rules?")
    return case_words.visit_state(row.state)


def signed_by(row: Visit | Inquiry) -> str:
    """Who made what the line says: who asked the unit or for a call outside the rules, who made the visit."""
    if isinstance(row, Inquiry):
        return row.by_name
    if row.exception is not None and row.exception.state == "asked" and not row.completed_by:
        return row.exception.asked_by
    return row.completed_by


def modes_line(modes: tuple[ByMode, ...]) -> str:
    """The channels of the last month, each counted for itself."""
    one = QCoreApplication.translate("RecordRows", "{channel} {made} ({valid} valid)")
    said = [
        one.format(channel=channel_words.mode(m.mode), made=f"{m.made:,}", valid=f"{m.valid:,}")
        for m in modes
    ]
    return " · ".join(said)


def _mark(row: Visit | Inquiry) -> str:
    if isinstance(row, Inquiry):
        return "due_soon" if row.state == "answered" else "paused"
    if row.challenges and row.challenges[-1].state == "asked":
        return "due_soon"
    if row.exception is not None and row.exception.state == "asked":
        return "due_soon"
    if row.answers is None:
        return "provisional"
    return "overdue" if is_dissatisfied(row.answers) else "normal"


def _line(r: Reader, record: Record) -> FrozenRow:
    row = record.row
    state, mark = result_words(row), _mark(row)
    channel = channel_words.mode(row.mode) if isinstance(row, Visit) else ""
    who = signed_by(row)
    when = case_words.moment(r.profile, record.at, r.now)
    spoken = ", ".join(part for part in (record.title, state, channel, who, when) if part)
    cells: tuple[dict[int, object], ...] = (
        {roles.DISPLAY: state, roles.LIGHT: mark},
        {
            roles.DISPLAY: record.title,
            roles.PENDING: record.pending,
            roles.TOOLTIP: record.unit,
            roles.ACCESSIBLE: spoken,
        },
        {roles.DISPLAY: state, roles.TOOLTIP: state},
        {roles.DISPLAY: channel},
        {roles.DISPLAY: who},
        {roles.DISPLAY: when},
        {roles.DISPLAY: record.number},
    )
    return row_key(row), cells
