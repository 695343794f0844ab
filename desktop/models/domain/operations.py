"""The catalogue: everything a user can do, as data. A kind enters this table before it enters the code.

An operation is immutable once it has been sent. ``fold`` says what it does to the rows it touches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from .entities import (
    Answers,
    Counter,
    GroupBy,
    GuidanceKind,
    Id,
    Key,
    ListQuestion,
    Outcome,
    Rung,
    Severity,
    ShortText,
    Stance,
    Text,
    UrgeMeans,
)
from .inspection_payloads import (
    CheckPayload,
    CriteriaPayload,
    InspectionPayload,
    RecusePayload,
    SeedPayload,
)
from .upward_payloads import (
    REPORT_TEXTS,
    DecisionPayload,
    ExtensionPayload,
    InstructionPayload,
    ObjectionPayload,
    ReportPayload,
    SentPayload,
)

Mode = Literal["append", "edit", "transition"]
SCHEMA = 3
"""The version of operation bodies this code writes; the server accepts back to SCHEMA - 2.

2: ``resolves``. 3: ``rung`` of a notice, which an older server would have read over and issued as a notice.
"""

Required = Annotated[str, Meta(min_length=1, max_length=20_000)]


class FieldChange(Struct, frozen=True, rename={"before": "from", "after": "to"}):
    """One field of an edit: the value the user saw and the value wanted, as plain JSON."""

    field: str
    before: Any
    after: Any


class Operation(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing a user did, as it travels (see the contract, Push).

    ``base_version`` is the version the user saw (edits and transitions; None for appends). ``after`` is this
    device's previous unacknowledged edit of the entity. ``resolves`` is this device's refused operation that a person
    settled by making this one. ``client_time`` is evidence only. A body without ``schema`` is of the first one.
    """

    op_id: Id
    seq: Counter
    schema: Counter = 1
    kind: ShortText
    entity_id: Id
    base_version: Counter | None = None
    after: Id | None = None
    resolves: Id | None = None
    payload: dict[str, Any] = {}
    changes: tuple[FieldChange, ...] = ()
    depends_on: tuple[Id, ...] = ()
    client_time: Annotated[datetime, Meta(tz=True)]


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


class FindingReplyPayload(Struct, frozen=True, kw_only=True, omit_defaults=True):
    reply_id: Id
    ticket_id: Id
    unit_id: Id
    text: Required
    stance: Stance = "explains"


class RectifyPayload(Struct, frozen=True, kw_only=True):
    """The unit's report that a finding has been put right; it becomes a finding_reply row of its own."""

    reply_id: Id
    text: Required


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
    about_type: Literal["", "note", "finding", "finding_reply", "notice", "urge", "application"] = ""
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


class Kind(Struct, frozen=True):
    """One line of the catalogue. ``roles`` = any of these; ``online`` = needs the server at the moment of use.

    ``caseless`` = its row need not belong to a case: neither payload nor row then names a ticket.
    """

    name: str
    mode: Mode
    entity_type: str
    payload: type[Struct]
    roles: frozenset[str]
    online: bool = False
    editable: tuple[str, ...] = ()
    caseless: bool = False


_OFFICER = frozenset({"officer"})
_VISITS = frozenset({"return_visit", "officer"})
_UNIT = frozenset({"liaison"})
_APPROVER = frozenset({"approve", "deputy_director"})
_OFFICE = _OFFICER | _APPROVER
_ANYONE = frozenset({"officer", "return_visit", "liaison", "approve", "deputy_director"})
_SUPERVISORS = _OFFICER | _APPROVER

DIRECTORY_FIELDS = (
    "leader",
    "leader_phone",
    "liaison",
    "liaison_phone",
    "office_phone",
    "duty_phone",
    "substitutes",
)
"""What the directory says of a unit: the office's and the unit's own to keep; everything else is the hotline's."""

