"""What must hold of a version of the city's rules before it may be published, beside having the right shape.

Pure; says what is wrong and where, and mends nothing. A version is never changed once it is published, so a slip would
stand in every deadline until the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Final
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
_MOST_INQUIRY_DAYS = 30
_RIGHTS: dict[str, frozenset[str]] = {
    "writers": CATALOGUE["notice.create"].roles,
    "signers": CATALOGUE["notice.approve"].roles,
    "withdrawers": CATALOGUE["notice.withdraw"].roles,
}
"""What the contract lets a role do at all; a profile chooses among these."""


_WORDS: Final[dict[str, str]] = {
    "next_version": "the next version is {0}",
    "in_the_past": "rules cannot be in force before today: deadlines keep those of their day",
    "before_the_last": "version {0} is in force only from {1}",
    "no_such_zone": "there is no such time zone",
    "zone_stays": "the office's time zone stays: every stored date is of it",
    "time_with_zone": "an hour of the day has no time zone",
    "closes_before": "the office closes after it opens",
    "break_outside": "a break lies within the office hours",
    "no_hour_left": "less than an hour of the working day is left",
    "taken_back": "what was announced cannot be taken back",
    "off_as_well": "{0} is off as well",
    "worked_anyway": "{0} is worked anyway",
    "leading_word": "“{0}” leads the citizen to an answer",
    "between": "between {0} and {1}",
    "ends_before": "it ends before it begins",
    "limit_units": "a limit is between 1 and {0}",
    "limit_days": "a limit is between {0} and {1} working days",
    "unnamed": "a rule is named: a ticket's due time is explained by it",
    "same_name": "two rules are named {0}",
    "outside_hours": "the hour lies within the office hours",
    "every_severity": "every severity has its working days",
    "rungs_order": "each rung stands once, the lowest first",
    "one_of": "one of {0} is needed",
    "series_marks": "a series says where {{year}} and {{n}} stand",
    "never_or": "between 0 (never) and {0}",
    "same_code": "two of them have the code {0}",
    "lines_coded": "a list has lines, each with a code of its own",
    "no_such_finding": "there is no finding code {0}",
    "no_rule": "no rule for {0}, {1}, {2}",
}
"""What each code says to whoever reads a command line; the desktop has its own words for them."""


class Fault(Struct, frozen=True):
    """``where`` is a path into the profile ("/deadlines/3/limit"), ``code`` says what is wrong there, of ``given``."""

    where: str
    code: str
    given: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """A sentence for the command line."""
        return _WORDS[self.code].format(*self.given)


CODES: Final[tuple[str, ...]] = tuple(_WORDS)


def faults_of(new: RuleProfile, before: RuleProfile, today: date) -> tuple[Fault, ...]:
    """What stands against publishing ``new`` after ``before``, the latest version; ``today`` is the office's date."""
    zoned = tuple(_of_times(new))
    if zoned:  # they cannot be compared with the others
        return zoned
    return (
        *_of_version(new, before, today),
        *_of_hours(new),
        *_of_calendar(new, before),
        *_of_rules(new),
        *_of_inspections(new),
        *_of_ladder(new),
        *_of_visits(new),
    )


def _of_times(new: RuleProfile) -> Iterator[Fault]:
    told: list[tuple[str, time | None]] = [("/work_start", new.work_start), ("/work_end", new.work_end)]
    told += [(f"/deadlines/{n}/cut_off", rule.cut_off) for n, rule in enumerate(new.deadlines)]
    bands = [(f"/breaks/{n}", band) for n, band in enumerate(new.breaks)]
    bands += [(f"/attempts/bands/{n}", band) for n, band in enumerate(new.attempts.bands)]
    for where, band in (*bands, ("/attempts/citizen_named", new.attempts.citizen_named)):
        told += [(f"{where}/start", band.start), (f"{where}/end", band.end)]
    for where, hour in told:
        if hour is not None and hour.tzinfo is not None:
            yield Fault(where, "time_with_zone")


def _of_version(new: RuleProfile, before: RuleProfile, today: date) -> Iterator[Fault]:
    if new.version != before.version + 1:
        yield Fault("/version", "next_version", (str(before.version + 1),))
    if new.effective_from < today:
        yield Fault("/effective_from", "in_the_past")
    if new.effective_from < before.effective_from:
        given = (str(before.version), str(before.effective_from))
        yield Fault("/effective_from", "before_the_last", given)
    try:
        new.zone()
    except (ZoneInfoNotFoundError, ValueError):
        yield Fault("/timezone", "no_such_zone")
    else:
        if new.timezone != before.timezone:
            yield Fault("/timezone", "zone_stays")


def _of_hours(new: RuleProfile) -> Iterator[Fault]:
    if new.work_start >= new.work_end:
        yield Fault("/work_end", "closes_before")
        return
    for number, each in enumerate(new.breaks):
        if not new.work_start <= each.start < each.end <= new.work_end:
            yield Fault(f"/breaks/{number}", "break_outside")
    if day_minutes(new) < 60:
        yield Fault("/breaks", "no_hour_left")


def _of_calendar(new: RuleProfile, before: RuleProfile) -> Iterator[Fault]:
    calendar = new.calendar
    if calendar.announced_until < before.calendar.announced_until:
        yield Fault("/calendar/announced_until", "taken_back")
    for day in sorted(calendar.days_off.keys() & calendar.make_up_days.keys()):
        yield Fault("/calendar/make_up_days", "off_as_well", (str(day),))
    for day in sorted(calendar.city_days_off.keys() & calendar.city_working_days.keys()):
        yield Fault("/calendar/city_working_days", "off_as_well", (str(day),))
    for day in sorted(day for day in calendar.make_up_days if day.weekday() < 5):
        yield Fault("/calendar/make_up_days", "worked_anyway", (str(day),))


