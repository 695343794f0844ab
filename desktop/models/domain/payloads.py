"""What operations on a case carry. Shapes only; the catalogue says who may send them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from .entities import (
    Answers,
    Counter,
    GroupBy,
    GuidanceKind,
    Id,
    ListQuestion,
    Outcome,
    Rung,
    ShortText,
    Text,
    UrgeMeans,
)
from .upward_payloads import REPORT_TEXTS

Required = Annotated[str, Meta(min_length=1, max_length=20_000)]


class UrgePayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    ticket_id: Id
    unit_id: Id
    means: UrgeMeans
    person_reached: ShortText = ""
    answer: Text = ""
    promised_at: datetime | None = None
    text: Text = ""


class AcknowledgePayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    text: Text = ""


class NoticePayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``rung`` is for good: another step is another act."""

    ticket_id: Id
    unit_id: Id
    ground: Text = ""
    requirement: Text = ""
    rung: Rung = "notice"


class EmptyPayload(Struct, frozen=True, kw_only=True):
    pass


class ReasonPayload(Struct, frozen=True, kw_only=True):
    reason: Required


class ReplyPayload(Struct, frozen=True, kw_only=True):
    text: Required


class SchedulePayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Books a waiting visit; ``booked_at`` None takes the booking back. ``assigned_to`` "" = anyone."""

    booked_at: datetime | None = None
    booked_until: datetime | None = None
    assigned_to: str = ""
    named_by_citizen: bool = False
    note: Text = ""


class AssignPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who shall call, "" = anyone; a booking stays as it is."""

    person_id: str = ""


class DecideExceptionPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Whether one call outside the attempt policy is agreed to; a refusal says why."""

    agreed: bool
    reason: Text = ""


class AttemptPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    ticket_id: Id
    visit_id: Id
    outcome: Outcome
    at: datetime
    duration_s: Counter = 0
    call_later_at: datetime | None = None
    lease_id: str = ""
    lease_epoch: Counter = 0
    note: Text = ""
    practice: bool = False
    recording: ShortText = ""


class CompleteVisitPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    answers: Answers
    questionnaire: ShortText
    lease_id: str = ""
    lease_epoch: Counter = 0
    attempt_id: str = ""
    new_matter: Text = ""
    new_matter_id: str = ""


class NotePayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``unit_id`` is the unit whose liaison writes, "" for the office's own notes."""

    ticket_id: Id
    text: Required
    unit_id: str = ""


class AttachmentPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    ticket_id: Id
    upload_id: Id
    name: ShortText
    size: Counter
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    media_type: ShortText = ""
    about_type: Literal[
        "", "note", "finding", "finding_reply", "notice", "urge", "application", "inquiry", "attempt"
    ] = ""
    about_id: str = ""


class ViewPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    shared: bool = False
    question: ListQuestion = ListQuestion()
    whole_city: bool = False
    group_by: GroupBy = ""
    columns: Annotated[str, Meta(max_length=4_000)] = ""
    place: Counter = 0
    shortcut: Annotated[int, Meta(ge=0, le=9)] = 0


class GuidancePayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    kind: GuidanceKind = "tip"
    title: Annotated[str, Meta(min_length=1, max_length=200)]
    text: Required
    unit_ids: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=500)]


class ReceiptPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``unit_id`` is the unit whose liaison has read it; ``text`` what they say to it, if anything."""

    guidance_id: Id
    unit_id: Id
    text: Text = ""


TEXT_FIELDS = (
    "ground",
    "requirement",
    "facts",
    "text",
    "answer",
    "reason",
    "note",
    "new_matter",
    "title",
    "citizen_words",
    *REPORT_TEXTS,
    "purpose",
    "plan",
)
"""The fields of payloads and edits that hold a person's own words."""


def words_in(form: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The texts of a payload or a half-written form, as (field, text)."""
    found = [(field, form.get(field)) for field in TEXT_FIELDS]
    answers = form.get("answers")
    if isinstance(answers, dict):
        found += [(f"answers.{field}", answers.get(field)) for field in ("still_missing", "note")]
    return tuple((field, text) for field, text in found if isinstance(text, str) and text.strip())
