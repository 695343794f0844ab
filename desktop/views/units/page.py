"""The unit directory: type a few letters, see whom to call; keep the lines; say who looks after which unit.

Owns when to ask again. Must not know other pages: showing a unit's cases goes out as a signal.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.directory import UnitLine, directory, fits
from desktop.views.common import theme
from desktop.views.common.columns import Column
from desktop.views.common.filters import SearchField
from desktop.views.common.list_pane import ListPane
from desktop.views.common.page import Page
from desktop.views.common.panels import Splitter
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words

from .rows import UnitModel
from .unit_pane import UnitPane

_TYPES = ("unit", "person", "urge", "ticket")


class UnitsPage(Page):
    """See the module's docstring."""

    #: Show the cases of this unit id.
    unit_cases_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._lines: dict[str, UnitLine] = {}
        self._wanted = ""
        self.set_title(self.tr("Unit directory"))
        self.search = SearchField(self.tr("Unit, person, pinyin initials  Ctrl+F"))
        self.toolbar.addWidget(self.search)
        self.search.setMinimumWidth(theme.current().px(320))
        self.model = UnitModel(desk, self)
        self.table = ListTable(self._columns(), name=self.tr("Unit directory"), memory_key="units")
        self.table.setModel(self.model)
        self.table.set_loading(True)
        self.list = ListPane(self.table)
        self._told = PlainLabel(kind="small", tone="secondary")
        self.list.footer.addWidget(self._told)
        self.pane = UnitPane(desk)
        split = Splitter()
        split.addWidget(self.list)
        split.addWidget(self.pane)
        split.setStretchFactor(0, 5)
        split.setStretchFactor(1, 3)
        split.setSizes([720, 430])
        self.body.addWidget(split)
        self.search.searched.connect(self._searched)
        self.search.left_down.connect(self._to_list)
        self.table.current_id_changed.connect(self._choose)
        self.pane.told.connect(self._tell)
        self.pane.cases_wanted.connect(self.unit_cases_requested)
        self.pane.cases.setVisible(bool({"officer", "approve", "deputy_director"} & {*desk.me.roles}))
        self.pane.learn_people()
        self.listen(desk.changed, self._changed)
        self.listen(desk.identity_changed, self._identity_changed)
        bindings: tuple[tuple[str, Callable[[], object]], ...] = (
            ("Ctrl+F", self._to_search),
            ("F6", self._next_pane),
        )
        for keys, do in bindings:
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, context=context).activated.connect(do)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(
                "unit", self.tr("Unit"), "text", stretch=True, min_width=110, sortable=False, required=True
            ),
            Column("liaison", self.tr("Liaison"), "text", width=68, sortable=False),
            Column("liaison_phone", self.tr("Liaison tel."), "text", width=104, sortable=False),
            Column("duty", self.tr("Duty tel."), "text", width=104, sortable=False),
            Column("open", self.tr("Open"), "number", width=56, sortable=False),
            Column("overdue", self.tr("Overdue"), "number", width=64, sortable=False),
            Column("by", self.tr("Officer"), "secondary", width=88, sortable=False),
            Column("last", self.tr("Last urged"), "secondary", width=100, sortable=False),
        )

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet: keys, and what they do."""
        return (
            ("Ctrl+F", self.tr("Find a unit")),
            ("F6", self.tr("Search, units, one unit")),
            ("Ctrl+Enter", self.tr("Save what is written")),
        )

    # -- for the shell -----------------------------------------------------------------------------------------

    def show_unit(self, unit_id: str) -> None:
        """Show one unit, whatever is being searched for."""
        self._wanted = unit_id
        self.search.clear()
        self._show()

    def place(self) -> dict[str, str]:
        return {"unit": self.table.current_id()}

    def return_to(self, place: dict[str, str]) -> None:
        self.show_unit(place.get("unit", ""))

    def refresh(self) -> None:
        self._desk.run_query(self, directory, self._take, slot="units", failed=self._failed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        focused: QWidget | None = self.window().focusWidget()
        if not _holds(self, focused):
            self._to_list()

    # -- answers -----------------------------------------------------------------------------------------------

    def _take(self, lines: tuple[UnitLine, ...]) -> None:
        self._lines = {line.unit.id: line for line in lines}
        self.table.set_loading(False)
        self._show()

    def _failed(self, error: DeskError) -> None:
        self.table.set_failed()
        self._tell(error_words(error))

    def _show(self) -> None:
        text = self.search.text().strip()
        shown = [line for line in self._lines.values() if not text or fits(line.unit, text)]
        self.set_count(len(shown))
        self.table.set_empty(
            self.tr("Nothing matches"),
            self.tr("No unit and nobody in one is called like that."),
            "",
            "search",
        )
        current = self.table.current_id()
        self.model.set_lines(shown)
        wanted, self._wanted = self._wanted or current, ""
        if not (wanted and self.table.select_id(wanted)) and shown:
            self.table.select_row(0)
        self._choose(self.table.current_id())

    def _choose(self, unit_id: str) -> None:
        line = self._lines.get(unit_id)
        self.pane.setVisible(line is not None)
        if line is not None:
            self.pane.show_line(line)

    def _changed(self, changes: Changes) -> None:
        if changes.concerns(*_TYPES):
            self.set_stale()

    def _identity_changed(self) -> None:
        self.pane.learn_people()
        self.set_stale()

    # -- what the person does ----------------------------------------------------------------------------------

    def _searched(self, text: str) -> None:
        self._show()

    def _tell(self, words: str) -> None:
        self._told.setText(words)

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _to_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _next_pane(self) -> None:
        """F6: search, list, the unit's lines, and round again."""
        stops: list[QWidget] = [self.search, self.table, self.pane.liaison]
        focused = self.focusWidget()
        place = next((i for i, stop in enumerate(stops) if _holds(stop, focused)), len(stops) - 1)
        stops[(place + 1) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)


def _holds(pane: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (pane is focused or pane.isAncestorOf(focused))
