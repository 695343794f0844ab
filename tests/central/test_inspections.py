"""Inspections on the server: no step is skipped, no sample is steered, and everybody sees what the rules say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from desktop.models.domain.entities import Check, Inspection, Row, Sample, Ticket
from desktop.models.domain.inspections import protocol_of
from desktop.models.domain.operations import FieldChange
from desktop.models.domain.sampling_protocol import read_protocol, redraw, write_protocol
from desktop.models.domain.wire import OperationResult
from tests.support.builders import NOW, make_ticket
from tests.support.central_office import Hand, Office

RESULTS = (
    "signed",
    "contacted",
    "to_the_point",
    "facts",
    "real",
    "basis",
    "own_words",
    "in_time",
    "identity",
    "file",
)


def told(result: OperationResult) -> str:
    """ "applied", or the code of the refusal."""
    if result.problem is not None:
        return result.problem.code
    return result.conflict.code if result.conflict is not None else result.status


def plan(**fields: Any) -> dict[str, Any]:
    whole = {
        "title": "五月办理质量抽查",
        "kind": "spot_check",
        "mandate": "zfdc-2021",
        "purpose": "核实办结是否属实",
        "plan": "先看卷，后回访",
        "unit_ids": ["u-roads", "u-water"],
        "from_day": date(2024, 4, 1),
        "to_day": date(2024, 5, 13),
        "checklist": "handling",
        "inspector_ids": ["p-officer"],
    }
    return whole | fields


def done(**fields: Any) -> Ticket:
    return make_ticket(state="archived", completed_at=NOW - timedelta(days=2), **fields)


def city(office: Office, count: int = 30) -> list[Ticket]:
    """Tickets of both units in the period, with the kinds that are inspected in any case among them."""
    tickets = [done(unit_id="u-roads" if n % 3 else "u-water") for n in range(count)]
    tickets += [
        done(unit_id="u-roads", level="report", request_type="report"),
        done(unit_id="u-water", noted_by_leader=True),
        done(unit_id="u-roads", rework=2),
    ]
    office.load(*tickets)
    return tickets


def write(hand: Hand, **fields: Any) -> str:
    op = hand.op("inspection.create", plan(**fields))
    (result,) = hand.push(op)
    assert result.status == "applied", told(result)
    return op.entity_id


def step(hand: Hand, inspection_id: str, name: str, payload: dict[str, Any] | None = None) -> str:
    row = hand.rows().get(("inspection", inspection_id))
    base = row.version if row is not None else 1
    return told(hand.does(f"inspection.{name}", payload, entity_id=inspection_id, base=base))


def to_drawn(hand: Hand, inspection_id: str, **criteria: Any) -> None:
    wanted = {"method": "stratified", "size": 9, "seed_source": "福彩3D 第2024126期"} | criteria
    assert step(hand, inspection_id, "issue") == "applied"
    assert step(hand, inspection_id, "freeze") == "applied"
    assert step(hand, inspection_id, "fix", wanted) == "applied"
    assert step(hand, inspection_id, "draw", {"seed": " 835 "}) == "applied"


def inspection(hand: Hand, inspection_id: str) -> Inspection:
    row = hand.rows()["inspection", inspection_id]
    assert isinstance(row, Inspection)
    return row


def samples(hand: Hand) -> list[Sample]:
    return [row for row in hand.rows().values() if isinstance(row, Sample)]


@pytest.mark.parametrize("method", ["simple", "stratified"])
def test_the_drawn_sample_is_drawn_again_by_the_office_and_by_each_unit(office: Office, method: str) -> None:
    """A liaison with nothing but what their desktop was sent comes to the sample that the office has."""
    tickets = city(office)
    officer, liaison = office.hand("officer"), office.hand("liaison")
    found = write(officer)
    to_drawn(officer, found, method=method)
    row = inspection(officer, found)
    whole = protocol_of(row, samples(officer))
    assert whole is not None
    assert row.seed == "835"
    assert redraw(read_protocol(write_protocol(whole))).holds
    must = {t.number for t in tickets if t.request_type == "report" or t.noted_by_leader or t.rework >= 2}
    assert must <= set(whole.drawn)
    assert len(whole.drawn) == 9 + len(must)
    (own,) = samples(liaison)
    theirs = protocol_of(inspection(liaison, found), [own], own.unit_id)
    assert theirs is not None
    assert own.unit_id == "u-roads"
    assert redraw(read_protocol(write_protocol(theirs))).holds
    others = {t.number for t in tickets if t.unit_id == "u-water"}
    assert not [number for number in others if number in write_protocol(theirs)]


def test_no_step_of_an_inspection_is_skipped_repeated_or_taken_back(office: Office) -> None:
    """A crafted request that drew before the criteria stood, or drew twice, would make the lot worthless."""
    city(office)
    officer = office.hand("officer")
    found = write(officer)
    fix = {"method": "simple", "size": 5, "seed_source": "福彩3D"}
    steps: list[tuple[str, dict[str, Any]]] = [
        ("issue", {}),
        ("freeze", {}),
        ("fix", fix),
        ("draw", {"seed": "1"}),
    ]
    for place, (name, payload) in enumerate(steps):
        for other, body in steps:
            if other != name:
                assert step(officer, found, other, body) == "transition_not_legal", (place, other)
        assert step(officer, found, "close", {"text": "完成"}) == "transition_not_legal"
        assert step(officer, found, name, payload) == "applied"
    row = inspection(officer, found)
    edit = FieldChange("title", row.title, "另一个题目")
    late = officer.does("inspection.edit", entity_id=found, base=row.version, changes=(edit,))
    assert told(late) == "transition_not_legal"
    assert step(officer, found, "close", {"text": "完成"}) == "checks_missing"
    assert step(officer, found, "withdraw", {"reason": "抽样框有误"}) == "applied"
    assert step(officer, found, "draw", {"seed": "2"}) == "transition_not_legal"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"mandate": ""}, "/mandate"),
        ({"mandate": "xzjcf"}, "/mandate"),
        ({"mandate": "jcf-2025"}, "/mandate"),
        ({"purpose": " "}, "/purpose"),
        ({"unit_ids": []}, "/unit_ids"),
        ({"inspector_ids": []}, "/inspector_ids"),
        ({"checklist": "none"}, "/checklist"),
        ({"to_day": date(2024, 3, 1)}, "/to_day"),
    ],
)
def test_nothing_is_inspected_without_a_ground_in_force(
    office: Office, fields: dict[str, Any], pointer: str
) -> None:
    """A repealed law, or one not yet in force, is no mandate; nor is a plan that names nobody."""
    officer = office.hand("officer")
    found = write(officer, **fields)
    result = officer.does("inspection.issue", entity_id=found, base=1)
    assert told(result) == "incomplete"
    assert result.problem is not None
    assert result.problem.errors[0].pointer == pointer


def test_nobody_inspects_the_unit_they_answer_for(office: Office) -> None:
    """An inspector of one's own house finds nothing."""
    officer = office.hand("officer")
    own = write(officer, inspector_ids=["p-liaison"])
    assert step(officer, own, "issue") == "unfit_inspector"
    stranger = write(officer, inspector_ids=["p-visitor"])
    assert step(officer, stranger, "issue") == "unfit_inspector"


