"""The right pane: one finding with what the unit said to it, and what can be done with it next.

Every step is there as a button; one that is not possible now says why. Works without a network: a step is recorded
and waits to be sent. Must not write findings: editing is the form's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands import findings as commands
from desktop.services.commands.base import Writer
from desktop.views.common import tokens
from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import ActionBar, Button, IconButton
from desktop.views.common.dialogs import FormSheet
from desktop.views.common.fields import TextField
from desktop.views.common.layouts import hairline, scrolled, stacked
from desktop.views.common.states import StateView
from desktop.views.common.watermark import cover
from desktop.views.common.words import error_words
from desktop.views.inspections.evidence import FindingSheet, finding_sheet
from desktop.views.inspections.finding_sheets import ArrangeSheet, ReviewSheet, VerifySheet
from desktop.views.inspections.finding_view import FindingView
from desktop.views.inspections.steps import Step, reasons

if TYPE_CHECKING:
    from desktop.views.common.letters.outputs import LetterOutputs
    from desktop.views.inspections.evidence_file import EvidenceFile

_FORM = "form:"
S = TypeVar("S", bound=FormSheet)


class FindingPane(QWidget):
    """See the module's docstring."""

    #: Edit this finding; continue the form begun for this ticket.
    edit_wanted = Signal(str)
    form_wanted = Signal(str)
    ticket_requested = Signal(str)
    #: Show this finding instead.
    finding_requested = Signal(str)
    #: Something was recorded: words for the footer, and whether the next finding may come.
    recorded = Signal(str, bool)
    #: Words for the footer of the register; the finding stays.
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row_id = ""
        self._sheet: FindingSheet | None = None
        self._done = ""
        self._open: FormSheet | None = None
        self.setMinimumWidth(tokens.DETAIL_MIN)
        self.view = FindingView(desk)
        self.trouble = NoticeBar(kind="error")
        self.trouble.hide()
        self.withdraw_reason = TextField(self.tr("Reason for withdrawing it"), lines=2)
        self.return_reason = TextField(self.tr("What still has to be put right"), lines=2)
        self.bar = ActionBar(gap=6)
        self.buttons: dict[Step, Button] = self._make_buttons()
        self.nothing = StateView()
        self.nothing.set_state(
            self.tr("No finding chosen"),
            self.tr("Choose one in the register to see what the unit answered."),
            "",
            "clipboard-check",
        )
        self.begun = StateView()
        self.begun.set_state(
            self.tr("A form that was begun"),
            self.tr("It is kept on this machine only, until it is filed or saved as a draft."),
            self.tr("Continue writing"),
            "pencil",
        )
        self.begun.acted.connect(self.press_edit)
        self.side = QWidget()
        self._lay_out()
        self._stack = QStackedLayout()
        for widget in (self.nothing, self.begun, self.side):
            self._stack.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._stack)
        self.view.ticket_requested.connect(self.ticket_requested)
        self.view.finding_requested.connect(self.finding_requested)
        cover(self)

    def _make_buttons(self) -> dict[Step, Button]:
        add = self.bar.add
        return {
            "file": add(self.tr("File"), self.press_file, kind="primary", icon="flag", hint="F"),
            "uphold": add(self.tr("Uphold"), self.press_uphold, kind="primary", icon="stamp", hint="U"),
            "decide": add(self.tr("Decide…"), self.press_decide, kind="primary", icon="stamp", hint="D"),
            "verify": add(
                self.tr("Close out"), self.press_verify, kind="primary", icon="circle-check", hint="V"
            ),
            "arrange": add(self.tr("Arrange…"), self.press_arrange, icon="calendar-clock", hint="A"),
            "return": add(self.tr("Send back"), self.press_return, icon="undo-2", hint="R"),
            "edit": add(self.tr("Edit"), self.press_edit, icon="pencil", hint="E"),
            "withdraw": add(self.tr("Withdraw"), self.press_withdraw, icon="x", hint="W"),
        }

    @cached_property
    def letters(self) -> LetterOutputs:
        from desktop.views.common.letters.outputs import LetterOutputs

        made = LetterOutputs(self._desk, self)
        self._body.insertWidget(0, made.bar)
        made.told.connect(self.told)
        made.spoke.connect(self._to_top)
        return made

    @cached_property
    def evidence(self) -> EvidenceFile:
        from desktop.views.inspections.evidence_file import EvidenceFile

        made = EvidenceFile(self._desk, self)
        made.told.connect(self.told)
        return made

    def _lay_out(self) -> None:
        inner = QWidget()
        body = self._body = stacked(inner, (16, 12, 16, 16), gap=8)
        body.addWidget(self.trouble)
        body.addWidget(self.view)
        self.area = scrolled(inner)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 12, 10)
        foot.setSpacing(8)
        for widget in (self.withdraw_reason, self.return_reason):
            widget.hide()
            foot.addWidget(widget)
        across = QHBoxLayout()
        across.addWidget(self.bar, 1)
        self.papers = IconButton(
            "file-text", self.tr("Letters and evidence…"), hint="L", on=self.press_letter
        )
        across.addWidget(self.papers, 0, Qt.AlignmentFlag.AlignTop)
        foot.addLayout(across)
        whole = QVBoxLayout(self.side)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)

    # -- what is shown -----------------------------------------------------------------------------------------

    def sheet(self) -> FindingSheet | None:
        """The finding on screen, where it is the one chosen."""
        return self._sheet

    def show_row(self, row_id: str) -> None:
        """Another line of the register is current."""
        if row_id == self._row_id:
            return
        self._row_id = row_id
        self._sheet = None
        if "letters" in self.__dict__:
            self.letters.bar.hide()  # it speaks of the finding before
        self.trouble.hide()
        for reason in (self.withdraw_reason, self.return_reason):
            reason.set_value("")
            reason.hide()
        if not row_id:
            self._stack.setCurrentWidget(self.nothing)
        elif row_id.startswith(_FORM):
            self._stack.setCurrentWidget(self.begun)
        else:
            self.area.verticalScrollBar().setValue(0)
            self.refresh()

    def refresh(self) -> None:
        """Ask for the finding again; a reason being written stays."""
        finding_id = self._row_id
        if finding_id and not finding_id.startswith(_FORM):
            self._desk.run_query(
                self, lambda r: finding_sheet(r, finding_id), self._take, slot="finding", failed=self._failed
            )

    def _take(self, sheet: FindingSheet | None) -> None:
        if sheet is None:
            self._sheet = None
            self._stack.setCurrentWidget(self.nothing)
            return
        if sheet.detail.finding.id != self._row_id:
            return
        self._sheet = sheet
        self.view.set_sheet(sheet)
        self._judge_buttons(sheet)
        self._stack.setCurrentWidget(self.side)

    def _judge_buttons(self, sheet: FindingSheet) -> None:
        """The steps of this stage of its life; a button that cannot be pressed says why."""
        desk, finding = self._desk, sheet.detail.finding
        officer = "officer" in desk.me.roles
        steps = reasons(finding, sheet.course, desk.profile, desk.now(), officer=officer)
        self.buttons["uphold"].setText(self.tr("Commend") if finding.good else self.tr("Uphold"))
        for step, button in self.buttons.items():
            button.setVisible(step in steps)
            button.set_reason(steps.get(step, ""))
        if not self.buttons["withdraw"].isEnabled():
            self.withdraw_reason.hide()
        if not self.buttons["return"].isEnabled():
            self.return_reason.hide()
        online = self._desk.connection.online
        self.buttons["file"].setText(self.tr("File") if online else self.tr("File, send later"))

    def _failed(self, error: DeskError) -> None:
        self.trouble.set_notice(error_words(error), "error")
        self.trouble.show()

    # -- what the person does ----------------------------------------------------------------------------------

    def press_edit(self) -> None:
        """Edit the finding, or continue the form that was begun."""
        if self._row_id.startswith(_FORM):
            self.form_wanted.emit(self._row_id.removeprefix(_FORM))
        elif self._may("edit"):
            self.edit_wanted.emit(self._row_id)

    def press_file(self) -> None:
        """File the draft with the unit."""
        self._do("file", self.tr("Finding filed"), commands.file_finding)

    def press_uphold(self) -> None:
        """Uphold it after the unit's answer."""
        good = self._sheet is not None and self._sheet.detail.finding.good
        done = self.tr("Good practice commended") if good else self.tr("Finding upheld")
        self._do("uphold", done, commands.confirm_finding)

    def press_arrange(self) -> None:
        """Say by what the rectification will be looked at."""
        if self._may("arrange") and self._sheet is not None:
            self._opened(ArrangeSheet(self._desk, self._sheet.course, self)).submitted.connect(self._arrange)

    def press_verify(self) -> None:
        """Close it out, by what shows that it was put right."""
        if self._may("verify") and self._sheet is not None:
            sheet = VerifySheet(self._desk, self._sheet.detail.finding, self._sheet.course, self)
            self._opened(sheet).submitted.connect(self._verify)

    def press_decide(self) -> None:
        """Decide on the review that the unit asked for."""
        if self._may("decide") and self._sheet is not None:
            asked = [reply.text for reply in self._sheet.detail.replies if reply.stance == "review"]
            sheet = ReviewSheet(self._sheet.detail.finding, asked[-1] if asked else "", self)
            self._opened(sheet).submitted.connect(self._decide)

    def open_sheet(self) -> FormSheet | None:
        """The sheet of a step that is open, None without one."""
        return self._open

    def _arrange(self) -> None:
        sheet = self._open
        if not isinstance(sheet, ArrangeSheet):
            return
        proof, at = sheet.chosen(), sheet.at.value()
        booked = at.replace(tzinfo=self._desk.profile.zone()) if at is not None else None
        done = self.tr("Verification arranged")
        if proof is None:
            self._send("arrange", done, lambda w, i: commands.arrange_visit(w, i, booked))
        else:
            means, ref_id = proof.means, proof.ref_id
            self._send("arrange", done, lambda w, i: commands.arrange_by(w, i, means, ref_id))

    def _verify(self) -> None:
        sheet = self._open
        proof = sheet.chosen() if isinstance(sheet, VerifySheet) else None
        if isinstance(sheet, VerifySheet) and proof is not None:
            means, ref_id, text = proof.means, proof.ref_id, sheet.found.value()
            done = self.tr("Finding closed out")
            self._send("verify", done, lambda w, i: commands.verify_rectification(w, i, means, ref_id, text))

    def _decide(self) -> None:
        sheet = self._open
        if isinstance(sheet, ReviewSheet):
            outcome, text, severity = sheet.decision()
            done = self.tr("Review decided")
            self._send("decide", done, lambda w, i: commands.decide_review(w, i, outcome, text, severity))

    def _send(self, step: Step, done: str, command: Callable[[Writer, str], Changes]) -> None:
        self._do(step, done, command)
        if self._open is not None:
            self._open.accept()

    def _opened(self, sheet: S) -> S:
        self._open = sheet
        sheet.finished.connect(self._closed)
        sheet.open()
        return sheet

    def _closed(self) -> None:
        self._open = None

    def press_withdraw(self) -> None:
        """First open the reason, then withdraw it."""
        reason = self._reason("withdraw", self.withdraw_reason)
        if reason:
            done = self.tr("Finding withdrawn")
            self._do("withdraw", done, lambda w, i: commands.withdraw_finding(w, i, reason))

    def press_return(self) -> None:
        """First open the reason, then send the rectification back."""
        reason = self._reason("return", self.return_reason)
        if reason:
            done = self.tr("Rectification sent back")
            self._do("return", done, lambda w, i: commands.return_rectification(w, i, reason))

    def press_letter(self) -> None:
        """What the finding can be told by on paper, and its evidence."""
        from desktop.views.common.letters import words
        from desktop.views.common.letters.offers import offers_of_finding

        if self._sheet is None:
            self.told.emit(words.why_none("no_finding"))
            return
        finding = self._sheet.detail.finding
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.letters.fill(menu, offers_of_finding(finding))
        menu.addSeparator()
        menu.addAction(self.tr("Evidence in one file…")).triggered.connect(self.press_evidence)
        menu.popup(self.papers.mapToGlobal(self.papers.rect().topLeft()))

    def press_evidence(self) -> None:
        """All that proves the finding as one file with a manifest."""
        if self._sheet is not None:
            self.evidence.ask(self._sheet.detail.finding)

    def _to_top(self) -> None:
        self.area.verticalScrollBar().setValue(0)

    def release(self) -> None:
        """The page is going: what is being written is finished first."""
        if "letters" in self.__dict__:
            self.letters.close()
        if "evidence" in self.__dict__:
            self.evidence.close()

    def _may(self, step: Step) -> bool:
        button = self.buttons[step]
        return self._sheet is not None and not button.isHidden() and button.isEnabled()

    def _reason(self, step: Step, field: TextField) -> str:
        """The reason written; "" (and the field open, with the keyboard in it) while there is none."""
        if not self._may(step):
            return ""
        if field.isHidden() or not field.value():
            if not field.isHidden():
                field.set_error(self.tr("The unit needs a reason"))
            field.show()
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return ""
        return field.value()

    def _do(self, step: Step, done: str, command: Callable[[Writer, str], Changes]) -> None:
        if not self._may(step):
            return
        finding_id = self._row_id
        self._done = done
        self._desk.run_command(self, lambda w: command(w, finding_id), self._recorded, self._refused)

    def _recorded(self, changes: Changes) -> None:
        for reason in (self.withdraw_reason, self.return_reason):
            reason.set_value("")
            reason.hide()
        words = self.tr("{done}, {sending}")
        self.recorded.emit(words.format(done=self._done, sending=self._sending()), True)

    def _sending(self) -> str:
        return self.tr("is being sent") if self._desk.connection.online else self.tr("waiting to be sent")

    def _refused(self, error: DeskError) -> None:
        self._failed(error)
