"""The contradiction board: cases whose visit says otherwise than the file, the gravest first; three sides below.

Owns when to ask again: where cases stand is asked after each commit, the ranking of the whole city in the patient lane
when a case is new or some time has passed. A person decides: F drafts a finding, X puts a case aside, nothing is filed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.board import put_aside, take_back
from desktop.services.commands.finding_drafts import begin_draft
from desktop.services.queries.base import Reader
from desktop.services.queries.board.cases import Ground
from desktop.services.queries.board.sides import Sides, three_sides
from desktop.services.queries.board.standing import Standing, standings
from desktop.views.common.columns import Column
from desktop.views.common.list_pane import ListPane
from desktop.views.common.page import Page
from desktop.views.common.panels import Splitter
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words

from . import queues
from .facts import draft_forms
from .rows import BoardModel
from .sides_view import SidesView

_TYPES = ("ticket", "visit", "finding", "setting")
_LAID_AGAIN = timedelta(minutes=30)
"""Base rates of a whole city do not move within the half-hour."""


def ask_ground(r: Reader) -> Ground:
    """numpy is imported by the first question, in its lane."""
    from desktop.services.queries.board.ground import lay_ground

    return lay_ground(r)


class BoardPage(Page):
    """See the module's docstring."""

    #: "Register finding" for this ticket id: its form opens with the draft.
    finding_requested = Signal(str)
    #: Open the case of this ticket id.
    ticket_requested = Signal(str)
    #: Another queue is shown: its key.
    queue_changed = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._queue: Standing = "open"
        self._ground: Ground | None = None
        self._standings: dict[str, Standing] = {}
        self._laying = False
        self._wanted = ""
        self.model = BoardModel(desk, self)
        self.table = ListTable(self._columns(), name=self.tr("Contradictions"), memory_key="contradictions")
        self.table.setModel(self.model)
        self.table.set_loading(True)
        self.list = ListPane(self.table)
        self._told = PlainLabel(kind="small", tone="secondary")
        self.list.footer.addWidget(self._told)
        self.sides = SidesView(desk)
        split = Splitter(Qt.Orientation.Vertical)
        split.addWidget(self.list)
        split.addWidget(self.sides)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([270, 400])
        self.body.addWidget(split)
        self.table.current_id_changed.connect(self._choose)
        self.table.activated_row.connect(self.ticket_requested)
        self.sides.finding_wanted.connect(self.draft_finding)
        self.sides.aside_wanted.connect(self.put_aside)
        self.sides.case_wanted.connect(self._open_case)
        self.sides.finding.setVisible("officer" in desk.me.roles)
        self.listen(desk.changed, self._changed)
        self.listen(desk.area.changed, self.set_stale)
        self.listen(desk.identity_changed, self._identity_changed)
        self._bind_keys()
        self._name_queue()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("place", "", "number", width=52, sortable=False, required=True),
            Column("number", self.tr("Number"), "text", width=124, sortable=False, required=True),
            Column(
                "title", self.tr("Matter"), "text", stretch=True, min_width=160, sortable=False, required=True
            ),
            Column("signs", self.tr("Signs"), "rich", width=380, min_width=120, sortable=False),
            Column("unit", self.tr("Unit"), "secondary", width=116, sortable=False),
            Column("often", self.tr("Alike in the unit"), "secondary", width=112, sortable=False),
            Column("said", self.tr("Visited"), "secondary", width=96, sortable=False),
        )

    def _bind_keys(self) -> None:
        """Every letter has a function key beside it: an input method swallows letters."""
        bindings: tuple[tuple[str, Callable[[], object]], ...] = (
            ("F", self.draft_finding),
            ("F9", self.draft_finding),
            ("X", self.put_aside),
            ("F8", self.put_aside),
            ("J", self._down),
            ("K", self._up),
            ("F6", self._next_pane),
        )
        for keys, do in bindings:
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(keys), self, context=context).activated.connect(do)

    def help_keys(self) -> tuple[tuple[str, str], ...]:
        """For the help sheet: keys, and what they do."""
        return (
            ("F  F9", self.tr("Draft a finding F01 with its citations")),
            ("X  F8", self.tr("Put the case aside, or take it up again")),
            ("Enter", self.tr("Open the case")),
            ("J  K", self.tr("Next, previous case")),
            ("F6", self.tr("List, three sides")),
        )

    # -- for the shell -----------------------------------------------------------------------------------------

    def queue(self) -> str:
        """The queue shown."""
        return self._queue

    def show_queue(self, key: str) -> None:
        """Show one of the queues by its key; unknown keys are ignored."""
        known = next((queue for queue in queues.KEYS if queue == key), None)
        if known is None or known == self._queue:
            return
        self._queue = known
        self._name_queue()
        self.queue_changed.emit(known)
        self._show()

    def place(self) -> dict[str, str]:
        return {"ticket": self.table.current_id()}

    def return_to(self, place: dict[str, str]) -> None:
        self._wanted = place.get("ticket", "")
        self.set_stale()

    # -- life --------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self._desk.run_query(self, standings, self._take_standings, slot="standings", failed=self._failed)
        self._choose(self.table.current_id())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.set_stale()

    def _changed(self, changes: Changes) -> None:
        if changes.concerns(*_TYPES):
            self.set_stale()

    def _identity_changed(self) -> None:
        self._ground = None
        self.sides.finding.setVisible("officer" in self._desk.me.roles)
        self.set_stale()

    def _take_standings(self, found: dict[str, Standing]) -> None:
        self._standings = found
        ground = self._ground
        known = {case.ticket_id for case in ground.cases} if ground is not None else set()
        old = ground is None or self._desk.now() - ground.at > _LAID_AGAIN
        if (old or not found.keys() <= known) and not self._laying:
            self._laying = True
            self._desk.run_query(
                self, ask_ground, self._take_ground, slot="ground", failed=self._not_laid, patient=True
            )
        if ground is not None:
            self._show()

    def _take_ground(self, ground: Ground) -> None:
        self._laying = False
        self._ground = ground
        self._show()

    def _not_laid(self, error: DeskError) -> None:
        self._laying = False
        self._failed(error)

    def _failed(self, error: DeskError) -> None:
        self.table.set_failed()
        self._told.setText(error_words(error))

    def _show(self) -> None:
        ground = self._ground
        if ground is None:
            return
        cases = [case for case in ground.cases if self._standings.get(case.ticket_id) == self._queue]
        self.table.set_loading(False)
        self.table.set_empty(self.tr("Nothing here"), queues.empty_words(self._queue), "", "circle-check")
        self.model.set_cases(cases)
        self.set_count(len(cases))
        if self._wanted and self.table.select_id(self._wanted):
            self._wanted = ""
        elif cases and not self.table.current_id():
            self.table.select_row(0)
        self._choose(self.table.current_id())

    def _name_queue(self) -> None:
        self.set_title(self.tr("Contradictions · {queue}").format(queue=queues.title_of(self._queue)))
        aside = self.tr("Take it up again") if self._queue == "aside" else self.tr("Put aside")
        self.sides.aside.setText(aside)
        self.sides.aside.setVisible(self._queue != "found")

    # -- one case ----------------------------------------------------------------------------------------------

    def _choose(self, ticket_id: str) -> None:
        case = self.model.case(ticket_id)
        if case is None:
            self.sides.show_sides(None)
            return
        self._desk.run_query(
            self, lambda r: three_sides(r, case), self._take_sides, slot="sides", failed=self._failed
        )

    def _take_sides(self, sides: Sides | None) -> None:
        if sides is None or sides.case.ticket_id == self.table.current_id():
            self.sides.show_sides(sides)

    def draft_finding(self) -> None:
        """F: a draft of F01 with its citations, in the form of the inspections page; one begun before is kept."""
        sides = self.sides.sides()
        if sides is None or "officer" not in self._desk.me.roles:
            return
        form, empty = draft_forms(self._desk, sides)
        self._wanted = form.ticket_id
        self._desk.run_command(self, lambda w: begin_draft(w, form, empty), self._drafted, self._failed)

    def _drafted(self, changes: Changes) -> None:
        if self._wanted:
            self.finding_requested.emit(self._wanted)

    def put_aside(self) -> None:
        """X: off this person's board, or back onto it."""
        ticket_id = self.table.current_id()
        if not ticket_id or self._queue == "found":
            return
        command = take_back if self._queue == "aside" else put_aside
        self._desk.run_command(self, lambda w: command(w, ticket_id), failed=self._failed)

    def _open_case(self) -> None:
        if self.table.current_id():
            self.ticket_requested.emit(self.table.current_id())

    def _down(self) -> None:
        self.table.select_next()

    def _up(self) -> None:
        self.table.select_row(max(0, self.table.currentIndex().row() - 1))

    def _next_pane(self) -> None:
        other = self.sides.area if self.table.hasFocus() else self.table
        other.setFocus(Qt.FocusReason.TabFocusReason)
