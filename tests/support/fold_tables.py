"""What every operation does, as tables: what it makes, which states it leads from and to. Written by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace

from desktop.models.domain import entities as e
from desktop.models.domain.operations import FieldChange

NOW = datetime(2024, 3, 4, 2, 0, tzinfo=UTC)

ANSWERS = {
    "identity_confirmed": True,
    "contacted": "no",
    "resolved": "not_resolved",
    "satisfied_result": "dissatisfied",
}

ASKED = e.CallException(reason="只有午间能接", asked_by_id="p1", asked_by="李强", asked_at=NOW)

APPENDS: dict[str, tuple[str, dict[str, Any]]] = {
    "ticket.urge": ("urge", {"ticket_id": "t", "unit_id": "u", "means": "phone", "answer": "今天去"}),
    "notice.create": ("notice", {"ticket_id": "t", "unit_id": "u", "ground": "逾期", "requirement": "答复"}),
    "visit.attempt": (
        "attempt",
        {"ticket_id": "t", "visit_id": "v", "outcome": "busy", "at": "2024-03-04T10:00:00+08:00"},
    ),
    "finding.create": ("finding", {"ticket_id": "t", "unit_id": "u", "code": "F01", "severity": "serious"}),
    "note.add": ("note", {"ticket_id": "t", "text": "已核"}),
    "note.hand_over": ("note", {"ticket_id": "t", "text": "已核"}),
    "view.create": ("view", {"name": "我的逾期"}),
    "guidance.send": ("guidance", {"title": "提示", "text": "请排查", "unit_ids": ["u"]}),
    "guidance.confirm": ("guidance_receipt", {"guidance_id": "g", "unit_id": "u"}),
    "attachment.link": (
        "attachment",
        {"ticket_id": "t", "upload_id": "up", "name": "照片.jpg", "size": 9, "sha256": "0" * 64},
    ),
    "extension.request": (
        "application",
        {
            "ticket_id": "t",
            "unit_id": "u",
            "days": 3,
            "reason": "等配件",
            "old_due_at": "2024-03-05T17:30:00+08:00",
        },
    ),
    "objection.raise": (
        "application",
        {"ticket_id": "t", "unit_id": "u", "reason": "不属我局", "to_unit_id": "w"},
    ),
    "instruction.register": (
        "instruction",
        {"ticket_id": "t", "given_by": "周副市长", "text": "请速办", "given_at": "2024-03-04T09:00:00+08:00"},
    ),
    "urgent_report.create": ("urgent_report", {"ticket_id": "t", "what": "燃气泄漏", "location": "青年路"}),
    "inspection.create": (
        "inspection",
        {"title": "抽查", "kind": "spot_check", "from_day": "2024-02-01", "to_day": "2024-02-29"},
    ),
    "inquiry.ask": ("inquiry", {"ticket_id": "t", "unit_id": "u", "visit_id": "v", "text": "请提供联系记录"}),
    "check.record": (
        "check",
        {"ticket_id": "t", "inspection_id": "i", "checklist": "handling", "results": {"real": "met"}},
    ),
}

# kind → (payload, changes, {state it may leave: state it leads to}); every other state refuses.
OF_NO_STATE: dict[str, tuple[e.Row, dict[str, Any], tuple[FieldChange, ...], str, Any]] = {
    "person.assign": (
        e.Person(id="x", name="李强"),
        {},
        (FieldChange("assigned_unit_ids", [], ["u"]),),
        "assigned_unit_ids",
        ("u",),
    ),
    "ticket.assign": (
        e.Ticket(
            id="x",
            number="1",
            title="路灯",
            request_type="help",
            channel="phone",
            state="handling",
            received_at=NOW,
        ),
        {},
        (FieldChange("officer_id", "", "p"),),
        "officer_id",
        "p",
    ),
    "unit.edit": (
        e.Unit(id="x", name="供水集团"),
        {},
        (FieldChange("duty_phone", "", "6655"),),
        "duty_phone",
        "6655",
    ),
    "view.edit": (e.View(id="x", name="我的", created_at=NOW), {}, (FieldChange("place", 0, 2),), "place", 2),
    "view.remove": (e.View(id="x", name="我的", created_at=NOW), {}, (), "removed", True),
    "visit.decide_challenge": (
        e.Visit(
            id="x",
            ticket_id="t",
            state="completed",
            opened_at=NOW,
            valid=True,
            challenges=(e.Challenge(reason="答非本人", by_id="p1", at=NOW),),
        ),
        {"agreed": True, "reason": "属实"},
        (),
        "valid",
        False,
    ),
    "guidance.withdraw": (
        e.Guidance(id="x", title="提示", unit_ids=("u",), at=NOW),
        {"reason": "有误"},
        (),
        "withdraw_reason",
        "有误",
    ),
    "visit.decide_exception": (
        e.Visit(id="x", ticket_id="t", opened_at=NOW, exception=ASKED),
        {"agreed": True, "reason": "同意"},
        (),
        "exception",
        replace(
            ASKED,
            state="agreed",
            decided_by_id="p2",
            decided_by="周宁",
            decided_at=NOW,
            decision="同意",
            until=datetime(2024, 3, 4, 13, 0, tzinfo=UTC),
        ),
    ),
}
"""Rows without a state of their own: row, payload, changes, and the field that then says what."""

TRANSITIONS: dict[str, tuple[dict[str, Any], tuple[FieldChange, ...], dict[str, str]]] = {
    "notice.edit": (
        {},
        (FieldChange("ground", "逾期", "逾期九日"),),
        {"draft": "draft", "returned": "returned"},
    ),
    "notice.submit": ({}, (), {"draft": "submitted", "returned": "submitted"}),
    "notice.approve": ({}, (), {"submitted": "issued"}),
    "notice.return": ({"reason": "依据不足"}, (), {"submitted": "returned"}),
    "notice.withdraw": (
        {"reason": "已办结"},
        (),
        dict.fromkeys(("draft", "returned", "submitted", "issued"), "withdrawn"),
    ),
    "notice.reply": ({"text": "已整改"}, (), {"issued": "replied"}),
    "visit.schedule": (
        {"booked_at": "2024-03-05T10:00:00+08:00"},
        (),
        {"waiting": "booked", "booked": "booked"},
    ),
    "visit.assign": ({"person_id": "p3"}, (), {"waiting": "waiting", "booked": "booked"}),
    "visit.ask_exception": ({"reason": "只有午间能接"}, (), {"waiting": "waiting", "booked": "booked"}),
    "visit.complete": (
        {"answers": ANSWERS, "questionnaire": "2024-1"},
        (),
        {"waiting": "completed", "booked": "completed"},
    ),
    "finding.edit": (
        {},
        (FieldChange("facts", "无回复", "至今无回复"),),
        {s: s for s in ("draft", "filed", "acknowledged")},
    ),
    "finding.file": ({}, (), {"draft": "filed"}),
    "finding.acknowledge": ({}, (), {"filed": "acknowledged"}),
    "finding.reply": (
        {"reply_id": "r", "ticket_id": "t", "unit_id": "u", "text": "已核实"},
        (),
        dict.fromkeys(("filed", "acknowledged", "replied"), "replied"),
    ),
    "finding.confirm": (
        {},
        (),
        dict.fromkeys(("filed", "acknowledged", "replied"), "confirmed"),
    ),
    "finding.withdraw": (
        {"reason": "事实有误"},
        (),
        dict.fromkeys(("draft", "filed", "acknowledged", "replied"), "withdrawn"),
    ),
    "finding.rectify": (
        {"reply_id": "r", "text": "已改"},
        (),
        dict.fromkeys(("confirmed", "rectifying", "returned"), "rectified"),
    ),
    "finding.begin": (
        {"reply_id": "r", "text": "三日内补建台账"},
        (),
        {"confirmed": "rectifying", "returned": "rectifying"},
    ),
    "finding.arrange": ({"means": "return_visit", "ref_id": "v"}, (), {"rectified": "rectified"}),
    "finding.verify": (
        {"means": "return_visit", "ref_id": "v", "text": "诉求人确认"},
        (),
        {"rectified": "verified"},
    ),
    "finding.return": ({"reason": "未改到位"}, (), {"rectified": "returned"}),
    "finding.review": (
        {"reply_id": "r", "text": "事实有出入"},
        (),
        dict.fromkeys(("confirmed", "rectifying", "rectified", "returned"), "review_requested"),
    ),
    "finding.decide": (
        {"outcome": "upheld", "text": "事实清楚"},
        (),
        {"review_requested": "confirmed"},
    ),
    "extension.decide": ({"agreed": True, "reason": "同意延期"}, (), {"asked": "agreed"}),
    "objection.decide": ({"agreed": False, "reason": "属你局"}, (), {"asked": "refused"}),
    "visit.challenge": ({"reason": "答非本人"}, (), {"completed": "completed"}),
    "visit.send_back": ({"text": "水还在漏"}, (), {"completed": "completed"}),
    "inquiry.answer": ({"text": "三次联系"}, (), {"asked": "answered"}),
    "inquiry.settle": ({"again": True}, (), {"asked": "settled", "answered": "settled"}),
    "instruction.edit": ({}, (FieldChange("text", "请速办", "请限期办结"),), {"open": "open"}),
    "instruction.feed_back": ({"text": "已办结"}, (), {"open": "answered", "answered": "answered"}),
    "instruction.withdraw": ({"reason": "登记有误"}, (), {"open": "withdrawn", "answered": "withdrawn"}),
    "urgent_report.edit": (
        {},
        (FieldChange("what", "泄漏", "燃气泄漏"),),
        {"draft": "draft", "returned": "returned"},
    ),
    "urgent_report.submit": ({}, (), {"draft": "submitted", "returned": "submitted"}),
    "urgent_report.approve": ({}, (), {"submitted": "approved"}),
    "urgent_report.return": ({"reason": "缺人数"}, (), {"submitted": "returned"}),
    "urgent_report.send": (
        {"sent_at": "2024-03-04T11:00:00+08:00", "recipients": "市委办"},
        (),
        {"approved": "sent"},
    ),
    "urgent_report.withdraw": (
        {"reason": "已排险"},
        (),
        dict.fromkeys(("draft", "submitted", "returned", "approved"), "withdrawn"),
    ),
    "inspection.edit": ({}, (FieldChange("title", "抽查", "二月抽查"),), {"draft": "draft"}),
    "inspection.issue": ({}, (), {"draft": "issued"}),
    "inspection.recuse": (
        {"person_id": "p8", "reason": "近亲属"},
        (),
        {s: s for s in ("draft", "issued", "frozen", "fixed", "drawn")},
    ),
    "inspection.freeze": ({}, (), {"issued": "frozen"}),
    "inspection.fix": ({"method": "simple", "size": 9, "seed_source": "福彩3D"}, (), {"frozen": "fixed"}),
    "inspection.draw": ({"seed": "835"}, (), {"fixed": "drawn"}),
    "inspection.close": ({"text": "完成"}, (), {"drawn": "closed"}),
    "inspection.withdraw": (
        {"reason": "重新安排"},
        (),
        dict.fromkeys(("draft", "issued", "frozen", "fixed", "drawn"), "withdrawn"),
    ),
}
STATES = {
    "notice": e.NoticeState,
    "visit": e.VisitState,
    "finding": e.FindingState,
    "application": e.ApplicationState,
    "instruction": e.InstructionState,
    "urgent_report": e.UrgentReportState,
    "inspection": e.InspectionState,
    "inquiry": e.InquiryState,
}
