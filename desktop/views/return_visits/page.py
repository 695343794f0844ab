"""The return-visit desk: on the left who is next and why, on the right one call on one screen.

Asks for the queue and my day, and keeps the two halves in step. What a call does is the pane's affair.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.carried import first_of
from desktop.services.background.connection import Connection
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.booked_calls import soon
from desktop.services.queries.my_day import MyDay, my_day
from desktop.services.queries.visits import VisitQueueRow, visit_queue
from desktop.views.common import case_words, theme
from desktop.views.common.bars import NoticeBar
from desktop.views.common.page import Page
from desktop.views.common.panels import Splitter
from desktop.views.common.words import error_words, why_not_online

from . import reasons, visit_words
from .calendar_view import CalendarView
from .call_pane import CallPane
from .call_session import SETTLE_MS
from .outcome_bar import OUTCOME_KEYS
from .queue_pane import QueuePane
from .workload_view import WorkloadView

_CONCERNS = ("visit", "attempt", "ticket")
_READY = ("booked", "exception", "overdue", "close_to_due", "new_band", "oldest")
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
        self._reminded: set[str] = set()
        self._waits = ""
        self._reminder = NoticeBar()
        self._reminder.hide()
        self.notices.addWidget(self._reminder)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.set_stale)
        self._splitter = Splitter()
        self._splitter.addWidget(self.waiting)
        self._splitter.addWidget(self.pane)
        self._splitter.setStretchFactor(0, 0)
        self._splitter.setStretchFactor(1, 1)
        self._parted = False
        self.workload = WorkloadView(desk)
        self._views = QStackedWidget()
        self.calendar = CalendarView(desk)
        for view in (self._splitter, self.workload, self.calendar):
            self._views.addWidget(view)
        self.body.addWidget(self._views)
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
        queue.field_wanted.connect(self._take_along)
        queue.filter_changed.connect(self._filter_changed)
        pane.next_wanted.connect(self.take_next)
        pane.told.connect(self._tell)
        pane.settled.connect(self._bar.hide)
        pane.arrived.connect(self._arrived)
        pane.finished.connect(self._finished)
        pane.changed.connect(self._pane_changed)
        pane.visit.standing.holders.changed.connect(self._holders_changed)
        pane.ticket_requested.connect(self.ticket_requested)
        pane.notice_requested.connect(self.notice_requested)
        pane.finding_requested.connect(self.finding_requested)
        for keys in ("N", "Ctrl+N"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.take_next)
        queue.workload_wanted.connect(self.show_workload)
        self.workload.left.connect(self.show_calls)
        self.workload.told.connect(self._tell)
        queue.calendar_wanted.connect(self.show_calendar)
        self.calendar.left.connect(self.show_calls)
        self.calendar.told.connect(self._tell)
        self.calendar.opened.connect(self._open_booked)
        for key, within_a_field, deed in (
            ("L", "F12", self._take_along),
            ("W", "F11", self.show_workload),  # Ctrl+Shift+W and Ctrl+Shift+L are the window's own
            ("B", "Ctrl+Shift+B", self.show_calendar),
            ("S", "Ctrl+Shift+S", self._send_back),
        ):
            for keys in (key, within_a_field):
                QShortcut(QKeySequence(keys), self).activated.connect(deed)
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
            ("B, Ctrl+Shift+B", self.tr("Calendar of booked calls")),
            (self.tr("Shift and arrows"), self.tr("In the calendar: move the booking")),
            ("W, F11", self.tr("Workload: who has how much")),
            ("L, F12", self.tr("Take visits along, without a network")),
            ("X, Ctrl+Shift+X", self.tr("Ask for an exception, take over, or agree")),
            ("Y, Ctrl+Shift+Y", self.tr("Refuse the exception")),
            ("S, Ctrl+Shift+S", self.tr("After the call: send the case back for rework")),
            ("Ctrl+E", self.tr("Show or hide request and answer")),
            ("Ctrl+PgDn, Ctrl+PgUp", self.tr("Next or previous matter of this person")),
        )

    def release(self) -> None:
        """Keep what was entered and let go; a person in hand stays so, for the page that comes next."""
        self._again.stop()
        self.pane.visit.standing.holders.stop()
        self.pane.release()
        self.workload.release()
        super().release()

    def refresh(self) -> None:
        """Ask for the queue, my day and the visits on screen again."""
        self._desk.run_query(self, visit_queue, self._queue_loaded, slot="queue", failed=self._queue_failed)
        self._desk.run_query(self, my_day, self._day_loaded, slot="day")
        self.pane.refresh_rows()
        if self._views.currentWidget() is self.workload:
            self.workload.refresh()
        elif self._views.currentWidget() is self.calendar:
            self.calendar.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._again.start()
        self.pane.visit.standing.holders.start()
        if not self._parted:
            self._parted = True
            left = min(theme.current().px(452), round(self.width() * 0.385))
            self._splitter.setSizes([left, self.width() - left])

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._again.stop()
        self.pane.visit.standing.holders.stop()

    # -- queue and call, workload ------------------------------------------------------------------------------

    def show_calls(self) -> None:
        """Queue and call, as ever."""
        self._views.setCurrentWidget(self._splitter)
        self.waiting.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_workload(self) -> None:
        """Who has how much; not in the middle of a call."""
        if self._free():
            self._views.setCurrentWidget(self.workload)
            self.workload.open_view()

    def show_calendar(self) -> None:
        """What is booked when; not in the middle of a call."""
        if self._free():
            self._views.setCurrentWidget(self.calendar)
            self.calendar.open_view()

    def _open_booked(self, visit_id: str) -> None:
        self.show_calls()
        self.waiting.set_filter("all")
        self.waiting.table.select_id(visit_id)

    def _take_along(self) -> None:
        if self._free():
            self.show_calls()
            self.pane.open_field()

    def _free(self) -> bool:
        if self.pane.session.busy:
            words = self.tr("You are with {person}: record the outcome, or give the person back.")
            self._tell(words.format(person=self.pane.person()), "info")
        return not self.pane.session.busy

    # -- the queue ---------------------------------------------------------------------------------------------

    def take_next(self) -> None:
        """Take whoever is next; without a network, of those that were taken along."""
        self._views.setCurrentWidget(self._splitter)
        if self.pane.currentWidget() not in (self.pane.booking, self.pane.field):
            self.pane.take("" if self._desk.connection.online else self._first_carried())

    def _first_carried(self) -> str:
        ready = [row.visit_id for row in self.waiting.rows() if row.standing.why in _READY]
        return first_of(self._desk.online.carried, ready)

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
        self._holders_changed()
        self.pane.aftermath.set_next(self._next_words(rows))
        self._remind(rows)
        if self.pane.currentWidget() is self.pane.nothing:
            self.pane.preview(queue.table.current_id())

    def _remind(self, rows: Sequence[VisitQueueRow]) -> None:
        """Say once that somebody waits for a call that was promised for the next minutes."""
        row = soon(rows, self._desk.me.person_id, self._desk.now())
        key = "" if row is None else f"{row.visit_id} {row.standing.next_at}"
        if row is None or key in self._reminded or row.visit_id in self.pane.session.visit_ids:
            return
        self._reminded.add(key)
        self._waits = row.visit_id
        who = case_words.requester(row.requester_label, row.phone_tail, sample=row.sample)
        at = visit_words.when(self._desk.profile, row.standing.next_at or self._desk.now(), self._desk.now())
        words = self.tr("Promised for {time}: {who}")
        self._reminder.set_notice(words.format(time=at, who=who), "warn")
        self._reminder.clear_actions()
        self._reminder.add_action(self.tr("Show"), partial(self._open_booked, row.visit_id))
        self._reminder.show()

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
        if self._waits in session.visit_ids:
            self._reminder.hide()
        self.waiting.set_in_hand(session.open_ids() if session.busy else ())
        why_not = reasons.not_to_take(self._desk, session, self.pane.person(), self._first_carried())
        self.waiting.set_reason(why_not, in_hand=session.busy)
        self.pane.aftermath.take_next.set_reason(why_not)

    def _holders_changed(self) -> None:
        of = self.pane.visit.standing.holders.of
        held = {row.visit_id: holder for row in self.waiting.rows() if (holder := of(row.visit_id))}
        words = {visit_id: visit_words.holder(self._desk, holder) for visit_id, holder in held.items()}
        self.waiting.set_holders(words)

    def _send_back(self) -> None:
        if self.pane.currentWidget() is self.pane.aftermath:
            self.pane.aftermath.ask_rework()

    def _escape(self) -> None:
        if self._views.currentWidget() is self.workload:
            self.workload.close_view()
        elif self._views.currentWidget() is self.calendar:
            self.calendar.close_view()
        elif self.pane.currentWidget() is self.pane.aftermath:
            if self.pane.aftermath.leave():
                return
            self.pane.preview(self.waiting.table.current_id())
        else:
            self.pane.leave()

    # -- what happens elsewhere --------------------------------------------------------------------------------

    def _desk_changed(self, changes: Changes) -> None:
        if changes.concerns(*_CONCERNS):
            self.set_stale()

    def _connection_changed(self, connection: Connection) -> None:
        self.pane.visit.standing.holders.ask()
        self.pane.update_reasons()

    def _tell(self, words: str, kind: str) -> None:
        self._bar.clear_actions()
        if kind == "lost":
            again = self._bar.add_action(self.tr("Take again"), self.pane.take_again)
            again.set_reason(why_not_online(self._desk.connection))
        self._bar.set_notice(words, "error" if kind == "error" else "info" if kind == "info" else "warn")
        self._bar.show()
