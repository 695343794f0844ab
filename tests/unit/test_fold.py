"""What every operation does to the rows it touches, and from which states it is refused.

The desktop shows this and the server writes it; where the table is wrong both ends are wrong in the same way.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import msgspec
import pytest

from central.profiles import default_profile
from desktop.models.domain import entities as e
from desktop.models.domain.deadlines import due_in_working_days
from desktop.models.domain.fold import Actor, FoldContext, Refused, apply_changes, fold
from desktop.models.domain.operations import (
    CATALOGUE,
    BadOperation,
    FieldChange,
    Operation,
    body_of,
    decode_operation,
    touches,
)
from tests.support.fold_tables import ANSWERS, APPENDS, NOW, OF_NO_STATE, STATES, TRANSITIONS

PROFILE = default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")
CTX = FoldContext(actor=Actor(id="p1", name="李强"), at=NOW, profile=PROFILE)
OTHER = FoldContext(actor=Actor(id="p2", name="周宁"), at=NOW, profile=PROFILE)


def op(
    kind: str, payload: dict[str, Any], changes: tuple[FieldChange, ...] = (), entity: str = "x"
) -> Operation:
    return Operation(
        op_id="op1", seq=1, kind=kind, entity_id=entity, payload=payload, changes=changes, client_time=NOW
    )


def row_in(entity_type: str, state: str) -> e.Row:
    """A row of the type in that state, written by somebody else than the actor of OTHER."""
    common: dict[str, Any] = {"id": "x", "ticket_id": "t", "unit_id": "u", "state": state, "version": 3}
    if entity_type == "notice":
        return e.Notice(**common, ground="逾期", requirement="答复", author_id="p1", created_at=NOW)
    if entity_type == "visit":
        done: dict[str, Any] = {"valid": True, "proposal": "rework"} if state == "completed" else {}
        return e.Visit(**common, opened_at=NOW, completed_by_id="p1", **done)
    if entity_type == "inquiry":
        return e.Inquiry(**common, visit_id="v", text="请提供联系记录", at=NOW)
    if entity_type == "application":
        fields: dict[str, Any] = {"old_due_at": NOW, "days": 2, "asked_at": NOW, "by_id": "p1"}
        return e.Application(**common, matter="extension", **fields)
    if entity_type == "instruction":
        return e.Instruction(**common, given_by="周副市长", text="请速办", given_at=NOW, at=NOW)
    if entity_type == "urgent_report":
        del common["unit_id"]
        page: dict[str, Any] = dict.fromkeys(("what", "location", "people", "done", "proposed"), "有")
        return e.UrgentReport(**common, **page, author_id="p1", created_at=NOW)
    if entity_type == "inspection":
        return e.Inspection(
            id="x",
            version=3,
            state=state,  # type: ignore[arg-type]  # one of its states
            title="抽查",
            kind="spot_check",
            mandate="zfdc-2021",
            purpose="核实",
            unit_ids=("u",),
            from_day=date(2024, 2, 1),
            to_day=date(2024, 2, 29),
            checklist="handling",
            inspector_ids=("p8", "p9"),
            author_id="p1",
            created_at=NOW,
        )
    filed = NOW - timedelta(days=20)  # the unit had its time to receive it
    return e.Finding(
        **common, code="F01", facts="无回复", rectify_days=5, author_id="p1", created_at=filed, filed_at=filed
    )


def test_the_two_tables_cover_the_catalogue() -> None:
    """A kind added to the catalogue without a line here would ship unproven."""
    assert set(APPENDS) | set(TRANSITIONS) | set(OF_NO_STATE) | {
        "urge.acknowledge",
        "check.edit",
    } == set(CATALOGUE)


@pytest.mark.parametrize(
    ("kind", "state"), [(k, s) for k in TRANSITIONS for s in e.literals(STATES[CATALOGUE[k].entity_type])]
)
def test_every_transition_from_every_state(kind: str, state: str) -> None:
    """Legal ones lead where the table says; all others are conflicts that keep the user's work."""
    payload, changes, legal = TRANSITIONS[kind]
    entity_type = CATALOGUE[kind].entity_type
    before = row_in(entity_type, state)
    if kind == "objection.decide":
        before = msgspec.structs.replace(before, matter="return")
    rows = {(entity_type, "x"): before}
    if state not in legal:
        with pytest.raises(Refused) as refusal:
            fold(op(kind, payload, changes), rows, OTHER)
        assert (refusal.value.code, refusal.value.conflict) == ("transition_not_legal", True)
        return
    result = fold(op(kind, payload, changes), rows, OTHER)
    after = result[entity_type, "x"]
    assert getattr(after, "state") == legal[state]  # noqa: B009 - the row's class differs by kind
    assert (after.id, after.version) == ("x", 3), "the caller counts versions, not the fold"
    assert set(result) == set(touches(op(kind, payload, changes)))


