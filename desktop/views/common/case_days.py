"""A deadline's day-by-day reason as cells of the day strip. Must not reckon: the domain did."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.domain import deadlines
from desktop.models.domain.calendar import day_kind
from desktop.models.domain.profile import RuleProfile
from desktop.services.queries.ticket_panel import DueReason
from desktop.views.common.daystrip import Day, DayKind

_LONGEST = 36
_BEHIND = 8
_KINDS: dict[str, DayKind] = {
    "start": "plain",
    "counted": "counted",
    "make_up": "make_up",
    "weekend": "weekend",
    "holiday": "holiday",
    "paused": "paused",
    "due": "counted",
}


def days_of(reason: DueReason, profile: RuleProfile, now: datetime, light: str) -> list[Day]:
    """Cells from the start to the due day, and on to today where that is past; the oldest go first when many."""
    today = profile.local(now).date()
    cells = [_cell(day, profile, today, light) for day in reason.days[-_LONGEST:]]
    if not reason.days:
        return cells
    last = reason.days[-1].day
    behind = min((today - last).days, _BEHIND)
    for step in range(1, behind + 1):
        day = last + timedelta(days=step)
        kind = day_kind(profile.calendar, day)
        rest = kind in ("weekend", "holiday")
        cells.append(
            Day(
                figure=str(day.day),
                kind="plain" if not rest else "weekend" if kind == "weekend" else "holiday",
                label=_today_word() if day == today else "",
                why=_late_words(day),
                today=day == today,
            )
        )
    return cells


def _cell(day: deadlines.Day, profile: RuleProfile, today: date, light: str) -> Day:
    why = f"{day.day:%m-%d} {_why(day, profile)}"
    label = ""
    if day.mark == "start":
        label = QCoreApplication.translate("CaseDays", "start")
    if day.day == today:
        label = _today_word()
    if day.mark == "due":
        label = QCoreApplication.translate("CaseDays", "due")
    return Day(
        figure=str(day.day.day),
        kind=_KINDS[day.mark],
        label=label,
        why=why,
        today=day.day == today,
        due=day.mark == "due",
        light=light if light in ("overdue", "due_soon", "paused") else "normal",
    )


def _why(day: deadlines.Day, profile: RuleProfile) -> str:
    named = profile.calendar.days_off.get(day.day) or profile.calendar.make_up_days.get(day.day) or ""
    if day.mark in ("counted", "make_up", "due") and day.number:
        count = QCoreApplication.translate("CaseDays", "working day {n}")
        said = count.format(n=day.number)
        if day.kind == "make_up":
            made_up = QCoreApplication.translate("CaseDays", "{day}, made up for {holiday}")
            return made_up.format(day=said, holiday=named)
        return said
    if day.mark == "start":
        return QCoreApplication.translate("CaseDays", "the start day does not count")
    if day.mark == "paused":
        return QCoreApplication.translate("CaseDays", "paused, not counted")
    if day.kind == "holiday":
        return named or QCoreApplication.translate("CaseDays", "holiday, not counted")
    if day.kind == "weekend":
        return QCoreApplication.translate("CaseDays", "weekend, not counted")
    return QCoreApplication.translate("CaseDays", "due day")


def _late_words(day: date) -> str:
    late = QCoreApplication.translate("CaseDays", "{day}, past the time limit")
    return late.format(day=f"{day:%m-%d}")


def _today_word() -> str:
    return QCoreApplication.translate("CaseDays", "today")
