"""The rows of the record as an item model: what one page of it holds, and the older ones asked for behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.models.domain.oversight import AuditEntry
from desktop.models.items import roles
from desktop.services.background.desk import Desk
from desktop.views.common import oversight_words as words

Index = QModelIndex | QPersistentModelIndex
COLUMNS = 5


class RecordModel(QAbstractTableModel):
    """Columns: time, person, act, case, why."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: tuple[AuditEntry, ...] = ()
        self._cells: list[tuple[dict[int, object], ...]] = []
        self._titles: dict[int, str] = {}

    def set_entries(self, entries: Sequence[AuditEntry], desk: Desk) -> None:
        """Show these."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self._cells = [_cells(entry, desk) for entry in entries]
        self.endResetModel()

    def entries(self) -> tuple[AuditEntry, ...]:
        """What is shown, newest first."""
        return self._entries

    def entry(self, row_id: str) -> AuditEntry | None:
        """The act with this number."""
        return next((entry for entry in self._entries if str(entry.seq) == row_id), None)

    def cell(self, row: int, column: int, role: int) -> object:
        """What the painter asks for."""
        if role == roles.ROW_ID:
            return str(self._entries[row].seq)
        return self._cells[row][column].get(role)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else COLUMNS

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


def _cells(entry: AuditEntry, desk: Desk) -> tuple[dict[int, object], ...]:
    at = f"{desk.office_time(entry.at):%Y-%m-%d %H:%M:%S}"
    what, about = words.action(entry.action), _about(entry)
    why = " · ".join(
        word for word in (words.purpose(desk.profile, entry.purpose, desk.language), entry.reason) if word
    )
    who = entry.person or QCoreApplication.translate("Oversight", "Server's command line")
    return (
        {roles.DISPLAY: at},
        {roles.DISPLAY: who, roles.TOOLTIP: f"{who} {entry.device_id}"},
        {roles.DISPLAY: what, roles.SECONDARY: about, roles.TOOLTIP: f"{what} {about}"},
        {roles.DISPLAY: entry.ticket_number},
        {roles.DISPLAY: why, roles.TOOLTIP: why},
    )


def _about(entry: AuditEntry) -> str:
    parts = [words.field(entry.field)] if entry.field else []
    if entry.second:
        parts.append(QCoreApplication.translate("Oversight", "with {name}").format(name=entry.second))
    if entry.code:
        parts.append(entry.code)
    if entry.rows > 1:
        parts.append(QCoreApplication.translate("Oversight", "{n} rows").format(n=f"{entry.rows:,}"))
    return " · ".join(parts)
