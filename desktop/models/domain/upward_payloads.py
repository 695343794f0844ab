"""What travels when a unit applies for something, and when something goes up to a leader and comes back.

Shapes alone; the catalogue in :mod:`operations` says who may send them, :mod:`upward_fold` what they do.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from msgspec import Meta, Struct

from .entities import Id, Text

Words = Annotated[str, Meta(min_length=1, max_length=20_000)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Days = Annotated[int, Meta(ge=1, le=366)]
REPORT_TEXTS = ("what", "location", "people", "done", "proposed")
"""The parts of an urgent report, in the order of the page: 事项, 地点, 涉及人数, 已采取措施, 建议."""


class ExtensionPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``days`` are working days from the limit; ``old_due_at`` is the limit as the unit saw it."""

    ticket_id: Id
    unit_id: Id
    days: Days
    reason: Words
    old_due_at: datetime | None = None


class ObjectionPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``to_unit_id`` is whose matter it is, as the unit sees it; "" = it does not say."""

    ticket_id: Id
    unit_id: Id
    reason: Words
    to_unit_id: str = ""


class DecisionPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``reason`` goes to the unit, ``citizen_words`` are told to whoever asked. ``days`` 0 = as many as asked for.

    ``to_unit_id`` names, to whoever dispatches, the unit that a returned case belongs to.
    """

    agreed: bool
    reason: Words
    citizen_words: Text = ""
    days: Annotated[int, Meta(ge=0, le=366)] = 0
    to_unit_id: str = ""


class InstructionPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``ticket_id`` "" registers an instruction that is about no case of ours."""

    ticket_id: str = ""
    given_by: Name
    text: Words
    given_at: datetime
    due_at: datetime | None = None
    unit_id: str = ""
    report_id: str = ""


class ReportPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    ticket_id: Id
    what: Text = ""
    location: Text = ""
    people: Text = ""
    done: Text = ""
    proposed: Text = ""
    recipients: Text = ""


class SentPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That a person sent an approved report; the program itself sends nothing."""

    sent_at: datetime
    recipients: Name