@pytest.mark.parametrize("kind", OF_NO_STATE)
def test_what_has_no_state_is_set_once_and_what_was_taken_back_stays_so(kind: str) -> None:
    """A view that is gone, or a guidance taken back, cannot be taken back again behind somebody's back."""
    row, payload, changes, field, value = OF_NO_STATE[kind]
    key = (CATALOGUE[kind].entity_type, "x")
    after = fold(op(kind, payload, changes), {key: row}, OTHER)[key]
    assert getattr(after, field) == value
    if CATALOGUE[kind].mode == "transition":
        with pytest.raises(Refused, match="transition_not_legal"):
            fold(op(kind, payload, changes), {key: after}, OTHER)


@pytest.mark.parametrize("kind", APPENDS)
def test_what_creates_a_row_creates_it_once_and_signs_it(kind: str) -> None:
    entity_type, payload = APPENDS[kind]
    created = fold(op(kind, payload), {}, CTX)[entity_type, "x"]
    plain = msgspec.to_builtins(created)
    assert plain.get("ticket_id", "") == payload.get("ticket_id", "")
    assert "李强" in (plain.get("by_name"), plain.get("author_name"))
    with pytest.raises(Refused, match="exists"):
        fold(op(kind, payload), {(entity_type, "x"): created}, CTX)


@pytest.mark.parametrize("kind", sorted(set(CATALOGUE) - set(APPENDS)))
def test_acting_on_a_row_that_is_not_there_is_refused(kind: str) -> None:
    payload = OF_NO_STATE[kind][1] if kind in OF_NO_STATE else TRANSITIONS.get(kind, ({}, (), {}))[0]
    with pytest.raises(Refused, match="not_found"):
        fold(op(kind, payload), {}, CTX)


def test_a_visit_is_overturned_by_a_second_person_and_keeps_its_answers() -> None:
    """Whoever called, or asked, could else take back an answer that they did not like; nobody could read it again."""
    answers = e.Answers(
        identity_confirmed=True, contacted="yes", resolved="resolved", satisfied_result="satisfied"
    )
    visit = e.Visit(
        id="x",
        ticket_id="t",
        state="completed",
        opened_at=NOW,
        answers=answers,
        valid=True,
        completed_by_id="p3",
    )
    key = ("visit", "x")
    asked = fold(op("visit.challenge", {"reason": "答非本人", "again": True}), {key: visit}, CTX)[key]
    assert isinstance(asked, e.Visit)
    assert asked.valid, "until somebody else has decided it counts"
    verdict = op("visit.decide_challenge", {"agreed": True, "reason": "录音为他人"})
    with pytest.raises(Refused, match="already_asked"):
        fold(op("visit.challenge", {"reason": "再问"}), {key: asked}, OTHER)
    caller = FoldContext(actor=Actor(id="p3", name="赵敏"), at=NOW, profile=PROFILE)
    for own in (CTX, caller):
        with pytest.raises(Refused, match="own_act"):
            fold(verdict, {key: asked}, own)
    done = fold(verdict, {key: asked}, OTHER)[key]
    assert isinstance(done, e.Visit)
    assert (done.valid, done.answers, done.challenges[-1].decided_by) == (False, answers, "周宁")
    for late in (verdict, op("visit.challenge", {"reason": "再问"})):
        with pytest.raises(Refused) as refusal:
            fold(late, {key: done}, OTHER)
        assert refusal.value.conflict
    kept = fold(op("visit.decide_challenge", {"agreed": False, "reason": "属实"}), {key: asked}, OTHER)[key]
    assert isinstance(kept, e.Visit)
    assert kept.valid
    assert fold(op("visit.challenge", {"reason": "另有证据"}), {key: kept}, CTX), (
        "with other grounds it may be asked"
    )


