"""Letters of supervision: which there are, what each may be made of, and when none may be made.

A letter says on paper what a row of a case says already; it is no act of its own and changes nothing. Pure: rows in,
a verdict out. Must not know how a letter looks nor how its words run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, get_args

from msgspec import Struct

from .entities import Finding, Notice, Person, Ticket, Urge, UrgentReport

LetterKind = Literal["urging", "notice", "reminder", "rectification", "urgent"]
"""催办函 of an urge, 督办单 of a supervision notice, 提醒函 about a case, 整改通知书 of a finding, 要情专报 upward."""

KINDS: Final[tuple[LetterKind, ...]] = get_args(LetterKind)

GOOD_PRACTICE: Final = "F90"

NoLetter = Literal[
    "letter_accused", "letter_report", "letter_withdrawn", "letter_no_unit", "letter_good_practice"
]
"""Why there is no letter; each has words in the interface."""

LetterRow = Urge | Notice | Finding | UrgentReport


class LetterRules(Struct, frozen=True, kw_only=True):
    """What a city allows beside what always holds. Its defaults deny."""

    of_reports: bool = False
    """Letters about reports (举报), whose very text tells who wrote."""


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
    strangers = set(ticket.against_person_ids) - persons.keys()  # who knows where they work
    if strangers or unit_id in accused_units(ticket, persons):
        return "letter_accused"
    if ticket.level == "report" and not rules.of_reports:
        return "letter_report"
    if isinstance(row, (Notice, Finding)) and row.state == "withdrawn":
        return "letter_withdrawn"
    if isinstance(row, Finding) and row.code == GOOD_PRACTICE:
        return "letter_good_practice"
    return None


def accused_units(ticket: Ticket, persons: Mapping[str, Person]) -> frozenset[str]:
    """The unit complained of, and the units of the persons complained of."""
    accused = {ticket.against_unit_id} if ticket.against_unit_id else set()
    for person_id in ticket.against_person_ids:
        person = persons.get(person_id)
        if person is not None:
            accused.update(person.unit_ids)
    return frozenset(accused)
