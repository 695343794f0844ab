"""The life of a finding on the server: nobody skips a step of it, whatever request they craft.

Which steps a state permits is told by the hand-written table of the folds, who may take them by the catalogue; every
step is tried by every role in every state. What a step asks for beside that has tests of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from central.loader import Contact
from desktop.models.domain.entities import (
    Check,
    Finding,
    FindingReply,
    FramePart,
    Inspection,
    Row,
    Sample,
    Ticket,
    Visit,
    literals,
)
from desktop.models.domain.entities import FindingState as State
from desktop.models.domain.finding_rules import GOOD_MOVES, MOVES
from desktop.models.domain.operations import CATALOGUE, Operation
from desktop.models.domain.wire import OperationResult
from tests.support.builders import NOW, make_finding, make_ticket, make_visit
from tests.support.central_office import Hand, Office
from tests.support.fold_tables import TRANSITIONS
from tests.support.visits_made import BAD, complete

STEPS = [name for name, kind in CATALOGUE.items() if kind.entity_type == "finding" and name in TRANSITIONS]
ROLES = {
    "officer": {"officer"},
    "cleared": {"officer", "cleared"},
    "chief": {"officer", "approve"},
    "deputy": {"deputy_director"},
    "visitor": {"return_visit"},
    "liaison": {"liaison"},
    "water": {"liaison"},
}
"""Those of the office in the tests; the finding is the officer's, and the liaison's unit is whose it is."""


def told(result: OperationResult) -> str:
    """ "applied", or the code of the refusal."""
    if result.conflict is not None:
        return result.conflict.code
    return result.problem.code if result.problem is not None else result.status


@dataclass(frozen=True)
class Cell:
    """One step tried at one finding by one person."""

    login: str
    step: str
    finding: Finding
    ticket: Ticket
    operation: Operation

    @property
    def may(self) -> bool:
        """What the tables say."""
        finding, login = self.finding, self.login
        seen = login != "water" and (finding.state != "draft" or login == "officer")
        moves = GOOD_MOVES if finding.good else {step: TRANSITIONS[step][2] for step in STEPS}
        legal = finding.state in moves.get(self.step, ())
        apart = self.step != "finding.decide" or login != "officer"
        return seen and legal and apart and bool(CATALOGUE[self.step].roles & ROLES[login])


def cells(office: Office, hands: dict[str, Hand]) -> Iterator[Cell]:
    for login, hand in hands.items():
        for step in STEPS:
            for state in literals(State):
                for good in (False, True) if login in ("officer", "liaison") else (False,):
                    yield _cell(office, hand, login, step, state, good=good)


def _cell(office: Office, hand: Hand, login: str, step: str, state: Any, *, good: bool) -> Cell:
    ticket = make_ticket()
    draft = state == "draft"
    finding = make_finding(
        ticket,
        state=state,
        good=good,
        code="F90" if good else "F02",
        filed_at=None if draft else NOW - timedelta(days=20),
        rectified_at=NOW - timedelta(days=1) if state == "rectified" else None,
        facts="无回复",
    )
    payload, changes, _ = TRANSITIONS[step]
    payload = dict(payload)
    if "reply_id" in payload:
        payload["reply_id"] = office.new_id()
    if "unit_id" in payload:
        payload |= {"ticket_id": ticket.id, "unit_id": ticket.unit_id}
    if step == "finding.arrange":
        payload["ref_id"] = office.new_id()
    if step == "finding.verify":
        payload["ref_id"] = f"{ticket.id}-visit"
    made = hand.op(step, payload, entity_id=finding.id, base=1, changes=changes)
    return Cell(login, step, finding, ticket, made)


def _rows(cell: Cell) -> Iterator[Row]:
    yield cell.ticket
    yield cell.finding
    if cell.step == "finding.verify":
        yield make_visit(cell.ticket, id=f"{cell.ticket.id}-visit", state="completed", completed_at=NOW)


def test_every_step_by_every_role_in_every_state(office: Office) -> None:
    """A crafted request that closed out, upheld or revoked a finding out of turn would be a verdict by nobody."""
    hands = {login: office.hand(login) for login in ROLES}
    tried = list(cells(office, hands))
    office.load(*(row for cell in tried for row in _rows(cell)))
    wrong: list[str] = []
    applied: set[str] = set()
    for login, hand in hands.items():
        mine = [cell for cell in tried if cell.login == login]
        for start in range(0, len(mine), 100):
            some = mine[start : start + 100]
            for cell, result in zip(some, hand.push(*(c.operation for c in some)), strict=True):
                if (result.status == "applied") != cell.may:
                    wrong.append(f"{login} {cell.step} at {cell.finding.state}: {told(result)}")
                if result.status == "applied":
                    applied.add(cell.finding.id)
    assert not wrong, "\n".join(wrong)
    there = hands["officer"].rows()
    changed = {row.id for row in there.values() if isinstance(row, Finding) and row.version > 1}
    assert changed == applied, "a refused step left a trace, or an applied one none"
    assert {step for step in STEPS if any(c.may and c.step == step for c in tried)} == set(STEPS)


def test_the_table_of_the_domain_is_the_one_written_by_hand() -> None:
    """Pages and server read one table; were it wrong, both would be wrong alike."""
    assert {step: set(MOVES[step]) for step in STEPS} == {step: set(TRANSITIONS[step][2]) for step in STEPS}


class Course:
    """A finding on its way, and the people it meets."""

    def __init__(self, office: Office, **fields: Any) -> None:
        self.office = office
        self.officer, self.cleared = office.hand("officer"), office.hand("cleared")
        self.liaison = office.hand("liaison")
        self.ticket = make_ticket()
        self.finding = make_finding(self.ticket, **fields)
        office.load(self.ticket, self.finding)

    def row(self) -> Finding:
        row = self.officer.rows()["finding", self.finding.id]
        assert isinstance(row, Finding)
        return row

    def step(self, hand: Hand, name: str, payload: dict[str, Any] | None = None) -> str:
        payload = dict(payload or {})
        if name in ("begin", "rectify", "review"):
            payload = {"reply_id": self.office.new_id(), "text": "说明"} | payload
        version = self.row().version
        return told(hand.does(f"finding.{name}", payload, entity_id=self.finding.id, base=version))

    def visit(self, **fields: Any) -> Visit:
        made = make_visit(self.ticket, state="completed", **fields)
        self.office.load(made)
        return made


def test_a_finding_is_closed_out_by_a_visit_that_was_made_after_the_report(office: Office) -> None:
    """Nothing is closed out on somebody's word, nor by a call made before the unit had done anything."""
    course = Course(office, state="confirmed", confirmed_at=NOW)
    before = course.visit(completed_at=NOW - timedelta(days=1))
    assert course.step(course.liaison, "begin", {"text": "三日内补建台账"}) == "applied"
    assert course.step(course.liaison, "rectify", {"text": "台账已建"}) == "applied"
    named: Any = {"means": "return_visit", "ref_id": before.id}
    assert course.step(course.officer, "verify") == "verification_missing"
    assert course.step(course.officer, "verify", named) == "not_verified_yet"
    assert course.step(course.officer, "verify", named | {"ref_id": "v-nobody"}) == "unknown_verification"
    elsewhere = make_ticket()
    foreign = make_visit(elsewhere, state="completed", completed_at=NOW + timedelta(days=1))
    office.load(elsewhere, foreign)
    assert course.step(course.officer, "verify", named | {"ref_id": foreign.id}) == "unknown_verification"
    opened = office.new_id()
    assert course.step(course.officer, "arrange", named | {"ref_id": opened}) == "applied"
    assert (
        course.step(course.officer, "arrange", named | {"ref_id": office.new_id()}) == "visit_waits_already"
    )
    assert course.step(course.officer, "verify", named | {"ref_id": opened}) == "not_verified_yet"
    waiting = course.officer.rows()["visit", opened]
    assert isinstance(waiting, Visit)
    assert waiting.ground == "rectification", "else the caller does not know what to ask about"
    assert (waiting.state, waiting.ticket_id, course.row().verify_ref_id) == (
        "waiting",
        course.ticket.id,
        opened,
    )
    after = course.visit(completed_at=office.now + timedelta(hours=1))
    seen = named | {"ref_id": after.id, "text": "诉求人说已解决"}
    assert course.step(course.liaison, "verify", seen) == "role_not_allowed"
    assert course.step(course.officer, "verify", seen) == "applied"
    closed = course.row()
    assert (closed.state, closed.verified_by, closed.verify_ref_id) == ("verified", "王敏", after.id)
    said = [row for row in course.liaison.rows().values() if isinstance(row, FindingReply)]
    assert {row.stance: row.text for row in said} == {
        "plans": "三日内补建台账",
        "rectified": "台账已建",
        "verified": "诉求人说已解决",
    }


