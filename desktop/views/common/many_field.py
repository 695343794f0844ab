"""A field that takes several of many: a chip that opens a list of tick boxes, and the names of what is chosen below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.views.common.fields import Field
from desktop.views.common.filters import FilterChip
from desktop.views.common.layouts import row


class ManyField(Field):
    """Value: a tuple of values in the order of the options, empty for none."""

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
        *,
        required: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(label, parent, required=required, hint=hint)
        self._options = list(options)
        self.chip = FilterChip(self.tr("Choose…"), options, self, multi=True)
        holder = QWidget()
        across = row(self.chip)
        across.addStretch(1)
        holder.setLayout(across)
        self._place(holder, focus=self.chip)
        self.chip.chosen_changed.connect(self._chosen)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer these; what is chosen and still among them stays."""
        self._options = list(options)
        self.chip.set_options(options)
        self._name_them()

    def value(self) -> tuple[str, ...]:
        chosen = set(self.chip.chosen())
        return tuple(value for value, _ in self._options if value in chosen)

    def set_value(self, value: Sequence[str]) -> None:
        """Choose without telling."""
        self.chip.set_chosen(value)
        self._name_them()

    def _chosen(self) -> None:
        self._name_them()
        self._touched()

    def _name_them(self) -> None:
        words = dict(self._options)
        comma = self.tr(", ")
        self.set_hint(comma.join(words[value] for value in self.value()))
