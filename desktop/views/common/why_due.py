"""The part of a case that says why it is due when it is: the days, the rule, what is left, and "what if extended".

Fed with what `queries.why_due` found. Asks nothing and changes nothing; copies go by the one way onto the
clipboard.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.services.queries.ticket_panel import TicketPanel
from desktop.services.queries.why_due import DueReason
from desktop.views.common import case_words, clipboard, due_words, theme
from desktop.views.common.bars import NoticeBar, Section
from desktop.views.common.buttons import Button
from desktop.views.common.case_days import days_of
from desktop.views.common.daystrip import DayStrip
from desktop.views.common.fields import QuietSpin
from desktop.views.common.text import PlainLabel

_USUAL_DAYS = 5
_MOST_DAYS = 60


class WhyDue(QWidget):
    """Hidden while the case has no due time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panel: TicketPanel | None = None
        self._title = Section(self.tr("Time limit"))
        self.copy = Button(self.tr("Copy to read out"), kind="link", on=self._copy)
        self._title.add(self.copy)
        self.strip = DayStrip(self.tr("Days of the time limit"))
        self.strip.told.connect(self._tell_day)
        self._day = PlainLabel(kind="small", tone="accent", wrap=True)
        self._day.hide()
        self.summary = PlainLabel(kind="small", tone="secondary", wrap=True)
        self.rule = PlainLabel(kind="small", tone="secondary", wrap=True)
        self.left = PlainLabel(wrap=True)
        self.doubts = PlainLabel(kind="small", tone="due_soon", wrap=True)
        self.disagreement = NoticeBar(kind="warn", dismissible=False)
        self._if = QWidget()
        self.days = QuietSpin()
        self.days.setRange(1, _MOST_DAYS)
        self.days.setValue(_USUAL_DAYS)
        self.days.setMinimumWidth(theme.current().px(64))
        self.days.setMaximumWidth(theme.current().px(64))
        self.days.setAccessibleName(self.tr("Working days of an extension"))
        self.days.valueChanged.connect(self._tell_what_if)
        self.what_if = PlainLabel(wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        ask = QHBoxLayout(self._if)
        ask.setContentsMargins(0, 0, 0, 0)
        ask.setSpacing(6)
        ask.addWidget(PlainLabel(self.tr("If extended by"), tone="secondary"))
        ask.addWidget(self.days)
        ask.addWidget(PlainLabel(self.tr("working days:"), tone="secondary"))
        ask.addWidget(self.what_if, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        for widget in (
            self._title,
            self.strip,
            self._day,
            self.left,
            self.summary,
            self.rule,
            self.doubts,
            self.disagreement,
            self._if,
        ):
            whole.addWidget(widget)

    def set_panel(self, panel: TicketPanel) -> None:
        """Show a case; the same case again keeps the number of days that was asked about."""
        other = self._panel is None or self._panel.ticket.id != panel.ticket.id
        self._panel = panel
        reason = panel.due
        self.setVisible(reason is not None)
        if reason is None:
            return
        if other:
            self.days.setValue(_USUAL_DAYS)
        now = panel.at
        self.strip.set_days(days_of(reason, now, panel.light))
        _say(self.left, due_words.left(reason, now))
        _say(self.summary, due_words.counted(reason))
        self.rule.setText(self._rule_words(reason, panel))
        _say(self.doubts, "\n".join(due_words.doubts(reason, now)))
        differ = due_words.disagreement(reason, now)
        self.disagreement.setVisible(bool(differ))
        self.disagreement.set_notice(differ, "warn")
        self._if.setVisible(reason.left is not None or reason.paused)
        self._tell_what_if()

    def _rule_words(self, reason: DueReason, panel: TicketPanel) -> str:
        due = case_words.moment(reason.profile, reason.due_at, panel.at)
        parts = [self.tr("{rule}, due {time}").format(rule=due_words.rule(reason), time=due)]
        for extension in reason.extensions:
            extended = self.tr("extended from {old} to {new}")
            old, new = (
                case_words.moment(reason.profile, at, panel.at)
                for at in (extension.old_due_at, extension.new_due_at)
            )
            said = extended.format(old=old, new=new)
            by = self.tr("{what} by {who}")
            parts.append(by.format(what=said, who=extension.granted_by) if extension.granted_by else said)
        return " · ".join(parts)

    def _tell_day(self, said: str) -> None:
        _say(self._day, said)

    def _tell_what_if(self) -> None:
        panel = self._panel
        if panel is not None and panel.due is not None:
            self.what_if.setText(due_words.what_if(panel.due, self.days.value(), panel.at))
            self.days.setAccessibleDescription(self.what_if.text())

    def _copy(self) -> None:
        panel = self._panel
        if panel is not None and panel.due is not None:
            clipboard.copy_out(self, due_words.spoken(panel, panel.due), detail="time_limit")


def _say(label: PlainLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
