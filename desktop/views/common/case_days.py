"""A deadline's day-by-day reason as cells of the day strip. Must not reckon: the domain did."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication

from desktop.models.domain import deadlines
from desktop.models.domain.calendar import day_kind, day_name
from desktop.models.domain.profile import RuleProfile
from desktop.services.queries.why_due import DueReason
from desktop.views.common.daystrip import Day, DayKind

_LONGEST = 36
_BEHIND = 8
_KINDS: dict[str, DayKind] = {
    "start": "plain",
    "after_hours": "plain",
    "counted": "counted",
    "make_up": "make_up",
    "weekend": "weekend",
    "holiday": "holiday",
    "paused": "paused",
    "extended": "extended",
    "first_due": "counted",
    "computed": "otherwise",
    "due": "counted",
}


def days_of(reason: DueReason, now: datetime, light: str) -> list[Day]:
    """Cells from the start to the due day, and on to today where that is past; the oldest go first when many."""
    profile = reason.profile
    today = profile.local(now).date()
    shown = reason.days[-_LONGEST:]
    cells = [_cell(day, reason, today, light) for day in shown]
    if not shown:
        return cells
    last = shown[-1].day
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


def _cell(day: deadlines.Day, reason: DueReason, today: date, light: str) -> Day:
    return Day(
        figure=str(day.day.day),
        kind=_kind(day, reason),
        label=_label(day, today),
        why=f"{day.day:%m-%d} {_why(day, reason)}",
        today=day.day == today,
        due=day.mark == "due",
        light=light if light in ("overdue", "due_soon", "paused") else "normal",
    )


def _kind(day: deadlines.Day, reason: DueReason) -> DayKind:
    """How a day is drawn; a working day that is no number of the count is neither for nor against it."""
    if day.mark in ("counted", "make_up") and not day.number and _unit(reason) != "hour":
        return "plain"
    return _KINDS[day.mark]


def _label(day: deadlines.Day, today: date) -> str:
    if day.mark == "due":
        return QCoreApplication.translate("CaseDays", "due")
    if day.mark == "computed":
        return QCoreApplication.translate("CaseDays", "by the rule")
    if day.day == today:
        return _today_word()
    if day.mark == "first_due":
        return QCoreApplication.translate("CaseDays", "first due")
    if day.mark in ("start", "after_hours"):
        return QCoreApplication.translate("CaseDays", "start") if day.mark == "start" else ""
    return ""


def _why(day: deadlines.Day, reason: DueReason) -> str:
    said = _said(day, reason)
    if day.mark == "due":
        due = QCoreApplication.translate("CaseDays", "{why}, due")
        return due.format(why=said) if said else QCoreApplication.translate("CaseDays", "due day")
    if day.mark == "first_due":
        first = QCoreApplication.translate("CaseDays", "{why}, due before it was extended")
        return first.format(why=said)
    if day.mark == "computed":
        computed = QCoreApplication.translate("CaseDays", "{why}, due by the rule")
        return computed.format(why=said)
    return said


def _said(day: deadlines.Day, reason: DueReason) -> str:
    if day.mark == "after_hours":
        return QCoreApplication.translate("CaseDays", "came too late to be taken that day")
    if day.mark == "start":
        return _start_words(day)
    if day.mark == "paused":
        return _by(QCoreApplication.translate("CaseDays", "paused, not counted"), day.by)
    if day.number:
        counted = _counted(day, reason.profile, natural=_unit(reason) == "natural_day")
        if day.by:
            extended = QCoreApplication.translate("CaseDays", "{day}, extended by {who}")
            return extended.format(day=counted, who=day.by)
        if day.mark == "extended":
            won = QCoreApplication.translate("CaseDays", "{day}, by an extension")
            return won.format(day=counted)
        return counted
    if _unit(reason) == "hour":
        return QCoreApplication.translate("CaseDays", "runs by the clock")
    if day.kind == "holiday":
        named = day_name(reason.profile.calendar, day.day)
        if named:
            holiday = QCoreApplication.translate("CaseDays", "{holiday}, not counted")
            return holiday.format(holiday=named)
        return QCoreApplication.translate("CaseDays", "holiday, not counted")
    if day.kind == "weekend":
        return QCoreApplication.translate("CaseDays", "weekend, not counted")
    return ""


def _unit(reason: DueReason) -> str:
    return reason.terms.unit if reason.terms is not None else "working_day"


def _counted(day: deadlines.Day, profile: RuleProfile, *, natural: bool) -> str:
    if natural:
        count = QCoreApplication.translate("CaseDays", "day {n}")
    else:
        count = QCoreApplication.translate("CaseDays", "working day {n}")
    said = count.format(n=day.number)
    named = day_name(profile.calendar, day.day)
    if day.kind == "make_up" and named:
        made_up = QCoreApplication.translate("CaseDays", "{day}, made up for {holiday}")
        return made_up.format(day=said, holiday=named)
    return said


def _start_words(day: deadlines.Day) -> str:
    if day.number:
        return QCoreApplication.translate("CaseDays", "the start day, counted as the first")
    return QCoreApplication.translate("CaseDays", "the start day does not count")


def _by(said: str, who: str) -> str:
    if not who:
        return said
    agreed = QCoreApplication.translate("CaseDays", "{what}, agreed by {who}")
    return agreed.format(what=said, who=who)


def _late_words(day: date) -> str:
    late = QCoreApplication.translate("CaseDays", "{day}, past the time limit")
    return late.format(day=f"{day:%m-%d}")


def _today_word() -> str:
    return QCoreApplication.translate("CaseDays", "today")
