"""The outbox: what needs the person, what goes out by itself, and what was discarded, each in a sentence.

Left the list, right the chosen entry laid out for settling. Nothing typed is ever lost: a discard can be undone at once
and put back for 90 days.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.settling import put_back
from desktop.services.queries.base import Reader
from desktop.services.queries.outbox import OutboxCounts, OutboxRow, needs_you_on, outbox_counts, outbox_rows
from desktop.services.queries.settling_ways import Way
from desktop.views.common.bars import UndoBar
from desktop.views.common.columns import Column
from desktop.views.common.filters import SearchField
from desktop.views.common.list_pane import ListPane
from desktop.views.common.page import Page
from desktop.views.common.panels import Splitter
from desktop.views.common.tables import ListTable
from desktop.views.common.words import connection_words, error_words
from desktop.views.outbox import queues
from desktop.views.outbox.entry_rows import EntryModel
from desktop.views.outbox.settling_panel import DISCARD_KEY, MAIN_KEY, SettlingPanel
from desktop.views.outbox.ways import done_words

_UNDO_S = 10
_TOLD = ("ticket", "notice", "finding", "visit", "urge", "timeline_entry")
"""Rows of a case whose change may be what the entry shown is about."""


class OutboxPage(Page):
    """See the module's docstring."""

    #: Open the case of this ticket id.
    ticket_requested = Signal(str)
    #: Another queue is shown: its key.
    queue_changed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._queue = ""
        self._wanted = ""
        self._undoable = ""
        self._placed = False
        self.model = EntryModel(self)
        self.table = ListTable(self._columns(), name=self.tr("Unsent work"), memory_key="outbox")
        self.table.setModel(self.model)
        self.table.set_loading(True)
        self.list = ListPane(self.table)
        self.panel = SettlingPanel(desk)
        self.search = SearchField(self.tr("Search what was discarded  Ctrl+F"))
        self.search.searched.connect(self._searched)
        self.search.left_down.connect(self.focus_list)
        self.toolbar.addWidget(self.search)
        self.undo = UndoBar(self.list)
        self.undo.undone.connect(self._put_back)
        split = Splitter()
        split.addWidget(self.list)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([470, 690])
        self.body.addWidget(split)
        self.table.current_id_changed.connect(self.panel.show_entry)
        self.table.activated_row.connect(self._enter)
        self.panel.done.connect(self._done)
        self.panel.left.connect(self.focus_list)
        self.panel.entry_requested.connect(self.open_entry)
        self.panel.ticket_requested.connect(self.ticket_requested)
        self.listen(desk.changed, self._changed)
        self.listen(desk.connection_changed, self._connection_changed)
        for keys, do in (
            ("Ctrl+Return", self.panel.press_main),
            (MAIN_KEY, self.panel.press_main),
            (DISCARD_KEY, self.panel.press_discard),
            ("Ctrl+F", self._search),
        ):
            shortcut = QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )
            shortcut.activated.connect(do)
        self.show_queue("needs")

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("light", "", "mark", width=28, sortable=False, required=True),
            Column(
                "what", self.tr("What"), "rich", stretch=True, min_width=160, sortable=False, required=True
            ),
            Column("standing", self.tr("Standing"), "secondary", width=140, sortable=False),
            Column("made", self.tr("Recorded"), "secondary", width=92, sortable=False),
        )

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet."""
        return (
            ("Enter", self.tr("Into the entry")),
            ("Esc", self.tr("Back to the list")),
            (MAIN_KEY, self.tr("Do what the blue button says")),
            (DISCARD_KEY, self.tr("Discard; Ctrl+Z takes it back")),
            ("1 2 3", self.tr("Choose yours, theirs or another value")),
            ("Ctrl+F", self.tr("Search what was discarded")),
            ("F5", self.tr("Send now")),
        )

    # -- for the shell -----------------------------------------------------------------------------------------

    def queue(self) -> str:
        """The queue shown."""
        return self._queue

    def show_queue(self, key: str) -> None:
        """Show one of the queues by its key; unknown keys are ignored."""
        if queues.view_of(key) is None or key == self._queue:
            return
        self._queue = key
        self.set_title(queues.title_of(key))
        self.search.setVisible(key == "discarded")
        self.table.set_loading(True)
        self._show_empty()
        self.queue_changed.emit(key)
        self.set_stale()

    def open_needs(self) -> None:
        """What needs the person, from wherever they were told of it."""
        self.show_queue("needs")
        self.focus_list()

    def open_entry(self, key: str) -> None:
        """Show one entry, in whichever queue it is."""
        if not self.table.select_id(key):
            self._wanted = key
            self.show_queue("needs")
            self.set_stale()

    def place(self) -> dict[str, str]:
        return {"entry": self.table.current_id()}

    def return_to(self, place: dict[str, str]) -> None:
        self._placed = True
        self._wanted = place.get("entry", "")
        self.set_stale()

    def open_ticket_entries(self, ticket_id: str) -> None:
        """Show what needs the person on one case."""
        self.show_queue("needs")

        def keys(r: Reader) -> tuple[str, ...]:
            return needs_you_on(r, ticket_id)

        self._desk.run_query(self, keys, self._open_first, slot="ticket")

    def _open_first(self, keys: tuple[str, ...]) -> None:
        if keys:
            self.open_entry(keys[0])

    def focus_list(self) -> None:
        """The keyboard to the list."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- life --------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        focused: QWidget | None = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self._placed:
            self._placed = True
            self._desk.run_query(self, outbox_counts, self._place, slot="first")

    def hideEvent(self, event: QHideEvent) -> None:
        self.panel.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.undo.place()

    def _place(self, counted: OutboxCounts) -> None:
        """At first the queue that has something in it."""
        if self._queue == "needs" and not counted.to_settle and counted.waiting and not self._wanted:
            self.show_queue("waiting")

    def refresh(self) -> None:
        view, search = queues.view_of(self._queue), self.search.text().strip()
        if view is None:
            return

        def found(r: Reader) -> tuple[OutboxRow, ...]:
            return outbox_rows(r, view, search=search if view == "discarded" else "")

        self._desk.run_query(self, found, self._take, slot="rows", failed=self._failed)

    def _take(self, rows: tuple[OutboxRow, ...]) -> None:
        self.show_state("ready")
        self.table.set_loading(False)
        place = self.model.row_of(self.table.current_id())
        self.model.set_rows(rows, self._desk)
        self.set_count(len(rows) or None)
        if self.search.isVisible() and self.search.text():
            self.search.show_matches(self.tr("%n match(es)", "", len(rows)))
        else:
            self.search.show_matches("")
        if self._wanted and self.table.select_id(self._wanted):
            self._wanted = ""
        elif rows and self.model.row_of(self.table.current_id()) < 0:
            self.table.select_row(min(max(place, 0), len(rows) - 1))
        self.panel.show_entry(self.table.current_id() if rows else "")

    def _failed(self, error: DeskError) -> None:
        self.show_state("error", "", error_words(error))

    def _show_empty(self) -> None:
        if self._queue == "needs":
            self.table.set_empty(
                self.tr("Nothing needs you"),
                self.tr("Conflicts and refusals appear here, with your words and what can be done."),
                "",
                "circle-check",
            )
        elif self._queue == "waiting":
            self.table.set_empty(
                self.tr("Everything has arrived"),
                self.tr("What you record while the network is away waits here and goes out by itself."),
                "",
                "circle-check",
            )
        else:
            self.table.set_empty(
                self.tr("Nothing was discarded"),
                self.tr("What you discard or settle is kept here for 90 days and can be read again."),
                "",
                "trash-2",
            )

    def _changed(self, changes: Changes) -> None:
        shown = self.panel.matter() is not None and changes.concerns(*_TOLD)
        if changes.outbox or changes.everything or shown:
            self.set_stale()

    def _connection_changed(self, connection: Connection) -> None:
        self.table.setAccessibleDescription(connection_words(connection))
        self.panel.show_connection(connection)
        self.set_stale()

    # -- deeds -------------------------------------------------------------------------------------------------

    def _enter(self, key: str) -> None:
        self.panel.focus_first()

    def _search(self) -> None:
        self.show_queue("discarded")
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _searched(self, text: str) -> None:
        self.set_stale()

    def _done(self, key: str, way: Way) -> None:
        """Say what was done; a discard can be undone on the spot."""
        self.set_stale()
        self.focus_list()
        if way == "discard" and not key.startswith("lost:"):
            self._undoable = key
            self.undo.offer(done_words(way), _UNDO_S)

    def _put_back(self) -> None:
        key = self._undoable
        if key:
            self._undoable = ""
            self._wanted = key
            self._desk.run_command(self, lambda w: put_back(w, key), self._stale_now, self._refused)

    def _stale_now(self, changes: Changes) -> None:
        self.set_stale()

    def _refused(self, error: DeskError) -> None:
        self.panel.show_trouble(error)
