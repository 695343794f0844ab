"""A case's timeline, painted: one line down the left, a mark for each entry, time, actor, title, body.

Fed with plain `Entry` values, newest or oldest first as the page likes. It takes the height its entries need (put it
into a scrolling panel) and paints only what is exposed, so that 500 entries cost no more than ten. Text is plain.
Up and Down move from entry to entry, Enter opens one, Ctrl+C copies it. Must not format times or decide an order.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QStaticText,
    QTextOption,
    QTransform,
)
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from desktop.views.common import clipboard, theme, tokens
from desktop.views.common.icons import paint_icon
from desktop.views.common.pills import MARK, paint_mark
from desktop.views.common.text import elided, plain

_BODY_LIMIT: Final = 1_500
_LINES: Final = 60
_HEAD_LIMIT: Final = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened, in finished words. `role` is a light or text role, `icon` replaces the plain dot."""

    id: str
    time: str
    title: str
    actor: str = ""
    body: str = ""
    role: str = "secondary"
    icon: str = ""
    #: Not yet on the server: drawn in the pending colour with its mark, and `pending_word` behind the title.
    pending: bool = False
    openable: bool = False


class Timeline(QWidget):
    """Paints entries. `set_entries` replaces them; the entry under the keyboard stays by its id."""

    #: Enter or a double click on an openable entry: its id.
    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[Entry, ...] = ()
        self._tops: list[int] = [0]
        self._bodies: list[QStaticText | None] = []
        self._laid: dict[tuple[str, int], QStaticText | None] = {}
        self._width = -1
        self._current = -1
        self._ring = False
        self._name = name
        self._pending_word = self.tr("waiting to be sent")
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.bus().changed.connect(self._relay)

    # -- entries -----------------------------------------------------------------------------------------------

    def set_entries(self, entries: Sequence[Entry]) -> None:
        """Show these, in this order."""
        kept = self._entries[self._current].id if 0 <= self._current < len(self._entries) else ""
        self._entries = tuple(_cleaned(entry) for entry in entries)
        self._current = next((i for i, entry in enumerate(self._entries) if entry.id == kept), -1)
        self.setAccessibleDescription("\n".join(self._said(i) for i in range(min(20, len(self._entries)))))
        self._relay()

    def entries(self) -> tuple[Entry, ...]:
        """What is shown, cleaned."""
        return self._entries

    def _said(self, row: int) -> str:
        """An entry in one piece, for a screen reader and the clipboard."""
        entry = self._entries[row]
        waiting = f" ({self._pending_word})" if entry.pending else ""
        head = "  ".join(part for part in (entry.time, entry.actor, entry.title + waiting) if part)
        return f"{head}\n{entry.body}" if entry.body else head

    # -- geometry ----------------------------------------------------------------------------------------------

    def _relay(self) -> None:
        self._width = -1
        self._laid.clear()
        self.updateGeometry()
        self.update()

    def _left(self) -> int:
        return theme.current().px(28)

    def _text_width(self, width: int) -> int:
        measure = theme.current().metrics().horizontalAdvance("国") * tokens.MEASURE
        return max(40, min(width - self._left() - theme.current().px(8), measure))

    def _lay(self, width: int) -> None:
        """Reckon where each entry begins; only when width, theme or entries changed."""
        if width == self._width:
            return
        self._width = width
        now = theme.current()
        room = self._text_width(width)
        bare = now.metrics("strong").lineSpacing() + now.metrics("small").lineSpacing() + now.px(14)
        if len(self._laid) > 4 * len(self._entries) + 16:
            self._laid.clear()  # a layout asks for two or three widths in turn: more are past ones
        self._bodies = [self._body(entry.body, room) for entry in self._entries]
        tops = [0]
        for body in self._bodies:
            below = now.px(2) + round(body.size().height()) if body is not None else 0
            tops.append(tops[-1] + bare + below)
        self._tops = tops

    def _body(self, body: str, room: int) -> QStaticText | None:
        """Laid out once a width: letters that need other fonts take a hundred times as long as Chinese ones."""
        key = (body, room)
        if key not in self._laid:
            self._laid[key] = _laid_out(body, room)
        return self._laid[key]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._lay(width)
        return self._tops[-1]

    def sizeHint(self) -> QSize:
        width = self.width() if self.width() > 100 else 400
        return QSize(240, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(self.width())

    def entry_rect(self, row: int) -> QRect:
        """Where an entry stands in the widget."""
        self._lay(self.width())
        return QRect(0, self._tops[row], self.width(), self._tops[row + 1] - self._tops[row])

    def _row_at(self, y: int) -> int:
        return min(bisect_right(self._tops, y) - 1, len(self._entries) - 1)

    # -- painting ----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._entries:
            return
        self._lay(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        dirty = event.rect()
        for row in range(max(0, self._row_at(dirty.top())), len(self._entries)):
            if self._tops[row] > dirty.bottom():
                break
            self._paint_entry(painter, row)

    def _paint_entry(self, painter: QPainter, row: int) -> None:
        now = theme.current()
        entry = self._entries[row]
        place = self.entry_rect(row)
        left, room = self._left(), self._text_width(self.width())
        title, small = now.metrics("strong"), now.metrics("small")
        y = place.y() + now.px(4)
        self._paint_mark(painter, row, QRect(0, y, now.px(20), title.lineSpacing()))
        role = "pending" if entry.pending else "text"
        painter.setFont(now.font("strong"))
        painter.setPen(now.color(role))
        suffix = f" · {self._pending_word}" if entry.pending else ""
        line = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(
            Qt.TextFlag.TextSingleLine
        )
        painter.drawText(
            QRect(left, y, room, title.lineSpacing()), line, elided(title, entry.title + suffix, room)
        )
        y += title.lineSpacing()
        painter.setFont(now.font("small"))
        painter.setPen(now.color("secondary"))
        under = " · ".join(part for part in (entry.time, entry.actor) if part)
        painter.drawText(QRect(left, y, room, small.lineSpacing()), line, elided(small, under, room))
        y += small.lineSpacing()
        body = self._bodies[row]
        if body is not None:
            painter.setFont(now.font("body"))
            painter.setPen(now.color("text"))
            painter.drawStaticText(QPoint(left, y + now.px(2)), body)
        if row == self._current and self._ring and self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(now.color("accent"), 2))
            ring = QRectF(place).adjusted(left - now.px(6), 1, -1, -now.px(4))
            painter.drawRoundedRect(ring, tokens.RADIUS, tokens.RADIUS)

    def _paint_mark(self, painter: QPainter, row: int, place: QRect) -> None:
        """The line through the marks, and the entry's own mark on it."""
        now = theme.current()
        entry = self._entries[row]
        middle = place.center().x()
        half = now.px(MARK)
        painter.setPen(QPen(now.color("hairline"), 1))
        if row > 0:
            painter.drawLine(middle, self._tops[row], middle, place.center().y() - half)
        if row < len(self._entries) - 1:
            painter.drawLine(middle, place.center().y() + half, middle, self._tops[row + 1])
        if entry.pending:
            paint_mark(painter, place, "pending")
        elif entry.icon:
            paint_icon(painter, entry.icon, place.adjusted(1, 1, -1, -1), entry.role)
        elif entry.role in tokens.LIGHT_TOKENS:
            paint_mark(painter, place, entry.role)
        else:
            side = now.px(7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color("faint"))
            painter.drawEllipse(
                QRectF(middle - side / 2 + 0.5, place.center().y() - side / 2 + 0.5, side, side)
            )

    # -- keyboard and pointer ----------------------------------------------------------------------------------

    def set_current(self, row: int) -> None:
        """Move the keyboard to an entry, scroll it into view and have it read."""
        if not 0 <= row < len(self._entries):
            return
        self._take(row)
        area = self._scroll_area()
        if area is not None:
            place = self.entry_rect(row)
            inside = self.mapTo(area.widget(), QPoint(0, place.top()))
            area.ensureVisible(0, inside.y(), 0, 8)
            area.ensureVisible(0, inside.y() + min(place.height(), area.viewport().height() - 16), 0, 8)
        self.update()

    def _take(self, row: int) -> None:
        """Make an entry the current one and have it read, without moving anything."""
        self._current = row
        self.setAccessibleName(f"{self._name}: {self._said(row)}"[:_BODY_LIMIT])
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _scroll_area(self) -> QScrollArea | None:
        above: QWidget | None = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        return above

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        self._ring = True
        if event.matches(QKeySequence.StandardKey.Copy) and self._current >= 0:
            clipboard.copy_out(self, self._said(self._current), detail="timeline")
        elif key == Qt.Key.Key_Down:
            self.set_current(min(self._current + 1, len(self._entries) - 1))
        elif key == Qt.Key.Key_Up:
            self.set_current(max(self._current - 1, 0))
        elif key == Qt.Key.Key_Home:
            self.set_current(0)
        elif key == Qt.Key.Key_End:
            self.set_current(len(self._entries) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._current)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        reason = event.reason()
        if reason in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._ring = True
        if reason != Qt.FocusReason.MouseFocusReason and self._current < 0 and self._entries:
            self._take(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._ring = False
        self._current = self._row_at(round(event.position().y()))
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self._open(self._row_at(round(event.position().y())))

    def _open(self, row: int) -> None:
        if 0 <= row < len(self._entries) and self._entries[row].openable:
            self.opened.emit(self._entries[row].id)


def _laid_out(body: str, room: int) -> QStaticText | None:
    """The body broken into lines: between words, or anywhere in a word that is wider than the column."""
    if not body:
        return None
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    laid = QStaticText(body.replace("\n", "\u2028"))  # plain text there knows no line feed
    laid.setTextFormat(Qt.TextFormat.PlainText)
    laid.setTextOption(option)
    laid.setTextWidth(room)
    laid.prepare(QTransform(), theme.current().font("body"))
    return laid


def _few_lines(body: str) -> str:
    """A body that is mostly line feeds takes as little room as any other."""
    lines = body.split("\n", _LINES)
    return body if len(lines) <= _LINES else "\n".join(lines[:_LINES]) + "…"


def _cleaned(entry: Entry) -> Entry:
    return Entry(
        id=entry.id,
        time=plain(entry.time, _HEAD_LIMIT, single_line=True),
        title=plain(entry.title, _HEAD_LIMIT, single_line=True),
        actor=plain(entry.actor, _HEAD_LIMIT, single_line=True),
        body=_few_lines(plain(entry.body, _BODY_LIMIT)),
        role=entry.role,
        icon=entry.icon,
        pending=entry.pending,
        openable=entry.openable,
    )
