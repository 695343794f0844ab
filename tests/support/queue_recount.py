"""The members of each queue of tickets, counted again in plain Python from the definitions in the domain's words.

Reads rows and nothing of the store: what it says is held against what the lists show.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from desktop.models.domain.entities import Answers, Finding, Notice, Row, Ticket, Urge, UrgentReport, Visit
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.tickets import is_escalated, is_open, is_overdue
from desktop.services.queries.filters import Queue


def recount(
    rows: Iterable[Row], profile: RuleProfile, now: datetime, person_id: str
) -> dict[Queue, set[str]]:
    """Queue → ids of its tickets, as a chief of that id sees them by the default rules of the ladder."""
    rows = list(rows)
    tickets = [row for row in rows if isinstance(row, Ticket)]
    notices = [row for row in rows if isinstance(row, Notice)]
    urges = [row for row in rows if isinstance(row, Urge)]
    findings = [row for row in rows if isinstance(row, Finding)]
    visits = [row for row in rows if isinstance(row, Visit)]
    reports = [row for row in rows if isinstance(row, UrgentReport)]
    local = now.astimezone(profile.zone())
    midnight = datetime(local.year, local.month, local.day, tzinfo=local.tzinfo) + timedelta(days=1)
    open_ids = {t.id for t in tickets if is_open(t)}

    def with_notice(*states: str) -> set[str]:
        return {n.ticket_id for n in notices if n.state in states}

    def due_today(ticket: Ticket) -> bool:
        runs = is_open(ticket) and ticket.state not in ("suspended", "extension_pending")
        return runs and ticket.due_at is not None and now <= ticket.due_at < midnight

    def due_soon(ticket: Ticket) -> bool:
        runs = is_open(ticket) and ticket.state not in ("suspended", "extension_pending")
        soon = now + timedelta(hours=profile.due_soon_hours)
        return runs and ticket.due_at is not None and now <= ticket.due_at <= soon

    def in_a_hurry(ticket: Ticket) -> bool:
        """By its own mark; else urgent, and of one of the city's categories, of which the sample city names leaves."""
        named = ticket.category_id in profile.emergency_categories
        return ticket.urgency == "emergency" or (ticket.urgency == "urgent" and named)

    promises: dict[str, list[Urge]] = defaultdict(list)
    for urge in urges:
        if urge.promised_at is not None:
            promises[urge.ticket_id].append(urge)
    last = {ticket_id: max(given, key=lambda u: (u.at, u.id)) for ticket_id, given in promises.items()}
    answered_urges = {u.ticket_id for u in urges if u.acknowledged_at is not None} & open_ids
    answered_findings = {f.ticket_id for f in findings if f.state == "replied"}
    silent = [u for u in urges if not (u.acknowledged_at or u.promised_at or u.answer.strip())]
    owed = {u.ticket_id for u in silent} & open_ids
    owed |= {f.ticket_id for f in findings if f.state in ("filed", "acknowledged")}
    signed_by_chiefs = [n for n in notices if n.rung in ("notice", "yellow_card")]
    last_act: dict[str, datetime] = {}
    for act in notices:
        if act.state in ("issued", "replied") and act.issued_at is not None:
            last_act[act.ticket_id] = max(act.issued_at, last_act.get(act.ticket_id, act.issued_at))
    at_the_top = {n.ticket_id for n in notices if n.rung == "referral" and n.state in ("issued", "replied")}

    def since(ticket_id: str, at: datetime | None) -> bool:
        return at is not None and (ticket_id not in last_act or at > last_act[ticket_id])

    unanswered = Counter(u.ticket_id for u in silent if u.ticket_id in open_ids and since(u.ticket_id, u.at))
    grounds = {ticket_id for ticket_id, count in unanswered.items() if count >= 2}
    said: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        if visit.valid and visit.completed_at is not None:
            said[visit.ticket_id].append(visit)
    for ticket in tickets:
        done = ticket.completed_at
        after = [v for v in said[ticket.id] if done and v.completed_at and v.completed_at >= done]
        if after and ticket.rework >= 2 and ticket.state != "archived":
            latest = max(after, key=lambda v: (str(v.completed_at), v.id))
            if since(ticket.id, latest.completed_at) and latest.answers and _is_unhappy(latest.answers):
                grounds.add(ticket.id)
    running = ("filed", "acknowledged", "confirmed", "rectifying", "returned")
    grounds |= {
        f.ticket_id
        for f in findings
        if f.state in running
        and f.rectify_due_at is not None
        and f.rectify_due_at < now
        and since(f.ticket_id, f.rectify_due_at)
    }
    to_sign: list[Notice | UrgentReport] = [*signed_by_chiefs, *reports]
    return {
        "overdue": {t.id for t in tickets if is_overdue(t, now)},
        "due_today": {t.id for t in tickets if due_today(t)},
        "due_soon": {t.id for t in tickets if due_soon(t)},
        "emergency": {t.id for t in tickets if is_open(t) and in_a_hurry(t)},
        "escalated": {t.id for t in tickets if is_open(t) and is_escalated(t, profile.escalation)},
        "rework": {t.id for t in tickets if is_open(t) and t.rework > 0},
        "repeated": {t.id for t in tickets if is_open(t) and t.repeats > 0},
        "supervised": with_notice("draft", "submitted", "returned", "issued"),
        "approval": {
            draft.ticket_id
            for draft in to_sign
            if draft.state == "submitted" and draft.author_id != person_id
        },
        "proposed": grounds
        - with_notice("draft", "submitted", "returned")
        - at_the_top
        - {t.id for t in tickets if t.merged_into},
        "waiting_unit": with_notice("issued") | owed,
        "answered": with_notice("replied") | answered_urges | answered_findings,
        "promise_late": {
            ticket_id
            for ticket_id, urge in last.items()
            if ticket_id in open_ids and urge.promised_at is not None and urge.promised_at < now
        },
        "provisional": {t.id for t in tickets if is_open(t) and t.due_provisional},
        "open": open_ids,
        "all": {t.id for t in tickets},
    }


def _is_unhappy(answers: Answers) -> bool:
    return answers.resolved == "not_resolved" or answers.satisfied_result in (
        "dissatisfied",
        "very_dissatisfied",
    )
