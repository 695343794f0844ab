"""The return-visit desk: on the left who is next and why, on the right one call on one screen.

Asks for the queue and my day, and keeps the two halves in step. What a call does is the pane's affair.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.my_day import MyDay, my_day
from desktop.services.queries.visits import VisitQueueRow, visit_queue
from desktop.views.common import case_words, theme
from desktop.views.common.bars import NoticeBar
from desktop.views.common.page import Page
from desktop.views.common.panels import Splitter
from desktop.views.common.words import error_words, why_not_online

from . import reasons, visit_words
from .call_pane import CallPane
from .call_session import SETTLE_MS
from .outcome_bar import OUTCOME_KEYS
from .queue_pane import QueuePane

_CONCERNS = ("visit", "attempt", "ticket")
_READY = ("booked", "overdue", "close_to_due", "new_band", "oldest")
_AGAIN_MS = 30_000
"""Time alone moves people in the queue: look again this often while the page is seen."""


class ReturnVisitsPage(Page):
    """See the module. The signals ask the shell for another page, with a ticket's id."""

    ticket_requested = Signal(str)
    finding_requested = Signal(str)
    notice_requested = Signal(str)
    #: Another filter of the queue is in force: its key, "" for all.
    queue_changed = Signal(str)

    def __init__(self, desk: Desk, *, settle_ms: int = SETTLE_MS, parent: QWidget | None = None) -> None:
        """``settle_ms``: how long a person is still held while the last record travels to the server."""
        super().__init__(parent=parent)
        self._desk = desk
        self.setAccessibleName(self.tr("Return visits"))
        self._recorded: tuple[str, ...] = ()
        self._by_program = False
        self._wanted = ""
        self.waiting = QueuePane()
        self.pane = CallPane(desk, settle_ms=settle_ms)
        self._bar = NoticeBar()
        self._bar.hide()
        self.notices.addWidget(self._bar)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.set_stale)
        self._splitter = Splitter()
        self._splitter.addWidget(self.waiting)
        self._splitter.addWidget(self.pane)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._parted = False
        self.body.addWidget(self._splitter)
        self._connect()

    def _connect(self) -> None:
        desk, pane, queue = self._desk, self.pane, self.waiting
        self.listen(desk.changed, self._desk_changed)
        self.listen(desk.connection_changed, self._connection_changed)
        self.listen(desk.identity_changed, self.set_stale)
        queue.chosen.connect(self._row_chosen)
        queue.table.clicked.connect(self._row_clicked)
        queue.taken.connect(self._take_row)
        queue.next_wanted.connect(self.take_next)
        queue.filter_changed.connect(self._filter_changed)
        pane.next_wanted.connect(self.take_next)
        pane.told.connect(self._tell)
        pane.settled.connect(self._bar.hide)
        pane.arrived.connect(self._arrived)
        pane.finished.connect(self._finished)
        pane.changed.connect(self._pane_changed)
        pane.ticket_requested.connect(self.ticket_requested)
        pane.notice_requested.connect(self.notice_requested)
        pane.finding_requested.connect(self.finding_requested)
        for keys in ("N", "Ctrl+N"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.take_next)
        QShortcut(QKeySequence("Escape"), self).activated.connect(self._escape)

    # -- what the shell asks -----------------------------------------------------------------------------------

    def queue(self) -> str:
        """The filter in force, "" for all."""
        key = self.waiting.filter.value()
        return "" if key == "all" else key

    def show_queue(self, key: str) -> None:
        """Show the queue through a filter."""
        self.waiting.set_filter(key)

    def open_ticket(self, ticket_id: str) -> None:
        """Look at the visit of a ticket, if it waits and nobody is in hand."""
        row = next((row for row in self.waiting.rows() if row.ticket_id == ticket_id), None)
        if row is not None and not self.pane.session.busy:
            self.waiting.set_filter("all")
            self.waiting.table.select_id(row.visit_id)

    def place(self) -> dict[str, str]:
        return {"visit": self.waiting.table.current_id()}

    def return_to(self, place: dict[str, str]) -> None:
        self._wanted = place.get("visit", "")
        self.set_stale()

    def help_keys(self) -> Sequence[tuple[str, str]]:
        """The keys of this page, for the help sheet."""
        return (
            (self.tr("Space, N, Ctrl+N"), self.tr("Take the next person")),
            ("Enter", self.tr("Take the chosen person")),
            ("D, Ctrl+D", self.tr("Call")),
            ("H, Ctrl+H", self.tr("Hang up")),
            ("1–9", self.tr("Answer the question and go on")),
            ("↑ ↓", self.tr("From question to question")),
            ("Ctrl+Enter", self.tr("Complete this visit")),
            *((key, visit_words.outcome_key(code)) for code, key in OUTCOME_KEYS),
            ("R, Ctrl+R", self.tr("Take the person again")),
            ("T, Ctrl+T", self.tr("Book the visit")),
            ("G, Ctrl+G", self.tr("Give the person back")),
            ("O, Ctrl+O", self.tr("Open the case")),
            ("Ctrl+E", self.tr("Show or hide request and answer")),
            ("Ctrl+PgDn, Ctrl+PgUp", self.tr("Next or previous matter of this person")),
        )

    def release(self) -> None:
        """Keep what was entered and let go; a person in hand stays so, for the page that comes next."""
        self._again.stop()
        self.pane.release()
        super().release()

    def refresh(self) -> None:
        """Ask for the queue, my day and the visits on screen again."""
        self._desk.run_query(self, visit_queue, self._queue_loaded, slot="queue", failed=self._queue_failed)
        self._desk.run_query(self, my_day, self._day_loaded, slot="day")
        self.pane.refresh_rows()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._again.start()
        if not self._parted:
            self._parted = True
            left = min(theme.current().px(452), round(self.width() * 0.385))
            self._splitter.setSizes([left, self.width() - left])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()

    # -- the queue ---------------------------------------------------------------------------------------------

    def take_next(self) -> None:
        """Take whoever is next."""
        if self.pane.currentWidget() is not self.pane.booking:
            self.pane.take()

    def _take_row(self, visit_id: str) -> None:
        if visit_id not in self.pane.session.open_ids():
            self.pane.take(visit_id)

    def _queue_loaded(self, rows: tuple[VisitQueueRow, ...]) -> None:
        desk, queue, first_time = self._desk, self.waiting, not self.waiting.table.current_id()
        self._by_program = True
        queue.show_queue(rows, desk.profile, desk.me.person_id, desk.now())
        if self._recorded:
            queue.select_first(self._recorded)
            self._recorded = ()
        elif self._wanted:
            queue.select_first((self._wanted,))
            self._wanted = ""
        elif first_time:
            queue.select_first()
        self._by_program = False
        self.pane.aftermath.set_next(self._next_words(rows))
        if self.pane.currentWidget() is self.pane.nothing:
            self.pane.preview(queue.table.current_id())

    def _filter_changed(self) -> None:
        self.queue_changed.emit(self.queue())

    def _queue_failed(self, error: DeskError) -> None:
        self.waiting.set_failed(error_words(error))

    def _day_loaded(self, day: MyDay) -> None:
        self.waiting.show_day(day)

    def _next_words(self, rows: Sequence[VisitQueueRow]) -> str:
        following = next((row for row in rows if row.standing.why in _READY), None)
        if following is None:
            return ""
        who = case_words.requester(following.requester_label, following.phone_tail, sample=following.sample)
        return f"{who}  ·  {visit_words.why_here(self._desk.profile, following, self._desk.now())}"

    def _row_chosen(self, visit_id: str) -> None:
        pane = self.pane
        if self._by_program and not pane.follows_selection:
            return
        if not pane.session.busy:
            pane.preview(visit_id)
        elif visit_id in pane.session.open_ids():
            pane.show_matter(visit_id)
        elif visit_id and not self._by_program:
            words = self.tr("You are with {person}: record the outcome, or give the person back.")
            self._tell(words.format(person=pane.person()), "info")

    def _row_clicked(self) -> None:
        """A click on the row that is current already brings its visit back on screen."""
        if not self.pane.session.busy and self.pane.currentWidget() is not self.pane.visit:
            self.pane.preview(self.waiting.table.current_id())

    # -- what the pane says ------------------------------------------------------------------------------------

    def _arrived(self, visit_id: str) -> None:
        self._by_program = True
        self.waiting.table.select_id(visit_id)
        self._by_program = False

    def _finished(self, visit_ids: tuple[str, ...]) -> None:
        """Go on to the next row once the queue has been read again."""
        self._recorded = visit_ids
        self.set_stale()
        self.waiting.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _pane_changed(self) -> None:
        session = self.pane.session
        self.waiting.set_in_hand(session.open_ids() if session.busy else ())
        why_not = reasons.not_to_take(self._desk, session, self.pane.person())
        self.waiting.set_reason(why_not, in_hand=session.busy)
        self.pane.aftermath.take_next.set_reason(why_not)

    def _escape(self) -> None:
        if self.pane.currentWidget() is self.pane.aftermath:
            self.pane.preview(self.waiting.table.current_id())
        else:
            self.pane.leave()

    # -- what happens elsewhere --------------------------------------------------------------------------------

    def _desk_changed(self, changes: Changes) -> None:
        if changes.concerns(*_CONCERNS):
            self.set_stale()

    def _connection_changed(self, connection: Connection) -> None:
        self.pane.update_reasons()

    def _tell(self, words: str, kind: str) -> None:
        self._bar.clear_actions()
        if kind == "lost":
            again = self._bar.add_action(self.tr("Take again"), self.pane.take_again)
            again.set_reason(why_not_online(self._desk.connection))
        self._bar.set_notice(words, "error" if kind == "error" else "info" if kind == "info" else "warn")
        self._bar.show()
