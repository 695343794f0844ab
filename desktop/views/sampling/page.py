"""The page of inspections: all of them with the chosen one beside them; for a unit, those that looked at it.

Owns when to ask again and the sheet of a plan. Must not know other pages: tickets go out as a signal.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Inspection
from desktop.models.domain.privacy import viewer_of
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.drafts import forget_draft, save_draft
from desktop.services.commands.inspections import InspectionForm, edit_plan, plan_inspection
from desktop.services.queries.base import Reader
from desktop.services.queries.drafts import draft_form
from desktop.services.queries.inspections import InspectionRow, inspection_rows
from desktop.views.common.buttons import Button
from desktop.views.common.list_pane import ListPane
from desktop.views.common.page import Page
from desktop.views.common.panels import Splitter
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words
from desktop.views.sampling.inspection_pane import InspectionPane
from desktop.views.sampling.plan_form import PlanSheet
from desktop.views.sampling.rows import InspectionModel, inspection_columns

_TYPES = ("inspection", "sample", "check", "finding", "ticket")


class SamplingPage(Page):
    """See the module's docstring."""

    #: Show the case of this ticket id.
    ticket_requested = Signal(str)
    #: The form of a finding about this ticket.
    finding_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._plan: PlanSheet | None = None
        self._editing: Inspection | None = None
        self._placed = ""
        self._rows: tuple[InspectionRow, ...] = ()
        self.setAccessibleName(self.tr("Inspections and samples"))
        self.model = InspectionModel(self)
        self.table = ListTable(inspection_columns(), name=self.tr("Inspections"), memory_key="inspections")
        self.table.setModel(self.model)
        self.table.set_loading(True)
        self.pane = InspectionPane(desk)
        self.new = Button(self.tr("Plan an inspection"), icon="plus", hint="N", on=self.begin_plan)
        self._told = PlainLabel(kind="small", tone="pending")
        split = Splitter()
        split.addWidget(self._left())
        split.addWidget(self.pane)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 4)
        split.setSizes([600, 560])
        self.body.addWidget(split)
        self._split = split
        self._connect()
        self.set_stale()

    def _left(self) -> QWidget:
        left = QWidget()
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 8, 6)
        head.setSpacing(8)
        head.addWidget(PlainLabel(self.tr("Inspections and samples"), kind="title"))
        head.addStretch(1)
        head.addWidget(self._told)
        head.addWidget(self.new)
        whole = QVBoxLayout(left)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(ListPane(self.table), 1)
        return left

    def _connect(self) -> None:
        self.listen(self._desk.changed, self._changed)
        self.listen(self._desk.connection_changed, self._judge_again)
        self.listen(self._desk.identity_changed, self.set_stale)
        self.table.current_id_changed.connect(self.pane.show_inspection)
        self.pane.edit_wanted.connect(self.edit_plan)
        self.pane.ticket_requested.connect(self.ticket_requested)
        self.pane.finding_requested.connect(self.finding_requested)
        self.pane.told.connect(self._tell)
        pane = self.pane
        for letter, key, do in (
            ("N", "Ctrl+N", self.begin_plan),
            ("E", "F2", pane.press_edit),
            ("I", "F9", pane.press_issue),
            ("Z", "Ctrl+1", pane.press_freeze),
            ("X", "Ctrl+2", pane.press_fix),
            ("D", "Ctrl+3", pane.press_draw),
            ("C", "F7", pane.press_check),
            ("F", "Ctrl+4", pane.press_finding),
            ("V", "F8", pane.press_close),
            ("R", "F11", pane.press_redraw),
            ("P", "F10", pane.press_save),
            ("L", "Ctrl+4", pane.press_papers),
            ("W", "F12", pane.press_withdraw),
            ("J", "", self._down),
            ("K", "", self._up),
            ("", "F6", self._next_pane),
        ):
            for keys in (letter, key):
                if keys:
                    self._bind(keys, do)

    def _bind(self, keys: str, do: Callable[[], object]) -> None:
        shortcut = QShortcut(
            QKeySequence(keys), self._split, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        shortcut.activated.connect(do)

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet: keys, and what they do."""
        return (
            ("N  Ctrl+N", self.tr("Plan an inspection")),
            ("E  F2", self.tr("Edit the plan")),
            ("I  F9", self.tr("Issue it")),
            ("Z  Ctrl+1", self.tr("Freeze the frame")),
            ("X  Ctrl+2", self.tr("Fix the criteria")),
            ("D  Ctrl+3", self.tr("Draw the sample")),
            ("C  F7", self.tr("Check a ticket")),
            ("F  Ctrl+4", self.tr("Write a finding of a line that was not met")),
            ("V  F8", self.tr("Close it")),
            ("R  F11", self.tr("Draw the sample again")),
            ("P  F10", self.tr("Save the protocol")),
            ("W  F12", self.tr("Withdraw it")),
            ("J  K", self.tr("Next, previous inspection")),
            ("F6", self.tr("List, sample")),
        )

    # -- for the shell -----------------------------------------------------------------------------------------

    def place(self) -> dict[str, str]:
        return {"inspection": self.table.current_id()}

    def return_to(self, place: dict[str, str]) -> None:
        self._placed = place.get("inspection", "")
        self.set_stale()

    def rows(self) -> tuple[InspectionRow, ...]:
        """The inspections shown, in their order."""
        return self._rows

    def plan(self) -> PlanSheet | None:
        """The sheet of the plan that is being written."""
        return self._plan

    def begin_plan(self) -> None:
        """The sheet of a new plan, with what was begun before."""
        if self._may_plan():
            self._desk.run_query(self, _begun, self._open_new, slot="plan")

    def edit_plan(self, inspection_id: str) -> None:
        """The sheet of a plan that is being written."""
        sheet = self.pane.sheet()
        if sheet is None or sheet.inspection.id != inspection_id:
            return
        self._editing = sheet.inspection
        self._open(self.tr("Edit the plan"), _form_of(sheet.inspection))

    # -- life --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.new.setVisible(self._may_plan())
        self._desk.run_query(self, inspection_rows, self._take, slot="rows", failed=self._failed)
        self.pane.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.set_stale()

    def release(self) -> None:
        self.pane.release()
        super().release()

    def _take(self, rows: tuple[InspectionRow, ...]) -> None:
        self._rows = rows
        self.model.set_rows(rows, self._desk)
        self.table.set_loading(False)
        if viewer_of(self._desk.me).office:
            said = self.tr("Plan one: its sample can be drawn again by whoever was inspected.")
        else:
            said = self.tr("An inspection of your unit is shown here once its sample is drawn.")
        self.table.set_empty(self.tr("No inspections yet"), said, icon="clipboard-check")
        if self._placed and self.table.select_id(self._placed):
            self._placed = ""
        elif not self.table.current_id():
            self.table.select_row(0)

    def _changed(self, changes: Changes) -> None:
        if changes.concerns(*_TYPES) or changes.outbox:
            self.set_stale()

    def _judge_again(self, connection: object) -> None:
        self.set_stale()

    def _may_plan(self) -> bool:
        return "officer" in self._desk.me.roles

    # -- the plan ----------------------------------------------------------------------------------------------

    def _open_new(self, begun: InspectionForm | None) -> None:
        self._editing = None
        self._open(self.tr("Plan an inspection"), begun or self._fresh())

    def _fresh(self) -> InspectionForm:
        today = self._desk.profile.local(self._desk.now()).date()
        lists = self._desk.profile.inspections.checklists
        return InspectionForm(
            title="",
            kind="spot_check",
            mandate="",
            purpose="",
            plan="",
            unit_ids=(),
            from_day=today.replace(day=1),
            to_day=today,
            checklist=lists[0].code if lists else "",
            inspector_ids=(self._desk.me.person_id,),
        )

    def _open(self, title: str, form: InspectionForm) -> None:
        sheet = self._plan = PlanSheet(self._desk, title, self.tr("Save the plan"), self)
        sheet.fill(form)
        sheet.form.edited.connect(self._keep)
        sheet.submitted.connect(self._save)
        sheet.finished.connect(self._plan_closed)
        sheet.open()

    def _plan_closed(self) -> None:
        self._plan = None

    def _keep(self) -> None:
        form = self._plan.read() if self._plan is not None else None
        if form is not None and self._editing is None:
            kept = form
            self._desk.run_command(self, lambda w: save_draft(w, _DRAFT, kept))

    def _save(self) -> None:
        sheet, editing = self._plan, self._editing
        form = sheet.read() if sheet is not None else None
        if sheet is None or form is None:
            return
        written = form
        if editing is None:
            self._desk.run_command(
                self,
                lambda w: plan_inspection(w, written) | forget_draft(w, _DRAFT),
                self._planned,
                self._failed,
            )
        else:
            wanted = editing.id
            self._desk.run_command(self, lambda w: edit_plan(w, wanted, written), None, self._failed)
        sheet.accept()

    def _planned(self, changes: Changes) -> None:
        self._placed = next((i for kind, i in changes.keys if kind == "inspection"), "")
        self._tell(self.tr("The plan is kept; issue it when it stands."))
        self.set_stale()

    def _tell(self, words: str) -> None:
        self._told.setText(words)

    def _failed(self, error: DeskError) -> None:
        self._tell(error_words(error))

    def _down(self) -> None:
        self.table.select_next()

    def _up(self) -> None:
        self.table.select_row(max(0, self.table.currentIndex().row() - 1))

    def _next_pane(self) -> None:
        """F6: list, sample, and round again."""
        there = self.pane.view.tickets
        target = there if self.table.hasFocus() and not there.isHidden() else self.table
        target.setFocus(Qt.FocusReason.TabFocusReason)


_DRAFT = "inspection:new"


def _begun(r: Reader) -> InspectionForm | None:
    return draft_form(r, _DRAFT, InspectionForm)


def _form_of(row: Inspection) -> InspectionForm:
    return InspectionForm(**{name: getattr(row, name) for name in InspectionForm.__struct_fields__})
