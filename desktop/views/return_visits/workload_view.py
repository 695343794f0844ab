"""The return visits by caller and part of the day: who has how much, and handing them out, back, or around.

Above who has what, below the visits of one caller with ticks, or a proposal that a person confirms. For ten seconds
nothing of a deed is sent and all of it can be undone; each row then says what became of it. Decides nothing: the
proposal is `domain.workload`'s, who may do it the catalogue's.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.operations import CATALOGUE
from desktop.models.domain.workload import Load, balance
from desktop.models.items import roles
from desktop.models.items.frozen import FrozenModel, FrozenRow
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.bulk import BulkDone, distribute, release_held, undo_many
from desktop.services.queries.bulk import BulkResult, bulk_results
from desktop.services.queries.visits import VisitQueueRow
from desktop.services.queries.workload import Workload, workload
from desktop.views.common import case_words
from desktop.views.common.bars import NoticeBar, UndoBar
from desktop.views.common.bulk_words import result_words
from desktop.views.common.buttons import ActionBar, IconButton
from desktop.views.common.choices import ChoiceField
from desktop.views.common.columns import Column
from desktop.views.common.layouts import hairline
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import code_words, error_words

from . import visit_words

HOLD_S = 10
_NOBODY = "-"
"""The line of what is nobody's: a list has no row without an id."""


