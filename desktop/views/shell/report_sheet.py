"""A report of a failure, shown word for word before it is saved: what is not on this sheet is not in the file."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.views.common import theme
from desktop.views.common.dialogs import Sheet
from desktop.views.common.text import PlainLabel, PlainText


class ReportSheet(Sheet):
    """`save_asked` is told when the person wants the file; without it the report is gone with the sheet."""

    save_asked = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Report of a failure"), parent, width=640)
        words = self.tr(
            "This is all that the file will hold: where the program failed, and no word of a case. "
            "Nothing is sent anywhere. Save it to hand it to whoever looks after this program."
        )
        self.body.addWidget(PlainLabel(words, tone="secondary", wrap=True))
        self.report = PlainText(text)
        self.report.document().setDocumentMargin(theme.current().px(8))
        self.report.setMinimumHeight(300)
        self.report.setAccessibleName(self.tr("Report of a failure"))
        self.body.addWidget(self.report, 1)
        self.add_button(self.tr("Discard"), self.reject)
        self.save = self.add_button(self.tr("Save the report"), self._save, kind="primary")

    def _save(self) -> None:
        self.save_asked.emit()
        self.accept()
