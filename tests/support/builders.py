"""Rows for tests: valid, different from each other, and only as long as a test needs. Nothing here is random.

Each function takes the fields a test cares about and fills in the rest. Times count from :data:`NOW`, an ordinary
working Tuesday, 09:30 in the office.
"""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from desktop.models.domain.entities import (
    Application,
    Attempt,
    Category,
    Finding,
    FindingReply,
    Inquiry,
    Instruction,
    Note,
    Notice,
    Person,
    Place,
    Ticket,
    TimelineEntry,
    Unit,
    Urge,
    UrgentReport,
    Visit,
)
from desktop.models.domain.wire import Me

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2024, 5, 14, 9, 30, tzinfo=ZONE)

_count = itertools.count(1)

OFFICER = Me(
    person_id="p-officer",
    name="王敏",
    title="督办员",
    roles=("officer",),
    unit_ids=(),
    scope_rev=1,
    lock_after_s=300,
    hard_lock_after_s=900,
)
CHIEF = Me(
    person_id="p-chief",
    name="赵立",
    title="督办科长",
    roles=("officer", "approve"),
    unit_ids=(),
    scope_rev=1,
    lock_after_s=300,
    hard_lock_after_s=900,
)
VISITOR = Me(
    person_id="p-visitor",
    name="李强",
    title="回访员",
    roles=("return_visit",),
    unit_ids=(),
    scope_rev=1,
    lock_after_s=300,
    hard_lock_after_s=900,
)
LIAISON = Me(
    person_id="p-liaison",
    name="陈静",
    title="联络员",
    roles=("liaison",),
    unit_ids=("u-roads",),
    scope_rev=1,
    lock_after_s=300,
    hard_lock_after_s=900,
)


def new_id(prefix: str) -> str:
    """An id no other row of this run has."""
    return f"{prefix}-{next(_count):06d}"


def _with(fields: dict[str, Any], rest: dict[str, Any]) -> dict[str, Any]:
    """``fields`` win over ``rest``."""
    return rest | fields


def make_unit(unit_id: str = "u-roads", name: str = "市政道路管理处", **fields: Any) -> Unit:
    return Unit(**_with(fields, {"id": unit_id, "version": 1, "name": name, "short_name": name[:4]}))


def make_category(category_id: str = "c-roads", name: str = "道路", **fields: Any) -> Category:
    return Category(**_with(fields, {"id": category_id, "version": 1, "name": name}))


def make_place(place_id: str = "d-east", name: str = "东城区", **fields: Any) -> Place:
    return Place(**_with(fields, {"id": place_id, "version": 1, "name": name}))


def make_person(me: Me, **fields: Any) -> Person:
    return Person(
        **_with(
            fields,
            {
                "id": me.person_id,
                "version": 1,
                "name": me.name,
                "roles": me.roles,
                "unit_ids": me.unit_ids,
                "title": me.title,
            },
        )
    )


def make_ticket(**fields: Any) -> Ticket:
    """An open ticket of the roads unit, received two days ago, due tomorrow."""
    number = next(_count)
    return Ticket(
        **_with(
            fields,
            {
                "id": f"t-{number:06d}",
                "version": 1,
                "number": f"2024{number:07d}",
                "title": f"路面坑洼第{number}处",
                "request_type": "complaint",
                "channel": "phone",
                "state": "handling",
                "request_text": "门前道路坑洼，雨天积水，请尽快修复。",
                "category_id": "c-roads",
                "unit_id": "u-roads",
                "place_id": "d-east",
                "requester_label": "张女士",
                "phone_tail": "1234",
                "contact_id": f"k-{number:06d}",
                "received_at": NOW - timedelta(days=2),
                "dispatched_at": NOW - timedelta(days=2),
                "due_at": NOW + timedelta(days=1),
            },
        )
    )


def make_timeline_entry(ticket: Ticket, **fields: Any) -> TimelineEntry:
    return TimelineEntry(
        **_with(
            fields,
            {
                "id": new_id("e"),
                "version": 1,
                "ticket_id": ticket.id,
                "at": ticket.received_at,
                "kind": "received",
                "actor": "话务员",
                "text": "受理",
            },
        )
    )


def make_urge(ticket: Ticket, **fields: Any) -> Urge:
    return Urge(
        **_with(
            fields,
            {
                "id": new_id("g"),
                "version": 1,
                "ticket_id": ticket.id,
                "unit_id": ticket.unit_id,
                "means": "phone",
                "person_reached": "刘科长",
                "answer": "正在安排",
                "by_id": OFFICER.person_id,
                "by_name": OFFICER.name,
                "at": NOW - timedelta(hours=3),
            },
        )
    )


def make_notice(ticket: Ticket, **fields: Any) -> Notice:
    return Notice(
        **_with(
            fields,
            {
                "id": new_id("n"),
                "version": 1,
                "ticket_id": ticket.id,
                "unit_id": ticket.unit_id,
                "ground": "逾期未办结",
                "requirement": "三个工作日内报告办理情况",
                "author_id": OFFICER.person_id,
                "author_name": OFFICER.name,
                "created_at": NOW - timedelta(hours=2),
            },
        )
    )