class WorkloadView(QWidget):
    """See the module. ``left``: back to the queue; ``told`` carries words for the page's bar and their kind."""

    left = Signal()
    told = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work: Workload | None = None
        self._ticked: set[str] = set()
        self._offered: list[tuple[str, str]] = []
        self._proposed: dict[str, str] = {}
        self._done: BulkDone | None = None
        self._shown_of = ""
        self._to: dict[str, str] = {}
        self._undone = BulkDone()
        self._results: dict[str, BulkResult] = {}
        self._bands = tuple(band.name for band in desk.profile.attempts.bands)
        self.people = ListTable(self._people_columns(), name=self.tr("Callers"), memory_key="workload")
        self.people_model = FrozenModel(len(self._bands) + 6, self)
        self.people.setModel(self.people_model)
        self.visits = ListTable(self._visit_columns(), name=self.tr("Visits of the caller"))
        self.visits_model = FrozenModel(4, self)
        self.visits.setModel(self.visits_model)
        self.heading = PlainLabel(kind="strong")
        self.notice = NoticeBar(kind="info")
        self.notice.hide()
        self.person = ChoiceField(self.tr("Give to"), searchable=True)
        self.bar = ActionBar()
        self.give = self.bar.add(
            self.tr("Give"), self._give, kind="primary", icon="user-check", hint="Ctrl+Enter"
        )
        self.take_back = self.bar.add(self.tr("Take back"), self._take_back, icon="undo-2", hint="F8")
        self.even_out = self.bar.add(self.tr("Balance…"), self._propose, icon="users", hint="F9")
        self.all = self.bar.add(self.tr("Tick all"), self._tick_all, hint="Ctrl+A")
        self.undo = UndoBar(self)
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.setInterval(HOLD_S * 1_000)
        self._hold.timeout.connect(self._release)
        self._lay_out()
        self.people.current_id_changed.connect(self._person_chosen)
        self.visits.check_toggled.connect(self._toggle)
        self.person.changed.connect(self._judge)
        self.undo.undone.connect(self._undo)
        for keys, button in (
            ("Ctrl+Return", self.give),
            ("Ctrl+Enter", self.give),
            ("F8", self.take_back),
            ("F9", self.even_out),
            ("Ctrl+A", self.all),
        ):
            QShortcut(
                QKeySequence(keys), self, button.click, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            )

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 4)
        head.addWidget(PlainLabel(self.tr("Workload"), kind="title"))
        head.addStretch(1)
        head.addWidget(IconButton("x", self.tr("Back to the queue"), hint="Esc", on=self.close_view))
        below = QHBoxLayout()
        below.setContentsMargins(16, 8, 16, 4)
        below.addWidget(self.heading, 1, Qt.AlignmentFlag.AlignLeft)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 12)
        foot.setSpacing(12)
        foot.addWidget(self.person, 1)
        foot.addWidget(self.bar, 3, Qt.AlignmentFlag.AlignBottom)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.people, 2)
        whole.addWidget(hairline())
        whole.addLayout(below)
        whole.addWidget(self.notice)
        whole.addWidget(self.visits, 3)
        whole.addWidget(hairline())
        whole.addLayout(foot)

    def _people_columns(self) -> tuple[Column, ...]:
        numbers = [
            *((name, visit_words.band(name).capitalize()) for name in self._bands),
            ("later", self.tr("Other days")),
            ("booked", self.tr("Booked")),
            ("urgent", self.tr("Due")),
            ("total", self.tr("All")),
        ]
        return (
            Column("mark", "", "mark", 28, 28, sortable=False, required=True),
            Column(
                "caller", self.tr("Caller"), "text", 200, 120, stretch=True, sortable=False, required=True
            ),
            *(Column(key, title, "number", 92, 60, sortable=False) for key, title in numbers),
        )

    def _visit_columns(self) -> tuple[Column, ...]:
        return (
            Column("tick", "", "check", 36, sortable=False, required=True),
            Column(
                "who", self.tr("Requester"), "rich", 240, 120, stretch=True, sortable=False, required=True
            ),
            Column("why", self.tr("Why here"), "due", 220, 100, sortable=False, required=True),
            Column("state", self.tr("State"), "pill", 240, 110, sortable=False, required=True),
        )

    # -- what is shown -----------------------------------------------------------------------------------------

    def open_view(self) -> None:
        """Show how the work is spread now."""
        self._done, self._proposed, self._results = None, {}, {}
        self.notice.hide()
        self.refresh()
        self.people.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def refresh(self) -> None:
        """Ask again; ticks and a proposal stay as they are."""
        self._desk.run_query(self, workload, self._loaded, slot="workload", failed=self._failed)
        done = self._done
        if done is not None:
            op_ids = tuple(done.op_ids.values())
            self._desk.run_query(self, lambda r: bulk_results(r, op_ids), self._told_results, slot="results")

    def _loaded(self, work: Workload) -> None:
        self._work = work
        self.people_model.show([self._person_line(load) for load in work.loads])
        offered = [(caller.person_id, caller.name) for caller in work.callers]
        if offered != self._offered:
            self._offered, chosen = offered, self.person.value()
            self.person.set_options(offered)
            self.person.set_value(chosen)
        if not self.people.current_id():
            self.people.select_row(0)
        self._fill()

    def _person_line(self, load: Load) -> FrozenRow:
        name = load.name or (self.tr("Nobody yet") if not load.person_id else self._name(load.person_id))
        numbers = [*(load.bands.get(band, 0) for band in self._bands), load.later, load.booked, load.urgent]
        light = "due_soon" if load.urgent else "normal"
        titles = [column.title for column in self._people_columns()[2:]]
        figures = [*numbers, load.total]
        spoken = ", ".join([name, *(f"{t} {n}" for t, n in zip(titles, figures, strict=True))])
        cells: tuple[Mapping[int, object], ...] = (
            {roles.LIGHT: light},
            {roles.DISPLAY: name, roles.ACCESSIBLE: spoken},
            *({roles.DISPLAY: str(n) if n else "–"} for n in figures),
        )
        return load.person_id or _NOBODY, cells

    def _rows(self) -> list[VisitQueueRow]:
        """What the lower list is about: a proposal, a deed and its results, or the visits of one caller."""
        if self._work is None:
            return []
        about = self._to or self._proposed
        if about:
            return [row for row in self._work.rows if row.visit_id in about]
        return [row for row in self._work.rows if (row.assigned_to or _NOBODY) == self._shown_of]

    def _fill(self) -> None:
        rows = self._rows()
        self._ticked &= {row.visit_id for row in rows}
        self.visits_model.show([self._visit_line(row) for row in rows])
        self.visits.set_empty(self.tr("Nothing here"), self.tr("This caller has no visit."), icon="phone")
        self._show_heading(len(rows))
        self._judge()

    def _visit_line(self, row: VisitQueueRow) -> FrozenRow:
        profile, now = self._desk.profile, self._desk.now()
        who = case_words.requester(row.requester_label, row.phone_tail, sample=row.sample)
        why, light = visit_words.why_here(profile, row, now), visit_words.light_of(row, now)
        state, word = self._state(row)
        cells: tuple[Mapping[int, object], ...] = (
            {
                roles.CHECKED: row.visit_id in self._ticked,
                roles.ACCESSIBLE: ", ".join((who, why, row.title, word)),
            },
            {roles.DISPLAY: who, roles.SECONDARY: row.title, roles.TOOLTIP: f"{who}\n{row.title}"},
            {roles.DISPLAY: why, roles.LIGHT: "" if light == "normal" else light},
            {roles.DISPLAY: word, roles.LIGHT: state, roles.TOOLTIP: word},
        )
        return row.visit_id, cells

    def _state(self, row: VisitQueueRow) -> tuple[str, str]:
        done = self._done
        if done is not None and row.visit_id in self._to:
            refused = done.refused.get(row.visit_id)
            if refused:
                return "overdue", code_words(refused)
            result = self._results.get(done.op_ids.get(row.visit_id, ""))
            light, word = result_words(result) if result is not None else ("pending", "…")
            return light, f"{self._name(self._to[row.visit_id])} · {word}"
        if row.visit_id in self._proposed:
            words = self.tr("{former} → {new}")
            return "due_soon", words.format(
                former=self._name(row.assigned_to), new=self._name(self._proposed[row.visit_id])
            )
        return "paused", self._name(row.assigned_to)

    def _name(self, person_id: str) -> str:
        if not person_id:
            return self.tr("Nobody yet")
        person = self._desk.reference.persons.get(person_id)
        return person.name if person else person_id

    def _show_heading(self, count: int) -> None:
        if self._to:
            words = self.tr("%n visit(s) given out", "", count)
        elif self._proposed:
            words = self.tr("Proposed: %n visit(s) change hands", "", count)
        else:
            name = self._name("" if self._shown_of == _NOBODY else self._shown_of)
            words = f"{name} · " + self.tr("%n visit(s)", "", count)
        self.heading.setText(words)

    def _judge(self) -> None:
        """Bring the buttons in line with what may be done; a reason at each that may not."""
        right = (
            "" if CATALOGUE["visit.assign"].roles & set(self._desk.me.roles) else code_words("not_permitted")
        )
        none = self.tr("Tick the visits first, with the space bar.") if not self._ticked else ""
        whom = self.tr("Choose who calls first.") if not self.person.value() else ""
        proposal = bool(self._proposed) and not self._to
        self.give.setText(self.tr("Confirm the proposal") if proposal else self.tr("Give"))
        self.give.set_reason(right or none or ("" if proposal else whom))
        self.take_back.set_reason(
            right or none or (self.tr("It is nobody's.") if self._shown_of == _NOBODY else "")
        )
        self.take_back.setVisible(not proposal)
        self.even_out.set_reason(right)
        self.even_out.setVisible(not proposal)
        self.person.setEnabled(not proposal)

    # -- choosing ----------------------------------------------------------------------------------------------

    def _person_chosen(self, person_id: str) -> None:
        if person_id and (person_id != self._shown_of or self._to or self._proposed):
            self._leave_deed()
            self._shown_of = person_id
            self._ticked.clear()
            self._fill()

    def _toggle(self, visit_id: str) -> None:
        if self._done is None and visit_id:
            self._ticked ^= {visit_id}
            self._fill()

    def _tick_all(self) -> None:
        if self._done is None:
            shown = set(self.visits_model.ids())
            self._ticked = set() if self._ticked == shown else shown
            self._fill()

    def _propose(self) -> None:
        """Show what could change hands; nothing is done before it is confirmed."""
        if self._work is None:
            return
        self._leave_deed()
        moves = balance(self._work.works, self._work.callers)
        self._proposed = {visit_id: move.to_id for move in moves for visit_id in move.visit_ids}
        self._ticked = set(self._proposed)
        if not moves:
            self.notice.set_notice(
                self.tr("It is even already: nobody has two people more than another who could take them."),
                "info",
            )
            self.notice.show()
        self._fill()
        self.visits.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.visits.select_row(0)

    # -- deeds -------------------------------------------------------------------------------------------------

    def _give(self) -> None:
        if self._proposed:
            self._distribute({v: to for v, to in self._proposed.items() if v in self._ticked})
        else:
            self._distribute(dict.fromkeys(sorted(self._ticked), self.person.value()))

    def _take_back(self) -> None:
        self._distribute(dict.fromkeys(sorted(self._ticked), ""))

    def _distribute(self, callers: dict[str, str]) -> None:
        if not callers or self._done is not None:
            return
        done = self._done = BulkDone()
        self._to, self._proposed = callers, {}
        until = self._desk.real_now().timestamp() + HOLD_S
        self._desk.run_command(
            self, lambda w: distribute(w, callers, until, done), self._recorded, self._failed
        )

    def _recorded(self, changes: Changes) -> None:
        if self._done is None:
            return
        self._hold.start()
        self._ticked.clear()
        self.undo.offer(self.tr("%n given out, not sent yet", "", len(self._done.op_ids)), HOLD_S)
        self.refresh()

    def _undo(self) -> None:
        done = self._done
        if done is None:
            return
        self._hold.stop()
        undone = self._undone = BulkDone()
        self._desk.run_command(self, lambda w: undo_many(w, done.op_ids, undone), self._taken_back)

    def _taken_back(self, changes: Changes) -> None:
        if self._done is not None:
            self._done.refused |= self._undone.refused
        self.refresh()

    def _release(self) -> None:
        """The time to undo is over."""
        self._hold.stop()
        self.undo.hide()
        if self._done is not None:
            op_ids = tuple(self._done.op_ids.values())
            self._desk.run_command(self, lambda w: release_held(w, op_ids))

    def _leave_deed(self) -> None:
        if self._done is not None:
            self._release()
        self._done, self._to, self._proposed, self._results = None, {}, {}, {}
        self.notice.hide()

    def _told_results(self, results: dict[str, BulkResult]) -> None:
        self._results = results
        self._fill()

    def _failed(self, error: DeskError) -> None:
        self._done, self._to = None, {}
        self.told.emit(error_words(error), "error")
        self._fill()

    # -- leaving -----------------------------------------------------------------------------------------------

    def close_view(self) -> None:
        """Escape: first out of a proposal or a deed's results, then back to the queue."""
        if self._proposed or self._to:
            self._leave_deed()
            self._fill()
            self.people.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.left.emit()

    def release(self) -> None:
        """The page goes: what was given out may be sent."""
        self._leave_deed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.undo.place()