def test_a_check_is_scored_again_when_it_is_changed_and_takes_no_line_that_the_list_has_not() -> None:
    """A score that did not follow its verdicts would be a unit's mark for something nobody found."""
    kind, payload = APPENDS["check.record"]
    check = fold(op("check.record", payload), {}, CTX)[kind, "x"]
    assert isinstance(check, e.Check)
    assert (check.tenths, check.critical, check.complete, check.passed) == (1000, False, False, True)
    failed = (FieldChange("results", {"real": "met"}, {"real": "not_met"}),)
    after = fold(op("check.edit", {}, failed), {(kind, "x"): check}, CTX)[kind, "x"]
    assert isinstance(after, e.Check)
    assert (after.tenths, after.critical, after.passed) == (0, True, False)
    unknown = (FieldChange("results", {}, {"charm": "met"}),)
    with pytest.raises(Refused, match="bad_value"):
        fold(op("check.edit", {}, unknown), {(kind, "x"): check}, CTX)


def test_an_urge_is_acknowledged_once() -> None:
    urge = e.Urge(id="x", ticket_id="t", unit_id="u", means="phone", at=NOW)
    done = fold(op("urge.acknowledge", {"text": "收到"}), {("urge", "x"): urge}, CTX)["urge", "x"]
    assert isinstance(done, e.Urge)
    assert (done.acknowledged_at, done.acknowledged_by, done.acknowledgement) == (NOW, "李强", "收到")
    with pytest.raises(Refused, match="already_acknowledged"):
        fold(op("urge.acknowledge", {}), {("urge", "x"): done}, CTX)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("notice.approve", "submitted"),
        ("notice.return", "submitted"),
        ("extension.decide", "asked"),
        ("urgent_report.approve", "submitted"),
        ("urgent_report.return", "submitted"),
    ],
)
def test_nobody_decides_on_their_own_work(kind: str, state: str) -> None:
    entity_type = CATALOGUE[kind].entity_type
    with pytest.raises(Refused, match="own_act"):
        fold(op(kind, TRANSITIONS[kind][0]), {(entity_type, "x"): row_in(entity_type, state)}, CTX)


def test_an_extension_leads_where_the_calendar_says_and_a_return_is_decided_as_one() -> None:
    """Three working days from Tuesday's close is Friday's; two of them were granted."""
    asked = fold(op(*_append("extension.request")), {}, CTX)["application", "x"]
    assert isinstance(asked, e.Application)
    assert asked.new_due_at == datetime(2024, 3, 8, 9, 30, tzinfo=UTC)
    decision = {"agreed": True, "reason": "准两日", "citizen_words": "周四前办结", "days": 2}
    granted = fold(op("extension.decide", decision), {("application", "x"): asked}, OTHER)["application", "x"]
    assert isinstance(granted, e.Application)
    assert (granted.days, granted.new_due_at) == (2, datetime(2024, 3, 7, 9, 30, tzinfo=UTC))
    assert (granted.decided_by, granted.citizen_words) == ("周宁", "周四前办结")
    returned = fold(op(*_append("objection.raise")), {}, CTX)["application", "x"]
    with pytest.raises(Refused, match="bad_value"):
        fold(op("extension.decide", decision), {("application", "x"): returned}, OTHER)
    away = fold(op("objection.decide", decision), {("application", "x"): returned}, OTHER)["application", "x"]
    assert isinstance(away, e.Application)
    assert (away.state, away.to_unit_id, away.new_due_at) == ("agreed", "w", None)


