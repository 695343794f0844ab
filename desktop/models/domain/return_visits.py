"""The return-visit rules: when the next attempt may be made, why, when a visit is unreachable, what is valid.

One pure place for desktop and server. Attempts are judged from the attempt rows, never from a counter.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from .calendar import day_kind
from .entities import Answers, Attempt, Proposal, Visit
from .profile import Band, Question, RuleProfile, day_after

Why = Literal[
    "booked",
    "booked_waiting",
    "exception",
    "close_to_due",
    "overdue",
    "new_band",
    "oldest",
    "resting",
]
Refusal = Literal[
    "outside_hours",
    "holiday",
    "too_soon",
    "attempts_used",
    "other_band_needed",
    "other_day_needed",
    "closed",
    "past",
]
MISSES = ("no_answer", "busy", "switched_off", "line_fault")
CONVERSATIONS = ("answered", "refused", "wrong_number")
_CLOSED = ("completed", "cancelled", "unreachable")
_SEARCH_DAYS = 40
_EARLY = timedelta(minutes=10)
"""A booked call may be made this much before its time."""


class Permission(Struct, frozen=True):
    """Whether an attempt may be made at a moment; ``reason`` names the rule when not.

    ``excepted``: by the rules it may not, and a second person has agreed to it.
    """

    allowed: bool
    reason: Refusal | None = None
    excepted: bool = False


class Standing(Struct, frozen=True):
    """Where a visit stands in the queue and why. ``rank`` sorts ascending; ``next_at`` is None when closed."""

    why: Why
    rank: tuple[int, float, str]
    next_at: datetime | None
    next_band: str
    misses: int
    last_outcome: str
    exhausted: bool
    missed_bands: tuple[str, ...] = ()
    """The bands of the calls in vain, oldest first; "" for one outside all bands."""


def misses_of(attempts: Sequence[Attempt]) -> list[Attempt]:
    """The attempts that reached nobody, oldest first; a practice call counts like any other.

    A line fault is our own fault and is not a miss of the citizen's.
    """
    return sorted(
        (a for a in attempts if a.outcome in MISSES and a.outcome != "line_fault"),
        key=lambda a: a.at,
    )


def promised_call(visit: Visit, attempts: Sequence[Attempt]) -> datetime | None:
    """The time the citizen named or the office booked, the latest word counting.

    A booking is used up by the attempt made at its time, whether or not the server has said so yet.
    """
    latest = max(attempts, key=lambda a: a.at, default=None)
    if latest is not None and latest.outcome == "call_later":
        return latest.call_later_at
    if visit.state != "booked" or visit.booked_at is None:
        return None
    used = latest is not None and latest.at >= visit.booked_at - _EARLY
    return None if used else visit.booked_at


def band_of(profile: RuleProfile, moment: datetime) -> Band | None:
    """The calling band ``moment`` lies in."""
    local = profile.local(moment)
    return next((b for b in profile.attempts.bands if b.contains(local)), None)


def may_attempt(
    profile: RuleProfile,
    visit: Visit,
    attempts: Sequence[Attempt],
    at: datetime,
    *,
    named_by_citizen: bool = False,
) -> Permission:
    """Whether the policy lets a call be made at ``at``. A time the citizen named overrides gap and bands.

    An exception that stands sets the rule aside for one call, but never the hours in which no citizen is rung at all.
    """
    judged = _by_the_rules(profile, visit, attempts, at, named_by_citizen=named_by_citizen)
    if judged.allowed or judged.reason == "closed" or not exception_stands(visit, attempts, at):
        return judged
    if not profile.attempts.citizen_named.contains(profile.local(at)):
        return judged
    return Permission(True, judged.reason, excepted=True)


def exception_stands(visit: Visit, attempts: Sequence[Attempt], at: datetime) -> bool:
    """Whether a call outside the policy was agreed to for ``at`` and has not been made yet."""
    agreed = visit.exception
    if agreed is None or agreed.state != "agreed" or agreed.decided_at is None or agreed.until is None:
        return False
    if not agreed.decided_at <= at < agreed.until:
        return False
    return all(attempt.at < agreed.decided_at for attempt in attempts)


def rule_against(
    profile: RuleProfile, visit: Visit, attempts: Sequence[Attempt], at: datetime
) -> Refusal | None:
    """Which rule forbids a call at ``at``, an exception left out and the visit as it stood then; None = none does."""
    earlier = [attempt for attempt in attempts if attempt.at <= at]
    then = replace(visit, state="waiting", exception=None)
    promised = promised_call(visit, earlier)
    named = promised is not None and at >= promised - _EARLY
    return _by_the_rules(profile, then, earlier, at, named_by_citizen=named).reason


def _by_the_rules(
    profile: RuleProfile,
    visit: Visit,
    attempts: Sequence[Attempt],
    at: datetime,
    *,
    named_by_citizen: bool,
) -> Permission:
    policy = profile.attempts
    if visit.state in _CLOSED:
        return Permission(False, "closed")
    misses = misses_of(attempts)
    if len(misses) >= policy.attempts:
        return Permission(False, "attempts_used")
    local = profile.local(at)
    if not policy.on_holidays and day_kind(profile.calendar, local.date()) == "holiday":
        return Permission(False, "holiday")
    if named_by_citizen:
        return (
            Permission(True) if policy.citizen_named.contains(local) else Permission(False, "outside_hours")
        )
    band = band_of(profile, at)
    if band is None:
        return Permission(False, "outside_hours")
    if misses and at - misses[-1].at < timedelta(hours=policy.gap_hours):
        return Permission(False, "too_soon")
    left = policy.attempts - len(misses)
    days = {profile.local(m.at).date() for m in misses}
    if policy.min_days - len(days | {local.date()}) >= left:
        return Permission(False, "other_day_needed")
    bands = {_band_name(profile, m) for m in misses}
    if policy.min_bands - len(bands | {band.name}) >= left:
        return Permission(False, "other_band_needed")
    return Permission(True)


def may_book(
    profile: RuleProfile,
    visit: Visit,
    attempts: Sequence[Attempt],
    at: datetime,
    now: datetime,
    *,
    named_by_citizen: bool = False,
) -> Permission:
    """Whether a visit may be booked for ``at``: in the future and where an attempt will be permitted."""
    if at <= now:
        return Permission(False, "past")
    return _by_the_rules(profile, visit, attempts, at, named_by_citizen=named_by_citizen)


def next_permitted(
    profile: RuleProfile, visit: Visit, attempts: Sequence[Attempt], now: datetime
) -> tuple[datetime | None, str]:
    """The first moment from ``now`` on at which an attempt is permitted, with the band's name.

    A promised call answers with its own time, also when that has passed; one that the rules forbid does not count.
    """
    named = _standing_promise(profile, visit, attempts)
    if named is not None:
        band = band_of(profile, named)
        return named, band.name if band else ""
    misses = misses_of(attempts)
    if len(misses) >= profile.attempts.attempts or visit.state in _CLOSED:
        return None, ""
    earliest = max(now, visit.opened_at)
    if misses:
        earliest = max(earliest, misses[-1].at + timedelta(hours=profile.attempts.gap_hours))
    day = profile.local(earliest).date()
    for _ in range(_SEARCH_DAYS):
        for band in profile.attempts.bands:
            opens = datetime.combine(day, band.start, tzinfo=profile.zone())
            closes = datetime.combine(day, band.end, tzinfo=profile.zone())
            moment = max(opens, earliest)
            judged = _by_the_rules(profile, visit, attempts, moment, named_by_citizen=False)
            if moment < closes and judged.allowed:
                return moment, band.name
        day = day_after(day)
    return None, ""


def standing(profile: RuleProfile, visit: Visit, attempts: Sequence[Attempt], now: datetime) -> Standing:
    """The visit's place in the queue: booked, close to its deadline, bands never tried, oldest; and why."""
    misses = misses_of(attempts)
    last = max(attempts, key=lambda a: a.at, default=None)
    next_at, band = next_permitted(profile, visit, attempts, now)
    exhausted = len(misses) >= profile.attempts.attempts
    named = _standing_promise(profile, visit, attempts)
    age = visit.opened_at.timestamp()
    why: Why
    if exception_stands(visit, attempts, now) and may_attempt(profile, visit, attempts, now).excepted:
        why, rank, next_at = "exception", (0, now.timestamp(), visit.id), now
    elif named is not None:
        # A promise that was not kept by nine in the evening is not kept at night.
        open_now = may_attempt(profile, visit, attempts, now, named_by_citizen=True).allowed
        due_now = named <= now + _EARLY and open_now
        why = "booked" if due_now else "booked_waiting"
        rank = (0 if due_now else 4, named.timestamp(), visit.id)
    elif next_at is None or next_at > now or not may_attempt(profile, visit, attempts, now).allowed:
        why = "resting"
        rank = (5, next_at.timestamp() if next_at else float("inf"), visit.id)
    elif visit.due_at is not None and visit.due_at - now <= timedelta(hours=profile.due_soon_hours):
        why = "overdue" if visit.due_at < now else "close_to_due"
        rank = (1, visit.due_at.timestamp(), visit.id)
    elif misses and band not in {_band_name(profile, m) for m in misses}:
        why = "new_band"
        rank = (2, age, visit.id)
    else:
        why = "oldest"
        rank = (3, age, visit.id)
    missed = tuple(_band_name(profile, miss) for miss in misses)
    return Standing(why, rank, next_at, band, len(misses), last.outcome if last else "", exhausted, missed)


