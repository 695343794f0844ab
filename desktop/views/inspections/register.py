"""The columns of the register of findings and what stands in their cells. Runs in the reading lane."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from desktop.models.items import roles
from desktop.models.items.windowed import Prepared
from desktop.services.queries.base import Reader
from desktop.services.queries.finding_filter import SORT_KEYS, SortKey
from desktop.services.queries.findings import FindingRow, finding_rows
from desktop.views.common import case_words
from desktop.views.common.columns import Column

_KEYS = ("light", "number", "finding", "severity", "unit", "state", "due", "filed", "ticket")
_SEVERITIES = {"notice": "accent", "ordinary": "accent", "serious": "due_soon", "critical": "overdue"}
_STATES = {
    "draft": "paused",
    "replied": "due_soon",
    "review_requested": "due_soon",
    "rectified": "due_soon",
    "verified": "normal",
    "withdrawn": "paused",
}


def finding_columns() -> tuple[Column, ...]:
    """The columns in the model's order, titled in the language in force."""
    titles = _titles()
    return (
        Column("light", titles["light"], "mark", 28, sortable=False, required=True),
        Column("number", titles["number"], "text", 146, 84, required=True),
        Column("finding", titles["finding"], "rich", 240, 110, stretch=True, sortable=False, required=True),
        Column("severity", titles["severity"], "pill", _severity_width(), 64),
        Column("unit", titles["unit"], "secondary", 84, 56, sortable=False),
        Column("state", titles["state"], "secondary", 104, 64, sortable=False),
        Column("due", titles["due"], "due", 96, 92),
        # Beside the finding, 1280 pixels have no room for these; the order shows what was filed last.
        Column("filed", titles["filed"], "secondary", 96, 64, hidden=True),
        Column("ticket", titles["ticket"], "secondary", 128, 96, hidden=True),
    )


def sort_key(column: str) -> SortKey | None:
    """What the register sorts by for a column."""
    return next((key for key in SORT_KEYS if key == column), None)


def severity_light(severity: str) -> str:
    """The colour that goes with a severity's word."""
    return _SEVERITIES.get(severity, "accent")


def state_light(state: str) -> str:
    """The colour that goes with a state's word: warm where it is our turn."""
    return _STATES.get(state, "accent")


def number_words(number: str) -> str:
    """The number, or that the server has not drawn one yet."""
    return number or QCoreApplication.translate("Register", "To be numbered")


def code_words(code: str, words: str) -> str:
    """ "F01 False completion", or that none is chosen yet."""
    return f"{code} {words}".strip() or QCoreApplication.translate("Register", "No code chosen yet")


def state_words(row: FindingRow) -> str:
    """The state; a form that was begun says so."""
    if not row.finding_id:
        return QCoreApplication.translate("Register", "Form begun")
    return case_words.good_practice_state(row.state) if row.good else case_words.finding_state(row.state)


def standing_words(standing: str) -> str:
    """How the time for the rectification stands, as the register can be asked."""
    return {
        "overdue": case_words.light("overdue"),
        "due_soon": case_words.light("due_soon"),
        "running": QCoreApplication.translate("Register", "With the unit, running"),
        "resting": QCoreApplication.translate("Register", "With the office, resting"),
    }.get(standing, standing)


def fetch(r: Reader, rids: Sequence[int]) -> tuple[Prepared, ...]:
    """The rows of these ids, ready to be drawn."""
    return tuple(prepare(r, row) for row in finding_rows(r, rids))


def prepare(r: Reader, row: FindingRow) -> Prepared:
    """One row's cells, in the order of `finding_columns`."""
    finding = code_words(row.code, row.code_words)
    due = row.rectify_due_at
    absolute = case_words.moment(r.profile, due, r.now) if due else ""
    lit = row.light if row.light != "none" else ""
    relative = ""
    if due is not None and lit not in ("", "normal"):
        today = r.profile.local(due).date() == r.profile.local(r.now).date()
        relative = case_words.short_standing(lit, row.span, r.profile.local(due), today=today)
    about = " ".join(part for part in (row.ticket_number, row.ticket_title) if part)
    cells: dict[str, dict[int, object]] = {
        "light": {roles.DISPLAY: case_words.light(lit) if lit else "", roles.LIGHT: lit},
        "number": {roles.DISPLAY: number_words(row.number)},
        "finding": {
            roles.DISPLAY: finding,
            roles.SECONDARY: about,
            roles.PENDING: row.pending,
            roles.EMPHASIS: row.state in ("replied", "rectified"),
            roles.TOOLTIP: f"{finding}\n{about}",
        },
        "severity": {
            roles.DISPLAY: _severity_words(row),
            roles.LIGHT: "normal" if row.good else severity_light(row.severity),
        },
        "unit": {roles.DISPLAY: row.unit_name, roles.TOOLTIP: row.unit_name},
        "state": {roles.DISPLAY: state_words(row)},
        "due": {roles.DISPLAY: relative or absolute, roles.LIGHT: lit, roles.TOOLTIP: absolute},
        "filed": {
            roles.DISPLAY: case_words.moment(r.profile, row.filed_at, r.now) if row.filed_at else "",
        },
        "ticket": {roles.DISPLAY: row.ticket_number},
    }
    cells["finding"][roles.ACCESSIBLE] = _spoken(row, cells)
    return Prepared(row.rid, row.row_id, tuple(cells[key] for key in _KEYS))


def _severity_words(row: FindingRow) -> str:
    """How grave; good practice is not, and says what it is."""
    if row.good:
        return QCoreApplication.translate("Register", "Good")
    return case_words.severity(row.severity) if row.severity else ""


def _severity_width() -> int:
    """Wide enough for the longest word in the language in force, at 100 %."""
    words = [case_words.severity(code) for code in _SEVERITIES]
    return 48 + max(sum(12 if ord(letter) > 0x2E80 else 7 for letter in word) for word in words)


def _spoken(row: FindingRow, cells: dict[str, dict[int, object]]) -> str:
    """What a screen reader says of the row: in words what mark, pill and arrow show."""
    keys = ("number", "finding", "severity", "unit", "state", "due", "ticket")
    shown = [str(cells[key][roles.DISPLAY]) for key in keys]
    if row.pending:
        shown.append(QCoreApplication.translate("Register", "waiting to be sent"))
    return ", ".join(part for part in shown if part)


def _titles() -> dict[str, str]:
    return {
        "light": QCoreApplication.translate("Register", "Time limit state"),
        "number": QCoreApplication.translate("Register", "Number"),
        "finding": QCoreApplication.translate("Register", "Finding"),
        "severity": QCoreApplication.translate("Register", "Severity"),
        "unit": QCoreApplication.translate("Register", "Unit"),
        "state": QCoreApplication.translate("Register", "State"),
        "due": QCoreApplication.translate("Register", "Put right by"),
        "filed": QCoreApplication.translate("Register", "Filed"),
        "ticket": QCoreApplication.translate("Register", "Ticket"),
    }
