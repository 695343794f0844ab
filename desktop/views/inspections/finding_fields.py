"""The fields of a finding in reading order, and what follows from what: code → severity → working days → due time.

Turns fields into a `FindingForm` and back. Must not fetch, keep drafts or send.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.models.domain.deadlines import due_in_working_days
from desktop.models.domain.entities import Severity
from desktop.services.background.desk import Desk
from desktop.services.commands.findings import FindingForm
from desktop.views.common import case_words
from desktop.views.common.attachments.files_field import FilesField
from desktop.views.common.choices import ChoiceField, SegmentedChoice
from desktop.views.common.fields import Field, NumberField, TextField
from desktop.views.common.forms import FormPanel
from desktop.views.inspections.evidence import CitedTicket
from desktop.views.inspections.evidence_field import EvidenceField

_SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_DAYS_AT_MOST = 250


class FindingFields(FormPanel):
    """See the module's docstring."""

    #: Unit or code is another now: the same fact may stand in the register already.
    fact_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, top=12)
        self._desk = desk
        self._filed_at: datetime | None = None
        self._shown = ("", "")
        self.unit = ChoiceField(self.tr("Unit"), required=True, searchable=True)
        self.code = ChoiceField(self.tr("Code"), required=True, searchable=True)
        self.facts = TextField(self.tr("Facts"), required=True, lines=4)
        self.evidence = EvidenceField(self.tr("Evidence"))
        self.files = FilesField(desk, self.tr("Files as evidence"))
        self.severity = SegmentedChoice(
            self.tr("Severity"), [(code, case_words.severity(code)) for code in _SEVERITIES]
        )
        self.requirement = TextField(self.tr("What is required"), lines=3)
        self.days = NumberField(
            self.tr("Time to put it right"), least=1, most=_DAYS_AT_MOST, unit=self.tr("working days")
        )
        self.add(self.unit, self.code)
        for field in (
            self.facts,
            self.evidence,
            self.files,
            self.severity,
            self.requirement,
            self.days,
        ):
            self.add(field)
        self.add_check(self._requirement_missing, self.requirement)
        self.facts.set_hint(self.tr("One fact, and how it is known; without the citizen's identity."))
        self.unit.changed.connect(self.fact_changed)
        self.code.changed.connect(self._code_chosen)
        self.severity.changed.connect(self._severity_chosen)
        self.days.changed.connect(self.show_due)

    def first_gap(self) -> Field:
        """Where writing begins: the first empty field of those that must be filled, else the facts."""
        needed = (self.unit, self.code, self.facts)
        return next((field for field in needed if field.is_empty()), self.facts)

    def fill(self, form: FindingForm, cited: Sequence[CitedTicket], filed_at: datetime | None) -> None:
        """Show a form without telling. ``filed_at`` None = not filed yet."""
        self._filed_at = filed_at
        self._offer(cited)
        self.unit.set_value(form.unit_id)
        self.code.set_value(form.code)
        self.facts.set_value(form.facts)
        self.severity.set_value(form.severity)
        self.requirement.set_value(form.requirement)
        self.days.set_value(form.rectify_days or self._desk.profile.rectify_days[form.severity])
        # The fields show cleaned text; what the person leaves alone is kept as it was.
        self._shown = (self.facts.value(), self.requirement.value())
        self.show_due()
        for field in self.fields:
            field.set_error("")
        self.refresh_missing()

    def value(
        self, start: FindingForm, cited_ticket_ids: tuple[str, ...], evidence_ids: tuple[str, ...]
    ) -> FindingForm:
        """The fields as they stand; ``start`` is the form they were filled with."""
        facts, requirement = self.facts.value(), self.requirement.value()
        return FindingForm(
            ticket_id=start.ticket_id,
            unit_id=self.unit.value(),
            code=self.code.value(),
            severity=self._severity() or start.severity,
            facts=start.facts if facts == self._shown[0] else facts,
            requirement=start.requirement if requirement == self._shown[1] else requirement,
            cited_ticket_ids=cited_ticket_ids,
            evidence_ids=evidence_ids,
            rectify_days=self.days.value(),
        )

    def show_due(self) -> None:
        """Say until when: from now if it is not filed yet, else from when it was filed."""
        profile, now = self._desk.profile, self._desk.now()
        due = due_in_working_days(profile, self._filed_at or now, self.days.value())
        until = self.tr("Until {time}.") if self._filed_at else self.tr("Until {time}, if it is filed now.")
        self.days.set_hint(until.format(time=case_words.moment(profile, due, now)))

    def _offer(self, cited: Sequence[CitedTicket]) -> None:
        """The units that handle the cited tickets first, then all others; the city's codes."""
        desk = self._desk
        first = dict.fromkeys(unit_id for ticket in cited for unit_id in ticket.unit_ids)
        others = sorted(desk.reference.units.values(), key=lambda u: u.pinyin or u.short_name or u.name)
        ids = [*first, *(unit.id for unit in others if unit.id not in first)]
        self.unit.set_options([(i, desk.reference.unit_name(i) or i) for i in ids])
        codes = [(c.code, f"{c.code} {c.words(desk.language)}") for c in desk.profile.finding_codes]
        self.code.set_options(codes)

    def _severity(self) -> Severity | None:
        return next((s for s in _SEVERITIES if s == self.severity.value()), None)

    def _requirement_missing(self) -> str:
        """A mere hint asks for nothing; anything graver says what the unit has to do."""
        if self.severity.value() == "notice" or self.requirement.value():
            return ""
        return self.tr("What the unit has to do")

    def _code_chosen(self) -> None:
        code = self._desk.profile.finding_code(self.code.value())
        if code is not None:
            self.severity.set_value(code.severity)
            self._severity_chosen()
        self.fact_changed.emit()

    def _severity_chosen(self) -> None:
        severity = self._severity()
        if severity is not None:
            self.days.set_value(self._desk.profile.rectify_days[severity])
        if self.requirement.is_empty() and not self._requirement_missing():
            self.requirement.set_error("")
        self.show_due()
        self.refresh_missing()
