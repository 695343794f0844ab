"""The list in groups: each unit or district with its number of cases, exact; choosing one narrows the list to it.

Follows the question of the list beside it. Must not ask for tickets.
"""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.items import roles
from desktop.models.items.frozen import Cells, FrozenModel
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.filters import TicketFilter
from desktop.services.queries.groups import By, Groups, groups
from desktop.views.common.columns import Column
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel

_WHOLE = "*"
"""The id of the first row: all groups together."""


class GroupPane(QWidget):
    """See the module's docstring. Hidden while the list is in no groups."""

    #: Narrow the list: a TicketFilter.
    narrowed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._by: By | None = None
        self._base = TicketFilter()
        self._asked: TicketFilter | None = None
        self._title = PlainLabel(kind="strong")
        columns = (
            Column("name", "", "text", stretch=True, min_width=80, sortable=False, required=True),
            Column("count", self.tr("Cases"), "number", width=56, sortable=False, required=True),
            Column("overdue", self.tr("Overdue"), "number", width=56, sortable=False, required=True),
        )
        self.model = FrozenModel(len(columns), self)
        self.table = ListTable(columns, name=self.tr("Groups"))
        self.table.setModel(self.model)
        self.table.current_id_changed.connect(self._choose)
        head = QVBoxLayout()
        head.setContentsMargins(12, 14, 8, 8)
        head.addWidget(self._title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.table, 1)
        self.setMinimumWidth(190)
        self.hide()

    def by(self) -> str:
        """ "unit", "place", or "" for no groups."""
        return self._by or ""

    def base(self) -> TicketFilter:
        """The question as it was put, whatever group was chosen since."""
        return self._base

    def chose(self, wanted: object) -> bool:
        """Whether a question is one group of the question before."""
        return self._asked is not None and wanted == self._asked

    def group(self, by: str) -> None:
        """Put the list into groups, or take them away; the list is whole again."""
        wanted: By | None = "unit" if by == "unit" else "place" if by == "place" else None
        if wanted == self._by:
            return
        self._by = wanted
        self.setVisible(wanted is not None)
        self._title.setText(self.tr("By unit") if wanted == "unit" else self.tr("By district"))
        if self._asked is not None:
            self._asked = None
            self.narrowed.emit(self._base)
        self.refresh()

    def follow(self, wanted: TicketFilter) -> None:
        """The list asks another question; one that was chosen here is a part of the one before."""
        if wanted != self._asked:
            self._base, self._asked = wanted, None

    def refresh(self) -> None:
        """Count again."""
        by, base = self._by, self._base
        if by is not None:
            self._desk.run_query(
                self, lambda r: groups(r, base, by), self._take, slot="groups", failed=self._failed
            )

    def _take(self, found: Groups) -> None:
        if found.by != self._by or found.wanted != self._base:
            return
        whole = (self.tr("All"), found.count, sum(total.overdue for total in found.totals))
        rows = [(_WHOLE, _cells(*whole, exact=found.exact))]
        rows += [
            (total.key or "-", _cells(self._name(total.key), total.count, total.overdue, exact=found.exact))
            for total in found.totals
        ]
        self.model.show(rows)
        if not self.table.current_id():
            self.table.select_row(0)

    def _failed(self, error: DeskError) -> None:
        self.model.show([])

    def _name(self, key: str) -> str:
        reference = self._desk.reference
        name = reference.unit_name(key) if self._by == "unit" else reference.place_name(key)
        return name or key or self.tr("None")

    def _choose(self, key: str) -> None:
        if not key or self._by is None or key == "-":
            return
        wanted = self._base
        if key != _WHOLE:
            wanted = replace(wanted, **{f"{self._by}_ids": (key,)})
        if wanted != (self._asked or self._base):
            self._asked = wanted
            self.narrowed.emit(wanted)


def _cells(name: str, count: int, overdue: int, *, exact: bool) -> Cells:
    about = "" if exact else "≈ "
    return (
        {roles.DISPLAY: name, roles.TOOLTIP: name, roles.ACCESSIBLE: f"{name} {about}{count:,}"},
        {roles.DISPLAY: f"{about}{count:,}"},
        {roles.DISPLAY: f"{overdue:,}" if overdue else ""},
    )
