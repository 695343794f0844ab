"""Writing a supervision notice: ground and requirement, kept as a draft, then submitted to the chief.

One matter has one supervision: where there is one, it is shown instead, and only its author may change it (while it is
a draft or was returned) or withdraw it.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.models.domain.entities import Notice
from desktop.services.background.desk import Desk
from desktop.services.commands.supervision import NoticeForm, withdraw_notice, write_notice
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common import case_words
from desktop.views.common.case_timeline import notice_name
from desktop.views.common.choices import ChoiceField
from desktop.views.common.fields import TextField
from desktop.views.supervision.case_form import CaseForm
from desktop.views.supervision.promises import ground_text


class NoticePanel(CaseForm):
    """The form of one notice, or the notice that stands already."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "", parent)
        self._notice: Notice | None = None
        self.heading.setText(self.tr("Supervision notice"))
        self.unit = ChoiceField(self.tr("To the unit"), required=True)
        self.ground = TextField(self.tr("Ground"), required=True)
        self.requirement = TextField(self.tr("What is required"), required=True)
        self.reply = TextField(self.tr("Answer of the unit"))
        self.reason = TextField(self.tr("Reason for withdrawing it"))
        self.form.add(self.unit)
        self.form.add(self.ground)
        self.form.add(self.requirement)
        self.form.add(self.reply)
        self.form.add(self.reason)
        self.primary = self.form.set_primary(self.tr("Submit for approval"))
        self.withdraw = self.form.add_secondary(self.tr("Withdraw notice"), self._withdraw)
        self.reason.changed.connect(self._fit_withdraw)
        self.ground.set_hint(self.tr("Facts and rules, without the citizen's identity."))
        self.requirement.set_hint(self.tr("What the unit has to do; the reply is due after approval."))

    def draft_key(self, ticket_id: str) -> str:
        return f"notice:{ticket_id}"

    def form_type(self) -> type[NoticeForm]:
        return NoticeForm

    def form_value(self, panel: TicketPanel) -> NoticeForm:
        return NoticeForm(
            ticket_id=panel.ticket.id,
            unit_id=self.unit.value() or panel.ticket.unit_id,
            ground=self.ground.value(),
            requirement=self.requirement.value(),
        )

    def may_edit(self) -> bool:
        """Whether the fields may be written in: there is no notice yet, or one of mine is still open."""
        notice = self._notice
        if notice is None:
            return True
        return notice.state in ("draft", "returned") and notice.author_id == self.desk.me.person_id

    def show_value(self, panel: TicketPanel, draft: NoticeForm | None) -> None:
        ticket = panel.ticket
        self._notice = panel.notice
        units = [ticket.unit_id, *ticket.assist_unit_ids]
        self.unit.set_options([(i, self.desk.reference.unit_name(i) or i) for i in units if i])
        start = draft if draft is not None and self.may_edit() else self._start(panel)
        self.unit.set_value(start.unit_id)
        self.unit.setVisible(len(units) > 1)
        self.ground.set_value(start.ground)
        self.requirement.set_value(start.requirement)
        self._fit(panel)

    def _start(self, panel: TicketPanel) -> NoticeForm:
        notice = panel.notice
        if notice is not None:
            return NoticeForm(
                ticket_id=notice.ticket_id,
                unit_id=notice.unit_id,
                ground=notice.ground,
                requirement=notice.requirement,
            )
        return NoticeForm(
            ticket_id=panel.ticket.id,
            unit_id=panel.ticket.unit_id,
            ground=ground_text(panel, self.desk.profile),
            requirement="",
        )

    def _fit(self, panel: TicketPanel) -> None:
        """Show what may be done with the notice as it stands."""
        notice, mine = self._notice, self.may_edit()
        for field in (self.unit, self.ground, self.requirement):
            field.set_read_only(not mine)
        self.reply.setVisible(notice is not None and bool(notice.reply_text))
        self.reply.set_value(notice.reply_text if notice else "")
        self.reply.set_read_only(True)
        may_withdraw = notice is not None and notice.state != "replied"
        self.reason.setVisible(may_withdraw)
        self.reason.set_value("")
        self.withdraw.setVisible(may_withdraw)
        self.primary.setVisible(mine)
        online = self.desk.connection.online
        self.primary.setText(self.tr("Submit for approval") if online else self.tr("Submit later"))
        self._fit_withdraw()
        self.warning.setVisible(notice is not None)
        if notice is not None:
            kind, words = self._about(notice, panel)
            self.warning.set_notice(words, "warn" if kind else "info")

    def _about(self, notice: Notice, panel: TicketPanel) -> tuple[bool, str]:
        """(whether it asks for something, the words above the form)."""
        name, state = notice_name(notice), case_words.notice_state(notice.state)
        if notice.state == "returned" and self.may_edit():
            words = self.tr("{who} returned it: {reason}")
            return True, words.format(who=notice.approver_name, reason=notice.return_reason)
        if notice.state == "draft" and self.may_edit():
            return False, self.tr("Your draft, not submitted yet.")
        when = case_words.moment(self.desk.profile, notice.created_at, panel.at)
        words = self.tr(
            "This matter is under supervision already: notice {number}, {state}, written by {who} on {when}. "
            "One matter has one supervision."
        )
        return False, words.format(number=name, state=state, who=notice.author_name, when=when)

    def _fit_withdraw(self) -> None:
        if not self.reason.value():
            self.withdraw.set_reason(self.tr("Say the reason first."))
        else:
            self.withdraw.set_reason("")

    def send(self, panel: TicketPanel) -> None:
        form = self.form_value(panel)
        notice_id = self._notice.id if self._notice is not None else ""
        self.desk.run_command(
            self,
            lambda w: write_notice(w, form, submit_now=True, notice_id=notice_id),
            self.sent,
            self.refused,
        )

    def _withdraw(self) -> None:
        notice, reason = self._notice, self.reason.value()
        if notice is not None:
            self.desk.run_command(
                self, lambda w: withdraw_notice(w, notice.id, reason), self.sent, self.refused
            )

    def recorded_words(self, panel: TicketPanel) -> str:
        done = self.tr("Notice on {number} recorded, {sending}")
        return done.format(number=panel.ticket.number, sending=self.sending_word())
