"""The inspections page: the register of findings with one finding beside it, or the form of one in their place.

Owns when to ask again. Must not know other pages: tickets go out as a signal, and the shell routes it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.queries.finding_filter import FindingFilter
from desktop.views.common.dialogs import Sheet
from desktop.views.common.page import Page
from desktop.views.common.panels import Splitter
from desktop.views.inspections.finding_form import FindingFormView
from desktop.views.inspections.finding_pane import FindingPane
from desktop.views.inspections.register_pane import RegisterPane
from desktop.views.inspections.ticket_picker import TicketPicker

_TYPES = (
    "finding",
    "finding_reply",
    "ticket",
    "draft",
    "timeline_entry",
    "visit",
    "inspection",
    "sample",
    "check",
    "attachment",
    "transfer",
)
_RELATIVE_TIMES_MS = 5 * 60_000


class InspectionsPage(Page):
    """See the module's docstring."""

    #: Show the case of this ticket id.
    ticket_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._sheet: Sheet | None = None
        self.setAccessibleName(self.tr("Inspections"))
        self.register = RegisterPane(desk)
        self.pane = FindingPane(desk)
        self.form = FindingFormView(desk)
        self.split = Splitter()
        self.split.addWidget(self.register)
        self.split.addWidget(self.pane)
        self.split.setStretchFactor(0, 5)
        self.split.setStretchFactor(1, 3)
        self.split.setSizes([740, 430])
        both = QWidget()
        self._stack = QStackedLayout(both)
        self._stack.addWidget(self.split)
        self._stack.addWidget(self.form)
        self.body.addWidget(both)
        self._clock = QTimer(self)
        self._clock.setInterval(_RELATIVE_TIMES_MS)
        self._clock.timeout.connect(self.set_stale)
        self._connect()
        self._bind_keys()
        self.register.ask(FindingFilter())

    def _connect(self) -> None:
        self.listen(self._desk.changed, self._changed)
        self.listen(self._desk.identity_changed, self._identity_changed)
        self.register.current_changed.connect(self.pane.show_row)
        self.register.entered.connect(self._enter)
        self.register.new_wanted.connect(self.ask_new)
        self.pane.edit_wanted.connect(self.edit_finding)
        self.pane.form_wanted.connect(self.begin_finding)
        self.pane.ticket_requested.connect(self.ticket_requested)
        self.pane.finding_requested.connect(self.show_finding)
        self.pane.recorded.connect(self._recorded)
        self.pane.told.connect(self.register.tell)
        self.form.closed.connect(self._form_closed)
        self.form.recorded.connect(self._form_recorded)
        self.form.finding_wanted.connect(self.show_finding)

    def _bind_keys(self) -> None:
        """Every letter has a function key beside it: an input method swallows letters."""
        for letter, key, do in (
            ("N", "Ctrl+N", self.ask_new),
            ("E", "F2", self.pane.press_edit),
            ("F", "F9", self.pane.press_file),
            ("U", "F7", self.pane.press_uphold),
            ("D", "F3", self.pane.press_decide),
            ("A", "F4", self.pane.press_arrange),
            ("V", "F8", self.pane.press_verify),
            ("R", "F11", self.pane.press_return),
            ("W", "F12", self.pane.press_withdraw),
            ("L", "F10", self.pane.press_letter),
            ("X", "Ctrl+E", self.register.press_export),
            ("J", "", self._down),
            ("K", "", self._up),
            ("", "F6", self._next_pane),
        ):
            for keys in (letter, key):
                if keys:
                    self._bind(keys, do)

    def _bind(self, keys: str, do: Callable[[], object]) -> None:
        """On the register only: in the form letters are text, and its own keys hold."""
        shortcut = QShortcut(
            QKeySequence(keys), self.split, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        shortcut.activated.connect(do)

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet: keys, and what they do."""
        return (
            ("N  Ctrl+N", self.tr("New finding")),
            ("E  F2", self.tr("Edit the finding")),
            ("F  F9", self.tr("File the draft")),
            ("U  F7", self.tr("Uphold the finding")),
            ("D  F3", self.tr("Decide the review")),
            ("A  F4", self.tr("Arrange how the rectification is looked at")),
            ("V  F8", self.tr("Close it out")),
            ("R  F11", self.tr("Send the rectification back")),
            ("W  F12", self.tr("Withdraw the finding")),
            ("L  F10", self.tr("Rectification notice as a letter")),
            ("X  Ctrl+E", self.tr("Save the register as a file")),
            ("J  K", self.tr("Next, previous finding")),
            ("F6", self.tr("Search, register, finding")),
            ("Ctrl+Enter", self.tr("File what is written")),
            ("Ctrl+S", self.tr("Save as draft")),
        )

    # -- for the shell -----------------------------------------------------------------------------------------

    def begin_finding(self, ticket_id: str) -> None:
        """Open the form of a new finding about this ticket."""
        self._stack.setCurrentWidget(self.form)
        self.form.begin(ticket_id)

    def edit_finding(self, finding_id: str) -> None:
        """Open the form of an existing finding."""
        self._stack.setCurrentWidget(self.form)
        self.form.edit(finding_id)

    def show_finding(self, finding_id: str) -> None:
        """Show one finding in the register, whatever the filter says."""
        self._show_register()
        self.register.look_up(finding_id)

    def place(self) -> dict[str, str]:
        about = self.form.about() if self._stack.currentWidget() is self.form else ("", "")
        return {"finding": self.register.table.current_id(), "form": about[0], "about": about[1]}

    def return_to(self, place: dict[str, str]) -> None:
        if place.get("finding"):
            self.register.look_up(place["finding"])
        if place.get("form") == "ticket":
            self.begin_finding(place["about"])
        elif place.get("form") == "finding":
            self.edit_finding(place["about"])

    def ask_new(self) -> None:
        """Ask which ticket the new finding is about."""
        sheet = Sheet(self.tr("New finding: about which ticket?"), self)
        picker = TicketPicker(self._desk, self.tr("Ticket"))
        picker.picked.connect(self._picked)
        sheet.body.addWidget(picker)
        sheet.add_cancel()
        self._sheet = sheet
        sheet.open()
        picker.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- life --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.register.refresh()
        self.pane.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        if self._stack.currentWidget() is self.split:
            self.register.focus_list()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        self.form.flush()
        self.set_stale()

    def release(self) -> None:
        self._clock.stop()
        self.form.flush()
        self.pane.release()
        self.register.file.close()
        super().release()

    def _changed(self, changes: Changes) -> None:
        if changes.concerns(*_TYPES) or changes.outbox:
            self.set_stale()

    def _identity_changed(self) -> None:
        self.register.learn_reference()
        self.set_stale()

    # -- what the person does ----------------------------------------------------------------------------------

    def _picked(self, ticket_id: str) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.accept()
        self.begin_finding(ticket_id)

    def _enter(self, row_id: str) -> None:
        self.pane.press_edit()

    def _recorded(self, words: str, move_on: bool) -> None:
        self.register.tell(words)
        if move_on:
            self.register.table.select_next()

    def _form_recorded(self, words: str, finding_id: str) -> None:
        self.register.tell(words)
        if finding_id:
            self.register.look_up(finding_id)

    def _form_closed(self) -> None:
        self._show_register()

    def _show_register(self) -> None:
        self._stack.setCurrentWidget(self.split)
        self.register.focus_list()

    def _down(self) -> None:
        self.register.table.select_next()

    def _up(self) -> None:
        self.register.table.select_row(max(0, self.register.table.currentIndex().row() - 1))

    def _next_pane(self) -> None:
        """F6: search, register, finding, and round again."""
        if self.register.search.hasFocus():
            self.register.focus_list()
        elif self.register.table.hasFocus():
            self.pane.view.course.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.register.focus_search()
