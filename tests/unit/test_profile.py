"""The shipped rule profile: whole, consistent with the rows it fills, and the same after a round trip."""

from __future__ import annotations

import msgspec

from central.profiles import decode_profile, default_profile, encode_profile
from desktop.models.domain import entities as e
from desktop.models.domain.return_visits import is_asked

PROFILE = default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")


def test_a_profile_survives_storing_and_sending() -> None:
    assert decode_profile(encode_profile(PROFILE)) == PROFILE


def test_every_question_fills_a_field_and_its_choices_are_that_fields_codes() -> None:
    """A choice that the row cannot hold would be refused by the server after the citizen has answered it."""
    fields = {f.name: f.type for f in msgspec.structs.fields(e.Answers)}
    hints = {
        "contacted": e.Contacted,
        "resolved": e.Resolved,
        "satisfied_result": e.RatedSatisfaction,
        "satisfied_attitude": e.RatedSatisfaction,
    }
    seen: list[str] = []
    for question in PROFILE.questionnaire.questions:
        assert question.field in fields
        codes = tuple(c.code for c in question.choices)
        if question.field in hints:
            assert codes == e.literals(hints[question.field])
        elif question.choices:
            assert set(codes) == {"yes", "no"}
        assert all(earlier in seen for earlier in question.when), "asked before what it depends on"
        assert question.zh
        assert question.en
        seen.append(question.field)
    assert seen == [f for f in fields if f in seen], "the neutral order is the order of the answers"


def test_questions_follow_from_the_answers_given() -> None:
    by_field = {q.field: q for q in PROFILE.questionnaire.questions}
    content = e.Answers(resolved="resolved", satisfied_result="satisfied")
    cross = e.Answers(resolved="partly", satisfied_result="dissatisfied")
    assert not is_asked(by_field["still_missing"], content)
    assert is_asked(by_field["still_missing"], cross)
    assert not is_asked(by_field["reasons"], content)
    assert is_asked(by_field["reasons"], cross)
    assert not is_asked(by_field["result_told"], cross)
    assert is_asked(by_field["result_told"], cross, "report")
    assert is_asked(by_field["contacted"], e.Answers())


def test_findings_and_rectification_are_complete() -> None:
    codes = [c.code for c in PROFILE.finding_codes]
    assert codes == [f"F{n:02}" for n in range(1, 18)] + ["F90"]
    assert {c.code for c in PROFILE.finding_codes if c.severity == "critical"} == {"F11", "F12"}
    assert PROFILE.rectify_days == {"notice": 15, "ordinary": 10, "serious": 5, "critical": 3}