def _of_visits(new: RuleProfile) -> Iterator[Fault]:
    """Nobody is led to an answer; what is said of remedies ends after it begins."""
    said: list[tuple[str, tuple[str, ...]]] = []
    said.append(("/questionnaire", (new.questionnaire.opening_zh, new.questionnaire.opening_en)))
    for number, question in enumerate(new.questionnaire.questions):
        texts = (question.zh, question.en, *(text for c in question.choices for text in (c.zh, c.en)))
        said.append((f"/questionnaire/questions/{number}", texts))
    for where, texts in said:
        for word in leading("\n".join(texts), new.visits.leading_words):
            yield Fault(where, "leading_word", (word,))
    if not 0 <= new.visits.recheck_percent <= _MOST_RECHECKS:
        yield Fault("/visits/recheck_percent", "between", ("0", str(_MOST_RECHECKS)))
    if not 1 <= new.visits.inquiry_days <= _MOST_INQUIRY_DAYS:
        yield Fault("/visits/inquiry_days", "between", ("1", str(_MOST_INQUIRY_DAYS)))
    for number, remedy in enumerate(new.visits.remedies):
        if remedy.valid_from and remedy.valid_until and remedy.valid_until < remedy.valid_from:
            yield Fault(f"/visits/remedies/{number}", "ends_before")


def _of_rules(new: RuleProfile) -> Iterator[Fault]:
    names: set[str] = set()
    for number, rule in enumerate(new.deadlines):
        where = f"/deadlines/{number}"
        if not 0 < rule.limit <= _MOST_UNITS:
            yield Fault(f"{where}/limit", "limit_units", (str(_MOST_UNITS),))
        if rule.clock == "handling":
            if not rule.name.strip():
                yield Fault(f"{where}/name", "unnamed")
            elif rule.name in names:
                yield Fault(f"{where}/name", "same_name", (rule.name,))
            names.add(rule.name)
        if rule.cut_off is not None and not new.work_start < rule.cut_off <= new.work_end:
            yield Fault(f"{where}/cut_off", "outside_hours")
    yield from _without_limit(new)
    stages = new.stages
    for name in ("sign_days", "first_contact_days", "visit_days", "rework_days", "notice_reply_days"):
        if not 0 < getattr(stages, name) <= _MOST_UNITS:
            yield Fault(f"/stages/{name}", "limit_days", ("1", str(_MOST_UNITS)))
    for severity in literals(Severity):
        if not 0 < new.rectify_days.get(severity, 0) <= _MOST_UNITS:  # type: ignore[call-overload]
            yield Fault(f"/rectify_days/{severity}", "every_severity")


def _of_ladder(new: RuleProfile) -> Iterator[Fault]:
    """A rung that nobody may sign would be written and never issued; two of one kind would have two rules."""
    heights = [height(each.rung) for each in new.ladder.rungs]
    if heights != sorted(set(heights)):
        yield Fault("/ladder/rungs", "rungs_order")
    for number, each in enumerate(new.ladder.rungs):
        where = f"/ladder/rungs/{number}"
        for name in ("writers", "signers", "withdrawers"):
            if not _RIGHTS[name] & set(getattr(each, name)):
                yield Fault(f"{where}/{name}", "one_of", (", ".join(sorted(_RIGHTS[name])),))
        if not 0 <= each.reply_days <= _MOST_UNITS:
            yield Fault(f"{where}/reply_days", "limit_days", ("0", str(_MOST_UNITS)))
        if each.series and ("{n}" not in each.series or "{year}" not in each.series):
            yield Fault(f"{where}/series", "series_marks")
    for name in ("unanswered_urges", "dissatisfied_reworks", "overdue_rectifications"):
        if not 0 <= getattr(new.ladder, name) <= _MOST_GROUNDS:
            yield Fault(f"/ladder/{name}", "never_or", (str(_MOST_GROUNDS),))


def _of_inspections(new: RuleProfile) -> Iterator[Fault]:
    rules = new.inspections
    for name in ("receipt_days", "repeat_days", "review_request_days", "review_decide_days"):
        if not 0 < getattr(rules, name) <= _MOST_UNITS:
            yield Fault(f"/inspections/{name}", "limit_units", (str(_MOST_UNITS),))
    for name, codes in (
        ("citations", [citation.code for citation in rules.citations]),
        ("checklists", [checklist.code for checklist in rules.checklists]),
    ):
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            yield Fault(f"/inspections/{name}", "same_code", (code,))
    for citation in rules.citations:
        if citation.valid_from and citation.valid_until and citation.valid_until < citation.valid_from:
            yield Fault(f"/inspections/citations/{citation.code}", "ends_before")
    for number, template in enumerate(rules.templates):
        if template.code and new.finding_code(template.code) is None:
            yield Fault(f"/inspections/templates/{number}", "no_such_finding", (template.code,))
    for checklist in rules.checklists:
        where = f"/inspections/checklists/{checklist.code}"
        lines = [item.code for item in checklist.items]
        if not lines or len(set(lines)) != len(lines):
            yield Fault(where, "lines_coded")
        for item in checklist.items:
            if item.finding and new.finding_code(item.finding) is None:
                yield Fault(f"{where}/{item.code}", "no_such_finding", (item.finding,))


def _without_limit(new: RuleProfile) -> Iterator[Fault]:
    """A ticket that no rule fits would have no due time and never be late."""
    for request_type in literals(RequestType):
        for urgency in literals(Urgency):
            for kind in literals(UnitKind):
                of = Situation(request_type=request_type, urgency=urgency, unit_kind=kind)  # type: ignore[arg-type]
                if rule_of(new, "handling", of) is None:
                    yield Fault("/deadlines", "no_rule", (request_type, urgency, kind))
                    return
