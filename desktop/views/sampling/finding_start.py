"""From a line of a checklist that was not met to a finding: which line, what the form begins with.

Begins the draft and says so; the form itself is another page's.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Inspection
from desktop.models.domain.inspection_rules import CheckItem, failed_lines
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.finding_drafts import begin_draft_of_check
from desktop.services.queries.inspections import DrawnTicket
from desktop.views.common.choices import ChoiceField
from desktop.views.common.dialogs import FormSheet
from desktop.views.common.text import PlainLabel


class FindingStart(QObject):
    """See the module's docstring."""

    #: The draft of a finding about this ticket is there.
    begun = Signal(str)
    #: It could not be begun: the DeskError.
    failed = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._inspection: Inspection | None = None
        self._ticket: DrawnTicket | None = None
        self._open: LineSheet | None = None

    def why_not(self, ticket: DrawnTicket | None) -> str:
        """Why no finding can be begun of this ticket, "" where one can."""
        if ticket is not None and ticket.ticket_id and self.lines(ticket):
            return ""
        return self.tr("Choose a ticket whose check has a line that was not met.")

    def lines(self, ticket: DrawnTicket) -> tuple[CheckItem, ...]:
        """The lines of its check that were not met, the gravest first."""
        check = ticket.check
        checklist = self._desk.profile.inspections.checklist(check.checklist) if check is not None else None
        return failed_lines(checklist, check.results) if checklist is not None and check is not None else ()

    def ask(self, inspection: Inspection, ticket: DrawnTicket | None) -> None:
        """Begin it; of several lines one is chosen, for a finding is one fact."""
        if ticket is None or self.why_not(ticket):
            return
        self._inspection, self._ticket = inspection, ticket
        lines = self.lines(ticket)
        if len(lines) == 1:
            self._begin(lines[0])
            return
        self._open = LineSheet(self._desk, ticket, lines, self._window)
        self._open.submitted.connect(self._chosen)
        self._open.open()

    def open_sheet(self) -> LineSheet | None:
        """The question which line, None while it is not asked."""
        return self._open

    def _chosen(self) -> None:
        sheet, self._open = self._open, None
        if sheet is not None:
            self._begin(sheet.line())
            sheet.accept()

    def _begin(self, line: CheckItem) -> None:
        inspection, ticket = self._inspection, self._ticket
        check = ticket.check if ticket is not None else None
        if inspection is None or check is None:
            return
        said = self.tr("Inspected by the list: “{line}” was not met.")
        words = said.format(line=line.words(self._desk.language))
        facts = "\n".join(part for part in (words, check.note) if part)
        found, held = check, inspection
        self._desk.run_command(
            self,
            lambda w: begin_draft_of_check(w, found, held, line.finding, facts),
            self._ready,
            self._fail,
        )

    def _fail(self, error: DeskError) -> None:
        self.failed.emit(error)

    def _ready(self, changes: Changes) -> None:
        if self._ticket is not None:
            self.begun.emit(self._ticket.ticket_id)


class LineSheet(FormSheet):
    """Which line of a check a finding is written of: a finding is one fact."""

    def __init__(
        self, desk: Desk, ticket: DrawnTicket, lines: tuple[CheckItem, ...], parent: QWidget
    ) -> None:
        title = QCoreApplication.translate("StepSheets", "Which line is the finding about?")
        verb = QCoreApplication.translate("StepSheets", "Write the finding")
        super().__init__(title, verb, parent, width=520)
        self._lines = {item.code: item for item in lines}
        self.form.add_widget(PlainLabel(f"{ticket.number}  {ticket.title}", tone="secondary", wrap=True))
        named = [
            (item.code, " · ".join(part for part in (item.words(desk.language), item.finding) if part))
            for item in lines
        ]
        self.choice = ChoiceField(self.tr("Line not met"), named, required=True)
        self.choice.set_value(lines[0].code if lines else "")
        self.form.add(self.choice)
        self.form.refresh_missing()
        self.resize(520, 280)

    def line(self) -> CheckItem:
        """The line that was chosen."""
        return self._lines[self.choice.value()]
