"""The liaison's page: first what is asked of the unit, then the unit's tickets, each a queue of the rail.

Owns when to ask again. Must not know other pages.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.views.common.page import Page
from desktop.views.my_cases.asked_view import AskedView
from desktop.views.my_cases.pack_bar import PackBar
from desktop.views.my_cases.queues import ASKED, TICKETS
from desktop.views.my_cases.tickets_view import TicketsView

_TYPES = (
    "urge",
    "notice",
    "finding",
    "finding_reply",
    "inquiry",
    "ticket",
    "timeline_entry",
    "visit",
    "attachment",
    "transfer",
    "application",
)
_RELATIVE_TIMES_MS = 60_000
"""How often "3 hours left" is looked at again while the page is seen."""


class MyCasesPage(Page):
    """See the module's docstring."""

    #: Another queue is shown: its key, for whoever marks it.
    queue_changed = Signal(str)
    #: "Settle what needs me" on this ticket id.
    settle_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._queue = ASKED
        self.setAccessibleName(self.tr("My cases"))
        self.asked = AskedView(desk)
        self.tickets = TicketsView(desk)
        both = QWidget()
        self._stack = QStackedLayout(both)
        self._stack.addWidget(self.asked)
        self._stack.addWidget(self.tickets)
        self.pack = PackBar(desk)
        self.body.addWidget(self.pack)
        self.body.addWidget(both, 1)
        self._clock = QTimer(self)
        self._clock.setInterval(_RELATIVE_TIMES_MS)
        self._clock.timeout.connect(self.set_stale)
        self.listen(desk.changed, self._changed)
        self.listen(desk.identity_changed, self._identity_changed)
        self.asked.ticket_requested.connect(self.open_ticket)
        for view in (self.asked.case, self.tickets.case):
            view.settle_requested.connect(self.settle_requested)
        for keys, do in (
            ("F6", self._next_pane),
            ("Ctrl+P", self._print),
            ("Ctrl+T", self.pack.press_take),
        ):
            within = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(do)

    # -- for the shell -----------------------------------------------------------------------------------------

    def queue(self) -> str:
        """The queue shown."""
        return self._queue

    def show_queue(self, key: str) -> None:
        """Show what is asked, or one queue of the unit's tickets; unknown keys are ignored."""
        queue = next((q for q in TICKETS if q == key), None)
        if queue is None and key != ASKED:
            return
        self._turn_to(key)
        if queue is None:
            self.asked.focus_list()
        else:
            self.tickets.show_queue(queue)
            self.tickets.list.focus_list()

    def open_ticket(self, ticket_id: str) -> None:
        """Show one of the unit's tickets."""
        if self._queue == ASKED:
            self._turn_to("all")
            self.tickets.show_queue("all")
        self.tickets.open_ticket(ticket_id)
        self.tickets.list.focus_list()

    def place(self) -> dict[str, str]:
        if self._queue == ASKED:
            return {"ask": self.asked.table.current_id()}
        return {"ticket": self.tickets.ticket_id()}

    def return_to(self, place: dict[str, str]) -> None:
        if self._queue == ASKED and place.get("ask"):
            self.asked.show_ask(place["ask"])
        elif self._queue != ASKED and place.get("ticket"):
            self.tickets.open_ticket(place["ticket"])

    def show_ask(self, kind: str, entity_id: str) -> None:
        """Show one thing asked: "urge", "notice", "finding", "rectification" or "inquiry", and its id."""
        self._turn_to(ASKED)
        self.asked.show_ask(f"{kind}:{entity_id}")

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet: keys, and what they do."""
        return (
            ("Enter", self.tr("Write the answer")),
            ("Ctrl+Enter", self.tr("Record the answer")),
            ("F6", self.tr("List, answer")),
            ("Ctrl+F", self.tr("Search our tickets")),
            ("Y  F7", self.tr("Apply for an extension or a return")),
            ("Ctrl+P", self.tr("Print the case")),
            ("Ctrl+T", self.tr("Take files along, to read without a network")),
        )

    # -- life --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.pack.refresh()
        if self._queue == ASKED:
            self.asked.refresh()
        else:
            self.tickets.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()
        focused: QWidget | None = self.window().focusWidget()
        if self._queue == ASKED and (focused is None or not self.isAncestorOf(focused)):
            self.asked.focus_list()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._clock.stop()
        self.asked.answer.flush()
        self.set_stale()

    def release(self) -> None:
        self._clock.stop()
        self.asked.answer.flush()
        self.tickets.close_outputs()
        super().release()

    def _turn_to(self, key: str) -> None:
        self._queue = key
        if key != ASKED:
            self.asked.answer.flush()
        self._stack.setCurrentWidget(self.asked if key == ASKED else self.tickets)
        self.set_stale()
        self.queue_changed.emit(key)

    def _changed(self, changes: Changes) -> None:
        if changes.concerns(*_TYPES) or changes.outbox or self.tickets.concerned(changes):
            self.set_stale()

    def _identity_changed(self) -> None:
        self.tickets.list.learn_reference()
        self.set_stale()

    # -- keys --------------------------------------------------------------------------------------------------

    def _next_pane(self) -> None:
        if self._queue == ASKED:
            self.asked.next_pane()
        else:
            self.tickets.next_pane()

    def _print(self) -> None:
        if self._queue != ASKED:
            self.tickets.print_case()
