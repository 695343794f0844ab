"""One operation for every line of the matrix's pushes, each at a case where nothing but authority can refuse it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from desktop.models.domain.entities import Answers, CallException, Challenge, Row, Ticket
from desktop.models.domain.operations import CATALOGUE, SCHEMA, FieldChange, Operation

from .authority_inspections import checked, inspected, payload_of_check
from .authority_operations import PUSH_LINES
from .authority_stage import DATA, DIGEST, UNIT_OF, Case, People, authored, small_case, store_file
from .builders import (
    NOW,
    make_application,
    make_finding,
    make_inquiry,
    make_instruction,
    make_notice,
    make_urge,
    make_urgent_report,
    make_visit,
)

_AUTHOR = "p-author"
_ANSWERS = Answers(
    identity_confirmed=True,
    contacted="yes",
    resolved="resolved",
    satisfied_result="satisfied",
    satisfied_attitude="satisfied",
    pressed_for_rating=False,
    result_told=True,
)


@dataclass(frozen=True)
class Cell:
    """A case and what is tried at it."""

    case: Case
    operation: Operation


class Pushes:
    """Makes the cells. ``people`` say whose row a row is."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._office = people.office
        self._seq = 0

    def cell(self, line: tuple[str, str], column: str, target: str) -> Cell:
        """The operation of a line by this person at a fresh case of this kind."""
        kind, which = line
        addressee = PUSH_LINES[line].addressee
        me = self._people.person_id(column)
        mine = which == "one's own" or (not which and kind not in _BY_ANOTHER)
        author = me if mine else _AUTHOR
        made = _ROWS.get("finding.draft" if which.endswith("draft") else kind)

        own = UNIT_OF.get(column, "u-roads")

        def make(ticket: Ticket) -> Row:
            concerned = own in (ticket.unit_id, *ticket.assist_unit_ids)
            assert made is not None
            return made(ticket, own if addressee == "unit" and concerned else ticket.unit_id, author)

        theirs = {"officer_id": _AUTHOR} if (kind, which) == ("ticket.assign", "a colleague's") else {}
        case = small_case(target, make if made is not None else None, **theirs)
        if kind.startswith("check."):
            inspected(case, author)
        if kind == "finding.verify":
            case.rows["visit"] = make_visit(
                case.ticket, id=f"{case.ticket.id}-visit", state="completed", completed_at=NOW
            )
        unit = own if addressee == "unit" else case.ticket.unit_id
        payload, changes = self._payload(kind, case, unit, column)
        if kind == "ticket.assign":
            to = self._people.person_id("officer+cleared")
            changes = (FieldChange("officer_id", case.ticket.officer_id, to),)
        if which == "on no case":
            payload = {name: value for name, value in payload.items() if name != "ticket_id"}
        creates = kind in _CREATES
        self._seq += 1
        operation = Operation(
            op_id=self._office.new_id(),
            seq=self._seq,
            schema=SCHEMA,
            kind=kind,
            entity_id=self._office.new_id() if creates else case.rows.get("row", case.ticket).id,
            base_version=None if creates else 1,
            payload=msgspec.to_builtins(payload),
            changes=changes,
            client_time=NOW,
        )
        return Cell(case, operation)

    def with_file(self, cell: Cell, owner: str) -> Cell:
        """The same, once its author has sent the file that it links."""
        payload = cell.operation.payload | {"upload_id": store_file(self._office, cell.case, owner)}
        return Cell(cell.case, replace(cell.operation, payload=payload))

    def at_nothing(self, operation: Operation) -> Operation:
        """The same tried at a case and a row that nobody has."""
        new_id, payload = self._office.new_id, operation.payload
        if "ticket_id" in payload:
            payload = payload | {"ticket_id": new_id()}
        return replace(operation, op_id=new_id(), entity_id=new_id(), payload=payload)

    def _payload(
        self, kind: str, case: Case, unit: str, column: str
    ) -> tuple[dict[str, Any], tuple[FieldChange, ...]]:
        if kind.startswith("check."):
            return payload_of_check(kind, case)
        if kind in _OF_FINDINGS:
            return _of_finding(kind, case, unit, self._office.new_id()), ()
        new_id = self._office.new_id
        to_unit: dict[str, Any] = {"ticket_id": case.ticket.id, "unit_id": unit}
        match kind:
            case "ticket.urge":
                return to_unit | {"means": "phone", "text": "请尽快"}, ()
            case "notice.create":
                return to_unit | {"ground": "逾期", "requirement": "报告"}, ()
            case "finding.create":
                return to_unit | {"code": "F02", "facts": "未见修复"}, ()
            case "notice.edit":
                return {}, (FieldChange("ground", "逾期", "严重逾期"),)
            case "finding.edit":
                return {}, (FieldChange("facts", "未见修复", "仍未修复"),)
            case "notice.return" | "notice.withdraw" | "finding.withdraw" | "finding.return":
                return {"reason": "理由"}, ()
            case "notice.reply":
                return {"text": "已办"}, ()
            case "visit.attempt":
                visit = {"ticket_id": case.ticket.id, "visit_id": case.rows["row"].id}
                return visit | {"outcome": "no_answer", "at": NOW}, ()
            case "visit.complete":
                return {"answers": _ANSWERS, "questionnaire": "2024"}, ()
            case "note.add" | "note.hand_over":
                return to_unit | {"text": "一句", "unit_id": UNIT_OF.get(column, "")}, ()
            case "attachment.link":
                file = {"upload_id": new_id(), "name": "现场.jpg", "size": len(DATA), "sha256": DIGEST}
                return file | {"ticket_id": case.ticket.id}, ()
        given, changes = _WRITTEN.get(kind, ({}, ()))
        wanted = CATALOGUE[kind].payload.__struct_fields__
        known = to_unit | ({"visit_id": case.rows["row"].id} if "row" in case.rows else {})
        return {name: known[name] for name in known if name in wanted} | given, changes


