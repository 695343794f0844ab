"""Why something cannot be done at the return-visit desk at this moment, in words. Pure but for translations.

One place for every reason, so that a button is never disabled in silence. Must not decide by other rules than the
domain's and the command's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.entities import Attempt, Visit
from desktop.models.domain.return_visits import Permission, may_attempt, misses_of, rule_against
from desktop.services.background.carried import first_of
from desktop.services.background.desk import Desk
from desktop.services.commands.return_visits import VisitForm, may_record
from desktop.services.queries.visits import VisitInHand
from desktop.views.common.words import code_words, why_not_online

from . import visit_words
from .call_session import CallSession

_READERS = frozenset({"officer", "approve", "deputy_director"})
_OVER = ("completed", "cancelled", "unreachable")


def call_permission(desk: Desk, in_hand: VisitInHand, now: datetime) -> Permission:
    """Whether the policy lets this person be called now; a promised call that is due overrides gap and bands."""
    named = in_hand.standing.why == "booked"
    return may_attempt(desk.profile, in_hand.visit, in_hand.attempts, now, named_by_citizen=named)


def callable_now(desk: Desk, matters: Sequence[VisitInHand], wanted: str) -> list[str]:
    """The visits of one person that the rules let be asked in this call; never none, and always the one wanted."""
    ready = [
        one.visit.id
        for one in matters
        if one.visit.id == wanted or call_permission(desk, one, desk.now()).allowed
    ]
    return ready or [one.visit.id for one in matters]


def reads_cases(desk: Desk) -> bool:
    """Whether this person has a page on which cases are read."""
    return bool(_READERS.intersection(desk.me.roles))


def carries(desk: Desk, visit_id: str) -> bool:
    """Whether this visit was taken along and may be called without a word to the server."""
    return bool(visit_id) and first_of(desk.online.carried, (visit_id,)) == visit_id


def not_to_take(desk: Desk, session: CallSession, who: str, visit_id: str = "") -> str:
    """Why nobody else, or not whoever waits with this visit, can be taken now."""
    if session.must_record_first():
        first = QCoreApplication.translate("VisitReasons", "First record how the call with {person} went.")
        return first.format(person=who)
    if session.state == "claiming":
        return QCoreApplication.translate("VisitReasons", "One moment, the server is being asked.")
    return "" if carries(desk, visit_id) else why_not_online(desk.connection)


def not_mine(desk: Desk, in_hand: VisitInHand) -> str:
    """That a visit is assigned to somebody else by name; nobody but that person may take it."""
    assigned = in_hand.visit.assigned_to
    if assigned in ("", desk.me.person_id):
        return ""
    person = desk.reference.persons.get(assigned)
    name = in_hand.visit.assigned_name or (person.name if person else "")
    words = QCoreApplication.translate("VisitReasons", "Assigned to {name}.")
    return words.format(name=name) if name else code_words("assigned_to_other")


def not_to_dial(desk: Desk, session: CallSession, in_hand: VisitInHand) -> str:
    """Why this person cannot be called now."""
    if in_hand.visit.state in _OVER:
        return code_words("closed")
    if desk.line is None:
        return code_words("no_line")
    if desk.line.trouble:
        return code_words(desk.line.trouble)
    offline = why_not_online(desk.connection)
    if offline and not carries(desk, in_hand.visit.id):
        return offline
    if session.lease_lost:
        return QCoreApplication.translate("VisitReasons", "Take this person again first.")
    if session.state == "ended":
        return QCoreApplication.translate("VisitReasons", "First record how this call went.")
    others = not_mine(desk, in_hand)
    if others:
        return others
    permission = call_permission(desk, in_hand, desk.now())
    if permission.allowed:
        return ""
    return against_the_rules(desk, in_hand)


def against_the_rules(desk: Desk, in_hand: VisitInHand) -> str:
    """What the attempt rules have against a call now, and when one may be made; "" where they have nothing."""
    permission = call_permission(desk, in_hand, desk.now())
    words = visit_words.refusal(desk.profile, permission, named=False)
    if words and in_hand.standing.why == "resting" and in_hand.standing.next_at is not None:
        again = QCoreApplication.translate("VisitReasons", "{reason} Possible from {time}.")
        time = visit_words.when(desk.profile, in_hand.standing.next_at, desk.now())
        return again.format(reason=words, time=time)
    return words


def rule_in_the_way(desk: Desk, visit: Visit, attempts: Sequence[Attempt], at: datetime) -> str:
    """Which rule forbids a call at ``at`` and by what: whoever agrees to an exception sees what they set aside."""
    policy, reason = desk.profile.attempts, rule_against(desk.profile, visit, attempts, at)
    if reason is None:
        return QCoreApplication.translate("VisitReasons", "The rules permit this call without an exception.")
    misses = [miss for miss in misses_of(attempts) if miss.at <= at]
    if reason == "too_soon" and misses:
        words = QCoreApplication.translate(
            "VisitReasons",
            "The rule against it: at least {n} hours between two calls; the last one was {time}, {outcome}.",
        )
        last = misses[-1]
        time = visit_words.when(desk.profile, last.at, desk.now())
        return words.format(
            n=f"{policy.gap_hours:g}", time=time, outcome=visit_words.outcome_key(last.outcome)
        )
    if reason == "attempts_used":
        words = QCoreApplication.translate(
            "VisitReasons", "The rule against it: at most {n} calls in vain, and {made} were made."
        )
        return words.format(n=policy.attempts, made=len(misses))
    if reason == "other_day_needed":
        words = QCoreApplication.translate(
            "VisitReasons",
            "The rule against it: {n} calls on at least {days} days, so the next is for another day.",
        )
        return words.format(n=policy.attempts, days=policy.min_days)
    if reason == "other_band_needed":
        words = QCoreApplication.translate(
            "VisitReasons",
            "The rule against it: {n} calls in at least {bands} parts of the day, so the next is for another one.",
        )
        return words.format(n=policy.attempts, bands=policy.min_bands)
    said = visit_words.refusal(desk.profile, Permission(False, reason), named=False)
    return QCoreApplication.translate("VisitReasons", "The rule against it: {rule}").format(rule=said)


def not_to_record(desk: Desk, session: CallSession, in_hand: VisitInHand, form: VisitForm) -> str:
    """Why neither answers nor an outcome can be recorded for this visit now."""
    visit = in_hand.visit
    if visit.state in _OVER:
        return code_words("closed")
    if visit.id in session.done:
        return QCoreApplication.translate("VisitReasons", "This matter has been recorded.")
    held = session.holds(visit.id) or form.call is not None
    if may_record(visit, desk.me.person_id, lease_held=held, online=desk.connection.online):
        return ""
    if session.lease_lost and visit.id in session.visit_ids:
        return QCoreApplication.translate("VisitReasons", "Take this person again first.")
    if desk.connection.online:
        return QCoreApplication.translate(
            "VisitReasons", "Take this person first (Enter), so that no colleague calls at the same time."
        )
    return QCoreApplication.translate(
        "VisitReasons",
        "Without a connection only visits that you have taken, or that are assigned to you by name, can be recorded.",
    )


def not_to_book(in_hand: VisitInHand) -> str:
    """Why this visit cannot be booked."""
    if in_hand.visit.state in _OVER:
        return code_words("closed")
    return code_words("attempts_used") if in_hand.standing.exhausted else ""
