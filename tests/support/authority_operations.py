"""Which operations each role may send about which case: the other half of the table, by hand as the first."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tests.support.authority_table import COLUMNS, OFFICE


@dataclass(frozen=True)
class PushLine:
    """One kind and what becomes of it for each target: a applied, r rejected, o out of scope.

    Columns that are not named are rejected for their role, whatever the case. ``addressee`` is the unit that the
    operation or its row is for: "lead" the one that handles the case, "unit" a liaison's own, if it has to do with it.
    """

    outcomes: dict[str, str] = field(default_factory=dict)
    addressee: str = "lead"


_WITH_CLEARANCE = {"aaarrar": "aaaaraa", "aaaraar": "aaaaaaa"}


def _by(*columns: str, office: str, unit: str = "") -> dict[str, str]:
    """``office`` is without the clearance; with it a report is a case like any other, but for whoever was recused."""
    made = dict.fromkeys(columns, office)
    cleared = _WITH_CLEARANCE.get(office, office)
    if "officer" in columns:
        made |= {"officer+cleared": cleared, "recused": cleared[:-1] + "o"}
    if "return_visit" in columns:
        made["return_visit+cleared"] = cleared
    return made | ({"liaison": unit, "liaison_of_water": "oaoooao"} if unit else {})


_OFFICER = _by("officer", office="aaaraar")
_TO_A_UNIT = _by("officer", office="aaarrar")
_UNIT = _by(office="", unit="aoaaooo")
_LEADING = ("officer", "approve", "deputy_director")
_OF_NO_CASE = dict.fromkeys((*_LEADING, "officer+cleared", "recused"), "aaaaaaa")
PUSH_LINES: Final[dict[tuple[str, str], PushLine]] = {
    ("ticket.urge", ""): PushLine(_TO_A_UNIT),
    # An officer takes a case that is nobody's; one that a colleague looks after is a superior's to give.
    ("ticket.assign", ""): PushLine(_by(*_LEADING, office="aaaraar")),
    ("ticket.assign", "a colleague's"): PushLine(
        _by("approve", "deputy_director", office="aaaraar") | _by("officer", office="rrrrrrr")
    ),
    ("urge.acknowledge", ""): PushLine(_UNIT, "unit"),
    ("notice.create", ""): PushLine(_TO_A_UNIT),
    ("notice.edit", ""): PushLine(_OFFICER),
    ("notice.edit", "a colleague's"): PushLine(_by("officer", office="rrrrrrr")),
    ("notice.submit", ""): PushLine(_OFFICER),
    ("notice.submit", "a colleague's"): PushLine(_by("officer", office="rrrrrrr")),
    ("notice.approve", ""): PushLine(_by("approve", "deputy_director", office="aaarrar")),
    ("notice.approve", "one's own"): PushLine(_by("approve", "deputy_director", office="rrrrrrr")),
    ("notice.return", ""): PushLine(_by("approve", "deputy_director", office="aaaraar")),
    ("notice.return", "one's own"): PushLine(_by("approve", "deputy_director", office="rrrrrrr")),
    ("notice.withdraw", ""): PushLine(_by("officer", "approve", "deputy_director", office="aaaraar")),
    ("notice.reply", ""): PushLine(_UNIT, "unit"),
    ("visit.schedule", ""): PushLine(_by("officer", "return_visit", office="aaaraar")),
    ("visit.assign", ""): PushLine(_by(*_LEADING, office="aaaraar")),
    ("visit.ask_exception", ""): PushLine(_by("officer", "return_visit", office="aaaraar")),
    ("visit.decide_exception", ""): PushLine(_by("approve", "deputy_director", office="aaaraar")),
    ("visit.decide_exception", "one's own"): PushLine(_by("approve", "deputy_director", office="rrrrrrr")),
    ("visit.attempt", ""): PushLine(_by("officer", "return_visit", office="aaaraar")),
    ("visit.complete", ""): PushLine(_by("officer", "return_visit", office="aaaraar")),
    ("visit.challenge", ""): PushLine(_by(*OFFICE, office="aaaraar")),
    ("visit.decide_challenge", ""): PushLine(_by("approve", "deputy_director", office="aaaraar")),
    ("visit.decide_challenge", "one's own"): PushLine(_by("approve", "deputy_director", office="rrrrrrr")),
    ("visit.send_back", ""): PushLine(_by(*OFFICE, office="aaaraar")),
    ("inquiry.ask", ""): PushLine(_by("officer", "return_visit", office="aaarrar")),
    ("inquiry.answer", ""): PushLine(_UNIT, "unit"),
    ("inquiry.settle", ""): PushLine(_by("officer", "return_visit", office="aaaraar")),
    ("finding.create", ""): PushLine(_TO_A_UNIT),
    ("finding.edit", ""): PushLine(_OFFICER),
    ("finding.edit", "a colleague's draft"): PushLine(_by("officer", office="ooooooo")),
    ("finding.file", ""): PushLine(_TO_A_UNIT),
    ("finding.file", "a colleague's draft"): PushLine(_by("officer", office="ooooooo")),
    ("finding.acknowledge", ""): PushLine(_UNIT, "unit"),
    ("finding.reply", ""): PushLine(_UNIT, "unit"),
    ("finding.confirm", ""): PushLine(_OFFICER),
    ("finding.withdraw", ""): PushLine(_OFFICER),
    ("finding.begin", ""): PushLine(_UNIT, "unit"),
    ("finding.rectify", ""): PushLine(_UNIT, "unit"),
    ("finding.arrange", ""): PushLine(_OFFICER),
    ("finding.verify", ""): PushLine(_OFFICER),
    ("finding.return", ""): PushLine(_OFFICER),
    ("finding.review", ""): PushLine(_UNIT, "unit"),
    # Whoever took no part decides: of one's own finding nobody.
    ("finding.decide", ""): PushLine(_by(*_LEADING, office="aaaraar")),
    ("finding.decide", "one's own"): PushLine(_by(*_LEADING, office="rrrrrrr")),
    ("note.add", ""): PushLine(_by(*OFFICE, office="aaaraar", unit="aoaaooo"), "unit"),
    # Words left to the office are shown to nobody who lacks the clearance, their author included.
    ("note.hand_over", ""): PushLine(_by(*OFFICE, office="aaaaaaa", unit="aoaaooo"), "unit"),
    ("check.record", ""): PushLine(_OFFICER),
    ("check.record", "a colleague's"): PushLine(_by("officer", office="rrrrrrr")),
    ("check.edit", ""): PushLine(_OFFICER),
    ("check.edit", "a colleague's"): PushLine(_by("officer", office="rrrrrrr")),
    ("attachment.link", ""): PushLine(_by(*OFFICE, office="aaaraar", unit="aoarooo"), "unit"),
    ("extension.request", ""): PushLine(_UNIT, "unit"),
    ("extension.decide", ""): PushLine(_by(*_LEADING, office="aaaraar")),
    ("extension.decide", "one's own"): PushLine(_by(*_LEADING, office="rrrrrrr")),
    ("objection.raise", ""): PushLine(_UNIT, "unit"),
    ("objection.decide", ""): PushLine(_by(*_LEADING, office="aaaraar")),
    ("instruction.register", ""): PushLine(_by(*_LEADING, office="aaaraar")),
    ("instruction.register", "on no case"): PushLine(_OF_NO_CASE),
    ("instruction.edit", ""): PushLine(_by(*_LEADING, office="aaaraar")),
    ("instruction.feed_back", ""): PushLine(_by(*_LEADING, office="aaaraar")),
    ("instruction.withdraw", ""): PushLine(_by(*_LEADING, office="aaaraar")),
    ("urgent_report.create", ""): PushLine(_OFFICER),
    ("urgent_report.edit", ""): PushLine(_OFFICER),
    ("urgent_report.edit", "a colleague's"): PushLine(_by("officer", office="rrrrrrr")),
    ("urgent_report.submit", ""): PushLine(_OFFICER),
    ("urgent_report.approve", ""): PushLine(_by("approve", "deputy_director", office="aaaraar")),
    ("urgent_report.approve", "one's own"): PushLine(_by("approve", "deputy_director", office="rrrrrrr")),
    ("urgent_report.return", ""): PushLine(_by("approve", "deputy_director", office="aaaraar")),
    ("urgent_report.send", ""): PushLine(_by(*_LEADING, office="aaaraar")),
    ("urgent_report.withdraw", ""): PushLine(_by(*_LEADING, office="aaaraar")),
}
"""(kind, which row) → what becomes of it. A unit that is complained of is nobody's addressee."""