@pytest.mark.parametrize(
    ("fields", "drawn", "checked", "refusal"),
    [
        ({}, 2, (0, 0), "applied"),
        ({"state": "closed"}, 2, (0, 0), "applied"),
        ({}, 1, (0, 0), "not_in_the_look_back"),
        ({}, 2, (0,), "not_verified_yet"),
        ({}, 2, (0, 4), "not_verified_yet"),
        ({"state": "withdrawn"}, 2, (0, 0), "not_verified_yet"),
        ({"state": "issued"}, 0, (), "not_verified_yet"),
        ({"unit_ids": ("u-water",)}, 2, (0, 0), "unknown_verification"),
        ({"kind": "spot_check"}, 2, (0, 0), "not_verified_yet"),
    ],
)
def test_a_look_back_closes_out_only_what_it_looked_at(
    office: Office, fields: dict[str, Any], drawn: int, checked: tuple[int, ...], refusal: str
) -> None:
    """A plan, another unit's inspection, one that looked for something else, that did not draw one of the cases cited,
    or looked at it before the unit had reported, shows nothing of this rectification.

    ``drawn`` is how many of the two cases the sample holds, ``checked`` how many days ago each was looked at.
    """
    other = make_ticket()
    course = Course(
        office, state="rectified", rectified_at=NOW - timedelta(days=3), cited_ticket_ids=(other.id,)
    )
    both = (course.ticket, other)
    plan: dict[str, Any] = {
        "id": office.new_id(),
        "title": "整改回头看",
        "kind": "look_back",
        "state": "drawn",
        "unit_ids": ("u-roads",),
        "from_day": date(2024, 5, 1),
        "to_day": date(2024, 5, 13),
        "created_at": NOW,
        "parts": (FramePart(unit_id="u-roads", size=2, digest=""),),
    }
    inspection = Inspection(**plan | fields)
    sample = Sample(
        id=office.new_id(),
        inspection_id=inspection.id,
        unit_id="u-roads",
        musts=tuple(ticket.number for ticket in both[:drawn]),
    )
    checks = [
        Check(
            id=office.new_id(),
            ticket_id=ticket.id,
            inspection_id=inspection.id,
            checklist="handling",
            complete=True,
            at=NOW - timedelta(days=days),
        )
        for ticket, days in zip(both, checked, strict=False)
    ]
    office.load(other, inspection, sample, *checks)
    named = {"means": "look_back", "ref_id": inspection.id}
    if refusal == "not_in_the_look_back":
        assert course.step(course.officer, "arrange", named) == refusal, "it would never come to show it"
    assert course.step(course.officer, "verify", named) == refusal


