"""An urgent report (要情专报): its one page written, signed, recorded as sent, and the instruction coming back.

What may be done with it depends on where it stands and who looks; a button that cannot be pressed says why.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Ticket, UrgentReport
from desktop.models.domain.ladder_rules import may_sign_reports
from desktop.models.domain.redaction import redact_for_paper
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.upward import (
    ReportForm,
    approve_report,
    record_sending,
    return_report,
    withdraw_report,
    write_report,
)
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.services.queries.upward import UpwardCase
from desktop.views.common import case_words, clipboard, upward_words
from desktop.views.common.buttons import ActionBar, Button
from desktop.views.common.fields import LineField, TextField
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import code_words, error_words, why_not_online

_OFFICER = "officer"


class ReportCard(QFrame):
    """See the module's docstring."""

    #: Words for the footer: something was recorded.
    recorded = Signal(str)
    #: The instruction that came back on this report is to be registered.
    instruction_wanted = Signal()
    #: Its page is wanted as a document: the report and the number of its case.
    paper_wanted = Signal(object, str)
    #: A new report was left without being recorded.
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case: UpwardCase | None = None
        self._new: str | None = None
        self.setProperty("kind", "card")
        self._title = PlainLabel(kind="strong", wrap=True)
        self._about = PlainLabel(kind="small", tone="secondary", wrap=True)
        self.what = TextField(self.tr("What happened"), required=True, lines=2)
        self.location = TextField(self.tr("Where"), required=True, lines=1)
        self.people = TextField(self.tr("How many people"), required=True, lines=1)
        self.done = TextField(self.tr("Done so far"), required=True, lines=2)
        self.proposed = TextField(self.tr("Proposed"), required=True, lines=2)
        self.recipients = LineField(self.tr("Recipients"))
        self.parts = {
            "what": self.what,
            "location": self.location,
            "people": self.people,
            "done": self.done,
            "proposed": self.proposed,
        }
        self.reason = LineField(self.tr("Reason"))
        self._back = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self.trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        self.bar = ActionBar()
        add = self.bar.add
        self.submit = add(
            self.tr("Submit for approval"),
            self.press_submit,
            kind="primary",
            hint="Ctrl+Enter",
            keys="Ctrl+Return",
        )
        self.save = add(self.tr("Keep as a draft"), self.press_save, keys="Ctrl+S")
        self.approve = add(self.tr("Approve"), self.press_approve, kind="primary", icon="stamp", hint="A")
        self.give_back = add(self.tr("Return for changes"), self.press_return, icon="undo-2", hint="R")
        self.sent = add(self.tr("Record as sent"), self.press_sent, kind="primary", icon="send", hint="S")
        self.answer = add(
            self.tr("Register the instruction"), self.instruction_wanted.emit, icon="stamp", hint="N"
        )
        self.paper = add(self.tr("Save as a document…"), self.press_paper, icon="file-text", hint="D")
        self.withdraw = add(self.tr("Withdraw"), self.press_withdraw, hint="W")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        for widget in (
            self._title, self._about, *self.parts.values(), self.recipients, self._back, self.reason,
            self.trouble, self.bar,
        ):  # fmt: skip
            whole.addWidget(widget)
        for field in (*self.parts.values(), self.recipients, self.reason):
            field.changed.connect(self._renew)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._leave, context=within)
        desk.connection_changed.connect(self._renew)
        self.hide()

    # -- what is shown -----------------------------------------------------------------------------------------

    def begin(self, panel: TicketPanel) -> None:
        """Draft one from a case: what the file says of it, masked; the rest is for a person to write."""
        ticket = panel.ticket
        self._case, self._new = None, ticket.id
        clipboard.about(self, "ticket", ticket.id)
        self._title.setText(self.tr("New urgent report on {number}").format(number=ticket.number))
        self._about.setText(self.tr("One page: what, where, how many, done so far, proposed."))
        self.what.set_value(self._what(ticket))
        self.location.set_value(self._where(panel))
        self.people.set_value("")
        self.done.set_value(self._done_so_far(panel))
        self.proposed.set_value("")
        self.recipients.set_value("")
        self._back.hide()
        self.trouble.hide()
        self.reason.set_value("")
        self._renew()
        self.show()
        if self.isVisible():  # whoever has gone to another page meanwhile keeps the keyboard there
            self.people.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def writing(self) -> bool:
        """Whether a new one is being written."""
        return self._new is not None

    def show_case(self, case: UpwardCase | None) -> None:
        """Show a report; the same one again keeps what is being written, and so does one not recorded yet."""
        if self._new is not None:
            return
        row = case.line.row if case is not None else None
        if case is None or not isinstance(row, UrgentReport):
            self._case = None
            self.hide()
            return
        before = self._case.line.row if self._case is not None else None
        self._case = case
        clipboard.about(self, "ticket", row.ticket_id)
        self._title.setText(self.tr("Urgent report {number}").format(number=row.number).strip())
        self._about.setText(self._provenance(case, row))
        if before is None or before.id != row.id or not self._may_write():
            for name, field in self.parts.items():
                field.set_value(getattr(row, name))
            self.recipients.set_value(row.recipients)
            self.reason.set_value("")
            self.trouble.hide()
        back = [self.tr("{leader}: {text}").format(leader=i.given_by, text=i.text) for i in case.came_back]
        self._back.setText("\n".join(back))
        self._back.setVisible(bool(back))
        self._renew()
        self.show()

    def take_focus(self) -> None:
        """Give the keyboard to the first gap of the page, or to its first part; of a signed one, to whom it goes."""
        if self.sent.isVisible() and self.recipients.is_empty():
            self.recipients.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        gap = next((field for field in self.parts.values() if field.is_empty()), self.what)
        gap.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def row(self) -> UrgentReport | None:
        """The report on screen, where it is on record."""
        row = self._case.line.row if self._case is not None else None
        return row if isinstance(row, UrgentReport) else None

    # -- what the person does ----------------------------------------------------------------------------------

    def press_submit(self) -> None:
        """To the chief."""
        if not self.isHidden() and self.submit.isVisible() and self.submit.isEnabled():
            self._write(submit_now=True)

    def press_save(self) -> None:
        """Kept on the server as a draft."""
        if not self.isHidden() and self.save.isVisible() and self.save.isEnabled():
            self._write(submit_now=False)

    def press_approve(self) -> None:
        """A: sign."""
        row = self.row()
        if row is not None and self._usable(self.approve):
            self._desk.run_command(self, lambda w: approve_report(w, row.id), self._taken, self._refused)

    def press_return(self) -> None:
        """R: back to its author, with the reason."""
        row, reason = self.row(), self.reason.value()
        if row is None or not self._usable(self.give_back):
            return
        if not reason:
            self.reason.set_error(self.tr("The author needs a reason"))
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._desk.run_command(self, lambda w: return_report(w, row.id, reason), self._taken, self._refused)

    def press_sent(self) -> None:
        """S: a person has sent it."""
        row, to = self.row(), self.recipients.value()
        if not to and self.sent.isVisible():
            self.recipients.set_error(self.tr("name the recipients first"))
            self.recipients.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif row is not None and self._usable(self.sent):
            self._desk.run_command(self, lambda w: record_sending(w, row.id, to), self._taken, self._refused)

    def press_paper(self) -> None:
        """D: as a Word document or a PDF."""
        row = self.row()
        if row is not None and self._case is not None and self._usable(self.paper):
            self.paper_wanted.emit(row, self._case.line.number)

    def press_withdraw(self) -> None:
        """Taken back before it was sent, with the reason."""
        row, reason = self.row(), self.reason.value()
        if row is None or not self._usable(self.withdraw):
            return
        if not reason:
            self.reason.set_error(self.tr("Say why it is withdrawn"))
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self._desk.run_command(self, lambda w: withdraw_report(w, row.id, reason), self._taken, self._refused)

    def _leave(self) -> None:
        """Esc: a new one that was not recorded is let go."""
        self._new = None
        self.closed.emit()

    def _write(self, *, submit_now: bool) -> None:
        row = self.row()
        ticket_id = self._new or (row.ticket_id if row is not None else "")
        form = ReportForm(
            ticket_id=ticket_id,
            recipients=self.recipients.value(),
            **{name: field.value() for name, field in self.parts.items()},
        )
        report_id = row.id if row is not None else ""
        self._desk.run_command(
            self,
            lambda w: write_report(w, form, submit_now=submit_now, report_id=report_id),
            self._taken,
            self._refused,
        )

    # -- what may be done --------------------------------------------------------------------------------------

    def _may_write(self) -> bool:
        row, me = self.row(), self._desk.me
        if row is None:
            return self._new is not None
        return row.state in ("draft", "returned") and row.author_id == me.person_id and _OFFICER in me.roles

    def _renew(self) -> None:
        row = self.row()
        state = row.state if row is not None else "draft"
        writes, signs = self._may_write(), may_sign_reports(self._desk.me.roles)
        for field in self.parts.values():
            field.set_read_only(not writes)
        self.recipients.set_read_only(not writes and state != "approved")
        waits = row is not None and state == "submitted" and signs
        self.submit.setVisible(writes)
        self.save.setVisible(writes)
        self.approve.setVisible(waits)
        self.give_back.setVisible(waits)
        self.sent.setVisible(state == "approved")
        self.answer.setVisible(state == "sent")
        self.paper.setVisible(row is not None and state != "withdrawn")
        self.withdraw.setVisible(row is not None and state in ("draft", "returned", "submitted", "approved"))
        self.reason.setVisible(waits or self.withdraw.isVisibleTo(self))
        gap = next((field.label for field in self.parts.values() if field.is_empty()), "")
        missing = self.tr("still missing: {part}").format(part=gap) if gap else ""
        self.submit.set_reason(missing or self._too_long())
        self.save.set_reason(self._too_long())
        own = row is not None and row.author_id == self._desk.me.person_id
        why = code_words("own_act") if own else why_not_online(self._desk.connection)
        self.approve.set_reason(why)
        self.give_back.set_reason(why)
        nobody = "" if self.recipients.value() else self.tr("name the recipients first")
        self.sent.set_reason(nobody)

    def _too_long(self) -> str:
        return next((field.error() for field in self.parts.values() if field.error()), "")

    @staticmethod
    def _usable(button: Button) -> bool:
        return button.isVisible() and button.isEnabled()

    # -- words -------------------------------------------------------------------------------------------------

    def _provenance(self, case: UpwardCase, row: UrgentReport) -> str:
        profile, now = self._desk.profile, self._desk.now()
        parts = [upward_words.report_state(row.state)]
        written = self.tr("{who}, {when}")
        parts.append(
            written.format(who=row.author_name, when=case_words.moment(profile, row.created_at, now))
        )
        if row.approved_at is not None:
            signed = self.tr("approved by {who}, {when}")
            when = case_words.moment(profile, row.approved_at, now)
            parts.append(signed.format(who=row.approver_name, when=when))
        if row.sent_at is not None:
            sent = self.tr("sent by {who}, {when}")
            parts.append(sent.format(who=row.sent_by, when=case_words.moment(profile, row.sent_at, now)))
        if row.state == "returned" and row.return_reason:
            parts.append(self.tr("returned: {reason}").format(reason=row.return_reason))
        if case.line.pending:
            parts.append(self.tr("waiting to be sent"))
        return " · ".join(part for part in parts if part)

    def _what(self, ticket: Ticket) -> str:
        return redact_for_paper("\n".join(part for part in (ticket.title, ticket.request_text) if part))

    def _where(self, panel: TicketPanel) -> str:
        address = redact_for_paper(panel.ticket.address)
        return address if panel.place in address else f"{panel.place} {address}".strip()

    def _done_so_far(self, panel: TicketPanel) -> str:
        state = case_words.ticket_state(panel.ticket.state)
        lines = [self.tr("{unit}: {state}").format(unit=panel.unit, state=state) if panel.unit else state]
        lines += [redact_for_paper(urge.answer) for urge in panel.urges if urge.answer]
        return "\n".join(line for line in lines if line)

    def _taken(self, changes: Changes) -> None:
        self._new = None
        self.recorded.emit(self.tr("Urgent report recorded"))

    def _refused(self, error: DeskError) -> None:
        self.trouble.setText(error_words(error))
        self.trouble.show()