def _without_case(superiors: str, officers: str, roads: str = "r", water: str = "r") -> dict[str, str]:
    """One letter a column, for rows that belong to no case; whoever has none of these roles is rejected."""
    made = dict.fromkeys(COLUMNS, "r") | dict.fromkeys(("approve", "deputy_director"), superiors)
    made |= dict.fromkeys(("officer", "officer+cleared", "recused"), officers)
    return made | {"liaison": roads, "liaison_of_water": water}


OFFICE_LINES: Final[dict[tuple[str, str], dict[str, str]]] = {
    ("person.assign", "an officer's"): _without_case("a", "r"),
    ("person.assign", "a liaison's"): _without_case("r", "r"),
    # A liaison keeps the lines of their own unit, and of no other.
    ("unit.edit", "of the roads unit"): _without_case("a", "a", roads="a"),
    ("view.create", ""): _without_case("a", "a"),
    ("view.edit", "one's own"): _without_case("a", "a"),
    ("view.edit", "a colleague's"): _without_case("o", "o"),
    ("view.edit", "a colleague's, shared"): _without_case("a", "r"),
    ("view.remove", "one's own"): _without_case("a", "a"),
    ("view.remove", "a colleague's"): _without_case("o", "o"),
    ("view.remove", "a colleague's, shared"): _without_case("a", "r"),
    ("guidance.send", ""): _without_case("a", "a"),
    ("guidance.confirm", "to the roads unit"): _without_case("r", "r", roads="a"),
    ("guidance.withdraw", "one's own"): _without_case("a", "a"),
    ("guidance.withdraw", "a colleague's"): _without_case("a", "r"),
    # An inspection is carried on by whoever wrote it and by its inspectors; superiors recuse, and do no more.
    ("inspection.create", ""): _without_case("r", "a"),
    **{
        line: outcome
        for name in ("edit", "issue", "freeze", "fix", "draw", "close", "withdraw")
        for line, outcome in (
            ((f"inspection.{name}", "one's own"), _without_case("r", "a")),
            ((f"inspection.{name}", "a colleague's"), _without_case("r", "r")),
        )
    },
    ("inspection.recuse", "one's own"): _without_case("a", "a"),
    ("inspection.recuse", "a colleague's"): _without_case("a", "r"),
}
"""(kind, which row) → what becomes of it by each column, of kinds whose rows belong to no case."""
