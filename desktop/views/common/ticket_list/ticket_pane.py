"""The left pane: search, chips, the list of tickets, its footer. It keeps place and selection through every refresh.

Asks for the ids of the present filter and feeds the windowed model; says which ticket is current. Must not act on
tickets, nor show one.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.models.items.windowed import Prepared, WindowedModel
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.base import Reader
from desktop.services.queries.filters import Queue, TicketFilter, limited_by_area
from desktop.services.queries.search.asking import Outcome
from desktop.views.common.bars import NoticeBar, ProgressStrip
from desktop.views.common.buttons import IconButton
from desktop.views.common.colleagues import everybody_there
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.ticket_list import queues
from desktop.views.common.ticket_list.columns import fetch, sort_key, ticket_columns
from desktop.views.common.ticket_list.filter_bar import FilterBar
from desktop.views.common.ticket_list.list_frame import foot_row, head_row, stack
from desktop.views.common.ticket_list.listing import Listing, Look, listing
from desktop.views.common.ticket_list.order_memory import OrderMemory
from desktop.views.common.ticket_list.search_line import SearchLine
from desktop.views.common.ticket_list.search_words import count_words, note_words
from desktop.views.common.words import error_words

_TOLD_MS = 8_000


class TicketPane(QWidget):
    """See the module's docstring."""

    #: The ticket now current, "" for none.
    current_changed = Signal(str)
    #: Enter or double click: go into the case.
    entered = Signal(str)
    menu_wanted = Signal(str, QPoint)
    #: The ids of the present filter are here.
    listed = Signal()
    #: Another question is put: its TicketFilter.
    asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, multi: bool = False) -> None:
        """``multi``: several tickets may be chosen at a time."""
        super().__init__(parent)
        self._desk = desk
        self._wanted = TicketFilter()
        self._orders = OrderMemory()
        self._looking_for = ""
        self._select_first = True
        columns = ticket_columns()
        self.model = WindowedModel(len(columns), self)
        self.table = ListTable(columns, name=self.tr("Tickets"), multi=multi, memory_key="tickets")
        self.table.setModel(self.model)
        self.search = SearchLine(desk, self.tr("Number, matter, text"))
        self.chips = FilterBar()
        self.menu_button = IconButton("ellipsis", self.tr("List menu"), hint="Ctrl+E")
        self.views_button = IconButton("bookmark", self.tr("Views and groups"), hint="Ctrl+I")
        self.views_button.hide()  # for pages that have views
        self.progress = ProgressStrip()
        self._title = PlainLabel(kind="title")
        self._count = PlainLabel(kind="number")
        self._area = PlainLabel(kind="small", tone="secondary")
        self._area.hide()
        self._range = PlainLabel(kind="small", tone="secondary")
        self._chosen = PlainLabel(kind="small", tone="accent")
        self._told = PlainLabel(kind="small", tone="pending")
        self._trouble = NoticeBar(kind="error")
        self._trouble.hide()
        self._note = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._note_row = QWidget()
        self._note_row.hide()
        self._checking = self._checked = False
        self._searched_words: tuple[str, ...] = ()
        self._hush = QTimer(self)
        self._hush.setSingleShot(True)
        self._hush.setInterval(_TOLD_MS)
        self._hush.timeout.connect(self._forget_told)
        self._lay_out()
        self._connect()
        self.chips.offer(desk.reference)
        desk.colleagues.changed.connect(self._show_colleagues)
        self._show_colleagues()
        self.table.set_loading(True)

    def _lay_out(self) -> None:
        self._columns = IconButton("columns-3", self.tr("Columns"), hint="Ctrl+T", on=self.open_columns)
        buttons = (self._columns, self.views_button, self.menu_button)
        head = head_row((self._title, self._count, self._area), self.search, buttons)
        note = QHBoxLayout(self._note_row)
        note.setContentsMargins(16, 0, 8, 8)
        note.addWidget(self._note)
        foot = foot_row((self._range, self._chosen), self._told, self.progress)
        stack(self, head, self.chips, (self._note_row, self._trouble), self.table, foot)

    def _connect(self) -> None:
        self.model.rows_wanted.connect(self._fetch)
        self.table.current_id_changed.connect(self.current_changed)
        self.table.activated_row.connect(self.entered)
        self.table.menu_wanted.connect(self.menu_wanted)
        self.table.sort_changed.connect(self._sort)
        self.table.range_changed.connect(self._show_range)
        self.table.selection_changed.connect(self._show_chosen)
        self.table.empty.acted.connect(self._empty_acted)
        self.search.searched.connect(self._searched)
        self.search.left_down.connect(self.focus_list)
        self.chips.changed.connect(self._chips_changed)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.focus_search)
        QShortcut(QKeySequence("Ctrl+T"), self).activated.connect(self.open_columns)
        QShortcut(QKeySequence("Ctrl+E"), self).activated.connect(self.menu_button.click)

    # -- what the page asks ------------------------------------------------------------------------------------

    def wanted(self) -> TicketFilter:
        """The filter in force."""
        return self._wanted

    def show_queue(self, queue: Queue) -> None:
        """Show a queue in the order last chosen for it, else its own; chips and text stay as they are."""
        key, descending = self._orders.of(queue)
        self.ask(replace(self._meant(), queue=queue, everywhere=False, sort=key, descending=descending))

    def ask(self, wanted: TicketFilter, name: str = "") -> None:
        """Show what a filter lets through, from the top; ``name`` is its own, "" for its queue's."""
        self._wanted = wanted
        self._select_first = True
        self._title.setText(name or queues.title_of(wanted.queue))
        self.asked.emit(wanted)
        self._show_area()
        self.chips.show_filter(wanted)
        if self.search.text().strip() != wanted.text:
            self.search.setText(wanted.text)
        self._show_sort()
        self.refresh()

    def look_up(self, ticket_id: str) -> None:
        """Make a ticket current; where the present filter hides it, among all tickets."""
        self._looking_for = ticket_id
        self.refresh()

    def refresh(self) -> None:
        """Ask for the ids again; place and selection stay."""
        self._end_check()
        self._show_area()
        look = self._look()
        self._desk.run_query(self, lambda r: listing(r, look), self._take, slot="ids", failed=self._failed)

    def tell(self, words: str) -> None:
        """Say for a few seconds what was just done."""
        self._told.setText(words)
        self._told.setAccessibleName(words)
        self._hush.start()

    def learn_reference(self) -> None:
        """Units, matters or districts are others now."""
        self.chips.offer(self._desk.reference)

    def searched(self) -> tuple[str, ...]:
        """The folded words of the search in force: what a case is marked with."""
        return self._searched_words

    def note(self) -> str:
        """What is said of the search above the list, "" for nothing."""
        return self._note.text() if not self._note_row.isHidden() else ""

    def settled(self) -> bool:
        """Whether every row listed has been looked at: of a search with very many hits, not at once."""
        return not self._checking

    def focus_list(self) -> None:
        """Give the keyboard to the list."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_search(self) -> None:
        """Give the keyboard to the search line."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def title(self) -> str:
        """The name of what is listed: for exports and prints."""
        area = self._area.text()
        return f"{self._title.text()} · {area}" if area else self._title.text()

    def _show_area(self) -> None:
        """Whose cases these are, where they are not the whole city's."""
        limited = bool(self._desk.area.in_force) and limited_by_area(self._wanted)
        self._area.setText(self.tr("My units") if limited else "")
        self._area.setVisible(limited)

    # -- at a start --------------------------------------------------------------------------------------------

    def go_on_from(self, rids: array[int], rows: Sequence[Prepared], row: int) -> None:
        """Show what a start has read already, until the answer to the present question is here."""
        self.table.set_loading(False)
        self._count.setText(f"{len(rids):,}")
        self.model.set_rids(rids)
        self.model.put(rows)
        self.table.select_row(row)
        self._select_first = False

    def stand_at(self, down: int, sideways: int) -> None:
        """Stand where those rows stood, with the keyboard; the pane has been laid out."""
        self.table.verticalScrollBar().setValue(down)
        self.table.horizontalScrollBar().setValue(sideways)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def landmarks(self) -> tuple[QWidget, QWidget, QWidget]:
        """The table, the title and the count: where the next start shows its first rows."""
        return self.table, self._title, self._count

    # -- answers -----------------------------------------------------------------------------------------------

    def _look(self) -> Look:
        """The present question, from where the list stands now."""
        first, room = self.table.rows_in_view()
        row = self.table.currentIndex().row()
        current = self.model.rid_of(self.table.current_id()) if row >= 0 else None
        return Look(
            wanted=self._wanted,
            looked_for=self._looking_for,
            shown=self.model.rids(),
            current=current or 0,
            offset=row - first,
            first=first,
            room=room,
            anew=self._select_first,
        )

    def _take(self, answer: Listing) -> None:
        found, rid = answer.found, answer.rid
        if found.wanted != self._wanted:
            return
        self._trouble.hide()
        self.table.set_loading(False)
        count = len(found.rids)
        self._count.setText(f"{count:,}")
        self._say_when_empty()
        if rid is not None and self._looking_for:
            self.model.know(self._looking_for, rid)
        self.model.set_rids(found.rids, answer.rows, answer.first, answer.places)
        self._desk.load_lists()
        self._tell_search(found.search, count)
        if self._looking_for:
            self._settle_search(rid)
        elif self._select_first and count:
            self.table.select_row(0)
        if count:  # an empty answer may only be too early: the first sync is still on its way
            self._select_first = False
        self.listed.emit()

    def _tell_search(self, outcome: Outcome | None, count: int) -> None:
        """How many there are, as far as that is known; the rest is found out while the list is in use."""
        self._searched_words = outcome.words if outcome is not None else ()
        self.search.show_matches(count_words(outcome, count) if outcome is not None else "")
        note = note_words(outcome) if outcome is not None else ""
        self._note.setText(note)
        self._note_row.setVisible(bool(note))
        if outcome is not None and not outcome.exact and not self._checked:
            self._checking = self._checked = True
            look = self._look()
            self._desk.run_query(
                self,
                lambda r: listing(r, look, patient=True),
                self._take_checked,
                slot="check",
                failed=self._failed,
                patient=True,
            )

    def _take_checked(self, answer: Listing) -> None:
        if self._checking:
            self._checking = False
            self._take(answer)

    def _end_check(self) -> None:
        """A new question: whatever looks through the hits of the one before is broken off."""
        self._checked = False
        if self._checking:
            self._checking = False
            self._desk.run_query(self, _nothing, self._ignore, slot="check", patient=True)

    def _ignore(self, nothing: None) -> None:
        """The check before was broken off by asking nothing."""

    def _settle_search(self, rid: int | None) -> None:
        ticket_id, self._looking_for = self._looking_for, ""
        if rid is None:
            self._show_trouble(self.tr("This ticket is not on this desktop: it may lie outside your scope."))
            return
        anywhere = TicketFilter(queue="all", everywhere=bool(self._desk.area.in_force))
        if not self.table.select_id(ticket_id) and self._wanted != anywhere:
            self._looking_for = ticket_id
            self.ask(anywhere)

    def _fetch(self, rids: tuple[int, ...]) -> None:
        text = self._wanted.text
        self._desk.run_query(
            self, lambda r: fetch(r, rids, text), self._put, slot="rows", failed=self._rows_failed
        )

    def _put(self, rows: tuple[Prepared, ...]) -> None:
        self.model.put(rows)

    def _rows_failed(self, error: DeskError) -> None:
        self.model.put_failed()
        self._failed(error)

    def _failed(self, error: DeskError) -> None:
        self.table.set_failed()
        self._show_trouble(error_words(error))

    def _show_trouble(self, words: str) -> None:
        self._trouble.set_notice(words, "error")
        self._trouble.show()

    # -- what the person does ----------------------------------------------------------------------------------

    def _searched(self, text: str) -> None:
        self.ask(replace(self._wanted, text=text))

    def _meant(self) -> TicketFilter:
        """The present question with what stands in the search line: a pause in typing may still be on its way."""
        return replace(self._wanted, text=self.search.text().strip())

    def _chips_changed(self) -> None:
        self.ask(self.chips.filter(self._meant()))

    def _sort(self, column: str, descending: bool) -> None:
        key, descending = self._orders.choose(self._wanted.queue, sort_key(column), descending)
        self.ask(replace(self._meant(), sort=key, descending=descending))

    def _show_sort(self) -> None:
        """The arrow of the order in force; a queue with an order of its own has it at the time limit, or none."""
        key = self._wanted.sort
        own = queues.order_of(self._wanted.queue)
        self.table.layout_of_columns.show_sort(*((key, self._wanted.descending) if key is not None else own))

    def _say_when_empty(self) -> None:
        if self._wanted.narrowed:
            self.table.set_empty(
                self.tr("Nothing matches"),
                self.tr("No ticket in this queue fits the filter."),
                self.tr("Clear the filter"),
                "list-filter",
            )
        else:
            title = self.tr("Nothing here")
            self.table.set_empty(title, queues.empty_words(self._wanted.queue), "", "circle-check")

    def _empty_acted(self) -> None:
        self.search.clear()
        self.ask(self._wanted.cleared())
        self.focus_list()

    def open_columns(self) -> None:
        """Ctrl+T: which columns are shown, and the order."""
        self.table.column_menu().popup(self._columns.mapToGlobal(self._columns.rect().bottomLeft()))

    def _show_range(self, first: int, last: int, count: int) -> None:
        shown = f"{first + 1:,}–{last + 1:,} / {count:,}" if count else ""
        self._range.setText(shown)

    def chosen(self, most: int) -> list[int]:
        """The row ids of the rows chosen, in the order of the list, at most ``most`` and one more."""
        rids = self.model.rids()
        rows: dict[int, None] = {}
        for top, bottom in self._ranges():
            rows.update(dict.fromkeys(range(top, min(bottom, top + most) + 1)))
        return [rids[row] for row in rows if row < len(rids)][: most + 1]

    def _ranges(self) -> list[tuple[int, int]]:
        """First and last row of each run of rows chosen, from the top; a list may be chosen whole."""
        selection = self.table.selectionModel().selection()
        found = [selection.at(place) for place in range(selection.count())]
        return sorted({(one.top(), one.bottom()) for one in found})

    def _show_chosen(self) -> None:
        count = sum(bottom - top + 1 for top, bottom in self._ranges())
        self._chosen.setText(self.tr("%n chosen", "", count) if count > 1 else "")

    def _show_colleagues(self) -> None:
        self.model.set_beside(everybody_there(self._desk))

    def _forget_told(self) -> None:
        self._told.setText("")


def _nothing(r: Reader) -> None:
    """No question at all."""
