"""What an officer does to have a case moved: urge the unit, or put it under supervision; and what a chief signs.

An urge records what was done, it never sends anything. Nobody approves their own act, one matter has one supervision,
and which role writes, signs or withdraws which rung is the city's to say: all of it is refused here already, so that
nobody waits for the server to say so.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Notice, Rung, UrgeMeans
from desktop.models.domain.fold import Refused, field_value
from desktop.models.domain.ladder import in_the_way, may_withdraw
from desktop.models.domain.ladder_rules import may_sign, may_write
from desktop.models.domain.operations import FieldChange
from desktop.models.domain.payloads import NoticePayload, ReasonPayload, UrgePayload
from desktop.models.store.matters import acts_of_matter
from desktop.services.commands.base import Writer

_EDITABLE = ("unit_id", "ground", "requirement")


class UrgeForm(Struct, frozen=True, kw_only=True):
    """An urge as its form holds it; ``text`` is what a message or letter said, "" for a call."""

    ticket_id: str
    unit_id: str
    means: UrgeMeans
    person_reached: str = ""
    answer: str = ""
    promised_at: datetime | None = None
    text: str = ""


class NoticeForm(Struct, frozen=True, kw_only=True):
    """An act of supervision as its form holds it. ``rung`` is of a new one: another step is another act."""

    ticket_id: str
    unit_id: str
    ground: str
    requirement: str
    rung: Rung = "notice"


def urge_ticket(w: Writer, form: UrgeForm) -> Changes:
    """Record that the unit was urged. A call needs the person reached: else Refused("incomplete")."""
    if form.means == "phone" and not form.person_reached.strip():
        raise Refused("incomplete", "/payload/person_reached")
    payload = UrgePayload(
        ticket_id=form.ticket_id,
        unit_id=form.unit_id,
        means=form.means,
        person_reached=form.person_reached.strip(),
        answer=form.answer.strip(),
        promised_at=form.promised_at,
        text=form.text.strip(),
    )
    return w.submit("ticket.urge", w.new_id(), payload)


def write_notice(w: Writer, form: NoticeForm, *, submit_now: bool, notice_id: str = "") -> Changes:
    """Write an act, or edit the one with ``notice_id``; with ``submit_now`` it goes to its signer in the same step.

    Raises Refused("already_supervised") when another act of the matter stands in its way,
    Refused("rung_not_permitted"), and Refused("incomplete") when one is submitted without ground or requirement.
    """
    if notice_id:
        changes = _edit(w, notice_id, form)
    else:
        if not may_write(w.profile.ladder, form.rung, w.me.roles):
            raise Refused("rung_not_permitted", "/payload/rung")
        if in_the_way(form.rung, acts_of_matter(w.connection, form.ticket_id)) is not None:
            raise Refused("already_supervised")
        notice_id = w.new_id()
        payload = NoticePayload(
            ticket_id=form.ticket_id,
            unit_id=form.unit_id,
            ground=form.ground.strip(),
            requirement=form.requirement.strip(),
            rung=form.rung,
        )
        changes = w.submit("notice.create", notice_id, payload)
    return changes | w.submit("notice.submit", notice_id) if submit_now else changes


def approve_notice(w: Writer, notice_id: str) -> Changes:
    """Sign a submitted act; the server numbers it. Raises Refused("own_act"), Refused("rung_not_permitted")."""
    _check_signer(w, notice_id)
    return w.submit("notice.approve", notice_id)


def return_notice(w: Writer, notice_id: str, reason: str) -> Changes:
    """Send a submitted act back to its author. Raises Refused: "own_act", "rung_not_permitted", "incomplete"."""
    _check_signer(w, notice_id)
    return w.submit("notice.return", notice_id, ReasonPayload(reason=_reason(reason)))


def withdraw_notice(w: Writer, notice_id: str, reason: str) -> Changes:
    """Take an act back with the reason; it stays on file. Raises Refused("rung_not_permitted")."""
    act = _act(w, notice_id)
    if not may_withdraw(w.profile.ladder, act, w.me.person_id, w.me.roles):
        raise Refused("rung_not_permitted", "/entity_id")
    return w.submit("notice.withdraw", notice_id, ReasonPayload(reason=_reason(reason)))


def _check_signer(w: Writer, notice_id: str) -> None:
    if not may_sign(w.profile.ladder, _act(w, notice_id).rung, w.me.roles):
        raise Refused("rung_not_permitted", "/entity_id")


def _act(w: Writer, notice_id: str) -> Notice:
    row = w.row("notice", notice_id)
    if not isinstance(row, Notice):
        raise Refused("not_found", "/entity_id")
    return row


def _edit(w: Writer, notice_id: str, form: NoticeForm) -> Changes:
    row = _act(w, notice_id)
    wanted = {"unit_id": form.unit_id, "ground": form.ground.strip(), "requirement": form.requirement.strip()}
    changes = tuple(
        FieldChange(field, before, wanted[field])
        for field in _EDITABLE
        if (before := field_value(row, field)) != wanted[field]
    )
    return w.submit("notice.edit", notice_id, changes=changes) if changes else NO_CHANGES


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused("incomplete", "/payload/reason")
    return reason.strip()
