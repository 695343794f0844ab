"""The five clocks of a ticket: which rule of the profile holds for it, from which event, until when, and why.

The one place where the whole rule profile is evaluated, by the server when it computes and by the desktop when it
explains. Pure; what happened to a ticket is given, nothing is read here.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from .calendar import working_days_between
from .deadlines import Day, Due, Pause, due_by_rule, extend, walk_to
from .entities import Extension, RequestType, Ticket, UnitKind, Urgency
from .profile import ClockName, DeadlineRule, RuleProfile, StartEvent

CLOCKS: tuple[ClockName, ...] = ("sign", "first_contact", "handling", "feedback", "visit")
_AFTER: dict[ClockName, StartEvent] = {"feedback": "complete", "visit": "complete"}
"""What a clock without a rule of its own starts at; the others at dispatch."""


class Situation(Struct, frozen=True, kw_only=True):
    """What the rules ask of a ticket."""

    request_type: RequestType
    urgency: Urgency
    unit_kind: UnitKind
    rework: bool = False


class Explained(Struct, frozen=True, kw_only=True):
    """Why the handling clock of a ticket ends when it does.

    ``start`` is when its event happened; ``computed_at`` is where the rule ends it, pauses and granted extensions
    included; ``agrees`` = so does the server. ``open_pause`` = the clock stands still now, and the due time will move
    by what that takes. ``missed_at`` = a due time that had already passed when an extension was asked for: no extension
    cures that.
    """

    rule: DeadlineRule
    start: datetime
    computed_at: datetime
    agrees: bool
    provisional: bool
    open_pause: bool
    missed_at: datetime | None
    days: tuple[Day, ...]


def rule_of(profile: RuleProfile, clock: ClockName, of: Situation) -> DeadlineRule | None:
    """The first rule of the clock that matches; else its limit for all, without a name.

    None where the city sets the clock no limit at all.
    """
    for rule in profile.deadlines:
        if rule.clock == clock and _matches(rule, of):
            return rule
    stages = profile.stages
    limits = {
        "sign": stages.sign_days,
        "first_contact": stages.first_contact_days,
        "handling": stages.rework_days if of.rework else 0,
        "feedback": stages.feedback_days,
        "visit": stages.visit_days,
    }
    if not limits[clock]:
        return None
    event = _AFTER.get(clock, "dispatch")
    return DeadlineRule(name="", clock=clock, limit=limits[clock], start_event=event)


def situation_of(ticket: Ticket, unit_kind: UnitKind) -> Situation:
    """A ticket as the rules see it. ``unit_kind`` is that of its lead."""
    return Situation(
        request_type=ticket.request_type,
        urgency=ticket.urgency,
        unit_kind=unit_kind,
        rework=ticket.rework > 0,
    )


def starts_at(rule: DeadlineRule, ticket: Ticket) -> datetime | None:
    """When the event happened that a rule starts at; None while it has not."""
    return {
        "dispatch": ticket.dispatched_at,
        "sign": ticket.signed_at,
        "complete": ticket.completed_at,
    }[rule.start_event]


def pauses_of(rule: DeadlineRule, ticket: Ticket) -> tuple[Pause, ...]:
    """The spans of a ticket's life that a rule does not count."""
    spans = [Pause(p.start, p.end, p.by) for p in ticket.pauses if p.state in rule.pause_states]
    told = any(p.end is None for p in ticket.pauses)
    if ticket.paused_at is not None and not told and ticket.state in rule.pause_states:
        spans.append(Pause(ticket.paused_at))  # a source that tells of the present pause alone
    return tuple(spans)


def due_of(profile: RuleProfile, clock: ClockName, ticket: Ticket, unit_kind: UnitKind) -> Due | None:
    """The due time of one clock by the rules, before extensions; None while it has not begun or has no limit."""
    rule = rule_of(profile, clock, situation_of(ticket, unit_kind))
    start = starts_at(rule, ticket) if rule is not None else None
    if rule is None or start is None:
        return None
    return due_by_rule(profile, rule, start, pauses_of(rule, ticket) if clock == "handling" else ())


