"""The questionnaire as data: which questions are asked, which answers count, and that the order is never ours."""

from __future__ import annotations

from msgspec.structs import replace

from desktop.models.domain.profile import Choice, Question
from desktop.services.commands.return_visits import Given
from desktop.views.return_visits.answer_sheet import (
    answers_of,
    asked,
    identity_denied,
    options_of,
    questions_of,
    unanswered,
)
from tests.support.stores import profile

SATISFIED: Given = {
    "identity_confirmed": "yes",
    "contacted": "yes",
    "resolved": "resolved",
    "satisfied_result": "very_satisfied",
}


def fields(given: Given, level: str = "normal") -> list[str]:
    return [question.field for question in asked(profile(), given, level)]


def test_a_branch_opens_and_closes_and_loses_nothing() -> None:
    """A caller who corrects "partly" to "resolved" must not send what was missing, nor lose it by going back."""
    partly = {**SATISFIED, "resolved": "partly", "still_missing": "夜里仍在施工"}
    assert "still_missing" in fields(partly)
    assert answers_of(profile(), partly, "normal").still_missing == "夜里仍在施工"
    corrected = {**partly, "resolved": "resolved"}
    assert "still_missing" not in fields(corrected)
    assert answers_of(profile(), corrected, "normal").still_missing == ""


def test_a_branch_of_a_branch_closes_with_it() -> None:
    """Reasons given while the citizen was dissatisfied must not stand in the record once the rating was corrected."""
    unhappy: Given = {**SATISFIED, "satisfied_result": "dissatisfied", "reasons": ("slow", "other")}
    assert answers_of(profile(), unhappy, "normal").reasons == ("slow", "other")
    happy = {**unhappy, "satisfied_result": "satisfied"}
    assert answers_of(profile(), happy, "normal").reasons == ()


def test_a_report_is_asked_whether_its_result_was_told() -> None:
    """A report's visit without this answer is refused by the server; others must not be asked it."""
    assert "result_told" not in fields(SATISFIED)
    assert [q.field for q in unanswered(profile(), SATISFIED, "report")] == ["result_told"]
    told = answers_of(profile(), {**SATISFIED, "result_told": "no"}, "report")
    assert told.result_told is False


def test_questions_may_depend_on_a_yes_or_no() -> None:
    """A city that asks who pressed for a rating only where somebody did must have that question asked."""
    sheet = profile().questionnaire
    who = Question(field="note", zh="是谁要求的？", en="Who was it?", when={"pressed_for_rating": ("yes",)})
    kept = tuple(q for q in sheet.questions if q.field != "note")
    city = replace(profile(), questionnaire=replace(sheet, questions=(*kept, who)))
    assert who in asked(city, {**SATISFIED, "pressed_for_rating": "yes"}, "normal")
    assert who not in asked(city, {**SATISFIED, "pressed_for_rating": "no"}, "normal")
    assert who not in asked(city, SATISFIED, "normal")


def test_codes_nobody_offered_are_no_answer() -> None:
    """A draft kept under an older questionnaire must not put a code into the record that means nothing today."""
    old = {**SATISFIED, "contacted": "twice", "note": "  听不清  "}
    answers = answers_of(profile(), old, "normal")
    assert answers.contacted is None
    assert answers.note == "听不清"


def test_the_order_is_the_profiles() -> None:
    """Options moved for one call would lead the citizen: whatever was answered, order and options stay."""
    whole = [question.field for question in questions_of(profile())]
    for given in ({}, SATISFIED, {**SATISFIED, "resolved": "not_resolved"}):
        shown = fields(given)
        assert shown == [field for field in whole if field in shown]
    rated = next(q for q in questions_of(profile()) if q.field == "satisfied_result")
    assert [code for code, _ in options_of(rated, profile(), "zh")] == [c.code for c in rated.choices]


def test_questions_without_a_place_in_the_record_are_left_out() -> None:
    """A profile newer than this program must not stop a caller at a question whose answer could not be kept."""
    sheet = profile().questionnaire
    newer = Question(
        field="weather", zh="天气如何？", en="How is the weather?", choices=(Choice("fine", "好", "Fine"),)
    )
    city = replace(profile(), questionnaire=replace(sheet, questions=(newer, *sheet.questions)))
    assert [q.field for q in unanswered(city, SATISFIED, "normal")] == []


def test_somebody_else_on_the_telephone_is_not_an_answer() -> None:
    """Where the identity was denied nothing may be completed, however many other answers there are."""
    assert identity_denied({**SATISFIED, "identity_confirmed": "no"})
    assert not identity_denied(SATISFIED)
    assert not answers_of(profile(), {**SATISFIED, "identity_confirmed": "no"}, "normal").identity_confirmed
