"""What a city lays down about inspections: citations with their dates, checklists, review times, what replies lack.

Part of the profile.

No law's name stands in code: the rows of the default profile are a start, to be verified by the city.
"""

from __future__ import annotations

from datetime import date
from typing import Final, Literal, get_args

from msgspec import Struct

Method = Literal["simple", "stratified"]
"""How the lot is drawn: 简单随机 over the whole frame; 按单位比例分层, each unit by its share."""
Must = Literal["report", "leader_noted", "rework"]
"""Tickets that are inspected whatever the lot says: reports, those a leader noted, those sent back often."""
METHODS: Final[tuple[Method, ...]] = get_args(Method)
MUSTS: Final[tuple[Must, ...]] = get_args(Must)
CheckVerdict = Literal["met", "not_met", "not_applicable"]


class Citation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A legal ground that may be cited, and when. Either date missing = open at that end; both days belong to it."""

    code: str
    zh: str
    en: str = ""
    number: str = ""
    """Its document number, 国办发〔2020〕53号."""
    valid_from: date | None = None
    valid_until: date | None = None

    def in_force(self, day: date) -> bool:
        """Whether it may be cited for something done on ``day``."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def words(self, language: str) -> str:
        """Title and number; ``language`` is "zh" or "en"."""
        if language.startswith("zh") or not self.en:
            return f"《{self.zh}》" + (f"（{self.number}）" if self.number else "")
        return f"{self.en} ({self.number})" if self.number else self.en


class CheckItem(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a checklist. ``critical``: not met, the whole ticket fails whatever else was done.

    ``finding`` is the code of the finding that a line not met leads to, "" = none of its own.
    """

    code: str
    zh: str
    en: str
    weight: int = 1
    critical: bool = False
    finding: str = ""

    def words(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


class Checklist(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is looked at in each ticket of a sample, the same for the inspector and for the unit that prepares."""

    code: str
    zh: str
    en: str
    items: tuple[CheckItem, ...]

    def words(self, language: str) -> str:
        return self.zh if language.startswith("zh") else self.en


class FindingTemplate(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Words that a finding of a code often begins with; "{ticket}" and "{unit}" are filled in.

    ``code`` "" = of any code. The texts are the letter's, so they are in the office's language.
    """

    zh: str
    en: str
    code: str = ""
    facts: str = ""
    requirement: str = ""

    def words(self, language: str) -> str:
        """Its name."""
        return self.zh if language.startswith("zh") else self.en

    def filled(self, *, ticket: str, unit: str) -> tuple[str, str]:
        """Facts and requirement for a ticket's number and a unit's name."""
        facts, requirement = (
            text.replace("{ticket}", ticket).replace("{unit}", unit)
            for text in (self.facts, self.requirement)
        )
        return facts, requirement


class Score(Struct, frozen=True):
    """``tenths`` of a point out of 1,000, None where no line applied; ``critical`` = failed by a critical line."""

    tenths: int | None
    critical: bool

    def passed(self, least: int) -> bool:
        """Whether it reaches ``least`` points of a hundred and no critical line failed."""
        return not self.critical and (self.tenths is None or self.tenths >= 10 * least)


class InspectionRules(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All a city sets about inspections and the reviews of findings."""

    series: str = ""
    """Number of an inspection: "{year}" and "{n}" are filled in; "" = inspections have no numbers."""
    citations: tuple[Citation, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    templates: tuple[FindingTemplate, ...] = ()
    pass_points: int = 80
    most_tickets: int = 20_000
    """The largest frame: above it the population is to be narrowed."""
    receipt_days: int = 3
    """Working days after its filing from which a finding may be upheld although nobody confirmed its receipt."""
    repeat_days: int = 180
    """Natural days within which a unit's next finding of the same code counts as repeated."""
    review_request_days: int = 30
    """Natural days after a finding was upheld in which the unit may ask for its review."""
    review_decide_days: int = 30
    """Natural days in which a review is to be decided."""

    def citation(self, code: str) -> Citation | None:
        return next((c for c in self.citations if c.code == code), None)

    def checklist(self, code: str) -> Checklist | None:
        return next((c for c in self.checklists if c.code == code), None)


class ReplyRules(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a city takes for a set phrase, for words of a contact, and for alike. Part of the profile.

    ``least_own`` letters beside set phrases make a text one's own; ``point_percent`` of a point's words in the reply
    answer it; two replies that share ``alike_percent`` of their runs of letters are alike. 0 switches a check off.
    """

    set_phrases: tuple[str, ...] = ()
    contact_words: tuple[str, ...] = ()
    least_own: int = 30
    point_percent: int = 20
    alike_percent: int = 60


def failed_lines(checklist: Checklist, results: dict[str, CheckVerdict]) -> tuple[CheckItem, ...]:
    """The lines that were not met, the critical ones first, then the weightiest."""
    failed = [item for item in checklist.items if results.get(item.code) == "not_met"]
    return tuple(sorted(failed, key=lambda item: (not item.critical, -item.weight)))


def score(checklist: Checklist, results: dict[str, CheckVerdict]) -> Score:
    """The weighted share of the lines that apply and are met; a line without a verdict does not apply yet."""
    judged = [(item, results[item.code]) for item in checklist.items if item.code in results]
    applied = [(item, verdict == "met") for item, verdict in judged if verdict != "not_applicable"]
    whole = sum(item.weight for item, _ in applied)
    critical = any(item.critical and not met for item, met in applied)
    if not whole:
        return Score(None, critical)
    gained = sum(item.weight for item, met in applied if met)
    return Score((2 * 1000 * gained + whole) // (2 * whole), critical)