def test_whoever_is_recused_loses_sight_of_it_and_the_last_inspector_stays(office: Office) -> None:
    """Recusal is more than a word on the plan: row and sample leave the desktop."""
    city(office)
    officer, chief = office.hand("officer"), office.hand("chief")
    found = write(officer, inspector_ids=["p-officer", "p-chief"])
    to_drawn(officer, found)
    assert len(samples(chief)) == 2
    assert step(officer, found, "recuse", {"person_id": "p-visitor", "reason": "x"}) == "not_an_inspector"
    assert step(officer, found, "recuse", {"person_id": "p-chief", "reason": "近亲属在该单位"}) == "applied"
    assert not samples(chief)
    assert ("inspection", found) not in chief.rows()
    assert step(chief, found, "withdraw", {"reason": "撤"}) == "not_found"
    assert step(officer, found, "recuse", {"person_id": "p-officer", "reason": "回避"}) == "last_inspector"


def test_one_matter_is_not_inspected_twice(office: Office) -> None:
    """Two inspections of one unit's month burden it twice and may contradict each other."""
    city(office)
    officer = office.hand("officer")
    first = write(officer)
    assert step(officer, first, "issue") == "applied"
    second = write(officer, kind="look_back", unit_ids=["u-water"], from_day=date(2024, 5, 10))
    assert step(officer, second, "issue") == "already_inspected"
    other_days = write(officer, from_day=date(2024, 3, 1), to_day=date(2024, 3, 31))
    assert step(officer, other_days, "issue") == "applied"
    assert step(officer, first, "withdraw", {"reason": "重新安排"}) == "applied"
    assert step(officer, second, "issue") == "applied"


