"""The list of what is asked of a unit: its columns, and what stands in their cells. Runs in the reading lane."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.deadlines import working_span
from desktop.models.domain.tickets import Light
from desktop.models.items import roles
from desktop.models.items.frozen import FrozenRow
from desktop.services.queries.base import Reader
from desktop.services.queries.my_cases import Ask, asked_of_my_unit
from desktop.views.common import case_words
from desktop.views.common.columns import Column

ICONS = {
    "urge": "bell-ring",
    "notice": "stamp",
    "finding": "clipboard-check",
    "rectification": "file-check",
    "inquiry": "phone",
}


def ask_columns() -> tuple[Column, ...]:
    """The columns in the model's order."""
    light = QCoreApplication.translate("AskRows", "Time limit state")
    kind = QCoreApplication.translate("AskRows", "Asked")
    matter = QCoreApplication.translate("AskRows", "Matter")
    due = QCoreApplication.translate("AskRows", "Answer until")
    number = QCoreApplication.translate("AskRows", "Ticket")
    asked = QCoreApplication.translate("AskRows", "Asked by")
    return (
        Column("light", light, "mark", 28, sortable=False, required=True),
        Column("kind", kind, "rich", 172, 96, sortable=False),
        Column("matter", matter, "rich", 280, 160, stretch=True, sortable=False, required=True),
        Column("due", due, "due", 172, 96, sortable=False, required=True),
        Column("number", number, "secondary", 124, 96, sortable=False),
        Column("asked", asked, "secondary", 132, 96, sortable=False, hidden=True),
    )


def kind_words(ask: Ask) -> str:
    """催办, 督办单 or a higher step, 检查问题, 整改, 联系记录."""
    if ask.rung:
        return case_words.rung(ask.rung)
    return {
        "urge": QCoreApplication.translate("AskRows", "Urge"),
        "finding": QCoreApplication.translate("AskRows", "Finding"),
        "rectification": QCoreApplication.translate("AskRows", "Rectification"),
        "inquiry": QCoreApplication.translate("AskRows", "Contact log"),
    }.get(ask.kind, ask.kind)


def row_key(ask: Ask) -> str:
    """The id of an ask's line: kind and entity."""
    return f"{ask.kind}:{ask.entity_id}"


def light_of(r: Reader, ask: Ask) -> Light:
    """How its time stands; an ask without a limit, or answered already, has a quiet mark."""
    if ask.due_at is None or ask.answered:
        return "none"
    if ask.due_at < r.now:
        return "overdue"
    hours = (ask.due_at - r.now).total_seconds() / 3600
    return "due_soon" if hours <= r.profile.due_soon_hours else "normal"


def prepared_asks(r: Reader) -> tuple[tuple[Ask, ...], tuple[FrozenRow, ...]]:
    """What is asked of my unit, and the same ready to be drawn."""
    asks = asked_of_my_unit(r)
    return asks, tuple(_prepare(r, ask) for ask in asks)


def _prepare(r: Reader, ask: Ask) -> FrozenRow:
    light = light_of(r, ask)
    absolute = case_words.moment(r.profile, ask.due_at, r.now) if ask.due_at else ""
    asked = case_words.moment(r.profile, ask.asked_at, r.now)
    waiting = QCoreApplication.translate("AskRows", "waiting to be sent")
    shown: dict[int, object] = {roles.DISPLAY: absolute, roles.LIGHT: ""}
    if ask.answered and not ask.pending:
        looked = QCoreApplication.translate("AskRows", "with the office")
        shown = {roles.DISPLAY: looked, roles.LIGHT: "paused"}
    elif ask.answered:
        shown = {roles.DISPLAY: waiting, roles.LIGHT: "pending"}
    elif ask.due_at is not None and light != "none":
        first, last = (ask.due_at, r.now) if light == "overdue" else (r.now, ask.due_at)
        span = working_span(r.profile, first, last)
        today = r.profile.local(ask.due_at).date() == r.profile.local(r.now).date()
        relative = case_words.short_standing(light, span, r.profile.local(ask.due_at), today=today)
        shown = {roles.DISPLAY: relative, roles.TOOLTIP: absolute, roles.LIGHT: light}
    kind = kind_words(ask)
    spoken = ", ".join(p for p in (kind, ask.ticket_title, ask.ticket_number, str(shown[roles.DISPLAY])) if p)
    mark = shown[roles.LIGHT] if ask.answered else ("" if light == "none" else light)
    cells: tuple[dict[int, object], ...] = (
        {roles.DISPLAY: case_words.light(light), roles.LIGHT: mark},
        {roles.DISPLAY: kind, roles.ICON: ICONS[ask.kind], roles.TOOLTIP: kind},
        {
            roles.DISPLAY: ask.ticket_title,
            roles.PENDING: ask.pending,
            roles.EMPHASIS: not ask.answered and light == "overdue",
            roles.TOOLTIP: ask.summary,
            roles.ACCESSIBLE: spoken,
        },
        shown,
        {roles.DISPLAY: ask.ticket_number},
        {roles.DISPLAY: f"{ask.asked_by} {asked}".strip()},
    )
    return row_key(ask), cells