_ROWS: tuple[Kind, ...] = (
    Kind("ticket.urge", "append", "urge", UrgePayload, _OFFICER),
    Kind("urge.acknowledge", "transition", "urge", AcknowledgePayload, _UNIT),
    # Which of these roles may write, sign or withdraw which rung is the city's to say: `ladder_rules`.
    Kind("notice.create", "edit", "notice", NoticePayload, _OFFICER),
    Kind(
        "notice.edit",
        "edit",
        "notice",
        EmptyPayload,
        _OFFICER,
        editable=("ground", "requirement", "unit_id"),
    ),
    Kind("notice.submit", "transition", "notice", EmptyPayload, _OFFICER),
    Kind("notice.approve", "transition", "notice", EmptyPayload, _APPROVER, online=True),
    Kind("notice.return", "transition", "notice", ReasonPayload, _APPROVER, online=True),
    Kind("notice.withdraw", "transition", "notice", ReasonPayload, _OFFICER | _APPROVER),
    Kind("notice.reply", "transition", "notice", ReplyPayload, _UNIT),
    Kind("visit.schedule", "edit", "visit", SchedulePayload, _VISITS),
    Kind("visit.attempt", "append", "attempt", AttemptPayload, _VISITS),
    Kind("visit.complete", "transition", "visit", CompleteVisitPayload, _VISITS),
    Kind("finding.create", "edit", "finding", FindingPayload, _OFFICER),
    Kind(
        "finding.edit",
        "edit",
        "finding",
        EmptyPayload,
        _OFFICER,
        editable=(
            "unit_id",
            "code",
            "severity",
            "facts",
            "requirement",
            "cited_ticket_ids",
            "evidence_ids",
            "rectify_days",
        ),
    ),
    Kind("finding.file", "transition", "finding", EmptyPayload, _OFFICER),
    Kind("finding.acknowledge", "transition", "finding", EmptyPayload, _UNIT),
    Kind("finding.reply", "transition", "finding", FindingReplyPayload, _UNIT),
    Kind("finding.confirm", "transition", "finding", EmptyPayload, _OFFICER),
    Kind("finding.withdraw", "transition", "finding", ReasonPayload, _OFFICER),
    Kind("finding.rectify", "transition", "finding", RectifyPayload, _UNIT),
    Kind("finding.verify", "transition", "finding", EmptyPayload, _OFFICER),
    Kind("finding.return", "transition", "finding", ReasonPayload, _OFFICER),
    Kind("note.add", "append", "note", NotePayload, _ANYONE),
    # What somebody had written when the case was taken from them; the office reads it, whoever sends it does not.
    Kind("note.hand_over", "append", "note", NotePayload, _ANYONE),
    Kind("attachment.link", "append", "attachment", AttachmentPayload, _ANYONE),
    Kind(
        "person.assign",
        "edit",
        "person",
        EmptyPayload,
        _APPROVER,
        editable=("assigned_unit_ids",),
        caseless=True,
    ),
    Kind(
        "unit.edit",
        "edit",
        "unit",
        EmptyPayload,
        _SUPERVISORS | _UNIT,
        editable=DIRECTORY_FIELDS,
        caseless=True,
    ),
    Kind("view.create", "edit", "view", ViewPayload, _SUPERVISORS, caseless=True),
    Kind(
        "view.edit",
        "edit",
        "view",
        EmptyPayload,
        _SUPERVISORS,
        editable=(
            "name",
            "shared",
            "question",
            "whole_city",
            "group_by",
            "columns",
            "place",
            "shortcut",
        ),
        caseless=True,
    ),
    Kind("view.remove", "transition", "view", EmptyPayload, _SUPERVISORS, caseless=True),
    Kind("guidance.send", "append", "guidance", GuidancePayload, _SUPERVISORS, caseless=True),
    Kind("guidance.confirm", "append", "guidance_receipt", ReceiptPayload, _UNIT, caseless=True),
    Kind("guidance.withdraw", "transition", "guidance", ReasonPayload, _SUPERVISORS, caseless=True),
    Kind("extension.request", "append", "application", ExtensionPayload, _UNIT),
    Kind("extension.decide", "transition", "application", DecisionPayload, _OFFICE),
    Kind("objection.raise", "append", "application", ObjectionPayload, _UNIT),
    Kind("objection.decide", "transition", "application", DecisionPayload, _OFFICE),
    Kind("instruction.register", "append", "instruction", InstructionPayload, _OFFICE, caseless=True),
    Kind(
        "instruction.edit",
        "edit",
        "instruction",
        EmptyPayload,
        _OFFICE,
        editable=("given_by", "text", "given_at", "due_at", "unit_id"),
        caseless=True,
    ),
    Kind("instruction.feed_back", "transition", "instruction", ReplyPayload, _OFFICE, caseless=True),
    Kind("instruction.withdraw", "transition", "instruction", ReasonPayload, _OFFICE, caseless=True),
    Kind("urgent_report.create", "edit", "urgent_report", ReportPayload, _OFFICER),
    Kind(
        "urgent_report.edit",
        "edit",
        "urgent_report",
        EmptyPayload,
        _OFFICER,
        editable=("what", "location", "people", "done", "proposed", "recipients"),
    ),
    Kind("urgent_report.submit", "transition", "urgent_report", EmptyPayload, _OFFICER),
    Kind("urgent_report.approve", "transition", "urgent_report", EmptyPayload, _APPROVER, online=True),
    Kind("urgent_report.return", "transition", "urgent_report", ReasonPayload, _APPROVER, online=True),
    Kind("urgent_report.send", "transition", "urgent_report", SentPayload, _OFFICE),
    Kind("urgent_report.withdraw", "transition", "urgent_report", ReasonPayload, _OFFICE),
    Kind("inspection.create", "edit", "inspection", InspectionPayload, _OFFICER, caseless=True),
    Kind(
        "inspection.edit",
        "edit",
        "inspection",
        EmptyPayload,
        _OFFICER,
        editable=(
            "title",
            "kind",
            "mandate",
            "purpose",
            "plan",
            "unit_ids",
            "from_day",
            "to_day",
            "by_date",
            "request_types",
            "category_ids",
            "checklist",
            "inspector_ids",
        ),
        caseless=True,
    ),
    Kind("inspection.issue", "transition", "inspection", EmptyPayload, _OFFICER, caseless=True),
    Kind("inspection.recuse", "transition", "inspection", RecusePayload, _OFFICER | _APPROVER, caseless=True),
    # The frame is the server's tickets at one moment, and the steps to the draw are taken in front of it.
    Kind("inspection.freeze", "transition", "inspection", EmptyPayload, _OFFICER, online=True, caseless=True),
    Kind("inspection.fix", "transition", "inspection", CriteriaPayload, _OFFICER, online=True, caseless=True),
    Kind("inspection.draw", "transition", "inspection", SeedPayload, _OFFICER, online=True, caseless=True),
    Kind("inspection.close", "transition", "inspection", ReplyPayload, _OFFICER, caseless=True),
    Kind("inspection.withdraw", "transition", "inspection", ReasonPayload, _OFFICER, caseless=True),
    Kind("check.record", "append", "check", CheckPayload, _OFFICER),
    Kind("check.edit", "edit", "check", EmptyPayload, _OFFICER, editable=("results", "note")),
)

