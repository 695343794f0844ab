"""Cited tickets and what in them may serve as evidence, in finished words. Runs in the reading lane.

Evidence is named by the id of the row that tells it: a line of the hotline's history, a return visit, an urge, an
attachment. Findings themselves are no evidence. Must not decide what proves anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from desktop.models.domain.entities import Finding, FindingReply
from desktop.services.queries.attachments import CaseFile, case_files
from desktop.services.queries.base import Reader
from desktop.services.queries.finding_course import FindingCourse, finding_course
from desktop.services.queries.findings import (
    FindingDetail,
    FindingRow,
    finding_detail,
    finding_rows,
    rid_of_finding,
)
from desktop.services.queries.ticket_panel import TicketPanel, ticket_panel
from desktop.views.common import case_words
from desktop.views.common.case_timeline import entries_of
from desktop.views.common.timeline import Entry


@dataclass(frozen=True, slots=True)
class CitedTicket:
    """One ticket. ``known`` is False for one that is not on this desktop; ``lines`` oldest first, ids = row ids."""

    ticket_id: str
    number: str = ""
    title: str = ""
    about: str = ""
    unit_id: str = ""
    unit_ids: tuple[str, ...] = ()
    lines: tuple[Entry, ...] = ()
    known: bool = True


@dataclass(frozen=True, slots=True)
class FindingSheet:
    """A finding with everything its pane shows."""

    row: FindingRow
    detail: FindingDetail
    cited: tuple[CitedTicket, ...]
    course: FindingCourse
    files: tuple[CaseFile, ...] = ()
    """What was attached to the finding and to the unit's answers."""

    def evidence(self) -> tuple[Entry, ...]:
        """The lines cited as evidence, as far as they are on this desktop."""
        ids = set(self.detail.finding.evidence_ids)
        return tuple(line for ticket in self.cited for line in ticket.lines if line.id in ids)


def finding_sheet(r: Reader, finding_id: str) -> FindingSheet | None:
    """One finding whole, None when it is not in the store."""
    rid = rid_of_finding(r, finding_id)
    detail = finding_detail(r, finding_id)
    rows = finding_rows(r, (rid,)) if rid is not None else ()
    if detail is None or not rows:
        return None
    finding = detail.finding
    ids = dict.fromkeys((finding.ticket_id, *finding.cited_ticket_ids))
    cited = tuple(cited_ticket(r, ticket_id) for ticket_id in ids)
    files = finding_files(r, finding, detail.replies)
    return FindingSheet(rows[0], detail, cited, finding_course(r, finding), files)


def finding_files(r: Reader, finding: Finding, replies: Iterable[FindingReply]) -> tuple[CaseFile, ...]:
    """The files of a finding and of its answers, and those of them that were refused and are kept here."""
    ids = {finding.id, *(reply.id for reply in replies)}
    return tuple(file for file in case_files(r, finding.ticket_id) if file.about_id in ids)


def cited_ticket(r: Reader, ticket_id: str) -> CitedTicket:
    """One ticket with its lines."""
    panel = ticket_panel(r, ticket_id)
    if panel is None:
        return CitedTicket(ticket_id, known=False)
    ticket = panel.ticket
    about = " · ".join(p for p in (panel.unit, panel.place, case_words.ticket_state(ticket.state)) if p)
    return CitedTicket(
        ticket_id=ticket.id,
        number=ticket.number,
        title=ticket.title,
        about=about,
        unit_id=ticket.unit_id,
        unit_ids=tuple(i for i in (ticket.unit_id, *ticket.assist_unit_ids) if i),
        lines=tuple(_lines(r, panel)),
    )


def _lines(r: Reader, panel: TicketPanel) -> Iterable[Entry]:
    """One line a row, told by its latest step; oldest first."""
    told = [h for h in panel.happenings if not isinstance(h.row, Finding | FindingReply)]
    newest_first = entries_of(replace(panel, happenings=tuple(told)), r.profile, r.language)
    latest: dict[str, Entry] = {}
    for entry, happening in zip(newest_first, reversed(told), strict=True):
        latest.setdefault(happening.row.id, entry)
    for row_id, entry in reversed(latest.items()):
        yield Entry(
            id=row_id,
            time=entry.time.split("  ")[0],
            title=entry.title,
            actor=entry.actor,
            body=entry.body,
            role=entry.role,
            icon=entry.icon,
        )