def _of_finding(kind: str, case: Case, unit: str, new_id: str) -> dict[str, Any]:
    """What a step on a finding carries; ``new_id`` is that of the row it makes."""
    said = {"reply_id": new_id, "text": "说明"}
    return {
        "finding.reply": said | {"ticket_id": case.ticket.id, "unit_id": unit},
        "finding.arrange": {"means": "return_visit", "ref_id": new_id},
        "finding.verify": {"means": "return_visit", "ref_id": f"{case.ticket.id}-visit"},
        "finding.decide": {"outcome": "upheld", "text": "事实清楚"},
    }.get(kind, said)


def _urge(ticket: Ticket, unit: str, author: str) -> Row:
    return make_urge(ticket, unit_id=unit)


def _notice(state: str) -> Callable[[Ticket, str, str], Row]:
    def make(ticket: Ticket, unit: str, author: str) -> Row:
        fields: dict[str, Any] = {"state": state, "unit_id": unit, "ground": "逾期"}
        if state == "issued":
            fields |= {"issued_at": NOW, "number": "云督〔2024〕9号"}
        row: Row = authored(make_notice(ticket, **fields), author)
        return row

    return make


def _finding(state: str) -> Callable[[Ticket, str, str], Row]:
    def make(ticket: Ticket, unit: str, author: str) -> Row:
        filed = None if state == "draft" else NOW - timedelta(hours=4)
        row = make_finding(ticket, state=state, unit_id=unit, filed_at=filed, facts="未见修复")
        written: Row = authored(row, author)
        return written

    return make


def _visit(ticket: Ticket, unit: str, author: str) -> Row:
    return make_visit(ticket)


def _excepted(ticket: Ticket, unit: str, author: str) -> Row:
    asked = CallException(
        reason="诉求人来电请求午间回访", asked_by_id=author, asked_by="赵丽娜", asked_at=NOW
    )
    return make_visit(ticket, exception=asked)


def _made_visit(challenged: bool) -> Callable[[Ticket, str, str], Row]:
    def make(ticket: Ticket, unit: str, author: str) -> Row:
        asked = (Challenge(reason="答非本人", by_id=author, at=NOW),) if challenged else ()
        fields: dict[str, Any] = {
            "state": "completed",
            "completed_by_id": "p-author",
            "valid": True,
            "proposal": "rework",
        }
        return make_visit(ticket, answers=_ANSWERS, challenges=asked, **fields)

    return make


def _inquiry(ticket: Ticket, unit: str, author: str) -> Row:
    return make_inquiry(make_visit(ticket), unit_id=unit, by_id=author)


def _application(matter: str) -> Callable[[Ticket, str, str], Row]:
    def make(ticket: Ticket, unit: str, author: str) -> Row:
        return make_application(ticket, matter=matter, unit_id=unit, by_id=author)

    return make


def _instruction(ticket: Ticket, unit: str, author: str) -> Row:
    return make_instruction(ticket, unit_id=unit)


def _report(state: str) -> Callable[[Ticket, str, str], Row]:
    def make(ticket: Ticket, unit: str, author: str) -> Row:
        return make_urgent_report(ticket, state=state, author_id=author)

    return make