CATALOGUE: dict[str, Kind] = {kind.name: kind for kind in _ROWS}

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


class BadOperation(ValueError):
    """An operation that no server would take: unknown kind, or a payload that does not fit it."""

    def __init__(self, code: str, pointer: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.pointer = pointer


def payload_of(op: Operation) -> Struct:
    """The typed payload, in today's shape whatever program made it. Raises :class:`BadOperation`."""
    op = upcast(op)
    kind = CATALOGUE.get(op.kind)
    if kind is None:
        raise BadOperation("unknown_kind", "/kind")
    try:
        return msgspec.convert(op.payload, kind.payload, strict=False)
    except msgspec.ValidationError as error:
        raise BadOperation("bad_payload", "/payload") from error


UPCASTERS: dict[tuple[str, int], Callable[[Operation], Operation]] = {}
"""(kind, schema) → how a body of that schema reads in the next one; pure, and used by both ends.

Where a payload changes its shape, SCHEMA rises by one and the old shape gets its line here and a test of its own. The
steps to 2 and 3 have none: they added a field to the envelope, and one with a default to a payload.
"""


def upcast(op: Operation) -> Operation:
    """The operation as today's program would have made it; its body, its hash and its id stay those that were sent.

    Raises :class:`BadOperation` for a schema of a newer program.
    """
    if op.schema == SCHEMA:
        return op
    if not 1 <= op.schema < SCHEMA:
        raise BadOperation("schema_unknown", "/schema")
    for schema in range(op.schema, SCHEMA):
        step = UPCASTERS.get((op.kind, schema))
        op = msgspec.structs.replace(step(op) if step is not None else op, schema=schema + 1)
    return op


def payload_dict(payload: Struct) -> dict[str, Any]:
    """A payload struct as the plain JSON object that travels."""
    plain = msgspec.to_builtins(payload)
    assert isinstance(plain, dict)  # a Struct without array_like always becomes a dict
    return plain


def touches(op: Operation) -> tuple[Key, ...]:
    """The rows the operation itself writes, its own entity first; pure, from the operation alone.

    Raises :class:`BadOperation`.
    """
    op = upcast(op)
    payload = payload_of(op)
    own: Key = (CATALOGUE[op.kind].entity_type, op.entity_id)
    if isinstance(payload, FindingReplyPayload | RectifyPayload):
        return own, ("finding_reply", payload.reply_id)
    if isinstance(payload, CompleteVisitPayload) and payload.new_matter:
        return own, ("draft_ticket", payload.new_matter_id or f"{op.op_id}-n")
    return (own,)


def ticket_hint(op: Operation) -> str:
    """The ticket an operation names in its payload, "" where only the touched row knows."""
    return str(op.payload.get("ticket_id", ""))


def own_words(op: Operation) -> tuple[tuple[str, str], ...]:
    """What the person typed, as (field, text): of a new row from its payload, of an edit from the values wanted.

    Of a newer program's operation what can be read of it.
    """
    with suppress(BadOperation):
        op = upcast(op)
    return words_in(op.payload | {change.field: change.after for change in op.changes})


def words_in(form: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The texts of a payload or a half-written form, as (field, text)."""
    found = [(field, form.get(field)) for field in TEXT_FIELDS]
    answers = form.get("answers")
    if isinstance(answers, dict):
        found += [(f"answers.{field}", answers.get(field)) for field in ("still_missing", "note")]
    return tuple((field, text) for field, text in found if isinstance(text, str) and text.strip())


def body_of(op: Operation) -> bytes:
    """The canonical JSON of an operation: what is stored, sent and hashed."""
    return _encoder.encode(op)


def decode_operation(body: bytes | str | msgspec.Raw) -> Operation:
    """The inverse of :func:`body_of`. Raises ``msgspec.ValidationError``."""
    return _decoder.decode(body)


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Operation)
