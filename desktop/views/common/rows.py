"""Reads rows out of any item model by the shared roles, as directly as the model allows. Must not know any view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractItemModel

from desktop.models.items import roles

#: (row, column, role) → the model's answer.
Cell = Callable[[int, int, int], object]
#: How many rows are looked through for an id in a model that has no `row_of`.
LOOK_THROUGH: Final = 2_000


def _nothing(row: int, column: int, role: int) -> object:
    return None


class Rows:
    """The rows of one model, or of none."""

    def __init__(self, model: QAbstractItemModel | None = None) -> None:
        self.model = model
        self.cell: Cell = _nothing if model is None else _reader(model)

    def look_at(self, first: int, last: int) -> None:
        """Tell a model that fetches its rows which of them are on the screen."""
        tell = getattr(self.model, "look_at", None)
        if callable(tell):
            tell(first, last)

    def count(self) -> int:
        """How many rows there are."""
        return self.model.rowCount() if self.model is not None else 0

    def id_of(self, row: int) -> str:
        """The id of a row; "" when there is no such row or it is still being fetched."""
        if not 0 <= row < self.count():
            return ""
        found = self.cell(row, 0, roles.ROW_ID)
        return str(found) if found else ""

    def find(self, row_id: str) -> int:
        """The row of an id, -1 when it is not there."""
        if self.model is None or not row_id:
            return -1
        row_of = getattr(self.model, "row_of", None)
        if callable(row_of):
            return int(row_of(row_id))
        for row in range(min(self.count(), LOOK_THROUGH)):
            if self.cell(row, 0, roles.ROW_ID) == row_id:
                return row
        return -1


def _reader(model: QAbstractItemModel) -> Cell:
    """The model's own `cell`, or one over its `data`."""
    own = getattr(model, "cell", None)
    if callable(own):
        direct: Cell = own
        return direct

    def read(row: int, column: int, role: int) -> object:
        return model.data(model.index(row, column), role)

    return read
