"""What is asked of the liaison's unit, each with the time left, and beside it the answer and the case.

Works the same with and without a network: an answer is recorded at once and waits to be sent.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.items.frozen import FrozenModel, FrozenRow
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.base import Reader
from desktop.services.queries.my_cases import Ask, AskDetail, ask_detail
from desktop.services.queries.ticket_panel import TicketPanel, ticket_panel
from desktop.views.common.bars import NoticeBar
from desktop.views.common.case_view import CaseView
from desktop.views.common.layouts import row
from desktop.views.common.list_pane import ListPane
from desktop.views.common.panels import SidePanel, Splitter
from desktop.views.common.states import StateView
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words
from desktop.views.my_cases.answer_panel import AnswerPanel
from desktop.views.my_cases.ask_rows import ask_columns, prepared_asks, row_key

Found = tuple[Ask, AskDetail | None, TicketPanel | None]


class AskedView(QWidget):
    """See the module's docstring."""

    #: Show this ticket among the unit's tickets.
    ticket_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asks: dict[str, Ask] = {}
        self._wanted = ""
        columns = ask_columns()
        self.model = FrozenModel(len(columns), self)
        self.table = ListTable(columns, name=self.tr("Asked of my unit"), memory_key="asked")
        self.table.setModel(self.model)
        self.table.set_empty(
            self.tr("Nothing is asked of your unit"),
            self.tr(
                "Urges, supervision notices, findings and rectifications appear here with the time left."
            ),
            "",
            "circle-check",
        )
        self._count = PlainLabel(kind="number")
        self.trouble = NoticeBar(kind="error", dismissible=False)
        self.trouble.add_action(self.tr("Try again"), self.refresh)
        self.trouble.hide()
        self.told = PlainLabel(kind="small", tone="pending")
        self.answer = AnswerPanel(desk)
        self.case = CaseView(desk)
        self.nothing = StateView()
        self.nothing.set_state(
            self.tr("Nothing chosen"),
            self.tr("Choose a line to read what is asked and to answer it."),
            "",
            "inbox",
        )
        self.panel = SidePanel(self.tr("What is asked"))
        for widget in (self.answer, self.case, self.nothing):
            self.panel.body.addWidget(widget)
        self.panel.bar.add(self.tr("Show among our tickets"), self._request_ticket, icon="external-link")
        self.split = Splitter()
        self.split.addWidget(self._left())
        self.split.addWidget(self.panel)
        self.split.setStretchFactor(0, 5)
        self.split.setStretchFactor(1, 4)
        self.split.setSizes([736, 430])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.split)
        self.table.set_loading(True)
        self._show(None, None, None)
        self.table.current_id_changed.connect(self._look_up)
        self.table.activated_row.connect(self._enter)
        self.answer.answered.connect(self._answered)

    def _left(self) -> QWidget:
        left = QWidget()
        head = row(PlainLabel(self.tr("Asked of my unit"), kind="title"), self._count, margins=(16, 10, 8, 8))
        head.addStretch(1)
        pane = ListPane(self.table)
        pane.footer.insertWidget(1, self.told, 1)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.trouble)
        column.addWidget(pane, 1)
        return left

    # -- what the page asks ------------------------------------------------------------------------------------

    def show_ask(self, key: str) -> None:
        """Make one ask current ("notice:ID"), now or as soon as it is listed."""
        self._wanted = "" if self.table.select_id(key) else key

    def refresh(self) -> None:
        """Ask for everything again; place, selection and what is being written stay."""
        self._desk.run_query(self, prepared_asks, self._take, slot="asks", failed=self._failed)
        self._look_up(self.table.current_id())

    def focus_list(self) -> None:
        """Give the keyboard to the list."""
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def next_pane(self) -> None:
        """F6: list, answer, and round again."""
        if self.table.hasFocus():
            self._enter(self.table.current_id())
        else:
            self.focus_list()

    # -- answers of the store ----------------------------------------------------------------------------------

    def _take(self, found: tuple[tuple[Ask, ...], tuple[FrozenRow, ...]]) -> None:
        asks, rows = found
        self._asks = {row_key(ask): ask for ask in asks}
        self.trouble.hide()
        self.table.set_loading(False)
        self._count.setText(f"{sum(not ask.answered for ask in asks):,}")
        self.model.show(rows)
        if self._wanted and self.table.select_id(self._wanted):
            self._wanted = ""
        elif rows and not self.table.current_id():
            self.table.select_row(0)
        elif not rows:
            self._show(None, None, None)

    def _look_up(self, key: str) -> None:
        ask = self._asks.get(key)
        if ask is None:
            self._show(None, None, None)
            return
        self._desk.run_query(
            self, lambda r: _details(r, ask), self._take_details, slot="detail", failed=self._failed
        )

    def _take_details(self, found: Found) -> None:
        ask, detail, panel = found
        current = self._asks.get(self.table.current_id())
        if current is not None and row_key(current) == row_key(ask):
            self._show(current, detail, panel)

    def _show(self, ask: Ask | None, detail: AskDetail | None, panel: TicketPanel | None) -> None:
        other = self.answer.ask()
        if ask is None or other is None or row_key(ask) != row_key(other):
            self.panel.area.verticalScrollBar().setValue(0)
        self.answer.show_ask(ask, detail)
        self.nothing.setVisible(ask is None)
        self.case.setVisible(panel is not None)
        self.panel.show_bar(panel is not None)
        if panel is not None:
            self.case.set_panel(panel)

    def _failed(self, error: DeskError) -> None:
        self.table.set_failed()
        self.trouble.set_notice(error_words(error), "error")
        self.trouble.show()

    # -- what the person does ----------------------------------------------------------------------------------

    def _enter(self, key: str) -> None:
        self.answer.take_focus()

    def _answered(self, words: str, move_on: bool) -> None:
        self.told.setText(words)
        self.told.setAccessibleName(words)
        if move_on:
            self.table.select_next()
            self.focus_list()

    def _request_ticket(self) -> None:
        panel = self.case.panel()
        if panel is not None:
            self.ticket_requested.emit(panel.ticket.id)


def _details(r: Reader, ask: Ask) -> Found:
    return ask, ask_detail(r, ask.kind, ask.entity_id), ticket_panel(r, ask.ticket_id)
