"""What stands on the case sheet (工单办理单): the words, masked as an export is: no name, no number of a citizen."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.redaction import redact_for_paper
from desktop.services.documents.case_sheet import CaseSheet
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common import case_words as words
from desktop.views.common.case_timeline import entries_of, plain_lines


def case_sheet(
    panel: TicketPanel, profile: RuleProfile, language: str, printed_by: str, mark: str = ""
) -> CaseSheet:
    """The sheet of one case."""
    entries = list(reversed(entries_of(panel, profile, language)))
    waiting = QCoreApplication.translate("CasePaper", "(waiting to be sent)")
    history = tuple(
        (time, f"{title} {waiting}" if entry.pending else title, redact_for_paper(text))
        for (time, title, text), entry in zip(plain_lines(entries), entries, strict=True)
    )
    printed = QCoreApplication.translate("CasePaper", "Printed {time} by {who} · citizens' identity hidden")
    now = f"{profile.local(panel.at):%Y-%m-%d %H:%M}"
    return CaseSheet(
        title=QCoreApplication.translate("CasePaper", "Ticket handling sheet"),
        number=panel.ticket.number,
        subject=redact_for_paper(panel.ticket.title),
        facts=tuple(_facts(panel, profile)),
        texts=tuple(_texts(panel)),
        history_title=QCoreApplication.translate("CasePaper", "History"),
        history=history,
        footer=printed.format(time=now, who=printed_by),
        page_words=QCoreApplication.translate("CasePaper", "Page {page} of {pages}"),
        mark=mark,
    )


def _facts(panel: TicketPanel, profile: RuleProfile) -> list[tuple[str, str]]:
    ticket = panel.ticket
    units = [panel.unit, *panel.assist_units]
    pairs = [
        (QCoreApplication.translate("CasePaper", "Unit"), " · ".join(u for u in units if u)),
        (QCoreApplication.translate("CasePaper", "District"), panel.place),
        (QCoreApplication.translate("CasePaper", "Type"), words.request_type(ticket.request_type)),
        (QCoreApplication.translate("CasePaper", "Channel"), words.channel(ticket.channel)),
        (QCoreApplication.translate("CasePaper", "Category"), panel.category),
        (QCoreApplication.translate("CasePaper", "State"), words.ticket_state(ticket.state)),
        (QCoreApplication.translate("CasePaper", "Received"), _full(profile, ticket.received_at)),
        (QCoreApplication.translate("CasePaper", "Due"), _full(profile, ticket.due_at)),
        (QCoreApplication.translate("CasePaper", "Time limit"), words.standing(panel.light, panel.span)),
        (QCoreApplication.translate("CasePaper", "Rule"), panel.due.rule if panel.due else ""),
    ]
    if panel.notice is not None:
        state = words.act_state(panel.notice.rung, panel.notice.state)
        pairs.append((words.rung(panel.notice.rung), f"{panel.notice.number} {state}".strip()))
    return pairs


def _texts(panel: TicketPanel) -> list[tuple[str, str]]:
    ticket = panel.ticket
    texts = [
        (QCoreApplication.translate("CasePaper", "Request"), redact_for_paper(ticket.request_text)),
        (QCoreApplication.translate("CasePaper", "Answer of the unit"), redact_for_paper(ticket.unit_answer)),
    ]
    return [(heading, text) for heading, text in texts if text]


def _full(profile: RuleProfile, at: datetime | None) -> str:
    return f"{profile.local(at):%Y-%m-%d %H:%M}" if at is not None else ""
