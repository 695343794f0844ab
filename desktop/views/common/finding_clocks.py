"""The times that run on a finding, each explained day by day: for the officer's pane and for the unit's.

Fed with what `queries.finding_course` found; asks nothing and changes nothing.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.queries.finding_course import Counter
from desktop.views.common import case_words, due_words
from desktop.views.common.case_days import days_of
from desktop.views.common.daystrip import DayStrip
from desktop.views.common.text import PlainLabel

_LIT = ("overdue", "due_soon")


class FindingClocks(QWidget):
    """Hidden while no time runs. The first counter has its days drawn, the others a line each."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.strip = DayStrip(self.tr("Days of the time limit"))
        self.strip.told.connect(self._tell)
        self.day = PlainLabel(kind="small", tone="accent", wrap=True)
        self.lines = QVBoxLayout()
        self.lines.setSpacing(2)
        self.summary = PlainLabel(kind="small", tone="secondary", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(self.lines)
        whole.addWidget(self.strip)
        whole.addWidget(self.day)
        whole.addWidget(self.summary)
        self.day.hide()

    def set_counters(self, counters: tuple[Counter, ...], now: datetime) -> None:
        """Show these."""
        self.setVisible(bool(counters))
        while self.lines.count():
            old = self.lines.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for counter in counters:
            tone = counter.light if counter.light in _LIT else "secondary"
            self.lines.addWidget(PlainLabel(words(counter, now), kind="small", tone=tone, wrap=True))
        if counters:
            first = counters[0]
            self.strip.set_days(days_of(first.reason, now, first.light))
            self.summary.setText(due_words.counted(first.reason))

    def _tell(self, said: str) -> None:
        self.day.setText(said)
        self.day.setVisible(bool(said))


def words(counter: Counter, now: datetime) -> str:
    """One counter in a line: "To be put right by 05-21 17:30 · 3 working days left"."""
    at = case_words.moment(counter.reason.profile, counter.reason.due_at, now)
    said = {
        "receipt": QCoreApplication.translate("FindingClocks", "Receipt to be confirmed by {time}"),
        "rectification": QCoreApplication.translate("FindingClocks", "To be put right by {time}"),
        "review_ask": QCoreApplication.translate("FindingClocks", "A review may be asked for until {time}"),
        "review_decide": QCoreApplication.translate("FindingClocks", "The review is to be decided by {time}"),
    }[counter.kind].format(time=at)
    if counter.light == "paused":
        rests = QCoreApplication.translate("FindingClocks", "the time rests while it is the office's turn")
        late = QCoreApplication.translate("FindingClocks", "it was overdue when it came")
        return " · ".join((said, rests, late) if counter.was_late else (said, rests))
    return f"{said} · {case_words.standing(counter.light, counter.span)}"
