"""What must hold of a version of the city's rules before it may be published, beside having the right shape.

Pure; says what is wrong and where, and mends nothing. A version is never changed once it is published, so a slip would
stand in every deadline until the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfoNotFoundError

from msgspec import Struct

from .clocks import Situation, rule_of
from .entities import RequestType, Severity, UnitKind, Urgency, literals
from .ladder_rules import height
from .office_hours import day_minutes
from .operations import CATALOGUE
from .profile import RuleProfile
from .visit_rules import leading

_MOST_UNITS = 3_650
_MOST_GROUNDS = 100
_MOST_RECHECKS = 20
"""Of a hundred visits: more would trouble citizens for the office's own sake."""
_RIGHTS: dict[str, frozenset[str]] = {
    "writers": CATALOGUE["notice.create"].roles,
    "signers": CATALOGUE["notice.approve"].roles,
    "withdrawers": CATALOGUE["notice.withdraw"].roles,
}
"""What the contract lets a role do at all; a profile chooses among these."""


class Fault(Struct, frozen=True):
    """``where`` is a path into the profile ("/deadlines/3/limit"), ``what`` a sentence for the rule administrator."""

    where: str
    what: str


def faults_of(new: RuleProfile, before: RuleProfile, today: date) -> tuple[Fault, ...]:
    """What stands against publishing ``new`` after ``before``, the latest version; ``today`` is the office's date."""
    return (
        *_of_version(new, before, today),
        *_of_hours(new),
        *_of_calendar(new, before),
        *_of_rules(new),
        *_of_inspections(new),
        *_of_ladder(new),
        *_of_visits(new),
    )


def _of_version(new: RuleProfile, before: RuleProfile, today: date) -> Iterator[Fault]:
    if new.version != before.version + 1:
        yield Fault("/version", f"the next version is {before.version + 1}")
    if new.effective_from < today:
        yield Fault(
            "/effective_from", "rules cannot be in force before today: deadlines keep those of their day"
        )
    if new.effective_from < before.effective_from:
        yield Fault(
            "/effective_from", f"version {before.version} is in force only from {before.effective_from}"
        )
    try:
        new.zone()
    except (ZoneInfoNotFoundError, ValueError):
        yield Fault("/timezone", "there is no such time zone")
    else:
        if new.timezone != before.timezone:
            yield Fault("/timezone", "the office's time zone stays: every stored date is of it")


def _of_hours(new: RuleProfile) -> Iterator[Fault]:
    if new.work_start >= new.work_end:
        yield Fault("/work_end", "the office closes after it opens")
        return
    for number, each in enumerate(new.breaks):
        if not new.work_start <= each.start < each.end <= new.work_end:
            yield Fault(f"/breaks/{number}", "a break lies within the office hours")
    if day_minutes(new) < 60:
        yield Fault("/breaks", "less than an hour of the working day is left")


def _of_calendar(new: RuleProfile, before: RuleProfile) -> Iterator[Fault]:
    calendar = new.calendar
    if calendar.announced_until < before.calendar.announced_until:
        yield Fault("/calendar/announced_until", "what was announced cannot be taken back")
    for day in sorted(calendar.days_off.keys() & calendar.make_up_days.keys()):
        yield Fault("/calendar/make_up_days", f"{day} is off as well")
    for day in sorted(calendar.city_days_off.keys() & calendar.city_working_days.keys()):
        yield Fault("/calendar/city_working_days", f"{day} is off as well")
    for day in sorted(day for day in calendar.make_up_days if day.weekday() < 5):
        yield Fault("/calendar/make_up_days", f"{day} is worked anyway")


def _of_visits(new: RuleProfile) -> Iterator[Fault]:
    """Nobody is led to an answer; what is said of remedies ends after it begins."""
    said: list[tuple[str, tuple[str, ...]]] = []
    said.append(("/questionnaire", (new.questionnaire.opening_zh, new.questionnaire.opening_en)))
    for number, question in enumerate(new.questionnaire.questions):
        texts = (question.zh, question.en, *(text for c in question.choices for text in (c.zh, c.en)))
        said.append((f"/questionnaire/questions/{number}", texts))
    for where, texts in said:
        for word in leading("\n".join(texts), new.visits.leading_words):
            yield Fault(where, f"“{word}” leads the citizen to an answer")
    if not 0 <= new.visits.recheck_percent <= _MOST_RECHECKS:
        yield Fault("/visits/recheck_percent", f"between 0 and {_MOST_RECHECKS}")
    for number, remedy in enumerate(new.visits.remedies):
        if remedy.valid_from and remedy.valid_until and remedy.valid_until < remedy.valid_from:
            yield Fault(f"/visits/remedies/{number}", "it ends before it begins")


