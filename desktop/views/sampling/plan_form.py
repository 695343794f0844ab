"""The plan of an inspection as a form: mandate first, then what is looked at, how, and by whom.

Turns fields into an `InspectionForm` and back; the owner keeps drafts and sends.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import cast, get_args

from PySide6.QtWidgets import QWidget

from desktop.models.domain.entities import InspectionKind, PopulationDate, RequestType
from desktop.services.background.desk import Desk
from desktop.services.commands.inspections import InspectionForm
from desktop.views.common import case_words
from desktop.views.common import inspection_words as words
from desktop.views.common.choices import ChoiceField, DateTimeField, SegmentedChoice
from desktop.views.common.dialogs import FormSheet
from desktop.views.common.fields import LineField, TextField
from desktop.views.common.many_field import ManyField

_KINDS: tuple[InspectionKind, ...] = get_args(InspectionKind)
_DATES: tuple[PopulationDate, ...] = get_args(PopulationDate)
_TYPES: tuple[RequestType, ...] = get_args(RequestType)


class PlanSheet(FormSheet):
    """See the module's docstring."""

    def __init__(self, desk: Desk, title: str, primary: str, parent: QWidget) -> None:
        super().__init__(title, primary, parent, width=680)
        self._desk = desk
        today = desk.profile.local(desk.now()).date()
        rules = desk.profile.inspections
        self.named = LineField(self.tr("Title"), required=True)
        kinds = [(code, words.kind(code)) for code in _KINDS]
        self.kind = SegmentedChoice(self.tr("Kind"), kinds, required=True, numbers=False)
        grounds = [(c.code, c.words(desk.language)) for c in rules.citations if c.in_force(today)]
        self.mandate = ChoiceField(self.tr("Mandate"), grounds, required=True, searchable=True)
        self.mandate.set_hint(self.tr("Only what is in force today is offered."))
        self.purpose = TextField(self.tr("Purpose"), required=True, lines=2)
        self.units = ManyField(self.tr("Units"), self._units(), required=True)
        self.from_day = DateTimeField(self.tr("From"), required=True, with_time=False)
        self.to_day = DateTimeField(self.tr("To, this day included"), required=True, with_time=False)
        dates = [(code, words.by_date(code)) for code in _DATES]
        self.by_date = SegmentedChoice(self.tr("By the day on which it was"), dates, numbers=False)
        self.types = ManyField(
            self.tr("Types; none chosen means all"),
            [(code, case_words.request_type(code)) for code in _TYPES],
        )
        first = [(c.id, c.name) for c in desk.reference.categories.values() if not c.parent_id]
        self.categories = ManyField(self.tr("Matters; none chosen means all"), first)
        lists = [(c.code, c.words(desk.language)) for c in rules.checklists]
        self.checklist = ChoiceField(self.tr("Checklist"), lists, required=True)
        self.inspectors = ManyField(self.tr("Inspectors"), self._officers(), required=True)
        self.plan = TextField(self.tr("How it is gone about"), lines=3)
        self.plan.set_hint(self.tr("For the office alone; the units inspected never get to read it."))
        for field in (self.named, self.kind, self.mandate, self.purpose, self.units):
            self.form.add(field)
        self.form.add(self.from_day, self.to_day)
        for other in (self.by_date, self.types, self.categories, self.checklist, self.inspectors, self.plan):
            self.form.add(other)
        self.form.add_check(self._wrong_period, self.to_day)
        self.resize(680, 640)

    def fill(self, form: InspectionForm) -> None:
        """Show a plan."""
        self.named.set_value(form.title)
        self.kind.set_value(form.kind)
        self.mandate.set_value(form.mandate)
        self.purpose.set_value(form.purpose)
        self.plan.set_value(form.plan)
        self.units.set_value(form.unit_ids)
        self.from_day.set_value(datetime.combine(form.from_day, time()))
        self.to_day.set_value(datetime.combine(form.to_day, time()))
        self.by_date.set_value(form.by_date)
        self.types.set_value(form.request_types)
        self.categories.set_value(form.category_ids)
        self.checklist.set_value(form.checklist)
        self.inspectors.set_value(form.inspector_ids)
        self.form.refresh_missing()

    def read(self) -> InspectionForm | None:
        """The plan as it is written now, None while it has no kind or no days."""
        first, last = self.from_day.value(), self.to_day.value()
        if first is None or last is None or not self.kind.value():
            return None
        return InspectionForm(
            title=self.named.value(),
            kind=cast("InspectionKind", self.kind.value()),
            mandate=self.mandate.value(),
            purpose=self.purpose.value(),
            plan=self.plan.value(),
            unit_ids=self.units.value(),
            from_day=first.date(),
            to_day=last.date(),
            by_date=cast("PopulationDate", self.by_date.value() or "completed"),
            request_types=cast("tuple[RequestType, ...]", self.types.value()),
            category_ids=self.categories.value(),
            checklist=self.checklist.value(),
            inspector_ids=self.inspectors.value(),
        )

    def _wrong_period(self) -> str:
        first, last = self.from_day.value(), self.to_day.value()
        if first is not None and last is not None and last < first:
            return self.tr("A period that ends after it begins")
        return ""

    def _units(self) -> list[tuple[str, str]]:
        units = sorted(self._desk.reference.units.values(), key=lambda u: u.pinyin or u.name)
        return [(unit.id, self._desk.reference.unit_name(unit.id)) for unit in units]

    def _officers(self) -> list[tuple[str, str]]:
        people = self._desk.reference.persons.values()
        officers = [p for p in people if "officer" in p.roles and not p.unit_ids]
        return [(p.id, p.name) for p in sorted(officers, key=lambda p: p.name)]