def test_a_report_with_a_gap_is_not_submitted() -> None:
    """A leader reads one page: what, where, how many, done, proposed."""
    page = {"what": "燃气泄漏", "location": "青年路", "people": "约四十户", "done": "已关阀", "proposed": " "}
    draft = fold(op("urgent_report.create", {"ticket_id": "t", **page}), {}, CTX)["urgent_report", "x"]
    with pytest.raises(Refused) as refusal:
        fold(op("urgent_report.submit", {}), {("urgent_report", "x"): draft}, CTX)
    assert (refusal.value.code, refusal.value.pointer) == ("incomplete", "/proposed")


def _append(kind: str) -> tuple[str, dict[str, Any]]:
    return kind, APPENDS[kind][1]


def test_approval_sets_the_time_for_the_reply() -> None:
    issued = fold(op("notice.approve", {}), {("notice", "x"): row_in("notice", "submitted")}, OTHER)[
        "notice", "x"
    ]
    assert isinstance(issued, e.Notice)
    assert issued.reply_due_at == due_in_working_days(PROFILE, NOW, 3)
    assert (issued.approver_name, issued.number) == ("周宁", ""), "the number is the server's to draw"


@pytest.mark.parametrize(
    ("kind", "row", "pointer"),
    [
        (
            "notice.submit",
            e.Notice(id="x", ticket_id="t", unit_id="u", ground=" ", created_at=NOW),
            "/ground",
        ),
        (
            "notice.submit",
            e.Notice(id="x", ticket_id="t", unit_id="u", ground="逾期", created_at=NOW),
            "/requirement",
        ),
        ("finding.file", e.Finding(id="x", ticket_id="t", unit_id="u", code="F01", created_at=NOW), "/facts"),
        (
            "finding.file",
            e.Finding(id="x", ticket_id="t", unit_id="", code="F01", facts="无", created_at=NOW),
            "/unit_id",
        ),
    ],
)
def test_unfinished_work_is_refused_with_the_field_that_is_missing(
    kind: str, row: e.Row, pointer: str
) -> None:
    with pytest.raises(Refused) as refusal:
        fold(op(kind, {}), {e.key_of(row): row}, CTX)
    assert (refusal.value.code, refusal.value.pointer) == ("incomplete", pointer)


def test_a_completed_visit_is_judged_and_its_new_matter_becomes_a_draft_ticket() -> None:
    rows = {("visit", "x"): row_in("visit", "waiting")}
    payload = {
        "answers": ANSWERS,
        "questionnaire": "2024-1",
        "new_matter": "路灯也不亮",
        "new_matter_id": "n1",
    }
    result = fold(op("visit.complete", payload), rows, CTX)
    done, draft = result["visit", "x"], result["draft_ticket", "n1"]
    assert isinstance(done, e.Visit)
    assert (done.valid, done.proposal, done.completed_by_id) == (True, "rework", "p1")
    assert isinstance(draft, e.DraftTicket)
    assert (draft.text, draft.visit_id) == ("路灯也不亮", "x")
    twice = msgspec.structs.replace(CTX, ticket_rework=2)
    again = fold(op("visit.complete", payload), rows, twice)["visit", "x"]
    assert isinstance(again, e.Visit)
    assert again.proposal == "supervision_notice"


