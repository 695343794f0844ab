"""The sheet in which a view gets its name, key and place, and is shared. What it shows, the list says."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtWidgets import QWidget

from desktop.services.commands.saved_views import ViewForm
from desktop.views.common.choices import ChoiceField
from desktop.views.common.dialogs import FormSheet
from desktop.views.common.fields import CheckField, LineField, NumberField

_LAST_DIGIT = 9
_MOST_PLACES = 99


class ViewSheet(FormSheet):
    """One view."""

    def __init__(self, form: ViewForm, *, new: bool, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent, width=460)
        title = self.tr("New view") if new else self.tr("View")
        self._heading.setText(title)
        self.setAccessibleName(title)
        self.primary.setText(self.tr("Save view"))
        self._form = form
        self.name = LineField(self.tr("Name"), required=True)
        self.shortcut = ChoiceField(self.tr("Shortcut"))
        none = self.tr("None")
        self.shortcut.set_options([("0", none), *((str(n), f"Alt+{n}") for n in range(1, _LAST_DIGIT + 1))])
        self.place = NumberField(self.tr("Place in the menu"), most=_MOST_PLACES)
        self.shared = CheckField(self.tr("Share with the office"))
        for field in (self.name, self.shortcut, self.place, self.shared):
            self.form.add(field)
        self.name.set_value(form.name)
        self.shortcut.set_value(str(form.shortcut))
        self.place.set_value(min(form.place, _MOST_PLACES))
        self.shared.set_value(form.shared)
        self.name.setFocus()

    def value(self) -> ViewForm:
        """The view as it is wanted."""
        return replace(
            self._form,
            name=self.name.value(),
            shortcut=int(self.shortcut.value() or 0),
            place=self.place.value(),
            shared=self.shared.value(),
        )
