"""What this desktop holds to be read without a network, as of when, until when; and one button to take files along.

Shows numbers and the way of the files; what is fetched, and in which order, is the transfers' own.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.taking_along import EVERYTHING, closes_at
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.files import Traffic
from desktop.services.commands.taking_along import stop_taking, take_along
from desktop.services.queries.taking_along import PackState, Step, pack_state
from desktop.views.common import case_words
from desktop.views.common.attachments.file_words import size_words
from desktop.views.common.buttons import Button
from desktop.views.common.layouts import row
from desktop.views.common.text import PlainLabel, menu_text
from desktop.views.common.ticket_list.asking import Bound
from desktop.views.common.words import error_words


class PackBar(QFrame):
    """See the module's docstring."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._state: PackState | None = None
        self.words = PlainLabel(kind="small", tone="secondary", wrap=True)
        self.way = PlainLabel(kind="small", tone="pending")
        self.way.hide()
        self.take = Button(self.tr("Take along"), icon="download", hint="Ctrl+T", on=self.press_take)
        self.stop = Button(self.tr("Stop"), kind="link", on=self.press_stop)
        self.stop.hide()
        across = row(self.words, self.way, self.stop, self.take, margins=(16, 6, 12, 6))
        across.setStretch(0, 1)
        self.setLayout(across)
        desk.files.progressed.connect(self._take_traffic)
        desk.connection_changed.connect(self._show)

    def state(self) -> PackState | None:
        """What was last found."""
        return self._state

    def refresh(self) -> None:
        """Count again."""
        self._desk.run_query(self, pack_state, self._take, slot="pack", patient=True, failed=self._failed)

    def press_take(self) -> None:
        """Offer the sizes, each with what it brings."""
        state = self._state
        if state is None or not state.steps:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for step in state.steps:
            menu.addAction(menu_text(self._offer(step))).triggered.connect(
                Bound(self._chosen, step.most_bytes)
            )
        menu.popup(self.take.mapToGlobal(self.take.rect().bottomLeft()))

    def press_stop(self) -> None:
        """Fetch no more."""
        self._desk.run_command(self, stop_taking, self._done, self._failed)

    def take_files(self, most_bytes: int) -> None:
        """Take along every file up to this size."""
        self._desk.run_command(self, lambda w: take_along(w, most_bytes), self._done, self._failed)

    def _chosen(self, most_bytes: int, *_: object) -> None:
        self.take_files(most_bytes)

    def _done(self, changes: Changes) -> None:
        self.refresh()

    def _take(self, state: PackState) -> None:
        self._state = state
        self._show()

    def _take_traffic(self, traffic: Traffic) -> None:
        if self._state is not None and self._state.fetching:
            self._show_way(traffic)

    def _failed(self, error: DeskError) -> None:
        self.way.setText(error_words(error))
        self.way.show()

    # -- words -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        state = self._state
        if state is None:
            return
        self.words.setText(" · ".join(part for part in self._parts(state) if part))
        self.take.set_reason("" if state.steps else self.tr("every file is here"))
        moving = state.fetching > 0
        self.stop.setVisible(moving)
        self.way.setVisible(moving)
        if moving:
            self._show_way(self._desk.files.traffic)

    def _show_way(self, traffic: Traffic) -> None:
        state = self._state
        if state is None:
            return
        size = size_words(traffic.total or state.fetching_bytes)
        if self._desk.connection.online:
            said = self.tr("Fetching {n} files, {done} of {size}")
        else:
            said = self.tr("{n} files wait for the network, {done} of {size}")
        self.way.setText(
            said.format(n=traffic.files or state.fetching, done=size_words(traffic.done), size=size)
        )

    def _parts(self, state: PackState) -> tuple[str, ...]:
        cases = self.tr("Tickets {tickets} · to answer {asked} · files readable offline {here} of {files}")
        return (
            self._as_of(),
            cases.format(
                tickets=f"{state.tickets:,}",
                asked=f"{state.asked:,}",
                here=f"{state.here:,}",
                files=f"{state.files:,}",
            ),
            self._until(state),
        )

    def _as_of(self) -> str:
        at = self._desk.connection.last_sync_at
        if at is None:
            return ""
        shown = case_words.moment(self._desk.profile, self._desk.office_time(at), self._desk.now())
        return self.tr("As of {time}").format(time=shown)

    def _until(self, state: PackState) -> str:
        """When it closes, where there is no network that would put it off."""
        if state.absence is None or self._desk.connection.online:
            return ""
        at = closes_at(state.absence, self._desk.real_now())
        shown = case_words.moment(self._desk.profile, self._desk.office_time(at), self._desk.now())
        return self.tr("locks on {time} unless it meets the server before").format(time=shown)

    def _offer(self, step: Step) -> str:
        if step.most_bytes >= EVERYTHING:
            words = self.tr("All files  ({n}, {size})")
            return words.format(n=step.files, size=size_words(step.bytes))
        words = self.tr("Files up to {most} each  ({n}, {size})")
        return words.format(most=size_words(step.most_bytes), n=step.files, size=size_words(step.bytes))