def _of_rules(new: RuleProfile) -> Iterator[Fault]:
    names: set[str] = set()
    for number, rule in enumerate(new.deadlines):
        where = f"/deadlines/{number}"
        if not 0 < rule.limit <= _MOST_UNITS:
            yield Fault(f"{where}/limit", f"a limit is between 1 and {_MOST_UNITS}")
        if rule.clock == "handling":
            if not rule.name.strip():
                yield Fault(f"{where}/name", "a rule is named: a ticket's due time is explained by it")
            elif rule.name in names:
                yield Fault(f"{where}/name", f"two rules are named {rule.name}")
            names.add(rule.name)
        if rule.cut_off is not None and not new.work_start < rule.cut_off <= new.work_end:
            yield Fault(f"{where}/cut_off", "the hour lies within the office hours")
    yield from _without_limit(new)
    stages = new.stages
    for name in ("sign_days", "first_contact_days", "visit_days", "rework_days", "notice_reply_days"):
        if not 0 < getattr(stages, name) <= _MOST_UNITS:
            yield Fault(f"/stages/{name}", f"a limit is between 1 and {_MOST_UNITS} working days")
    for severity in literals(Severity):
        if not 0 < new.rectify_days.get(severity, 0) <= _MOST_UNITS:  # type: ignore[call-overload]
            yield Fault(f"/rectify_days/{severity}", "every severity has its working days")


def _of_ladder(new: RuleProfile) -> Iterator[Fault]:
    """A rung that nobody may sign would be written and never issued; two of one kind would have two rules."""
    heights = [height(each.rung) for each in new.ladder.rungs]
    if heights != sorted(set(heights)):
        yield Fault("/ladder/rungs", "each rung stands once, the lowest first")
    for number, each in enumerate(new.ladder.rungs):
        where = f"/ladder/rungs/{number}"
        for name in ("writers", "signers", "withdrawers"):
            if not _RIGHTS[name] & set(getattr(each, name)):
                yield Fault(f"{where}/{name}", f"one of {', '.join(sorted(_RIGHTS[name]))} is needed")
        if not 0 <= each.reply_days <= _MOST_UNITS:
            yield Fault(f"{where}/reply_days", f"a limit is between 0 and {_MOST_UNITS} working days")
        if each.series and ("{n}" not in each.series or "{year}" not in each.series):
            yield Fault(f"{where}/series", "a series says where {year} and {n} stand")
    for name in ("unanswered_urges", "dissatisfied_reworks"):
        if not 0 <= getattr(new.ladder, name) <= _MOST_GROUNDS:
            yield Fault(f"/ladder/{name}", f"between 0 (never) and {_MOST_GROUNDS}")


def _of_inspections(new: RuleProfile) -> Iterator[Fault]:
    rules = new.inspections
    for name, codes in (
        ("citations", [citation.code for citation in rules.citations]),
        ("checklists", [checklist.code for checklist in rules.checklists]),
    ):
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield Fault(f"/inspections/{name}", f"two of them have the code {code}")
    for citation in rules.citations:
        if citation.valid_from and citation.valid_until and citation.valid_until < citation.valid_from:
            yield Fault(f"/inspections/citations/{citation.code}", "it ends before it is in force")
    for checklist in rules.checklists:
        where = f"/inspections/checklists/{checklist.code}"
        lines = [item.code for item in checklist.items]
        if not lines or len(set(lines)) != len(lines):
            yield Fault(where, "a list has lines, each with a code of its own")
        for item in checklist.items:
            if item.finding and new.finding_code(item.finding) is None:
                yield Fault(f"{where}/{item.code}", f"there is no finding code {item.finding}")


def _without_limit(new: RuleProfile) -> Iterator[Fault]:
    """A ticket that no rule fits would have no due time and never be late."""
    for request_type in literals(RequestType):
        for urgency in literals(Urgency):
            for kind in literals(UnitKind):
                of = Situation(request_type=request_type, urgency=urgency, unit_kind=kind)  # type: ignore[arg-type]
                if rule_of(new, "handling", of) is None:
                    yield Fault("/deadlines", f"no rule for {request_type}, {urgency}, {kind}")
                    return