def after_attempt(
    profile: RuleProfile, visit: Visit, attempts: Sequence[Attempt]
) -> Literal["waiting", "unreachable", "refused", "wrong_number", "in_call"]:
    """What a visit is after its latest attempt; "in_call" = somebody answered and the answers are to come."""
    last = max(attempts, key=lambda a: a.at, default=None)
    if last is None:
        return "waiting"
    if last.outcome == "answered":
        return "in_call"
    if last.outcome == "refused":
        return "refused"
    if last.outcome == "wrong_number":
        return "wrong_number"
    return "unreachable" if len(misses_of(attempts)) >= profile.attempts.attempts else "waiting"


def _standing_promise(profile: RuleProfile, visit: Visit, attempts: Sequence[Attempt]) -> datetime | None:
    """The promised call, where the rules let it be kept."""
    named = promised_call(visit, attempts)
    if named is None:
        return None
    kept = _by_the_rules(profile, visit, attempts, named, named_by_citizen=True)
    return named if kept.allowed else None


def _band_name(profile: RuleProfile, attempt: Attempt) -> str:
    """The band of an attempt; a call at the citizen's own time outside all bands is a band of its own, ""."""
    band = band_of(profile, attempt.at)
    return band.name if band else ""


def is_asked(question: Question, answers: Answers, level: str = "normal") -> bool:
    """Whether ``question`` is put, given the answers so far: one of the codes that its ``when`` names was given."""
    if question.level and question.level != level:
        return False
    return not question.when or any(
        not codes_of(answers, field).isdisjoint(codes) for field, codes in question.when.items()
    )


