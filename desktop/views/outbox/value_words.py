"""The values of fields as a person reads them, and the controls with which they give another one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from desktop.models.domain.entities import Severity, Ticket, literals
from desktop.models.domain.settling import MOMENTS
from desktop.services.background.desk import Desk
from desktop.views.common import case_words
from desktop.views.common.choices import ChoiceField, DateTimeField
from desktop.views.common.fields import Field, NumberField

LISTS = frozenset(
    {"cited_ticket_ids", "evidence_ids", "substitutes", "unit_ids", "inspector_ids", "results", "basis"}
)
_MOST_DAYS = 366


def field_name(field: str) -> str:
    """What a field of a deed is called."""
    return {
        "ground": QCoreApplication.translate("OutboxWords", "Ground"),
        "requirement": QCoreApplication.translate("OutboxWords", "What is required"),
        "facts": QCoreApplication.translate("OutboxWords", "Facts"),
        "text": QCoreApplication.translate("OutboxWords", "Text"),
        "answer": QCoreApplication.translate("OutboxWords", "What was answered"),
        "reason": QCoreApplication.translate("OutboxWords", "Reason"),
        "note": QCoreApplication.translate("OutboxWords", "Note"),
        "answers.still_missing": QCoreApplication.translate("OutboxWords", "Still missing"),
        "answers.note": QCoreApplication.translate("OutboxWords", "Other remarks"),
        "new_matter": QCoreApplication.translate("OutboxWords", "New matter"),
        "unit_id": QCoreApplication.translate("OutboxWords", "Unit"),
        "code": QCoreApplication.translate("OutboxWords", "Kind of finding"),
        "severity": QCoreApplication.translate("OutboxWords", "Severity"),
        "rectify_days": QCoreApplication.translate("OutboxWords", "Time to put it right"),
        "rectify_due_at": QCoreApplication.translate("OutboxWords", "Time limit"),
        "reply_due_at": QCoreApplication.translate("OutboxWords", "Time limit"),
        "cited_ticket_ids": QCoreApplication.translate("OutboxWords", "Cited cases"),
        "evidence_ids": QCoreApplication.translate("OutboxWords", "Evidence"),
        "basis": QCoreApplication.translate("OutboxWords", "Rule basis"),
        "booked_at": QCoreApplication.translate("OutboxWords", "Booked for"),
        "booked_until": QCoreApplication.translate("OutboxWords", "Booked until"),
        "assigned_to": QCoreApplication.translate("OutboxWords", "Assigned to"),
        "title": QCoreApplication.translate("OutboxWords", "Title"),
        "leader": QCoreApplication.translate("OutboxWords", "Leader in charge"),
        "leader_phone": QCoreApplication.translate("OutboxWords", "Leader's number"),
        "liaison": QCoreApplication.translate("OutboxWords", "Liaison"),
        "liaison_phone": QCoreApplication.translate("OutboxWords", "Liaison's number"),
        "office_phone": QCoreApplication.translate("OutboxWords", "Office number"),
        "duty_phone": QCoreApplication.translate("OutboxWords", "On-duty number"),
        "substitutes": QCoreApplication.translate("OutboxWords", "Substitutes"),
        "assigned_unit_ids": QCoreApplication.translate("OutboxWords", "Units looked after"),
        "name": QCoreApplication.translate("OutboxWords", "Name"),
        "shared": QCoreApplication.translate("OutboxWords", "Shared"),
        "question": QCoreApplication.translate("OutboxWords", "Filter"),
        "whole_city": QCoreApplication.translate("OutboxWords", "Whole city"),
        "group_by": QCoreApplication.translate("OutboxWords", "Groups"),
        "columns": QCoreApplication.translate("OutboxWords", "Columns"),
        "place": QCoreApplication.translate("OutboxWords", "Order"),
        "shortcut": QCoreApplication.translate("OutboxWords", "Shortcut"),
        "citizen_words": QCoreApplication.translate("OutboxWords", "Words for the citizen"),
        "given_by": QCoreApplication.translate("OutboxWords", "Leader"),
        "given_at": QCoreApplication.translate("OutboxWords", "Given on"),
        "due_at": QCoreApplication.translate("OutboxWords", "Time limit"),
        "what": QCoreApplication.translate("OutboxWords", "What happened"),
        "location": QCoreApplication.translate("OutboxWords", "Where"),
        "people": QCoreApplication.translate("OutboxWords", "How many people"),
        "done": QCoreApplication.translate("OutboxWords", "Done so far"),
        "proposed": QCoreApplication.translate("OutboxWords", "Proposed"),
        "recipients": QCoreApplication.translate("OutboxWords", "Recipients"),
        "purpose": QCoreApplication.translate("OutboxWords", "Purpose"),
        "plan": QCoreApplication.translate("OutboxWords", "How it is gone about"),
        "mandate": QCoreApplication.translate("OutboxWords", "Mandate"),
        "unit_ids": QCoreApplication.translate("OutboxWords", "Units"),
        "inspector_ids": QCoreApplication.translate("OutboxWords", "Inspectors"),
        "results": QCoreApplication.translate("OutboxWords", "Verdicts"),
    }.get(field, "")


def field_names(fields: Iterable[str]) -> str:
    """Several of them, those that have a name."""
    named = dict.fromkeys(name for field in fields if (name := field_name(field)))
    comma = QCoreApplication.translate("OutboxWords", ", ")
    return comma.join(named)


def value_words(desk: Desk, field: str, value: Any) -> str:
    """A value of a field."""
    if value is None or value in ("", [], ()):
        return QCoreApplication.translate("OutboxWords", "none")
    if field == "unit_id":
        return desk.reference.unit_name(value) or str(value)
    if field == "assigned_unit_ids":
        return ", ".join(desk.reference.unit_name(unit) or unit for unit in value)
    if field == "assigned_to":
        person = desk.reference.persons.get(value)
        return person.name if person is not None else str(value)
    if field == "severity":
        return case_words.severity(value)
    if field == "code":
        code = desk.profile.finding_code(value)
        return f"{value} {code.words(desk.language)}" if code is not None else str(value)
    if field == "rectify_days":
        return _Counted().days(value)
    if field in LISTS:
        return _Counted().many(len(value))
    if field in MOMENTS:
        return case_words.moment(desk.profile, moment(value), desk.now())
    return str(value)


class _Counted(QObject):
    """Numbers with their noun. A QObject for the sake of ``self.tr`` alone, which knows plurals."""

    def days(self, count: int) -> str:
        return self.tr("%n working day(s)", "", count)

    def many(self, count: int) -> str:
        return self.tr("%n of them", "", count)


def moment(value: Any) -> datetime:
    """A moment as it travels."""
    return msgspec.convert(value, datetime, strict=False)


def other_control(desk: Desk, field: str, ticket: Ticket | None) -> Field | None:
    """A control for another value than the two that are there; None where only these make sense."""
    label = field_name(field)
    if field == "unit_id" and ticket is not None:
        units = [u for u in (ticket.unit_id, *ticket.assist_unit_ids) if u != ticket.against_unit_id]
        return ChoiceField(label, [(unit, desk.reference.unit_name(unit)) for unit in units])
    if field == "assigned_to":
        callers = [p for p in desk.reference.persons.values() if {"return_visit", "officer"} & set(p.roles)]
        anyone = QCoreApplication.translate("OutboxWords", "Anyone")
        return ChoiceField(label, [("", anyone), *((person.id, person.name) for person in callers)])
    if field == "severity":
        return ChoiceField(label, [(code, case_words.severity(code)) for code in literals(Severity)])
    if field == "code":
        codes = desk.profile.finding_codes
        return ChoiceField(label, [(c.code, f"{c.code} {c.words(desk.language)}") for c in codes])
    if field == "rectify_days":
        unit = QCoreApplication.translate("OutboxWords", "working days")
        return NumberField(label, most=_MOST_DAYS, unit=unit)
    if field in MOMENTS:
        return DateTimeField(label)
    return None


def control_value(desk: Desk, control: Field) -> Any:
    """What a control holds, as it travels."""
    value = control.value()
    if isinstance(value, datetime):
        return value.replace(tzinfo=desk.profile.zone()).isoformat()
    return value


def set_control(desk: Desk, control: Field, value: Any) -> None:
    """Show a value as it travels in a control; nothing is emitted."""
    if isinstance(control, DateTimeField):
        control.set_value(desk.profile.local(moment(value)).replace(tzinfo=None) if value else None)
    elif isinstance(control, NumberField):
        control.set_value(value if isinstance(value, int) else 0)
    elif isinstance(control, ChoiceField):
        control.set_value(str(value or ""))
