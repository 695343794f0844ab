"""What travels when a valid visit is to be overturned, and when a unit is asked for the log of its contacts.

Shapes alone; the catalogue in :mod:`operations` says who may send them, :mod:`visit_fold` what they do.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from .entities import Id, Text

Words = Annotated[str, Meta(min_length=1, max_length=20_000)]


class ChallengePayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``again`` = the citizen is to be called once more if the visit is overturned."""

    reason: Words
    again: bool = False


class VerdictPayload(Struct, frozen=True, kw_only=True):
    """What the second person says."""

    agreed: bool
    reason: Words


class SendBackPayload(Struct, frozen=True, kw_only=True):
    """``text`` goes to the unit with the case: what the citizen says is missing."""

    text: Words


class InquiryPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``text`` goes to the unit."""

    ticket_id: Id
    unit_id: Id
    visit_id: Id
    text: Words


class SettlePayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What comes of an inquiry, answered or not: ``again`` opens another visit. ``text`` is the office's own."""

    again: bool = False
    text: Text = ""
