"""Writing an act of supervision: which step, ground and requirement, kept as a draft, then submitted for a signature.

One matter has one supervision: an act that is on its way is shown instead, and only its author may change it (while it
is a draft or was returned). Above one that stands the next steps may be written; it is shown beside them, where whoever
may takes it back.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.models.domain.entities import Notice, Rung
from desktop.models.domain.ladder import may_withdraw
from desktop.services.background.desk import Desk
from desktop.services.commands.supervision import NoticeForm, withdraw_notice, write_notice
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common import case_words
from desktop.views.common.case_timeline import notice_name
from desktop.views.common.choices import ChoiceField
from desktop.views.common.fields import TextField
from desktop.views.supervision.case_form import CaseForm
from desktop.views.supervision.ladder_box import proposal_words
from desktop.views.supervision.promises import ground_text


class NoticePanel(CaseForm):
    """The form of one act, or the act that is there already."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "", parent)
        self._notice: Notice | None = None
        self.heading.setText(self.tr("Supervision"))
        self.step = ChoiceField(self.tr("Step of supervision"), required=True)
        self.unit = ChoiceField(self.tr("To the unit"), required=True)
        self.ground = TextField(self.tr("Ground"), required=True)
        self.requirement = TextField(self.tr("What is required"), required=True)
        self.reply = TextField(self.tr("Answer of the unit"))
        self.reason = TextField(self.tr("Reason for withdrawing it"))
        self.form.add(self.step)
        self.form.add(self.unit)
        self.form.add(self.ground)
        self.form.add(self.requirement)
        self.form.add(self.reply)
        self.form.add(self.reason)
        self.primary = self.form.set_primary(self.tr("Submit for approval"))
        self.withdraw = self.form.add_secondary(self.tr("Withdraw"), self._withdraw)
        self.reason.changed.connect(self._fit_withdraw)
        self.step.changed.connect(self._step_chosen)
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
            rung=self._rung(panel) or "notice",
        )

    def may_edit(self) -> bool:
        """Whether the fields may be written in: it is a new act, or one of mine that is still open."""
        notice = self._notice
        if notice is None:
            return self.panel is not None and self._rung(self.panel) is not None
        return notice.state in ("draft", "returned") and notice.author_id == self.desk.me.person_id

    def _rung(self, panel: TicketPanel) -> Rung | None:
        """The step chosen for a new act; of one that is there, its own."""
        if self._notice is not None:
            return self._notice.rung
        return next((rung for rung in panel.supervision.mine if rung == self.step.value()), None)

    def show_value(self, panel: TicketPanel, draft: NoticeForm | None) -> None:
        ticket = panel.ticket
        units = [ticket.unit_id, *ticket.assist_unit_ids]
        self.unit.set_options([(i, self.desk.reference.unit_name(i) or i) for i in units if i])
        self.unit.setVisible(len(units) > 1)
        options = self._steps(panel)
        self.step.set_options(options)
        self.step.setVisible(len(options) > 1)
        self.step.set_value(self._first_step(panel, draft))
        self._show_step(panel, draft)

    def _steps(self, panel: TicketPanel) -> list[tuple[str, str]]:
        """The act that is there, and each step that this person may write."""
        supervision = panel.supervision
        options = []
        current = supervision.current
        if current is not None:
            stands = self.tr("{act} {number}: {state}")
            state = case_words.act_state(current.rung, current.state)
            name = stands.format(act=case_words.rung(current.rung), number=notice_name(current), state=state)
            options.append((current.id, name))
        for rung in supervision.mine:
            name = case_words.rung(rung)
            if supervision.step is not None and supervision.step.rung == rung:
                proposed = self.tr("{act} (proposed)")
                name = proposed.format(act=name)
            options.append((rung, name))
        return options

    def _first_step(self, panel: TicketPanel, draft: NoticeForm | None) -> str:
        """What the form opens on: the draft's step, the act that is there, the proposal, the lowest that is free."""
        supervision = panel.supervision
        current, mine = supervision.current, supervision.mine
        if draft is not None and draft.rung in mine:
            return draft.rung
        if supervision.step is not None and supervision.step.rung in mine:
            return supervision.step.rung
        if current is not None:
            return current.id
        return mine[0] if mine else ""

    def _step_chosen(self) -> None:
        if self.panel is not None:
            self._show_step(self.panel, None)

    def _show_step(self, panel: TicketPanel, draft: NoticeForm | None) -> None:
        current = panel.supervision.current
        self._notice = current if current is not None and self.step.value() == current.id else None
        start = draft if draft is not None and self.may_edit() else self._start(panel)
        self.unit.set_value(start.unit_id)
        self.ground.set_value(start.ground)
        self.requirement.set_value(start.requirement)
        self._fit(panel)

    def _start(self, panel: TicketPanel) -> NoticeForm:
        notice = self._notice
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
            ground=ground_text(panel, self.desk.profile) if self.may_edit() else "",
            requirement="",
        )

    def _fit(self, panel: TicketPanel) -> None:
        """Show what may be done with the act as it stands."""
        notice, mine = self._notice, self.may_edit()
        for field in (self.unit, self.ground, self.requirement):
            field.set_read_only(not mine)
        for field in (self.ground, self.requirement):
            field.setVisible(mine or notice is not None)
        self.reply.setVisible(notice is not None and bool(notice.reply_text))
        self.reply.set_value(notice.reply_text if notice else "")
        self.reply.set_read_only(True)
        withdrawable = notice is not None and self._may_withdraw(notice)
        self.reason.setVisible(withdrawable)
        self.reason.set_value("")
        self.withdraw.setVisible(withdrawable)
        self.primary.setVisible(mine)
        online = self.desk.connection.online
        self.primary.setText(self.tr("Submit for approval") if online else self.tr("Submit later"))
        self._fit_withdraw()
        self._say(panel)

    def _may_withdraw(self, notice: Notice) -> bool:
        """As the fold and the city's rules have it: what a notice was for is done once the unit has answered."""
        done = notice.state == "replied" and notice.rung == "notice"
        me = self.desk.me
        return not done and may_withdraw(self.desk.profile.ladder, notice, me.person_id, me.roles)

    def _say(self, panel: TicketPanel) -> None:
        notice = self._notice
        if notice is not None:
            asks, words = self._about(notice, panel)
        elif self.may_edit():
            asks, words = False, self._beside(panel)
        else:
            asks, words = True, self._barred(panel)
        self.warning.setVisible(bool(words))
        self.warning.set_notice(words, "warn" if asks else "info")

    def _about(self, notice: Notice, panel: TicketPanel) -> tuple[bool, str]:
        """(whether it asks for something, the words above the form)."""
        name, state = notice_name(notice), case_words.act_state(notice.rung, notice.state)
        if notice.state == "returned" and self.may_edit():
            words = self.tr("{who} returned it: {reason}")
            return True, words.format(who=notice.approver_name, reason=notice.return_reason)
        if notice.state == "draft" and self.may_edit():
            return False, self.tr("Your draft, not submitted yet.")
        when = case_words.moment(self.desk.profile, notice.created_at, panel.at)
        words = self.tr(
            "This matter is under supervision already: {act} {number}, {state}, written by {who} on {when}. "
            "One matter has one supervision."
        )
        act = case_words.rung(notice.rung)
        return False, words.format(act=act, number=name, state=state, who=notice.author_name, when=when)

    def _beside(self, panel: TicketPanel) -> str:
        """What a new act comes after: the proposal's ground, and the act that stands."""
        said = []
        step = panel.supervision.step
        if step is not None and step.rung == self.step.value():
            said.append(proposal_words(step))
        current = panel.supervision.current
        if current is not None:
            stands = self.tr("{act} {number} stands: {state}.")
            said.append(
                stands.format(
                    act=case_words.rung(current.rung),
                    number=notice_name(current),
                    state=case_words.act_state(current.rung, current.state),
                )
            )
        return " ".join(said)

    def _barred(self, panel: TicketPanel) -> str:
        """Why nothing may be written although nothing is there on this ticket."""
        other = next(iter(panel.supervision.elsewhere), None)
        if other is None or panel.supervision.above:
            return self.tr("By the city's rules no step of supervision is yours to write.")
        words = self.tr(
            "The same matter is under supervision on ticket {ticket}: {act} {number}, {state}. "
            "One matter has one supervision."
        )
        return words.format(
            ticket=other.number,
            act=case_words.rung(other.act.rung),
            number=notice_name(other.act),
            state=case_words.act_state(other.act.rung, other.act.state),
        )

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
        done = self.tr("{act} on {number} recorded, {sending}")
        act = case_words.rung(self._rung(panel) or "notice")
        return done.format(act=act, number=panel.ticket.number, sending=self.sending_word())
