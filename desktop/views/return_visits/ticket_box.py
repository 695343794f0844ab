"""What the visit is about: title, number and unit in one line, the request and the unit's answer below, collapsible."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.profile import RuleProfile
from desktop.services.queries.visits import VisitInHand
from desktop.views.common.bars import Section
from desktop.views.common.buttons import IconButton
from desktop.views.common.layouts import row
from desktop.views.common.text import PlainLabel

from . import visit_words


class TicketBox(QWidget):
    """Text of the citizen and of the unit, shown plainly. Open while preparing, closed while asking."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = True
        self._title = PlainLabel(kind="strong", selectable=False)
        self._facts = PlainLabel(kind="small", tone="secondary")
        self._fold = IconButton("chevron-up", "", hint="Ctrl+E", on=self.toggle)
        head = row(self._title, gap=8)
        head.addStretch(1)
        head.addWidget(self._fold)
        self._request = PlainLabel(wrap=True, selectable=True)
        self._answer = PlainLabel(wrap=True, selectable=True)
        self._earlier = PlainLabel(tone="secondary", wrap=True)
        self._earlier_title = Section(self.tr("Earlier calls"))
        self._explain_title = Section(self.tr("In plain words, for the citizen"))
        self._explain = PlainLabel(wrap=True, selectable=True)
        self._inner = QWidget()
        inside = QVBoxLayout(self._inner)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        inside.addWidget(Section(self.tr("Request")))
        inside.addWidget(self._request)
        inside.addWidget(Section(self.tr("Unit's answer")))
        inside.addWidget(self._answer)
        inside.addWidget(self._explain_title)
        inside.addWidget(self._explain)
        inside.addWidget(self._earlier_title)
        inside.addWidget(self._earlier)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(head)
        whole.addWidget(self._facts)
        whole.addWidget(self._inner)
        self._show_fold()

    def show_visit(self, in_hand: VisitInHand, profile: RuleProfile, *, now: datetime, language: str) -> None:
        """Show another ticket; ``now`` says which remedies hold."""
        ticket = in_hand.ticket
        self._title.setText(ticket.title)
        self._facts.setText(" · ".join(part for part in (ticket.number, in_hand.unit_name) if part))
        self._request.setText(ticket.request_text or self.tr("The request is not shown to you."))
        self._answer.setText(ticket.unit_answer or self.tr("The unit has not answered yet."))
        explained = visit_words.explained(profile, in_hand, now, language)
        self._explain.setText("\n".join(explained))
        lines = []
        for attempt in reversed(in_hand.attempts):
            local = profile.local(attempt.at)
            allowed = self.tr("outside the rules, agreed to by {name}") if attempt.exception_by else ""
            parts = (
                f"{local:%m-%d %H:%M}",
                visit_words.outcome_key(attempt.outcome),
                attempt.by_name,
                allowed.format(name=attempt.exception_by),
            )
            lines.append("  ".join(part for part in (*parts, attempt.note) if part))
        self._earlier.setText("\n".join(lines))
        for widget in (self._earlier_title, self._earlier):
            widget.setVisible(bool(lines))

    def is_open(self) -> bool:
        """Whether the texts are in sight."""
        return self._open

    def set_open(self, opened: bool) -> None:
        """Show the texts, or the title alone."""
        self._open = opened
        self._show_fold()

    def toggle(self) -> None:
        """The other way round."""
        self.set_open(not self._open)

    def _show_fold(self) -> None:
        self._inner.setVisible(self._open)
        words = self.tr("Hide request and answer") if self._open else self.tr("Show request and answer")
        self._fold.set_face("chevron-up" if self._open else "chevron-down", words, "Ctrl+E")
