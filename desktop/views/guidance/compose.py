"""The form of a new guidance: to which units, what it is called, what it says. Its draft is kept by itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import GuidanceKind
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.drafts import forget_draft, save_draft
from desktop.services.commands.guidance import GuidanceForm, send_guidance
from desktop.services.queries.base import Reader
from desktop.services.queries.drafts import draft_form
from desktop.views.common.bars import NoticeBar
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.fields import LineField, TextField
from desktop.views.common.filters import FilterChip
from desktop.views.common.forms import FormPanel
from desktop.views.common.layouts import row
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words

from . import words

_KEY = "guidance:new"


def _draft(r: Reader) -> GuidanceForm | None:
    return draft_form(r, _KEY, GuidanceForm)


_KINDS: tuple[GuidanceKind, ...] = ("tip", "reminder")


class Compose(QWidget):
    """See the module's docstring."""

    #: It is on its way: words for the footer.
    sent = Signal(str)
    #: Closed without sending; the draft stays.
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._trouble = NoticeBar(kind="error")
        self._trouble.hide()
        self.form = FormPanel()
        heading = PlainLabel(self.tr("New guidance"), kind="title")
        self.form.add_widget(heading)
        self.form.add_widget(self._trouble)
        self.kind = SegmentedChoice(
            self.tr("Kind"), [(code, words.kind_words(code)) for code in _KINDS], required=True
        )
        self.units = FilterChip(self.tr("Units"), ())
        self._named = PlainLabel(tone="secondary", wrap=True)
        self.title = LineField(self.tr("Title"), required=True)
        self.text = TextField(
            self.tr("Text"),
            required=True,
            lines=8,
            most_lines=20,
            hint=self.tr("Every unit named reads it. Write nothing that tells who asked."),
        )
        self.form.add(self.kind)
        chosen = QWidget()
        across = row(self.units, gap=8)
        across.addWidget(self._named, 1)
        chosen.setLayout(across)
        self.form.add_widget(chosen)
        self.form.add(self.title)
        self.form.add(self.text)
        self.form.add_check(self._no_unit)
        self.primary = self.form.set_primary(self.tr("Send guidance"))
        self.form.add_secondary(self.tr("Close"), self.closed.emit, hint="Esc")
        self.units.chosen_changed.connect(self._units_changed)
        self.form.edited.connect(self._keep)
        self.form.submitted.connect(self._send)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.form)

    def begin(self, unit_ids: tuple[str, ...] = ()) -> None:
        """Show the form with its draft, or for these units."""
        names = [(u.id, u.short_name or u.name, u.pinyin) for u in self._desk.reference.units.values()]
        self.units.set_options([(i, name) for i, name, _ in sorted(names, key=lambda n: n[2] or n[1])])
        online = self._desk.connection.online
        self.primary.setText(self.tr("Send guidance") if online else self.tr("Send guidance later"))
        self._trouble.hide()
        self._show(GuidanceForm(unit_ids=unit_ids))
        if not unit_ids:
            self._desk.run_query(self, _draft, self._take_draft, slot="draft", after_commands=True)
        self.title.setFocus()

    def value(self) -> GuidanceForm:
        """What is written."""
        kind = next((code for code in _KINDS if code == self.kind.value()), _KINDS[0])
        return GuidanceForm(
            kind=kind, title=self.title.value(), text=self.text.value(), unit_ids=tuple(self.units.chosen())
        )

    def _show(self, form: GuidanceForm) -> None:
        self.kind.set_value(form.kind)
        self.units.set_chosen(form.unit_ids)
        self.title.set_value(form.title)
        self.text.set_value(form.text)
        self._name_units()

    def _take_draft(self, draft: GuidanceForm | None) -> None:
        if draft is not None and self.value() == GuidanceForm():
            self._show(draft)

    def _units_changed(self) -> None:
        self._name_units()
        self._keep()

    def _name_units(self) -> None:
        chosen = self.units.chosen()
        self._named.setText(", ".join(self._desk.reference.unit_name(unit) for unit in chosen))
        self.form.refresh_missing()

    def _no_unit(self) -> str:
        return "" if self.units.chosen() else self.tr("Units")

    def _keep(self) -> None:
        form = self.value()
        self._desk.run_command(self, lambda w: save_draft(w, _KEY, form))

    def _send(self) -> None:
        form = self.value()
        self._desk.run_command(
            self, lambda w: send_guidance(w, form) | forget_draft(w, _KEY), self._sent, self._refused
        )

    def _sent(self, changes: Changes) -> None:
        self._show(GuidanceForm())
        online = self._desk.connection.online
        self.sent.emit(self.tr("Guidance sent") if online else self.tr("Guidance is sent later"))

    def _refused(self, error: DeskError) -> None:
        self._trouble.set_notice(error_words(error), "error")
        self._trouble.show()
