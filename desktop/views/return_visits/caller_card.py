"""The head of a call: why we call, whom (masked), what to mind, how the call stands, and the buttons of the line.

The telephone number is not here: it stays in the lease. Must not dial by itself.
"""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.background.desk import Desk
from desktop.services.queries.visits import VisitInHand
from desktop.views.common import case_words
from desktop.views.common.buttons import ActionBar
from desktop.views.common.icons import set_icon
from desktop.views.common.layouts import FlowLayout, discard, row
from desktop.views.common.pills import Pill
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import why_not_online

from . import visit_words
from .call_session import CallSession

_SECOND = 1_000


class CallerCard(QWidget):
    """See the module. The signals say which button was pressed, by mouse or by key."""

    dial_wanted = Signal()
    hang_up_wanted = Signal()
    take_wanted = Signal()
    again_wanted = Signal()
    give_back_wanted = Signal()
    book_wanted = Signal()
    case_wanted = Signal()

    def __init__(self, desk: Desk, session: CallSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._why = PlainLabel(tone="secondary")
        self._person = PlainLabel(kind="title")
        self._tags = QWidget()
        self._tag_row = FlowLayout(self._tags, gap=6)
        self._care = PlainLabel(kind="strong", tone="due_soon")
        self._holder = Pill("", "accent", self, mark=False)
        self._state = PlainLabel(tone="secondary")
        self._timer = PlainLabel("00:00", kind="number")
        self._practice = Pill("", "pending", self, mark=False)
        self.bar = ActionBar()
        self.dial = self.bar.add(
            self.tr("Call"), self.dial_wanted.emit, icon="phone", hint="D", keys="Ctrl+D"
        )
        self.hang_up = self.bar.add(
            self.tr("Hang up"), self.hang_up_wanted.emit, icon="phone-off", hint="H", keys="Ctrl+H"
        )
        self.take = self.bar.add(self.tr("Take"), self.take_wanted.emit, icon="user-check", hint="Enter")
        self.again = self.bar.add(
            self.tr("Take again"), self.again_wanted.emit, icon="user-check", hint="R", keys="Ctrl+R"
        )
        self.again.hide()
        self.give_back = self.bar.add(
            self.tr("Give back"), self.give_back_wanted.emit, icon="undo-2", hint="G", keys="Ctrl+G"
        )
        self.book = self.bar.add(
            self.tr("Book…"), self.book_wanted.emit, icon="calendar-clock", hint="T", keys="Ctrl+T"
        )
        self.case = self.bar.add(
            self.tr("Open the case"), self.case_wanted.emit, icon="external-link", hint="O", keys="Ctrl+O"
        )
        self._tick = QTimer(self)
        self._tick.setInterval(_SECOND)
        self._tick.timeout.connect(self._show_time)
        self._lay_out()
        session.changed.connect(self.show_call)

    def _lay_out(self) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        reason = row(self._why, gap=12)
        reason.addStretch(1)
        reason.addWidget(self._holder, 0, middle)
        person = QHBoxLayout()
        person.setSpacing(8)
        for widget in (self._person, self._tags, self._care):
            person.addWidget(widget, 0, middle)
        person.addStretch(1)
        call = QHBoxLayout()
        call.setSpacing(8)
        call.addWidget(self.bar, 1)
        for widget in (self._practice, self._state, self._timer):
            call.addWidget(widget, 0, middle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 8, 16, 8)
        whole.setSpacing(6)
        whole.addLayout(reason)
        whole.addLayout(person)
        whole.addLayout(call)

    # -- the person --------------------------------------------------------------------------------------------

    def show_visit(self, in_hand: VisitInHand) -> None:
        """Show whom this visit is about."""
        ticket = in_hand.ticket
        self._why.setText(visit_words.why_we_call(self._desk.profile, in_hand, self._desk.now()))
        sample = "requester" in ticket.sample_fields
        self._person.setText(case_words.requester(ticket.requester_label, ticket.phone_tail, sample=sample))
        self._show_tags(in_hand)
        self.show_call()

    def _show_tags(self, in_hand: VisitInHand) -> None:
        while (item := self._tag_row.takeAt(0)) is not None:
            discard(item.widget())
        hints = []
        tags = [("paused", case_words.level(in_hand.visit.level))]
        for flag in in_hand.ticket.care_flags:
            word, hint = visit_words.care_flag(flag)
            tags.append(("due_soon", word))
            hints.append(hint)
        for light, word in tags:
            if word:
                self._tag_row.addWidget(Pill(word, light, self._tags, mark=False))
        self._tags.setVisible(any(word for _, word in tags))
        hints.append(
            visit_words.duty_numbers(self._desk.profile, in_hand.ticket.care_flags, self._desk.language)
        )
        care = " ".join(hint for hint in hints if hint)
        self._care.setText(care)
        self._care.setVisible(bool(care))

    # -- the call ----------------------------------------------------------------------------------------------

    def show_call(self) -> None:
        """Show how the call stands: word, time, whose it is."""
        state, line = self._session.state, self._desk.line
        words = {
            "claiming": self.tr("One moment…"),
            "dialling": self.tr("Dialling…"),
            "ringing": self._ringing_words(),
            "talking": self.tr("In conversation"),
            "ended": self._ended_words(),
        }
        self._state.setText(words.get(state, ""))
        self._timer.setVisible(state == "talking" or (state == "ended" and bool(self._session.talked())))
        self._practice.set_state(
            self.tr("Practice line") if line is not None and line.practice and self._session.busy else "",
            "pending",
        )
        self._holder.set_state(self._holder_words(), "accent")
        # The one thing to do next stands out: take or call somebody, then complete.
        first = state == "held"
        self.dial.set_kind("primary" if first else "")
        set_icon(self.dial, "phone", "on_accent" if first else "secondary")
        self._run_timer()
        self._show_time()

    def show_buttons(self, *, dial: str, take: str, book: str, case: bool) -> None:
        """Bring the buttons in line with the call: the reasons against each, "" for none, and which there are."""
        session = self._session
        self.dial.set_reason(dial)
        self.take.set_reason(take)
        self.book.set_reason(book)
        self.again.set_reason(why_not_online(self._desk.connection))
        self.dial.setVisible(not session.on_the_line)
        self.hang_up.setVisible(session.on_the_line)
        self.take.setVisible(not session.busy)
        self.book.setVisible(not session.busy)
        self.again.setVisible(session.lease_lost)
        self.give_back.setVisible(session.state == "held" and not session.must_record_first())
        self.case.setVisible(case)

    def _ringing_words(self) -> str:
        line = self._desk.line
        if line is not None and not line.observes:
            return self.tr("Handed to the telephone program")
        return self.tr("Ringing…")

    def _ended_words(self) -> str:
        if self._session.observed in ("", "answered"):
            return self.tr("Call ended")
        ended = self.tr("Call ended: {outcome}")
        return ended.format(outcome=visit_words.outcome_key(self._session.observed))

    def _holder_words(self) -> str:
        session = self._session
        if not session.busy or session.state == "claiming" or session.lease_lost:
            return ""
        mine = self.tr("{name} is calling")
        return mine.format(name=self._desk.me.name)

    def _show_time(self) -> None:
        seconds = max(0, int(self._session.talked() / timedelta(seconds=1)))
        hours, rest = divmod(seconds, 3600)
        minutes, left = divmod(rest, 60)
        self._timer.setText(f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes:02}:{left:02}")

    def _run_timer(self) -> None:
        if self._session.state == "talking" and self.isVisible():
            self._tick.start()
        else:
            self._tick.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._run_timer()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tick.stop()
