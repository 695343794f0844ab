"""Return visits: the calls, their outcomes, and what citizens answer.

Attempts keep the office's policy (hours, gaps, days, bands), which a test checks against ``domain.return_visits``. Who
answers how depends on what the unit really did: the planted truth of a fate shows here and nowhere else.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from msgspec.structs import replace

from desktop.models.domain.entities import (
    Attempt,
    DraftTicket,
    Outcome,
    Visit,
    VisitMode,
)
from desktop.models.domain.return_visits import contradicts, is_valid, proposal

from .answers import answer
from .chance import Lottery, between, one_of
from .life import ATTEMPT, DRAFT, VISIT, Life
from .scripts import Script
from .worktime import HOUR_S, MINUTE_S
from .world import Colleague

_MODES: Lottery[VisitMode] = Lottery({"phone": 71, "sms": 15, "web": 9, "robot": 5})
_OUTCOMES: Lottery[Outcome] = Lottery(
    {
        "answered": 77.5,
        "no_answer": 12.5,
        "busy": 3,
        "switched_off": 2.6,
        "wrong_number": 0.6,
        "refused": 1.3,
        "call_later": 2.2,
        "line_fault": 0.3,
    }
)
_LONGEST_CALL = 260
_SHARE_EVENING = 0.08
_SHARE_NEW_MATTER = 0.008
_SILENT_HOURS = (1, 26)
_AWAKE = (8 * HOUR_S, 21 * HOUR_S)


class Told(NamedTuple):
    """How a visit ended: ``ended`` 0 = it has not. ``missing`` is what the citizen says is still missing."""

    ended: int = 0
    outcome: str = ""
    missing: str = ""
    by: str = ""


def ask(life: Life, opened: int) -> Told:
    """Play the visit of a ticket that was reviewed at ``opened``."""
    life.visits += 1
    visit_id = life.child_id(VISIT)
    citizen = life.request.citizen
    assert citizen is not None  # anonymous requesters are not visited
    visit = Visit(
        id=visit_id,
        ticket_id=life.id,
        unit_id=life.unit.id,
        contact_id=citizen.contact.id,
        level=life.request.level,
        opened_at=life.town.time.moment(opened),
        due_at=life.visit_due,
    )
    script = life.fate.script
    if script is not None and life.visits == 1:
        return _scripted(life, visit, script)
    mode = _MODES.draw(life.rng)
    if mode != "phone":
        at = _silent_answer(life, opened)
        if at <= life.town.now:
            return _finish(life, visit, at, mode=mode, caller=None)
    return _call(life, visit, opened)


def _call(life: Life, visit: Visit, opened: int) -> Told:
    """Attempts by telephone until somebody answers, refuses, or the policy ends it."""
    town, rng = life.town, life.rng
    caller = _caller(life)
    policy = town.profile.attempts
    at, used, misses = _first_call(life, opened), _NONE, 0
    booked: datetime | None = None
    while at <= town.now - _LONGEST_CALL:
        outcome = _OUTCOMES.draw(rng)
        used |= {_band_of(life, at)}
        if outcome == "answered":
            return _finish(life, visit, at, mode="phone", caller=caller)
        booked = None
        later = _later(life, at) if outcome == "call_later" else 0
        _attempt(life, visit, at, outcome, caller, later=later)
        if outcome in ("refused", "wrong_number"):
            state = "cancelled" if outcome == "refused" else "unreachable"
            life.rows.append(replace(visit, state=state))
            return Told(at, outcome, by=caller.name)
        if outcome == "call_later":
            booked, at = town.time.moment(later), later + between(rng, 0, 240)
            continue
        if outcome == "line_fault":
            at += between(rng, 5, 15) * MINUTE_S
            if at <= town.now and _band_of(life, at) < 0:
                at = _next_call(life, at, used)
            continue
        misses += 1
        if misses >= policy.attempts:
            life.rows.append(replace(visit, state="unreachable"))
            return Told(at, "unreachable", by=caller.name)
        at = _next_call(life, at, used)
    if used == _NONE:
        visit = _after_silence(life, visit)
    life.visit = replace(visit, state="booked" if booked else "waiting", booked_at=booked)
    life.rows.append(life.visit)
    return Told()


def _after_silence(life: Life, visit: Visit) -> Visit:
    """One in four of those whom nobody has called yet was sent a message first, and did not answer it."""
    if int(visit.id[-1], 16) % 4:
        return visit
    unanswered = replace(visit, id=life.child_id(VISIT), state="unreachable", mode="sms", due_at=None)
    life.rows.append(unanswered)
    return replace(visit, ground="no_reply", follows=unanswered.id)


_NONE: frozenset[int] = frozenset()


def _scripted(life: Life, visit: Visit, script: Script) -> Told:
    town, time = life.town, life.town.time
    caller = script.assigned or _caller(life)
    for call in script.calls:
        at = time.at(time.working_days_ago(town.now, call.days_ago), call.time)
        later = town.now + (script.booked_in or 0) if call.outcome == "call_later" else 0
        _attempt(life, visit, at, call.outcome, caller, later=later)
    booked = None if script.booked_in is None else time.moment(town.now + script.booked_in)
    by_word = bool(script.calls) and script.calls[-1].outcome == "call_later"
    life.visit = replace(
        visit,
        state="booked" if booked else "waiting",
        booked_at=booked,
        assigned_to=script.assigned.id if script.assigned else "",
        assigned_name=script.assigned.name if script.assigned else "",
        note=one_of(life.rng, town.lines("visit", "booking")) if booked and not by_word else "",
    )
    life.rows.append(life.visit)
    return Told()


def _finish(life: Life, visit: Visit, at: int, *, mode: VisitMode, caller: Colleague | None) -> Told:
    """The citizen answers."""
    town, rng = life.town, life.rng
    answers = answer(life, spoken=caller is not None)
    duration = between(rng, 55, _LONGEST_CALL) if caller else 0
    ended = at + duration
    if caller:
        _attempt(life, visit, at, "answered", caller, duration=duration)
    proposed = proposal(answers, life.rework, town.profile.escalation.rework)
    done = replace(
        visit,
        state="completed",
        mode=mode,
        answers=answers,
        questionnaire=town.profile.questionnaire.version,
        completed_at=town.time.moment(ended),
        completed_by=caller.name if caller else "",
        completed_by_id=caller.id if caller else "",
        valid=is_valid(answers),
        proposal=proposed,
    )
    life.rows.append(done)
    life.visit = done
    if contradicts(answers, completed=True):
        life.contradicted = answers
    if caller and rng.random() < _SHARE_NEW_MATTER:
        text = one_of(rng, town.lines("visit", "new_matter")).format_map(life.request.slots)
        life.rows.append(
            DraftTicket(
                id=life.child_id(DRAFT),
                ticket_id=life.id,
                visit_id=visit.id,
                text=text,
                by_id=caller.id,
                by_name=caller.name,
                at=town.time.moment(ended),
            )
        )
    return Told(
        ended, "proposed" if proposed else "content", answers.still_missing, caller.name if caller else ""
    )


def _attempt(
    life: Life,
    visit: Visit,
    at: int,
    outcome: Outcome,
    caller: Colleague,
    *,
    later: int = 0,
    duration: int = 0,
) -> None:
    town = life.town
    lines = () if outcome == "answered" else town.lines("visit", outcome)
    life.rows.append(
        Attempt(
            id=life.child_id(ATTEMPT),
            ticket_id=life.id,
            visit_id=visit.id,
            contact_id=visit.contact_id,
            outcome=outcome,
            at=town.time.moment(at),
            duration_s=duration,
            call_later_at=town.time.moment(later) if later else None,
            by_id=caller.id,
            by_name=caller.name,
            note=one_of(life.rng, lines) if lines and life.rng.random() < 0.6 else "",
        )
    )


def _caller(life: Life) -> Colleague:
    """Reports are visited by cleared staff only; the rest by either."""
    callers = life.town.callers
    if life.request.level == "report":
        callers = tuple(c for c in callers if "cleared" in c.person.roles)
    return one_of(life.rng, callers)


def _silent_answer(life: Life, opened: int) -> int:
    """When a message, a page or a robot gets its answer: within a day or so, and not at night."""
    low, high = _SILENT_HOURS
    at = opened + between(life.rng, low * HOUR_S, high * HOUR_S)
    of_day = life.town.time.time_of_day(at)
    if _AWAKE[0] <= of_day < _AWAKE[1]:
        return at
    day = life.town.time.day_of(at) + (of_day >= _AWAKE[1])
    return life.town.time.at(day, _AWAKE[0] + between(life.rng, 0, 3 * HOUR_S))


def _band_of(life: Life, at: int) -> int:
    """The number of the calling band, -1 for none."""
    of_day = life.town.time.time_of_day(at)
    for number, (start, end) in enumerate(life.town.bands):
        if start <= of_day < end:
            return number
    return -1


def _first_call(life: Life, opened: int) -> int:
    """Some office hours after the visit opened, in a band of a working day."""
    time, rng = life.town.time, life.rng
    at = time.after(opened, int((0.1 + 0.85 * rng.random()) * time.day_length))
    if rng.random() < _SHARE_EVENING:
        return _in_band(life, time.day_of(at), len(life.town.bands) - 1)
    band = _band_of(life, at)
    if band >= 0:
        return at
    later = [n for n, (start, _) in enumerate(life.town.bands) if start > time.time_of_day(at)]
    return _in_band(life, time.day_of(at), later[0] if later else len(life.town.bands) - 1)


def _next_call(life: Life, at: int, used: frozenset[int]) -> int:
    """The next working day, in a band not tried yet."""
    bands = range(len(life.town.bands))
    fresh = [n for n in bands if n not in used] or list(bands)
    day = life.town.time.next_working_day(life.town.time.day_of(at))
    return _in_band(life, day, one_of(life.rng, fresh))


def _in_band(life: Life, day: int, band: int) -> int:
    start, end = life.town.bands[band]
    return life.town.time.at(day, between(life.rng, start, end - 5 * MINUTE_S))


def _later(life: Life, at: int) -> int:
    """The time a citizen names: the same evening or the next working day."""
    time, rng = life.town.time, life.rng
    if time.time_of_day(at) < 15 * HOUR_S and rng.random() < 0.5:
        return time.at(time.day_of(at), between(rng, 17 * 4, 20 * 4) * 15 * MINUTE_S)
    day = time.next_working_day(time.day_of(at))
    return time.at(day, between(rng, 9 * 4, 19 * 4) * 15 * MINUTE_S)
