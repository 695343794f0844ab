"""The unit's tickets: the list that officers have, and the case beside it, to read and to print.

A liaison changes no ticket; what the unit says goes through what is asked of it.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.filters import Queue
from desktop.services.queries.ticket_panel import TicketPanel, ticket_panel
from desktop.views.common.bars import NoticeBar
from desktop.views.common.case_view import CaseView
from desktop.views.common.panels import SidePanel, Splitter
from desktop.views.common.states import StateView
from desktop.views.common.ticket_list.outputs import ListOutputs
from desktop.views.common.ticket_list.ticket_pane import TicketPane
from desktop.views.common.words import error_words
from desktop.views.my_cases.apply_box import ApplyBox


class TicketsView(QWidget):
    """See the module's docstring."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ticket_id = ""
        self.list = TicketPane(desk)
        self.outputs = ListOutputs(desk, self.list, self)
        self.case = CaseView(desk)
        self.trouble = NoticeBar(kind="error")
        self.trouble.hide()
        self.nothing = StateView()
        self.nothing.set_state(
            self.tr("No ticket chosen"),
            self.tr("Choose one in the list to see its clocks and its history."),
            "",
            "inbox",
        )
        self.panel = SidePanel(self.tr("Case"))
        self.apply = ApplyBox(desk)
        for widget in (self.trouble, self.apply, self.case, self.nothing):
            self.panel.body.addWidget(widget)
        self.panel.bar.add(self.tr("Apply…"), self.apply.open_form, icon="file-check", hint="Y", keys="")
        self.panel.bar.add(self.tr("Print the case…"), self.print_case, icon="printer", hint="Ctrl+P")
        self.panel.bar.add(self.tr("Copy the number"), self.copy_number, icon="copy")
        self.split = Splitter()
        self.split.addWidget(self.list)
        self.split.addWidget(self.panel)
        self.split.setStretchFactor(0, 5)
        self.split.setStretchFactor(1, 3)
        self.split.setSizes([740, 430])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
        self._show(None)
        self.list.current_changed.connect(self._choose)
        self.list.entered.connect(self._enter)
        self.list.menu_wanted.connect(self._row_menu)
        self.list.menu_button.clicked.connect(self._list_menu)
        self.outputs.told.connect(self.list.tell)
        self.apply.applied.connect(self._applied)
        self.apply.closed.connect(self.list.focus_list)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys in ("Y", "F7"):
            QShortcut(QKeySequence(keys), self.list.table, self.apply.open_form, context=within)

    # -- what the page asks ------------------------------------------------------------------------------------

    def show_queue(self, queue: Queue) -> None:
        """Show a queue from the top."""
        self.list.show_queue(queue)

    def ticket_id(self) -> str:
        """The ticket chosen, "" for none."""
        return self._ticket_id

    def open_ticket(self, ticket_id: str) -> None:
        """Show one ticket: in the present list where it is there, else among all."""
        self.list.look_up(ticket_id)

    def refresh(self) -> None:
        """Ask for list and case again; place and selection stay."""
        self.list.refresh()
        self._fetch()

    def concerned(self, changes: Changes) -> bool:
        """Whether a commit may have changed the case on screen."""
        return self._ticket_id in changes.ticket_ids

    def next_pane(self) -> None:
        """F6: search, list, case, and round again."""
        if self.list.search.hasFocus():
            self.list.focus_list()
        elif self.list.table.hasFocus():
            self._enter(self._ticket_id)
        else:
            self.list.focus_search()

    def close_outputs(self) -> None:
        """End what is being written; before the page goes."""
        self.outputs.close()

    # -- the case ----------------------------------------------------------------------------------------------

    def _choose(self, ticket_id: str) -> None:
        self._ticket_id = ticket_id
        self.panel.area.verticalScrollBar().setValue(0)
        if ticket_id:
            self._fetch()
        else:
            self._show(None)

    def _fetch(self) -> None:
        ticket_id = self._ticket_id
        if ticket_id:
            self._desk.run_query(
                self, lambda r: ticket_panel(r, ticket_id), self._take, slot="case", failed=self._failed
            )

    def _take(self, panel: TicketPanel | None) -> None:
        if panel is None or panel.ticket.id == self._ticket_id:
            self._show(panel)

    def _show(self, panel: TicketPanel | None) -> None:
        self.trouble.hide()
        self.nothing.setVisible(panel is None)
        self.case.setVisible(panel is not None)
        self.panel.show_bar(panel is not None)
        self.apply.set_panel(panel)
        if panel is not None:
            self.case.set_panel(panel)

    def _failed(self, error: DeskError) -> None:
        self.trouble.set_notice(error_words(error), "error")
        self.trouble.show()

    # -- what the person does ----------------------------------------------------------------------------------

    def _applied(self, words: str) -> None:
        self.list.tell(words)
        self.list.focus_list()

    def print_case(self) -> None:
        """Ctrl+P."""
        if self._ticket_id:
            self.outputs.print_case(self._ticket_id)

    def copy_number(self) -> None:
        """The number of the case, for a letter or a call."""
        panel = self.case.panel()
        if panel is not None:
            QGuiApplication.clipboard().setText(panel.ticket.number)
            copied = self.tr("Number {number} copied")
            self.list.tell(copied.format(number=panel.ticket.number))

    def _enter(self, ticket_id: str) -> None:
        self.case.timeline.setFocus(Qt.FocusReason.TabFocusReason)

    def _row_menu(self, ticket_id: str, place: QPoint) -> None:
        self.list.table.select_id(ticket_id)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Print the case…")).triggered.connect(self.print_case)
        menu.addAction(self.tr("Copy the number")).triggered.connect(self.copy_number)
        menu.popup(place)

    def _list_menu(self) -> None:
        button = self.list.menu_button
        self.outputs.menu(self).popup(button.mapToGlobal(button.rect().bottomLeft()))