def may_extend(rule: DeadlineRule, granted: int, days: int) -> Literal["", "too_often", "too_long"]:
    """Why a rule allows no further extension by so many working days after ``granted`` of them; "" where it does."""
    if rule.extensions is not None and granted >= rule.extensions:
        return "too_often"
    if rule.extension_days is not None and days > rule.extension_days:
        return "too_long"
    return ""


def cures(extension: Extension) -> bool:
    """Whether an extension was asked for before the limit had run out: one that came later cures no overdue."""
    asked = extension.asked_at or extension.granted_at
    return asked is None or asked <= extension.old_due_at


def explain_handling(profile: RuleProfile, ticket: Ticket, unit_kind: UnitKind) -> Explained | None:
    """The handling clock of a ticket, day by day to the server's due time.

    None where there is nothing to explain it by: no due time, an event that is not told, or the rule of another system.
    """
    rule = _named_rule(profile, ticket, unit_kind)
    start = starts_at(rule, ticket) if rule is not None else None
    if rule is None or ticket.due_at is None:
        return None
    if start is None:
        start = ticket.dispatched_at or ticket.received_at
    pauses = pauses_of(rule, ticket)
    due = due_by_rule(profile, rule, start, pauses)
    days, at, provisional = list(due.days), due.at, due.provisional
    for extension in ticket.extensions:
        longer = _extended(profile, at, extension)
        days[-1] = replace(days[-1], mark="first_due" if days[-1].mark == "due" else days[-1].mark)
        days += _numbered(longer.days, max(day.number for day in days))
        at, provisional = longer.at, provisional or longer.provisional
    open_pause = any(p.end is None for p in pauses)
    agrees = at == ticket.due_at
    if not agrees:
        days = _to_both(profile, days, profile.local(ticket.due_at))
    else:
        days[-1] = replace(days[-1], mark="due")
    return Explained(
        rule=rule,
        start=start,
        computed_at=at,
        agrees=agrees,
        provisional=provisional,
        open_pause=open_pause,
        missed_at=next((e.old_due_at for e in ticket.extensions if not cures(e)), None),
        days=tuple(days),
    )


def _named_rule(profile: RuleProfile, ticket: Ticket, unit_kind: UnitKind) -> DeadlineRule | None:
    """The rule by the name the server gave; by the table where it gave none."""
    if not ticket.due_rule:
        return rule_of(profile, "handling", situation_of(ticket, unit_kind))
    named = (rule for rule in profile.deadlines if rule.clock == "handling" and rule.name == ticket.due_rule)
    return next(named, None)


def _extended(profile: RuleProfile, at: datetime, extension: Extension) -> Due:
    """Where an extension leads from a due time of ours: by as many working days as it moved the server's."""
    first, last = profile.local(extension.old_due_at), profile.local(extension.new_due_at)
    count = working_days_between(profile.calendar, first.date(), last.date())
    longer = extend(profile, at, max(count, 0), by=extension.granted_by)
    if at == extension.old_due_at and longer.at.date() == last.date():
        return replace(longer, at=last)  # to an hour of that day which is the server's to name
    return longer


def _numbered(days: tuple[Day, ...], number: int) -> list[Day]:
    """Extended days, counting on from the limit."""
    return [replace(day, number=day.number + number) if day.number else day for day in days]


def _to_both(profile: RuleProfile, days: list[Day], told: datetime) -> list[Day]:
    """The days to the server's due time and to ours, whichever is later, with both marked; after ours none counts."""
    days[-1] = replace(days[-1], mark="computed")
    last = days[-1].day
    if told.date() > last:
        days += (replace(day, number=0) for day in walk_to(profile, last, told.date()))
    return [replace(day, mark="due") if day.day == told.date() else day for day in days]


def _matches(rule: DeadlineRule, of: Situation) -> bool:
    pairs: tuple[tuple[object, object], ...] = (
        (rule.request_type, of.request_type),
        (rule.urgency, of.urgency),
        (rule.unit_kind, of.unit_kind),
        (rule.rework, of.rework),
    )
    return all(wanted in (None, found) for wanted, found in pairs)
