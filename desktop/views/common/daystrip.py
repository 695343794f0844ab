"""A deadline explained day by day: a strip of cells, one a day, with what each day was, and labels below.

Fed with plain `Day` values. Kinds: counted, weekend, holiday, make_up (a weekend worked), paused, extended, plain
(neither counts nor excuses: after the due time), otherwise (another due day than the one that holds). Must not
reckon a calendar.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QBrush,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.views.common import theme
from desktop.views.common.text import elided, plain, plain_tooltip

DayKind = Literal["counted", "weekend", "holiday", "make_up", "paused", "extended", "plain", "otherwise"]

#: kind: (token of the ground, token of the figures)
_LOOK: Final[dict[str, tuple[str, str]]] = {
    "counted": ("accent_soft", "accent"),
    "make_up": ("accent_soft", "accent"),
    "weekend": ("sunken", "faint"),
    "holiday": ("sunken", "faint"),
    "paused": ("paused_soft", "paused"),
    "extended": ("due_soon_soft", "due_soon"),
    "plain": ("surface", "secondary"),
    "otherwise": ("due_soon_soft", "due_soon"),
}


@dataclass(frozen=True, slots=True)
class Day:
    """One day. `figure` stands in the cell ("18"), `label` below it ("due"), `why` in the tooltip, in words."""

    figure: str
    kind: DayKind = "counted"
    label: str = ""
    why: str = ""
    today: bool = False
    due: bool = False
    #: The light of the due day ("overdue", "due_soon", "normal").
    light: str = "normal"


class DayStrip(QWidget):
    """Cells of equal width that wrap onto further lines when there are many. The arrow keys go from day to day."""

    #: The day the keyboard is on, in words; "" when it has left.
    told = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._days: tuple[Day, ...] = ()
        self._current = -1
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        theme.bus().changed.connect(self._relay)

    def set_days(self, days: Sequence[Day]) -> None:
        """Show these days, oldest first."""
        self._days = tuple(
            Day(
                figure=plain(day.figure, 8, single_line=True),
                kind=day.kind,
                label=plain(day.label, 24, single_line=True),
                why=plain(day.why, 200, single_line=True),
                today=day.today,
                due=day.due,
                light=day.light,
            )
            for day in days
        )
        self._current = -1
        self.setAccessibleName(self._name)
        said = (f"{day.figure}: {day.why or day.label or day.kind}" for day in self._days)
        self.setAccessibleDescription("; ".join(said))
        self._relay()

    def days(self) -> tuple[Day, ...]:
        """What is shown, cleaned."""
        return self._days

    def _relay(self) -> None:
        self.updateGeometry()
        self.update()

    # -- geometry ----------------------------------------------------------------------------------------------

    def _cell(self) -> QSize:
        now = theme.current()
        return QSize(now.px(30), now.px(26))

    def _step(self) -> int:
        """From cell to cell."""
        return self._cell().width() + theme.current().px(3)

    def _across(self, width: int) -> int:
        return max(1, (width + theme.current().px(3)) // self._step())

    def _tops(self, width: int) -> list[int]:
        """Where each line begins, and where the last one ends; a line without labels takes no room for them."""
        now = theme.current()
        across, tops = self._across(width), [0]
        for first in range(0, len(self._days), across):
            labelled = any(day.label for day in self._days[first : first + across])
            below = now.metrics("pill").lineSpacing() + now.px(8) if labelled else now.px(4)
            tops.append(tops[-1] + self._cell().height() + below)
        return tops

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._tops(width)[-1]

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 100 else 380
        return QSize(200, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._step() * 4, self._cell().height() if self._days else 0)

    def _rects(self) -> list[QRect]:
        """Where the cells stand, in order."""
        across, tops, cell = self._across(self.width()), self._tops(self.width()), self._cell()
        return [
            QRect((place % across) * self._step(), tops[place // across], cell.width(), cell.height())
            for place in range(len(self._days))
        ]

    # -- keyboard ----------------------------------------------------------------------------------------------

    def set_current(self, place: int) -> None:
        """Move the keyboard to a day and have it read."""
        if not 0 <= place < len(self._days):
            return
        self._current = place
        day = self._days[place]
        said = day.why or day.label or day.figure
        self.setAccessibleName(f"{self._name}: {said}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.told.emit(said)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        across = self._across(self.width())
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: across,
            Qt.Key.Key_Up: -across,
            Qt.Key.Key_Home: -len(self._days),
            Qt.Key.Key_End: len(self._days),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.set_current(min(max(self._current + step, 0), len(self._days) - 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._current < 0:
            today = next((n for n, day in enumerate(self._days) if day.today), None)
            due = next((n for n, day in enumerate(self._days) if day.due), 0)
            self.set_current(due if today is None else today)
        else:
            self.set_current(self._current)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.told.emit("")
        self.update()

    # -- painting ----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rect, day in zip(self._rects(), self._days, strict=True):
            self._paint_day(painter, rect, day)
        self._paint_labels(painter)
        if self.hasFocus() and 0 <= self._current < len(self._days):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.current().color("accent"), 2))
            painter.drawRoundedRect(QRectF(self._rects()[self._current]), 5, 5)

    def _paint_day(self, painter: QPainter, rect: QRect, day: Day) -> None:
        now = theme.current()
        ground, figures = _LOOK[day.kind]
        cell = QRectF(rect).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if day.due:
            painter.setBrush(now.color(day.light))
            figures = "surface"
        else:
            painter.setBrush(now.color(ground))
        painter.drawRoundedRect(cell, 4, 4)
        if day.kind == "paused" and not day.due:
            painter.setBrush(QBrush(now.color("hairline"), Qt.BrushStyle.BDiagPattern))
            painter.drawRoundedRect(cell, 4, 4)
        if day.kind in ("make_up", "otherwise") and not day.due:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(now.color(figures), 1, Qt.PenStyle.DashLine))
            painter.drawRoundedRect(cell, 4, 4)
        if day.today:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(now.color("text"), 1.5))
            painter.drawRoundedRect(cell, 4, 4)
        painter.setFont(now.font("strong" if day.due or day.today else "small"))
        painter.setPen(now.color("text" if day.today and not day.due else figures))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), day.figure)
        if day.kind == "holiday" and not day.due:
            painter.setPen(QPen(now.color("faint"), 1))
            middle = rect.center().y() + 1
            painter.drawLine(rect.x() + now.px(7), middle, rect.right() - now.px(7), middle)

    def _paint_labels(self, painter: QPainter) -> None:
        """Labels stand centred below their cells; where two would touch, the due day and today have precedence."""
        now = theme.current()
        metrics = now.metrics("pill")
        painter.setFont(now.font("pill"))
        cells = [(cell, day) for cell, day in zip(self._rects(), self._days, strict=True) if day.label]
        taken: list[QRect] = []
        for cell, day in sorted(cells, key=lambda one: not (one[1].due or one[1].today)):
            shown = elided(metrics, day.label, now.px(96))
            wide = metrics.horizontalAdvance(shown)
            left = min(max(0, cell.center().x() - wide // 2), max(0, self.width() - wide))
            room = QRect(left, cell.bottom() + now.px(3), wide + now.px(4), metrics.height())
            if any(room.intersects(other) for other in taken):
                continue
            taken.append(room)
            painter.setPen(now.color(day.light if day.due else "text" if day.today else "secondary"))
            painter.drawText(left, room.y() + metrics.ascent(), shown)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for cell, day in zip(self._rects(), self._days, strict=True):
                if cell.contains(event.pos()) and (day.why or day.label):
                    QToolTip.showText(event.globalPos(), plain_tooltip(day.why or day.label), self)
                    return True
            QToolTip.hideText()
            return True
        return super().event(event)