def codes_of(answers: Answers, field: str) -> frozenset[str]:
    """What was answered to ``field`` as the codes of the questionnaire: a yes-or-no field answers yes or no."""
    value = getattr(answers, field)
    if isinstance(value, bool):
        return frozenset({"yes" if value else "no"})
    if isinstance(value, tuple):
        return frozenset(value)
    return frozenset({value}) if value else frozenset()


def is_valid(answers: Answers) -> bool:
    """Valid visit (有效回访): identity confirmed and the three key questions answered.

    "Cannot remember" to the first is answered; no rating (不评价) to the third is reached but not valid.
    """
    return (
        answers.identity_confirmed
        and answers.contacted is not None
        and answers.resolved is not None
        and answers.satisfied_result not in (None, "no_rating")
    )


def is_for_the_case(visit: Visit) -> bool:
    """Whether it asks about the handling: one opened to look at a rectification judges that, and counts in no rate."""
    return visit.ground != "rectification"


def is_dissatisfied(answers: Answers) -> bool:
    """Not resolved, or dissatisfied with the result: what proposes a further step."""
    return answers.resolved == "not_resolved" or answers.satisfied_result in (
        "dissatisfied",
        "very_dissatisfied",
    )


def proposal(answers: Answers, rework: int, rework_threshold: int) -> Proposal:
    """What follows a completed visit, proposed only: nothing, rework, or a supervision notice."""
    if not is_dissatisfied(answers):
        return ""
    return "supervision_notice" if rework >= rework_threshold else "rework"


def agree(first: Answers, second: Answers) -> bool:
    """Whether two callers heard the same of one matter: contacted, resolved, and satisfied with the result or not."""
    heard = [(a.contacted, a.resolved, is_dissatisfied(a)) for a in (first, second)]
    return heard[0] == heard[1]


def contradicts(answers: Answers, completed: bool) -> bool:
    """True when the file says done and the citizen says not contacted or not resolved."""
    return completed and (answers.contacted == "no" or answers.resolved == "not_resolved")


def missing_answers(answers: Answers, level: str = "normal") -> tuple[str, ...]:
    """The fields of the key questions still without an answer, in the questionnaire's order."""
    missing: list[str] = []
    if not answers.identity_confirmed:
        missing.append("identity_confirmed")
    missing.extend(f for f in ("contacted", "resolved", "satisfied_result") if getattr(answers, f) is None)
    if level == "report" and answers.result_told is None:
        missing.append("result_told")
    return tuple(missing)
