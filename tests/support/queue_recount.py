"""The members of each queue of tickets, counted again in plain Python from the definitions in the domain's words.

Reads rows and nothing of the store: what it says is held against what the lists show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from desktop.models.domain.entities import Finding, Notice, Row, Ticket, Urge
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.tickets import is_escalated, is_open, is_overdue
from desktop.services.queries.filters import Queue


def recount(
    rows: Iterable[Row], profile: RuleProfile, now: datetime, person_id: str
) -> dict[Queue, set[str]]:
    """Queue → ids of its tickets, as the person sees them."""
    rows = list(rows)
    tickets = [row for row in rows if isinstance(row, Ticket)]
    notices = [row for row in rows if isinstance(row, Notice)]
    urges = [row for row in rows if isinstance(row, Urge)]
    findings = [row for row in rows if isinstance(row, Finding)]
    local = now.astimezone(profile.zone())
    midnight = datetime(local.year, local.month, local.day, tzinfo=local.tzinfo) + timedelta(days=1)
    open_ids = {t.id for t in tickets if is_open(t)}

    def with_notice(*states: str, not_by: str = "") -> set[str]:
        return {n.ticket_id for n in notices if n.state in states and n.author_id != not_by}

    def due_today(ticket: Ticket) -> bool:
        runs = is_open(ticket) and ticket.state not in ("suspended", "extension_pending")
        return runs and ticket.due_at is not None and now <= ticket.due_at < midnight

    promises: dict[str, list[Urge]] = defaultdict(list)
    for urge in urges:
        if urge.promised_at is not None:
            promises[urge.ticket_id].append(urge)
    last = {ticket_id: max(given, key=lambda u: (u.at, u.id)) for ticket_id, given in promises.items()}
    answered_urges = {u.ticket_id for u in urges if u.acknowledged_at is not None} & open_ids
    answered_findings = {f.ticket_id for f in findings if f.state == "replied"}
    return {
        "overdue": {t.id for t in tickets if is_overdue(t, now)},
        "due_today": {t.id for t in tickets if due_today(t)},
        "escalated": {t.id for t in tickets if is_open(t) and is_escalated(t, profile.escalation)},
        "rework": {t.id for t in tickets if is_open(t) and t.rework > 0},
        "supervised": with_notice("draft", "submitted", "returned", "issued"),
        "approval": with_notice("submitted", not_by=person_id),
        "answered": with_notice("replied") | answered_urges | answered_findings,
        "promise_late": {
            ticket_id
            for ticket_id, urge in last.items()
            if ticket_id in open_ids and urge.promised_at is not None and urge.promised_at < now
        },
        "open": open_ids,
        "all": {t.id for t in tickets},
    }
