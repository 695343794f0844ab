"""What operations on findings carry. Shapes only; the catalogue says who may send them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from .entities import Counter, Id, ReviewOutcome, Severity, ShortText, Stance, Text, VerifyMeans

_Words = Annotated[str, Meta(min_length=1, max_length=20_000)]


class FindingPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    ticket_id: Id
    unit_id: Id
    code: ShortText
    severity: Severity = "ordinary"
    facts: Text = ""
    requirement: Text = ""
    cited_ticket_ids: tuple[Id, ...] = ()
    evidence_ids: tuple[Id, ...] = ()
    rectify_days: Counter = 0
    inspection_id: str = ""
    basis: Annotated[tuple[ShortText, ...], Meta(max_length=20)] = ()


class FindingReplyPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    reply_id: Id
    ticket_id: Id
    unit_id: Id
    text: _Words
    stance: Stance = "explains"


class RectifyPayload(Struct, frozen=True, kw_only=True):
    """The unit's words about a finding it was told to put right, as a finding_reply row of its own.

    What it will do (``finding.begin``), that it has done it (``finding.rectify``), why it asks for a review
    (``finding.review``).
    """

    reply_id: Id
    text: _Words


class ArrangePayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a rectification will be looked at. ``ref_id`` is the inspection of a look-back, or a visit.

    A visit that does not exist yet is opened under that id, for ``booked_at`` where a time was named.
    """

    means: VerifyMeans
    ref_id: Id
    booked_at: datetime | None = None


class VerifyPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a rectification was verified by, and what was found.

    Programs before sent nothing of it: what they send is refused, for nothing is closed out without a ground.
    """

    means: VerifyMeans | None = None
    ref_id: str = ""
    text: Text = ""


class ReviewDecisionPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What came of a review; ``severity`` is the new one where it was changed."""

    outcome: ReviewOutcome
    text: _Words
    severity: Severity | None = None
