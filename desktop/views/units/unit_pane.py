"""One unit: whom to call, when the office last did, and the form in which its lines are kept.

What was typed and not saved stays with its unit until the page goes. Who may write what is judged again by the server.
"""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Unit
from desktop.models.domain.privacy import is_superior, viewer_of
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.base import Writer
from desktop.services.commands.directory import UnitForm, assign_units, edit_unit
from desktop.services.queries.directory import UnitLine
from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import Button
from desktop.views.common.fields import CheckField, LineField, TextField
from desktop.views.common.forms import FormPanel
from desktop.views.common.layouts import row
from desktop.views.common.text import PlainLabel
from desktop.views.common.unit_words import contacts_of, contacts_text, last_words
from desktop.views.common.words import error_words

_SUPERVISES = frozenset({"officer", "approve", "deputy_director"})
Assigned = dict[str, bool]
"""Person id → whether they look after the unit."""


class UnitPane(QWidget):
    """See the module's docstring."""

    #: Words for the footer of the list.
    told = Signal(str)
    #: Show the cases of this unit.
    cases_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._line: UnitLine | None = None
        self._unsaved: dict[str, tuple[UnitForm, Assigned]] = {}
        self._people: dict[str, CheckField] = {}
        self._name = PlainLabel(kind="title", wrap=True)
        self._last = PlainLabel(tone="secondary", wrap=True)
        self._count = PlainLabel(tone="secondary")
        self.cases = Button(self.tr("Show its cases"), kind="link", on=self._ask_cases)
        self._trouble = NoticeBar(kind="error")
        self._trouble.hide()
        self.form = FormPanel()
        self.leader = LineField(self.tr("Leader in charge"))
        self.leader_phone = LineField(self.tr("Leader's number"))
        self.liaison = LineField(self.tr("Liaison"))
        self.liaison_phone = LineField(self.tr("Liaison's number"))
        self.office_phone = LineField(self.tr("Office number"))
        self.duty_phone = LineField(self.tr("On-duty number"))
        self.substitutes = TextField(
            self.tr("Substitutes"), lines=2, hint=self.tr("One a line: name, number")
        )
        self._lay_out()
        self.form.changed.connect(self._keep)
        self.form.submitted.connect(self._save)

    def _lay_out(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 16, 0)
        head.setSpacing(4)
        head.addWidget(self._name)
        head.addWidget(self._last)
        count = row(self._count, self.cases, gap=4)
        count.addStretch(1)
        head.addLayout(count)
        head.addWidget(self._trouble)
        self.form.add(self.liaison, self.liaison_phone)
        self.form.add(self.duty_phone, self.office_phone)
        self.form.add(self.leader, self.leader_phone)
        self.form.add(self.substitutes)
        self._assigning = self.form.add_section(self.tr("Looked after by"))
        self.primary = self.form.set_primary(self.tr("Save"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.form, 1)

    def unit_id(self) -> str:
        """The unit shown, "" for none."""
        return self._line.unit.id if self._line is not None else ""

    def show_line(self, line: UnitLine) -> None:
        """Show a unit; what is half-written on it stays."""
        self._line = line
        unit = line.unit
        self._trouble.hide()
        self._name.setText(unit.name)
        self._last.setText(last_words(line.last, self._desk.profile, self._desk.now()))
        held = self.tr("%n open case(s)", "", line.open)
        late = self.tr("%n overdue", "", line.overdue)
        self._count.setText(f"{held} · {late}" if line.overdue else held)
        form, assigned = self._unsaved.get(unit.id, (_form_of(unit), self._assigned(unit.id)))
        self._show_form(form)
        self._show_people(assigned)
        self._judge(unit.id)

    def learn_people(self) -> None:
        """Colleagues are others now."""
        for field in self._people.values():
            self.form.fields.remove(field)
            self.form.body.removeWidget(field)
            field.deleteLater()
        self._people = {}
        for person in sorted(self._desk.reference.persons.values(), key=lambda p: p.name):
            if _SUPERVISES & set(person.roles):
                field = CheckField(f"{person.name}  {person.title}".strip())
                self.form.add(field)
                self._people[person.id] = field

    def _show_form(self, form: UnitForm) -> None:
        self.leader.set_value(form.leader)
        self.leader_phone.set_value(form.leader_phone)
        self.liaison.set_value(form.liaison)
        self.liaison_phone.set_value(form.liaison_phone)
        self.office_phone.set_value(form.office_phone)
        self.duty_phone.set_value(form.duty_phone)
        self.substitutes.set_value(contacts_text(form.substitutes))

    def _show_people(self, assigned: Assigned) -> None:
        for person_id, field in self._people.items():
            field.set_value(assigned.get(person_id, False))

    def _judge(self, unit_id: str) -> None:
        me = viewer_of(self._desk.me)
        may_write = bool(_SUPERVISES & me.roles) or unit_id in me.unit_ids
        may_assign = is_superior(me)
        people = set(self._people.values())
        for field in self.form.fields:
            if field in people:
                field.setEnabled(may_assign)
                field.setVisible(may_assign or bool(field.value()))
            else:
                field.set_read_only(not may_write)
        self._assigning.setVisible(any(not field.isHidden() for field in people))
        self.primary.setVisible(may_write or may_assign)
        online = self._desk.connection.online
        self.primary.setText(self.tr("Save") if online else self.tr("Save, send later"))

    def _assigned(self, unit_id: str) -> Assigned:
        persons = self._desk.reference.persons
        return {i: unit_id in persons[i].assigned_unit_ids for i in self._people if i in persons}

    def _written(self) -> tuple[UnitForm, Assigned]:
        form = UnitForm(
            leader=self.leader.value(),
            leader_phone=self.leader_phone.value(),
            liaison=self.liaison.value(),
            liaison_phone=self.liaison_phone.value(),
            office_phone=self.office_phone.value(),
            duty_phone=self.duty_phone.value(),
            substitutes=contacts_of(self.substitutes.value()),
        )
        return form, {person_id: field.value() for person_id, field in self._people.items()}

    def _keep(self) -> None:
        if self._line is not None:
            self._unsaved[self._line.unit.id] = self._written()

    def _save(self) -> None:
        if self._line is None:
            return
        unit_id, before = self._line.unit.id, self._assigned(self._line.unit.id)
        form, wanted = self._written()
        moved = {i: looks for i, looks in wanted.items() if looks != before.get(i, False)}
        persons = self._desk.reference.persons
        units = {i: set(persons[i].assigned_unit_ids) for i in moved if i in persons}

        def save(w: Writer) -> Changes:
            changes = edit_unit(w, unit_id, form)
            for person_id, held in units.items():
                held = held | {unit_id} if moved[person_id] else held - {unit_id}
                changes |= assign_units(w, person_id, held)
            return changes

        self._desk.run_command(self, save, self._saved, self._refused)

    def _saved(self, changes: Changes) -> None:
        if self._line is not None:
            self._unsaved.pop(self._line.unit.id, None)
            done = self.tr("{unit}: saved")
            self.told.emit(done.format(unit=self._line.unit.short_name or self._line.unit.name))

    def _refused(self, error: DeskError) -> None:
        self._trouble.set_notice(error_words(error), "error")
        self._trouble.show()

    def _ask_cases(self) -> None:
        if self._line is not None:
            self.cases_wanted.emit(self._line.unit.id)


def _form_of(unit: Unit) -> UnitForm:
    return replace(UnitForm(), **{name: getattr(unit, name) for name in UnitForm.__struct_fields__})
