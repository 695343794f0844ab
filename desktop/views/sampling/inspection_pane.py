"""The right pane: one inspection, and what can be done with it next; a unit draws its sample again.

Every step of its stage is there as a button; one that is not possible now says why. Must not list inspections.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands import inspections as commands
from desktop.services.commands.base import Writer
from desktop.services.queries.inspections import (
    DrawnTicket,
    InspectionSheet,
    Redrawn,
    inspection_sheet,
    redrawn,
)
from desktop.views.common import inspection_words as words
from desktop.views.common import tokens
from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import ActionBar, Button
from desktop.views.common.dialogs import FormSheet
from desktop.views.common.layouts import hairline, scrolled, stacked
from desktop.views.common.states import StateView
from desktop.views.common.watermark import cover
from desktop.views.common.words import error_words
from desktop.views.sampling.finding_start import FindingStart
from desktop.views.sampling.inspection_view import InspectionView
from desktop.views.sampling.papers import Papers
from desktop.views.sampling.protocol_file import ProtocolFile
from desktop.views.sampling.step_sheets import (
    CheckSheet,
    CriteriaSheet,
    RecuseSheet,
    SeedSheet,
    WordsSheet,
)
from desktop.views.sampling.steps import Step, reasons

S = TypeVar("S", bound=FormSheet)


class InspectionPane(QWidget):
    """See the module's docstring."""

    edit_wanted = Signal(str)
    #: The form of a finding about this ticket, which has been begun.
    finding_requested = Signal(str)
    ticket_requested = Signal(str)
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._id = self._done = ""
        self._sheet: InspectionSheet | None = None
        self._open: FormSheet | None = None
        self.setMinimumWidth(tokens.DETAIL_MIN)
        self.view = InspectionView(desk)
        self.trouble, self.verdict = NoticeBar(kind="error"), NoticeBar(kind="info")
        for bar in (self.trouble, self.verdict):
            bar.hide()
        self.protocol = ProtocolFile(desk, self)
        self.paper = Papers(desk, self)
        self.start = FindingStart(desk, self)
        self.bar = ActionBar(gap=6)
        self.buttons = self._make_buttons()
        self.finding = self.bar.add(self.tr("Finding…"), self.press_finding, icon="flag", hint="F")
        self.redraw = self.bar.add(self.tr("Draw it again"), self.press_redraw, icon="refresh-cw", hint="R")
        self.save = self.bar.add(self.tr("Save protocol…"), self.press_save, icon="download", hint="P")
        self.papers = self.bar.add(self.tr("Papers…"), self.press_papers, icon="file-text", hint="L")
        self.nothing = StateView()
        self.nothing.set_state(
            self.tr("No inspection chosen"),
            self.tr("Choose one to see its plan, its sample and what was found."),
            "",
            "clipboard-check",
        )
        self.side = QWidget()
        self._lay_out()
        self._stack = QStackedLayout()
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._stack)
        self.view.ticket_entered.connect(self._ticket_entered)
        self.view.tickets.current_id_changed.connect(self._judge_finding)
        self.protocol.told.connect(self.told)
        self.paper.told.connect(self.told)
        self.paper.barred.connect(self._show_bar)
        self.start.begun.connect(self.finding_requested)
        self.start.failed.connect(self._failed)
        cover(self)

    def _make_buttons(self) -> dict[Step, Button]:
        add = self.bar.add
        return {
            "issue": add(self.tr("Issue"), self.press_issue, kind="primary", icon="flag", hint="I"),
            "freeze": add(self.tr("Freeze the frame"), self.press_freeze, kind="primary", hint="Z"),
            "fix": add(self.tr("Fix the criteria…"), self.press_fix, kind="primary", hint="X"),
            "draw": add(self.tr("Draw…"), self.press_draw, kind="primary", hint="D"),
            "check": add(
                self.tr("Check the ticket…"), self.press_check, kind="primary", icon="check", hint="C"
            ),
            "close": add(self.tr("Close…"), self.press_close, icon="circle-check", hint="V"),
            "edit": add(self.tr("Edit"), self.press_edit, icon="pencil", hint="E"),
            "recuse": add(self.tr("Recuse…"), self.press_recuse, icon="user-check"),
            "withdraw": add(self.tr("Withdraw…"), self.press_withdraw, icon="x", hint="W"),
        }

    def _lay_out(self) -> None:
        inner = QWidget()
        body = self._body = stacked(inner, (16, 12, 16, 16), gap=8)
        for widget in (self.trouble, self.verdict, self.view):
            body.addWidget(widget)
        self.area = scrolled(inner)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 12, 10)
        foot.addWidget(self.bar)
        whole = QVBoxLayout(self.side)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)

    # -- what is shown -----------------------------------------------------------------------------------------

    def sheet(self) -> InspectionSheet | None:
        """The inspection on screen."""
        return self._sheet

    def show_inspection(self, inspection_id: str) -> None:
        """Another one is current."""
        if inspection_id == self._id:
            return
        self._id, self._sheet = inspection_id, None
        self.trouble.hide()
        self.verdict.hide()
        if not inspection_id:
            self._stack.setCurrentWidget(self.nothing)
            return
        self.area.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        """Ask for it again."""
        wanted = self._id
        if wanted:
            self._desk.run_query(
                self, lambda r: inspection_sheet(r, wanted), self._take, slot="sheet", failed=self._failed
            )

    def _take(self, sheet: InspectionSheet | None) -> None:
        if sheet is None or sheet.inspection.id != self._id:
            self._sheet = None
            self._stack.setCurrentWidget(self.nothing)
            return
        self._sheet = sheet
        self.view.set_sheet(sheet)
        possible = reasons(sheet, self._desk)
        for step, button in self.buttons.items():
            button.setVisible(step in possible)
            button.set_reason(possible.get(step, ""))
        for button in (self.redraw, self.save):
            button.setVisible(sheet.inspection.drawn_at is not None)
        self.finding.setVisible("check" in possible)
        self._judge_finding()
        self._stack.setCurrentWidget(self.side)

    def _judge_finding(self, _: str = "") -> None:
        self.finding.set_reason(self.start.why_not(self.view.model.ticket(self.view.tickets.current_id())))

    def _failed(self, error: DeskError) -> None:
        self.trouble.set_notice(error_words(error), "error")
        self.trouble.show()

    # -- steps -------------------------------------------------------------------------------------------------

    def press_edit(self) -> None:
        """Edit the plan."""
        if self._may("edit"):
            self.edit_wanted.emit(self._id)

    def press_issue(self) -> None:
        """Put the plan in force."""
        if self._may("issue"):
            self._do(self.tr("Inspection issued"), commands.issue_inspection)

    def press_freeze(self) -> None:
        """Let the server list and hash the population."""
        if self._may("freeze"):
            self._do(self.tr("Frame frozen"), commands.freeze_frame)

    def press_fix(self) -> None:
        """Fix the criteria."""
        if self._may("fix") and self._sheet is not None:
            sheet = self._opened(CriteriaSheet(self._desk, self._sheet.inspection, self))
            sheet.submitted.connect(self._fix)

    def press_draw(self) -> None:
        """Enter the seed."""
        if self._may("draw") and self._sheet is not None:
            self._opened(SeedSheet(self._sheet.inspection, self)).submitted.connect(self._draw)

    def press_check(self) -> None:
        """Check the current ticket of the sample, or the first that nobody has checked."""
        if not self._may("check") or self._sheet is None:
            return
        number = self.view.tickets.current_id()
        ticket = self.view.model.ticket(number)
        if ticket is None:
            mine = (t for t in self._sheet.tickets if t.ticket_id and self._may_check(t))
            ticket = next((t for t in mine if t.check is None), None)
        if ticket is not None and not self._may_check(ticket):
            self.told.emit(self.tr("A report is checked by a cleared colleague."))
            return
        if ticket is None or not ticket.ticket_id:
            self.told.emit(self.tr("Choose a ticket of the sample that is on this desktop."))
            return
        sheet = CheckSheet(self._desk, self._sheet.inspection, ticket, self)
        self._opened(sheet).submitted.connect(self._check)

    def press_finding(self) -> None:
        """Begin a finding of a line that was not met."""
        if self._sheet is not None and self.finding.isEnabled() and not self.finding.isHidden():
            self.start.ask(self._sheet.inspection, self.view.model.ticket(self.view.tickets.current_id()))

    def press_close(self) -> None:
        """Close it."""
        if self._may("close"):
            title, label, verb = self.tr("Close the inspection"), self.tr("What came of it"), self.tr("Close")
            self._opened(WordsSheet(title, label, verb, self)).submitted.connect(self._close)

    def press_withdraw(self) -> None:
        """Give it up."""
        if self._may("withdraw"):
            title, label = self.tr("Withdraw the inspection"), self.tr("Reason for withdrawing it")
            verb = self.tr("Withdraw")
            self._opened(WordsSheet(title, label, verb, self)).submitted.connect(self._withdraw)

    def press_recuse(self) -> None:
        """Let an inspector have no part in it."""
        if self._may("recuse") and self._sheet is not None:
            sheet = self._opened(RecuseSheet(self._desk, self._sheet.inspection, self))
            sheet.submitted.connect(self._recuse)

    def press_redraw(self) -> None:
        """Draw the sample again from what is on this desktop, and say what came out."""
        if self.redraw.isHidden():
            return
        wanted = self._id
        self._desk.run_query(
            self, lambda r: redrawn(r, wanted), self._tell, slot="redraw", failed=self._failed
        )

    def press_save(self) -> None:
        """Save the protocol as the text that a stranger can draw it again from."""
        if not self.save.isHidden() and self._sheet is not None:
            self.protocol.ask(self._sheet.inspection)

    def press_papers(self) -> None:
        """The inspection's plan and the record of its sample, to print."""
        if self._sheet is not None:
            self.paper.open_menu(self._sheet.inspection, self.papers)

    def _show_bar(self, bar: QWidget) -> None:
        """What a paper has to say stands above the inspection."""
        self._body.insertWidget(0, bar)
        self.area.verticalScrollBar().setValue(0)

    def release(self) -> None:
        """The page is going: a file being written is finished first."""
        self.protocol.close()
        self.paper.close()

    def _tell(self, found: tuple[Redrawn, ...]) -> None:
        faults = [words.fault(fault) for each in found for fault in each.verdict.faults]
        if not found:
            said = self.tr("Nothing to draw again is on this desktop.")
        elif faults:
            differ = self.tr("It does not come out as it stands here. {faults}")
            said = differ.format(faults=" ".join(dict.fromkeys(faults)))
        else:
            count = sum(len(each.verdict.again) for each in found)
            same = self.tr("Drawn again: the same {n} tickets, and every hash is right.")
            said = same.format(n=f"{count:,}")
        self.verdict.set_notice(said, "error" if faults else "info")
        self.verdict.show()
        self.area.verticalScrollBar().setValue(0)

    def _ticket_entered(self, number: str) -> None:
        ticket = self.view.model.ticket(number)
        if ticket is None or not ticket.ticket_id:
            return
        if self._may("check"):
            self.press_check()
        else:
            self.ticket_requested.emit(ticket.ticket_id)

    # -- what the sheets send ----------------------------------------------------------------------------------

    def _fix(self) -> None:
        sheet = self._open
        if isinstance(sheet, CriteriaSheet):
            criteria, source = sheet.criteria(), sheet.source.value()
            self._do(self.tr("Criteria fixed"), lambda w, i: commands.fix_criteria(w, i, criteria, source))

    def _draw(self) -> None:
        sheet = self._open
        if isinstance(sheet, SeedSheet):
            seed = sheet.seed.value()
            self._do(self.tr("Sample drawn"), lambda w, i: commands.draw_sample(w, i, seed))

    def _check(self) -> None:
        sheet = self._open
        if isinstance(sheet, CheckSheet):
            form, check_id = sheet.read(), sheet.check_id()
            self._do(self.tr("Check recorded"), lambda w, i: commands.record_check(w, form, check_id))

    def _close(self) -> None:
        sheet = self._open
        if isinstance(sheet, WordsSheet):
            text = sheet.words.value()
            self._do(self.tr("Inspection closed"), lambda w, i: commands.close_inspection(w, i, text))

    def _withdraw(self) -> None:
        sheet = self._open
        if isinstance(sheet, WordsSheet):
            text = sheet.words.value()
            self._do(self.tr("Inspection withdrawn"), lambda w, i: commands.withdraw_inspection(w, i, text))

    def _recuse(self) -> None:
        sheet = self._open
        if isinstance(sheet, RecuseSheet):
            who, why = sheet.person.value(), sheet.words.value()
            self._do(self.tr("Inspector recused"), lambda w, i: commands.recuse_inspector(w, i, who, why))

    def open_sheet(self) -> FormSheet | None:
        """The sheet of a step that is open, None without one."""
        return self._open

    def close_sheet(self) -> None:
        """Leave the sheet of a step without doing anything."""
        if self._open is not None:
            self._open.reject()

    def _opened(self, sheet: S) -> S:
        self._open = sheet
        sheet.finished.connect(self._closed)
        sheet.open()
        return sheet

    def _closed(self) -> None:
        self._open = None

    def _may_check(self, ticket: DrawnTicket) -> bool:
        return ticket.level != "report" or "cleared" in self._desk.me.roles

    def _may(self, step: Step) -> bool:
        button = self.buttons[step]
        return self._sheet is not None and not button.isHidden() and button.isEnabled()

    def _do(self, done: str, command: Callable[[Writer, str], Changes]) -> None:
        wanted, self._done = self._id, done
        self._desk.run_command(self, lambda w: command(w, wanted), self._recorded, self._failed)
        if self._open is not None:
            self._open.accept()

    def _recorded(self, changes: Changes) -> None:
        said = self.tr("{done}, {sending}")
        online = self._desk.connection.online
        sending = self.tr("is being sent") if online else self.tr("waiting to be sent")
        self.told.emit(said.format(done=self._done, sending=sending))
