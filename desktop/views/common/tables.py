"""`ListTable`, the list of every page: keyboard first, no grid, selection kept by id, empty and loading states.

`ListTable(columns)`, `setModel(...)`; the model answers with the roles of desktop/models/items/roles.py and may have
`cell(row, column, role)`, `row_of(row_id) -> int` (-1 when absent; without it the first 2,000 rows are looked through)
and `sort_by(column, descending)`-like handling of its own behind `sort_changed`. Must not sort, filter or fetch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QToolTip, QWidget

from desktop.models.items import roles
from desktop.views.common import theme
from desktop.views.common.column_layout import ColumnLayout
from desktop.views.common.columns import Column
from desktop.views.common.delegates import Place, RowPainter
from desktop.views.common.header import QuietHeader
from desktop.views.common.rows import LOOK_THROUGH, Rows
from desktop.views.common.states import StateView
from desktop.views.common.text import plain_tooltip

Index = QModelIndex | QPersistentModelIndex
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class ListTable(QTableView):
    """A list of rows. See the module's docstring for what the model has to offer."""

    #: Enter or a double click on a row: its id.
    activated_row = Signal(str)
    #: Another row (or none: "") became current; not emitted when a refresh keeps the same row.
    current_id_changed = Signal(str)
    #: The ids selected, when several may be.
    selection_changed = Signal()
    #: A person asked to sort: column key, descending.
    sort_changed = Signal(str, bool)
    #: The person changed widths, order or hidden columns: take `layout_state()` and keep it.
    layout_edited = Signal()
    #: A tick box was toggled: the row's id.
    check_toggled = Signal(str)
    #: First and last row on screen and the number of rows, for the footer: 0-based, -1 when there are none.
    range_changed = Signal(int, int, int)
    #: A context menu is wanted for the row with this id, at this global point.
    menu_wanted = Signal(str, QPoint)

    def __init__(
        self, columns: Sequence[Column], parent: QWidget | None = None, *, name: str = "", multi: bool = False
    ) -> None:
        super().__init__(parent)
        self._columns: tuple[Column, ...] = tuple(columns)
        self._painter = RowPainter(self._columns)
        self._rows = Rows()
        self._hovered = -1
        self._by_keyboard = False
        self._loading = False
        self._current_id = ""
        self._current_row = -1
        self._offset = 0
        self._kept_ids: list[str] = []
        self._resetting = False
        self._announced: tuple[int, int, int] = (-2, -2, -2)
        self.setAccessibleName(name)
        self._configure(multi)
        self.empty = StateView(self.viewport())
        self.empty.set_state(self.tr("Nothing here"))
        self.empty.hide()
        header = QuietHeader(self)
        self.setHorizontalHeader(header)
        header.set_columns(self._columns)
        self.layout_of_columns = ColumnLayout(self, header, self._columns)
        self.layout_of_columns.edited.connect(self.layout_edited)
        self.layout_of_columns.sort_asked.connect(self.sort_changed)
        self.doubleClicked.connect(self._activate_index)
        self.verticalScrollBar().valueChanged.connect(self._tell_range)
        theme.bus().changed.connect(self._retheme)

    def _configure(self, multi: bool) -> None:
        mode = QAbstractItemView.SelectionMode
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(mode.ExtendedSelection if multi else mode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._row_menu)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setDefaultSectionSize(theme.current().row_height)

    # -- model, rows, ids --------------------------------------------------------------------------------------

    def setModel(self, model: QAbstractItemModel | None) -> None:
        old = self._rows.model
        if old is not None:
            old.modelAboutToBeReset.disconnect(self._before_reset)
            old.modelReset.disconnect(self._after_reset)
            for signal in (old.dataChanged, old.rowsInserted, old.rowsRemoved, old.layoutChanged):
                signal.disconnect(self._data_arrived)
        super().setModel(model)
        self._rows = Rows(model)
        if model is not None:
            for i, column in enumerate(self._columns):
                model.setHeaderData(i, Qt.Orientation.Horizontal, column.title)
            model.modelAboutToBeReset.connect(self._before_reset)
            model.modelReset.connect(self._after_reset)
            for signal in (model.dataChanged, model.rowsInserted, model.rowsRemoved, model.layoutChanged):
                signal.connect(self._data_arrived)
            self.restore_layout({})
        self._data_arrived()

    def row_count(self) -> int:
        """How many rows the model has."""
        return self._rows.count()

    def row_id(self, row: int) -> str:
        """The id of a row; "" when there is none or it is still being fetched."""
        return self._rows.id_of(row)

    def find_row(self, row_id: str) -> int:
        """The row of an id, -1 when it is not in the list."""
        return self._rows.find(row_id)

    def current_id(self) -> str:
        """The id of the current row, "" for none."""
        return self._current_id

    def selected_ids(self) -> list[str]:
        """The ids of the selected rows, in the order of the list."""
        if self._rows.model is None:
            return []
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row_id for row_id in map(self.row_id, rows) if row_id]

    def select_id(self, row_id: str) -> bool:
        """Make the row with this id current and scroll to it; False when it is not in the list."""
        row = self.find_row(row_id)
        return row >= 0 and self.select_row(row)

    def select_row(self, row: int) -> bool:
        """Make a row current, select it alone and scroll it into view; False when there is no such row."""
        model = self._rows.model
        if model is None or not 0 <= row < model.rowCount():
            return False
        flags = QItemSelectionModel.SelectionFlag
        index = model.index(row, self._reading_column())
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def select_next(self) -> bool:
        """After an action on the current row: move on to the next one, or stay at the last."""
        return self.select_row(min(self.currentIndex().row() + 1, self.row_count() - 1))

    def _reading_column(self) -> int:
        """The column a screen reader is led to: the one with the text, not the mark before it."""
        stretched = [i for i, c in enumerate(self._columns) if c.stretch and not self.isColumnHidden(i)]
        return stretched[0] if stretched else max(0, self.horizontalHeader().logicalIndex(0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self._update_rows(current.row(), previous.row())
        if not self._resetting:
            self._take_current()

    def selectionChanged(self, selected: object, deselected: object) -> None:
        super().selectionChanged(selected, deselected)  # type: ignore[arg-type]
        self.viewport().update()
        self.selection_changed.emit()

    def _take_current(self) -> None:
        row = self.currentIndex().row()
        row_id = self.row_id(row)
        self._current_row = row
        if row_id != self._current_id and (row_id or row < 0):
            self._current_id = row_id
            self.current_id_changed.emit(row_id)

    def _before_reset(self) -> None:
        self._resetting = True
        row = self.currentIndex().row()
        several = self.selectionMode() == QAbstractItemView.SelectionMode.ExtendedSelection
        self._kept_ids = self.selected_ids()[:LOOK_THROUGH] if several else []
        self._current_row = row
        self._offset = self.rowViewportPosition(row) if row >= 0 else self.verticalScrollBar().value()

    def _after_reset(self) -> None:
        """Find the current row again and leave it where the eye last saw it; when it is gone, its successor."""
        row = self.find_row(self._current_id)
        if self._current_row >= 0 and self.row_count():
            kept = row if row >= 0 else min(self._current_row, self.row_count() - 1)
            flags = QItemSelectionModel.SelectionFlag
            index = self.model().index(kept, self._reading_column())
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            for row_id in self._kept_ids if len(self._kept_ids) > 1 else ():
                again = self.find_row(row_id)
                if again >= 0:
                    self.selectionModel().select(self.model().index(again, 0), flags.Select | flags.Rows)
            self.updateGeometries()
            self.verticalScrollBar().setValue(
                kept * self.verticalHeader().defaultSectionSize() - self._offset
            )
        else:
            self.updateGeometries()
            self.verticalScrollBar().setValue(self._offset if self._current_row < 0 else 0)
        self._resetting = False
        self._data_arrived()

    def _data_arrived(self) -> None:
        self._take_current()
        if self.row_count():
            self._loading = False
        self._show_state()
        self._tell_range()
        self.viewport().update()

    # -- states ------------------------------------------------------------------------------------------------

    def set_loading(self, loading: bool) -> None:
        """While True and there are no rows, skeleton rows stand in their place."""
        self._loading = loading
        self._show_state()
        self.viewport().update()

    def set_empty(self, title: str, sentence: str = "", action: str = "", icon: str = "inbox") -> None:
        """What stands in an empty list; the button's press is `table.empty.acted`."""
        self.empty.set_state(title, sentence, action, icon)

    def _show_state(self) -> None:
        self.empty.setVisible(not self._loading and self.row_count() == 0)
        self.empty.resize(self.viewport().size())

    def _tell_range(self) -> None:
        count = self.row_count()
        first, last = self._visible_rows()
        told = (first, last, count) if count else (-1, -1, 0)
        if told != self._announced:
            self._announced = told
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
            self._painter.paint_row(painter, cell, row, y, places)
            if row == current:
                if focused:
                    self._painter.paint_ring(painter, ground)
                elif selected and self.hasFocus():
                    self._painter.paint_bar(painter, ground)

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

    # -- pointer and keys --------------------------------------------------------------------------------------

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

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._by_keyboard = False
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._columns[index.column()].kind == "check":
            self.check_toggled.emit(self.row_id(index.row()))
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = event.reason() in _BY_KEYBOARD or self._by_keyboard
        super().focusInEvent(event)
        if self.currentIndex().row() < 0 and event.reason() in _BY_KEYBOARD:
            self.select_row(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyboardSearch(self, search: str) -> None:
        """Letters are commands here, not a search for a row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keyboard = True
        key = event.key()
        plain_key = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain_key:
            self._activate_index(self.currentIndex())
        elif key == Qt.Key.Key_Home and plain_key:
            self.select_row(0)
        elif key == Qt.Key.Key_End and plain_key:
            self.select_row(self.row_count() - 1)
        elif key == Qt.Key.Key_Space and plain_key and any(c.kind == "check" for c in self._columns):
            self.check_toggled.emit(self.current_id())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) or (
            event.text().isprintable() and event.text() and plain_key
        ):
            # Not ours: the page's single-letter commands and its panes take them.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _activate_index(self, index: QModelIndex) -> None:
        row_id = self.row_id(index.row())
        if row_id:
            self.activated_row.emit(row_id)

    def _row_menu(self, place: QPoint) -> None:
        row = self.rowAt(place.y()) if place.y() >= 0 else self.currentIndex().row()
        row_id = self.row_id(row)
        if row_id:
            self.menu_wanted.emit(row_id, self.viewport().mapToGlobal(place))
