"""The supervision page: queues of tickets at the left, the case at the right, everything by keyboard.

Owns when to ask again: after a commit that concerns it, and when the clock alone changes the queues. Must not know
other pages: what leads there goes out as a signal, and the shell routes it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.operations import CATALOGUE
from desktop.services.background.desk import Desk
from desktop.services.queries.bulk import MOST_AT_ONCE, BulkKind
from desktop.services.queries.counts import next_change_at
from desktop.services.queries.filters import QUEUES, Queue, TicketFilter
from desktop.views.common.page import Page
from desktop.views.common.panels import Splitter
from desktop.views.common.ticket_list.outputs import ListOutputs
from desktop.views.common.ticket_list.ticket_pane import TicketPane
from desktop.views.supervision.case_pane import CasePane
from desktop.views.supervision.group_pane import GroupPane
from desktop.views.supervision.letter_keys import UnlessWriting
from desktop.views.supervision.saved_views import SavedViews

if TYPE_CHECKING:
    from desktop.views.supervision.bulk_panel import BulkPanel

_MAY_GIVE = CATALOGUE["ticket.assign"].roles
_LIST_TYPES = ("view", "ticket", "urge", "notice", "finding", "visit", "note")
_RELATIVE_TIMES_MS = 5 * 60_000
"""How often "3 hours" is looked at again while the page is seen, if nothing else happens."""


class SupervisionPage(Page):
    """See the module's docstring."""

    #: "Register finding" for this ticket id.
    finding_requested = Signal(str)
    #: "Go to the return visit" of this ticket id.
    visit_requested = Signal(str)
    #: "report" or "instruction" on this ticket id: for the page of what goes upward.
    upward_requested = Signal(str, str)
    #: "Settle what needs me" on this ticket id.
    settle_requested = Signal(str)
    #: Who has seen the requester of this ticket: for the page of the record.
    access_requested = Signal(str)
    #: Show this unit id in the directory.
    unit_requested = Signal(str)
    #: The clock alone has moved tickets: whoever shows the queues' numbers counts again.
    counts_stale = Signal()
    #: Another queue is shown: its key, for whoever marks it.
    queue_changed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._queue: Queue = "overdue"
        self._offset = desk.offset
        self.setAccessibleName(self.tr("Supervision"))
        # Each pane is made in its place: a tree that moves to another parent is styled anew, widget by widget.
        self.split = Splitter(parent=self)
        self.body.addWidget(self.split)
        self.list = TicketPane(desk, self.split, multi=True)
        self.groups = GroupPane(desk, self.split)
        self.case = CasePane(desk, self.split)
        self.outputs = ListOutputs(desk, self.list, self)
        self.split.addWidget(self.groups)
        self.split.addWidget(self.list)
        self.split.addWidget(self.case)
        self.views = SavedViews(desk, self.list, self.groups, self)
        self.split.setStretchFactor(1, 5)
        self.split.setStretchFactor(2, 3)
        self.split.setSizes([210, 740, 430])
        self.notices.setContentsMargins(0, 0, 0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._clock_moved)
        self._connect()
        self._bind_keys()
        self.list.show_queue(self._queue)

    def _connect(self) -> None:
        desk = self._desk
        self.listen(desk.changed, self._changed)
        self.listen(desk.identity_changed, self._identity_changed)
        self.listen(desk.area.changed, self.set_stale)
        self.listen(desk.connection_changed, self._look_at_clock)
        self.list.current_changed.connect(self.case.show_ticket)
        self.list.listed.connect(self._mark_hits)
        self.list.entered.connect(self._enter_case)
        self.list.menu_wanted.connect(self._row_menu)
        self.list.menu_button.clicked.connect(self._list_menu)
        self.case.recorded.connect(self._recorded)
        self.case.left.connect(self.list.focus_list)
        self.case.finding_requested.connect(self.finding_requested)
        self.case.visit_requested.connect(self.visit_requested)
        self.case.upward_requested.connect(self.upward_requested)
        self.case.access_requested.connect(self.access_requested)
        self.case.told.connect(self.list.tell)
        self.case.ticket_wanted.connect(self.open_ticket)
        self.case.case.settle_requested.connect(self.settle_requested)
        self.case.case.unit_requested.connect(self.unit_requested)
        self.case.print_requested.connect(self.outputs.print_case)
        self.case.link_wanted.connect(self._copy_number)
        self.outputs.told.connect(self.list.tell)
        self.views.told.connect(self.list.tell)

    def _bind_keys(self) -> None:
        """Every letter has a function key beside it: an input method swallows letters."""
        for letter, key, do in (
            ("U", "F7", self.open_urge),
            ("V", "", self.assign_visits),
            ("O", "Ctrl+Shift+O", self.give_cases),
            ("S", "F8", self.case.open_notice),
            ("F", "F9", self.case.ask_finding),
            ("Z", "Ctrl+U", self.case.ask_upward),
            ("A", "F10", self.case.approval.press_approve),
            ("R", "F11", self.case.approval.press_return),
            ("J", "", self._down),
            ("K", "", self._up),
            ("", "F6", self._next_pane),
            ("L", "F12", self.case.open_letters),
            ("M", "F4", self.case.open_more),
            ("", "Ctrl+P", self._print_case),
        ):
            if letter:
                self._bind(letter, UnlessWriting(self.case, do))
            if key:
                self._bind(key, do)

    def _bind(self, keys: str, do: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(do)

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet: keys, and what they do."""
        return (
            ("U  F7", self.tr("Urge the unit, or the units of all cases chosen")),
            ("V", self.tr("Assign the return visits of the cases chosen")),
            ("O  Ctrl+Shift+O", self.tr("Have the cases chosen looked after by an officer")),
            ("Shift+↓  Ctrl+A", self.tr("Choose several cases")),
            ("S  F8", self.tr("Supervision notice")),
            ("F  F9", self.tr("Register finding")),
            ("Z  Ctrl+U", self.tr("Draft an urgent report")),
            ("A  F10", self.tr("Approve a notice")),
            ("R  F11", self.tr("Return a notice for changes")),
            ("J  K", self.tr("Next, previous ticket")),
            ("Enter", self.tr("Into the case")),
            ("F6", self.tr("Search, groups, list, case")),
            ("L  F12", self.tr("Letters of the case")),
            ("M  F4", self.tr("What else can be done with the case")),
            ("Ctrl+I", self.tr("Views and groups")),
            ("Alt+1…9", self.tr("Show a view")),
            ("Ctrl+T", self.tr("Columns and order")),
            ("Ctrl+E", self.tr("Export or print the list")),
            ("Ctrl+P", self.tr("Print the case")),
        )

    # -- for the shell -----------------------------------------------------------------------------------------

    def queue(self) -> Queue:
        """The queue shown."""
        return self._queue

    def show_queue(self, key: str) -> None:
        """Show one of the queues by its key; unknown keys are ignored."""
        queue = next((q for q in QUEUES if q == key), None)
        if queue is None:
            return
        self._queue = queue
        self.list.show_queue(queue)
        self.queue_changed.emit(queue)
        self.list.focus_list()

    def show_unit_cases(self, unit_id: str) -> None:
        """Show the open cases of one unit."""
        self._queue = "open"
        self.list.ask(TicketFilter(queue="open", unit_ids=(unit_id,)))
        self.queue_changed.emit("open")
        self.list.focus_list()

    def open_ticket(self, ticket_id: str) -> None:
        """Show one ticket: in the present list where it is there, else among all tickets."""
        self.list.look_up(ticket_id)

    def open_notice_on(self, ticket_id: str) -> None:
        """Show one ticket with the form of its supervision notice: what a return visit may propose."""
        self.case.open_notice_on(ticket_id)
        self.open_ticket(ticket_id)

    def place(self) -> dict[str, str]:
        return {"ticket": self.case.ticket_id(), "form": self.case.form_name()}

    def return_to(self, place: dict[str, str]) -> None:
        ticket_id = place.get("ticket", "")
        if ticket_id:
            self.case.open_form_on(ticket_id, place.get("form", ""))
            self.open_ticket(ticket_id)

    def open_urge(self) -> None:
        """U: urge the case, or all that are chosen."""
        rids = self.list.chosen(MOST_AT_ONCE)
        if len(rids) > 1 and "officer" in self._desk.me.roles:
            self._open_bulk("urge", rids)
        else:
            self.case.open_urge()

    def assign_visits(self) -> None:
        """V: give the return visits of the cases chosen to one colleague."""
        if "officer" in self._desk.me.roles:
            self._open_bulk("assign", self.list.chosen(MOST_AT_ONCE))

    def give_cases(self) -> None:
        """O: say which officer looks after the case, or all that are chosen."""
        if _MAY_GIVE.intersection(self._desk.me.roles):
            self._open_bulk("officer", self.list.chosen(MOST_AT_ONCE))

    @cached_property
    def bulk(self) -> BulkPanel:
        """The preview of a deed on many cases, made when it is first wanted."""
        from desktop.views.supervision.bulk_panel import BulkPanel

        panel = BulkPanel(self._desk, self.split)
        self.split.addWidget(panel)
        panel.closed.connect(self._close_bulk)
        panel.told.connect(self.list.tell)
        return panel

    def _open_bulk(self, kind: BulkKind, rids: list[int]) -> None:
        if not rids:
            return
        sizes = self.split.sizes()[:2]
        self.bulk.open_for(kind, rids)
        self.case.hide()
        self.bulk.show()
        self.split.setSizes([sizes[0], 0, sizes[1]])
        self.bulk.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _close_bulk(self) -> None:
        sizes = self.split.sizes()
        self.bulk.hide()
        self.case.show()
        self.split.setSizes([sizes[0], sizes[2], 0])
        self.list.focus_list()

    def open_notice(self) -> None:
        """For the command palette."""
        self.case.open_notice()

    def ask_letter(self, kind: str) -> None:
        """For the command palette."""
        self.case.ask_letter(kind)

    # -- life --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.list.refresh()
        self.views.refresh()
        self.case.refresh()
        self._desk.run_query(self, next_change_at, self._await_clock, slot="clock")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not _holds(self, self.window().focusWidget()):
            self.list.focus_list()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
        self.set_stale()

    def release(self) -> None:
        self._timer.stop()
        if "bulk" in self.__dict__:
            self.bulk.release()
        self.outputs.close()
        self.case.release()
        super().release()

    def _await_clock(self, moment: datetime) -> None:
        if self.isVisible():
            ahead = (moment - self._desk.now()).total_seconds() * 1000
            self._timer.start(max(200, min(round(ahead) + 50, _RELATIVE_TIMES_MS)))

    def _clock_moved(self) -> None:
        self.set_stale()
        self.counts_stale.emit()

    def _changed(self, changes: Changes) -> None:
        if changes.concerns(*_LIST_TYPES) or changes.outbox:
            self.set_stale()
        elif self.case.concerned(changes):
            self.case.refresh()

    def _look_at_clock(self) -> None:
        """The server tells the office's time with each answer; a sample's clock may have been moved on."""
        if self._desk.offset != self._offset:
            self._offset = self._desk.offset
            self._clock_moved()

    def _identity_changed(self) -> None:
        self.list.learn_reference()
        self.set_stale()

    # -- what the person does ----------------------------------------------------------------------------------

    def _recorded(self, words: str, move_on: bool) -> None:
        self.list.tell(words)
        if move_on:
            self.list.table.select_next()

    def _mark_hits(self) -> None:
        self.case.case.set_hits(self.list.searched())

    def _enter_case(self, ticket_id: str) -> None:
        self.case.case.timeline.setFocus(Qt.FocusReason.TabFocusReason)

    def _down(self) -> None:
        self.list.table.select_next()

    def _up(self) -> None:
        self.list.table.select_row(max(0, self.list.table.currentIndex().row() - 1))

    def _next_pane(self) -> None:
        """F6: search, groups where there are any, list, case, and round again."""
        form = self.case.open_form()
        stops: list[QWidget] = [
            self.list.search,
            *([self.groups.table] if self.groups.by() else []),
            self.list.table,
            form.form if form else self.case.case.timeline,
        ]
        focused = self.focusWidget()
        place = next((i for i, w in enumerate(stops) if _holds(w, focused)), 0)
        target = stops[(place + 1) % len(stops)]
        if form is not None and target is form.form:
            target = next((f for f in form.form.fields if not f.isHidden()), target)
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def _print_case(self) -> None:
        if self.case.ticket_id():
            self.outputs.print_case(self.case.ticket_id())

    def _copy_number(self, number: str) -> None:
        QGuiApplication.clipboard().setText(number)
        self.list.tell(self.tr("Number {number} copied").format(number=number))

    def _row_menu(self, ticket_id: str, place: QPoint) -> None:
        several = ticket_id in self.list.table.selected_ids() and len(self.list.chosen(1)) > 1
        if not several:
            self.list.table.select_id(ticket_id)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if several and "officer" in self._desk.me.roles:
            menu.addAction(self.tr("Urge all chosen…")).triggered.connect(self.open_urge)
            menu.addAction(self.tr("Assign their return visits…")).triggered.connect(self.assign_visits)
            menu.addAction(self.tr("Have them looked after…")).triggered.connect(self.give_cases)
            menu.popup(place)
            return
        if "officer" in self._desk.me.roles:
            urge = menu.addAction(self.tr("Urge"))
            urge.triggered.connect(self.case.open_urge)
            urge.setEnabled(self.case.urge.isEnabled())
            menu.addAction(self.tr("Supervision notice")).triggered.connect(self.case.open_notice)
            menu.addAction(self.tr("Register finding")).triggered.connect(self.case.ask_finding)
            menu.addSeparator()
        if _MAY_GIVE.intersection(self._desk.me.roles):
            menu.addAction(self.tr("Have it looked after…")).triggered.connect(self.give_cases)
        menu.addAction(self.tr("Add a note…")).triggered.connect(self.case.open_note)
        menu.addAction(self.tr("Print the case…")).triggered.connect(self._print_case)
        menu.popup(place)

    def _list_menu(self) -> None:
        menu = self.outputs.menu(self)
        button = self.list.menu_button
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))
