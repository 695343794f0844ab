"""Why a case is due when it is: the rule and its version, the days, what is left in working time.

The server's due time decides; the computation here explains it, by the rules it was made with, and where the two
disagree it says so. Knows no word of the interface.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.models.domain.announced import with_days_of
from desktop.models.domain.clocks import explain_handling
from desktop.models.domain.deadlines import Day, explain
from desktop.models.domain.entities import PAUSED_STATES, Extension, Ticket, UnitKind
from desktop.models.domain.office_hours import working_minutes
from desktop.models.domain.profile import DeadlineRule, RuleProfile
from desktop.models.domain.tickets import is_open
from desktop.models.store import settings

from .base import Reader


class DueReason(Struct, frozen=True, kw_only=True):
    """Why the handling clock ends when it does, day by day.

    ``profile`` are the rules it is explained by. ``version`` is what the server computed with, 0 where it did not say;
    ``calendar`` is the version that announced the days off, 0 = the same; ``held`` = both are in this store. ``terms``
    is the rule, and ``computed_at`` where it ends; None where no rule here explains the due time. ``start`` = when the
    clock began. ``left`` = working minutes until it is due, None where no clock runs; ``missed_at`` = a due time that
    had passed before an extension was asked for.
    """

    rule: str
    terms: DeadlineRule | None
    start: datetime
    version: int
    calendar: int
    held: bool
    profile: RuleProfile
    due_at: datetime
    computed_at: datetime | None
    disagrees: bool
    provisional: bool
    paused: bool
    missed_at: datetime | None
    extensions: tuple[Extension, ...]
    left: int | None
    days: tuple[Day, ...]


def due_reason(r: Reader, ticket: Ticket) -> DueReason | None:
    """The day-by-day reason of a due time; None for a ticket without one."""
    if ticket.due_at is None:
        return None
    rules = rules_of_case(r, ticket)
    profile = rules or r.profile
    found = explain_handling(profile, ticket, _unit_kind(r, ticket)) if rules is not None else None
    due_at = profile.local(ticket.due_at)
    paused = is_open(ticket) and ticket.state in PAUSED_STATES
    runs = is_open(ticket) and not paused
    return DueReason(
        rule=ticket.due_rule if found is None else found.rule.name,
        terms=None if found is None else found.rule,
        start=profile.local(_start(ticket) if found is None else found.start),
        version=ticket.due_profile,
        calendar=ticket.due_calendar,
        held=rules is not None,
        profile=profile,
        due_at=due_at,
        computed_at=None if found is None else found.computed_at,
        disagrees=found is not None and not found.agrees and not found.open_pause,
        provisional=ticket.due_provisional or (found is not None and found.provisional),
        paused=paused,
        missed_at=None if found is None else found.missed_at,
        extensions=ticket.extensions,
        left=working_minutes(profile, r.now, due_at) if runs else None,
        # A rule of another system, or of a version we do not have: nothing here can contradict it.
        days=found.days if found is not None else explain(profile, _start(ticket), due_at),
    )


def rules_of(r: Reader, version: int) -> RuleProfile | None:
    """The rules of that version; those in force for 0; None where this store does not have them."""
    if version in (0, r.profile.version):
        return r.profile
    return settings.rules_of_version(r.connection, version)


def rules_of_case(r: Reader, ticket: Ticket) -> RuleProfile | None:
    """The rules that a due time was made by, with the days off it was reckoned with; None where they are not here."""
    rules = rules_of(r, ticket.due_profile)
    days = rules_of(r, ticket.due_calendar) if ticket.due_calendar else None
    missing = rules is None or (ticket.due_calendar and days is None)
    return None if missing or rules is None else with_days_of(rules, days)


def _start(ticket: Ticket) -> datetime:
    return ticket.dispatched_at or ticket.received_at


def _unit_kind(r: Reader, ticket: Ticket) -> UnitKind:
    unit = r.reference.units.get(ticket.unit_id)
    return unit.kind if unit else "department"
