"""Letters of supervision: which there are, what each may be made of, and when none may be made.

A letter says on paper what a row of a case says already; it is no act of its own and changes nothing. Pure: rows in,
a verdict out. Must not know how a letter looks nor how its words run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

from msgspec import Struct

from .entities import Finding, Inspection, Notice, Person, Rung, Ticket, Urge, UrgentReport, literals

LetterKind = Literal[
    "urging",
    "notice",
    "yellow_card",
    "red_card",
    "bulletin",
    "interview",
    "referral",
    "reminder",
    "finding_letter",
    "rectification",
    "close_out",
    "urgent",
    "inspection_plan",
    "sampling_record",
]
"""催办函 of an urge; one of each rung of the ladder: 督办单, 黄牌督办通知书, 红牌督办通知书, 通报, 约谈通知书, 移送函;
提醒函 about a case; 检查问题告知书, 整改通知书, 销号通知书 of a finding; 要情专报 upward; 检查方案 and 抽样记录 of an
inspection."""

OF_FINDINGS: Final[tuple[LetterKind, ...]] = ("finding_letter", "rectification", "close_out")
"""What a finding is told by, in the order of its life."""
OF_INSPECTIONS: Final[tuple[LetterKind, ...]] = ("inspection_plan", "sampling_record")
"""Papers of an inspection: about no single case, and to no single unit."""

KINDS: Final[tuple[LetterKind, ...]] = get_args(LetterKind)

RUNG_KINDS: Final[dict[LetterKind, Rung]] = {rung: rung for rung in literals(Rung)}  # type: ignore[misc]  # a kind each
"""The kinds that say an act of supervision, with its rung."""

TO_ALL_UNITS: Final = "各承办单位"
"""Whom a bulletin goes to."""

GOOD_PRACTICE: Final = "F90"

NoLetter = Literal[
    "letter_accused",
    "letter_report",
    "letter_withdrawn",
    "letter_no_unit",
    "letter_good_practice",
    "letter_not_closed",
    "letter_not_drawn",
    "letter_office_only",
]
"""Why there is no letter; each has words in the interface."""

LetterRow = Urge | Notice | Finding | UrgentReport


class LetterRules(Struct, frozen=True, kw_only=True):
    """What a city allows beside what always holds. Its defaults deny."""

    of_reports: bool = False
    """Letters about reports (举报), whose very text tells who wrote."""
    referral_to: str = ""
    """The body that a referral (移送函) goes to, as its letters name it; "" = 有关机关."""


def addressee_of(ticket: Ticket, row: LetterRow | None) -> str:
    """The id of the unit a letter goes to: whom the row was meant for, else who handles the case; "" for nobody."""
    if isinstance(row, UrgentReport):
        return ""
    return row.unit_id if row is not None and row.unit_id else ticket.unit_id


def is_draft(row: LetterRow | None) -> bool:
    """Whether nobody has signed yet what the letter says: it must not look as if somebody had."""
    if isinstance(row, Notice):
        return row.issued_at is None or not row.number
    if isinstance(row, UrgentReport):
        return row.approved_at is None
    return isinstance(row, Finding) and row.filed_at is None


def no_letter(
    ticket: Ticket, row: LetterRow | None, persons: Mapping[str, Person], rules: LetterRules
) -> NoLetter | None:
    """Why no letter may be made, None where one may.

    Whoever is complained of is never written to about the complaint: it goes to their superior, by hand.
    """
    if isinstance(row, UrgentReport):  # upward, to no unit
        if ticket.level == "report" and not rules.of_reports:
            return "letter_report"
        return "letter_withdrawn" if row.state == "withdrawn" else None
    unit_id = addressee_of(ticket, row)
    if not unit_id:
        return "letter_no_unit"
    if _reaches_accused(ticket, row, unit_id, persons):
        return "letter_accused"
    if ticket.level == "report" and not rules.of_reports:
        return "letter_report"
    if isinstance(row, (Notice, Finding)) and row.state == "withdrawn":
        return "letter_withdrawn"
    if isinstance(row, Finding) and row.code == GOOD_PRACTICE:
        return "letter_good_practice"
    return None


def _reaches_accused(
    ticket: Ticket, row: LetterRow | None, unit_id: str, persons: Mapping[str, Person]
) -> bool:
    """A bulletin reaches every unit, a referral none: it goes to the body that looks into units."""
    rung = row.rung if isinstance(row, Notice) else ""
    if rung == "referral":
        return False
    accused = accused_units(ticket, persons)
    strangers = set(ticket.against_person_ids) - persons.keys()  # who knows where they work
    return bool(strangers) or (bool(accused) if rung == "bulletin" else unit_id in accused)


def no_paper(kind: LetterKind, inspection: Inspection, *, office: bool) -> NoLetter | None:
    """Why no paper of an inspection may be made, None where one may. ``office``: it is asked for in the office.

    How an inspection is gone about is the office's own; of its draw a unit may have the record of what it can see.
    """
    if inspection.state == "withdrawn":
        return "letter_withdrawn"
    if kind == "inspection_plan":
        return None if office else "letter_office_only"
    return None if inspection.drawn_at is not None else "letter_not_drawn"


def accused_units(ticket: Ticket, persons: Mapping[str, Person]) -> frozenset[str]:
    """The unit complained of, and the units of the persons complained of."""
    accused = {ticket.against_unit_id} if ticket.against_unit_id else set()
    for person_id in ticket.against_person_ids:
        person = persons.get(person_id)
        if person is not None:
            accused.update(person.unit_ids)
    return frozenset(accused)
