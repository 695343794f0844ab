"""A short list with one thing beside it and the case it is about: how pages of few lines are laid out.

Derived pages say what stands in the lines and what the thing looks like. Owns when to ask again; must not know what a
line is about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.models.domain.changes import Changes
from desktop.models.items.frozen import FrozenModel, FrozenRow
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.base import Reader
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common.bars import NoticeBar
from desktop.views.common.case_view import CaseView
from desktop.views.common.columns import Column
from desktop.views.common.list_pane import ListPane
from desktop.views.common.page import Page
from desktop.views.common.panels import SidePanel, Splitter
from desktop.views.common.states import StateView
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words


class Found(NamedTuple):
    """One thing and its case, None where it is about none."""

    key: str
    thing: object
    panel: TicketPanel | None


class PairedPage(Page):
    """Derive: override `lines`, `one`, `show_thing`, `queue_title` and `empty_words`; put cards into `cards`."""

    #: Open the case of this ticket id.
    ticket_requested = Signal(str)
    #: Another queue is shown: its key.
    queue_changed = Signal(str)

    TYPES: tuple[str, ...] = ()
    """Types of rows whose change makes the list stale."""

    def __init__(
        self,
        desk: Desk,
        queues: tuple[str, ...],
        columns: tuple[Column, ...],
        name: str,
        memory_key: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self.desk = desk
        self._queues = queues
        self._queue = queues[0]
        self._wanted = self._shown = ""
        self.setAccessibleName(name)
        self.model = FrozenModel(len(columns), self)
        self.table = ListTable(columns, name=name, memory_key=memory_key)
        self.table.setModel(self.model)
        self.table.set_loading(True)
        self.list = ListPane(self.table)
        self.told = PlainLabel(kind="small", tone="secondary")
        self.list.footer.insertWidget(1, self.told, 1)
        self.trouble = NoticeBar(kind="error", dismissible=False)
        self.trouble.add_action(self.tr("Try again"), self.refresh)
        self.trouble.hide()
        self.panel = SidePanel(name)
        self.case = CaseView(desk)
        self.nothing = StateView()
        self.nothing.set_state(
            self.tr("Nothing chosen"), self.tr("Choose a line to see all that belongs to it."), "", "inbox"
        )
        for widget in (self.trouble, self.case, self.nothing):
            self.panel.body.addWidget(widget)
        self.panel.bar.add(self.tr("Open the case"), self.open_case, icon="external-link", hint="O")
        self.split = Splitter()
        self.split.addWidget(self.list)
        self.split.addWidget(self.panel)
        self.split.setStretchFactor(0, 5)
        self.split.setStretchFactor(1, 4)
        self.split.setSizes([680, 486])
        self.body.addWidget(self.split)
        self.table.current_id_changed.connect(self._choose)
        self.table.activated_row.connect(self.enter)
        self.listen(desk.changed, self._changed)
        self.listen(desk.identity_changed, self.set_stale)
        self.bind(("J", self._down), ("K", self._up), ("F6", self._next_pane))
        self.bind(("O", self.open_case), ("F12", self.open_case))
        self.name_queue()
        self.case.hide()
        self.panel.show_bar(False)

    # -- for the derived page ----------------------------------------------------------------------------------

    def lines(self, queue: str) -> Callable[[Reader], tuple[FrozenRow, ...]]:
        """The question for a queue's lines."""
        raise NotImplementedError

    def one(self, key: str) -> Callable[[Reader], Found | None]:
        """The question for one line's thing."""
        raise NotImplementedError

    def show_thing(self, found: Found | None) -> None:
        """Fill the cards."""
        raise NotImplementedError

    def queue_title(self, queue: str) -> str:
        """The queue's name."""
        raise NotImplementedError

    def empty_words(self, queue: str) -> str:
        """What an empty queue means."""
        raise NotImplementedError

    def enter(self, key: str) -> None:
        """Enter on a line."""
        raise NotImplementedError

    def add_card(self, card: QWidget) -> None:
        """Put a card above the case."""
        self.panel.body.insertWidget(self.panel.body.indexOf(self.case), card)

    def bind(self, *bindings: tuple[str, Callable[[], object]]) -> None:
        """Keys of the list; in a text they are letters."""
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, do in bindings:
            letter = len(keys) == 1
            QShortcut(QKeySequence(keys), self.table if letter else self, context=within).activated.connect(
                do
            )

    def tell(self, words: str) -> None:
        """Say it in the footer of the list."""
        self.told.setText(words)
        self.told.setAccessibleName(words)

    def say_trouble(self, error: DeskError) -> None:
        """A question was not answered."""
        self.table.set_failed()
        self.trouble.set_notice(error_words(error), "error")
        self.trouble.show()

    def step_on(self) -> None:
        """A thing is done: the next line, and the keyboard in the list."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- for the shell -----------------------------------------------------------------------------------------

    def queue(self) -> str:
        """The queue shown."""
        return self._queue

    def show_queue(self, key: str) -> None:
        """Show one of the queues by its key; unknown keys are ignored."""
        if key not in self._queues or key == self._queue:
            return
        self._queue = key
        self.table.set_loading(True)
        self.name_queue()
        self.queue_changed.emit(key)
        self.set_stale()

    def place(self) -> dict[str, str]:
        return {"line": self.table.current_id()}

    def return_to(self, place: dict[str, str]) -> None:
        self._wanted = place.get("line", "")
        self.set_stale()

    def shown(self) -> str:
        """The key of the thing on screen, "" for none: the current line's, as soon as it has been asked for."""
        return self._shown

    def show_line(self, key: str) -> None:
        """Make one line current, now or as soon as it is listed."""
        self._wanted = "" if self.table.select_id(key) else key

    # -- life --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        queue, ask = self._queue, self.lines(self._queue)
        self.desk.run_query(
            self, lambda r: (queue, ask(r)), self._take, slot="lines", failed=self.say_trouble
        )
        self._choose(self.table.current_id())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        focused: QWidget | None = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.set_stale()

    def name_queue(self) -> None:
        """The head of the page."""
        self.set_title(self.queue_title(self._queue))

    def open_case(self) -> None:
        """Show the case where cases are read."""
        panel = self.case.panel()
        if panel is not None and not self.case.isHidden():
            self.ticket_requested.emit(panel.ticket.id)

    def _changed(self, changes: Changes) -> None:
        if changes.concerns(*self.TYPES, "ticket"):
            self.set_stale()

    def _take(self, found: tuple[str, tuple[FrozenRow, ...]]) -> None:
        queue, rows = found
        if queue != self._queue:
            return
        self.trouble.hide()
        self.table.set_loading(False)
        self.table.set_empty(self.tr("Nothing here"), self.empty_words(queue), "", "circle-check")
        self.model.show(rows)
        self.set_count(len(rows))
        if self._wanted and self.table.select_id(self._wanted):
            self._wanted = ""
        elif rows and not self.table.current_id():
            self.table.select_row(0)
        self._choose(self.table.current_id())

    def _choose(self, key: str) -> None:
        if not key:
            self._show(None)
            return
        self.desk.run_query(self, self.one(key), self._take_one, slot="one", failed=self.say_trouble)

    def _take_one(self, found: Found | None) -> None:
        if found is None or found.key == self.table.current_id():
            self._show(found)

    def _show(self, found: Found | None) -> None:
        self._shown = found.key if found is not None else ""
        panel = found.panel if found is not None else None
        self.nothing.setVisible(found is None)
        self.case.setVisible(panel is not None)
        self.panel.show_bar(panel is not None)
        if panel is not None:
            self.case.set_panel(panel)
        self.show_thing(found)

    def _down(self) -> None:
        self.table.select_next()

    def _up(self) -> None:
        self.table.select_row(max(0, self.table.currentIndex().row() - 1))

    def _next_pane(self) -> None:
        if self.table.hasFocus():
            self.enter(self.table.current_id())
        else:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
