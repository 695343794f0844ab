"""The morning sheet: what happened since the person left, what the day's closing hours will bring; one pass by keys.

The lines stand at the left, the case of the line at the right with everything that can be done about it: nobody leaves
the page to urge. Space marks a line as looked at and goes to the next. Owns when to ask again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.morning import mark_looked
from desktop.services.queries.morning import MorningSheet, morning_sheet
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.columns import Column
from desktop.views.common.layouts import FlowLayout
from desktop.views.common.list_pane import ListPane
from desktop.views.common.page import Page
from desktop.views.common.panels import Splitter
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.ticket_list.asking import Bound
from desktop.views.common.words import error_words
from desktop.views.supervision import morning_rows
from desktop.views.supervision.case_pane import CasePane
from desktop.views.supervision.letter_keys import UnlessWriting
from desktop.views.supervision.morning_outputs import MorningOutputs
from desktop.views.supervision.morning_rows import MorningModel

_TYPES = ("ticket", "urge", "notice", "finding", "visit", "morning", "setting")
_MOST_CHIPS = 8
_AGAIN_MS = 60_000
"""How often the clock alone is looked at while the page is seen."""


class MorningPage(Page):
    """See the module's docstring."""

    finding_requested = Signal(str)
    visit_requested = Signal(str)
    upward_requested = Signal(str, str)
    settle_requested = Signal(str)
    #: Show this unit id in the directory.
    unit_requested = Signal(str)
    access_requested = Signal(str)
    #: Open the case of this ticket id where cases are read.
    ticket_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._sheet: MorningSheet | None = None
        self._section = ""
        self._chips: dict[str, Button] = {}
        self.set_title(self.tr("Morning sheet"))
        self._since = PlainLabel(kind="small", tone="secondary")
        self.toolbar.addWidget(self._since)
        self.outputs = MorningOutputs(desk, self)
        self.toolbar.addWidget(
            IconButton("download", self.tr("Save as PDF"), hint="Ctrl+S", on=self.outputs.ask_save)
        )
        self.toolbar.addWidget(IconButton("printer", self.tr("Print the sheet"), on=self.outputs.ask_print))
        bar = QWidget()
        self._bar = FlowLayout(bar, gap=6)
        self._bar.setContentsMargins(0, 0, 0, 4)
        self.notices.addWidget(bar)
        self.split = Splitter(parent=self)
        self.body.addWidget(self.split)
        self.model = MorningModel(desk, self)
        self.table = ListTable(self._columns(), name=self.tr("Morning sheet"), memory_key="morning")
        self.table.setModel(self.model)
        self.table.set_loading(True)
        self.list = ListPane(self.table)
        self._told = PlainLabel(kind="small", tone="secondary")
        self.list.footer.addWidget(self._told)
        self.split.addWidget(self.list)
        self.case = CasePane(desk, self.split)
        self.split.addWidget(self.case)
        self.split.setStretchFactor(0, 5)
        self.split.setStretchFactor(1, 3)
        self.split.setSizes([740, 430])
        self._clock = QTimer(self)
        self._clock.setInterval(_AGAIN_MS)
        self._clock.timeout.connect(self.set_stale)
        self._connect()
        self._bind_keys()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("done", "", "check", width=36, sortable=False, required=True),
            Column("why", self.tr("Why"), "pill", width=150, min_width=90, sortable=False, required=True),
            Column("number", self.tr("Number"), "text", width=124, sortable=False, required=True),
            Column(
                "title", self.tr("Matter"), "rich", stretch=True, min_width=140, sortable=False, required=True
            ),
            Column("unit", self.tr("Unit"), "secondary", width=100, sortable=False),
            Column("at", self.tr("When"), "secondary", width=96, sortable=False),
        )

    def _connect(self) -> None:
        self.listen(self._desk.changed, self._changed)
        self.listen(self._desk.area.changed, self.set_stale)
        self.listen(self._desk.identity_changed, self.set_stale)
        self.table.current_id_changed.connect(self._choose)
        self.table.activated_row.connect(self._enter)
        self.table.check_toggled.connect(self._toggle)
        case = self.case
        case.recorded.connect(self._recorded)
        case.left.connect(self._focus_list)
        case.told.connect(self._told.setText)
        case.ticket_wanted.connect(self.ticket_requested)
        case.finding_requested.connect(self.finding_requested)
        case.visit_requested.connect(self.visit_requested)
        case.upward_requested.connect(self.upward_requested)
        case.access_requested.connect(self.access_requested)
        case.case.settle_requested.connect(self.settle_requested)
        case.case.unit_requested.connect(self.unit_requested)
        case.print_requested.connect(self.outputs.ask_case)
        case.link_wanted.connect(self._copy_number)
        self.outputs.told.connect(self._told.setText)

    def _bind_keys(self) -> None:
        """Every letter has a function key beside it: an input method swallows letters."""
        bindings: tuple[tuple[str, Callable[[], object]], ...] = (
            ("U", self.case.open_urge),
            ("S", self.case.open_notice),
            ("F", self.case.ask_finding),
            ("Z", self.case.ask_upward),
            ("A", self.case.approval.press_approve),
            ("R", self.case.approval.press_return),
            ("L", self.case.open_letters),
            ("M", self.case.open_more),
            ("D", self.mark_done),
            ("O", self._open_case),
            ("J", self._down),
            ("K", self._up),
        )
        for keys, do in bindings:
            self._bind(keys, UnlessWriting(self.case, do))
        for place in range(_MOST_CHIPS):
            self._bind(str(place), partial(self._press_chip, place), self.list)  # in a form they choose
        for keys, do in (
            ("F7", self.case.open_urge),
            ("F8", self.case.open_notice),
            ("F9", self.case.ask_finding),
            ("Ctrl+U", self.case.ask_upward),
            ("F10", self.case.approval.press_approve),
            ("F11", self.case.approval.press_return),
            ("F2", self.case.open_letters),
            ("F4", self.case.open_more),
            ("F12", self._open_case),
            ("F6", self._next_pane),
            ("Ctrl+P", self.outputs.ask_print),
            ("Ctrl+S", self.outputs.ask_save),
        ):
            self._bind(keys, do)

    def _bind(self, keys: str, do: Callable[[], object], within: QWidget | None = None) -> None:
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(keys), within or self, context=context).activated.connect(do)

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet: keys, and what they do."""
        return (
            ("Space  D", self.tr("Looked at; on to the next")),
            ("U  F7", self.tr("Urge the unit")),
            ("S  F8", self.tr("Supervision notice")),
            ("F  F9", self.tr("Register finding")),
            ("Z  Ctrl+U", self.tr("Draft an urgent report")),
            ("A  F10", self.tr("Approve a notice")),
            ("R  F11", self.tr("Return a notice for changes")),
            ("L  F2", self.tr("Letters of the case")),
            ("M  F4", self.tr("What else can be done with the case")),
            ("O  F12", self.tr("Open the case in the list of tickets")),
            ("0 1 2", self.tr("Everything, or one section")),
            ("J  K", self.tr("Next, previous line")),
            ("Enter", self.tr("Into the case")),
            ("F6", self.tr("List, case")),
            ("Ctrl+P", self.tr("Print the sheet")),
            ("Ctrl+S", self.tr("Save as PDF")),
        )

    # -- life --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._desk.run_query(self, morning_sheet, self._take, slot="sheet", failed=self._failed)
        self.case.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        self._focus_list()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        self.set_stale()

    def release(self) -> None:
        self._clock.stop()
        self.outputs.close()
        self.case.release()
        super().release()

    def place(self) -> dict[str, str]:
        return {"line": self.table.current_id()}

    def return_to(self, place: dict[str, str]) -> None:
        self.table.select_id(place.get("line", ""))

    def _changed(self, changes: Changes) -> None:
        if changes.concerns(*_TYPES) or changes.outbox:
            self.set_stale()
        elif self.case.concerned(changes):
            self.case.refresh()

    def sheet(self) -> MorningSheet | None:
        """What is shown."""
        return self._sheet

    def _take(self, sheet: MorningSheet) -> None:
        self._sheet = sheet
        self._since.setText(morning_rows.since_words(self._desk, sheet))
        self._show()

    def _show(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        self._show_chips(sheet)
        self.table.set_loading(False)
        self.table.set_empty(
            self.tr("Nothing here"), self.tr("Nothing has happened that asks for you."), "", "circle-check"
        )
        self.model.set_sheet(sheet, self._section)
        left = sum(section.count for section in sheet.sections) - sum(item.done for item in sheet.items())
        self.set_count(left)
        if self.model.ids() and not self.table.current_id():
            self.table.select_row(0)

    def _show_chips(self, sheet: MorningSheet) -> None:
        """A button a section, with its exact count; the one pressed shows its lines alone."""
        whole = sum(section.count for section in sheet.sections)
        everything = self.tr("Everything")
        wanted = {"": f"{everything} · {whole:,}"}
        for section in sheet.sections:
            title = morning_rows.short_title(self._desk, section)
            wanted[morning_rows.section_key(section)] = f"{title} · {section.count:,}"
        if wanted.keys() != self._chips.keys():
            for chip in self._chips.values():
                self._bar.removeWidget(chip)
                chip.hide()
                chip.deleteLater()
            self._chips = {}
            if self._section not in wanted:
                self._section = ""
            for number, key in enumerate(wanted):
                chip = Button("", kind="quiet", hint=str(number))
                chip.setCheckable(True)
                chip.clicked.connect(Bound(self.show_section, key))
                self._bar.addWidget(chip)
                self._chips[key] = chip
        for key, words in wanted.items():
            self._chips[key].setText(words)
            self._chips[key].setChecked(key == self._section)

    def _press_chip(self, place: int) -> None:
        keys = list(self._chips)
        if place < len(keys):
            self.show_section(keys[place])

    def show_section(self, key: str, *_: object) -> None:
        """The lines of one section, "" for all."""
        self._section = key
        self._show()

    def counts(self) -> dict[str, int]:
        """Section key → exact count, as shown."""
        sheet = self._sheet
        return {morning_rows.section_key(s): s.count for s in sheet.sections} if sheet is not None else {}

    def _failed(self, error: DeskError) -> None:
        self.table.set_failed()
        self._told.setText(error_words(error))

    # -- what the person does ----------------------------------------------------------------------------------

    def _choose(self, key: str) -> None:
        item = self.model.item(key)
        self.case.show_ticket(item.ticket.id if item is not None else "")

    def mark_done(self) -> None:
        """D or Space: this line was looked at, or is to be looked at again; on to the next that was not."""
        self._toggle(self.table.current_id())

    def _toggle(self, key: str) -> None:
        item, sheet = self.model.item(key), self._sheet
        if item is None or sheet is None:
            return
        since, done = sheet.since, not item.done
        self._desk.run_command(self, lambda w: mark_looked(w, since, key, done=done), failed=self._failed)
        following = self.model.next_open(key) if done else ""
        if following:
            self.table.select_id(following)

    def _recorded(self, words: str, move_on: bool) -> None:
        """What was done about a case is also a look at it."""
        self._told.setText(words)
        item = self.model.item(self.table.current_id())
        if move_on and item is not None and not item.done:
            self.mark_done()

    def _enter(self, key: str) -> None:
        self.case.case.timeline.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_case(self) -> None:
        if self.case.ticket_id():
            self.ticket_requested.emit(self.case.ticket_id())

    def _copy_number(self, number: str) -> None:
        QGuiApplication.clipboard().setText(number)
        self._told.setText(self.tr("Number {number} copied").format(number=number))

    def _focus_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _down(self) -> None:
        self.table.select_next()

    def _up(self) -> None:
        self.table.select_row(max(0, self.table.currentIndex().row() - 1))

    def _next_pane(self) -> None:
        form = self.case.open_form()
        if not self.table.hasFocus():
            self._focus_list()
        elif form is not None:
            target = next((field for field in form.form.fields if not field.isHidden()), None)
            (target or form.form).setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.case.case.timeline.setFocus(Qt.FocusReason.TabFocusReason)
