"""One deed on many cases: each recorded by itself, all held back for a few seconds in which they can be undone.

What is refused is refused row by row and keeps no other back. Held work lies in the outbox like any other, with the
moment until which it waits: a program that ends meanwhile sends it when it starts again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Visit
from desktop.models.domain.fold import Refused
from desktop.models.domain.operations import FieldChange
from desktop.models.domain.payloads import AssignPayload
from desktop.models.store import outbox
from desktop.services.commands.base import Writer
from desktop.services.commands.outbox import discard_operation
from desktop.services.commands.supervision import UrgeForm, urge_ticket


@dataclass
class BulkDone:
    """What a bulk command did, for whoever gave it: operations by ticket, and the codes of those refused here."""

    op_ids: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def urge_many(w: Writer, forms: Sequence[UrgeForm], hold_until: float, done: BulkDone) -> Changes:
    """Record an urge on each case; nothing is sent before ``hold_until`` (real time, seconds since 1970)."""
    deeds = {form.ticket_id: _urging(form) for form in forms}
    return _each(w, deeds, hold_until, done)


def assign_many(
    w: Writer, visits: Sequence[Visit], person_id: str, hold_until: float, done: BulkDone
) -> Changes:
    """Assign the visits that wait to one colleague; bookings stay as they are. See :func:`urge_many`."""
    deeds = {visit.ticket_id: _assigning(visit.id, person_id) for visit in visits}
    return _each(w, deeds, hold_until, done)


def distribute(w: Writer, callers: Mapping[str, str], hold_until: float, done: BulkDone) -> Changes:
    """Say who calls, by visit; "" = anyone. ``done`` is by visit. See :func:`urge_many`."""
    deeds = {visit_id: _assigning(visit_id, person_id) for visit_id, person_id in callers.items()}
    return _each(w, deeds, hold_until, done)


def give_many(
    w: Writer, cases: Mapping[str, str], person_id: str, hold_until: float, done: BulkDone
) -> Changes:
    """Have one officer look after cases (ticket id → whose each was on the screen), "" = nobody. See :func:`urge_many`.

    A case that is theirs already is passed over.
    """
    deeds = {
        ticket_id: _giving(ticket_id, before, person_id)
        for ticket_id, before in cases.items()
        if before != person_id
    }
    return _each(w, deeds, hold_until, done)


def release_held(w: Writer, op_ids: Iterable[str]) -> Changes:
    """The time to undo is over: what is still held may be sent."""
    changes = NO_CHANGES
    for op_id in op_ids:
        entry = outbox.get(w.connection, op_id)
        if entry is not None and entry.state == "queued" and entry.code == outbox.HELD:
            outbox.hold_back(w.connection, op_id, "queued", None, code="")
            changes |= Changes.of((), (), outbox=True)
    return changes


def undo_many(w: Writer, op_ids: Mapping[str, str], done: BulkDone) -> Changes:
    """Take back what has not been sent, of operations by ticket; ``done.refused`` names those that have."""
    changes = NO_CHANGES
    for ticket_id, op_id in op_ids.items():
        entry = outbox.get(w.connection, op_id)
        if entry is None or not outbox.is_untried(entry):
            done.refused[ticket_id] = "already_sent"
            continue
        changes |= discard_operation(w, op_id)
        done.op_ids[ticket_id] = op_id
    return changes


def _each(
    w: Writer, deeds: Mapping[str, Callable[[Writer], Changes]], hold_until: float, done: BulkDone
) -> Changes:
    changes = NO_CHANGES
    for ticket_id, deed in deeds.items():
        try:
            with w.connection.begin_nested():
                changes |= deed(w)
                op_id = outbox.newest(w.connection)
                outbox.hold_back(w.connection, op_id, "queued", hold_until, code=outbox.HELD)
        except Refused as refused:
            done.refused[ticket_id] = refused.code
        else:
            done.op_ids[ticket_id] = op_id
    return changes


def _urging(form: UrgeForm) -> Callable[[Writer], Changes]:
    return lambda w: urge_ticket(w, form)


def _giving(ticket_id: str, before: str, person_id: str) -> Callable[[Writer], Changes]:
    change = FieldChange("officer_id", before, person_id)
    return lambda w: w.submit("ticket.assign", ticket_id, changes=(change,))


def _assigning(visit_id: str, person_id: str) -> Callable[[Writer], Changes]:
    return lambda w: w.submit("visit.assign", visit_id, AssignPayload(person_id=person_id))
