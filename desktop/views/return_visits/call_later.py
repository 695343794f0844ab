"""F6: when the citizen wants to be called again. Stands in the call, not over it.

Offers the office's next stretches by number key, and any time by hand; a time outside the permitted hours is refused in
words while it is being entered. Must not record it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.return_visits import may_book
from desktop.services.queries.visits import Slot, VisitInHand, open_slots
from desktop.views.common.bars import Section
from desktop.views.common.buttons import ActionBar
from desktop.views.common.choices import DateTimeField, SegmentedChoice
from desktop.views.common.text import PlainLabel

from . import visit_words


class CallLater(QFrame):
    """See the module. ``agreed`` carries the time, aware, in office time; only one that is permitted."""

    agreed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._profile: RuleProfile | None = None
        self._in_hand: VisitInHand | None = None
        self._now: datetime | None = None
        self._slots: tuple[Slot, ...] = ()
        self.suggestions = SegmentedChoice(self.tr("The citizen would like"))
        self.suggestions.changed.connect(self._suggested)
        self.at = DateTimeField(self.tr("Exactly at"))
        self.at.changed.connect(self._judge)
        self._verdict = PlainLabel(kind="small", tone="overdue", wrap=True)
        bar = ActionBar()
        self.agree = bar.add(
            self.tr("Call again then"), self.confirm, kind="primary", icon="check", hint="Ctrl+Enter"
        )
        bar.add(self.tr("Back to the call"), self.left.emit, hint="Esc")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 8, 16, 12)
        whole.setSpacing(8)
        whole.addWidget(Section(self.tr("Call later")))
        for widget in (self.suggestions, self.at, self._verdict, bar):
            whole.addWidget(widget)

    def open_for(self, in_hand: VisitInHand, profile: RuleProfile, now: datetime) -> None:
        """Ask for a time for this visit; what was entered before is gone."""
        self._in_hand, self._profile, self._now = in_hand, profile, now
        self._slots = open_slots(profile, in_hand.visit, in_hand.attempts, now, limit=5)
        self.suggestions.set_options(_options(profile, self._slots, now))
        self.suggestions.set_value("")
        self.at.set_value(None)
        self.at.suggest(now)
        self._judge()
        self.show()
        self.suggestions.setFocus()
        if not self._slots:
            self.at.setFocus()

    def moment(self) -> datetime | None:
        """The time entered, in office time."""
        value = self.at.value()
        return value.replace(tzinfo=self._profile.zone()) if value and self._profile else None

    def refusal(self) -> str:
        """Why the time entered is refused, "" when it is not (or nothing is entered)."""
        at = self.moment()
        if at is None or self._in_hand is None or self._profile is None or self._now is None:
            return ""
        permission = may_book(
            self._profile, self._in_hand.visit, self._in_hand.attempts, at, self._now, named_by_citizen=True
        )
        return visit_words.refusal(self._profile, permission, named=True)

    def confirm(self) -> None:
        """Agree on the time entered, if it is permitted."""
        at = self.moment()
        if at is not None and not self.refusal():
            self.agreed.emit(at)

    def _suggested(self) -> None:
        chosen = self.suggestions.value()
        if chosen:
            self.at.set_value(self._slots[int(chosen)].start.replace(tzinfo=None))
            self._judge()

    def _judge(self) -> None:
        refused = self.refusal()
        self._verdict.setText(refused)
        self._verdict.setVisible(bool(refused))
        missing = self.tr("Choose a time first.") if self.moment() is None else ""
        self.agree.set_reason(refused or missing)


def _options(profile: RuleProfile, slots: Sequence[Slot], now: datetime) -> list[tuple[str, str]]:
    """The starts of the stretches as things a citizen says: "tomorrow morning 09:00"."""
    return [(str(place), visit_words.slot_start(profile, slot, now)) for place, slot in enumerate(slots)]
