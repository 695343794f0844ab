"""After the call: have a valid visit overturned, decide that, send the case back, ask a unit for its contact log.

All of it works without a network; another visit is opened by the server, which alone sees who waits already.
"""

from __future__ import annotations

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Visit
from desktop.models.domain.fold import Refused
from desktop.models.domain.visit_payloads import (
    ChallengePayload,
    InquiryPayload,
    SendBackPayload,
    SettlePayload,
    VerdictPayload,
)

from .base import Writer


def challenge_visit(w: Writer, visit_id: str, reason: str, *, again: bool) -> Changes:
    """Ask that a valid visit be overturned; ``again`` = the citizen is to be called once more then.

    Raises Refused: "incomplete"; as a conflict "not_valid", "already_asked".
    """
    return w.submit("visit.challenge", visit_id, ChallengePayload(reason=_words(reason), again=again))


def decide_challenge(w: Writer, visit_id: str, reason: str, *, agreed: bool) -> Changes:
    """Overturn a visit, or let it stand. Raises Refused: "incomplete", "own_act"."""
    return w.submit("visit.decide_challenge", visit_id, VerdictPayload(agreed=agreed, reason=_words(reason)))


def send_back(w: Writer, visit_id: str, text: str) -> Changes:
    """Send the case of a visit back for rework; ``text`` goes to its unit, and telephone numbers are taken out of it.

    Raises Refused: "incomplete"; as a conflict "already_sent_back", "nothing_proposed".
    """
    return w.submit("visit.send_back", visit_id, SendBackPayload(text=_words(text, "text")))


def ask_for_contact_log(w: Writer, visit_id: str, text: str) -> Changes:
    """Ask the lead unit of the case for the log of its contacts with somebody who was not reached.

    Raises Refused: "incomplete", "not_found".
    """
    visit = w.row("visit", visit_id)
    if not isinstance(visit, Visit):
        raise Refused("not_found", "/entity_id")
    asked = InquiryPayload(
        ticket_id=visit.ticket_id, unit_id=visit.unit_id, visit_id=visit.id, text=_words(text, "text")
    )
    return w.submit("inquiry.ask", w.new_id(), asked)


def settle_inquiry(w: Writer, inquiry_id: str, text: str, *, again: bool) -> Changes:
    """Close a request for a contact log; ``again`` = the citizen is visited once more."""
    return w.submit("inquiry.settle", inquiry_id, SettlePayload(again=again, text=text.strip()))


def _words(text: str, field: str = "reason") -> str:
    if not text.strip():
        raise Refused("incomplete", f"/payload/{field}")
    return text.strip()
