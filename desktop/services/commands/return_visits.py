"""What a caller does: book a visit, record how a call went, complete a visit. Nothing here speaks with the server.

Leases live on the server; a command only carries the lease it was made under. Who is offline may record visits that
are leased already or assigned to them by name; the page asks ``may_record`` before it offers more.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Answers, Outcome, Visit
from desktop.models.domain.fold import Refused
from desktop.models.domain.payloads import (
    AttemptPayload,
    CompleteVisitPayload,
    DecideExceptionPayload,
    ReasonPayload,
    SchedulePayload,
)
from desktop.services.commands.base import Writer
from desktop.services.commands.drafts import forget_draft, save_draft

FINAL: tuple[Outcome, ...] = ("refused", "wrong_number")
"""Outcomes after which the answers given so far are of no further use."""

Given = dict[str, str | tuple[str, ...]]
"""Field of the questionnaire → the code chosen, the codes chosen, or the text; as entered, branches not cut."""


class Call(Struct, frozen=True, kw_only=True):
    """A call as it was made: at ``at`` (office time), with ``duration_s`` seconds of talk, under a lease.

    An offline visit assigned by name has no lease; ``practice`` marks the practice line; ``recording`` is what the
    city's recorder calls it.
    """

    at: datetime
    duration_s: int = 0
    lease_id: str = ""
    lease_epoch: int = 0
    practice: bool = False
    recording: str = ""


class VisitForm(Struct, frozen=True, kw_only=True):
    """What a caller has entered for one visit and not yet completed, as its draft keeps it.

    ``call`` is there from the moment of dialling, so that a call outlives the program it was made from; the number
    never is.
    """

    given: Given = {}
    new_matter: str = ""
    call: Call | None = None
    answered_at: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """True when forgetting it loses nothing."""
        return self.call is None and not self.new_matter and not any(self.given.values())


def form_key(visit_id: str) -> str:
    """Where the draft of a visit's form lies."""
    return f"visit:{visit_id}"


def keep_form(w: Writer, visit_id: str, form: VisitForm) -> Changes:
    """Keep what has been entered; an empty form is forgotten."""
    if form.is_empty:
        return forget_draft(w, form_key(visit_id))
    # The visit may have left this machine's scope; what was entered stays all the same.
    row = w.row("visit", visit_id)
    return save_draft(w, form_key(visit_id), form, row.ticket_id if isinstance(row, Visit) else "")


def schedule_visit(
    w: Writer,
    visit_id: str,
    *,
    booked_at: datetime | None,
    booked_until: datetime | None = None,
    assigned_to: str = "",
    named_by_citizen: bool = False,
    note: str = "",
) -> Changes:
    """Book a visit, or take the booking back with ``booked_at`` None. The server holds the policy against it."""
    payload = SchedulePayload(
        booked_at=booked_at,
        booked_until=booked_until,
        assigned_to=assigned_to,
        named_by_citizen=named_by_citizen,
        note=note.strip(),
    )
    return w.submit("visit.schedule", visit_id, payload)


def ask_exception(w: Writer, visit_id: str, reason: str) -> Changes:
    """Ask a superior for one call outside the attempt rules."""
    return w.submit("visit.ask_exception", visit_id, ReasonPayload(reason=reason.strip()))


def decide_exception(w: Writer, visit_id: str, *, agreed: bool, reason: str = "") -> Changes:
    """Agree to it or refuse it. Raises ``Refused("own_act")`` for whoever asked."""
    payload = DecideExceptionPayload(agreed=agreed, reason=reason.strip())
    return w.submit("visit.decide_exception", visit_id, payload)


def record_attempt(
    w: Writer,
    visit_id: str,
    outcome: Outcome,
    call: Call,
    *,
    call_later_at: datetime | None = None,
    note: str = "",
    attempt_id: str = "",
) -> Changes:
    """Record one attempt with its outcome; ``call_later_at`` is the time the citizen named."""
    payload = AttemptPayload(
        ticket_id=_visit(w, visit_id).ticket_id,
        visit_id=visit_id,
        outcome=outcome,
        at=call.at,
        duration_s=call.duration_s,
        call_later_at=call_later_at,
        lease_id=call.lease_id,
        lease_epoch=call.lease_epoch,
        note=note.strip(),
        practice=call.practice,
        recording=call.recording,
    )
    return w.submit("visit.attempt", attempt_id or w.new_id(), payload)


def record_outcome(
    w: Writer,
    forms: Mapping[str, VisitForm],
    outcome: Outcome,
    call: Call,
    *,
    call_later_at: datetime | None = None,
    note: str = "",
) -> Changes:
    """Record how a call that was not completed went, for each visit of the person that it was about.

    One person was rung once, so every matter counts the same attempt. Answers given before the line broke are kept for
    the next call, unless there will be none.
    """
    changes = NO_CHANGES
    for visit_id, form in forms.items():
        changes |= record_attempt(w, visit_id, outcome, call, call_later_at=call_later_at, note=note)
        left = VisitForm() if outcome in FINAL else replace(form, call=None, answered_at=None)
        changes |= keep_form(w, visit_id, left)
    return changes


def complete_visit(
    w: Writer, visit_id: str, answers: Answers, call: Call, *, new_matter: str = ""
) -> Changes:
    """Complete a visit: the answered attempt and the answers, in this order, in one transaction; the draft goes.

    Raises ``Refused("incomplete")`` while a key question is without an answer.
    """
    attempt_id = w.new_id()
    attempt = record_attempt(w, visit_id, "answered", call, attempt_id=attempt_id)
    payload = CompleteVisitPayload(
        answers=answers,
        questionnaire=w.profile.questionnaire.version,
        lease_id=call.lease_id,
        lease_epoch=call.lease_epoch,
        attempt_id=attempt_id,
        new_matter=new_matter.strip(),
        new_matter_id=w.new_id() if new_matter.strip() else "",
    )
    done = w.submit("visit.complete", visit_id, payload)
    return attempt | done | forget_draft(w, form_key(visit_id))


def may_record(visit: Visit, person_id: str, *, lease_held: bool, online: bool) -> bool:
    """Whether this person may record an outcome now: under a lease, or offline when assigned by name."""
    return lease_held or (not online and bool(person_id) and visit.assigned_to == person_id)


def _visit(w: Writer, visit_id: str) -> Visit:
    row = w.row("visit", visit_id)
    if not isinstance(row, Visit):
        raise Refused("not_found", "/entity_id")
    return row
