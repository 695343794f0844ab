"""A list with its footer: which rows are on screen, of how many. "1–40 / 46"."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel


class ListPane(QWidget):
    """The table above, the footer below; `footer` takes further quiet words or buttons at its right."""

    def __init__(self, table: ListTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self._range = PlainLabel(kind="small", tone="secondary")
        self.footer = QHBoxLayout()
        self.footer.setContentsMargins(16, 4, 12, 6)
        self.footer.setSpacing(8)
        self.footer.addWidget(self._range)
        self.footer.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(table, 1)
        whole.addLayout(self.footer)
        table.range_changed.connect(self._show_range)

    def _show_range(self, first: int, last: int, count: int) -> None:
        if count <= 0:
            self._range.setText(self.tr("No rows"))
            return
        shown = self.tr("{first}–{last} / {count}")
        self._range.setText(shown.format(first=f"{first + 1:,}", last=f"{last + 1:,}", count=f"{count:,}"))

    def range_text(self) -> str:
        """The words of the footer."""
        return self._range.text()
