"""The rows of the board as an item model, the gravest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from desktop.models.items import roles
from desktop.models.items.frozen import Cells, FrozenModel
from desktop.services.background.desk import Desk
from desktop.services.queries.board.cases import Contradiction
from desktop.views.common import case_words

from . import sign_words

_COLUMNS = 7
_MOST_PILLS = 3


class BoardModel(FrozenModel):
    """Columns: place, number, matter, signs, unit, how often in the unit, when the citizen said so.

    A large city has thousands of cases: their cells are made when they are painted.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self._desk = desk
        self._cases: tuple[Contradiction, ...] = ()
        self._made: dict[int, Cells] = {}

    def set_cases(self, cases: Sequence[Contradiction]) -> None:
        """Show these in this order."""
        self._cases, self._made = tuple(cases), {}
        same = self.ids() == tuple(case.ticket_id for case in cases)
        self.show([(case.ticket_id, ()) for case in cases])
        if same and cases:
            self.dataChanged.emit(self.index(0, 0), self.index(len(cases) - 1, _COLUMNS - 1))

    def cell(self, row: int, column: int, role: int) -> object:
        if role == roles.ROW_ID:
            return super().cell(row, column, role)
        if row not in self._made:
            self._made[row] = _cells(row + 1, self._cases[row], self._desk)
        return self._made[row][column].get(role, "" if role == roles.LIGHT else None)

    def case(self, ticket_id: str) -> Contradiction | None:
        """The case of this ticket."""
        row = self.row_of(ticket_id)
        return self._cases[row] if row >= 0 else None


def _cells(place: int, case: Contradiction, desk: Desk) -> Cells:
    evidence = sign_words.shown_on(case)
    denied = [sign for sign in case.signs if sign not in evidence]
    said = ", ".join(sign_words.name(sign) for sign in (*denied, *evidence))
    pills = [("due_soon", sign_words.name(sign)) for sign in evidence]
    pills += [("overdue", sign_words.name(sign)) for sign in denied]
    unit = desk.reference.unit_name(case.unit_id)
    often = sign_words.of_unit(case)
    return (
        {roles.DISPLAY: f"{place:,}"},
        {roles.DISPLAY: case.number},
        {
            roles.DISPLAY: case.title,
            roles.TOOLTIP: case.title,
            roles.ACCESSIBLE: f"{case.number}, {case.title}, {unit}, {said}, {often}",
        },
        {roles.DISPLAY: "", roles.PILLS: tuple(pills[:_MOST_PILLS]), roles.TOOLTIP: said},
        {roles.DISPLAY: unit, roles.TOOLTIP: unit},
        {roles.DISPLAY: often},
        {roles.DISPLAY: case_words.moment(desk.profile, case.said_at, desk.now())},
    )
