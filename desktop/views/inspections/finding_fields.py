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
from desktop.models.domain.inspection_rules import FindingTemplate
from desktop.services.background.desk import Desk
from desktop.services.commands.findings import FindingForm
from desktop.views.common import case_words
from desktop.views.common.attachments.files_field import FilesField
from desktop.views.common.choices import ChoiceField, SegmentedChoice
from desktop.views.common.fields import Field, NumberField, TextField
from desktop.views.common.forms import FormPanel
from desktop.views.common.many_field import ManyField
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
        self._ticket = ""
        self._templates: list[FindingTemplate] = []
        self.unit = ChoiceField(self.tr("Unit"), required=True, searchable=True)
        self.code = ChoiceField(self.tr("Code"), required=True, searchable=True)
        self.template = ChoiceField(self.tr("Template"))
        self.template.set_hint(self.tr("Fills what is still empty."))
        self.basis = ManyField(self.tr("Rule basis"), ())
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
            self.template,
            self.facts,
            self.evidence,
            self.files,
            self.severity,
            self.requirement,
            self.days,
            self.basis,
        ):
            self.add(field)
        self.add_check(self._requirement_missing, self.requirement)
        self.facts.set_hint(self.tr("One fact, and how it is known; without the citizen's identity."))
        self.unit.changed.connect(self.fact_changed)
        self.code.changed.connect(self._code_chosen)
        self.template.changed.connect(self._template_chosen)
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
        self._offer_basis(form.basis)
        self.requirement.set_value(form.requirement)
        self._ticket = cited[0].number if cited else ""
        self._offer_templates()
        self._fit()
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
            inspection_id=start.inspection_id,
            basis=tuple(self.basis.value()),
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
        code = self._desk.profile.finding_code(self.code.value())
        good = code is not None and code.good
        if good or self.severity.value() == "notice" or self.requirement.value():
            return ""
        return self.tr("What the unit has to do")

    def _code_chosen(self) -> None:
        code = self._desk.profile.finding_code(self.code.value())
        if code is not None:
            self.severity.set_value(code.severity)
            self._severity_chosen()
        self._offer_templates()
        self._fit()
        self.fact_changed.emit()

    def _fit(self) -> None:
        """Of good practice nothing is required, and nothing put right."""
        code = self._desk.profile.finding_code(self.code.value())
        good = code is not None and code.good
        for field in (self.severity, self.requirement, self.days):
            field.setVisible(not good)
        self.refresh_missing()

    def _offer_basis(self, chosen: tuple[str, ...]) -> None:
        """What is in force today, and what was chosen already."""
        desk = self._desk
        today = desk.profile.local(desk.now()).date()
        offered = [
            (citation.code, citation.words(desk.language))
            for citation in desk.profile.inspections.citations
            if citation.in_force(today) or citation.code in chosen
        ]
        self.basis.set_options(offered)
        self.basis.set_value(chosen)

    def _offer_templates(self) -> None:
        """Those of the code, and those of any."""
        code, desk = self.code.value(), self._desk
        self._templates = [t for t in desk.profile.inspections.templates if t.code in ("", code)]
        offered = [(str(n), t.words(desk.language)) for n, t in enumerate(self._templates)]
        self.template.set_options(offered)
        self.template.set_value("")
        self.template.setVisible(bool(offered))

    def _template_chosen(self) -> None:
        place = self.template.value()
        if not place:
            return
        unit = self._desk.reference.unit_name(self.unit.value())
        facts, requirement = self._templates[int(place)].filled(ticket=self._ticket, unit=unit)
        for field, text in ((self.facts, facts), (self.requirement, requirement)):
            if text and field.is_empty():
                field.set_value(text)
                field.set_error("")
        self.refresh_missing()

    def _severity_chosen(self) -> None:
        severity = self._severity()
        if severity is not None:
            self.days.set_value(self._desk.profile.rectify_days[severity])
        if self.requirement.is_empty() and not self._requirement_missing():
            self.requirement.set_error("")
        self.show_due()
        self.refresh_missing()
