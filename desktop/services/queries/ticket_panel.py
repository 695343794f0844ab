"""One case as a person reads it: its clocks, why it is due when it is, and everything that happened.

Rows are handed on as they are in the store (already masked by the server); nothing here knows a word of the interface.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, TypeVar

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, or_, select

from desktop.models.domain.deadlines import working_span
from desktop.models.domain.entities import (
    PAUSED_STATES,
    Attachment,
    Attempt,
    DraftTicket,
    Finding,
    FindingReply,
    Inquiry,
    Instruction,
    Note,
    Notice,
    Row,
    Ticket,
    TimelineEntry,
    Urge,
    UrgentReport,
    Visit,
    decode_row,
)
from desktop.models.domain.ladder import Course
from desktop.models.domain.tickets import Light, is_escalated, is_open, light
from desktop.models.store.tables import projection

from .attachments import CaseFile, files_of
from .base import Reader
from .directory import LastContact, last_contact
from .outbox import needs_you_on
from .supervision import Supervision, supervision_of
from .why_due import DueReason, due_reason

R = TypeVar("R", bound=Row)
ClockKind = Literal["sign", "first_contact", "handling", "feedback", "visit", "notice_reply", "rectification"]
Step = Literal[
    "",
    "submitted",
    "returned",
    "approved",
    "sent",
    "issued",
    "replied",
    "withdrawn",
    "acknowledged",
    "filed",
    "completed",
    "challenged",
    "upheld",
    "overturned",
    "settled",
]

_ROWS = select(projection.c.type, projection.c.data, projection.c.pending).where(
    or_(
        projection.c.ticket_id == bindparam("id"),
        (projection.c.type == "ticket") & (projection.c.id == bindparam("id")),
    )
)


class Clock(Struct, frozen=True, kw_only=True):
    """One clock of a case. ``done_at`` None = still runs; ``late`` = done after, or now past, its due time.

    ``span`` = working (days, hours) between due and done, or between now and due while it runs.
    """

    kind: ClockKind
    due_at: datetime
    done_at: datetime | None
    light: Light
    late: bool
    span: tuple[int, int]
    about: str = ""
    """The number of the notice or finding whose clock it is."""


class Happening(Struct, frozen=True, kw_only=True):
    """One moment of a case: the row it is told by, and which step of that row. ``pending`` = waiting to be sent."""

    at: datetime
    row: Row
    step: Step = ""
    pending: bool = False


class TicketPanel(Struct, frozen=True, kw_only=True):
    """A case. ``happenings`` oldest first; ``notice`` is the act of supervision it stands at, see ``supervision``."""

    ticket: Ticket
    unit: str
    assist_units: tuple[str, ...]
    place: str
    category: str
    light: Light
    span: tuple[int, int]
    escalated: bool
    clocks: tuple[Clock, ...]
    due: DueReason | None
    happenings: tuple[Happening, ...]
    notice: Notice | None
    notice_pending: bool
    urges: tuple[Urge, ...]
    visit: Visit | None
    at: datetime
    files: tuple[CaseFile, ...] = ()
    supervision: Supervision = Supervision()
    last_contact: LastContact | None = None
    """When the office last urged the lead unit, about whatever case."""
    needs_you: int = 0
    """How many entries of the outbox on this case wait for the person."""
    report: UrgentReport | None = None
    """The urgent report of this case that waits for a signature, the longest waiting one."""


class _Case:
    """The rows of one ticket, by class, with how many unsent operations each carries."""

    def __init__(self, rows: Iterable[tuple[str, bytes, int]]) -> None:
        self._rows: dict[type[Row], list[Row]] = {}
        self._pending: dict[str, int] = {}
        for entity_type, data, pending in rows:
            row = decode_row(entity_type, data)
            self._rows.setdefault(type(row), []).append(row)
            self._pending[row.id] = pending

    def of(self, cls: type[R]) -> list[R]:
        return [row for row in self._rows.get(cls, ()) if isinstance(row, cls)]

    def pending(self, row: Row) -> bool:
        return self._pending.get(row.id, 0) > 0


def ticket_panel(r: Reader, ticket_id: str) -> TicketPanel | None:
    """Everything known of one case; None when it is not (or no longer) in the store."""
    case = _Case((row.type, row.data, row.pending) for row in r.all(_ROWS, {"id": ticket_id}))
    ticket = next(iter(case.of(Ticket)), None)
    if ticket is None:
        return None
    course = Course(urges=case.of(Urge), visits=case.of(Visit), findings=case.of(Finding), now=r.now)
    supervision = supervision_of(r, ticket, case.of(Notice), course)
    notice = supervision.current
    names = [r.reference.unit_name(unit_id) for unit_id in ticket.assist_unit_ids]
    state = light(ticket, r.now, r.profile.due_soon_hours)
    return TicketPanel(
        ticket=ticket,
        unit=r.reference.unit_name(ticket.unit_id),
        assist_units=tuple(name for name in names if name),
        place=r.reference.place_name(ticket.place_id),
        category=r.reference.category_path(ticket.category_id),
        light=state,
        span=_span(r, ticket.due_at, r.now) if ticket.due_at and state != "none" else (0, 0),
        escalated=is_escalated(ticket, r.profile.escalation),
        clocks=tuple(_clocks(r, ticket, case)),
        due=due_reason(r, ticket),
        happenings=tuple(sorted(_happenings(case), key=lambda h: h.at)),
        notice=notice,
        notice_pending=notice is not None and case.pending(notice),
        supervision=supervision,
        urges=tuple(sorted(case.of(Urge), key=lambda u: u.at)),
        visit=max(case.of(Visit), key=lambda v: v.opened_at, default=None),
        at=r.now,
        last_contact=last_contact(r, ticket.unit_id),
        needs_you=len(needs_you_on(r, ticket_id)),
        report=min(
            (report for report in case.of(UrgentReport) if report.state == "submitted"),
            key=lambda report: (str(report.submitted_at), report.id),
            default=None,
        ),
        files=files_of(r, ticket.id, [(file, case.pending(file)) for file in case.of(Attachment)]),
    )


def _clocks(r: Reader, ticket: Ticket, case: _Case) -> Iterable[Clock]:
    sides: tuple[tuple[ClockKind, datetime | None, datetime | None], ...] = (
        ("sign", ticket.sign_due_at, ticket.signed_at),
        ("first_contact", ticket.first_contact_due_at, ticket.first_contact_at),
    )
    for kind, due_at, done_at in sides:
        if due_at is not None:
            # What happened without being noted (a ticket handled, but never "signed") is no longer due.
            yield _clock(r, kind, due_at, done_at or (None if is_open(ticket) else due_at))
    if ticket.due_at is not None:
        clock = _clock(r, "handling", ticket.due_at, ticket.completed_at)
        if is_open(ticket) and ticket.state in PAUSED_STATES:
            clock = Clock(
                kind="handling", due_at=ticket.due_at, done_at=None, light="paused", late=False, span=(0, 0)
            )
        yield clock
    if ticket.feedback_due_at is not None:
        yield _clock(r, "feedback", ticket.feedback_due_at, ticket.feedback_at)
    visit = max(case.of(Visit), key=lambda v: v.opened_at, default=None)
    visit_due = (visit.due_at if visit else None) or ticket.visit_due_at
    if visit_due is not None and (visit is not None or ticket.state == "to_visit"):
        yield _clock(r, "visit", visit_due, visit.completed_at if visit else None)
    for notice in case.of(Notice):
        if notice.state in ("issued", "replied") and notice.reply_due_at is not None:
            yield _clock(r, "notice_reply", notice.reply_due_at, notice.replied_at, notice.number)
    for finding in case.of(Finding):
        if finding.rectify_due_at is not None and finding.state in (
            "confirmed",
            "rectifying",
            "rectified",
            "returned",
        ):
            done_at = (
                finding.rectified_at if finding.state == "rectified" else None
            )  # sent back, it is open again
            yield _clock(r, "rectification", finding.rectify_due_at, done_at, finding.number)


def _clock(r: Reader, kind: ClockKind, due_at: datetime, done_at: datetime | None, about: str = "") -> Clock:
    end = done_at or r.now
    late = due_at < end
    if done_at is not None:
        shown: Light = "none"
    elif late:
        shown = "overdue"
    else:
        ahead = (due_at - r.now).total_seconds()
        shown = "due_soon" if ahead <= r.profile.due_soon_hours * 3600 else "normal"
    return Clock(
        kind=kind,
        due_at=r.profile.local(due_at),
        done_at=None if done_at is None else r.profile.local(done_at),
        light=shown,
        late=late,
        span=_span(r, due_at, end),
        about=about,
    )


def _span(r: Reader, one: datetime, other: datetime) -> tuple[int, int]:
    return working_span(r.profile, min(one, other), max(one, other))


def _happenings(case: _Case) -> Iterable[Happening]:
    told: list[Note | Attempt | Attachment | FindingReply | DraftTicket | TimelineEntry] = [
        *case.of(Note),
        *case.of(Attempt),
        *case.of(Attachment),
        *case.of(FindingReply),
        *case.of(DraftTicket),
        *case.of(TimelineEntry),
    ]
    for row in told:
        yield Happening(at=row.at, row=row, pending=case.pending(row))
    for urge in case.of(Urge):
        # The arrow stands at the step that is still unsent: the urge itself has no version until the server has it.
        pending = case.pending(urge)
        yield Happening(at=urge.at, row=urge, pending=pending and urge.version == 0)
        if urge.acknowledged_at is not None:
            yield Happening(
                at=urge.acknowledged_at, row=urge, step="acknowledged", pending=pending and urge.version > 0
            )
    for notice in case.of(Notice):
        yield from _of_notice(notice, case.pending(notice))
    for visit in case.of(Visit):
        if visit.completed_at is not None:
            yield from _of_visit(visit, visit.completed_at, case.pending(visit))
    for inquiry in case.of(Inquiry):
        yield from _of_inquiry(inquiry, case.pending(inquiry))
    for finding in case.of(Finding):
        if finding.filed_at is not None:
            yield Happening(at=finding.filed_at, row=finding, step="filed", pending=case.pending(finding))
        else:
            yield Happening(at=finding.created_at, row=finding, pending=case.pending(finding))

    for instruction in case.of(Instruction):
        if (
            instruction.feedback and instruction.feedback_at is not None
        ):  # registering it is the history's own entry
            pending = case.pending(instruction)
            yield Happening(at=instruction.feedback_at, row=instruction, step="replied", pending=pending)
    for report in case.of(UrgentReport):
        yield from _of_report(report, case.pending(report))


def _of_report(report: UrgentReport, pending: bool) -> Iterable[Happening]:
    """The steps of an urgent report that have a time of their own; what ended it stands at the latest of them."""
    steps: list[tuple[datetime, Step]] = [(report.created_at, "")]
    told: tuple[tuple[datetime | None, Step], ...] = (
        (report.submitted_at, "submitted"),
        (report.approved_at, "approved"),
        (report.sent_at, "sent"),
    )
    steps += [(at, step) for at, step in told if at is not None]
    if report.state == "returned":
        steps.append((steps[-1][0], "returned"))
    elif report.state == "withdrawn":
        steps.append((steps[-1][0], "withdrawn"))
    for i, (at, step) in enumerate(steps):
        yield Happening(at=at, row=report, step=step, pending=pending and i == len(steps) - 1)


def _of_visit(visit: Visit, completed_at: datetime, pending: bool) -> Iterable[Happening]:
    """That it was made, and what was said against it since: told by the visit as far as that challenge.

    The latest step carries what is unsent.
    """
    steps: list[tuple[datetime, Step, Visit]] = [(completed_at, "completed", visit)]
    for place, challenge in enumerate(visit.challenges):
        then = replace(visit, challenges=visit.challenges[: place + 1])
        steps.append((challenge.at, "challenged", then))
        if challenge.decided_at is not None:
            said: Step = "overturned" if challenge.state == "agreed" else "upheld"
            steps.append((challenge.decided_at, said, then))
    for i, (at, step, row) in enumerate(steps):
        yield Happening(at=at, row=row, step=step, pending=pending and i == len(steps) - 1)


def _of_inquiry(inquiry: Inquiry, pending: bool) -> Iterable[Happening]:
    steps: list[tuple[datetime, Step]] = [(inquiry.at, "")]
    if inquiry.answered_at is not None:
        steps.append((inquiry.answered_at, "replied"))
    if inquiry.settled_at is not None:
        steps.append((inquiry.settled_at, "settled"))
    for i, (at, step) in enumerate(steps):
        yield Happening(at=at, row=inquiry, step=step, pending=pending and i == len(steps) - 1)


def _of_notice(notice: Notice, pending: bool) -> Iterable[Happening]:
    """The steps of a notice that have a time of their own; the latest of them carries what is unsent."""
    steps: list[tuple[datetime, Step]] = [(notice.created_at, "")]
    if notice.submitted_at is not None:
        steps.append((notice.submitted_at, "submitted"))
    if notice.issued_at is not None:
        steps.append((notice.issued_at, "issued"))
    if notice.replied_at is not None:
        steps.append((notice.replied_at, "replied"))
    if notice.state in ("returned", "withdrawn"):
        at, _ = steps[-1]
        steps.append((at, "returned" if notice.state == "returned" else "withdrawn"))
    if len(steps) > 1:
        steps = steps[1:]
    for i, (at, step) in enumerate(steps):
        yield Happening(at=at, row=notice, step=step, pending=pending and i == len(steps) - 1)
