"""The questionnaire as data and the answers given to it: which questions are asked, what is missing, what is sent.

Pure. What was entered is kept as it was entered (``Given``), also for a question that a later answer cuts off, so that
going back loses nothing; :func:`answers_of` takes only what is asked. The order is the profile's and never changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, Literal, get_args, get_type_hints

from msgspec.structs import replace

from desktop.models.domain.entities import Answers
from desktop.models.domain.profile import Question, RuleProfile
from desktop.models.domain.return_visits import is_asked
from desktop.services.commands.return_visits import Given

Kind = Literal["one", "several", "text"]

LONG_TEXTS = ("note",)
"""Fields whose text may run over several lines."""


@cache
def _hints() -> dict[str, Any]:
    return get_type_hints(Answers)


def is_yes_no(field: str) -> bool:
    """Whether a field of Answers is a yes or no, answered with the codes "yes" and "no"."""
    hint = _hints().get(field)
    return hint is bool or bool in get_args(hint)


def questions_of(profile: RuleProfile) -> tuple[Question, ...]:
    """The questions that have a place in the record, in the profile's order."""
    return tuple(q for q in profile.questionnaire.questions if q.field in _hints())


def options_of(question: Question, profile: RuleProfile, language: str) -> tuple[tuple[str, str], ...]:
    """(code, words) in the profile's order; none for a free text."""
    choices = profile.dissatisfaction_reasons if question.field == "reasons" else question.choices
    return tuple((choice.code, choice.words(language)) for choice in choices)


def kind_of(question: Question, profile: RuleProfile) -> Kind:
    """How a question is answered."""
    if question.field == "reasons":
        return "several"
    return "one" if question.choices else "text"


def asked(profile: RuleProfile, given: Given, level: str) -> tuple[Question, ...]:
    """The questions to put, given what has been entered so far; a branch looks only at answers that are asked."""
    return tuple(question for question, _ in _walk(profile, given, level))


def answers_of(profile: RuleProfile, given: Given, level: str) -> Answers:
    """The answers to the questions that are asked. Codes the questionnaire does not know count as no answer."""
    steps = _walk(profile, given, level)
    return steps[-1][1] if steps else Answers()


def _walk(profile: RuleProfile, given: Given, level: str) -> list[tuple[Question, Answers]]:
    """Each question asked, with the answers up to and including it."""
    steps: list[tuple[Question, Answers]] = []
    answers = Answers()
    for question in questions_of(profile):
        if is_asked(question, answers, level):
            answers = _with(profile, answers, question, given.get(question.field, ""))
            steps.append((question, answers))
    return steps


def _with(profile: RuleProfile, answers: Answers, question: Question, value: str | Sequence[str]) -> Answers:
    codes = {code for code, _ in options_of(question, profile, "en")}
    kind = kind_of(question, profile)
    if kind == "several":
        chosen = (value,) if isinstance(value, str) else value
        return replace(answers, **{question.field: tuple(code for code in chosen if code in codes)})
    if not isinstance(value, str) or not value.strip():
        return answers
    if kind == "text":
        return replace(answers, **{question.field: value.strip()})
    if value not in codes:
        return answers
    return replace(answers, **{question.field: value == "yes" if is_yes_no(question.field) else value})


def is_answered(question: Question, given: Given) -> bool:
    """Whether anything has been entered for a question."""
    return bool(given.get(question.field))


def unanswered(profile: RuleProfile, given: Given, level: str) -> tuple[Question, ...]:
    """The required questions that are asked and have no answer, in order."""
    return tuple(q for q in asked(profile, given, level) if q.required and not is_answered(q, given))


def identity_denied(given: Given) -> bool:
    """Whether the person at the telephone is not the one who asked: nothing may be told, and nothing completed."""
    return given.get("identity_confirmed") == "no"
