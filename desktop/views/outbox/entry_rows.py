"""The rows of the outbox as an item model: some dozens at most, held as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.models.items import roles
from desktop.services.background.desk import Desk
from desktop.services.queries.outbox import OutboxRow
from desktop.views.common import case_words
from desktop.views.outbox import sentences

Index = QModelIndex | QPersistentModelIndex


class EntryModel(QAbstractTableModel):
    """Columns: mark, sentence, standing, time."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[OutboxRow, ...] = ()
        self._cells: list[tuple[dict[int, object], ...]] = []
        self._titles: dict[int, str] = {}

    def set_rows(self, rows: Sequence[OutboxRow], desk: Desk) -> None:
        """Show these."""
        cells = [_cells(row, desk) for row in rows]
        if tuple(rows) == self._rows and cells == self._cells:
            return
        self.beginResetModel()
        self._rows = tuple(rows)
        self._cells = cells
        self.endResetModel()

    def entry(self, key: str) -> OutboxRow | None:
        """The entry with this key."""
        return next((row for row in self._rows if row.key == key), None)

    def row_of(self, row_id: str) -> int:
        """Its row, -1 when it is gone."""
        return next((i for i, row in enumerate(self._rows) if row.key == row_id), -1)

    def cell(self, row: int, column: int, role: int) -> object:
        """What the painter asks for."""
        if role == roles.ROW_ID:
            return self._rows[row].key
        return self._cells[row][column].get(role)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = roles.DISPLAY) -> Any:
        return self.cell(index.row(), index.column(), int(role)) if index.isValid() else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        wanted = orientation == Qt.Orientation.Horizontal and role == roles.DISPLAY
        return self._titles.get(section, "") if wanted else None

    def setHeaderData(
        self, section: int, orientation: Qt.Orientation, value: Any, role: int = roles.DISPLAY
    ) -> bool:
        self._titles[section] = str(value)
        return True


def _cells(row: OutboxRow, desk: Desk) -> tuple[dict[int, object], ...]:
    profile, now = desk.profile, desk.now()
    what = sentences.sentence(row)
    standing = sentences.standing(row, profile, desk.offset)
    asks = row.standing in ("conflict", "refused", "out_of_scope", "lost")
    spoken = f"{what}, {standing}"
    return (
        {roles.DISPLAY: "", roles.LIGHT: sentences.light(row)},
        {
            roles.DISPLAY: what,
            roles.SECONDARY: row.ticket_title or row.ticket_number,
            roles.EMPHASIS: asks,
            roles.ACCESSIBLE: spoken,
            roles.TOOLTIP: f"{what} {row.ticket_title}",
        },
        {roles.DISPLAY: standing, roles.TOOLTIP: standing},
        {roles.DISPLAY: case_words.moment(profile, row.made_at, now)},
    )
