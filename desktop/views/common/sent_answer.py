"""What became of a letter (市长信箱, 来信): the answer that went out and when, and whether it was published.

Stands below the unit's own words in a case. Shows what it is given; a case that came by telephone has none of it.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.entities import Ticket
from desktop.services.background.desk import Desk
from desktop.views.common import case_words as words
from desktop.views.common.bars import Section
from desktop.views.common.marked_label import MarkedLabel
from desktop.views.common.text import PlainLabel


def is_letter(ticket: Ticket) -> bool:
    """Whether somebody wrote, and is answered in writing."""
    return ticket.channel in ("mailbox", "letter")


class SentAnswer(QWidget):
    """Hidden for a case that is no letter, and while nothing has gone out."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.title = Section(self.tr("Answer sent"))
        self.text = MarkedLabel(wrap=True, selectable=True, limit=20_000)
        self.published = PlainLabel(kind="small", tone="secondary", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        for widget in (self.title, self.text, self.published):
            whole.addWidget(widget)

    def show_ticket(self, ticket: Ticket) -> str:
        """Show what went out of a case; the title that the unit's own words then have."""
        sent_at = (ticket.answer_sent_at or ticket.archived_at) if is_letter(ticket) else None
        self.setVisible(sent_at is not None)
        if not is_letter(ticket):
            return self.tr("Answer of the unit")
        if sent_at is None:
            return self.tr("Draft answer of the unit, not sent yet")
        sent = self.tr("Answer sent {day}")
        self.title.set_title(sent.format(day=self._day(sent_at)))
        self.text.setText(ticket.sent_answer or self.tr("In the words of the unit."))
        if ticket.published_at is not None:
            published = self.tr("Published {day}")
            self.published.setText(published.format(day=self._day(ticket.published_at)))
        else:
            self.published.setText(self.tr("Not published"))
        return self.tr("Draft answer of the unit")

    def _day(self, at: datetime) -> str:
        return words.day(self._desk.profile, at, self._desk.now())
