"""Which letters a case offers, and why it does not offer the others. Rows in, offers out; shows nothing."""

from __future__ import annotations

import re

from msgspec import Struct

from desktop.models.domain.entities import Finding, Notice, Row, UrgentReport
from desktop.models.domain.harmless import one_line
from desktop.models.domain.letters import GOOD_PRACTICE, KINDS, LetterKind, LetterRow, no_letter
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.tickets import is_open
from desktop.services.documents.letters.layout import TITLES
from desktop.services.queries.base import Reference
from desktop.services.queries.ticket_panel import TicketPanel

_UNFIT = re.compile(r'[\\/:*?"<>|\s.]+')
"""What some system does not take in the name of a file."""


class Offer(Struct, frozen=True):
    """One letter; ``object_id`` is the row it is about. ``reason`` is a code: "" = it can be made."""

    kind: LetterKind
    object_id: str = ""
    reason: str = ""
    number: str = ""
    """The letter's own number, else its ticket's."""

    def file_name(self) -> str:
        """What a file of it may be called, without an ending: no person in it."""
        return f"{TITLES[self.kind]} {_UNFIT.sub('-', one_line(self.number))[:80]}".strip()


def offers_of(panel: TicketPanel, profile: RuleProfile, reference: Reference) -> tuple[Offer, ...]:
    """The four letters of a case, in the order of the ladder; an urgent report is offered where it is written."""
    return tuple(_offer(kind, panel, profile, reference) for kind in KINDS if kind != "urgent")


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
        found = {"urging": _urge, "notice": _notice, "rectification": _finding}[kind](panel)
        if found is None:
            return Offer(
                kind,
                reason={"urging": "no_urge", "notice": "no_notice", "rectification": "no_finding"}[kind],
            )
        about = row = found
    reason = no_letter(ticket, row, reference.persons, profile.letters)
    own = row.number if isinstance(row, (Notice, Finding)) else ""
    return Offer(kind, about.id, reason or "", own or ticket.number)


def _urge(panel: TicketPanel) -> LetterRow | None:
    """The latest by letter."""
    return next((urge for urge in reversed(panel.urges) if urge.means == "letter"), None)


def _notice(panel: TicketPanel) -> LetterRow | None:
    """The notice itself: the higher steps of the ladder have no letter of their own."""
    acts = panel.supervision.acts
    return next((a for a in reversed(acts) if a.rung == "notice" and a.state != "withdrawn"), None)


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
