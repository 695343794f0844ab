"""What a citizen answers to the questionnaire: from what the unit really did, with a good deal of chance."""

from __future__ import annotations

from desktop.models.domain.entities import Answers, Contacted, RatedSatisfaction, Resolved

from .chance import Lottery, one_of
from .life import Life

_RESOLVED: Lottery[Resolved] = Lottery({"resolved": 90, "partly": 5.5, "not_resolved": 4.5})
_RESOLVED_BADLY: Lottery[Resolved] = Lottery({"resolved": 66, "partly": 17, "not_resolved": 17})
_RESOLVED_FALSELY: Lottery[Resolved] = Lottery({"resolved": 10, "partly": 10, "not_resolved": 80})
_CONTACTED: Lottery[Contacted] = Lottery({"yes": 97.4, "no": 1.2, "cannot_remember": 1.4})
_CONTACTED_FALSELY: Lottery[Contacted] = Lottery({"yes": 25, "no": 68, "cannot_remember": 7})
_RESULT: dict[Resolved, Lottery[RatedSatisfaction]] = {
    "resolved": Lottery(
        {
            "very_satisfied": 37,
            "satisfied": 46,
            "basically_satisfied": 14,
            "dissatisfied": 1.4,
            "no_rating": 1.6,
        }
    ),
    "partly": Lottery(
        {
            "satisfied": 18,
            "basically_satisfied": 50,
            "dissatisfied": 26,
            "very_dissatisfied": 4,
            "no_rating": 2,
        }
    ),
    "not_resolved": Lottery({"basically_satisfied": 9, "dissatisfied": 61, "very_dissatisfied": 30}),
}
_ATTITUDE: Lottery[RatedSatisfaction] = Lottery(
    {"very_satisfied": 40, "satisfied": 45, "basically_satisfied": 12, "dissatisfied": 1.5, "no_rating": 1.5}
)
_ATTITUDE_BAD: Lottery[RatedSatisfaction] = Lottery(
    {"satisfied": 28, "basically_satisfied": 40, "dissatisfied": 24, "very_dissatisfied": 8}
)
_REASONS = Lottery(
    {
        "not_solved": 30,
        "promise_not_kept": 12,
        "slow": 14,
        "evasive": 14,
        "passed_on": 8,
        "wrong_facts": 8,
        "attitude": 5,
        "recurred": 12,
        "policy": 5,
        "other": 2,
    }
)
_SHARE_PRESSED = 0.006
_SHARE_ATTITUDE_ASKED = 0.9
_SHARE_RESULT_TOLD = 0.86
_BAD = ("dissatisfied", "very_dissatisfied")


def answer(life: Life, *, spoken: bool) -> Answers:
    """The answers of a citizen who was reached and is the right one; ``spoken`` = to a caller, who may note more."""
    rng, town = life.rng, life.town
    falsely = life.fate.false_completion and life.rework == 0
    badly = life.fate.late_s > 0 or (life.fate.template and life.rework == 0)
    resolved = (_RESOLVED_FALSELY if falsely else _RESOLVED_BADLY if badly else _RESOLVED).draw(rng)
    contacted = (_CONTACTED_FALSELY if falsely else _CONTACTED).draw(rng)
    if life.fate.answered == "not_contacted" and life.rework == 0:
        contacted = "no"
    result = _RESULT[resolved].draw(rng)
    unhappy = result in _BAD
    missing = ""
    if resolved != "resolved":
        said = life.request.telling.case.missing
        missing = one_of(rng, said) if said else one_of(rng, town.lines("visit", "still_missing"))
    pressed = rng.random() < _SHARE_PRESSED or life.fate.answered == "pressed"
    attitude = None
    if rng.random() < _SHARE_ATTITUDE_ASKED:
        attitude = (_ATTITUDE_BAD if unhappy else _ATTITUDE).draw(rng)
    return Answers(
        identity_confirmed=True,
        contacted=contacted,
        resolved=resolved,
        still_missing=missing,
        satisfied_result=result,
        satisfied_attitude=attitude,
        pressed_for_rating=pressed,
        reasons=_reasons(life, contacted, resolved) if unhappy else (),
        result_told=rng.random() < _SHARE_RESULT_TOLD if life.request.level == "report" else None,
        note=_note(life, unhappy=unhappy, pressed=pressed, partly=resolved == "partly") if spoken else "",
    )


def _reasons(life: Life, contacted: Contacted, resolved: Resolved) -> tuple[str, ...]:
    """One to three reasons, the plain ones first."""
    chosen: list[str] = []
    if contacted == "no":
        chosen.append("not_contacted")
    if resolved == "not_resolved":
        chosen.append("not_solved")
    if not chosen or life.rng.random() < 0.45:
        reason = _REASONS.draw(life.rng)
        if reason not in chosen:
            chosen.append(reason)
    return tuple(chosen)


def _note(life: Life, *, unhappy: bool, pressed: bool, partly: bool) -> str:
    town, rng, citizen = life.town, life.rng, life.request.citizen
    if pressed:
        key = "pressed"
    elif unhappy:
        key = "dissatisfied"
    elif partly:
        key = "partly"
    else:
        key = "satisfied"
    if rng.random() < (0.35 if key == "satisfied" else 0.2):
        return ""
    note = one_of(rng, town.lines("visit", key))
    if citizen is not None and "elderly" in citizen.care and rng.random() < 0.6:
        note += one_of(rng, town.lines("visit", "elderly"))
    return note
