"""What stands beside a case: its way between units with the time lost, and other cases of its requester, place, words.

Asked for once the case is on the screen, off the GUI thread. Names no requester, and shows nothing where nothing is.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.domain.entities import TimelineEntry
from desktop.models.domain.related import Hop, chain_of
from desktop.services.background.desk import Desk
from desktop.services.queries.related import COUNTED, Related, RelatedCase, RelatedCases, related
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common import case_words
from desktop.views.common.bars import Section
from desktop.views.common.buttons import Button
from desktop.views.common.layouts import discard
from desktop.views.common.text import PlainLabel, menu_text, plain

_NAME_LIMIT = 24


class RelatedBox(QWidget):
    """See the module's docstring."""

    #: Show this ticket.
    ticket_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ticket_id = ""
        self._shown: Related | None = None
        self.chain_title = Section(self.tr("Way between units"))
        self.chain = PlainLabel(wrap=True, selectable=True)
        self._lists = QVBoxLayout()
        self._lists.setSpacing(4)
        self.links: list[Button] = []
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.chain_title)
        whole.addWidget(self.chain)
        whole.addLayout(self._lists)
        self.hide()

    def set_panel(self, panel: TicketPanel) -> None:
        """Show a case's way at once, and ask for what stands beside it."""
        entries = (h.row for h in panel.happenings if isinstance(h.row, TimelineEntry))
        hops = chain_of(entries, self._desk.profile)
        self.chain.setText(self._way(hops))
        for widget in (self.chain_title, self.chain):
            widget.setVisible(bool(hops))
        if panel.ticket.id != self._ticket_id:
            self._ticket_id = panel.ticket.id
            self._take(Related(ticket_id=panel.ticket.id))
        ticket_id = panel.ticket.id
        self._desk.run_query(self, lambda r: related(r, ticket_id), self._take, slot="related")

    def _way(self, hops: tuple[Hop, ...]) -> str:
        parts = []
        for hop in hops:
            name = self._desk.reference.unit_name(hop.unit_id) or plain(
                hop.told, _NAME_LIMIT, single_line=True
            )
            lost = case_words.working_time(hop.lost)
            if lost:
                cost = self.tr("{unit} (returned after {time})")
                name = cost.format(unit=name, time=lost)
            parts.append(name)
        return " → ".join(parts)

    def _take(self, found: Related) -> None:
        if found.ticket_id != self._ticket_id or found == self._shown:
            return
        self._shown = found
        self.links = []
        while self._lists.count():
            discard(self._lists.takeAt(0).widget())
        for title, cases in (
            (self.tr("Same requester: {n}"), found.requester),
            (self.tr("Same address: {n}"), found.place),
            (self.tr("Same matter elsewhere: {n}"), found.words),
        ):
            if cases.count:
                count = f"{cases.count}+" if cases.count >= COUNTED else f"{cases.count}"
                self._add(title.format(n=count), cases)
        self.setVisible(bool(self.links) or not self.chain.isHidden())

    def _add(self, title: str, cases: RelatedCases) -> None:
        self._lists.addWidget(Section(title))
        for case in cases.cases:
            self._lists.addWidget(self._line(case))
        rest = cases.count - len(cases.cases)
        if rest > 0:
            more = self.tr("%n more", "", rest)
            self._lists.addWidget(PlainLabel(more, kind="small", tone="secondary"))

    def _line(self, case: RelatedCase) -> QWidget:
        line = QWidget(self)
        link = Button(
            menu_text(case.number), line, kind="link", on=lambda: self.ticket_wanted.emit(case.ticket_id)
        )
        self.links.append(link)
        told = PlainLabel(_words(self._desk, case), tone="secondary", wrap=True)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(link)
        row.addWidget(told, 1)
        return line


def _words(desk: Desk, case: RelatedCase) -> str:
    day = case_words.day(desk.profile, case.received_at, desk.now())
    parts = [day, case.title, case.unit, case_words.ticket_state(case.state)]
    if case.alike:
        alike = QCoreApplication.translate("RelatedBox", "{share} % the same words")
        parts.append(alike.format(share=round(case.alike * 100)))
    return " · ".join(part for part in parts if part)
