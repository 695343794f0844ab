"""The quiet header of a list: small secondary titles, one hairline below, an arrow at the column sorted by."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop.views.common import theme
from desktop.views.common.columns import Column
from desktop.views.common.icons import paint_icon
from desktop.views.common.text import elided


class QuietHeader(QHeaderView):
    """Draws the titles of `Column`s; sorting, widths and order are QHeaderView's own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._columns: tuple[Column, ...] = ()
        self.setSectionsMovable(True)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(False)
        self.setFirstSectionMovable(False)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Take the titles from these."""
        self._columns = tuple(columns)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme.current().px(30))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        now = theme.current()
        painter.fillRect(rect, now.color("surface"))
        if logicalIndex >= len(self._columns):
            return
        column = self._columns[logicalIndex]
        sorted_by = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        room = rect.adjusted(now.px(8), 0, -now.px(8), 0)
        painter.setFont(now.font("small"))
        painter.setPen(now.color("text" if sorted_by else "secondary"))
        arrow = now.px(14)
        if column.kind not in ("mark", "icon", "check"):
            metrics = painter.fontMetrics()
            title = elided(metrics, column.title, room.width() - (arrow if sorted_by else 0))
            wide = metrics.horizontalAdvance(title)
            flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
            left = room.right() + 1 - wide if column.right else room.x()
            painter.drawText(QRect(left, room.y(), wide + 2, room.height()), flags, title)
            place = left - arrow if column.right else left + wide + 2
        else:
            place = rect.x() + (rect.width() - arrow) // 2
        if sorted_by:
            up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
            paint_icon(
                painter,
                "arrow-up" if up else "arrow-down",
                QRect(place, rect.y(), arrow, rect.height()),
                "accent",
            )
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, now.color("hairline"))
        self._paint_grip(painter, rect, logicalIndex)

    def _paint_grip(self, painter: QPainter, rect: QRect, logical: int) -> None:
        """A short line at the right edge while the header is under the pointer: here a column is made wider."""
        if self.underMouse() and logical < len(self._columns):
            inset = rect.height() // 4
            painter.fillRect(
                rect.right(), rect.y() + inset, 1, rect.height() - 2 * inset, theme.current().color("outline")
            )
