"""Visits taken along: how many and for how long, what is in hand, and giving them back before their time.

Stands in the place of the call, as a panel. The server decides whom; numbers are never shown.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.wire import FieldBlock, NewFieldBlock
from desktop.services.background.carried import Carried
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.queries.visits import unsent_work
from desktop.views.common.bars import NoticeBar
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.forms import FormPanel
from desktop.views.common.layouts import hairline
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words, why_not_online

_VISITS = (5, 10, 15, 20)
_HOURS = (1, 2, 4, 8)


class FieldPanel(QWidget):
    """See the module. ``left``: back to the visit; ``told`` carries words for the page's bar and their kind."""

    left = Signal()
    told = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asking = False
        self._unsent = 0
        self._strange = ""
        self._title = PlainLabel(self.tr("Take visits along"), kind="title")
        self._about = PlainLabel(
            self.tr(
                "For work without a network: nobody else calls these people meanwhile, and colleagues see who has "
                "them. The numbers stay on this machine until the time is over or it is locked."
            ),
            tone="secondary",
            wrap=True,
        )
        self._standing = NoticeBar(kind="info", dismissible=False)
        self.visits = SegmentedChoice(self.tr("How many visits"), required=True, numbers=False)
        self.hours = SegmentedChoice(self.tr("For how long"), required=True, numbers=False)
        self.form = FormPanel(top=8)
        self.form.add(self.visits)
        self.form.add(self.hours)
        self._primary = self.form.set_primary(self.tr("Take along"))
        self.give_back = self.form.add_secondary(self.tr("Give back"), self._give_back)
        self.form.add_secondary(self.tr("Back"), self.left.emit, hint="Esc")
        self.form.submitted.connect(self._take)
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(6)
        for widget in (self._title, self._about, self._standing):
            head.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(hairline())
        whole.addWidget(self.form, 1)
        desk.online.block_changed.connect(self._block_changed)

    def open_panel(self, block_id: str) -> None:
        """``block_id``: what the server holds in this desk's name, "" = nothing."""
        self._strange = block_id
        policy = self._desk.profile.lease
        counts = [n for n in _VISITS if n < policy.block_visits] + [policy.block_visits]
        hours = [n for n in _HOURS if n < policy.block_hours] + [policy.block_hours]
        self.visits.set_options([(str(n), f"{n}") for n in sorted(set(counts))])
        self.hours.set_options([(str(n), self.tr("%n hour(s)", "", n)) for n in sorted(set(hours))])
        self.visits.set_value(self.visits.value() or str(counts[0]))
        self.hours.set_value(self.hours.value() or str(hours[0]))
        self.show_standing()
        self.form.refresh_missing()
        self.visits.setFocus()

    def show_standing(self) -> None:
        """Say what is in hand, and why it cannot be given back or taken now."""
        carried, offline = self._desk.online.carried, why_not_online(self._desk.connection)
        mine = carried is not None and carried.left_s > 0
        self._standing.setVisible(mine or bool(self._strange))
        if mine and carried is not None:
            self._standing.set_notice(self._words(carried), "info" if carried.has_numbers else "warn")
            tickets = carried.ticket_ids()
            self._desk.run_query(self, lambda r: unsent_work(r, tickets), self._told_unsent, slot="unsent")
        elif self._strange:
            lost = self.tr("Visits are still held in your name, and their numbers are not here any more.")
            self._standing.set_notice(lost, "warn")
        self.give_back.setVisible(mine or bool(self._strange))
        self._primary.set_reason(self.tr("Give back first what you have.") if mine else offline)
        self._judge_back()

    def _words(self, carried: Carried) -> str:
        until = f"{self._desk.office_time(carried.block.until):%H:%M}"
        if not carried.has_numbers:
            locked = self.tr("Held for you until {time}; the numbers went when this desk was locked.")
            return locked.format(time=until)
        count = len(carried.visit_ids())
        words = self.tr(
            "%n visit(s) taken along, until {time}. They stand first with N while there is no network.",
            "",
            count,
        )
        return words.format(time=until)

    def _told_unsent(self, count: int) -> None:
        self._unsent = count
        self._judge_back()

    def _judge_back(self) -> None:
        reason = why_not_online(self._desk.connection)
        if not reason and self._unsent and self._desk.online.carried is not None:
            reason = self.tr(
                "%n record(s) of these visits are still on their way to the server.", "", self._unsent
            )
        if not reason and self._desk.online.lease is not None:
            reason = self.tr("First finish with the person in hand.")
        self.give_back.set_reason(reason)

    # -- deeds -------------------------------------------------------------------------------------------------

    def _take(self) -> None:
        if self._asking:
            return
        self._asking = True
        asked = NewFieldBlock(visits=int(self.visits.value()), minutes=int(self.hours.value()) * 60)
        self._desk.online.take_block(self, asked, self._taken, self._failed)

    def _taken(self, block: FieldBlock) -> None:
        self._asking = False
        count = sum(len(call.visits) for call in block.calls)
        words = self.tr("%n visit(s) taken along.", "", count)
        self.told.emit(words, "info")
        self.left.emit()

    def _give_back(self) -> None:
        carried = self._desk.online.carried
        block_id = carried.block.block_id if carried is not None else self._strange
        if block_id:
            self._desk.online.give_block_back(self, block_id, self._given_back, self._failed)

    def _given_back(self, nothing: None) -> None:
        self._strange, self._unsent = "", 0
        self.told.emit(self.tr("Given back: colleagues may call these people again."), "info")
        self.left.emit()

    def _failed(self, error: DeskError) -> None:
        self._asking = False
        self.told.emit(error_words(error), "error")

    def _block_changed(self, carried: Carried | None) -> None:
        if self.isVisible():
            self.show_standing()