def test_the_frame_is_the_population_and_keeps_silent_about_complaints_against_the_unit(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A number in the frame would tell the unit that somebody has complained of it."""
    inside = done(unit_id="u-roads")
    office.load(
        inside,
        done(unit_id="u-roads", against_unit_id="u-roads"),
        done(unit_id="u-roads", against_person_ids=("p-liaison",)),
        done(unit_id="u-roads", recused_person_ids=("p-visitor",)),
        make_ticket(unit_id="u-roads", completed_at=None),
        make_ticket(unit_id="u-roads", completed_at=NOW - timedelta(days=60)),
        done(unit_id="u-parks"),
        done(unit_id="u-roads", request_type="praise"),
        done(unit_id="u-roads", category_id="c-elsewhere"),
    )
    officer = office.hand("officer")
    found = write(
        officer, unit_ids=["u-roads"], request_types=["complaint", "help"], category_ids=["c-roads"]
    )
    for name in ("issue", "freeze"):
        assert step(officer, found, name) == "applied"
    (sample,) = samples(officer)
    assert sample.frame.count("\n") == 1
    assert sample.frame.startswith(f"{inside.number}\t")
    empty = write(officer, unit_ids=["u-water"])
    assert step(officer, empty, "issue") == "applied"
    assert step(officer, empty, "freeze") == "frame_empty"
    monkeypatch.setattr("central.inspection_effects.FRAME_MOST", 10)  # a real one takes 200,000 tickets
    large = write(officer, unit_ids=["u-roads"], request_types=["praise"])
    assert step(officer, large, "issue") == "applied"
    assert step(officer, large, "freeze") == "frame_too_large", (
        "else it could be written and never read again"
    )
    future = write(officer, unit_ids=["u-roads"], from_day=date(2024, 5, 14), to_day=date(2024, 6, 30))
    assert step(officer, future, "issue") == "applied"
    assert step(officer, future, "freeze") == "period_not_over"


def test_a_unit_hears_of_an_inspection_when_it_is_drawn_and_of_a_covert_one_when_it_is_over(
    office: Office,
) -> None:
    """A plan known beforehand inspects nothing."""
    ticket = done(unit_id="u-roads")
    office.load(ticket)
    officer, liaison = office.hand("officer"), office.hand("liaison")
    found = write(officer, kind="covert_check", unit_ids=["u-roads"])
    to_drawn(officer, found)
    assert not [key for key in liaison.rows() if key[0] in ("inspection", "sample")]
    body = {"inspection_id": found, "ticket_id": ticket.id, "checklist": "handling"}
    whole = body | {"results": dict.fromkeys(RESULTS, "met")}
    assert told(officer.does("check.record", whole)) == "applied"
    assert step(officer, found, "close", {"text": "未发现问题"}) == "applied"
    rows = liaison.rows()
    assert {key[0] for key in rows} >= {"inspection", "sample"}
    assert inspection(liaison, found).plan == ""
    assert not [key for key in rows if key[0] == "check"]


def test_a_ticket_is_checked_once_by_an_inspector_of_it_and_scored_by_the_list(office: Office) -> None:
    """A check by a stranger, of a ticket not drawn, or twice, would change the score of a unit unseen."""
    tickets = city(office, 12)
    officer, chief = office.hand("officer"), office.hand("chief")
    found = write(officer)
    to_drawn(officer, found, size=4)
    drawn = {n for s in samples(officer) for n in s.lots}
    inside = next(t for t in tickets if t.number in drawn)
    outside = next(
        t
        for t in tickets
        if t.number not in drawn and not (t.level == "report" or t.noted_by_leader or t.rework)
    )
    results: dict[str, str] = dict.fromkeys(RESULTS, "met") | {"real": "not_met", "basis": "not_applicable"}
    body = {"inspection_id": found, "checklist": "handling", "results": results}
    assert told(officer.does("check.record", body | {"ticket_id": outside.id})) == "not_in_the_sample"
    assert told(chief.does("check.record", body | {"ticket_id": inside.id})) == "not_your_inspection"
    op = officer.op("check.record", body | {"ticket_id": inside.id, "note": "现场未见修复"})
    assert told(officer.push(op)[0]) == "applied"
    assert told(officer.does("check.record", body | {"ticket_id": inside.id})) == "already_checked"
    row = officer.rows()["check", op.entity_id]
    assert isinstance(row, Check)
    assert (row.tenths, row.critical, row.complete, row.passed) == (789, True, True, False)
    better = FieldChange("results", results, results | {"real": "met"})
    edited = officer.does("check.edit", entity_id=row.id, base=row.version, changes=(better,))
    assert told(edited) == "applied"
    row = officer.rows()["check", op.entity_id]
    assert isinstance(row, Check)
    assert (row.tenths, row.passed) == (1000, True)
    unknown = FieldChange("results", row.results, {"made_up": "met"})
    assert (
        told(officer.does("check.edit", entity_id=row.id, base=row.version, changes=(unknown,)))
        == "bad_value"
    )


def test_reports_that_no_inspector_may_read_keep_no_inspection_open_for_ever(office: Office) -> None:
    """Reports are always drawn; where none of the inspectors is cleared for them, the rest is enough to close."""
    ticket = done(unit_id="u-roads")
    office.load(ticket, done(unit_id="u-roads", level="report", request_type="report"))
    officer = office.hand("officer")
    found = write(officer, unit_ids=["u-roads"])
    to_drawn(officer, found, size=1)
    body = {"inspection_id": found, "ticket_id": ticket.id, "checklist": "handling"}
    assert step(officer, found, "close", {"text": "完成"}) == "checks_missing"
    whole = body | {"results": dict.fromkeys(RESULTS, "met")}
    assert told(officer.does("check.record", whole)) == "applied"
    assert step(officer, found, "close", {"text": "完成"}) == "applied"


def test_a_colleague_with_no_part_in_it_and_a_liaison_move_nothing(office: Office) -> None:
    """Each step by everybody who has no business with it; what is out of sight answers as what does not exist."""
    city(office)
    officer, chief, liaison = office.hand("officer"), office.hand("chief"), office.hand("liaison")
    found = write(officer)
    bodies: dict[str, dict[str, Any]] = {
        "issue": {},
        "freeze": {},
        "fix": {"method": "simple", "size": 5, "seed_source": "福彩3D"},
        "draw": {"seed": "1"},
        "close": {"text": "完成"},
        "withdraw": {"reason": "撤"},
    }
    before: dict[tuple[str, str], Row] = officer.rows()
    for name, body in bodies.items():
        assert step(chief, found, name, body) == "not_your_inspection"
        assert step(liaison, found, name, body) == "role_not_allowed"
    assert told(chief.does("inspection.edit", entity_id=found, base=1)) == "not_your_draft"
    assert officer.rows() == before
