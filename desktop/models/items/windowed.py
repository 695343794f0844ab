"""A list of any length over an array of row ids: exact count and scrollbar, rows fetched by the page when looked at.

The model asks for rows (`rows_wanted`, row ids) and is given prepared cells (`put`); what is not here yet answers
None and is drawn as a skeleton. A refresh keeps what was shown until fresh rows arrive, so nothing moves or blinks;
fresh rows are compared with the old, and only those that differ are told of. Nothing here walks the whole array on the
GUI thread but one comparison by memory: where a row went in a new order is told by whoever made the order.
Must not fetch, sort, filter or format: it is fed, and can be tested without a window or a store.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

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
_PAGES_KEPT = 24
_IDS_KEPT = 20_000
_NEAR = 2_000
"""A row that nobody told the place of is looked for so far from where it was before the whole list is."""

_ANSWERED: Final = frozenset(value for name, value in vars(roles).items() if name.isupper())
_NOWHERE: Final[Mapping[int, int]] = {}
_WITH_BESIDE: Final = frozenset({roles.BESIDE, roles.ACCESSIBLE})
_NOBODY: Final[Mapping[str, tuple[str, str]]] = {}

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
        self._beside = _NOBODY
        self._titles: dict[int, str] = {}
        self._rids: array[int] = array("q")
        self._rows: dict[int, Prepared] = {}
        self._rid_of: dict[str, int] = {}
        self._place_of: dict[int, int] = {}
        self._places_before: dict[int, int] = {}
        self._seen = (0, -1)
        self._fresh: dict[int, None] = {}
        self._asked: list[int] = []
        self._wishes: list[int] = []
        self._wish_timer = QTimer(self)
        self._wish_timer.setSingleShot(True)
        self._wish_timer.setInterval(0)
        self._wish_timer.timeout.connect(self._utter)

    # -- fed by the page ---------------------------------------------------------------------------------------

    def set_rids(
        self,
        rids: array[int],
        rows: Sequence[Prepared] = (),
        first: int = 0,
        places: Mapping[int, int] = _NOWHERE,
    ) -> None:
        """Show these rows in this order. Rows known already stay on screen until their fresh state is here.

        ``rows``: what is to be seen at once, all of the pages from row ``first`` on. ``places``: row id → row, -1 where
        it is not in the list, for ids whose place will be asked for: those selected.
        """
        same = rids is self._rids or rids == self._rids
        self._fresh.clear()
        self._asked.clear()
        self._wishes.clear()
        if same:
            self._place_of.update(places)
            self._take(rows, self._pages_of(rows, first))
            self._look_again()
            return
        self.beginResetModel()
        self._rids = rids
        self._places_before, self._place_of = self._place_of, dict(places)
        self._take(rows, self._pages_of(rows, first), told=False)
        self.endResetModel()

    def look_at(self, first: int, last: int) -> None:
        """The rows on the screen, from 0: fetched anew after a refresh without being painted first."""
        self._seen = (first, last)

    def put(self, rows: Iterable[Prepared]) -> None:
        """Take rows that were asked for. A row that has gone meanwhile stays a skeleton until the next refresh."""
        pages, self._asked = self._asked, []
        self._take(list(rows), pages)

    def put_failed(self) -> None:
        """What was asked for will not come; it is asked for again when it is painted again."""
        self._asked.clear()

    def set_beside(self, beside: Mapping[str, tuple[str, str]]) -> None:
        """Who else has a row open now, by its id: (what is drawn, what is said). Nothing is fetched for it."""
        before, self._beside = self._beside, beside
        if before == beside:
            return
        seen = self._places_in(self._pages_seen())
        changed = [
            place
            for rid, place in seen.items()
            if (row := self._rows.get(rid)) is not None and before.get(row.row_id) != beside.get(row.row_id)
        ]
        for start, end in _runs(sorted(changed)):
            self.dataChanged.emit(self.index(start, 0), self.index(end, self._columns - 1))

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
        if self._beside and role in _WITH_BESIDE:
            return self._cell_beside(prepared, column, role)
        return prepared.cells[column].get(role, "" if role == roles.LIGHT else None)

    def _cell_beside(self, prepared: Prepared, column: int, role: int) -> object:
        value, beside = prepared.cells[column].get(role), self._beside.get(prepared.row_id)
        if beside is None:
            return value
        if role == roles.BESIDE:
            return beside[0]
        return f"{value}, {beside[1]}" if value else value

    def row_of(self, row_id: str) -> int:
        """The row of an id, -1 when it is not in the list or not known to be."""
        rid = self._rid_of.get(row_id)
        return -1 if rid is None else self._row_of_rid(rid)

    def rid_of(self, row_id: str) -> int | None:
        """The row id behind an id, None where the row was never here."""
        return self._rid_of.get(row_id)

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
        if role != roles.DISPLAY and role not in _ANSWERED:
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

    def _take(self, rows: Sequence[Prepared], pages: Sequence[int], *, told: bool = True) -> None:
        """Keeps ``rows`` and holds ``pages`` for fresh; tells of the rows that look otherwise than before."""
        # Rows may answer a wish from before a refresh: no page is fresh by them, but what is seen of them is told of.
        places = self._places_in({*pages, *self._pages_seen()})
        changed: list[int] = []
        for row in rows:
            before = self._rows.pop(row.rid, None)
            self._rows[row.rid] = row
            self._rid_of[row.row_id] = row.rid
            place = places.get(row.rid, -1)
            if place >= 0 and (before is None or before.cells != row.cells):
                changed.append(place)
        self._place_of.update(places)
        for page in pages:
            self._fresh.pop(page, None)
            self._fresh[page] = None
        self._forget()
        if told:
            for start, end in _runs(sorted(changed)):
                self.dataChanged.emit(self.index(start, 0), self.index(end, self._columns - 1))

    def _pages_of(self, rows: Sequence[Prepared], first: int) -> range:
        """The pages that ``rows`` fill from the row ``first`` on."""
        return range(
            first // PAGE, -(-min(first + len(rows), len(self._rids)) // PAGE) if rows else first // PAGE
        )

    def _places_in(self, pages: Iterable[int]) -> dict[int, int]:
        return {
            rid: place
            for page in pages
            for place, rid in enumerate(self._rids[page * PAGE : (page + 1) * PAGE], page * PAGE)
        }

    def _look_again(self) -> None:
        """After a refresh that moved nothing: what is on the screen is fetched anew, and painted where it differs."""
        for page in self._pages_seen():
            if page not in self._fresh:
                self._wish(page)

    def _pages_seen(self) -> range:
        first, last = self._seen
        return range(max(0, first) // PAGE, min(last, len(self._rids) - 1) // PAGE + 1)

    def _row_of_rid(self, rid: int) -> int:
        place = self._place_of.get(rid)
        if place is not None:
            return place
        near = self._places_before.get(rid)
        spans = [(0, len(self._rids))]
        if near is not None:
            spans.insert(0, (max(0, near - _NEAR), near + _NEAR))
        for start, end in spans:
            try:
                place = self._place_of[rid] = self._rids.index(rid, start, end)
            except ValueError:
                continue
            return place
        self._place_of[rid] = -1
        return -1

    def _forget(self) -> None:
        """Keep the pages fetched last; a page whose rows go is fetched anew when it is looked at again."""
        while len(self._fresh) > _PAGES_KEPT:
            page = next(iter(self._fresh))
            del self._fresh[page]
            for rid in self._rids[page * PAGE : (page + 1) * PAGE]:
                self._rows.pop(rid, None)
        while len(self._rows) > 2 * _PAGES_KEPT * PAGE:
            del self._rows[next(iter(self._rows))]
        while len(self._rid_of) > _IDS_KEPT:
            del self._rid_of[next(iter(self._rid_of))]
        if len(self._place_of) > _IDS_KEPT:
            self._place_of = self._places_in(self._fresh)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rising numbers as (first, last) of each stretch without a gap."""
    start = 0
    for place in range(1, len(places) + 1):
        if place == len(places) or places[place] != places[place - 1] + 1:
            yield places[start], places[place - 1]
            start = place
