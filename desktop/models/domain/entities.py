"""The rows of the contract: what the server owns, the wire carries and the desktop stores.

One definition serves the JSON of the REST contract, the encrypted store and the server's tables. Rows are full
states: a row that arrives replaces the one before it. Children carry ``ticket_id`` and have their own version.
Identity (full names, numbers, the unredacted text) is in none of them; see :mod:`privacy`.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta, Struct

from .inspection_rules import MUSTS, CheckVerdict, Method, Must

Id = Annotated[str, Meta(min_length=1, max_length=64)]
ShortText = Annotated[str, Meta(max_length=200)]
Text = Annotated[str, Meta(max_length=20_000)]
Counter = Annotated[int, Meta(ge=0, le=2**53 - 1)]

RequestType = Literal["consultation", "help", "complaint", "report", "suggestion", "praise"]
Channel = Literal["phone", "mailbox", "sms", "app", "weibo", "wechat", "web", "letter"]
Urgency = Literal["normal", "urgent", "emergency"]
Level = Literal["normal", "confidential", "report"]
TicketState = Literal[
    "received",
    "dispatched",
    "signed",
    "first_contacted",
    "handling",
    "completed",
    "in_review",
    "to_visit",
    "archived",
    "return_pending",
    "extension_pending",
    "suspended",
]
UnitKind = Literal["district", "county", "department", "company"]
RequesterKind = Literal["natural", "legal"]
RealName = Literal["real_name", "confidential", "anonymous"]
UrgeMeans = Literal["phone", "sms", "letter"]
Rung = Literal["notice", "yellow_card", "red_card", "bulletin", "interview", "referral"]
"""The acts of the supervision ladder, lowest first: 督办单, 黄牌, 红牌, 通报, 约谈, 移送. See :mod:`ladder`."""
NoticeState = Literal["draft", "submitted", "returned", "issued", "replied", "withdrawn"]
VisitState = Literal["waiting", "booked", "completed", "unreachable", "cancelled"]
VisitMode = Literal["phone", "sms", "web", "robot"]
VisitGround = Literal["", "no_reply", "dissatisfied", "overturned", "contact_log", "rectification"]
"""Why a visit was opened beside the hotline's own: another channel reached nobody, or heard dissatisfaction; the
visit before was overturned; the unit's contact log gave another way; a finding was put right, and the citizen is asked
how."""
ChallengeState = Literal["asked", "agreed", "refused"]
InquiryState = Literal["asked", "answered", "settled"]
Outcome = Literal[
    "answered",
    "no_answer",
    "busy",
    "switched_off",
    "wrong_number",
    "refused",
    "call_later",
    "line_fault",
]
Proposal = Literal["", "rework", "supervision_notice"]
ExceptionState = Literal["asked", "agreed", "refused"]
Severity = Literal["notice", "ordinary", "serious", "critical"]
FindingState = Literal[
    "draft",
    "filed",
    "acknowledged",
    "replied",
    "confirmed",
    "withdrawn",
    "rectifying",
    "rectified",
    "verified",
    "returned",
    "review_requested",
]
GroupBy = Literal["", "unit", "place"]
GuidanceKind = Literal["tip", "reminder"]
"""工作提示, 提醒函."""

InspectionKind = Literal["spot_check", "look_back", "covert_check"]
InspectionState = Literal["draft", "issued", "frozen", "fixed", "drawn", "closed", "withdrawn"]
PopulationDate = Literal["completed", "received"]
Stance = Literal[
    "accepts",
    "explains",
    "disputes",
    "plans",
    "rectified",
    "review",
    "returned",
    "verified",
    "upheld",
    "changed",
    "revoked",
]
"""What is said in the course of a finding: by the unit as far as ``review``, after it by the office."""
ReviewOutcome = Literal["upheld", "changed", "revoked"]
"""What came of a review (复核): 维持, 变更, 撤销."""
VerifyMeans = Literal["return_visit", "look_back"]
"""How a rectification is looked at: by a return visit (回访), or on the spot (回头看)."""
ApplicationMatter = Literal["extension", "return"]
ApplicationState = Literal["asked", "agreed", "refused", "lapsed"]
InstructionState = Literal["open", "answered", "withdrawn"]
UrgentReportState = Literal["draft", "submitted", "returned", "approved", "sent", "withdrawn"]
Role = Literal[
    "officer",
    "approve",
    "deputy_director",
    "return_visit",
    "liaison",
    "rule_admin",
    "cleared",
]
Contacted = Literal["yes", "no", "cannot_remember"]
Resolved = Literal["resolved", "partly", "not_resolved"]
Satisfaction = Literal[
    "very_satisfied",
    "satisfied",
    "basically_satisfied",
    "dissatisfied",
    "very_dissatisfied",
]
RatedSatisfaction = Literal[
    "very_satisfied",
    "satisfied",
    "basically_satisfied",
    "dissatisfied",
    "very_dissatisfied",
    "no_rating",
]

OPEN_STATES: tuple[TicketState, ...] = (
    "received",
    "dispatched",
    "signed",
    "first_contacted",
    "handling",
    "return_pending",
    "extension_pending",
    "suspended",
)
"""States before the unit says done: the handling clock belongs to these."""

WORKING_STATES: tuple[TicketState, ...] = ("dispatched", "signed", "first_contacted", "handling")
"""States in which a unit has the matter in hand: in these alone it may apply for anything."""

PAUSED_STATES: tuple[TicketState, ...] = ("extension_pending", "suspended")
"""States in which the handling clock stands still."""


class Row(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every row has. ``version`` rises by one per edit or transition; 0 = not yet known to the server.

    ``last_edit`` is the op_id of the last edit or transition, which the chain rule compares.
    """

    id: Id
    version: Counter = 0
    last_edit: str = ""


