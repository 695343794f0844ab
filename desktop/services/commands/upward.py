"""What the office does with what comes from a leader and goes up to one: instructions and urgent reports.

A report is recorded as sent by the person who sent it; nothing here sends anything. Nobody approves their own report:
that is refused here already.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Row
from desktop.models.domain.fold import Refused, field_value
from desktop.models.domain.operations import FieldChange
from desktop.models.domain.payloads import ReasonPayload, ReplyPayload
from desktop.models.domain.upward_payloads import InstructionPayload, ReportPayload, SentPayload

from .base import Writer

_OF_INSTRUCTION = ("given_by", "text", "given_at", "due_at", "unit_id")
_OF_REPORT = ("what", "location", "people", "done", "proposed", "recipients")


class InstructionForm(Struct, frozen=True, kw_only=True):
    """An instruction as its form holds it; times are aware. ``ticket_id`` "" = about no case of ours."""

    ticket_id: str = ""
    given_by: str = ""
    text: str = ""
    given_at: datetime | None = None
    due_at: datetime | None = None
    unit_id: str = ""
    report_id: str = ""


class ReportForm(Struct, frozen=True, kw_only=True):
    """An urgent report as its form holds it."""

    ticket_id: str
    what: str = ""
    location: str = ""
    people: str = ""
    done: str = ""
    proposed: str = ""
    recipients: str = ""


def register_instruction(w: Writer, form: InstructionForm) -> Changes:
    """Put an instruction on record. Raises Refused("incomplete") with the field that is missing."""
    for field in ("given_by", "text"):
        if not getattr(form, field).strip():
            raise Refused("incomplete", f"/payload/{field}")
    payload = InstructionPayload(
        ticket_id=form.ticket_id,
        given_by=form.given_by.strip(),
        text=form.text.strip(),
        given_at=form.given_at or w.now,
        due_at=form.due_at,
        unit_id=form.unit_id,
        report_id=form.report_id,
    )
    return w.submit("instruction.register", w.new_id(), payload)


def change_instruction(w: Writer, instruction_id: str, form: InstructionForm) -> Changes:
    """Correct what was registered; what nobody changed is not sent."""
    return _edited(w, "instruction", instruction_id, form, _OF_INSTRUCTION)


def report_back(w: Writer, instruction_id: str, text: str) -> Changes:
    """Record what was reported to the leader (批示反馈)."""
    return w.submit("instruction.feed_back", instruction_id, ReplyPayload(text=_words(text, "text")))


def withdraw_instruction(w: Writer, instruction_id: str, reason: str) -> Changes:
    """It was registered by mistake; it stays on file."""
    return w.submit("instruction.withdraw", instruction_id, ReasonPayload(reason=_words(reason, "reason")))


def write_report(w: Writer, form: ReportForm, *, submit_now: bool, report_id: str = "") -> Changes:
    """Write an urgent report, or edit the one with ``report_id``; with ``submit_now`` it goes to the chief.

    Raises Refused("incomplete") with the part that is missing when it is submitted with a gap.
    """
    if report_id:
        changes = _edited(w, "urgent_report", report_id, form, _OF_REPORT)
    else:
        report_id = w.new_id()
        parts = {name: getattr(form, name).strip() for name in _OF_REPORT}
        changes = w.submit(
            "urgent_report.create", report_id, ReportPayload(ticket_id=form.ticket_id, **parts)
        )
    return changes | w.submit("urgent_report.submit", report_id) if submit_now else changes


def approve_report(w: Writer, report_id: str) -> Changes:
    """Sign a submitted report; the server numbers it. Raises Refused("own_act")."""
    return w.submit("urgent_report.approve", report_id)


def return_report(w: Writer, report_id: str, reason: str) -> Changes:
    """Send a submitted report back to its author. Raises Refused("own_act")."""
    return w.submit("urgent_report.return", report_id, ReasonPayload(reason=_words(reason, "reason")))


def record_sending(w: Writer, report_id: str, recipients: str) -> Changes:
    """An approved report was sent by this person just now."""
    payload = SentPayload(sent_at=w.now, recipients=_words(recipients, "recipients"))
    return w.submit("urgent_report.send", report_id, payload)


def withdraw_report(w: Writer, report_id: str, reason: str) -> Changes:
    """Take a report back before it was sent; it stays on file."""
    return w.submit("urgent_report.withdraw", report_id, ReasonPayload(reason=_words(reason, "reason")))


def _edited(w: Writer, entity_type: str, entity_id: str, form: Struct, fields: tuple[str, ...]) -> Changes:
    row: Row | None = w.row(entity_type, entity_id)
    if row is None:
        raise Refused("not_found", "/entity_id")
    wanted = {name: _plain(field_value(form, name)) for name in fields}
    changes = tuple(
        FieldChange(name, before, wanted[name])
        for name in fields
        if (before := field_value(row, name)) != wanted[name]
    )
    return w.submit(f"{entity_type}.edit", entity_id, changes=changes) if changes else NO_CHANGES


def _plain(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _words(text: str, field: str) -> str:
    if not text.strip():
        raise Refused("incomplete", f"/payload/{field}")
    return text.strip()
