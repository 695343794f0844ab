"""What a liaison does for the unit: acknowledge an urge, reply to a notice, answer a finding. All work offline."""

from __future__ import annotations

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Finding, Stance
from desktop.models.domain.finding_payloads import FindingReplyPayload, RectifyPayload
from desktop.models.domain.fold import Refused
from desktop.models.domain.payloads import AcknowledgePayload, ReplyPayload
from desktop.services.commands.base import Writer


def acknowledge_urge(w: Writer, urge_id: str, text: str = "") -> Changes:
    """Say that the urge has been read, with what the unit will do."""
    return w.submit("urge.acknowledge", urge_id, AcknowledgePayload(text=text.strip()))


def reply_to_notice(w: Writer, notice_id: str, text: str) -> Changes:
    """Answer a supervision notice."""
    return w.submit("notice.reply", notice_id, ReplyPayload(text=text.strip()))


def acknowledge_finding(w: Writer, finding_id: str) -> Changes:
    """Say that the finding has been received; the reply may follow."""
    return w.submit("finding.acknowledge", finding_id)


def reply_to_finding(w: Writer, finding_id: str, text: str, stance: Stance) -> Changes:
    """Answer a finding: accept it, explain, or dispute it. Each reply is kept."""
    finding = w.row("finding", finding_id)
    if not isinstance(finding, Finding):
        raise Refused("not_found", "/entity_id")
    payload = FindingReplyPayload(
        reply_id=w.new_id(),
        ticket_id=finding.ticket_id,
        unit_id=finding.unit_id,
        text=text.strip(),
        stance=stance,
    )
    return w.submit("finding.reply", finding_id, payload)


def begin_rectification(w: Writer, finding_id: str, text: str) -> Changes:
    """Say what the unit does to put an upheld finding right, and until when."""
    return w.submit("finding.begin", finding_id, RectifyPayload(reply_id=w.new_id(), text=text.strip()))


def ask_review(w: Writer, finding_id: str, text: str) -> Changes:
    """Ask, with the grounds, that somebody who took no part looks at an upheld finding again (申请复核)."""
    return w.submit("finding.review", finding_id, RectifyPayload(reply_id=w.new_id(), text=text.strip()))


def answer_inquiry(w: Writer, inquiry_id: str, text: str) -> Changes:
    """Send the log of the unit's own contacts with a citizen whom the office cannot reach."""
    return w.submit("inquiry.answer", inquiry_id, ReplyPayload(text=text.strip()))


def report_rectification(w: Writer, finding_id: str, text: str) -> Changes:
    """Report that a confirmed finding has been put right."""
    return w.submit("finding.rectify", finding_id, RectifyPayload(reply_id=w.new_id(), text=text.strip()))