class UnitContact(Struct, frozen=True, omit_defaults=True):
    """Somebody of a unit who stands in for its liaison."""

    name: ShortText
    phone: ShortText = ""


class Unit(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A handling unit (承办单位). ``pinyin`` holds full and initial forms for search, blank separated."""

    name: ShortText
    short_name: ShortText = ""
    kind: UnitKind = "department"
    parent_id: str = ""
    place_id: str = ""
    office_phone: ShortText = ""
    pinyin: str = ""
    leader: ShortText = ""
    """Who is in charge of the unit (分管领导); like every field below, the office's directory and no citizen's."""
    leader_phone: ShortText = ""
    liaison: ShortText = ""
    liaison_phone: ShortText = ""
    duty_phone: ShortText = ""
    substitutes: tuple[UnitContact, ...] = ()


class Category(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A node of the city's tree of matters (事项类别)."""

    name: ShortText
    parent_id: str = ""
    depth: int = 1
    enterprise: bool = False


class Place(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A district or street."""

    name: ShortText
    kind: Literal["city", "district", "street"] = "district"
    parent_id: str = ""


class Person(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A colleague; names of colleagues are never masked.

    ``unit_ids`` are the units that a liaison answers for, ``assigned_unit_ids`` those whose cases an officer looks
    after (分管单位): no right hangs on the latter, lists only begin there.
    """

    name: ShortText
    roles: tuple[Role, ...] = ()
    unit_ids: tuple[str, ...] = ()
    title: ShortText = ""
    assigned_unit_ids: tuple[str, ...] = ()


class Extension(Struct, frozen=True, omit_defaults=True):
    """A granted extension of the handling clock."""

    old_due_at: datetime
    new_due_at: datetime
    reason: ShortText = ""
    granted_at: datetime | None = None
    granted_by: str = ""
    asked_at: datetime | None = None


class ClockPause(Struct, frozen=True, omit_defaults=True):
    """A span in which the handling of a ticket rested, its state then, and who agreed; ``end`` None = it still does."""

    start: datetime
    end: datetime | None
    state: TicketState
    by: str = ""


class Ticket(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A ticket (工单) as this viewer may see it. All times are aware; due times are the server's.

    ``request_text`` is redacted. ``requester_label`` is surname and form of address. ``sample_fields`` names
    the fields that were generated and not told by the source ("requester", "phone_tail", …). A complaint about a unit
    or its staff names them in ``against_unit_id`` and ``against_person_ids``; they and ``recused_person_ids`` (who
    shall have no part in it) never receive the case. New fields go to the end: see ``row_columns.told_anew``.
    """

    number: ShortText
    title: ShortText
    request_type: RequestType
    channel: Channel
    state: TicketState
    request_text: Text = ""
    urgency: Urgency = "normal"
    level: Level = "normal"
    category_id: str = ""
    unit_id: str = ""
    assist_unit_ids: tuple[str, ...] = ()
    against_unit_id: str = ""
    place_id: str = ""
    address: ShortText = ""
    enterprise: bool = False
    requester_label: ShortText = ""
    requester_kind: RequesterKind = "natural"
    real_name: RealName = "real_name"
    phone_tail: str = ""
    contact_id: str = ""
    care_flags: tuple[str, ...] = ()
    sample_fields: tuple[str, ...] = ()
    received_at: datetime
    dispatched_at: datetime | None = None
    signed_at: datetime | None = None
    first_contact_at: datetime | None = None
    completed_at: datetime | None = None
    archived_at: datetime | None = None
    sign_due_at: datetime | None = None
    first_contact_due_at: datetime | None = None
    due_at: datetime | None = None
    visit_due_at: datetime | None = None
    due_rule: ShortText = ""
    due_provisional: bool = False
    paused_at: datetime | None = None
    extensions: tuple[Extension, ...] = ()
    rework: Counter = 0
    repeats: Counter = 0
    returns: Counter = 0
    supervised: bool = False
    carded: bool = False
    noted_by_leader: bool = False
    unit_answer: Text = ""
    source: ShortText = ""
    against_person_ids: tuple[str, ...] = ()
    recused_person_ids: tuple[str, ...] = ()
    due_profile: Counter = 0
    """The version of the rule profile that ``due_at`` was computed with; 0 = by another system, or not told."""
    pauses: tuple[ClockPause, ...] = ()
    feedback_due_at: datetime | None = None
    feedback_at: datetime | None = None
    merged_into: str = ""
    """The ticket that this one was merged into (并单), "" = none: both are one matter."""
    due_calendar: Counter = 0
    """The version whose days off ``due_at`` was reckoned with, 0 = those of ``due_profile``; see ``announced``."""
    officer_id: str = ""
    """The officer of the office who looks after the case, "" = nobody by name; no unit is told."""
    sent_answer: Text = ""
    """Of a letter (市长信箱, 来信): the answer as it went out to who wrote it, "" = in the unit's own words."""
    answer_sent_at: datetime | None = None
    published_at: datetime | None = None
    """When letter and answer were put on the city's website, None = they were not."""


class TimelineEntry(Row, frozen=True, kw_only=True, omit_defaults=True):
    """One event of a ticket's history. ``office_only`` entries never leave the supervision office."""

    ticket_id: Id
    at: datetime
    kind: ShortText
    actor: ShortText = ""
    unit_id: str = ""
    text: Text = ""
    office_only: bool = False


class Urge(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A reminder to a unit (催办); informal, never a supervision notice."""

    ticket_id: Id
    unit_id: str
    means: UrgeMeans
    person_reached: ShortText = ""
    answer: Text = ""
    promised_at: datetime | None = None
    text: Text = ""
    by_id: str = ""
    by_name: ShortText = ""
    at: datetime
    acknowledged_at: datetime | None = None
    acknowledged_by: ShortText = ""
    acknowledgement: Text = ""
    late: bool = False


class Notice(Row, frozen=True, kw_only=True, omit_defaults=True):
    """An act of supervision: formal, numbered by the server on approval, the unit's explanation due.

    ``rung`` says which: a supervision notice (督办单), or a higher step of the ladder. See decision 21.
    """

    ticket_id: Id
    unit_id: str
    state: NoticeState = "draft"
    number: ShortText = ""
    ground: Text = ""
    requirement: Text = ""
    author_id: str = ""
    author_name: ShortText = ""
    created_at: datetime
    submitted_at: datetime | None = None
    return_reason: Text = ""
    approver_id: str = ""
    approver_name: ShortText = ""
    issued_at: datetime | None = None
    reply_due_at: datetime | None = None
    reply_text: Text = ""
    replied_at: datetime | None = None
    replied_by: ShortText = ""
    withdraw_reason: Text = ""
    rung: Rung = "notice"


class Answers(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The answers of a return visit in the questionnaire's neutral order; None = not asked or not answered."""

    identity_confirmed: bool = False
    contacted: Contacted | None = None
    resolved: Resolved | None = None
    still_missing: Text = ""
    satisfied_result: RatedSatisfaction | None = None
    satisfied_attitude: RatedSatisfaction | None = None
    pressed_for_rating: bool | None = None
    reasons: tuple[str, ...] = ()
    result_told: bool | None = None
    note: Text = ""


class CallException(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One call outside the attempt policy: who asks for it and why, and which second person agreed to it or did not.

    ``until`` ends it where it was agreed to; the first call made under it uses it up.
    """

    state: ExceptionState = "asked"
    reason: Text = ""
    asked_by_id: str = ""
    asked_by: ShortText = ""
    asked_at: datetime
    decided_by_id: str = ""
    decided_by: ShortText = ""
    decided_at: datetime | None = None
    decision: Text = ""
    until: datetime | None = None


class Challenge(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """That somebody asked for a valid visit to be overturned (推翻), and what a second person said to that.

    ``again`` = the citizen is to be called once more if it is.
    """

    reason: Text
    again: bool = False
    by_id: str = ""
    by_name: ShortText = ""
    at: datetime
    state: ChallengeState = "asked"
    decision: Text = ""
    decided_by_id: str = ""
    decided_by: ShortText = ""
    decided_at: datetime | None = None


class SentBack(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The case was sent back for rework (重办) after this visit; ``text`` is what its unit is told of what was said."""

    text: Text = ""
    by_id: str = ""
    by_name: ShortText = ""
    at: datetime


class Visit(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A return visit (回访) of one ticket. Attempts are rows of their own and do not raise its version.

    ``recheck_of`` names the visit that this one was made once more for, from its completion on; such a visit is not
    ``valid`` and counts in no rate. ``mode`` other than phone: made by the city's channel and read in, never called.
    ``ground`` says why this one was opened after another, ``follows``; one that looks at a rectification counts in no
    rate either. ``challenges`` are oldest first: what was overturned keeps its answers and is ``valid`` no more.
    """

    ticket_id: Id
    unit_id: str = ""
    contact_id: str = ""
    level: Level = "normal"
    state: VisitState = "waiting"
    mode: VisitMode = "phone"
    opened_at: datetime
    due_at: datetime | None = None
    booked_at: datetime | None = None
    booked_until: datetime | None = None
    assigned_to: str = ""
    assigned_name: ShortText = ""
    answers: Answers | None = None
    questionnaire: ShortText = ""
    completed_at: datetime | None = None
    completed_by: ShortText = ""
    completed_by_id: str = ""
    valid: bool = False
    proposal: Proposal = ""
    note: Text = ""
    outside_lease: bool = False
    recheck_of: str = ""
    exception: CallException | None = None
    ground: VisitGround = ""
    follows: str = ""
    challenges: tuple[Challenge, ...] = ()
    sent_back: SentBack | None = None


class Attempt(Row, frozen=True, kw_only=True, omit_defaults=True):
    """One attempt to reach a citizen. ``outside_lease`` marks a record made without a valid lease.

    ``recording`` is what the city's recorder calls the call; the sound itself is never ours.
    """

    ticket_id: Id
    visit_id: Id
    contact_id: str = ""
    outcome: Outcome
    at: datetime
    duration_s: Counter = 0
    call_later_at: datetime | None = None
    by_id: str = ""
    by_name: ShortText = ""
    lease_id: str = ""
    lease_epoch: Counter = 0
    note: Text = ""
    practice: bool = False
    outside_lease: bool = False
    recording: ShortText = ""
    exception_by: ShortText = ""
    """Who agreed to this call outside the attempt policy, "" = it was within."""


class FindingRest(Struct, frozen=True, omit_defaults=True):
    """A span in which the time for a rectification rests, because it is the office's turn; ``end`` None = it does."""

    start: datetime
    end: datetime | None = None


class Inquiry(Row, frozen=True, kw_only=True, omit_defaults=True):
    """What the office asks a unit whose citizen it cannot reach: the log of its contacts (联系记录); and the answer.

    ``visit_id`` is the visit that waits for it. ``settled`` says what came of it, ``again`` = another visit was opened.
    """

    ticket_id: Id
    unit_id: str
    visit_id: Id
    state: InquiryState = "asked"
    text: Text = ""
    by_id: str = ""
    by_name: ShortText = ""
    at: datetime
    due_at: datetime | None = None
    answer: Text = ""
    answered_at: datetime | None = None
    answered_by: ShortText = ""
    again: bool = False
    settled: Text = ""
    settled_at: datetime | None = None
    settled_by: ShortText = ""


class Finding(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A finding (检查问题): one fact about one unit's handling, with the tickets it cites; or good practice.

    Its life and its counters stand in :mod:`finding_rules`. ``verify_ref_id`` names the visit or the inspection that
    the rectification is, or was, verified by. ``acted_ids`` are the people of the office who had a hand in it.
    """

    ticket_id: Id
    unit_id: str
    state: FindingState = "draft"
    number: ShortText = ""
    code: ShortText
    severity: Severity = "ordinary"
    facts: Text = ""
    requirement: Text = ""
    cited_ticket_ids: tuple[str, ...] = ()
    evidence_ids: tuple[str, ...] = ()
    rectify_days: Counter = 0
    rectify_due_at: datetime | None = None
    author_id: str = ""
    author_name: ShortText = ""
    created_at: datetime
    filed_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: ShortText = ""
    replied_at: datetime | None = None
    rectified_at: datetime | None = None
    verified_at: datetime | None = None
    return_reason: Text = ""
    withdraw_reason: Text = ""
    inspection_id: str = ""
    """The inspection that it was found in, "" = found in the day's work."""
    basis: tuple[str, ...] = ()
    """Codes of the citations it rests on."""
    basis_words: Text = ""
    """What they said on the day of filing, one a line."""
    good: bool = False
    """Good practice (F90): nothing is to be put right."""
    confirmed_at: datetime | None = None
    confirmed_by: ShortText = ""
    rests: tuple[FindingRest, ...] = ()
    acted_ids: tuple[str, ...] = ()
    verify_means: VerifyMeans | None = None
    verify_ref_id: str = ""
    verified_by: ShortText = ""
    review_at: datetime | None = None
    """When a review was asked for; it is asked for once."""
    review_from: FindingState | None = None
    review_due_at: datetime | None = None
    review_outcome: ReviewOutcome | None = None
    reviewed_at: datetime | None = None
    reviewed_by: ShortText = ""


class FindingReply(Row, frozen=True, kw_only=True, omit_defaults=True):
    """What was said to a finding, by its unit (申辩) or in the office's answer; none replaces another."""

    ticket_id: Id
    finding_id: Id
    unit_id: str
    stance: Stance = "explains"
    text: Text = ""
    by_id: str = ""
    by_name: ShortText = ""
    at: datetime
    late: bool = False


class DraftTicket(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A new matter named during a visit, for the hotline to take up."""

    ticket_id: Id
    visit_id: Id
    text: Text
    by_id: str = ""
    by_name: ShortText = ""
    at: datetime


class Note(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A note somebody adds to a ticket: the office's own, or of the liaison of ``unit_id``, which both then read."""

    ticket_id: Id
    unit_id: str = ""
    text: Text
    by_id: str = ""
    by_name: ShortText = ""
    at: datetime
    late: bool = False


class Attachment(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A linked attachment. The original name is only displayed; ``sha256`` is 64 hex digits.

    ``about_type`` and ``about_id`` name the row of the case that it belongs to (a note, a finding, an answer), "" the
    case itself. ``audience`` and ``unit_id`` are the server's: whoever may see that row may see the file.
    """

    ticket_id: Id
    about_type: ShortText = ""
    about_id: str = ""
    audience: Literal["unit", "office", "author"] = "unit"
    unit_id: str = ""
    name: ShortText
    size: Counter
    sha256: str
    media_type: ShortText = ""
    by_id: str = ""
    by_name: ShortText = ""
    at: datetime


class ListQuestion(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a saved view asks of the list of cases: plain codes, as the desktop's own filter has them."""

    queue: ShortText = "all"
    unit_ids: tuple[Id, ...] = ()
    request_types: tuple[ShortText, ...] = ()
    category_ids: tuple[Id, ...] = ()
    channels: tuple[ShortText, ...] = ()
    place_ids: tuple[Id, ...] = ()
    lights: tuple[ShortText, ...] = ()
    party: ShortText = ""
    officer_ids: tuple[Id, ...] = ()
    text: ShortText = ""
    sort: ShortText = ""
    descending: bool = False


class View(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A saved view of the list of cases (视图): its author's alone, or shared with the office.

    ``columns`` is the layout of the columns as the desktop's list wrote it, JSON, "" = as everywhere. ``place`` orders
    views; ``shortcut`` 1–9 is the digit of its key, 0 = none. A view that was removed stays its author's, out of sight.
    """

    name: ShortText
    author_id: str = ""
    author_name: ShortText = ""
    shared: bool = False
    question: ListQuestion = ListQuestion()
    whole_city: bool = False
    group_by: GroupBy = ""
    columns: Annotated[str, Meta(max_length=4_000)] = ""
    place: Counter = 0
    shortcut: Annotated[int, Meta(ge=0, le=9)] = 0
    removed: bool = False
    created_at: datetime


class Guidance(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A light document to one or several units (工作提示, 提醒函). No supervision: it asks to be read, and no more."""

    kind: GuidanceKind = "tip"
    number: ShortText = ""
    title: ShortText
    text: Text = ""
    unit_ids: tuple[str, ...]
    by_id: str = ""
    by_name: ShortText = ""
    at: datetime
    withdrawn_at: datetime | None = None
    withdraw_reason: Text = ""


class GuidanceReceipt(Row, frozen=True, kw_only=True, omit_defaults=True):
    """That somebody of a unit has read a guidance; each reader's is a row, and none replaces another."""

    guidance_id: Id
    unit_id: str
    text: Text = ""
    by_id: str = ""
    by_name: ShortText = ""
    at: datetime


class Application(Row, frozen=True, kw_only=True, omit_defaults=True):
    """What a unit applies for on a case it leads: more time (延期), or that the case goes elsewhere (退单).

    ``old_due_at`` is the limit that stood when it was asked for, ``new_due_at`` where it leads: as asked for, then as
    granted. ``ticket_state`` is what the case goes back to. ``lapsed`` = the case had left the unit before it came.
    """

    ticket_id: Id
    unit_id: str
    matter: ApplicationMatter
    state: ApplicationState = "asked"
    reason: Text = ""
    days: Counter = 0
    old_due_at: datetime | None = None
    new_due_at: datetime | None = None
    to_unit_id: str = ""
    asked_at: datetime
    by_id: str = ""
    by_name: ShortText = ""
    ticket_state: TicketState | None = None
    decided_at: datetime | None = None
    decided_by_id: str = ""
    decided_by: ShortText = ""
    decision: Text = ""
    citizen_words: Text = ""
    late: bool = False


class Instruction(Row, frozen=True, kw_only=True, omit_defaults=True):
    """What a leader wrote on a matter (批示件), with its own limit; what was reported back is its feedback (批示反馈).

    ``ticket_id`` "" = it is about no case of ours. ``report_id`` = the urgent report that it came back on.
    ``noted_before`` = the case bore a leader's note already.
    """

    ticket_id: str = ""
    given_by: ShortText
    text: Text = ""
    given_at: datetime
    due_at: datetime | None = None
    unit_id: str = ""
    report_id: str = ""
    state: InstructionState = "open"
    by_id: str = ""
    by_name: ShortText = ""
    at: datetime
    feedback: Text = ""
    feedback_at: datetime | None = None
    feedback_by: ShortText = ""
    withdraw_reason: Text = ""
    noted_before: bool = False


class UrgentReport(Row, frozen=True, kw_only=True, omit_defaults=True):
    """A one-page report upward (要情专报) on a case: numbered by the server on approval, then sent by a person."""

    ticket_id: Id
    state: UrgentReportState = "draft"
    number: ShortText = ""
    what: Text = ""
    location: Text = ""
    people: Text = ""
    done: Text = ""
    proposed: Text = ""
    recipients: Text = ""
    author_id: str = ""
    author_name: ShortText = ""
    created_at: datetime
    submitted_at: datetime | None = None
    return_reason: Text = ""
    approver_id: str = ""
    approver_name: ShortText = ""
    approved_at: datetime | None = None
    sent_at: datetime | None = None
    sent_by: ShortText = ""
    withdraw_reason: Text = ""


class Recusal(Struct, frozen=True, omit_defaults=True):
    """An inspector who has no part in an inspection any more."""

    person_id: Id
    reason: Text
    at: datetime
    by_name: ShortText = ""


class FramePart(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A unit's part of a frame: how many tickets, its hash, how many are left for the lot, how many were drawn."""

    unit_id: Id
    size: Counter
    digest: ShortText
    left: Counter = 0
    musts: Counter = 0
    lots: Counter = 0


class Inspection(Row, frozen=True, kw_only=True, omit_defaults=True):
    """An inspection (监督检查): its plan, and the steps by which its sample came to be (see ``docs/sampling.md``).

    ``mandate`` is the code of a citation, ``mandate_words`` what it said on the day of issue. The population are
    tickets of ``unit_ids`` by the office's date, both days included. The frame itself lies in the samples, one a unit.
    """

    title: ShortText
    kind: InspectionKind
    state: InspectionState = "draft"
    number: ShortText = ""
    mandate: ShortText = ""
    mandate_words: Text = ""
    purpose: Text = ""
    plan: Text = ""
    unit_ids: tuple[str, ...] = ()
    from_day: date
    to_day: date
    by_date: PopulationDate = "completed"
    request_types: tuple[RequestType, ...] = ()
    category_ids: tuple[str, ...] = ()
    checklist: ShortText = ""
    inspector_ids: tuple[str, ...] = ()
    recusals: tuple[Recusal, ...] = ()
    author_id: str = ""
    author_name: ShortText = ""
    created_at: datetime
    issued_at: datetime | None = None
    issued_by: ShortText = ""
    frozen_at: datetime | None = None
    frozen_by: ShortText = ""
    frame: ShortText = ""
    parts: tuple[FramePart, ...] = ()
    fixed_at: datetime | None = None
    fixed_by: ShortText = ""
    method: Method | None = None
    size: Counter = 0
    musts: tuple[Must, ...] = MUSTS
    rework_from: Counter = 2
    seed_source: ShortText = ""
    drawn_at: datetime | None = None
    drawn_by: ShortText = ""
    seed: ShortText = ""
    last_lot: ShortText = ""
    result: Text = ""
    closed_at: datetime | None = None
    closed_by: ShortText = ""
    withdraw_reason: Text = ""


FRAME_MOST = 12_000_000
"""The longest frame, all its parts together: it travels in one commit, and a desktop takes 16 MiB at once."""


class Sample(Row, frozen=True, kw_only=True, omit_defaults=True):
    """One unit's part of an inspection's frame, in canonical form, and what was drawn of it.

    ``opened`` = the unit may have it; ``barred_ids`` are the inspection's recused.
    """

    inspection_id: Id
    unit_id: Id
    frame: Annotated[str, Meta(max_length=FRAME_MOST)] = ""
    musts: tuple[str, ...] = ()
    lots: tuple[str, ...] = ()
    opened: bool = False
    barred_ids: tuple[str, ...] = ()


class Check(Row, frozen=True, kw_only=True, omit_defaults=True):
    """What an inspector found in one ticket of a sample: verdicts by line of the checklist, and what they come to.

    ``tenths`` = tenths of a point out of a hundred points, None where no line applied.
    """

    ticket_id: Id
    inspection_id: Id
    checklist: ShortText
    results: dict[str, CheckVerdict] = {}
    note: Text = ""
    tenths: Counter | None = None
    critical: bool = False
    complete: bool = False
    passed: bool = False
    by_id: str = ""
    by_name: ShortText = ""
    at: datetime


EntityType = Literal[
    "unit",
    "category",
    "place",
    "person",
    "ticket",
    "timeline_entry",
    "urge",
    "notice",
    "visit",
    "attempt",
    "finding",
    "finding_reply",
    "draft_ticket",
    "note",
    "attachment",
    "view",
    "guidance",
    "guidance_receipt",
    "application",
    "instruction",
    "urgent_report",
    "inspection",
    "sample",
    "check",
    "inquiry",
]

TYPES: dict[str, type[Row]] = {
    "unit": Unit,
    "category": Category,
    "place": Place,
    "person": Person,
    "ticket": Ticket,
    "timeline_entry": TimelineEntry,
    "urge": Urge,
    "notice": Notice,
    "visit": Visit,
    "attempt": Attempt,
    "finding": Finding,
    "finding_reply": FindingReply,
    "draft_ticket": DraftTicket,
    "note": Note,
    "attachment": Attachment,
    "view": View,
    "guidance": Guidance,
    "guidance_receipt": GuidanceReceipt,
    "application": Application,
    "instruction": Instruction,
    "urgent_report": UrgentReport,
    "inspection": Inspection,
    "sample": Sample,
    "check": Check,
    "inquiry": Inquiry,
}
"""Row class of each type of the contract."""

TYPE_OF: dict[type[Row], str] = {cls: name for name, cls in TYPES.items()}
REFERENCE_TYPES: tuple[str, ...] = ("unit", "category", "place", "person")
OFFICE_TYPES: tuple[str, ...] = ("view", "guidance", "guidance_receipt", "inspection", "sample")
"""Rows of the office's own work that belong to no ticket, and are not everybody's either."""

CASELESS_TYPES: tuple[str, ...] = REFERENCE_TYPES + OFFICE_TYPES
CHILD_TYPES: tuple[str, ...] = tuple(t for t in TYPES if t not in CASELESS_TYPES and t != "ticket")

Key = tuple[str, str]
"""(type, id) of a row."""

_encoder = msgspec.json.Encoder()
_decoders: dict[str, msgspec.json.Decoder[Any]] = {t: msgspec.json.Decoder(cls) for t, cls in TYPES.items()}


def key_of(row: Row) -> Key:
    """The key of a row."""
    return TYPE_OF[type(row)], row.id


def ticket_id_of(row: Row) -> str:
    """The ticket a row belongs to; the ticket's own id for a ticket; "" for reference rows."""
    if isinstance(row, Ticket):
        return row.id
    return str(getattr(row, "ticket_id", ""))


def encode_row(row: Row) -> bytes:
    """The row as canonical JSON, UTF-8."""
    return _encoder.encode(row)


def decode_row(entity_type: str, data: bytes | str | msgspec.Raw) -> Row:
    """A row from JSON. Raises ``KeyError`` for an unknown type, ``msgspec.ValidationError`` for a bad row."""
    row: Row = _decoders[entity_type].decode(data)
    return row


def literals(alias: Any) -> tuple[str, ...]:
    """The values of one of the Literal aliases above, in order."""
    return tuple(get_args(alias))
