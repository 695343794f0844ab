"""Where a request to see behind a report stands, for the one who asked: waiting, agreed to, declined.

Follows one request by what the desk's oversight finds. Shows no value itself: `agreed_shown` carries it, once.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.oversight import ReportReveal
from desktop.models.domain.wire import Revealed
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.views.common import case_words, oversight_words
from desktop.views.common.buttons import ActionBar
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words, why_not_online


class ReportSteps(QWidget):
    """Hidden until `follow`."""

    #: The value, a `Revealed`: to be shown for its seconds and forgotten.
    agreed_shown = Signal(object)
    #: The request has ended, or was taken back.
    ended = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._request: ReportReveal | None = None
        self._words = PlainLabel(wrap=True)
        self._more = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        self.bar = ActionBar()
        self.show_value = self.bar.add(self.tr("Show it now"), self._reveal, kind="primary", icon="eye")
        self.withdraw = self.bar.add(self.tr("Withdraw the request"), self._withdraw)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        for widget in (self._words, self._more, self._trouble, self.bar):
            whole.addWidget(widget)
        desk.oversight.looked.connect(self._looked)
        desk.connection_changed.connect(self._renew)
        self.hide()

    def follow(self, request: ReportReveal) -> None:
        """Show how this request stands, from now on."""
        self._request = request
        self._trouble.hide()
        self._renew()
        self.show()
        self._desk.oversight.look()

    def leave(self) -> None:
        """Follow nothing; the request stands on the server."""
        self._request = None
        self.hide()

    def words(self) -> str:
        """What is said of the request."""
        return self._words.text()

    def _looked(self) -> None:
        followed = self._request
        if followed is None:
            return
        found = next((each for each in self._desk.oversight.requests if each.id == followed.id), None)
        if found is not None and found.state != "revealed":
            self._request = found
            self._renew()

    def _renew(self) -> None:
        request = self._request
        if request is None:
            return
        self._words.setText(self._standing(request))
        until = self.tr("Lapses {time}.")
        waits = request.state in ("asked", "agreed")
        self._more.setText(until.format(time=self._moment(request.expires_at)) if waits else "")
        self._more.setVisible(waits)
        self.show_value.setVisible(request.state == "agreed")
        self.show_value.set_reason(why_not_online(self._desk.connection))
        self.withdraw.setVisible(waits)
        self.withdraw.set_reason(why_not_online(self._desk.connection))

    def _standing(self, request: ReportReveal) -> str:
        who = request.decided_by
        if request.state == "asked":
            if not request.may_decide:
                return self.tr("Nobody else is cleared for this case: nobody can agree to it.")
            waiting = self.tr("Waiting for a second cleared colleague: {names}")
            return waiting.format(names="、".join(request.may_decide))
        if request.state == "agreed":
            return self.tr("{name} has agreed. It can be shown once.").format(name=who)
        if request.state == "declined":
            declined = self.tr("{name} has declined: {reason}")
            return declined.format(name=who, reason=request.decision_reason)
        return oversight_words.state(request.state)

    def _moment(self, at: datetime) -> str:
        return case_words.moment(self._desk.profile, self._desk.office_time(at), self._desk.now())

    def _reveal(self) -> None:
        if self._request is not None:
            self.show_value.setEnabled(False)
            self._desk.oversight.reveal(self, self._request.id, self._shown, self._failed)

    def _shown(self, revealed: Revealed) -> None:
        """Straight on; nothing is kept here."""
        if self._request is not None and self.isVisible():
            self.leave()
            self.agreed_shown.emit(revealed)
        self._desk.oversight.look()

    def _withdraw(self) -> None:
        if self._request is not None:
            self._desk.oversight.withdraw(self, self._request.id, self._withdrawn, self._failed)

    def _withdrawn(self, nothing: None) -> None:
        self.leave()
        self.ended.emit()
        self._desk.oversight.look()

    def _failed(self, error: DeskError) -> None:
        self._trouble.setText(error_words(error))
        self._trouble.show()
        self._renew()
        self._desk.oversight.look()
