"""Widths, order and visibility of a list's columns: stretching, the column chooser, what is kept between sessions.

The layout is a plain mapping, fit for JSON: {"order": [key…], "widths": {key: px at 100 %}, "hidden": [key…],
"sort": [key, descending]}. Whoever owns the list keeps it (`ListTable.layout_edited`); nothing is written here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu, QTableView

from desktop.views.common import theme
from desktop.views.common.columns import Column
from desktop.views.common.header import QuietHeader
from desktop.views.common.text import menu_text


class ColumnLayout(QObject):
    """Arranges the columns of one table."""

    #: A person changed widths, order, visibility or sorting; at most a few times a second.
    edited = Signal()
    #: A person asked to sort: column key, descending.
    sort_asked = Signal(str, bool)

    def __init__(self, table: QTableView, header: QuietHeader, columns: Sequence[Column]) -> None:
        super().__init__(table)
        self._table = table
        self._header = header
        self._columns = tuple(columns)
        self._busy = False
        self._sorted: tuple[str, bool] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(300)
        self._timer.timeout.connect(self.edited)
        header.sectionClicked.connect(self._clicked)
        header.sectionResized.connect(self._resized)
        header.sectionMoved.connect(self._moved)
        header.customContextMenuRequested.connect(self._menu_at)

    # -- state -------------------------------------------------------------------------------------------------

    def state(self) -> dict[str, object]:
        """The layout as it stands."""
        scale = theme.current().scale
        order = [self._columns[self._header.logicalIndex(place)].key for place in range(len(self._columns))]
        return {
            "order": order,
            "widths": {
                c.key: round(self._header.sectionSize(i) / scale)
                for i, c in enumerate(self._columns)
                if not c.stretch and not self._header.isSectionHidden(i)
            },
            "hidden": [c.key for i, c in enumerate(self._columns) if self._header.isSectionHidden(i)],
            "sort": list(self._sorted) if self._sorted else [],
        }

    def restore(self, state: Mapping[str, object]) -> None:
        """Arrange by a kept layout; what it does not name, or an empty one, takes the columns' own defaults."""
        if self._header.count() != len(self._columns):
            return
        self._busy = True
        self._header.setMinimumSectionSize(theme.current().px(24))
        widths, hidden, order = state.get("widths"), state.get("hidden"), state.get("order")
        for i, column in enumerate(self._columns):
            width = widths.get(column.key) if isinstance(widths, Mapping) else None
            self._header.setSectionResizeMode(i, QHeaderView.ResizeMode.Interactive)
            self._header.resizeSection(i, self._width(column, width))
            away = column.key in hidden if isinstance(hidden, list) else column.hidden
            self._header.setSectionHidden(i, away and not column.required)
        keys = [column.key for column in self._columns]
        wanted = [key for key in order if key in keys] if isinstance(order, list) else keys
        for place, key in enumerate(wanted):
            self._header.moveSection(self._header.visualIndex(keys.index(key)), place)
        sort = state.get("sort")
        if isinstance(sort, list) and len(sort) == 2 and sort[0] in keys:
            self.show_sort(str(sort[0]), bool(sort[1]))
        self._busy = False
        self.stretch()

    def _width(self, column: Column, kept: object) -> int:
        width = kept if isinstance(kept, int) and 0 < kept < 4_000 else column.width
        return theme.current().px(
            max(width, column.min_width if column.kind not in ("mark", "icon", "check") else 24)
        )

    def show_sort(self, key: str, descending: bool) -> None:
        """Draw the arrow at this column; nothing is asked of the model."""
        keys = [column.key for column in self._columns]
        self._sorted = (key, descending)
        self._header.setSortIndicatorShown(True)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(keys.index(key), order)

    def sort(self) -> tuple[str, bool] | None:
        """(column key, descending) of the arrow drawn, None without one."""
        return self._sorted

    def visible(self) -> list[Column]:
        """The columns on screen, in the order they stand there: what an export takes."""
        places = (self._header.logicalIndex(place) for place in range(len(self._columns)))
        return [self._columns[i] for i in places if not self._header.isSectionHidden(i)]

    def stretch(self) -> None:
        """Give the stretching column what the others leave, but not less than its least width."""
        if self._busy or self._header.count() != len(self._columns):
            return
        for i, column in enumerate(self._columns):
            if column.stretch and not self._header.isSectionHidden(i):
                others = self._header.length() - self._header.sectionSize(i)
                room = self._table.viewport().width() - others - theme.current().px(4)
                self._busy = True
                self._header.resizeSection(i, max(theme.current().px(column.min_width), room))
                self._busy = False
                return

    # -- what the person does ----------------------------------------------------------------------------------

    def _edited(self) -> None:
        if not self._busy:
            self._timer.start()

    def _resized(self) -> None:
        if not self._busy:
            self.stretch()
            self._timer.start()

    def _moved(self) -> None:
        self._edited()

    def _clicked(self, logical: int) -> None:
        self.ask_sort(self._columns[logical].key)

    def ask_sort(self, key: str) -> None:
        """As if the title had been clicked: ascending first, then the other way round."""
        column = next((c for c in self._columns if c.key == key), None)
        if column is None or not column.sortable:
            if self._sorted:
                self.show_sort(*self._sorted)
            else:
                self._header.setSortIndicatorShown(False)
            return
        descending = self._sorted is not None and self._sorted[0] == key and not self._sorted[1]
        self.show_sort(key, descending)
        self._timer.start()
        self.sort_asked.emit(key, descending)

    def menu(self) -> QMenu:
        """The chooser: which columns are shown, what to sort by, back to the default. The caller pops it up."""
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for i, column in enumerate(self._columns):
            if column.required or not column.title:
                continue
            action = menu.addAction(menu_text(column.title))
            action.setCheckable(True)
            action.setChecked(not self._header.isSectionHidden(i))
            action.setData(column.key)
            action.toggled.connect(self._toggled)
        menu.addSeparator()
        sorting = menu.addMenu(self.tr("Sort by"))
        for column in self._columns:
            if column.sortable and column.title:
                action = sorting.addAction(menu_text(column.title))
                action.setCheckable(True)
                action.setChecked(self._sorted is not None and self._sorted[0] == column.key)
                action.setData(column.key)
                action.triggered.connect(self._sort_chosen)
        menu.addSeparator()
        menu.addAction(self.tr("Restore default columns")).triggered.connect(self._restore_default)
        menu.addSeparator()
        rows = menu.addAction(self.tr("Compact rows"))
        rows.setCheckable(True)
        rows.setChecked(theme.current().density == "compact")
        rows.triggered.connect(theme.toggle_density)
        return menu

    def _sender_key(self) -> str:
        action = self.sender()
        return str(action.data()) if isinstance(action, QAction) else ""

    def _toggled(self, shown: bool) -> None:
        keys = [column.key for column in self._columns]
        key = self._sender_key()
        if key in keys:
            self._header.setSectionHidden(keys.index(key), not shown)
            self.stretch()
            self._edited()

    def _sort_chosen(self) -> None:
        self.ask_sort(self._sender_key())

    def _restore_default(self) -> None:
        self.restore({})
        self._edited()

    def _menu_at(self, place: QPoint) -> None:
        self.menu().popup(self._header.mapToGlobal(place))
