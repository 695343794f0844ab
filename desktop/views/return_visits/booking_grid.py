"""Days as columns and hours as rows, with a block for each promised call. Paints and says which key meant what.

Texts are painted, never laid out: a title with markup stays a title. Moves nothing by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.services.queries.booked_calls import CALL, BookedCall
from desktop.views.common import case_words, theme
from desktop.views.common.text import plain

_HEAD = 34
_SIDE = 52
_STEP = timedelta(minutes=15)
_DAY = timedelta(days=1)
_GRACE = timedelta(minutes=10)
"""A call this little behind its time is not late yet; the queue says the same."""


class BookingGrid(QWidget):
    """See the module. ``chosen`` carries a visit, ``opened`` the one to open; ``moved`` by how much, as a timedelta.

    ``confirmed`` ends a move; ``turned`` asks for the days before (-1), after (1), or today (0).
    """

    chosen = Signal(str)
    opened = Signal(str)
    moved = Signal(object)
    confirmed = Signal()
    turned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._days: tuple[tuple[date, str], ...] = ()
        self._hours = (8, 21)
        self._calls: tuple[BookedCall, ...] = ()
        self._now: datetime | None = None
        self._current = ""
        self._ghost: datetime | None = None
        self._allowed = True
        theme.bus().changed.connect(self.update)

    def show_days(
        self,
        days: Sequence[tuple[date, str]],
        hours: tuple[int, int],
        calls: Sequence[BookedCall],
        now: datetime,
    ) -> None:
        """Show these days with their titles, from hour to hour."""
        self._days, self._hours, self._calls, self._now = tuple(days), hours, tuple(calls), now
        if self.call() is None:
            upcoming = next((c.visit_id for c in self._calls if c.at >= now), "")
            self._current = upcoming or (self._calls[0].visit_id if self._calls else "")
            self.chosen.emit(self._current)
        self.update()

    def call(self) -> BookedCall | None:
        """The call that is current."""
        return next((call for call in self._calls if call.visit_id == self._current), None)

    def select(self, visit_id: str) -> None:
        """Make a call current."""
        if visit_id != self._current:
            self._current = visit_id
            self.chosen.emit(visit_id)
            self.update()

    def show_move(self, at: datetime | None, *, allowed: bool = True) -> None:
        """Where the current call would go; None = nowhere."""
        self._ghost, self._allowed = at, allowed
        self.update()

    # -- keys and mouse ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        moves = {
            Qt.Key.Key_Up: -_STEP, Qt.Key.Key_Down: _STEP, Qt.Key.Key_Left: -_DAY, Qt.Key.Key_Right: _DAY,
        }  # fmt: skip
        if key in moves and (shift or self._ghost is not None):
            self.moved.emit(moves[Qt.Key(key)])
        elif key in moves:
            self._step(Qt.Key(key))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._ghost is not None:
                self.confirmed.emit()
            elif self._current:
                self.opened.emit(self._current)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.turned.emit(0)
        else:
            super().keyPressEvent(event)

    def _step(self, key: Qt.Key) -> None:
        """The next call in time, or the nearest one of the day before or after that has any."""
        here = self.call()
        if here is None:
            return
        ordered = list(self._calls)
        place = ordered.index(here)
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            place = min(max(place + (1 if key == Qt.Key.Key_Down else -1), 0), len(ordered) - 1)
            self.select(ordered[place].visit_id)
            return
        ahead = key == Qt.Key.Key_Right
        others = [
            c for c in ordered if (c.at.date() > here.at.date()) == ahead and c.at.date() != here.at.date()
        ]
        if others:
            day = (min if ahead else max)(c.at.date() for c in others)
            same = [c for c in others if c.at.date() == day]
            self.select(min(same, key=lambda c: abs(_minutes(c.at) - _minutes(here.at))).visit_id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        for call in self._calls:
            if self._block(call.at, call.lane, call.lanes).contains(event.position().toPoint()):
                self.select(call.visit_id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._current:
            self.opened.emit(self._current)

    # -- painting ----------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(theme.current().px(700), theme.current().px(420))

    def _column(self, day: date) -> QRect:
        px = theme.current().px
        place = next((i for i, (each, _) in enumerate(self._days) if each == day), -1)
        if place < 0:
            return QRect()
        width = (self.width() - px(_SIDE) - px(8)) / max(1, len(self._days))
        left = px(_SIDE) + round(place * width)
        return QRect(left, px(_HEAD), round(width), self.height() - px(_HEAD) - px(8))

    def _y(self, moment: datetime, column: QRect) -> int:
        first, last = self._hours
        part = (_minutes(moment) - first * 60) / ((last - first) * 60)
        return column.top() + round(min(max(part, 0.0), 1.0) * column.height())

    def _block(self, at: datetime, lane: int = 0, lanes: int = 1) -> QRect:
        column = self._column(at.date())
        if column.isNull():
            return QRect()
        width = (column.width() - 6) // lanes
        top = self._y(at, column)
        least = theme.current().px(20)
        return QRect(
            column.left() + 3 + lane * width, top, width - 2, max(least, self._y(at + CALL, column) - top)
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        for call in self._calls:
            self._paint_call(painter, call)
        if self._ghost is not None:
            self._paint_ghost(painter, self._ghost)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        look, px = theme.current(), theme.current().px
        painter.setFont(look.font("small"))
        middle = Qt.AlignmentFlag.AlignVCenter
        for day, title in self._days:
            column = self._column(day)
            today = self._now is not None and day == self._now.date()
            if today:
                painter.fillRect(column, look.soft("accent"))
            painter.setPen(look.color("accent" if today else "secondary"))
            head = QRect(column.left() + 6, 0, column.width() - 8, px(_HEAD))
            painter.drawText(
                head,
                middle,
                look.metrics("small").elidedText(title, Qt.TextElideMode.ElideRight, head.width()),
            )
            painter.setPen(QPen(look.color("hairline")))
            painter.drawLine(column.left(), column.top(), column.left(), column.bottom())
        if not self._days:
            return
        column = self._column(self._days[0][0])
        first, last = self._hours
        for hour in range(first, last + 1):
            y = column.top() + round((hour - first) / (last - first) * column.height())
            painter.setPen(QPen(look.color("hairline")))
            painter.drawLine(px(_SIDE), y, self.width() - px(8), y)
            painter.setPen(look.color("faint"))
            painter.drawText(
                QRect(0, y - px(8), px(_SIDE) - 8, px(16)),
                middle | Qt.AlignmentFlag.AlignRight,
                f"{hour:02}:00",
            )

    def _paint_call(self, painter: QPainter, call: BookedCall) -> None:
        look = theme.current()
        block = self._block(call.at, call.lane, call.lanes)
        late = self._now is not None and call.at < self._now - _GRACE
        light = "overdue" if late else "accent"
        current = call.visit_id == self._current
        painter.setBrush(look.soft(light))
        width = 2 if current else 1
        painter.setPen(QPen(look.color("accent" if current and self.hasFocus() else light), width))
        painter.drawRoundedRect(block.adjusted(0, 0, -1, -1), 4, 4)
        painter.setPen(look.color(light if late else "text"))
        painter.setFont(look.font("small"))
        inner = block.adjusted(6, 0, -4, 0)
        who = plain(
            call.row.requester_label or case_words.requester("", "", sample=False), 40, single_line=True
        )
        caller = plain(call.row.assigned_name, 20, single_line=True)
        words = " ".join(part for part in (f"{call.at:%H:%M}", who, f"· {caller}" if caller else "") if part)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, _elided(words, inner.width()))

    def _paint_ghost(self, painter: QPainter, at: datetime) -> None:
        look = theme.current()
        block = self._block(at)
        if block.isNull():
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(look.color("accent" if self._allowed else "overdue"), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(block.adjusted(0, 0, -1, -1), 4, 4)
        painter.setFont(look.font("pill"))
        painter.drawText(block.adjusted(6, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, f"→ {at:%H:%M}")


def _minutes(moment: datetime) -> int:
    return moment.hour * 60 + moment.minute


def _elided(words: str, width: int) -> str:
    return theme.current().metrics("small").elidedText(words, Qt.TextElideMode.ElideRight, width)
