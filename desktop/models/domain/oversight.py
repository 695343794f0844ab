"""The bodies of the REST contract about who sees and saw what: reports revealed by two persons, and the record.

Codes, ids, colleagues' names and times, and what a colleague wrote as a reason. Never a citizen's name or number.
All times are real time.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from .entities import Counter, Id, ShortText

RevealField = Literal["phone", "name", "request_text"]
AskState = Literal["asked", "agreed", "declined", "withdrawn", "revealed", "expired"]
"""asked → agreed → revealed, once; or declined, withdrawn, or expired before the next step was taken."""

SHOWN_ACTIONS: tuple[str, ...] = (
    "reveal",
    "report.asked",
    "report.agreed",
    "report.declined",
    "report.withdrawn",
    "lease",
    "export",
    "print",
    "copy",
    "save",
    "undone",
    "download",
)
"""The acts by which somebody saw, or let out, what is not shown to everybody; their order is that of a choice."""

OTHER_ACTIONS: tuple[str, ...] = (
    "recusal",
    "recusal.lifted",
    "block",
    "block_back",
    "clearance.granted",
    "clearance.withdrawn",
    "rights_changed",
    "profile.published",
    "device.wipe_ordered",
    "device.wiped",
    "kept_key.opened",
    "audit.read",
    "access.read",
)
"""What else is on record."""

Reason = Annotated[str, Meta(min_length=4, max_length=500)]


class ReportAsk(Struct, frozen=True, kw_only=True):
    """POST /report-reveals: somebody asks to see one value behind a report. ``id`` is made by the desktop."""

    id: Id
    ticket_id: Id
    field: RevealField
    purpose: ShortText
    reason: Reason


class ReportDecision(Struct, frozen=True, kw_only=True):
    """POST /report-reveals/{id}/decision, by a second person; declining needs its reason."""

    agree: bool
    reason: Annotated[str, Meta(max_length=500)] = ""


class ReportReveal(Struct, frozen=True, kw_only=True):
    """A request to see behind a report, as the two persons see it.

    ``mine``: the viewer asked, else the viewer may decide. ``expires_at`` ends the present step. ``may_decide`` are the
    names of those who could agree, for the one who waits.
    """

    id: Id
    ticket_id: Id
    ticket_number: ShortText
    field: RevealField
    purpose: ShortText
    reason: str
    state: AskState
    mine: bool
    asked_by: ShortText
    asked_at: datetime
    expires_at: datetime
    decided_by: ShortText = ""
    decided_at: datetime | None = None
    decision_reason: str = ""
    may_decide: tuple[str, ...] = ()


class ReportReveals(Struct, frozen=True, kw_only=True):
    """GET /report-reveals: what I asked in the last day, and what waits for somebody like me, oldest first."""

    requests: tuple[ReportReveal, ...]
    server_time: datetime


class Recusal(Struct, frozen=True, kw_only=True):
    """POST /tickets/{id}/recusals: this person shall have no part in the case."""

    person_id: Id
    reason: Reason


class AuditEntry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One act on record. ``at`` is when the server wrote it down, ``told_at`` what a desktop says of when it was.

    ``person`` and ``second`` are colleagues' names; "" for the server's own command line. ``ticket_*`` where the act
    was about a case; ``code`` is the list, format or ticket field that an export, print or copy was of.
    """

    seq: Counter
    at: datetime
    action: str
    person_id: str = ""
    person: ShortText = ""
    device_id: str = ""
    object_type: str = ""
    object_id: str = ""
    ticket_id: str = ""
    ticket_number: ShortText = ""
    field: str = ""
    purpose: str = ""
    reason: str = ""
    second: ShortText = ""
    code: str = ""
    rows: Counter = 0
    told_at: str = ""


class Chain(Struct, frozen=True, kw_only=True):
    """What the check of the whole log found: ``rows`` as they were written, up to the head; or the first broken row."""

    checked_at: datetime
    rows: Counter
    head: str
    broken_at: Counter | None = None


class AuditPage(Struct, frozen=True, kw_only=True):
    """GET /audit, newest first. ``next_before`` asks for older ones, None at the end."""

    entries: tuple[AuditEntry, ...]
    next_before: Counter | None
    chain: Chain
    people: dict[str, str]


class RequesterAccess(Struct, frozen=True, kw_only=True):
    """GET /requesters/{id}/access: who saw what of one requester, oldest first.

    ``tickets`` are the numbers of the cases looked through. Not ``complete``: confidential cases and reports were left
    out, because whoever asked is not cleared for them.
    """

    requester_id: Id
    tickets: tuple[str, ...]
    entries: tuple[AuditEntry, ...]
    complete: bool
