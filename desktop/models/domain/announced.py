"""A due time that was provisional, reckoned anew once its year is announced: the rules stay, the days off change.

Pure and shared: the server moves due times by it, the desktop explains them by the same rules with the same days. What
another system has told is left as it is.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from .calendar import is_provisional, working_days_between
from .clocks import due_of, explain_handling
from .deadlines import extend
from .entities import OPEN_STATES, Extension, Ticket, UnitKind
from .profile import CalendarData, ClockName, RuleProfile


class Renewed(Struct, frozen=True):
    """The ticket with the due times that the announced days give it, and its handling limit before."""

    ticket: Ticket
    before: datetime


def with_days_of(rules: RuleProfile, other: RuleProfile | None) -> RuleProfile:
    """The rules with the calendar of another version; with their own for None."""
    return rules if other is None else replace(rules, calendar=other.calendar)


def calendar_version(ticket: Ticket) -> int:
    """The version whose calendar the due time was reckoned with, 0 where that was not told."""
    return ticket.due_calendar or ticket.due_profile


def renewed(
    ticket: Ticket, unit_kind: UnitKind, rules: RuleProfile, former: CalendarData, announced: RuleProfile
) -> Renewed | None:
    """An open ticket whose due time lay past ``former``, by ``rules`` as they were and the days of ``announced``.

    None where there is nothing to reckon: no limit, one that was definite, one that ``announced`` does not reach, or
    one that the rules do not explain.
    """
    due_at = ticket.due_at
    if due_at is None or not ticket.due_profile or ticket.state not in OPEN_STATES:
        return None
    old, new = replace(rules, calendar=former), with_days_of(rules, announced)
    if announced.calendar.announced_until <= former.announced_until:
        return None
    if not is_provisional(former, rules.local(due_at).date()):
        return None
    found = explain_handling(old, ticket, unit_kind)
    fresh = explain_handling(new, replace(ticket, extensions=()), unit_kind)
    if found is None or fresh is None or not (found.agrees or found.open_pause):
        return None
    extensions, at = _extended(old, new, ticket.extensions, fresh.computed_at)
    early = {name: _early(old, new, name, told, ticket, unit_kind) for name, told in _early_clocks(ticket)}
    return Renewed(
        replace(
            ticket,
            due_at=at,
            due_provisional=found.open_pause or is_provisional(new.calendar, rules.local(at).date()),
            due_calendar=announced.version,
            extensions=extensions,
            sign_due_at=early["sign"],
            first_contact_due_at=early["first_contact"],
        ),
        due_at,
    )


def _extended(
    old: RuleProfile, new: RuleProfile, granted: tuple[Extension, ...], at: datetime
) -> tuple[tuple[Extension, ...], datetime]:
    """The extensions from a due time on, each by as many working days as it was granted for, and where they end."""
    moved = []
    for each in granted:
        first, last = old.local(each.old_due_at), old.local(each.new_due_at)
        days = max(working_days_between(old.calendar, first.date(), last.date()), 0)
        ends = extend(new, at, days).at
        ends = ends.replace(hour=last.hour, minute=last.minute, second=last.second)  # the server's to name
        moved.append(replace(each, old_due_at=at, new_due_at=ends))
        at = ends
    return tuple(moved), at


def _early_clocks(ticket: Ticket) -> tuple[tuple[ClockName, datetime | None], ...]:
    return (("sign", ticket.sign_due_at), ("first_contact", ticket.first_contact_due_at))


def _early(
    old: RuleProfile,
    new: RuleProfile,
    clock: ClockName,
    told: datetime | None,
    ticket: Ticket,
    unit_kind: UnitKind,
) -> datetime | None:
    """The due time of a clock that ends before the handling; as it was where the rules did not give it."""
    before, after = (due_of(rules, clock, ticket, unit_kind) for rules in (old, new))
    if told is None or before is None or after is None or before.at != told:
        return told
    return after.at
