"""The lines of instructions and urgent reports: columns, and what stands in the cells. Runs in the reading lane."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.deadlines import working_span
from desktop.models.domain.entities import Instruction
from desktop.models.items import roles
from desktop.models.items.frozen import FrozenRow
from desktop.services.queries.base import Reader
from desktop.services.queries.upward import UpwardLine, UpwardQueue, upward_lines
from desktop.views.common import case_words, upward_words
from desktop.views.common.columns import Column


def upward_columns() -> tuple[Column, ...]:
    """The columns in the model's order."""
    light = QCoreApplication.translate("UpwardRows", "Time limit state")
    who = QCoreApplication.translate("UpwardRows", "By whom")
    what = QCoreApplication.translate("UpwardRows", "What is written")
    unit = QCoreApplication.translate("UpwardRows", "Lead unit")
    due = QCoreApplication.translate("UpwardRows", "Where it stands")
    number = QCoreApplication.translate("UpwardRows", "Ticket")
    return (
        Column("light", light, "mark", 28, sortable=False, required=True),
        Column("who", who, "text", 104, 80, sortable=False, required=True),
        Column("what", what, "rich", 260, 140, stretch=True, sortable=False, required=True),
        Column("unit", unit, "secondary", 100, 80, sortable=False),
        Column("due", due, "due", 168, 110, sortable=False, required=True),
        Column("number", number, "secondary", 124, 96, sortable=False, hidden=True),
    )


def key_of_line(line: UpwardLine) -> str:
    """The id of a line: type and entity."""
    kind = "instruction" if isinstance(line.row, Instruction) else "urgent_report"
    return f"{kind}:{line.row.id}"


def upward_rows(r: Reader, queue: UpwardQueue) -> tuple[FrozenRow, ...]:
    """A queue, ready to be drawn."""
    return tuple(_row(r, line) for line in upward_lines(r, queue))


def _row(r: Reader, line: UpwardLine) -> FrozenRow:
    row, stands = line.row, _standing(r, line)
    if isinstance(row, Instruction):
        who, text = row.given_by, row.text or line.title
    else:
        who, text = row.author_name, row.what or line.title
    spoken = ", ".join(part for part in (who, text, line.unit, str(stands[roles.DISPLAY])) if part)
    cells: tuple[dict[int, object], ...] = (
        {
            roles.DISPLAY: case_words.light(line.light),
            roles.LIGHT: "" if line.light == "none" else line.light,
        },
        {roles.DISPLAY: who},
        {
            roles.DISPLAY: text,
            roles.PENDING: line.pending,
            roles.EMPHASIS: line.light == "overdue",
            roles.TOOLTIP: text,
            roles.ACCESSIBLE: spoken,
        },
        {roles.DISPLAY: line.unit},
        stands,
        {roles.DISPLAY: line.number},
    )
    return key_of_line(line), cells


def _standing(r: Reader, line: UpwardLine) -> dict[int, object]:
    row = line.row
    if not isinstance(row, Instruction):
        words = row.number if row.state in ("approved", "sent") and row.number else ""
        state = upward_words.report_state(row.state)
        return {roles.DISPLAY: " · ".join(p for p in (state, words) if p), roles.LIGHT: ""}
    if row.state != "open":
        at = case_words.moment(r.profile, row.feedback_at, r.now) if row.feedback_at else ""
        state = upward_words.instruction_state(row.state)
        return {roles.DISPLAY: f"{state} {at}".strip(), roles.LIGHT: ""}
    if line.due_at is None:
        return {roles.DISPLAY: QCoreApplication.translate("UpwardRows", "no limit"), roles.LIGHT: ""}
    local = r.profile.local(line.due_at)
    absolute = case_words.moment(r.profile, line.due_at, r.now)
    first, last = (line.due_at, r.now) if line.light == "overdue" else (r.now, line.due_at)
    today = local.date() == r.profile.local(r.now).date()
    span = working_span(r.profile, first, last)
    relative = case_words.short_standing(line.light, span, local, today=today)
    return {roles.DISPLAY: relative, roles.TOOLTIP: absolute, roles.LIGHT: line.light}
