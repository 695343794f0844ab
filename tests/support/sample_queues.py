"""Every queue of every one of the seven people, recounted from the rows of a city alone. For tests only."""

from __future__ import annotations

from datetime import timedelta

from desktop.models.domain.entities import Finding, Notice, Ticket, Urge, Visit
from desktop.models.domain.tickets import clock_runs, is_escalated, is_overdue
from tests.support.sample_towns import HeldCity

NOW_ISH = timedelta(minutes=10)


def queues(town: HeldCity) -> dict[str, int]:
    """Every queue of every person, recounted from the rows alone."""
    now, unit = town.now, town.city.town.liaison_unit
    chief, deputy = town.person("chenlixin"), town.person("zhouwentao")
    visits = [v for v in town.of(Visit) if v.state in ("waiting", "booked")]
    opened = [t for t in town.of(Ticket) if t.id in town.open_ids]
    counted = {
        "overdue": sum(is_overdue(t, now) for t in opened),
        "due today": sum(
            clock_runs(t) and t.due_at is not None and now <= t.due_at and t.due_at.date() == now.date()
            for t in opened
        ),
        "escalated": sum(is_escalated(t, town.profile.escalation) for t in opened),
        "rework": sum(t.rework > 0 for t in opened),
        "emergencies": sum(t.urgency == "emergency" for t in opened),
        "extensions": sum(t.state == "extension_pending" for t in opened),
        "suspended": sum(t.state == "suspended" for t in opened),
        "returns": sum(t.state == "return_pending" for t in opened),
        "instructions": sum(t.noted_by_leader for t in opened),
        "promise late": len(
            {u.ticket_id for u in town.of(Urge) if u.promised_at and u.promised_at < now} & town.open_ids
        ),
        "chief approves": sum(n.state == "submitted" and n.author_id != chief for n in town.of(Notice)),
        "deputy approves": sum(n.state == "submitted" and n.author_id != deputy for n in town.of(Notice)),
        "deputy alone": sum(n.state == "submitted" and n.author_id == chief for n in town.of(Notice)),
        "visits waiting": sum(v.state == "waiting" for v in visits),
        "visits of reports": sum(v.level == "report" for v in visits),
        "urges to acknowledge": sum(
            u.unit_id == unit and u.acknowledged_at is None and u.ticket_id in town.open_ids
            for u in town.of(Urge)
        ),
        "notices to answer": sum(n.unit_id == unit and n.state == "issued" for n in town.of(Notice)),
        "findings to answer": sum(
            f.unit_id == unit and f.state in ("filed", "acknowledged") for f in town.of(Finding)
        ),
        "rectifications": sum(
            f.unit_id == unit and f.state in ("confirmed", "rectifying", "returned") for f in town.of(Finding)
        ),
        "own tickets": sum(t.unit_id == unit for t in opened),
        "own overdue": sum(t.unit_id == unit and is_overdue(t, now) for t in opened),
    }
    for login in ("wangmin", "liqiang"):
        me = town.person(login)
        counted |= {
            f"{login} draft notices": sum(n.state == "draft" and n.author_id == me for n in town.of(Notice)),
            f"{login} returned": sum(n.state == "returned" and n.author_id == me for n in town.of(Notice)),
            f"{login} answered notices": sum(
                n.state == "replied" and n.author_id == me for n in town.of(Notice)
            ),
            f"{login} draft findings": sum(
                f.state == "draft" and f.author_id == me for f in town.of(Finding)
            ),
            f"{login} answered findings": sum(
                f.state == "replied" and f.author_id == me for f in town.of(Finding)
            ),
        }
    soon = now + timedelta(hours=12)
    for login in ("zhaolina", "sunqian"):
        me = town.person(login)
        mine = [v for v in visits if v.assigned_to == me and v.booked_at]
        counted[f"{login} booked now"] = sum(abs(v.booked_at - now) <= NOW_ISH for v in mine if v.booked_at)
        counted[f"{login} booked today"] = sum(now < v.booked_at < soon for v in mine if v.booked_at)
    return counted
