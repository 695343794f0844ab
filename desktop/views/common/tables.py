"""`ListTable`, the list of every page: keyboard first, no grid, selection kept by id, empty and loading states.

`ListTable(columns)`, `setModel(...)`; the model answers with the roles of desktop/models/items/roles.py and may have
`cell(row, column, role)`, `row_of(row_id) -> int` (-1 when absent; without it the first 2,000 rows are looked through)
and `sort_by(column, descending)`-like handling of its own behind `sort_changed`. Must not sort, filter or fetch.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.views.common import column_memory
from desktop.views.common.columns import Column
from desktop.views.common.painted_table import PaintedTable
from desktop.views.common.rows import LOOK_THROUGH, Rows

Index = QModelIndex | QPersistentModelIndex
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class ListTable(PaintedTable):
    """A list of rows. See the module's docstring for what the model has to offer."""

    #: Enter or a double click on a row: its id.
    activated_row = Signal(str)
    #: Another row (or none: "") became current; not emitted when a refresh keeps the same row.
    current_id_changed = Signal(str)
    #: The ids selected, when several may be.
    selection_changed = Signal()
    #: A tick box was toggled: the row's id.
    check_toggled = Signal(str)
    #: A context menu is wanted for the row with this id, at this global point.
    menu_wanted = Signal(str, QPoint)

    def __init__(
        self,
        columns: Sequence[Column],
        parent: QWidget | None = None,
        *,
        name: str = "",
        multi: bool = False,
        memory_key: str = "",
    ) -> None:
        super().__init__(columns, parent, name=name)
        self._memory_key = memory_key
        self._current_id = ""
        self._current_row = -1
        self._offset = 0
        self._kept_ids: list[str] = []
        self._resetting = False
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if multi else mode.SingleSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._row_menu)
        self.doubleClicked.connect(self._activate_index)
        self.layout_edited.connect(self._keep_layout)

    # -- model, rows, ids --------------------------------------------------------------------------------------

    def setModel(self, model: QAbstractItemModel | None) -> None:
        old = self._rows.model
        if old is not None:
            old.modelAboutToBeReset.disconnect(self._before_reset)
            old.modelReset.disconnect(self._after_reset)
            old.dataChanged.disconnect(self._cells_arrived)
            for signal in (old.rowsInserted, old.rowsRemoved, old.layoutChanged):
                signal.disconnect(self._data_arrived)
        super().setModel(model)
        self._rows = Rows(model)
        if model is not None:
            for i, column in enumerate(self._columns):
                model.setHeaderData(i, Qt.Orientation.Horizontal, column.title)
            model.modelAboutToBeReset.connect(self._before_reset)
            model.modelReset.connect(self._after_reset)
            model.dataChanged.connect(self._cells_arrived)
            for signal in (model.rowsInserted, model.rowsRemoved, model.layoutChanged):
                signal.connect(self._data_arrived)
            self.restore_layout(column_memory.recall(self._memory_key))
        self._data_arrived()

    def _keep_layout(self) -> None:
        column_memory.keep(self._memory_key, self.layout_state())

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
        if not row_id and row >= 0 and self.find_row(self._current_id) == row:
            return  # the same case, being fetched again
        if row_id != self._current_id:
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

    def _cells_arrived(self) -> None:
        """Rows look otherwise than before, and the view paints those; the current one may only now have its id."""
        self._take_current()

    # -- pointer and keys --------------------------------------------------------------------------------------

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
