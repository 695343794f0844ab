"""The left pane: groups with their counts, search, chips, the register, its footer. Keeps place and selection.

Asks for the ids of the present filter and feeds the windowed model. Must not show a finding, nor act on one.
"""

from __future__ import annotations

from typing import cast

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.domain.entities import FindingState, Severity, literals
from desktop.models.items.windowed import Prepared, WindowedModel
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.base import Reader
from desktop.services.queries.finding_filter import (
    AGES,
    GROUPS,
    STANDINGS,
    FindingFilter,
    Group,
)
from desktop.services.queries.findings import FindingIds, finding_ids, rid_of_finding
from desktop.views.common import case_words
from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.filters import FilterChips, SearchField
from desktop.views.common.layouts import FlowLayout
from desktop.views.common.list_pane import ListPane
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words
from desktop.views.inspections.register import fetch, finding_columns, sort_key, standing_words
from desktop.views.inspections.register_file import RegisterFile

_TOLD_MS = 8_000


class GroupTabs(QWidget):
    """Whose turn it is, each group with its exact count; the arrows go from one to the next."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        flow = FlowLayout(self, gap=6)
        self._buttons = QButtonGroup(self)
        self._words = self._titles()
        for place, group in enumerate(GROUPS):
            button = Button(self._words[group], self)
            button.setCheckable(True)
            button.setProperty("segment", True)
            self._buttons.addButton(button, place)
            flow.addWidget(button)
        self._buttons.button(0).setChecked(True)
        self._buttons.idClicked.connect(self._clicked)

    def show_group(self, group: Group) -> None:
        """Mark a group without telling."""
        self._buttons.button(GROUPS.index(group)).setChecked(True)

    def show_counts(self, counts: dict[Group, int]) -> None:
        """Put the counts behind the words."""
        for place, group in enumerate(GROUPS):
            self._buttons.button(place).setText(f"{self._words[group]}  {counts[group]:,}")

    def words_of(self, group: Group) -> str:
        """The group's name."""
        return self._words[group]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = (self._buttons.checkedId() + step) % len(GROUPS)
        self._buttons.button(place).setFocus(Qt.FocusReason.TabFocusReason)
        self._buttons.button(place).click()

    def _clicked(self, place: int) -> None:
        self.chosen.emit(GROUPS[place])

    def _titles(self) -> dict[Group, str]:
        return {
            "all": self.tr("All"),
            "drafts": self.tr("Drafts"),
            "open": self.tr("With the unit"),
            "answered": self.tr("Answered"),
            "rectified": self.tr("To be checked"),
            "closed": self.tr("Closed"),
        }


