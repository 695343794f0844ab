"""A list of any length over an array of row ids: exact count and scrollbar, rows fetched by the page when looked at.

The model asks for rows (`rows_wanted`, row ids) and is given prepared cells (`put`); what is not here yet answers
None and is drawn as a skeleton. A refresh keeps what was shown until fresh rows arrive, so nothing moves or blinks.
Must not fetch, sort, filter or format: it is fed, and can be tested without a window or a store.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from . import roles

PAGE = 64
_PAGES_AT_ONCE = 4
_PAGES_KEPT = 64

Cells = tuple[Mapping[int, object], ...]
"""One mapping a column: role → value."""


class Prepared:
    """One row ready to be drawn. ``row_id`` is what selection and commands speak of."""

    __slots__ = ("cells", "rid", "row_id")

    def __init__(self, rid: int, row_id: str, cells: Cells) -> None:
        self.rid = rid
        self.row_id = row_id
        self.cells = cells


class WindowedModel(QAbstractTableModel):
    """See the module's docstring. Columns are numbered; what they mean is the view's business."""

    #: Row ids whose rows are needed on screen: tuple[int, ...], at most 256; a later wish includes what is still open.
    rows_wanted = Signal(object)

    def __init__(self, columns: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._titles: dict[int, str] = {}
        self._rids: array[int] = array("q")
        self._rows: dict[int, Prepared] = {}
        self._rid_of: dict[str, int] = {}
        self._fresh: dict[int, None] = {}
        self._asked: list[int] = []
        self._wishes: list[int] = []
        self._wish_timer = QTimer(self)
        self._wish_timer.setSingleShot(True)
        self._wish_timer.setInterval(0)
        self._wish_timer.timeout.connect(self._utter)

    # -- fed by the page ---------------------------------------------------------------------------------------

    def set_rids(self, rids: array[int]) -> None:
        """Show these rows in this order. Rows known already stay on screen until their fresh state is `put`."""
        same = rids == self._rids
        self._fresh.clear()
        self._asked.clear()
        self._wishes.clear()
        if same:
            self._tell_changed(0, len(rids) - 1)
            return
        self.beginResetModel()
        self._rids = rids
        self.endResetModel()

    def put(self, rows: Iterable[Prepared]) -> None:
        """Take rows that were asked for. A row that has gone meanwhile stays a skeleton until the next refresh."""
        for row in rows:
            self._rows.pop(row.rid, None)
            self._rows[row.rid] = row
            self._rid_of[row.row_id] = row.rid
        pages, self._asked = self._asked, []
        for page in pages:
            self._fresh.pop(page, None)
            self._fresh[page] = None
        self._forget()
        if pages and len(self._rids):
            self._tell_changed(min(pages) * PAGE, min((max(pages) + 1) * PAGE, len(self._rids)) - 1)

    def put_failed(self) -> None:
        """What was asked for will not come; it is asked for again when it is painted again."""
        self._asked.clear()

    def know(self, row_id: str, rid: int) -> None:
        """Let `row_of` find a row that has not been fetched yet."""
        self._rid_of[row_id] = rid

    # -- what views ask ----------------------------------------------------------------------------------------

    def cell(self, row: int, column: int, role: int) -> object:
        """The value of one cell, None while the row is not here. Painting a row is what has it fetched."""
        page = row // PAGE
        if page not in self._fresh and page not in self._asked:
            self._wish(page)
        prepared = self._rows.get(self._rids[row])
        if prepared is None:
            return None
        if role == roles.ROW_ID:
            return prepared.row_id
        return prepared.cells[column].get(role, "" if role == roles.LIGHT else None)

    def row_of(self, row_id: str) -> int:
        """The row of an id, -1 when it is not in the list or not known to be."""
        rid = self._rid_of.get(row_id)
        if rid is None:
            return -1
        try:
            return self._rids.index(rid)
        except ValueError:
            return -1

    def rids(self) -> array[int]:
        """The row ids in display order: what an export or a print takes."""
        return self._rids

    def waiting(self) -> bool:
        """Whether rows that were on screen are still to come."""
        return bool(self._asked or self._wishes)

    # -- Qt's own ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rids)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._columns

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid() or index.row() >= len(self._rids):
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

    # -- inside ------------------------------------------------------------------------------------------------

    def _wish(self, page: int) -> None:
        if page in self._wishes:
            self._wishes.remove(page)
        self._wishes.append(page)
        if not self._wish_timer.isActive():
            self._wish_timer.start()

    def _utter(self) -> None:
        """Ask for the pages painted last; what flew by during a jump is never fetched."""
        if not self._wishes:
            return
        wanted = [*self._asked, *self._wishes][-_PAGES_AT_ONCE:]
        self._asked, self._wishes = wanted, []
        rids = [rid for page in wanted for rid in self._rids[page * PAGE : (page + 1) * PAGE]]
        if rids:
            self.rows_wanted.emit(tuple(rids))

    def _forget(self) -> None:
        """Keep the pages fetched last; a page whose rows go is fetched anew when it is looked at again."""
        while len(self._fresh) > _PAGES_KEPT:
            page = next(iter(self._fresh))
            del self._fresh[page]
            for rid in self._rids[page * PAGE : (page + 1) * PAGE]:
                self._rows.pop(rid, None)
        while len(self._rows) > 2 * _PAGES_KEPT * PAGE:
            del self._rows[next(iter(self._rows))]

    def _tell_changed(self, first: int, last: int) -> None:
        if last >= first:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self._columns - 1))