def test_a_visit_without_its_key_answers_is_not_complete() -> None:
    rows = {("visit", "x"): row_in("visit", "waiting")}
    answers = {k: v for k, v in ANSWERS.items() if k != "resolved"}
    with pytest.raises(Refused) as refusal:
        fold(op("visit.complete", {"answers": answers, "questionnaire": "2024-1"}), rows, CTX)
    assert refusal.value.pointer == "/payload/answers/resolved"


def test_taking_a_booking_back_leaves_nothing_of_it() -> None:
    booked = e.Visit(
        id="x",
        ticket_id="t",
        opened_at=NOW,
        state="booked",
        booked_at=NOW,
        booked_until=NOW + timedelta(hours=1),
    )
    payload = {"booked_until": "2024-03-05T11:00:00+08:00"}
    back = fold(op("visit.schedule", payload), {("visit", "x"): booked}, CTX)["visit", "x"]
    assert isinstance(back, e.Visit)
    assert (back.state, back.booked_at, back.booked_until) == ("waiting", None, None)


def test_a_call_later_says_when() -> None:
    payload = APPENDS["visit.attempt"][1] | {"outcome": "call_later"}
    with pytest.raises(Refused) as refusal:
        fold(op("visit.attempt", payload), {}, CTX)
    assert refusal.value.pointer == "/payload/call_later_at"


def test_no_reply_replaces_another() -> None:
    payload = TRANSITIONS["finding.reply"][0]
    earlier = e.FindingReply(id="r", ticket_id="t", finding_id="x", unit_id="u", text="先前的答复", at=NOW)
    rows = {("finding", "x"): row_in("finding", "replied"), ("finding_reply", "r"): earlier}
    with pytest.raises(Refused, match="exists"):
        fold(op("finding.reply", payload), rows, CTX)


def test_the_rectification_limit_follows_severity_and_then_the_edit() -> None:
    finding = fold(op("finding.create", APPENDS["finding.create"][1]), {}, CTX)["finding", "x"]
    assert isinstance(finding, e.Finding)
    assert finding.rectify_days == PROFILE.rectify_days["serious"]
    filed = row_in("finding", "filed")
    longer = op("finding.edit", {}, (FieldChange("rectify_days", 5, 15),))
    edited = fold(longer, {("finding", "x"): filed}, CTX)["finding", "x"]
    assert isinstance(edited, e.Finding)
    assert isinstance(filed, e.Finding)
    assert filed.filed_at is not None
    assert edited.rectify_due_at == due_in_working_days(PROFILE, filed.filed_at, 15)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (FieldChange("state", "draft", "verified"), "field_not_editable"),
        (FieldChange("author_id", "p1", "p2"), "field_not_editable"),
        (FieldChange("severity", "ordinary", "fatal"), "bad_value"),
        (FieldChange("rectify_days", 5, -1), "bad_value"),
    ],
)
def test_an_edit_sets_only_what_may_be_edited_and_only_to_what_fits(change: FieldChange, code: str) -> None:
    with pytest.raises(Refused, match=code):
        apply_changes(row_in("finding", "draft"), (change,), CATALOGUE["finding.edit"].editable)


def test_an_unknown_kind_or_payload_is_no_operation() -> None:
    with pytest.raises(BadOperation, match="unknown_kind"):
        fold(op("ticket.delete", {}), {}, CTX)
    with pytest.raises(BadOperation, match="bad_payload"):
        fold(op("ticket.urge", {"ticket_id": "t"}), {}, CTX)


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_an_operation_travels_unchanged(kind: str) -> None:
    """Its bytes are hashed: the same operation must always be the same bytes."""
    payload, changes = APPENDS[kind][1] if kind in APPENDS else TRANSITIONS.get(kind, ({}, (), {}))[0], ()
    made = op(kind, payload, TRANSITIONS[kind][1] if kind in TRANSITIONS else changes)
    assert decode_operation(body_of(made)) == made
    assert body_of(decode_operation(body_of(made))) == body_of(made)