class RegisterPane(QWidget):
    """See the module's docstring."""

    #: The finding (or begun form) now current: its row id, "" for none.
    current_changed = Signal(str)
    #: Enter or double click.
    entered = Signal(str)
    new_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = FindingFilter()
        self._looking_for = ""
        self._select_first = True
        columns = finding_columns()
        self.model = WindowedModel(len(columns), self)
        self.table = ListTable(columns, name=self.tr("Findings"), memory_key="findings")
        self.table.setModel(self.model)
        self.tabs = GroupTabs()
        self.search = SearchField(self.tr("Number, ticket, matter"))
        self.chips = FilterChips()
        self.chips.add_chip("unit", self.tr("Unit"))
        self.chips.add_chip("code", self.tr("Code"))
        severities = [(code, case_words.severity(code)) for code in literals(Severity)]
        self.chips.add_chip("severity", self.tr("Severity"), severities)
        states = [(code, case_words.finding_state(code)) for code in literals(FindingState)]
        self.chips.add_chip("state", self.tr("State"), states)
        standings = [(code, standing_words(code)) for code in STANDINGS]
        self.chips.add_chip("standing", self.tr("Time to put it right"), standings, multi=False)
        older = self.tr("Older than {n} days")
        ages = [(str(days), older.format(n=days)) for days in AGES]
        self.chips.add_chip("age", self.tr("Age"), ages, multi=False)
        self.file = RegisterFile(desk, self)
        self.new = Button(self.tr("New finding"), icon="plus", hint="N", on=self._ask_new)
        self._title = PlainLabel(self.tr("Register of findings"), kind="title")
        self._count = PlainLabel(kind="number")
        self._told = PlainLabel(kind="small", tone="pending")
        self._trouble = NoticeBar(kind="error")
        self._trouble.add_action(self.tr("Try again"), self.refresh)
        self._trouble.hide()
        self._hush = QTimer(self)
        self._hush.setSingleShot(True)
        self._hush.setInterval(_TOLD_MS)
        self._hush.timeout.connect(self._forget_told)
        self._lay_out()
        self._connect()
        self.learn_reference()
        self.table.set_loading(True)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 8, 6)
        head.setSpacing(8)
        head.addWidget(self._title, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.search, 2)
        self._columns_button = IconButton("columns-3", self.tr("Columns"), on=self._choose_columns)
        head.addWidget(self._columns_button)
        head.addWidget(
            IconButton("download", self.tr("Save the register as a file…"), hint="X", on=self.press_export)
        )
        head.addWidget(self.new)
        tabs = QVBoxLayout()
        tabs.setContentsMargins(16, 0, 8, 8)
        tabs.setSpacing(8)
        tabs.addWidget(self.tabs)
        tabs.addWidget(self.chips)
        pane = ListPane(self.table)
        pane.footer.insertWidget(1, self._told, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(tabs)
        whole.addWidget(self._trouble)
        whole.addWidget(pane, 1)

    def _connect(self) -> None:
        self.model.rows_wanted.connect(self._fetch)
        self.file.told.connect(self.tell)
        self.table.current_id_changed.connect(self.current_changed)
        self.table.activated_row.connect(self.entered)
        self.table.sort_changed.connect(self._sort)
        self.table.empty.acted.connect(self._empty_acted)
        self.tabs.chosen.connect(self._group_chosen)
        self.search.searched.connect(self._searched)
        self.search.left_down.connect(self.focus_list)
        self.chips.changed.connect(self._chips_changed)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+F"), self, context=within).activated.connect(self.focus_search)

    # -- what the page asks ------------------------------------------------------------------------------------

    def wanted(self) -> FindingFilter:
        """The filter in force."""
        return self._wanted

    def ask(self, wanted: FindingFilter) -> None:
        """Show what a filter lets through, from the top."""
        self._wanted = wanted
        self._select_first = True
        self.tabs.show_group(wanted.group)
        self.chips.set_values(
            {
                "unit": wanted.unit_ids,
                "code": wanted.codes,
                "severity": wanted.severities,
                "state": wanted.states,
                "standing": (wanted.standing,) if wanted.standing else (),
                "age": (str(wanted.older_than),) if wanted.older_than else (),
            }
        )
        if self.search.text().strip() != wanted.text:
            self.search.setText(wanted.text)
        self.table.layout_of_columns.show_sort(wanted.sort or "filed", wanted.descending or not wanted.sort)
        self.refresh()

    def look_up(self, finding_id: str) -> None:
        """Make a finding current; where the present filter hides it, among all findings."""
        self._looking_for = finding_id
        self.refresh()

    def refresh(self) -> None:
        """Ask for the ids again; place and selection stay."""
        wanted, looked_for = self._wanted, self._looking_for
        self._desk.run_query(
            self, lambda r: _listing(r, wanted, looked_for), self._take, slot="ids", failed=self._failed
        )

    def tell(self, words: str) -> None:
        """Say for a few seconds what was just done."""
        self._told.setText(words)
        self._told.setAccessibleName(words)
        self._hush.start()

    def learn_reference(self) -> None:
        """Units or the city's codes are others now."""
        desk = self._desk
        units = [(u.id, u.short_name or u.name, u.pinyin) for u in desk.reference.units.values()]
        self.chips.set_options("unit", [(i, n) for i, n, _ in sorted(units, key=lambda u: u[2] or u[1])])
        codes = [(c.code, f"{c.code} {c.words(desk.language)}") for c in desk.profile.finding_codes]
        self.chips.set_options("code", codes)

    def focus_list(self) -> None:
        """Give the keyboard to the list."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_search(self) -> None:
        """Give the keyboard to the search line."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    # -- answers -----------------------------------------------------------------------------------------------

    def _take(self, listing: tuple[FindingIds, int | None]) -> None:
        found, rid = listing
        if found.wanted != self._wanted:
            return
        self._trouble.hide()
        self.table.set_loading(False)
        count = len(found.rids)
        self._count.setText(f"{count:,}")
        self.tabs.show_counts(found.counts)
        self._say_when_empty()
        if rid is not None and self._looking_for:
            self.model.know(self._looking_for, rid)
        self.model.set_rids(found.rids)
        self.search.show_matches(self.tr("{n} found").format(n=f"{count:,}") if self._wanted.text else "")
        if self._looking_for:
            self._settle_search(rid)
        elif self._select_first and count:
            self.table.select_row(0)
        self._select_first = False

    def _settle_search(self, rid: int | None) -> None:
        finding_id, self._looking_for = self._looking_for, ""
        hidden = rid is not None and not self.table.select_id(finding_id)
        if hidden and self._wanted != FindingFilter():
            self._looking_for = finding_id
            self.ask(FindingFilter())

    def _fetch(self, rids: tuple[int, ...]) -> None:
        self._desk.run_query(self, lambda r: fetch(r, rids), self._put, slot="rows", failed=self._rows_failed)

    def _put(self, rows: tuple[Prepared, ...]) -> None:
        self.model.put(rows)

    def _rows_failed(self, error: DeskError) -> None:
        self.model.put_failed()
        self._failed(error)

    def _failed(self, error: DeskError) -> None:
        self.table.set_failed()
        self._trouble.set_notice(error_words(error), "error")
        self._trouble.show()

    # -- what the person does ----------------------------------------------------------------------------------

    def _ask_new(self) -> None:
        self.new_wanted.emit()

    def _group_chosen(self, key: str) -> None:
        group = next((g for g in GROUPS if g == key), None)
        if group is not None:
            self.ask(replace(self._wanted, group=group))

    def _searched(self, text: str) -> None:
        self.ask(replace(self._wanted, text=text))

    def _chips_changed(self) -> None:
        values = self.chips.values()
        standing = next(iter(values.get("standing", ())), "")
        narrowed = replace(
            self._wanted,
            unit_ids=tuple(values.get("unit", ())),
            codes=tuple(values.get("code", ())),
            severities=cast("tuple[Severity, ...]", tuple(values.get("severity", ()))),
            states=cast("tuple[FindingState, ...]", tuple(values.get("state", ()))),
            standing=next((each for each in STANDINGS if each == standing), ""),
            older_than=int(next(iter(values.get("age", ())), "0")),
        )
        self.ask(narrowed)

    def press_export(self) -> None:
        """Save what is listed as a spreadsheet."""
        self.file.ask(tuple(self.model.rids()))

    def _sort(self, column: str, descending: bool) -> None:
        self.ask(replace(self._wanted, sort=sort_key(column), descending=descending))

    def _say_when_empty(self) -> None:
        if self._wanted.narrowed:
            self.table.set_empty(
                self.tr("Nothing matches"),
                self.tr("No finding in this group fits the filter."),
                self.tr("Clear the filter"),
                "list-filter",
            )
        elif self._wanted.group == "all":
            self.table.set_empty(
                self.tr("No finding yet"),
                self.tr("A finding is filed from a case (F), or here with its number."),
                self.tr("New finding"),
                "clipboard-check",
            )
        else:
            title = self.tr("Nothing here")
            sentence = self.tr("No finding stands at this point.")
            self.table.set_empty(title, sentence, "", "circle-check")

    def _empty_acted(self) -> None:
        if self._wanted.narrowed:
            self.search.clear()
            self.ask(FindingFilter(group=self._wanted.group))
            self.focus_list()
        else:
            self.new_wanted.emit()

    def _choose_columns(self) -> None:
        menu = self.table.column_menu()
        menu.popup(self._columns_button.mapToGlobal(self._columns_button.rect().bottomLeft()))

    def _forget_told(self) -> None:
        self._told.setText("")


def _listing(r: Reader, wanted: FindingFilter, looked_for: str) -> tuple[FindingIds, int | None]:
    return finding_ids(r, wanted), rid_of_finding(r, looked_for) if looked_for else None
