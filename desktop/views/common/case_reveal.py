"""Seeing a citizen's contact for a moment: purpose, reason, then the value for as long as the profile says.

Needs the server, which writes the look-up down before it answers. The value is shown once, cannot be marked or copied,
and leaves the widget when its time is over, another case is shown or the widget is hidden. Behind a report it takes two
persons: the form asks a colleague, and `report_steps` tells how that stands.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.entities import Ticket
from desktop.models.domain.oversight import ReportReveal, RevealField
from desktop.models.domain.privacy import viewer_of
from desktop.models.domain.wire import Revealed, RevealRequest
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.views.common import oversight_words
from desktop.views.common.buttons import ActionBar
from desktop.views.common.choices import ChoiceField, SegmentedChoice
from desktop.views.common.fields import LineField
from desktop.views.common.layouts import row
from desktop.views.common.report_steps import ReportSteps
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words, why_not_online

_FIELDS: tuple[RevealField, ...] = ("phone", "name", "request_text")
_OF_A_UNIT: tuple[RevealField, ...] = ("phone", "name")
_REASON_AT_LEAST = 4


class RevealBox(QFrame):
    """The small form, and the value with its seconds left. Hidden until `ask_for`."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ticket: Ticket | None = None
        self._left = 0
        self.setProperty("kind", "card")
        self.field = SegmentedChoice(self.tr("What"), numbers=False)
        self.purpose = ChoiceField(self.tr("Purpose"), required=True)
        self.reason = LineField(self.tr("Reason"), required=True, limit=200)
        self._value = PlainLabel(kind="title", wrap=True)
        self._seconds = PlainLabel(kind="small", tone="secondary")
        self._trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        self.bar = ActionBar()
        self.send = self.bar.add(self.tr("Show"), self._send, kind="primary", icon="eye")
        self.bar.add(self.tr("Close"), self.close_box)
        self.steps = ReportSteps(desk)
        self.steps.agreed_shown.connect(self._show)
        self.steps.ended.connect(self._ask_again)
        self._tick = QTimer(self)
        self._tick.setInterval(1_000)
        self._tick.timeout.connect(self._count_down)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(10)
        for widget in (self.field, self.purpose, self.reason, self._trouble):
            whole.addWidget(widget)
        shown = row(self._value, self._seconds)
        shown.addStretch()
        whole.addLayout(shown)
        whole.addWidget(self.steps)
        whole.addWidget(self.bar)
        self.purpose.changed.connect(self._renew)
        self.reason.changed.connect(self._renew)
        desk.connection_changed.connect(self._renew)
        self._forget()
        self.hide()

    def ask_for(self, ticket: Ticket) -> None:
        """Open the form for a ticket's requester."""
        self._ticket = ticket
        self._forget()
        language = self._desk.language
        fields = _FIELDS if viewer_of(self._desk.me).office else _OF_A_UNIT
        self.field.set_options([(field, oversight_words.field(field)) for field in fields])
        self.field.set_value("phone")
        self.purpose.set_options([(c.code, c.words(language)) for c in self._desk.profile.reveal_purposes])
        self.reason.set_value("")
        self.send.setText(self.tr("Ask a colleague") if ticket.level == "report" else self.tr("Show"))
        self._renew()
        self.show()
        self.purpose.setFocus()
        standing = self._desk.oversight.mine_about(ticket.id) if ticket.level == "report" else None
        if standing is not None and standing.state != "declined":
            self._follow(standing)

    def _follow(self, request: ReportReveal) -> None:
        """A colleague was asked: nothing more to fill in."""
        if not self.isHidden():
            self._show_form(False)
            self.steps.follow(request)

    def _ask_again(self) -> None:
        if self._ticket is not None:
            self.ask_for(self._ticket)

    def close_box(self) -> None:
        """Forget the value and go."""
        self._forget()
        self.hide()
        self.closed.emit()

    def value_shown(self) -> str:
        """What is revealed at this moment, "" for nothing."""
        return self._value.text()

    def _renew(self) -> None:
        offline = why_not_online(self._desk.connection)
        if offline:
            self.send.set_reason(offline)
        elif not self.purpose.value():
            self.send.set_reason(self.tr("Choose a purpose first."))
        elif len(self.reason.value()) < _REASON_AT_LEAST:
            self.send.set_reason(self.tr("Say the reason in a few words."))
        else:
            self.send.set_reason("")

    def _send(self) -> None:
        ticket = self._ticket
        if ticket is None or not self.send.isEnabled():
            return
        wanted: RevealField = next((field for field in _FIELDS if field == self.field.value()), _FIELDS[0])
        purpose, reason = self.purpose.value(), self.reason.value()
        self.send.setEnabled(False)
        self._trouble.hide()
        if ticket.level == "report":
            oversight = self._desk.oversight
            oversight.ask(self, ticket.id, wanted, purpose, reason, self._follow, self._failed)
            return
        request = RevealRequest(purpose=purpose, reason=reason, ticket_id=ticket.id, field=wanted)
        # whoever was not sent the contact's id asks by the case's
        self._desk.online.reveal(self, request, ticket.contact_id or ticket.id, self._show, self._failed)

    def _show(self, revealed: Revealed) -> None:
        if self.isHidden():
            return
        self._left = revealed.seconds
        shown = (
            self.tr("{value} (sample)").format(value=revealed.value) if revealed.sample else revealed.value
        )
        self._value.setText(shown)
        self._value.show()
        self._seconds.show()
        self._show_form(False)
        self._tell_seconds()
        self._tick.start()

    def _failed(self, error: DeskError) -> None:
        self._trouble.setText(error_words(error))
        self._trouble.show()
        self.send.setEnabled(True)

    def _count_down(self) -> None:
        self._left -= 1
        self._tell_seconds()
        if self._left <= 0:
            self.close_box()

    def _tell_seconds(self) -> None:
        words = self.tr("{seconds} s left; the look-up was recorded")
        self._seconds.setText(words.format(seconds=self._left))

    def _forget(self) -> None:
        self._tick.stop()
        self._left = 0
        self._value.setText("")
        self._value.hide()
        self._seconds.hide()
        self._trouble.hide()
        self.steps.leave()
        self._show_form(True)

    def _show_form(self, shown: bool) -> None:
        for widget in (self.field, self.purpose, self.reason, self.send):
            widget.setVisible(shown)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._forget()
