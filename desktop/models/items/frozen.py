"""A short list as an item model: frozen rows in, finished cells out. For lists of some hundreds, shown whole.

Keeps the order it is given; must not sort, filter, fetch or format. A list that may be longer is windowed.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from . import roles

Cells = tuple[Mapping[int, object], ...]
FrozenRow = tuple[str, Cells]
_NO_PARENT: Final = QModelIndex()


class FrozenModel(QAbstractTableModel):
    """``show`` replaces all rows: (row id, one mapping of role → value a column)."""

    def __init__(self, columns: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._titles: dict[int, str] = {}
        self._ids: tuple[str, ...] = ()
        self._cells: tuple[Cells, ...] = ()
        self._row_of: dict[str, int] = {}

    def show(self, rows: Sequence[FrozenRow]) -> None:
        """Show these rows in this order; when only their words differ, nothing is reset."""
        ids = tuple(row_id for row_id, _ in rows)
        cells = tuple(made for _, made in rows)
        if ids == self._ids:
            if cells != self._cells:
                self._cells = cells
                self.dataChanged.emit(self.index(0, 0), self.index(len(cells) - 1, self._columns - 1))
            return
        self.beginResetModel()
        self._ids, self._cells = ids, cells
        self._row_of = {row_id: place for place, row_id in enumerate(ids)}
        self.endResetModel()

    def ids(self) -> tuple[str, ...]:
        """The row ids in the order shown."""
        return self._ids

    def cell(self, row: int, column: int, role: int) -> object:
        """The value of one cell; what ``ListTable`` paints from."""
        if role == roles.ROW_ID:
            return self._ids[row]
        return self._cells[row][column].get(role, "" if role == roles.LIGHT else None)

    def row_of(self, row_id: str) -> int:
        """The row of an id, -1 when it is not shown."""
        return self._row_of.get(row_id, -1)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self._columns

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        return self.cell(index.row(), index.column(), int(role))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == roles.DISPLAY:
            return self._titles.get(section, "")
        return None

    def setHeaderData(
        self, section: int, orientation: Qt.Orientation, value: Any, role: int = roles.DISPLAY
    ) -> bool:
        if orientation != Qt.Orientation.Horizontal:
            return False
        self._titles[section] = str(value)
        self.headerDataChanged.emit(orientation, section, section)
        return True