def make_visit(ticket: Ticket, **fields: Any) -> Visit:
    return Visit(
        **_with(
            fields,
            {
                "id": new_id("v"),
                "version": 1,
                "ticket_id": ticket.id,
                "unit_id": ticket.unit_id,
                "contact_id": ticket.contact_id,
                "level": ticket.level,
                "opened_at": NOW - timedelta(days=1),
                "due_at": NOW + timedelta(days=2),
            },
        )
    )


def make_attempt(visit: Visit, **fields: Any) -> Attempt:
    return Attempt(
        **_with(
            fields,
            {
                "id": new_id("a"),
                "version": 1,
                "ticket_id": visit.ticket_id,
                "visit_id": visit.id,
                "contact_id": visit.contact_id,
                "outcome": "no_answer",
                "at": NOW - timedelta(hours=20),
                "by_id": VISITOR.person_id,
                "by_name": VISITOR.name,
            },
        )
    )


def make_finding(ticket: Ticket, **fields: Any) -> Finding:
    return Finding(
        **_with(
            fields,
            {
                "id": new_id("f"),
                "version": 1,
                "ticket_id": ticket.id,
                "unit_id": ticket.unit_id,
                "state": "filed",
                "code": "F02",
                "facts": "现场未见修复痕迹",
                "requirement": "重新办理",
                "rectify_days": 10,
                "author_id": OFFICER.person_id,
                "author_name": OFFICER.name,
                "created_at": NOW - timedelta(hours=5),
                "filed_at": NOW - timedelta(hours=4),
                "rectify_due_at": NOW + timedelta(days=14),
            },
        )
    )


def make_finding_reply(finding: Finding, **fields: Any) -> FindingReply:
    return FindingReply(
        **_with(
            fields,
            {
                "id": new_id("r"),
                "version": 1,
                "ticket_id": finding.ticket_id,
                "finding_id": finding.id,
                "unit_id": finding.unit_id,
                "text": "已派人复核",
                "by_id": LIAISON.person_id,
                "by_name": LIAISON.name,
                "at": NOW - timedelta(hours=1),
            },
        )
    )


def make_note(ticket: Ticket, **fields: Any) -> Note:
    return Note(
        **_with(
            fields,
            {
                "id": new_id("m"),
                "version": 1,
                "ticket_id": ticket.id,
                "text": "下周回看",
                "by_id": OFFICER.person_id,
                "by_name": OFFICER.name,
                "at": NOW - timedelta(hours=1),
            },
        )
    )


def make_application(ticket: Ticket, **fields: Any) -> Application:
    """The lead unit asks for three working days more, a day before the limit."""
    return Application(
        **_with(
            fields,
            {
                "id": new_id("x"),
                "version": 1,
                "ticket_id": ticket.id,
                "unit_id": ticket.unit_id,
                "matter": "extension",
                "reason": "等待配件到货",
                "days": 3,
                "old_due_at": ticket.due_at,
                "new_due_at": ticket.due_at + timedelta(days=3) if ticket.due_at else None,
                "asked_at": NOW - timedelta(hours=1),
                "by_id": LIAISON.person_id,
                "by_name": LIAISON.name,
                "ticket_state": "handling",
            },
        )
    )


def make_inquiry(visit: Visit, **fields: Any) -> Inquiry:
    """The unit of the case is asked for the log of its contacts."""
    return Inquiry(
        **_with(
            fields,
            {
                "id": new_id("iq"),
                "version": 1,
                "ticket_id": visit.ticket_id,
                "unit_id": visit.unit_id,
                "visit_id": visit.id,
                "text": "请提供贵单位与来电人的联系记录",
                "by_id": "p-visitor",
                "by_name": "李强",
                "at": NOW - timedelta(hours=5),
                "due_at": NOW + timedelta(days=2),
            },
        )
    )


def make_instruction(ticket: Ticket | None, **fields: Any) -> Instruction:
    """A leader's instruction on a case, or on none, to be carried out in two days."""
    return Instruction(
        **_with(
            fields,
            {
                "id": new_id("i"),
                "version": 1,
                "ticket_id": ticket.id if ticket else "",
                "unit_id": ticket.unit_id if ticket else "",
                "given_by": "周副市长",
                "text": "请市政部门速查速办，结果报我。",
                "given_at": NOW - timedelta(hours=4),
                "due_at": NOW + timedelta(days=2),
                "by_id": OFFICER.person_id,
                "by_name": OFFICER.name,
                "at": NOW - timedelta(hours=3),
            },
        )
    )


def make_urgent_report(ticket: Ticket, **fields: Any) -> UrgentReport:
    """A whole page, still its author's draft."""
    return UrgentReport(
        **_with(
            fields,
            {
                "id": new_id("w"),
                "version": 1,
                "ticket_id": ticket.id,
                "what": "路面塌陷，一辆电动车坠入",
                "location": "青年路与望江路口",
                "people": "一人轻伤",
                "done": "已围挡并送医",
                "proposed": "请住建局连夜回填",
                "recipients": "市委办公室",
                "author_id": OFFICER.person_id,
                "author_name": OFFICER.name,
                "created_at": NOW - timedelta(minutes=30),
            },
        )
    )


def reference_rows() -> tuple[Unit | Category | Place | Person, ...]:
    """A unit, a category, a place and the four people."""
    people = tuple(make_person(me) for me in (OFFICER, CHIEF, VISITOR, LIAISON))
    return (make_unit(), make_category(), make_place(), *people)
