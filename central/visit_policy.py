"""A visit with its attempts, and whether the rules let it be called at a moment. Reads rows; decides by the domain."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select
from sqlalchemy.engine import Connection

from desktop.models.domain.entities import Attempt, Visit, decode_row
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.return_visits import Permission, may_attempt, promised_call

from .tables import entity

EARLY = timedelta(minutes=10)
"""A promised call may be made this much before its time."""
_IN_ONE_QUERY = 500


def attempts_of(connection: Connection, visits: list[Visit]) -> dict[str, list[Attempt]]:
    """The attempts of each visit, oldest first; every visit has an entry."""
    found: dict[str, list[Attempt]] = {visit.id: [] for visit in visits}
    tickets = sorted({visit.ticket_id for visit in visits})
    for start in range(0, len(tickets), _IN_ONE_QUERY):
        for (data,) in connection.execute(_ATTEMPTS, {"tickets": tickets[start : start + _IN_ONE_QUERY]}):
            attempt = decode_row("attempt", data)
            if isinstance(attempt, Attempt) and attempt.visit_id in found:
                found[attempt.visit_id].append(attempt)
    for attempts in found.values():
        attempts.sort(key=lambda attempt: attempt.at)
    return found


def may_call(profile: RuleProfile, visit: Visit, attempts: list[Attempt], at: datetime) -> Permission:
    """Whether the visit may be called at ``at``, after the attempts made before. A promised call may be kept."""
    earlier = [attempt for attempt in attempts if attempt.at <= at]
    promised = promised_call(visit, earlier)
    kept = promised is not None and at >= promised - EARLY
    return may_attempt(profile, visit, earlier, at, named_by_citizen=kept)


_ATTEMPTS = select(entity.c.data).where(
    entity.c.type == "attempt", entity.c.ticket_id.in_(bindparam("tickets", expanding=True))
)
