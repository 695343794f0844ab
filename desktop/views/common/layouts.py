"""Layout helpers: rows and columns with the grid's gaps, a row that wraps, a hairline, a quiet scroll area."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

_Edges = tuple[int, int, int, int]
_Box = TypeVar("_Box", QHBoxLayout, QVBoxLayout)


def row(*widgets: QWidget, gap: int = 8, margins: _Edges = (0, 0, 0, 0)) -> QHBoxLayout:
    """A horizontal layout of these widgets."""
    return _filled(QHBoxLayout(), widgets, gap, margins)


def column(*widgets: QWidget, gap: int = 8, margins: _Edges = (0, 0, 0, 0)) -> QVBoxLayout:
    """A vertical layout of these widgets."""
    return _filled(QVBoxLayout(), widgets, gap, margins)


def _filled(layout: _Box, widgets: Iterable[QWidget], gap: int, margins: _Edges) -> _Box:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for widget in widgets:
        layout.addWidget(widget)
    return layout


def hairline(parent: QWidget | None = None) -> QFrame:
    """One horizontal line of one pixel in the hairline colour."""
    line = QFrame(parent)
    line.setProperty("kind", "hairline")
    return line


def stacked(inner: QWidget, margins: _Edges, gap: int = 12) -> QVBoxLayout:
    """The column in which a widget's contents stand from the top down; what height is left stays empty below.

    Never by `setAlignment(AlignTop)` on the layout: Qt then gives it no more than its size hint, which knows nothing of
    a narrow pane, and everything that wraps is cut.
    """
    whole = QVBoxLayout(inner)
    whole.setContentsMargins(*margins)
    whole.setSpacing(0)
    body = QVBoxLayout()
    body.setSpacing(gap)
    whole.addLayout(body)
    whole.addStretch(1)
    return body


def scrolled(inner: QWidget) -> QScrollArea:
    """The widget in a frameless area that scrolls vertically only."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


class FlowLayout(QLayout):
    """A row that wraps onto the next line when it runs out of width."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(hint.width() for hint in shown) + self.spacing() * max(0, len(shown) - 1)
        height = max((hint.height() for hint in shown), default=0)
        return QSize(width, height).grownBy(margins)

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size.grownBy(QMargins(self.contentsMargins()))

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Put the items where they belong; the height needed."""
        inner = rect.marginsRemoved(self.contentsMargins())
        y = inner.y()
        for line in self._lines(inner.width()):
            high = max(item.sizeHint().height() for item, _ in line)
            x = inner.x()
            for item, wide in line:
                if place:
                    hint = item.sizeHint().height()
                    item.setGeometry(QRect(QPoint(x, y + (high - hint) // 2), QSize(wide, hint)))
                x += wide + self.spacing()
            y += high + self.spacing()
        return max(inner.y(), y - self.spacing()) - rect.y() + self.contentsMargins().bottom()

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, int]]]:
        """The items with their widths, line by line."""
        lines: list[list[tuple[QLayoutItem, int]]] = []
        left = -1
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint().width()
            wide = min(hint, room) if room > 0 else hint
            if wide > left or not lines:
                lines.append([])
                left = room
            lines[-1].append((item, wide))
            left -= wide + self.spacing()
        return lines


def discard(widget: QWidget) -> None:
    """Take a widget away for good: out of sight at once, out of memory when the event loop comes round."""
    widget.hide()
    widget.deleteLater()


def spacer() -> QWidget:
    """An empty widget that takes what width is left in a row."""
    filler = QWidget()
    filler.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return filler
