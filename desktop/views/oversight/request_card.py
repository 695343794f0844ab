"""One request of a colleague to see behind a report, decided in its place: agree, decline with a reason, step aside.

Shows what the server said of it and no value. Owns no list.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.oversight import Recusal, ReportDecision, ReportReveal
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.views.common import case_words
from desktop.views.common import oversight_words as words
from desktop.views.common.buttons import ActionBar
from desktop.views.common.fields import LineField
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words, why_not_online

_REASON_AT_LEAST = 4


class RequestCard(QFrame):
    """`decided` comes when the server has taken the decision."""

    decided = Signal()

    def __init__(self, desk: Desk, request: ReportReveal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.request = request
        self.setProperty("kind", "card")
        asks = self.tr("{name} asks to see: {field}")
        title = PlainLabel(
            asks.format(name=request.asked_by, field=words.field(request.field)), kind="title", wrap=True
        )
        self.setAccessibleName(title.text())
        purpose = words.purpose(desk.profile, request.purpose, desk.language)
        why = PlainLabel(
            self.tr("{purpose}: {reason}").format(purpose=purpose, reason=request.reason), wrap=True
        )
        times = self.tr("Case {number} · asked {asked} · lapses {until}").format(
            number=request.ticket_number,
            asked=case_words.moment(desk.profile, desk.office_time(request.asked_at), desk.now()),
            until=case_words.moment(desk.profile, desk.office_time(request.expires_at), desk.now()),
        )
        self.reason = LineField(self.tr("Reason (needed to decline or step aside)"), limit=200)
        self._trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        self._trouble.hide()
        self.bar = ActionBar()
        self.agree = self.bar.add(self.tr("Agree"), self._agree, kind="primary", icon="user-check")
        self.decline = self.bar.add(self.tr("Decline"), self._decline)
        self.recuse = self.bar.add(self.tr("I am recused"), self._recuse)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        for widget in (
            title,
            why,
            PlainLabel(times, kind="small", tone="secondary", wrap=True),
            self.reason,
            self._trouble,
            self.bar,
        ):
            whole.addWidget(widget)
        self.reason.changed.connect(self._renew)
        desk.connection_changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        offline = why_not_online(self._desk.connection)
        short = "" if len(self.reason.value()) >= _REASON_AT_LEAST else self.tr("Say the reason first.")
        self.agree.set_reason(offline)
        for button in (self.decline, self.recuse):
            button.set_reason(offline or short)

    def _agree(self) -> None:
        self._decide(ReportDecision(agree=True, reason=self.reason.value()))

    def _decline(self) -> None:
        self._decide(ReportDecision(agree=False, reason=self.reason.value()))

    def _decide(self, decision: ReportDecision) -> None:
        self._hold()
        self._desk.oversight.decide(self, self.request.id, decision, self._taken, self._failed)

    def _recuse(self) -> None:
        self._hold()
        recusal = Recusal(person_id=self._desk.me.person_id, reason=self.reason.value())
        self._desk.oversight.recuse(self, self.request.ticket_id, recusal, self._recused, self._failed)

    def _hold(self) -> None:
        self._trouble.hide()
        for button in (self.agree, self.decline, self.recuse):
            button.setEnabled(False)

    def _taken(self, request: ReportReveal) -> None:
        self.decided.emit()

    def _recused(self, nothing: None) -> None:
        self.decided.emit()

    def _failed(self, error: DeskError) -> None:
        self._trouble.setText(error_words(error))
        self._trouble.show()
        self._renew()
