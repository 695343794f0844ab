"""The promised calls of a day or a week: read at a glance, opened with Enter, moved with Shift and the arrows.

A move is judged by the attempt rules while it is made and recorded only when it is confirmed. Knows no queue.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.domain.calendar import day_kind
from desktop.models.domain.changes import Changes
from desktop.models.domain.return_visits import band_of, may_book
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.return_visits import schedule_visit
from desktop.services.queries.booked_calls import CALL, BookedDays, booked_days
from desktop.services.queries.visits import VisitInHand, visit_in_hand
from desktop.views.common import case_words
from desktop.views.common.buttons import ActionBar, IconButton
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.fields import CheckField
from desktop.views.common.layouts import hairline
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words

from . import visit_words
from .booking_grid import BookingGrid


class CalendarView(QWidget):
    """See the module. ``left``: back to the queue; ``opened`` carries the visit to look at; ``told`` words."""

    left = Signal()
    opened = Signal(str)
    told = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._first = desk.now().date()
        self._shown: BookedDays | None = None
        self._in_hand: VisitInHand | None = None
        self._to: datetime | None = None
        self.span = SegmentedChoice("", [("day", self.tr("Day")), ("week", self.tr("Week"))], numbers=False)
        self.span.set_value("week")
        self.span.setAccessibleName(self.tr("Day or week"))
        self.span.changed.connect(self._span_changed)
        self._title = PlainLabel(kind="strong")
        self._beyond = PlainLabel(kind="small", tone="secondary")
        self.grid = BookingGrid()
        self.grid.setAccessibleName(self.tr("Calendar of booked calls"))
        self.words = PlainLabel(wrap=True)
        self.verdict = PlainLabel(kind="small", tone="overdue", wrap=True)
        self.named = CheckField(self.tr("The citizen named this time"))
        self.named.changed.connect(self._judge)
        self.bar = ActionBar()
        self.move_there = self.bar.add(
            self.tr("Move the booking"), self.confirm, kind="primary", hint="Enter"
        )
        self.stay = self.bar.add(self.tr("Leave it"), self.leave_move, hint="Esc")
        self.open = self.bar.add(self.tr("Open"), self._open_current, icon="external-link", hint="Enter")
        self._lay_out()
        grid = self.grid
        grid.chosen.connect(self._chosen)
        grid.opened.connect(self.opened)
        grid.moved.connect(self._move_by)
        grid.confirmed.connect(self.confirm)
        grid.turned.connect(self._turn)
        self._show_move()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 4)
        head.setSpacing(8)
        head.addWidget(PlainLabel(self.tr("Booked calls"), kind="title"))
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._beyond)
        head.addWidget(self.span)
        head.addWidget(IconButton("chevron-left", self.tr("Earlier"), hint="PgUp", on=self._earlier))
        head.addWidget(IconButton("calendar", self.tr("Today"), hint="Home", on=self._today))
        head.addWidget(IconButton("chevron-right", self.tr("Later"), hint="PgDn", on=self._later))
        head.addWidget(IconButton("x", self.tr("Back to the queue"), hint="Esc", on=self.close_view))
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self.bar)
        line.addWidget(self.named)
        line.addStretch(1)
        line.addWidget(
            PlainLabel(self.tr("Shift and the arrows move a booking."), kind="small", tone="faint")
        )
        for each in (self.words, self.verdict):
            foot.addWidget(each)
        foot.addLayout(line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.grid, 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)

    # -- what is shown -----------------------------------------------------------------------------------------

    def open_view(self) -> None:
        """Show the days around now."""
        self._to = None
        self._today()
        self.grid.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Ask again for the days shown."""
        first, days = self._first, self._days()
        self._desk.run_query(
            self, lambda r: booked_days(r, first, days), self._loaded, slot="days", failed=self._failed
        )

    def _days(self) -> int:
        return 1 if self.span.value() == "day" else 7

    def _loaded(self, shown: BookedDays) -> None:
        self._shown = shown
        desk = self._desk
        rules = desk.profile.attempts
        hours = (
            rules.citizen_named.start.hour,
            rules.citizen_named.end.hour + (rules.citizen_named.end.minute > 0),
        )
        days = [shown.first + timedelta(days=n) for n in range(shown.days)]
        self._title.setText(f"{days[0]:%Y-%m-%d}" + (f" – {days[-1]:%m-%d}" if len(days) > 1 else ""))
        beyond = self.tr("{earlier} earlier · {later} later")
        self._beyond.setText(beyond.format(earlier=shown.earlier, later=shown.later))
        self._beyond.setVisible(bool(shown.earlier or shown.later))
        self.grid.show_days([(day, self._day_title(day)) for day in days], hours, shown.calls, desk.now())
        self._show_words()

    def _day_title(self, day: date) -> str:
        names = (
            self.tr("Mon"), self.tr("Tue"), self.tr("Wed"), self.tr("Thu"), self.tr("Fri"), self.tr("Sat"),
            self.tr("Sun"),
        )  # fmt: skip
        off = day_kind(self._desk.profile.calendar, day) == "holiday"
        holiday = " · " + self.tr("holiday") if off else ""
        return f"{names[day.weekday()]} {day:%m-%d}{holiday}"

    def _chosen(self, visit_id: str) -> None:
        self._to = None
        self._in_hand = None
        if visit_id:
            self._desk.run_query(self, lambda r: visit_in_hand(r, visit_id), self._call_loaded, slot="call")
        self._show_move()

    def _call_loaded(self, one: VisitInHand | None) -> None:
        self._in_hand = one
        self._show_move()

    def _show_words(self) -> None:
        call = self.grid.call()
        if call is None:
            self.words.setText(self.tr("Nothing is booked in these days."))
        else:
            row = call.row
            who = case_words.requester(row.requester_label, row.phone_tail, sample=row.sample)
            when = visit_words.when(self._desk.profile, call.at, self._desk.now())
            self.words.setText(" · ".join(part for part in (when, who, row.assigned_name, row.title) if part))
        self.grid.setAccessibleDescription(self.words.text())

    # -- moving ------------------------------------------------------------------------------------------------

    def _move_by(self, step: timedelta) -> None:
        call, one = self.grid.call(), self._in_hand
        if call is None or one is None:
            return
        start = self._to or call.at.replace(
            minute=call.at.minute - call.at.minute % 15, second=0, microsecond=0
        )
        self._to = start + step
        if not self._first <= self._to.date() < self._first + timedelta(days=self._days()):
            self._first = self._to.date() if self._days() == 1 else _monday(self._to.date())
            self.refresh()
        self._judge()

    def _judge(self) -> None:
        self._show_move()

    def refusal(self) -> str:
        """Why the call cannot go there, "" when it can or nothing is being moved."""
        if self._to is None or self._in_hand is None:
            return ""
        one, named = self._in_hand, self.named.value()
        allowed = may_book(
            self._desk.profile, one.visit, one.attempts, self._to, self._desk.now(), named_by_citizen=named
        )
        return visit_words.refusal(self._desk.profile, allowed, named=named)

    def _show_move(self) -> None:
        refused, moving = self.refusal(), self._to is not None
        self.grid.show_move(self._to, allowed=not refused)
        self.verdict.setText(refused)
        self.verdict.setVisible(bool(refused))
        self.move_there.set_reason(refused)
        for widget in (self.move_there, self.stay, self.named):
            widget.setVisible(moving)
        self.open.setVisible(not moving)
        self.open.set_reason("" if self.grid.call() is not None else self.tr("No call is chosen."))
        self._show_words()

    def confirm(self) -> None:
        """Record the move, if the rules permit it."""
        one, to = self._in_hand, self._to
        if one is None or to is None or self.refusal():
            return
        band = band_of(self._desk.profile, to)
        end = datetime.combine(to.date(), band.end, tzinfo=to.tzinfo) if band else to + CALL
        visit, named = one.visit, self.named.value()
        self._desk.run_command(
            self,
            lambda w: schedule_visit(
                w,
                visit.id,
                booked_at=to,
                booked_until=min(end, to + CALL),
                assigned_to=visit.assigned_to,
                named_by_citizen=named,
            ),
            self._moved,
            self._failed,
        )

    def _moved(self, changes: Changes) -> None:
        to, self._to = self._to, None
        if to is not None:
            words = self.tr("Moved to {time}.")
            self.told.emit(
                words.format(time=visit_words.when(self._desk.profile, to, self._desk.now())), "info"
            )
        call = self.grid.call()
        self._chosen(call.visit_id if call is not None else "")
        self.refresh()

    def leave_move(self) -> None:
        """The booking stays where it is."""
        self._to = None
        self._show_move()
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- turning pages -----------------------------------------------------------------------------------------

    def _turn(self, way: int) -> None:
        today = self._desk.now().date()
        if way:
            self._first += timedelta(days=way * self._days())
        else:
            self._first = today if self._days() == 1 else _monday(today)
        self.leave_move()
        self.refresh()

    def _earlier(self) -> None:
        self._turn(-1)

    def _later(self) -> None:
        self._turn(1)

    def _today(self) -> None:
        self._turn(0)

    def _span_changed(self) -> None:
        call = self.grid.call()
        day = call.at.date() if call is not None else self._desk.now().date()
        self._first = day if self._days() == 1 else _monday(day)
        self.leave_move()
        self.refresh()

    def _open_current(self) -> None:
        call = self.grid.call()
        if call is not None:
            self.opened.emit(call.visit_id)

    def close_view(self) -> None:
        """Escape: first out of a move, then back to the queue."""
        if self._to is not None:
            self.leave_move()
        else:
            self.left.emit()

    def _failed(self, error: DeskError) -> None:
        self.told.emit(error_words(error), "error")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
