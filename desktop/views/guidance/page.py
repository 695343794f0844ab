"""Guidance to units: the list of documents, one of them with its receipts, and for the office the form of a new one.

For a liaison the same page holds what their units are to read; what is unread stands first. Nothing is ever due here.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.items import roles
from desktop.models.items.frozen import Cells, FrozenModel
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.guidance import GuidanceLine, guidance_lines
from desktop.views.common import case_words
from desktop.views.common.buttons import Button
from desktop.views.common.columns import Column
from desktop.views.common.list_pane import ListPane
from desktop.views.common.page import Page
from desktop.views.common.panels import Splitter
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words

from . import words
from .compose import Compose
from .guidance_view import GuidanceView

_SENDERS = frozenset({"officer", "approve", "deputy_director"})
_TYPES = ("guidance", "guidance_receipt")


class GuidancePage(Page):
    """See the module's docstring."""

    #: Something was told: for tests and readers.
    told = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._lines: dict[str, GuidanceLine] = {}
        self.set_title(self.tr("Guidance"))
        self.new = Button(self.tr("New guidance…"), icon="plus", hint="N", on=self.begin)
        self.new.setVisible(bool(_SENDERS & set(desk.me.roles)))
        self.toolbar.addWidget(self.new)
        self.model = FrozenModel(5, self)
        self.table = ListTable(self._columns(), name=self.tr("Guidance"), memory_key="guidance")
        self.table.setModel(self.model)
        self.table.set_loading(True)
        self.list = ListPane(self.table)
        self._told = PlainLabel(kind="small", tone="secondary")
        self.list.footer.addWidget(self._told)
        self.view = GuidanceView(desk)
        self.compose = Compose(desk)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.compose)
        split = Splitter()
        split.addWidget(self.list)
        split.addWidget(self.stack)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([600, 560])
        self.body.addWidget(split)
        self.table.current_id_changed.connect(self._choose)
        self.view.told.connect(self._tell)
        self.compose.sent.connect(self._sent)
        self.compose.closed.connect(self._close_form)
        self.listen(desk.changed, self._changed)
        self.listen(desk.identity_changed, self.set_stale)
        bindings: tuple[tuple[str, Callable[[], object]], ...] = (
            ("N", self._begin_by_key),
            ("Ctrl+N", self._begin_by_key),
            ("W", self._withdraw_by_key),
            ("F12", self._withdraw_by_key),
            ("Ctrl+Return", self.view.press_confirm),
            ("Escape", self._close_form),
        )
        for keys, do in bindings:
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, context=context).activated.connect(do)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("light", "", "mark", width=24, sortable=False, required=True),
            Column(
                "title", self.tr("Title"), "text", stretch=True, min_width=140, sortable=False, required=True
            ),
            Column("kind", self.tr("Kind"), "secondary", width=88, sortable=False),
            Column("sent", self.tr("Sent"), "secondary", width=100, sortable=False),
            Column("read", self.tr("Read"), "secondary", width=72, sortable=False),
        )

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet: keys, and what they do."""
        return (
            ("N  Ctrl+N", self.tr("New guidance")),
            ("Ctrl+Enter", self.tr("Send, or confirm as read")),
            ("W  F12", self.tr("Withdraw guidance")),
            ("Esc", self.tr("Close the form; the draft stays")),
        )

    # -- for the shell -----------------------------------------------------------------------------------------

    def begin(self) -> None:
        """The form of a new document, with its draft."""
        self.begin_to("")

    def begin_to(self, unit_id: str) -> None:
        """The form of a new document to one unit, "" for whatever the draft says."""
        self.stack.setCurrentWidget(self.compose)
        self.stack.show()
        self.compose.begin((unit_id,) if unit_id else ())

    def place(self) -> dict[str, str]:
        return {"guidance": self.table.current_id()}

    def return_to(self, place: dict[str, str]) -> None:
        self.table.select_id(place.get("guidance", ""))

    def refresh(self) -> None:
        self._desk.run_query(self, guidance_lines, self._take, slot="guidance", failed=self._failed)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.stack.currentWidget() is not self.compose:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- answers -----------------------------------------------------------------------------------------------

    def _take(self, lines: tuple[GuidanceLine, ...]) -> None:
        self._lines = {line.guidance.id: line for line in lines}
        self.table.set_loading(False)
        self.set_count(len(lines))
        self.table.set_empty(
            self.tr("Nothing here"), self.tr("No guidance has been sent yet."), "", "file-text"
        )
        self.model.show([(line.guidance.id, self._cells(line)) for line in lines])
        if not self.table.current_id() and lines:
            self.table.select_row(0)
        self._choose(self.table.current_id())

    def _cells(self, line: GuidanceLine) -> Cells:
        guidance = line.guidance
        unread = self.tr("To read") if line.to_read else ""
        return (
            {roles.DISPLAY: unread, roles.LIGHT: "due_soon" if line.to_read else ""},
            {
                roles.DISPLAY: guidance.title,
                roles.PENDING: line.pending,
                roles.ACCESSIBLE: f"{unread} {guidance.title}".strip(),
            },
            {roles.DISPLAY: words.kind_words(guidance.kind)},
            {roles.DISPLAY: case_words.moment(self._desk.profile, guidance.at, self._desk.now())},
            {roles.DISPLAY: words.standing(line)},
        )

    def _failed(self, error: DeskError) -> None:
        self.table.set_loading(False)
        self._tell(error_words(error))

    def _choose(self, guidance_id: str) -> None:
        line = self._lines.get(guidance_id)
        composing = self.stack.currentWidget() is self.compose
        self.stack.setVisible(composing or line is not None)
        if line is not None:
            self.view.show_line(line)

    def _changed(self, changes: Changes) -> None:
        if changes.concerns(*_TYPES):
            self.set_stale()

    # -- what the person does ----------------------------------------------------------------------------------

    def _begin_by_key(self) -> None:
        if not self.new.isHidden() and self.stack.currentWidget() is not self.compose:
            self.begin()

    def _withdraw_by_key(self) -> None:
        if self.stack.currentWidget() is self.view:
            self.view.press_withdraw()

    def _close_form(self) -> None:
        self.compose.form.flush()
        self.stack.setCurrentWidget(self.view)
        self._choose(self.table.current_id())
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _sent(self, said: str) -> None:
        self._close_form()
        self._tell(said)

    def _tell(self, said: str) -> None:
        self._told.setText(said)
        self.told.emit(said)
