"""The lines of a bulk preview: tick, number, matter, and in words why a case is left out or what became of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from desktop.models.items import roles
from desktop.models.items.frozen import FrozenRow
from desktop.services.queries.bulk import BulkResult, BulkRow
from desktop.views.common import case_words
from desktop.views.common.bulk_words import result_words
from desktop.views.common.columns import Column
from desktop.views.common.words import code_words


def bulk_columns() -> tuple[Column, ...]:
    """In the order of :func:`bulk_line`."""
    number = QCoreApplication.translate("BulkPanel", "Number")
    matter = QCoreApplication.translate("BulkPanel", "Matter")
    state = QCoreApplication.translate("BulkPanel", "State")
    return (
        Column("tick", "", "check", width=36, sortable=False, required=True),
        Column("number", number, "text", width=112, sortable=False, required=True),
        Column("matter", matter, "rich", stretch=True, min_width=90, sortable=False, required=True),
        Column("state", state, "pill", width=162, min_width=90, sortable=False, required=True),
    )


def bulk_line(row: BulkRow, *, ticked: bool, result: BulkResult | None, refused: str) -> FrozenRow:
    """One case; once it was done, ``result`` or ``refused`` says what became of it."""
    light, state = _state(row, result, refused)
    spoken = ", ".join(part for part in (row.number, row.title, state) if part)
    cells: tuple[Mapping[int, object], ...] = (
        {roles.CHECKED: ticked, roles.ACCESSIBLE: spoken},
        {roles.DISPLAY: row.number},
        {roles.DISPLAY: row.title, roles.SECONDARY: row.unit, roles.TOOLTIP: f"{row.title}\n{row.unit}"},
        {roles.DISPLAY: state, roles.LIGHT: light, roles.TOOLTIP: state},
    )
    return row.ticket_id, cells


def hindrance_words(code: str) -> str:
    """Why a case is left out, "" for nothing."""
    return {
        "closed": QCoreApplication.translate("BulkPanel", "Completed"),
        "no_unit": QCoreApplication.translate("BulkPanel", "No unit yet"),
        "unit_recused": QCoreApplication.translate("BulkPanel", "About the unit itself"),
        "clearance_needed": QCoreApplication.translate("BulkPanel", "Report: needs clearance"),
        "not_your_case": QCoreApplication.translate("BulkPanel", "Not yours to give"),
        "no_visit": QCoreApplication.translate("BulkPanel", "No visit waits"),
    }.get(code, "")


def _state(row: BulkRow, result: BulkResult | None, refused: str) -> tuple[str, str]:
    if refused == "already_sent":
        return "normal", QCoreApplication.translate("BulkPanel", "Sent already")
    if refused:
        return "overdue", code_words(refused)
    if result is not None:
        return result_words(result)
    if row.hindrance:
        return "paused", hindrance_words(row.hindrance)
    if row.urged_today:
        return "due_soon", QCoreApplication.translate("BulkPanel", "Urged today")
    if row.assigned_name:
        assigned = QCoreApplication.translate("BulkPanel", "Now: {name}")
        return "paused", assigned.format(name=row.assigned_name)
    return row.light, case_words.short_standing(row.light, row.span, row.due_at, today=row.due_today)
