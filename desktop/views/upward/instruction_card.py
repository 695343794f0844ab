"""A leader's instruction, with its limit and the feedback to the leader; and the form that registers one.

The same card shows one and writes a new one: from a case, from an urgent report it came back on, or alone.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.deadlines import due_in_working_days
from desktop.models.domain.entities import Instruction
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.upward import (
    InstructionForm,
    register_instruction,
    report_back,
    withdraw_instruction,
)
from desktop.services.queries.upward import UpwardCase
from desktop.views.common import case_words, clipboard, upward_words
from desktop.views.common.buttons import ActionBar
from desktop.views.common.choices import ChoiceField, DateTimeField
from desktop.views.common.fields import LineField, TextField
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words

_USUAL_DAYS = 3


class InstructionCard(QFrame):
    """One instruction: what was written, until when, what was reported back."""

    #: Words for the footer: something was recorded.
    recorded = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case: UpwardCase | None = None
        self._withdrawing = False
        self.setProperty("kind", "card")
        self._title = PlainLabel(kind="strong", wrap=True)
        self._about = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._text = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self._done = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self.feedback = TextField(self.tr("Feedback to the leader"), lines=3)
        self.reason = LineField(self.tr("Why it is withdrawn"))
        self.trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        self.bar = ActionBar()
        self.report = self.bar.add(
            self.tr("Report back"),
            self.send,
            kind="primary",
            icon="send",
            hint="Ctrl+Enter",
            keys="Ctrl+Return",
        )
        self.withdraw = self.bar.add(self.tr("Withdraw"), self.press_withdraw, icon="undo-2", hint="W")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        for widget in (
            self._title, self._about, self._text, self._done, self.feedback, self.reason, self.trouble, self.bar,
        ):  # fmt: skip
            whole.addWidget(widget)
        self.feedback.changed.connect(self._renew)
        self.reason.changed.connect(self._renew)
        self.hide()

    def show_case(self, case: UpwardCase | None) -> None:
        """Show an instruction; the same one again keeps what is being written."""
        row = case.line.row if case is not None else None
        if case is None or not isinstance(row, Instruction):
            self._case = None
            self.hide()
            return
        other = self._case is None or self._case.line.row.id != row.id
        self._case = case
        clipboard.about(self, "ticket", row.ticket_id)
        self._title.setText(self.tr("{leader}'s instruction").format(leader=row.given_by))
        self._about.setText(self._provenance(case, row))
        self._text.setText(row.text)
        self._done.setText(self._told_back(row))
        self._done.setVisible(bool(row.feedback))
        if other:
            self.feedback.set_value("")
            self.reason.set_value("")
            self._withdrawing = False
            self.trouble.hide()
        self.feedback.setVisible(row.state == "open")
        self.bar.setVisible(row.state != "withdrawn")
        self._renew()
        self.show()

    def take_focus(self) -> None:
        """Give the keyboard to the feedback."""
        if self.feedback.isVisible():
            self.feedback.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def send(self) -> None:
        """Record what was reported to the leader."""
        case, text = self._case, self.feedback.value()
        if case is not None and not self.isHidden() and self.report.isEnabled() and self.report.isVisible():
            key = case.line.row.id
            self._desk.run_command(self, lambda w: report_back(w, key, text), self._sent, self._refused)

    def press_withdraw(self) -> None:
        """First open the reason, then take it back."""
        case, reason = self._case, self.reason.value()
        if case is None or self.bar.isHidden():
            return
        if not self._withdrawing or not reason:
            self._withdrawing = True
            self._renew()
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        key = case.line.row.id
        self._desk.run_command(
            self, lambda w: withdraw_instruction(w, key, reason), self._sent, self._refused
        )

    def _renew(self) -> None:
        case = self._case
        if case is None:
            return
        row = case.line.row
        self.reason.setVisible(self._withdrawing)
        self.report.setVisible(row.state == "open")
        missing = "" if self.feedback.value() else self.tr("write the feedback first")
        self.report.set_reason(missing or self.feedback.error())

    def _provenance(self, case: UpwardCase, row: Instruction) -> str:
        profile, now = self._desk.profile, self._desk.now()
        parts = [upward_words.instruction_state(row.state)]
        parts.append(self.tr("given {when}").format(when=case_words.day(profile, row.given_at, now)))
        if row.due_at is not None:
            until = case_words.moment(profile, row.due_at, now)
            parts.append(self.tr("until {when}").format(when=until))
        parts.append(case.line.unit)
        parts.append(self.tr("registered by {who}").format(who=row.by_name) if row.by_name else "")
        if case.report is not None:
            parts.append(self.tr("came back on report {number}").format(number=case.report.number))
        if case.line.pending:
            parts.append(self.tr("waiting to be sent"))
        return " · ".join(part for part in parts if part)

    def _told_back(self, row: Instruction) -> str:
        if row.feedback_at is None:
            return ""
        when = case_words.moment(self._desk.profile, row.feedback_at, self._desk.now())
        said = self.tr("Reported back by {who}, {when}: {text}")
        return said.format(who=row.feedback_by, when=when, text=row.feedback)

    def _sent(self, changes: Changes) -> None:
        self.recorded.emit(self.tr("Instruction recorded"))

    def _refused(self, error: DeskError) -> None:
        self.trouble.setText(error_words(error))
        self.trouble.show()


class InstructionWriter(QFrame):
    """The form that registers an instruction."""

    #: Words for the footer: it was registered.
    recorded = Signal(str)
    #: Closed without registering.
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ticket_id = self._report_id = ""
        self.setProperty("kind", "card")
        self._title = PlainLabel(kind="strong", wrap=True)
        self.leader = LineField(self.tr("Leader"), required=True)
        self.text = TextField(self.tr("What the leader wrote"), required=True, lines=3)
        self.given = DateTimeField(self.tr("Given on"), with_time=False)
        self.due = DateTimeField(self.tr("To be carried out until"))
        self.unit = ChoiceField(self.tr("Lead unit"), searchable=True)
        self.trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        self.bar = ActionBar()
        self.register = self.bar.add(
            self.tr("Register"),
            self.send,
            kind="primary",
            icon="stamp",
            hint="Ctrl+Enter",
            keys="Ctrl+Return",
        )
        self.bar.add(self.tr("Close"), self.close_form, hint="Esc")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        for widget in (
            self._title, self.leader, self.text, self.given, self.due, self.unit, self.trouble, self.bar,
        ):  # fmt: skip
            whole.addWidget(widget)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close_form, context=within)
        self.leader.changed.connect(self._renew)
        self.text.changed.connect(self._renew)
        self.hide()

    def begin(self, *, ticket_id: str = "", unit_id: str = "", number: str = "", report_id: str = "") -> None:
        """A new one: on a case, come back on a report of it, or on no case."""
        self._ticket_id, self._report_id = ticket_id, report_id
        on = self.tr("New instruction on {number}").format(number=number)
        self._title.setText(on if number else self.tr("New instruction, on no case"))
        self.leader.set_value("")
        self.text.set_value("")
        profile, now = self._desk.profile, self._desk.now()
        self.given.set_value(profile.local(now).replace(tzinfo=None))
        due = profile.local(due_in_working_days(profile, now, _USUAL_DAYS))
        self.due.set_value(due.replace(tzinfo=None))
        units = sorted(self._desk.reference.units.values(), key=lambda u: u.pinyin or u.name)
        self.unit.set_options([("", self.tr("none")), *((u.id, u.short_name or u.name) for u in units)])
        self.unit.set_value(unit_id)
        self.trouble.hide()
        self._renew()
        self.show()
        if self.isVisible():  # whoever has gone to another page meanwhile keeps the keyboard there
            self.leader.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_form(self) -> None:
        """Esc."""
        self.hide()
        self.closed.emit()

    def send(self) -> None:
        """Put it on record."""
        if self.isHidden() or not self.register.isEnabled():
            return
        form = InstructionForm(
            ticket_id=self._ticket_id,
            given_by=self.leader.value(),
            text=self.text.value(),
            given_at=self._aware(self.given.value()),
            due_at=self._aware(self.due.value()),
            unit_id=self.unit.value(),
            report_id=self._report_id,
        )
        self._desk.run_command(self, lambda w: register_instruction(w, form), self._sent, self._refused)

    def _aware(self, value: datetime | None) -> datetime | None:
        return None if value is None else value.replace(tzinfo=self._desk.profile.zone())

    def _renew(self) -> None:
        missing = "" if self.leader.value() else self.tr("name the leader first")
        missing = missing or ("" if self.text.value() else self.tr("write down what the leader wrote"))
        self.register.set_reason(missing or self.text.error())

    def _sent(self, changes: Changes) -> None:
        self.hide()
        self.recorded.emit(self.tr("Instruction registered"))

    def _refused(self, error: DeskError) -> None:
        self.trouble.setText(error_words(error))
        self.trouble.show()
