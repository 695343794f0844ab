"""Why a case is due when it is, in sentences: for the panel, for a screen reader, and to be read out on the telephone.

What goes to the telephone names the case by number and unit and nobody by name but colleagues: whoever is called may
write it down. Codes and times in, translated texts out; must not reckon what the domain has not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.calendar import day_name
from desktop.models.domain.clocks import may_extend
from desktop.models.domain.deadlines import Day, extend
from desktop.models.domain.office_hours import day_minutes
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.services.queries.why_due import DueReason
from desktop.views.common import case_words as words

_LINKED = frozenset(("first_due", "computed", "due", "start"))


def rule(reason: DueReason) -> str:
    """The rule with its version: "投诉 5个工作日 · rules, version 3"."""
    parts = [_named(reason), version(reason)]
    if reason.terms is not None and reason.terms.cut_off is not None:
        late = QCoreApplication.translate("DueWords", "what comes after {time} is taken the next working day")
        parts.append(late.format(time=f"{reason.terms.cut_off:%H:%M}"))
    return " · ".join(part for part in parts if part)


def version(reason: DueReason) -> str:
    """Which version of the city's rules the due time was computed with."""
    if not reason.held:
        missing = QCoreApplication.translate(
            "DueWords", "computed by version {n} of the rules, which this computer does not have"
        )
        return missing.format(n=reason.version)
    if reason.terms is None:
        return QCoreApplication.translate("DueWords", "a rule of another system, not reckoned here")
    if reason.version == 0:
        present = QCoreApplication.translate(
            "DueWords", "version of the rules not told; explained by version {n}"
        )
        return present.format(n=reason.profile.version)
    told = QCoreApplication.translate("DueWords", "rules version {n}, in force since {day}")
    said = told.format(n=reason.version, day=f"{reason.profile.effective_from:%Y-%m-%d}")
    if not reason.calendar:
        return said
    announced = QCoreApplication.translate("DueWords", "days off as announced with version {n}")
    return f"{said} · {announced.format(n=reason.calendar)}"


