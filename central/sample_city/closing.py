"""From the unit's "done" to the archive: review, return visit, rework."""

from __future__ import annotations

from .chance import between, one_of
from .life import Life
from .visits import Told, ask

_SHARE_VISITED_CONSULTATIONS = 0.4
_SHARE_REWORK = 0.56
"""Of those whom the answers let the office propose a rework for."""


def close(life: Life) -> bool:
    """Review, visit and archive; True when the ticket goes back to the unit instead."""
    town, time, rng = life.town, life.town.time, life.rng
    at = time.after(life.completed, between(rng, 180, 2_700))
    if at > town.now:
        return False
    life.state = "in_review"
    reviewed = time.after(at, between(rng, 600, 1_800 if life.fate.script else 16_800))
    if reviewed > town.now:
        return False
    reviewer = f"审核员 {between(rng, 3001, 3009)}"
    if life.rework < life.fate.rework_after:
        _send_back(life, reviewed, life.say("rework_review"), reviewer)
        return True
    if not _is_visited(life):
        _archive(life, reviewed, "archive_direct", reviewer)
        return False
    life.tell(reviewed, "to_visit", life.say("review"), reviewer)
    life.state = "to_visit"
    life.visit_due = time.due_by_rule(life.rule_of("visit"), life.completed)[0]
    return _after_visit(life, ask(life, reviewed))


def _after_visit(life: Life, told: Told) -> bool:
    """What follows from a visit: nothing yet, archive, review; True for rework."""
    town, rng = life.town, life.rng
    if not told.ended:
        return False
    if told.outcome in _ARCHIVED:
        key = _ARCHIVED[told.outcome] if told.by else "archive_by_system"
        _archive(life, told.ended, key, told.by or "系统")
        return False
    life.state = "in_review"
    at = town.time.after(told.ended, between(rng, 1_200, 30_000))
    if at > town.now:
        return False
    officer = one_of(rng, town.officers).name
    if told.outcome == "proposed" and rng.random() < _SHARE_REWORK:
        _send_back(life, at, life.say("rework").format(missing=told.missing), officer)
        return True
    _archive(life, at, "archive_visit", officer)
    return False


_ARCHIVED = {"content": "archive_visit", "unreachable": "archive_unreachable", "refused": "archive_refused"}


def _send_back(life: Life, at: int, text: str, actor: str) -> None:
    """Rework: a dispatch of its own, with its own limit in working days."""
    life.rework += 1
    life.tell(at, "rework", text, actor)
    life.signed = life.contacted = life.completed = 0
    life.answer = ""
    life.visit_due = None
    life.by_hours = life.sleeps = False
    life.start_clocks(at)


def _archive(life: Life, at: int, key: str, actor: str) -> None:
    life.archived, life.state = at, "archived"
    life.tell(at, "archived", life.say(key), actor)


def _is_visited(life: Life) -> bool:
    request = life.request
    if request.citizen is None or request.request_type == "praise":
        return False
    if life.fate.visited is not None:
        return life.fate.visited
    return request.request_type != "consultation" or life.rng.random() < _SHARE_VISITED_CONSULTATIONS