_WRITTEN: dict[str, tuple[dict[str, Any], tuple[FieldChange, ...]]] = {
    "visit.assign": ({"person_id": ""}, ()),
    "visit.ask_exception": ({"reason": "理由"}, ()),
    "visit.decide_exception": ({"agreed": True}, ()),
    "extension.request": ({"days": 3, "reason": "等待配件"}, ()),
    "visit.challenge": ({"reason": "答非本人"}, ()),
    "visit.decide_challenge": ({"agreed": True, "reason": "属实"}, ()),
    "visit.send_back": ({"text": "水还在漏"}, ()),
    "inquiry.ask": ({"text": "请提供联系记录"}, ()),
    "inquiry.answer": ({"text": "三次联系"}, ()),
    "inquiry.settle": ({"text": "已核"}, ()),
    "extension.decide": ({"agreed": True, "reason": "同意"}, ()),
    "objection.raise": ({"reason": "不属我局"}, ()),
    "objection.decide": ({"agreed": True, "reason": "同意"}, ()),
    "instruction.register": ({"given_by": "周副市长", "text": "速办", "given_at": NOW}, ()),
    "instruction.edit": ({}, (FieldChange("given_by", "周副市长", "周市长"),)),
    "instruction.feed_back": ({"text": "已报"}, ()),
    "instruction.withdraw": ({"reason": "理由"}, ()),
    "urgent_report.create": ({"what": "塌陷"}, ()),
    "urgent_report.edit": ({}, (FieldChange("done", "已围挡并送医", "已围挡"),)),
    "urgent_report.return": ({"reason": "理由"}, ()),
    "urgent_report.send": ({"sent_at": NOW, "recipients": "市委办"}, ()),
    "urgent_report.withdraw": ({"reason": "理由"}, ()),
}
"""What else travels, beside the case and the unit."""
_BY_ANOTHER = (
    "notice.approve",
    "notice.return",
    "visit.decide_exception",
    "visit.decide_challenge",
    "extension.decide",
    "objection.decide",
    "urgent_report.approve",
    "urgent_report.return",
    "finding.decide",
)
"""Decisions on what somebody else wrote."""
_OF_FINDINGS = (
    "finding.reply",
    "finding.begin",
    "finding.rectify",
    "finding.arrange",
    "finding.verify",
    "finding.review",
    "finding.decide",
)
_CREATES = (
    "ticket.urge",
    "notice.create",
    "visit.attempt",
    "inquiry.ask",
    "finding.create",
    "note.add",
    "note.hand_over",
    "attachment.link",
    "extension.request",
    "objection.raise",
    "instruction.register",
    "urgent_report.create",
    "check.record",
)
_ROWS: dict[str, Callable[[Ticket, str, str], Row]] = {
    "urge.acknowledge": _urge,
    "notice.edit": _notice("draft"),
    "notice.submit": _notice("draft"),
    "notice.approve": _notice("submitted"),
    "notice.return": _notice("submitted"),
    "notice.withdraw": _notice("issued"),
    "notice.reply": _notice("issued"),
    "visit.schedule": _visit,
    "visit.assign": _visit,
    "visit.ask_exception": _visit,
    "visit.decide_exception": _excepted,
    "visit.attempt": _visit,
    "visit.complete": _visit,
    "visit.challenge": _made_visit(challenged=False),
    "visit.decide_challenge": _made_visit(challenged=True),
    "visit.send_back": _made_visit(challenged=False),
    "inquiry.ask": _visit,
    "inquiry.answer": _inquiry,
    "inquiry.settle": _inquiry,
    "finding.draft": _finding("draft"),
    "finding.edit": _finding("filed"),
    "finding.file": _finding("draft"),
    "finding.acknowledge": _finding("filed"),
    "finding.reply": _finding("filed"),
    "finding.confirm": _finding("replied"),
    "finding.withdraw": _finding("filed"),
    "finding.begin": _finding("confirmed"),
    "finding.rectify": _finding("confirmed"),
    "finding.arrange": _finding("rectified"),
    "finding.review": _finding("confirmed"),
    "finding.decide": _finding("review_requested"),
    "finding.verify": _finding("rectified"),
    "finding.return": _finding("rectified"),
    "extension.decide": _application("extension"),
    "objection.decide": _application("return"),
    "instruction.edit": _instruction,
    "instruction.feed_back": _instruction,
    "instruction.withdraw": _instruction,
    "urgent_report.edit": _report("draft"),
    "urgent_report.submit": _report("draft"),
    "urgent_report.approve": _report("submitted"),
    "urgent_report.return": _report("submitted"),
    "urgent_report.send": _report("approved"),
    "urgent_report.withdraw": _report("draft"),
    "check.edit": checked,
}
