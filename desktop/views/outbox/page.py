"""The outbox: every piece of unsent, refused or conflicting work in a sentence, and what can be done with it.

Left the list, right the chosen entry with the person's own words. Nothing typed is ever lost: discarding keeps a copy.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.base import Reader
from desktop.services.queries.outbox import OutboxRow, outbox_counts, outbox_rows
from desktop.views.common.buttons import Button
from desktop.views.common.columns import Column
from desktop.views.common.list_pane import ListPane
from desktop.views.common.page import Page
from desktop.views.common.panels import Splitter
from desktop.views.common.tables import ListTable
from desktop.views.common.words import connection_words, error_words
from desktop.views.outbox.entry_panel import EntryPanel
from desktop.views.outbox.entry_rows import EntryModel


def unsettled_count(r: Reader) -> int:
    """The number on the rail: what is not on the server yet, or waits for the person."""
    counts = outbox_counts(r)
    return counts.waiting + counts.to_settle


class OutboxPage(Page):
    """See the module's docstring."""

    #: Open the case of this ticket id.
    ticket_requested = Signal(str)
    #: How many entries are unsettled, whenever they were counted anew.
    count_changed = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Outbox"))
        self._desk = desk
        self._with_discarded = False
        self.model = EntryModel(self)
        self.table = ListTable(self._columns(), name=self.tr("Unsent work"), memory_key="outbox")
        self.table.setModel(self.model)
        self.table.set_empty(
            self.tr("Everything has arrived"),
            self.tr("What you record while the network is away waits here and goes out by itself."),
            "",
            "circle-check",
        )
        self.table.set_loading(True)
        self.list = ListPane(self.table)
        self.panel = EntryPanel(desk)
        self.discarded_button = Button(self.tr("Show discarded"), kind="quiet", on=self._toggle_discarded)
        self.discarded_button.setCheckable(True)
        self.toolbar.addWidget(self.discarded_button)
        split = Splitter()
        split.addWidget(self.list)
        split.addWidget(self.panel)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        split.setSizes([700, 440])
        self.body.addWidget(split)
        self.table.current_id_changed.connect(self._show_entry)
        self.table.activated_row.connect(self._enter)
        self.panel.done.connect(self.set_stale)
        self.panel.ticket_requested.connect(self.ticket_requested)
        self.listen(desk.changed, self._changed)
        self.listen(desk.connection_changed, self._connection_changed)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("light", "", "mark", width=28, sortable=False, required=True),
            Column(
                "what", self.tr("What"), "rich", stretch=True, min_width=220, sortable=False, required=True
            ),
            Column("standing", self.tr("Standing"), "secondary", width=230, sortable=False),
            Column("made", self.tr("Recorded"), "secondary", width=104, sortable=False),
        )

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet."""
        return (("Enter", self.tr("Into the entry")), ("F5", self.tr("Send now")))

    def open_entry(self, op_id: str) -> None:
        """Show one entry."""
        self.table.select_id(op_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        focused: QWidget | None = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        discarded = self._with_discarded
        self._desk.run_query(
            self, lambda r: outbox_rows(r, discarded=discarded), self._take, slot="rows", failed=self._failed
        )

    def _take(self, rows: tuple[OutboxRow, ...]) -> None:
        self.show_state("ready")
        self.table.set_loading(False)
        self.model.set_rows(rows, self._desk)
        unsettled = sum(row.standing != "discarded" for row in rows)
        self.set_count(unsettled)
        self.count_changed.emit(unsettled)
        if rows and not self.table.current_id():
            self.table.select_row(0)
        self._show_entry(self.table.current_id())

    def _failed(self, error: DeskError) -> None:
        self.show_state("error", "", error_words(error))

    def _show_entry(self, op_id: str) -> None:
        self.panel.show_entry(self.model.entry(op_id))

    def _enter(self, op_id: str) -> None:
        self.panel.setFocus()

    def _toggle_discarded(self) -> None:
        self._with_discarded = self.discarded_button.isChecked()
        self.set_stale()

    def _changed(self, changes: Changes) -> None:
        if changes.outbox or changes.everything:
            self.set_stale()

    def _connection_changed(self, connection: Connection) -> None:
        self.table.setAccessibleDescription(connection_words(connection))
        self.set_stale()
