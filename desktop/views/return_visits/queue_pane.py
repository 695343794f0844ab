"""The left half: who is next and why, my day in one line, filters, the list, the key that takes the next person.

Shows rows as ``queries.visits.visit_queue`` answered them, in that order. It tells what a person wants and takes
nobody by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.domain.profile import RuleProfile
from desktop.models.items import roles
from desktop.models.items.frozen import Cells, FrozenModel
from desktop.services.queries.my_day import MyDay, next_hour
from desktop.services.queries.visits import FILTERS, VisitQueueRow, count_filters, in_filter
from desktop.views.common import case_words, channel_words
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.columns import Column
from desktop.views.common.icons import set_icon
from desktop.views.common.list_pane import ListPane
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel

from . import visit_words


class QueueTable(ListTable):
    """The list, in which Space takes the next person."""

    next_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self.next_wanted.emit()
        else:
            super().keyPressEvent(event)


class QueuePane(QWidget):
    """See the module. ``chosen`` carries the visit that is looked at, ``taken`` the one to take by Enter."""

    chosen = Signal(str)
    taken = Signal(str)
    next_wanted = Signal()
    field_wanted = Signal()
    workload_wanted = Signal()
    calendar_wanted = Signal()
    filter_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[VisitQueueRow, ...] = ()
        self._me = ""
        self._in_hand: frozenset[str] = frozenset()
        self._holders: dict[str, str] = {}
        self._asked_wanted = False
        self._profile: RuleProfile | None = None
        self._now: datetime | None = None
        self._offered: list[tuple[str, str]] = []
        self.table = self._make_table()
        self.model = FrozenModel(4, self)
        self.table.setModel(self.model)
        self.table.set_loading(True)
        self._next = PlainLabel(self.tr("Next"), kind="title")
        self._goal = PlainLabel(kind="number")
        self._goal_word = PlainLabel(kind="small", tone="secondary")
        self._day = PlainLabel(kind="small", tone="secondary")
        self._plan = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._talk_s, self._rechecked = 0, (0, 0)
        self.filter = SegmentedChoice("", self._filters({}), numbers=False)
        self.filter.set_value("all")
        self.filter.setAccessibleName(self.tr("Filter of the queue"))
        self.filter.changed.connect(self._filter_chosen)
        self.take_next = Button(
            self.tr("Take the next"), icon="skip-forward", hint="N", on=self.next_wanted.emit
        )
        self.field = IconButton("wifi-off", self.tr("Take visits along"), hint="L", on=self.field_wanted.emit)
        self.workload = IconButton("users", self.tr("Workload"), hint="W", on=self.workload_wanted.emit)
        self.calendar = IconButton(
            "calendar", self.tr("Calendar of booked calls"), hint="B", on=self.calendar_wanted.emit
        )
        self._why_not = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._why_not.hide()
        self._lay_out()

    # -- what is shown -----------------------------------------------------------------------------------------

    def show_queue(self, rows: Sequence[VisitQueueRow], profile: RuleProfile, me: str, now: datetime) -> None:
        """Show these visits, in this order."""
        self._rows, self._profile, self._me, self._now = tuple(rows), profile, me, now
        self.table.set_loading(False)
        self._show_filters()
        self._show_plan()
        self._fill()

    def show_day(self, day: MyDay) -> None:
        """What I did today."""
        goal = self.tr("{done}/{goal}")
        shown = goal.format(done=day.completed, goal=day.goal) if day.goal else f"{day.completed}"
        self._goal.setText(shown)
        words = self.tr("today's goal") if day.goal else self.tr("completed today")
        self._goal_word.setText(words)
        line = self.tr("Today: {calls} calls · {reached} reached · {completed} completed · {valid} valid")
        self._day.setText(
            line.format(calls=day.attempts, reached=day.reached, completed=day.completed, valid=day.valid)
        )
        self._talk_s, self._rechecked = day.talk_s, (day.rechecked, day.agreed)
        self._show_plan()

    def _show_plan(self) -> None:
        """The next hour, and how long a conversation takes: for the person alone, and beside nobody else's."""
        if self._now is None:
            return
        plan = next_hour(self._rows, self._me, self._now)
        words = self.tr("Next hour: {booked} booked · {due} due · {others} more can be called")
        parts = [words.format(booked=plan.booked, due=plan.due, others=plan.others)]
        if self._talk_s:
            average = self.tr("a conversation takes {time}")
            parts.append(average.format(time=f"{self._talk_s // 60}:{self._talk_s % 60:02}"))
        if self._rechecked[0]:
            again = self.tr("asked once more by a colleague: {same} of {all} the same")
            parts.append(again.format(same=self._rechecked[1], all=self._rechecked[0]))
        self._plan.setText(" · ".join(parts))

    def set_in_hand(self, visit_ids: Sequence[str]) -> None:
        """Mark the visits of the person I am with."""
        if frozenset(visit_ids) != self._in_hand:
            self._in_hand = frozenset(visit_ids)
            self._fill()

    def set_holders(self, words: Mapping[str, str]) -> None:
        """Who has whom in hand, by visit."""
        if words != self._holders:
            self._holders = dict(words)
            self._fill()

    def set_reason(self, reason: str, *, in_hand: bool) -> None:
        """Why nobody can be taken now. While somebody is in hand the button steps back and its words are a tooltip."""
        first = not reason and not in_hand
        self.take_next.set_reason(reason)
        self.take_next.set_kind("primary" if first else "")
        set_icon(self.take_next, "skip-forward", "on_accent" if first else "secondary")
        self._why_not.setText(reason)
        self._why_not.setVisible(bool(reason) and not in_hand)

    def set_failed(self, words: str) -> None:
        """The queue could not be read."""
        self.table.set_failed(words)

    def rows(self) -> tuple[VisitQueueRow, ...]:
        """All rows, filtered or not."""
        return self._rows

    def shown_ids(self) -> tuple[str, ...]:
        """The visits that pass the filter, in order."""
        return self.model.ids()

    def set_filter(self, key: str) -> None:
        """Show "all", "mine", "booked", "due" or "asked"."""
        if key == "asked" and not self._asked_wanted:
            self._asked_wanted = True
            self._show_filters()
        if key in FILTERS and key != self.filter.value():
            self.filter.set_value(key)
            self._filter_chosen()

    def select_first(self, without: Sequence[str] = ()) -> str:
        """Make the first row current that is none of these; its id, "" when there is none."""
        following = next((row_id for row_id in self.model.ids() if row_id not in without), "")
        if following:
            self.table.select_id(following)
        return following

    # -- inside ------------------------------------------------------------------------------------------------

    def _make_table(self) -> QueueTable:
        columns = (
            Column("light", "", "mark", 28, 28, sortable=False, required=True),
            Column(
                "who", self.tr("Requester"), "rich", 160, 110, stretch=True, sortable=False, required=True
            ),
            Column("why", self.tr("Why here"), "due", 140, 90, sortable=False, required=True),
            Column("assigned", self.tr("Caller"), "secondary", 84, 48, sortable=False),
        )
        table = QueueTable(columns, name=self.tr("Return visits that wait"))
        table.current_id_changed.connect(self.chosen)
        table.activated_row.connect(self.taken)
        table.next_wanted.connect(self.next_wanted)
        return table

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 12, 0)
        head.setSpacing(8)
        head.addWidget(self._next)
        head.addSpacing(4)
        head.addWidget(self._goal)
        head.addWidget(self._goal_word, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.take_next)
        below = QVBoxLayout()
        below.setContentsMargins(16, 2, 12, 6)
        below.setSpacing(6)
        below.addWidget(self._why_not)
        below.addWidget(self._day)
        below.addWidget(self._plan)
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.filter, 1)
        for button in (self.calendar, self.workload, self.field):
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        below.addLayout(line)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(below)
        whole.addWidget(ListPane(self.table), 1)

    def _filters(self, counts: dict[str, int]) -> list[tuple[str, str]]:
        titles = {
            "all": self.tr("All"),
            "mine": self.tr("Mine"),
            "booked": self.tr("Booked"),
            "due": self.tr("Due"),
            "asked": self.tr("Exceptions"),
        }
        # That an exception is asked for is rare: its filter comes with the first.
        shown = [key for key in FILTERS if key != "asked" or counts.get(key) or self._asked_wanted]
        return [(key, f"{titles[key]} {counts[key]}" if counts else titles[key]) for key in shown]

    def _show_filters(self) -> None:
        """Count anew; the keyboard stays where it was."""
        counted = self._filters(count_filters(self._rows, self._me))
        if counted == self._offered:
            return
        self._offered = counted
        inside = QApplication.focusWidget()
        held = inside is not None and self.filter.isAncestorOf(inside)
        self.filter.set_options(counted)
        if held:
            self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter_chosen(self) -> None:
        self._fill()
        self.filter_changed.emit(self.filter.value())

    def _fill(self) -> None:
        if self._profile is None or self._now is None:
            return
        key = self.filter.value() or "all"
        shown = [row for row in self._rows if in_filter(row, key, self._me)]
        self._tell_empty(key)
        self.model.show([(row.visit_id, self._cells(row, self._profile, self._now)) for row in shown])

    def _tell_empty(self, key: str) -> None:
        sentences = {
            "all": self.tr("Everybody has been called back."),
            "mine": self.tr("No visit is assigned to you by name."),
            "booked": self.tr("Nobody is booked or waits for a promised call."),
            "due": self.tr("No visit is near its deadline."),
            "asked": self.tr("Nobody asks for a call outside the rules."),
        }
        self.table.set_empty(self.tr("Nobody waits"), sentences[key], icon="phone")

    def _cells(self, row: VisitQueueRow, profile: RuleProfile, now: datetime) -> Cells:
        why = visit_words.why_here(profile, row, now)
        light = visit_words.light_of(row, now)
        pills: list[tuple[str, str]] = []
        if row.others:
            matters = self.tr("{n} matters")
            pills.append(("accent", matters.format(n=row.others + 1)))
        if ground := channel_words.ground_mark(row.ground):
            pills.append(("due_soon", ground))
        if row.exception_asked:
            pills.append(("due_soon", self.tr("exception asked")))
        if level := case_words.level(row.level):
            pills.append(("paused", level))
        icon = "lock" if level else ""
        if row.visit_id in self._in_hand:
            icon = "phone-call"
        elif row.standing.why in ("booked", "booked_waiting"):
            icon = "calendar-clock"
        who = case_words.requester(row.requester_label, row.phone_tail, sample=row.sample)
        following = visit_words.when_next(profile, row.standing, now)
        next_call = self.tr("Next call: {when}").format(when=following) if following else ""
        holder = self._holders.get(row.visit_id, "")
        tip = "\n".join(part for part in (who, holder, why, next_call, row.title, row.unit_name) if part)
        return (
            {roles.LIGHT: light, roles.TOOLTIP: tip},
            {
                roles.DISPLAY: row.requester_label or case_words.requester("", "", sample=False),
                roles.SECONDARY: row.title,
                roles.PENDING: row.pending,
                roles.PILLS: tuple(pills),
                roles.ICON: icon,
                roles.EMPHASIS: row.visit_id in self._in_hand,
                roles.TOOLTIP: tip,
                roles.ACCESSIBLE: ", ".join(
                    part for part in (who, holder, why, next_call, row.title) if part
                ),
            },
            {roles.DISPLAY: why, roles.LIGHT: _coloured(light), roles.TOOLTIP: tip},
            {roles.DISPLAY: holder or row.assigned_name, roles.EMPHASIS: bool(holder), roles.TOOLTIP: tip},
        )


def _coloured(light: str) -> str:
    """Words are coloured only where the light calls for haste or for patience."""
    return "" if light in ("normal", "provisional") else light