def left(reason: DueReason, now: datetime) -> str:
    """What is left in working time; "" where no clock runs or it is late."""
    if reason.paused:
        return QCoreApplication.translate("DueWords", "The clock stands still.")
    if reason.left is None or reason.due_at <= now:
        return ""
    working = minutes(reason.left)
    if reason.terms is not None and reason.terms.unit == "hour":
        whole = int((reason.due_at - now).total_seconds()) // 60
        by_clock = QCoreApplication.translate(
            "DueWords", "Left by the clock: {clock}; of it working time: {working}."
        )
        return by_clock.format(clock=minutes(whole), working=working)
    days, rest = divmod(reason.left, day_minutes(reason.profile))
    if not days:
        only = QCoreApplication.translate("DueWords", "Working time left: {working}.")
        return only.format(working=working)
    split = QCoreApplication.translate("DueWords", "Working time left: {working}, which is {days}.")
    return split.format(working=working, days=words.working_time((days, rest // 60)))


def minutes(count: int) -> str:
    """ "9 h 30 min"."""
    hours, rest = divmod(count, 60)
    if not hours:
        return QCoreApplication.translate("DueWords", "{m} min").format(m=rest)
    if not rest:
        return QCoreApplication.translate("DueWords", "{h} h").format(h=hours)
    return QCoreApplication.translate("DueWords", "{h} h {m} min").format(h=hours, m=rest)


def counted(reason: DueReason) -> str:
    """How many days of each kind lie in the strip: "Counted 5 · weekend 2 · 国庆节 3 · extended 3 (李强)"."""
    days = reason.days
    if reason.terms is not None and reason.terms.unit == "hour":
        return QCoreApplication.translate("DueWords", "Hours run by the clock, through nights and days off.")
    parts: list[str] = []
    own = [day for day in days if day.number and not _won(day)]
    if own:
        plain = QCoreApplication.translate("DueWords", "Counted {n}")
        between = QCoreApplication.translate("DueWords", "Working days in between {n}")
        parts.append((plain if reason.terms is not None else between).format(n=len(own)))
    made_up = sum(day.kind == "make_up" for day in own)
    if made_up:
        worked = QCoreApplication.translate("DueWords", "of them make-up days {n}")
        parts.append(worked.format(n=made_up))
    for holiday, number in _tally(_off(day, reason) for day in days):
        parts.append(f"{holiday} {number}")
    for who, number in _tally(day.by or "?" for day in days if day.mark == "paused"):
        paused = QCoreApplication.translate("DueWords", "paused {n}")
        parts.append(_with(paused.format(n=number), "" if who == "?" else who))
    for who, number in _tally(day.by or "?" for day in days if _won(day)):
        extended = QCoreApplication.translate("DueWords", "extended by {n}")
        parts.append(_with(extended.format(n=number), "" if who == "?" else who))
    return " · ".join(parts)


def doubts(reason: DueReason, now: datetime) -> list[str]:
    """What a person must know before relying on the due time: provisional, missed before."""
    found = []
    if reason.provisional:
        found.append(
            QCoreApplication.translate("DueWords", "Provisional: it may still move.")
            if reason.paused
            else QCoreApplication.translate(
                "DueWords", "Provisional: the working calendar of that year is not announced yet."
            )
        )
    if reason.missed_at is not None:
        missed = QCoreApplication.translate(
            "DueWords", "Extended only after {time} had passed: that it was late then stays on record."
        )
        found.append(missed.format(time=words.moment(reason.profile, reason.missed_at, now)))
    return found


def disagreement(reason: DueReason, now: datetime) -> str:
    """The server's due time and ours, where they differ; else ""."""
    if not reason.disagrees or reason.computed_at is None:
        return ""
    differ = QCoreApplication.translate(
        "DueWords", "The server says {server}, the rule gives {rule}. The server's time decides."
    )
    told = words.moment(reason.profile, reason.due_at, now)
    return differ.format(server=told, rule=words.moment(reason.profile, reason.computed_at, now))


def what_if(reason: DueReason, days: int, now: datetime) -> str:
    """Until when it would be due, were it extended by so many working days, and what the rule says to that."""
    longer = extend(reason.profile, reason.due_at, days)
    would = QCoreApplication.translate("DueWords", "due {time}, {weekday}")
    at = words.moment(reason.profile, longer.at, now)
    parts = [would.format(time=at, weekday=weekday(reason.profile.local(longer.at).date()))]
    if longer.provisional:
        parts.append(QCoreApplication.translate("DueWords", "provisional"))
    if reason.due_at < now:
        parts.append(QCoreApplication.translate("DueWords", "what is late already stays late"))
    if reason.terms is not None:
        refusal = may_extend(reason.terms, len(reason.extensions), days)
        if refusal == "too_often":
            often = QCoreApplication.translate(
                "DueWords", "the rule allows no more extensions than the {n} granted"
            )
            parts.append(often.format(n=reason.terms.extensions))
        elif refusal == "too_long":
            long = QCoreApplication.translate("DueWords", "the rule allows at most {n} working days at once")
            parts.append(long.format(n=reason.terms.extension_days))
    return " · ".join(parts)


def spoken(panel: TicketPanel, reason: DueReason) -> str:
    """The whole reason to be read out to a unit: a line a step, no name of a citizen, no text of the request."""
    now = panel.at
    begun = QCoreApplication.translate("DueWords", "Ticket {number}, {unit}, {type}.")
    kind = words.request_type(panel.ticket.request_type)
    lines = [begun.format(number=panel.ticket.number, unit=panel.unit or "—", type=kind)]
    clock = QCoreApplication.translate("DueWords", "Clock began {start}; limit: {rule}; due {due}.")
    start, due = _full(reason.start), _full(reason.due_at)
    lines.append(clock.format(start=start, rule=rule(reason), due=due))
    lines += _days_spoken(reason)
    for extension in reason.extensions:
        moved = QCoreApplication.translate("DueWords", "Extended from {old} to {new}.")
        old, new = (_full(reason.profile.local(at)) for at in (extension.old_due_at, extension.new_due_at))
        lines.append(_with(moved.format(old=old, new=new), extension.granted_by))
    won = [day.day for day in reason.days if _won(day)]
    if won:
        added = QCoreApplication.translate("DueWords", "Added by extension, {n}: {days}.")
        lines.append(added.format(n=len(won), days=_dates(won)))
    lines.append(_stop(words.standing(panel.light, panel.span)))
    lines += [line for line in (left(reason, now), *doubts(reason, now), disagreement(reason, now)) if line]
    return "\n".join(lines)


def weekday(day: date) -> str:
    """ "Monday"."""
    return (
        QCoreApplication.translate("DueWords", "Monday"),
        QCoreApplication.translate("DueWords", "Tuesday"),
        QCoreApplication.translate("DueWords", "Wednesday"),
        QCoreApplication.translate("DueWords", "Thursday"),
        QCoreApplication.translate("DueWords", "Friday"),
        QCoreApplication.translate("DueWords", "Saturday"),
        QCoreApplication.translate("DueWords", "Sunday"),
    )[day.weekday()]


def _days_spoken(reason: DueReason) -> list[str]:
    if reason.terms is not None and reason.terms.unit == "hour":
        return [counted(reason)]
    lines = []
    own = [day.day for day in reason.days if day.number and not _won(day)]
    if own:
        these = QCoreApplication.translate("DueWords", "Counted, {n}: {days}.")
        between = QCoreApplication.translate("DueWords", "Working days in between, {n}: {days}.")
        lines.append((these if reason.terms is not None else between).format(n=len(own), days=_dates(own)))
    groups: dict[str, list[date]] = {}
    for day in reason.days:
        why = _off(day, reason)
        if day.mark == "paused":
            why = _with(QCoreApplication.translate("DueWords", "paused"), day.by)
        if why:
            groups.setdefault(why, []).append(day.day)
    if groups:
        not_these = QCoreApplication.translate("DueWords", "Not counted: {days}.")
        told = (f"{why} {_dates(days)}" for why, days in groups.items())
        lines.append(not_these.format(days="; ".join(told)))
    return lines


def _named(reason: DueReason) -> str:
    if reason.rule or reason.terms is None:
        return reason.rule or QCoreApplication.translate("DueWords", "no rule named")
    limit, unit = reason.terms.limit, reason.terms.unit
    if unit == "natural_day":
        return QCoreApplication.translate("DueWords", "{n} natural days").format(n=limit)
    return words.working_time((limit, 0) if unit == "working_day" else (0, limit))


def _won(day: Day) -> bool:
    """Whether a day was won by an extension: its own mark, or the due day at the end of one."""
    return day.number > 0 and (day.mark == "extended" or (day.mark in _LINKED and bool(day.by)))


def _off(day: Day, reason: DueReason) -> str:
    """Why a day of the strip is not a working day; "" for one that is, or that counts all the same."""
    if day.number or day.mark not in ("weekend", "holiday"):
        return ""
    if day.mark == "weekend":
        return QCoreApplication.translate("DueWords", "weekend")
    named = day_name(reason.profile.calendar, day.day)
    return named or QCoreApplication.translate("DueWords", "holiday")


def _tally(found: Iterable[str]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for each in found:
        if each:
            counts[each] = counts.get(each, 0) + 1
    return list(counts.items())


def _with(said: str, who: str) -> str:
    if not who:
        return said
    agreed = QCoreApplication.translate("DueWords", "{what} ({who})")
    return agreed.format(what=said.rstrip(".。"), who=who) + said[len(said.rstrip(".。")) :]


def _dates(days: list[date]) -> str:
    """ "03-05–03-08, 03-11"."""
    spans: list[list[date]] = []
    for day in days:
        if spans and (day - spans[-1][-1]).days == 1:
            spans[-1].append(day)
        else:
            spans.append([day])
    said = (f"{span[0]:%m-%d}" if len(span) == 1 else f"{span[0]:%m-%d}–{span[-1]:%m-%d}" for span in spans)
    return ", ".join(said)


def _full(at: datetime) -> str:
    said = QCoreApplication.translate("DueWords", "{day} ({weekday}) {time}")
    return said.format(day=f"{at:%Y-%m-%d}", weekday=weekday(at.date()), time=f"{at:%H:%M}")


def _stop(sentence: str) -> str:
    return QCoreApplication.translate("DueWords", "Now: {standing}.").format(standing=sentence)