def test_a_review_is_asked_for_once_in_time_and_decided_by_somebody_apart(office: Office) -> None:
    """Whoever wrote, upheld or inspected would judge their own work; the unit is heard once, and not for ever."""
    late = Course(office, state="confirmed", confirmed_at=NOW - timedelta(days=60))
    assert late.step(late.liaison, "review") == "review_too_late"
    inspection = Inspection(
        id=office.new_id(),
        title="抽查",
        kind="spot_check",
        state="closed",
        unit_ids=("u-roads",),
        from_day=date(2024, 4, 1),
        to_day=date(2024, 4, 30),
        inspector_ids=("p-cleared",),
        created_at=NOW,
    )
    office.load(inspection)
    course = Course(office, state="replied", inspection_id=inspection.id)
    chief, deputy = office.hand("chief"), office.hand("deputy")
    assert course.step(chief, "confirm") == "applied"
    due = course.row().rectify_due_at
    assert course.step(course.liaison, "review", {"text": "照片系他处"}) == "applied"
    asked = course.row()
    assert (asked.state, asked.review_from) == ("review_requested", "confirmed")
    assert asked.review_due_at is not None
    decision = {"outcome": "changed", "text": "按一般问题处理", "severity": "notice"}
    for involved in (course.officer, chief, course.cleared):
        assert course.step(involved, "decide", decision) == "took_part", involved.login
    assert course.step(deputy, "decide", decision | {"severity": None}) == "bad_value"
    assert course.step(deputy, "decide", decision) == "applied"
    decided = course.row()
    assert (decided.state, decided.severity, decided.rectify_days) == ("confirmed", "notice", 15)
    assert decided.rectify_due_at is not None
    assert due is not None
    assert decided.rectify_due_at > due
    assert course.step(course.liaison, "review") == "reviewed_already"


