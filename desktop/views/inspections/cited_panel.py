"""The right column of the finding form: the cited tickets, each line of their timelines with a tick box.

What is ticked is evidence. Further tickets are added by number. Must not fetch timelines nor keep the draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.background.desk import Desk
from desktop.views.common.bars import Section
from desktop.views.common.buttons import IconButton
from desktop.views.common.fields import CheckField
from desktop.views.common.layouts import row, scrolled, stacked
from desktop.views.common.text import PlainLabel, plain
from desktop.views.common.timeline import Entry
from desktop.views.inspections.evidence import CitedTicket
from desktop.views.inspections.ticket_picker import TicketPicker

_WORDS_OF_A_LINE = 60
_TEXT_OF_A_LINE = 400


class CitedCard(QWidget):
    """One ticket with its tick boxes."""

    ticked = Signal()
    removed = Signal(str)

    def __init__(
        self, ticket: CitedTicket, *, removable: bool, ticks: Iterable[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.ticket = ticket
        self.boxes: dict[str, CheckField] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(ticket.number or self.tr("Not on this desktop"), kind="strong"), 0)
        head.addStretch(1)
        if removable:
            head.addWidget(IconButton("x", self.tr("Cite it no longer"), on=self._remove))
        whole.addLayout(head)
        whole.addWidget(PlainLabel(ticket.title, wrap=True))
        whole.addWidget(PlainLabel(ticket.about, kind="small", tone="secondary", wrap=True))
        chosen = set(ticks)
        for line in ticket.lines:
            box = self._box(line)
            box.set_value(line.id in chosen)
            whole.addWidget(box)
            if line.body:
                text = PlainLabel(line.body, kind="small", tone="secondary", wrap=True, limit=_TEXT_OF_A_LINE)
                whole.addLayout(row(text, margins=(26, 0, 0, 4)))
        if not ticket.lines and ticket.known:
            whole.addWidget(PlainLabel(self.tr("Nothing is told of it yet."), kind="small", tone="faint"))

    def _box(self, line: Entry) -> CheckField:
        head = "  ".join(part for part in (line.time, line.title, line.actor) if part)
        box = CheckField(plain(head, _WORDS_OF_A_LINE, single_line=True))
        box.changed.connect(self.ticked)
        self.boxes[line.id] = box
        return box

    def _remove(self) -> None:
        self.removed.emit(self.ticket.ticket_id)


class CitedPanel(QWidget):
    """See the module's docstring."""

    #: Ticks or tickets are others now, by the person's hand.
    changed = Signal()
    #: A further ticket is wanted: its id.
    wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[str, CitedCard] = {}
        self._kept: tuple[str, ...] = ()
        self._main = ""
        self.picker = TicketPicker(desk, self.tr("Cite a further ticket"))
        self.picker.picked.connect(self.wanted)
        inner = QWidget()
        body = stacked(inner, (16, 12, 16, 16), gap=12)
        body.addWidget(Section(self.tr("Tickets cited: tick what proves the facts")))
        self._cards = QVBoxLayout()
        self._cards.setSpacing(16)
        body.addLayout(self._cards)
        body.addWidget(self.picker)
        self.area = scrolled(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)

    def show_tickets(self, tickets: Sequence[CitedTicket], evidence: Sequence[str]) -> None:
        """Show these tickets, the first of which cannot be taken away, with these lines ticked."""
        for card in self.cards.values():
            card.hide()
            card.deleteLater()
        self.cards = {}
        self._main = tickets[0].ticket_id if tickets else ""
        for ticket in tickets:
            self._add(ticket, evidence)
        boxes = {row_id for card in self.cards.values() for row_id in card.boxes}
        # Evidence that cannot be shown here is kept as it is.
        self._kept = tuple(row_id for row_id in evidence if row_id not in boxes)

    def add_ticket(self, ticket: CitedTicket) -> None:
        """Cite a further ticket; one that is cited already stays once."""
        if ticket.ticket_id not in self.cards:
            self._add(ticket, ())
            self.changed.emit()
        card = self.cards[ticket.ticket_id]
        self.area.ensureWidgetVisible(card)

    def cited(self) -> tuple[str, ...]:
        """The tickets' ids in order."""
        return tuple(self.cards)

    def evidence(self) -> tuple[str, ...]:
        """The ids of the rows ticked."""
        ticked = [i for card in self.cards.values() for i, box in card.boxes.items() if box.value()]
        return (*self._kept, *ticked)

    def take_focus(self) -> None:
        """Give the keyboard to the first tick box, or to the line for a further ticket."""
        boxes = [box for card in self.cards.values() for box in card.boxes.values()]
        target: QWidget = boxes[0] if boxes else self.picker
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _add(self, ticket: CitedTicket, evidence: Sequence[str]) -> None:
        card = CitedCard(ticket, removable=ticket.ticket_id != self._main, ticks=evidence)
        card.ticked.connect(self.changed)
        card.removed.connect(self._remove)
        self.cards[ticket.ticket_id] = card
        self._cards.addWidget(card)

    def _remove(self, ticket_id: str) -> None:
        card = self.cards.pop(ticket_id)
        self._cards.removeWidget(card)
        card.hide()
        card.deleteLater()
        self.changed.emit()
