"""The catalogue: everything a user can do, as data. A kind enters this table before it enters the code.

An operation is immutable once it has been sent. ``fold`` says what it does to the rows it touches.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from .entities import (
    Counter,
    Id,
    Key,
    ShortText,
)
from .finding_payloads import (
    ArrangePayload,
    FindingPayload,
    FindingReplyPayload,
    RectifyPayload,
    ReviewDecisionPayload,
    VerifyPayload,
)
from .inspection_payloads import (
    CheckPayload,
    CriteriaPayload,
    InspectionPayload,
    RecusePayload,
    SeedPayload,
)
from .payloads import (
    AcknowledgePayload,
    AssignPayload,
    AttachmentPayload,
    AttemptPayload,
    CompleteVisitPayload,
    DecideExceptionPayload,
    EmptyPayload,
    GuidancePayload,
    NotePayload,
    NoticePayload,
    ReasonPayload,
    ReceiptPayload,
    ReplyPayload,
    SchedulePayload,
    UrgePayload,
    ViewPayload,
    words_in,
)
from .upward_payloads import (
    DecisionPayload,
    ExtensionPayload,
    InstructionPayload,
    ObjectionPayload,
    ReportPayload,
    SentPayload,
)
from .visit_payloads import ChallengePayload, InquiryPayload, SendBackPayload, SettlePayload, VerdictPayload

Mode = Literal["append", "edit", "transition"]
SCHEMA = 3
"""The version of operation bodies this code writes; the server accepts back to SCHEMA - 2.

2: ``resolves``. 3: ``rung`` of a notice, which an older server would have read over and issued as a notice.
"""


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
    # The one field of the hotline's ticket that is the office's own: who of it looks after the case.
    Kind("ticket.assign", "edit", "ticket", EmptyPayload, _OFFICE, editable=("officer_id",)),
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
    # Who leads the return visits distributes them; a caller's own booking may name a colleague (`visit.schedule`).
    Kind("visit.assign", "transition", "visit", AssignPayload, _OFFICE),
    Kind("visit.ask_exception", "transition", "visit", ReasonPayload, _VISITS),
    Kind("visit.decide_exception", "transition", "visit", DecideExceptionPayload, _APPROVER, online=True),
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
            "basis",
        ),
    ),
    Kind("finding.file", "transition", "finding", EmptyPayload, _OFFICER),
    Kind("finding.acknowledge", "transition", "finding", EmptyPayload, _UNIT),
    Kind("finding.reply", "transition", "finding", FindingReplyPayload, _UNIT),
    Kind("finding.confirm", "transition", "finding", EmptyPayload, _OFFICER),
    Kind("finding.withdraw", "transition", "finding", ReasonPayload, _OFFICER),
    Kind("finding.begin", "transition", "finding", RectifyPayload, _UNIT),
    Kind("finding.rectify", "transition", "finding", RectifyPayload, _UNIT),
    Kind("finding.arrange", "transition", "finding", ArrangePayload, _OFFICER),
    Kind("finding.verify", "transition", "finding", VerifyPayload, _OFFICER),
    Kind("finding.return", "transition", "finding", ReasonPayload, _OFFICER),
    Kind("finding.review", "transition", "finding", RectifyPayload, _UNIT),
    # Whoever took no part in the finding decides, and nobody who may not stand apart from it.
    Kind("finding.decide", "transition", "finding", ReviewDecisionPayload, _OFFICE),
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
    Kind("visit.challenge", "transition", "visit", ChallengePayload, _VISITS | _APPROVER),
    Kind("visit.decide_challenge", "transition", "visit", VerdictPayload, _APPROVER),
    # What is proposed is decided by a person, and the caller who heard it is one.
    Kind("visit.send_back", "transition", "visit", SendBackPayload, _VISITS | _APPROVER),
    Kind("inquiry.ask", "append", "inquiry", InquiryPayload, _VISITS),
    Kind("inquiry.answer", "transition", "inquiry", ReplyPayload, _UNIT),
    Kind("inquiry.settle", "transition", "inquiry", SettlePayload, _VISITS),
)

CATALOGUE: dict[str, Kind] = {kind.name: kind for kind in _ROWS}


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
    if op.kind in ANSWERED_IN_WORDS:
        return own, ("finding_reply", office_reply_id(op))
    if isinstance(payload, CompleteVisitPayload) and payload.new_matter:
        return own, ("draft_ticket", payload.new_matter_id or f"{op.op_id}-n")
    return (own,)


ANSWERED_IN_WORDS = frozenset({"finding.return", "finding.verify", "finding.decide"})
"""Steps of the office whose words become a row of their own beside the finding: the next ones replace none."""


def office_reply_id(op: Operation) -> str:
    """The id of the row that holds the words of such a step."""
    return f"{op.op_id}-r"


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


def body_of(op: Operation) -> bytes:
    """The canonical JSON of an operation: what is stored, sent and hashed."""
    return _encoder.encode(op)


def decode_operation(body: bytes | str | msgspec.Raw) -> Operation:
    """The inverse of :func:`body_of`. Raises ``msgspec.ValidationError``."""
    return _decoder.decode(body)


_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(Operation)
