"""Due times that an export leaves out, computed by the city's rules where the mapping asks for it.

What the export does tell is never touched. Each clock is reckoned by the rules that were in force on the day it began,
so that a later import of the same file, after new rules were published, gives the same due times.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from central.profile_store import in_force
from desktop.models.domain.clocks import due_of, rule_of, situation_of, starts_at
from desktop.models.domain.deadlines import Due
from desktop.models.domain.entities import Ticket, UnitKind
from desktop.models.domain.profile import ClockName, RuleProfile


def computed(profiles: Sequence[RuleProfile], ticket: Ticket, unit_kind: UnitKind) -> Ticket:
    """The ticket with the due times that its source did not tell. ``profiles`` = every version, the oldest first."""
    told: dict[ClockName, datetime | None] = {
        "sign": ticket.sign_due_at,
        "first_contact": ticket.first_contact_due_at,
        "handling": ticket.due_at,
        "feedback": ticket.feedback_due_at,
        "visit": ticket.visit_due_at,
    }
    found: dict[ClockName, datetime | None] = dict(told)
    for clock, due_at in told.items():
        if due_at is None and (by := _by_rules(profiles, clock, ticket, unit_kind)) is not None:
            due, version = by
            found[clock] = due.at.astimezone(UTC)
            if clock == "handling":
                ticket = replace(
                    ticket, due_rule=due.rule, due_profile=version, due_provisional=due.provisional
                )
    return replace(
        ticket,
        sign_due_at=found["sign"],
        first_contact_due_at=found["first_contact"],
        due_at=found["handling"],
        feedback_due_at=found["feedback"],
        visit_due_at=found["visit"],
    )


def _by_rules(
    profiles: Sequence[RuleProfile], clock: ClockName, ticket: Ticket, unit_kind: UnitKind
) -> tuple[Due, int] | None:
    """The due time of a clock, and the version of the rules in force when it began.

    The event that a clock begins at is itself told by the rules: those of today say which it is.
    """
    rule = rule_of(profiles[-1], clock, situation_of(ticket, unit_kind))
    begun = starts_at(rule, ticket) if rule is not None else None
    if begun is None:
        return None
    rules = in_force(profiles, profiles[-1].local(begun).date())
    due = due_of(rules, clock, ticket, unit_kind)
    return None if due is None else (due, rules.version)
