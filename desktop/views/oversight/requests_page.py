"""Reports that wait for a second person: colleagues' requests to decide, and how one's own stand.

Asked of the server and kept nowhere. No dialog: a decision is taken on the card of its request.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.oversight import ReportReveal
from desktop.services.background.desk import Desk
from desktop.views.common import case_words
from desktop.views.common import oversight_words as words
from desktop.views.common.bars import Section
from desktop.views.common.layouts import discard, scrolled
from desktop.views.common.page import Page
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import why_not_online
from desktop.views.oversight.request_card import RequestCard


class RequestsPage(Page):
    """See the module's docstring."""

    #: Open the case of this ticket id.
    ticket_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._cards: dict[str, RequestCard] = {}
        self.set_title(self.tr("Report requests"))
        self._none = PlainLabel(self.tr("No colleague waits for your agreement."), tone="secondary")
        self._what = self.tr(
            "To read the particulars of somebody who reported in confidence takes a second person's agreement."
        )
        self._mine_title = Section(self.tr("What I asked in the last day"))
        self._mine: list[PlainLabel] = []
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(16, 8, 16, 16)
        self._column.setSpacing(12)
        self._column.addWidget(self._none)
        self._column.addWidget(self._mine_title)
        self._column.addStretch(1)
        self.body.addWidget(scrolled(inner))
        self.listen(desk.oversight.looked, self._show)
        self.listen(desk.connection_changed, self.set_stale)

    def refresh(self) -> None:
        if not self._desk.connection.online:
            self.show_state("offline", "", why_not_online(self._desk.connection))
            return
        self.show_state("ready")
        self._desk.oversight.look()
        self._show()

    def cards(self) -> tuple[RequestCard, ...]:
        """The requests that wait, oldest first."""
        return tuple(self._cards.values())

    def _show(self) -> None:
        waiting = self._desk.oversight.waiting_for_me()
        for gone in self._cards.keys() - {request.id for request in waiting}:
            discard(self._cards.pop(gone))
        for request in waiting:  # a card that stands keeps what is typed into it
            if request.id not in self._cards:
                card = self._cards[request.id] = RequestCard(self._desk, request)
                card.decided.connect(self._desk.oversight.look)
                self._column.insertWidget(len(self._cards), card)
        self.set_count(len(waiting) or None)
        for line in self._mine:
            discard(line)
        mine = [request for request in self._desk.oversight.requests if request.mine]
        self._mine = [PlainLabel(self._line(request), wrap=True) for request in reversed(mine)]
        for line in self._mine:
            self._column.insertWidget(self._column.count() - 1, line)
        self._mine_title.setVisible(bool(mine))
        if self.state() == "offline":
            return
        if waiting or mine:
            self._none.setVisible(not waiting)
            self.show_state("ready")
        else:
            self.show_state("empty", self._none.text(), self._what)

    def _line(self, request: ReportReveal) -> str:
        asked = case_words.moment(
            self._desk.profile, self._desk.office_time(request.asked_at), self._desk.now()
        )
        parts = [asked, request.ticket_number, words.field(request.field), words.state(request.state)]
        parts += [part for part in (request.decided_by, request.decision_reason) if part]
        return " · ".join(parts)
