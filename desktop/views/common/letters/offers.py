"""Which letters a case offers, and why it does not offer the others. Rows in, offers out; shows nothing."""

from __future__ import annotations

import re

from msgspec import Struct

from desktop.models.domain.entities import Finding, Inspection, Notice, Row, UrgentReport
from desktop.models.domain.harmless import one_line
from desktop.models.domain.letters import (
    GOOD_PRACTICE,
    KINDS,
    OF_FINDINGS,
    OF_INSPECTIONS,
    RUNG_KINDS,
    LetterKind,
    LetterRow,
    no_letter,
    no_paper,
)
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.tickets import is_open
from desktop.services.documents.letters.layout import TITLES
from desktop.services.queries.base import Reference
from desktop.services.queries.ticket_panel import TicketPanel

_UNFIT = re.compile(r'[\\/:*?"<>|\s.]+')
"""What some system does not take in the name of a file."""

_HIGHER = frozenset(RUNG_KINDS) - {"notice"}


class Offer(Struct, frozen=True):
    """One letter; ``object_id`` is the row it is about. ``reason`` is a code: "" = it can be made."""

    kind: LetterKind
    object_id: str = ""
    reason: str = ""
    number: str = ""
    """The letter's own number, else its ticket's."""

    def file_name(self) -> str:
        """What a file of it may be called, without an ending: no person in it."""
        return f"{TITLES[self.kind]} {fit_for_a_name(one_line(self.number))}".strip()


def fit_for_a_name(text: str) -> str:
    """The text as part of a file's name on any system."""
    return _UNFIT.sub("-", text)[:80]


def offers_of(panel: TicketPanel, profile: RuleProfile, reference: Reference) -> tuple[Offer, ...]:
    """The letters of a case, in the order of the ladder: of the rungs above the notice those that it has reached.

    An urgent report is offered where it is written, and beside the rectification notice a finding's others likewise.
    """
    elsewhere = ("urgent", "finding_letter", "close_out", *OF_INSPECTIONS)
    offers = (_offer(kind, panel, profile, reference) for kind in KINDS if kind not in elsewhere)
    return tuple(each for each in offers if each.kind not in _HIGHER or each.reason != "no_notice")


def offers_of_finding(finding: Finding) -> tuple[Offer, ...]:
    """What a finding is told by. Whether there may be one is judged when it is made."""
    return tuple(
        Offer(kind, finding.id, _too_early(kind, finding), finding.number or finding.code)
        for kind in OF_FINDINGS
    )


def offers_of_inspection(inspection: Inspection, *, office: bool) -> tuple[Offer, ...]:
    """The papers of an inspection."""
    return tuple(
        Offer(
            kind,
            inspection.id,
            no_paper(kind, inspection, office=office) or "",
            inspection.number or inspection.title,
        )
        for kind in OF_INSPECTIONS
    )


def offer_of_report(report: UrgentReport, number: str) -> Offer:
    """The page of an urgent report; ``number`` is its case's. Whether there may be one is judged when it is made."""
    return Offer("urgent", report.id, "", report.number or number)


def _offer(kind: LetterKind, panel: TicketPanel, profile: RuleProfile, reference: Reference) -> Offer:
    ticket = panel.ticket
    row: LetterRow | None = None
    if kind == "reminder":
        if not is_open(ticket):
            return Offer(kind, reason="closed")
        about: Row = ticket
    else:
        if kind in RUNG_KINDS:
            found, missing = _act(panel, kind), "no_notice"
        elif kind == "urging":
            found, missing = _urge(panel), "no_urge"
        else:
            found, missing = _finding(panel), "no_finding"
        if found is None:
            return Offer(kind, reason=missing)
        about = row = found
    reason = no_letter(ticket, row, reference.persons, profile.letters)
    own = row.number if isinstance(row, (Notice, Finding)) else ""
    return Offer(kind, about.id, reason or "", own or ticket.number)


def _too_early(kind: LetterKind, finding: Finding) -> str:
    early = kind == "close_out" and finding.verified_at is None
    return "letter_not_closed" if early else ""


def _urge(panel: TicketPanel) -> LetterRow | None:
    """The latest by letter."""
    return next((urge for urge in reversed(panel.urges) if urge.means == "letter"), None)


def _act(panel: TicketPanel, kind: LetterKind) -> LetterRow | None:
    """The latest act of the letter's rung."""
    acts, rung = panel.supervision.acts, RUNG_KINDS[kind]
    return next((a for a in reversed(acts) if a.rung == rung and a.state != "withdrawn"), None)


def _finding(panel: TicketPanel) -> LetterRow | None:
    """The latest that asks for something; the others are on their own page."""
    findings = [
        happening.row
        for happening in panel.happenings
        if isinstance(happening.row, Finding)
        and happening.row.state != "withdrawn"
        and happening.row.code != GOOD_PRACTICE
    ]
    return max(findings, key=lambda finding: finding.created_at, default=None)
