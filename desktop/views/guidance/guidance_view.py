"""One guidance: what it says, who has read it, and the one thing its reader may do: confirm, or take it back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.privacy import is_superior, viewer_of
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.guidance import confirm_guidance, withdraw_guidance
from desktop.services.queries.guidance import GuidanceLine
from desktop.views.common.bars import NoticeBar, Section
from desktop.views.common.buttons import ActionBar
from desktop.views.common.dialogs import FormSheet
from desktop.views.common.fields import LineField, TextField
from desktop.views.common.layouts import hairline, scrolled, stacked
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words

from . import words


class GuidanceView(QWidget):
    """See the module's docstring."""

    #: Words for the footer of the list.
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._line: GuidanceLine | None = None
        self._sheet: FormSheet | None = None
        self._reason: TextField | None = None
        inner = QWidget()
        self._title = PlainLabel(kind="title", wrap=True, selectable=True)
        self._about = PlainLabel(tone="secondary", wrap=True)
        self._withdrawn = NoticeBar(kind="warn", dismissible=False)
        self._trouble = NoticeBar(kind="error")
        self._text = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self._read = PlainLabel(wrap=True, selectable=True, limit=20_000)
        body = stacked(inner, (16, 14, 16, 16), gap=8)
        for widget in (self._title, self._about, self._withdrawn, self._trouble, self._text):
            body.addWidget(widget)
        body.addWidget(Section(self.tr("Read by")))
        body.addWidget(self._read)
        self.remark = LineField(self.tr("Remark"), hint=self.tr("If there is something to say to it"))
        self.bar = ActionBar()
        self.confirm = self.bar.add(
            self.tr("Confirm as read"), self.press_confirm, kind="primary", hint="Ctrl+Enter"
        )
        self.withdraw = self.bar.add(self.tr("Withdraw…"), self.press_withdraw, hint="W")
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(6)
        foot.addWidget(self.remark)
        foot.addWidget(self.bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolled(inner), 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)

    def show_line(self, line: GuidanceLine) -> None:
        """Show one document."""
        if self._line is None or self._line.guidance.id != line.guidance.id:
            self.remark.set_value("")
            self._trouble.hide()
        self._line = line
        guidance, me = line.guidance, viewer_of(self._desk.me)
        self._title.setText(guidance.title)
        self._about.setText(words.about(line, self._desk))
        self._text.setText(guidance.text)
        self._read.setText(words.receipts(line, self._desk))
        taken = self.tr("Withdrawn: {reason}").format(reason=guidance.withdraw_reason)
        self._withdrawn.set_notice(taken, "warn")
        self._withdrawn.setVisible(guidance.withdrawn_at is not None)
        own = guidance.by_id == self._desk.me.person_id or is_superior(me)
        self.remark.setVisible(line.to_read)
        self.confirm.setVisible(line.to_read)
        self.withdraw.setVisible(me.office and own and guidance.withdrawn_at is None)

    def press_confirm(self) -> None:
        """Ctrl+Enter: we have read it."""
        line = self._line
        if line is not None and line.to_read:
            guidance_id, text = line.guidance.id, self.remark.value()
            self._desk.run_command(
                self, lambda w: confirm_guidance(w, guidance_id, text), self._confirmed, self._refused
            )

    def press_withdraw(self) -> None:
        """W: take it back, with the reason."""
        if self._line is None or self.withdraw.isHidden():
            return
        sheet = FormSheet(self.tr("Withdraw guidance"), self.tr("Withdraw"), self.window(), width=460)
        self._reason = reason = TextField(self.tr("Reason"), required=True)
        sheet.form.add(reason)
        sheet.submitted.connect(self._withdraw_now)
        self._sheet = sheet
        sheet.open()
        reason.setFocus()

    def _withdraw_now(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None or self._line is None or self._reason is None:
            return
        guidance_id, reason = self._line.guidance.id, self._reason.value()
        sheet.accept()
        self._desk.run_command(
            self, lambda w: withdraw_guidance(w, guidance_id, reason), self._taken_back, self._refused
        )

    def _confirmed(self, changes: Changes) -> None:
        online = self._desk.connection.online
        self.told.emit(self.tr("Confirmed") if online else self.tr("Confirmed, sent later"))

    def _taken_back(self, changes: Changes) -> None:
        self.told.emit(self.tr("Guidance withdrawn"))

    def _refused(self, error: DeskError) -> None:
        self._trouble.set_notice(error_words(error), "error")
        self._trouble.show()
