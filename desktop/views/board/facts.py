"""A contradicted case as the draft of a finding F01: the three sides in words, the rows that prove them cited.

Only a draft: the form shows it for a person to change, file or throw away.
"""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from desktop.models.domain.entities import Answers
from desktop.models.domain.profile import RuleProfile
from desktop.services.background.desk import Desk
from desktop.services.commands.findings import FindingForm, new_form
from desktop.services.queries.board.sides import Sides
from desktop.views.common import case_words

from . import sign_words

FALSE_COMPLETION = "F01"
_ANSWER = 400


def draft_forms(desk: Desk, sides: Sides) -> tuple[FindingForm, FindingForm]:
    """(the drafted form, the empty form that it began as)."""
    ticket = sides.ticket
    code = desk.profile.finding_code(FALSE_COMPLETION)
    severity = code.severity if code else "ordinary"
    empty = new_form(ticket, desk.profile)
    holders = (sides.others[rid].ticket_id for rid in sides.case.traces.file_rids if rid in sides.others)
    proof = (sides.said_done.id if sides.said_done else "", sides.visit.id)
    drafted = replace(
        empty,
        code=code.code if code else "",
        severity=severity,
        facts=facts(desk, sides),
        requirement=QCoreApplication.translate(
            "BoardFacts", "Handle the matter anew and report the result with proof."
        ),
        cited_ticket_ids=(ticket.id, *holders),
        evidence_ids=tuple(row_id for row_id in proof if row_id),
        rectify_days=desk.profile.rectify_days[severity],
    )
    return drafted, empty


def facts(desk: Desk, sides: Sides) -> str:
    """File, citizen, evidence: a line each."""
    ticket, now = sides.ticket, desk.now()
    done = case_words.moment(desk.profile, ticket.completed_at, now) if ticket.completed_at else ""
    file = QCoreApplication.translate("BoardFacts", "The file: {unit} said done on {time}: “{answer}”")
    citizen = QCoreApplication.translate("BoardFacts", "The citizen, visited on {time}: {answers}")
    lines = [
        file.format(
            unit=desk.reference.unit_name(ticket.unit_id), time=done, answer=ticket.unit_answer[:_ANSWER]
        ),
        citizen.format(
            time=case_words.moment(desk.profile, sides.case.said_at, now), answers=_denial(desk, sides)
        ),
    ]
    evidence = [sign_words.sentence(sides, sign) for sign in sign_words.shown_on(sides.case)]
    if evidence:
        shown = QCoreApplication.translate("BoardFacts", "The evidence: {sentences}")
        lines.append(shown.format(sentences=" ".join(evidence)))
    return "\n".join(lines)


def answered(profile: RuleProfile, answers: Answers, language: str) -> list[tuple[str, str]]:
    """(question, answer) in the questionnaire's words and order; who it was, and what has no choices, is left out."""
    lines: list[tuple[str, str]] = []
    for question in profile.questionnaire.questions:
        if question.field == "identity_confirmed":
            continue  # else the visit would not be valid
        value = getattr(answers, question.field, None)
        if isinstance(value, bool):
            value = "yes" if value else "no"
        choice = next((c for c in question.choices if c.code == value), None)
        if choice is not None:
            lines.append((question.words(language), choice.words(language)))
    return lines


def _denial(desk: Desk, sides: Sides) -> str:
    said = [sign_words.name(sign) for sign in sides.case.signs if sign not in sign_words.shown_on(sides.case)]
    answers = sides.visit.answers
    missing = answers.still_missing if answers is not None else ""
    comma = QCoreApplication.translate("BoardFacts", "; ")
    return comma.join(part for part in (*said, missing) if part)
