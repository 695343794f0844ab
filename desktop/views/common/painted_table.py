"""A table that draws itself: rows by RowPainter, hover, tooltips, skeleton rows, the empty state, columns.

The half of `ListTable` (tables.py) that shows; the other half is about which row is current. Not used by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QAccessible, QCursor, QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QToolTip, QWidget

from desktop.models.items import roles
from desktop.views.common import theme
from desktop.views.common.column_layout import ColumnLayout
from desktop.views.common.columns import Column
from desktop.views.common.delegates import Place, RowPainter
from desktop.views.common.header import QuietHeader
from desktop.views.common.rows import Rows
from desktop.views.common.states import StateView
from desktop.views.common.text import plain_tooltip


class PaintedTable(QTableView):
    """See the module's docstring."""

    #: A person asked to sort: column key, descending.
    sort_changed = Signal(str, bool)
    #: The person changed widths, order or hidden columns: take `layout_state()` and keep it.
    layout_edited = Signal()
    #: First and last row on screen and the number of rows, for the footer: 0-based, -1 when there are none.
    range_changed = Signal(int, int, int)

    def __init__(self, columns: Sequence[Column], parent: QWidget | None, *, name: str) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = tuple(columns)
        self._painter = RowPainter(self._columns)
        self._rows = Rows()
        self._hovered = -1
        self._by_keyboard = False
        self._loading = False
        self._announced: tuple[int, int, int] = (-2, -2, -2)
        self.setAccessibleName(name)
        self._configure()
        self.empty = StateView(self.viewport())
        self._nothing = (self.tr("Nothing here"), "", "", "inbox")
        self.empty.set_state(*self._nothing)
        self.empty.hide()
        header = QuietHeader(self)
        self.setHorizontalHeader(header)
        header.set_columns(self._columns)
        self.layout_of_columns = ColumnLayout(self, header, self._columns)
        self.layout_of_columns.edited.connect(self.layout_edited)
        self.layout_of_columns.sort_asked.connect(self.sort_changed)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        theme.bus().changed.connect(self._retheme)

    def _configure(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        # Every pixel is painted here, so that scrolling moves what is drawn and paints only the rows that come in.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setDefaultSectionSize(theme.current().row_height)

    def row_count(self) -> int:
        """How many rows the model has."""
        return self._rows.count()

    def rows_in_view(self) -> tuple[int, int]:
        """The first row on screen (0 when there are none) and how many find room."""
        height = max(1, self.verticalHeader().defaultSectionSize())
        return max(0, self._visible_rows()[0]), self.viewport().height() // height + 2

    # -- states ------------------------------------------------------------------------------------------------

    @property
    def loading(self) -> bool:
        """Whether skeleton rows stand for rows that are on their way."""
        return self._loading and self.row_count() == 0

    def set_loading(self, loading: bool) -> None:
        """While True and there are no rows, skeleton rows stand in their place."""
        self._loading = loading
        self.empty.set_state(*self._nothing)
        self._show_state()
        self.viewport().update()

    def set_failed(self, sentence: str = "") -> None:
        """Until the next answer an empty list says that it could not be read, and not that there is nothing."""
        self.set_loading(False)
        self.empty.set_state(self.tr("The list could not be read"), sentence, "", "circle-alert", "overdue")

    def set_empty(self, title: str, sentence: str = "", action: str = "", icon: str = "inbox") -> None:
        """What stands in an empty list; the button's press is `table.empty.acted`."""
        self._nothing = (title, sentence, action, icon)
        self.empty.set_state(*self._nothing)

    def _show_state(self) -> None:
        self.empty.setVisible(not self._loading and self.row_count() == 0)
        self.empty.resize(self.viewport().size())

    def _scrolled(self) -> None:
        self._tell_range()
        if self._hovered >= 0:
            self._hover(self.rowAt(self.viewport().mapFromGlobal(QCursor.pos()).y()))

    def _tell_range(self) -> None:
        count = self.row_count()
        first, last = self._visible_rows()
        told = (first, last, count) if count else (-1, -1, 0)
        if told != self._announced:
            self._announced = told
            self._rows.look_at(first, last)
            self.range_changed.emit(*told)

    def _visible_rows(self) -> tuple[int, int]:
        """First and last row on screen, -1 when there are none."""
        count = self.row_count()
        if not count:
            return -1, -1
        height = max(1, self.verticalHeader().defaultSectionSize())
        top = self.verticalScrollBar().value()
        return min(top // height, count - 1), min(
            (top + max(1, self.viewport().height()) - 1) // height, count - 1
        )

    # -- columns -----------------------------------------------------------------------------------------------

    def layout_state(self) -> dict[str, object]:
        """Widths, order, hidden columns and sorting, fit for JSON."""
        return self.layout_of_columns.state()

    def restore_layout(self, state: Mapping[str, object]) -> None:
        """Arrange the columns as kept by `layout_state()`; an empty mapping is the default."""
        self.layout_of_columns.restore(state)

    def set_sort(self, key: str, descending: bool = False) -> None:
        """Draw the sort arrow; the model is whoever calls this's own affair."""
        self.layout_of_columns.show_sort(key, descending)

    def visible_columns(self) -> list[Column]:
        """The columns on screen in their order, for exports."""
        return self.layout_of_columns.visible()

    def column_menu(self) -> QMenu:
        """The column chooser, to be popped up by a toolbar button or shown as its menu."""
        return self.layout_of_columns.menu()

    # -- painting ----------------------------------------------------------------------------------------------

    def _places(self) -> list[Place]:
        width = self.viewport().width()
        places: list[Place] = []
        for column in range(len(self._columns)):
            if not self.isColumnHidden(column):
                x, wide = self.columnViewportPosition(column), self.columnWidth(column)
                if x < width and x + wide > 0:
                    places.append((column, x, wide))
        return places

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.current().color("surface"))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.current().font("body"))
        places = self._places()
        height = self.verticalHeader().defaultSectionSize()
        if not self.row_count():
            if self._loading:
                for row in range(self.viewport().height() // height + 1):
                    self._painter.paint_skeleton(painter, row, row * height, places)
            return
        dirty = event.rect()
        first, last = self._visible_rows()
        scroll = self.verticalScrollBar().value()
        selection = self.selectionModel()
        nowhere = QModelIndex()
        cell = self._rows.cell
        wide = self.viewport().width()
        focused = self.hasFocus() and self._by_keyboard
        current = self.currentIndex().row()
        for row in range(first, last + 1):
            y = row * height - scroll
            if y + height <= dirty.top() or y > dirty.bottom():
                continue
            ground = QRect(4, y, wide - 8, height)
            selected = selection.isRowSelected(row, nowhere)
            self._painter.paint_ground(painter, ground, selected=selected, hovered=row == self._hovered)
            self._painter.paint_row(painter, cell, row, y, places, selected=selected)
            if row == current:
                if focused:
                    self._painter.paint_ring(painter, ground)
                elif selected and self.hasFocus():
                    self._painter.paint_bar(painter, ground)

    def dataChanged(
        self,
        topLeft: QModelIndex | QPersistentModelIndex,
        bottomRight: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        """Paint the rows that changed, and no others; Qt's own would paint all of them."""
        if QAccessible.isActive():
            super().dataChanged(topLeft, bottomRight, list(roles))
            return
        height = self.verticalHeader().defaultSectionSize()
        top = topLeft.row() * height - self.verticalScrollBar().value()
        rows = bottomRight.row() - topLeft.row() + 1
        self.viewport().update(QRect(0, top, self.viewport().width(), rows * height) & self.viewport().rect())

    def _retheme(self) -> None:
        self._painter = RowPainter(self._columns)
        self.verticalHeader().setDefaultSectionSize(theme.current().row_height)
        self.restore_layout(self.layout_state())
        self._tell_range()
        self.viewport().update()

    def _update_rows(self, *rows: int) -> None:
        height = self.verticalHeader().defaultSectionSize()
        for row in rows:
            if row >= 0:
                self.viewport().update(0, self.rowViewportPosition(row), self.viewport().width(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.layout_of_columns.stretch()
        self.empty.resize(self.viewport().size())
        self._tell_range()

    # -- pointer -----------------------------------------------------------------------------------------------

    def viewportEvent(self, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Leave:
            self._hover(-1)
        elif kind == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tooltip(event)
            return True
        return super().viewportEvent(event)

    def _show_tooltip(self, event: QHelpEvent) -> None:
        index = self.indexAt(event.pos())
        text = self._rows.cell(index.row(), index.column(), roles.TOOLTIP) if index.isValid() else None
        if not text and index.isValid():
            text = self._rows.cell(index.row(), index.column(), roles.DISPLAY)
        QToolTip.showText(event.globalPos(), plain_tooltip(str(text)) if text else "", self.viewport())

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._update_rows(row, self._hovered)
            self._hovered = row

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(round(event.position().y())))