def test_a_finding_whose_receipt_nobody_confirms_is_upheld_when_the_days_are_over(office: Office) -> None:
    """A silent unit could else keep a finding from ever being upheld; one just filed is not upheld behind it."""
    course = Course(office, filed_at=NOW - timedelta(hours=4))
    assert course.step(course.officer, "confirm") == "receipt_awaited"
    silent = Course(office, filed_at=NOW - timedelta(days=10))
    assert silent.step(silent.officer, "confirm") == "applied"
    assert silent.row().confirmed_by == "王敏"


def test_what_a_finding_rests_on_is_in_force_when_it_is_filed(office: Office) -> None:
    """A repealed law under a finding is what a unit's lawyer reads first."""
    for code in ("xzjcf", "no-such-law"):
        course = Course(office, state="draft", filed_at=None, basis=(code,))
        assert course.step(course.officer, "file") == "basis_not_in_force"
    course = Course(office, state="draft", filed_at=None, basis=("zfdc-2021",))
    assert course.step(course.officer, "file") == "applied"
    assert course.row().basis_words == "《政府督查工作条例》"


def test_a_call_about_a_rectification_counts_in_no_rate_and_moves_no_case(office: Office) -> None:
    """A unit that was told to put something right would else be paid for it in the three rates, or punished twice; and
    a case that waits for its own visit would be archived by another."""
    course = Course(office, state="rectified", rectified_at=NOW - timedelta(days=1))
    contact = Contact(course.ticket.contact_id, "张三", "13800138000", True)
    office.load(replace(course.ticket, version=2, state="completed", completed_at=NOW), contacts=(contact,))
    opened = office.new_id()
    named = {"means": "return_visit", "ref_id": opened}
    assert course.step(course.officer, "arrange", named) == "applied"
    caller = office.hand("visitor")
    visit = caller.rows()["visit", opened]
    assert isinstance(visit, Visit)
    complete(caller, visit, BAD)
    rows = caller.rows()
    made, ticket = rows["visit", opened], rows["ticket", course.ticket.id]
    assert isinstance(made, Visit)
    assert isinstance(ticket, Ticket)
    assert (made.state, made.valid, made.proposal) == ("completed", False, "")
    assert made.answers is not None, "what was said is kept, and shows how it was put right"
    assert ticket.state == "completed"
    assert course.step(course.officer, "verify", named) == "applied"
