"""The rows of the directory as an item model."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop.models.items import roles
from desktop.models.items.frozen import Cells, FrozenModel
from desktop.services.background.desk import Desk
from desktop.services.queries.directory import UnitLine
from desktop.views.common import case_words

COLUMNS = 8


class UnitModel(FrozenModel):
    """Columns: unit, liaison, their number, on-duty number, open, overdue, looked after by, last urged."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(COLUMNS, parent)
        self._desk = desk

    def set_lines(self, lines: Sequence[UnitLine]) -> None:
        """Show these in this order."""
        self.show([(line.unit.id, self._line_cells(line)) for line in lines])

    def _line_cells(self, line: UnitLine) -> Cells:
        unit = line.unit
        last = case_words.moment(self._desk.profile, line.last.at, self._desk.now()) if line.last else ""
        return (
            {
                roles.DISPLAY: unit.short_name or unit.name,
                roles.TOOLTIP: unit.name,
                roles.ACCESSIBLE: unit.name,
            },
            {roles.DISPLAY: unit.liaison},
            {roles.DISPLAY: unit.liaison_phone},
            {roles.DISPLAY: unit.duty_phone},
            {roles.DISPLAY: f"{line.open:,}"},
            {roles.DISPLAY: f"{line.overdue:,}" if line.overdue else ""},
            {roles.DISPLAY: ", ".join(line.looked_after_by)},
            {roles.DISPLAY: last},
        )
