"""What a chief or the deputy director signs: a submitted act with its ground, one key for yes and one for sending it
back with a reason.

Both need the server, which gives the number; nobody signs their own act. Stands in the case, above the clocks.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Notice
from desktop.models.domain.ladder_rules import may_sign
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.supervision import approve_notice, return_notice
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common import case_words, clipboard
from desktop.views.common.buttons import ActionBar
from desktop.views.common.fields import TextField
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words, why_not_online


class ApprovalBox(QFrame):
    """The act to sign. Hidden where there is none for this person."""

    #: Words for the footer of the list, and the act is done: the next one may come.
    decided = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._notice: Notice | None = None
        self._number = ""
        self._act = ""
        self.setProperty("kind", "card")
        self._title = PlainLabel(kind="strong", wrap=True)
        self._ground = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self._requirement = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self.reason = TextField(self.tr("Reason for returning it"))
        self._trouble = PlainLabel(tone="overdue", kind="small", wrap=True)
        self.bar = ActionBar()
        self.approve = self.bar.add(
            self.tr("Approve"), self.press_approve, kind="primary", icon="stamp", hint="A"
        )
        self.give_back = self.bar.add(
            self.tr("Return for changes"), self.press_return, icon="undo-2", hint="R"
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        for caption, label in (
            (self.tr("Ground"), self._ground),
            (self.tr("What is required"), self._requirement),
        ):
            whole.addWidget(PlainLabel(caption, kind="small", tone="secondary"))
            whole.addWidget(label)
        whole.addWidget(self.reason)
        whole.addWidget(self._trouble)
        whole.addWidget(self.bar)
        desk.connection_changed.connect(self._renew)
        self.hide()

    def set_panel(self, panel: TicketPanel) -> None:
        """Show the act of this case, where this person has the right to sign."""
        clipboard.about(self, "ticket", panel.ticket.id)
        notice = panel.notice
        self._number = panel.ticket.number
        wanted = notice is not None and notice.state == "submitted" and self._may_sign(notice)
        if notice is None or not wanted:
            self._notice = None
            self.hide()
            return
        other = self._notice is None or self._notice.id != notice.id
        self._notice = notice
        title = self.tr("{who} asks for your signature: {act} to {unit}, {when}")
        when = case_words.moment(self._desk.profile, notice.submitted_at or notice.created_at, panel.at)
        unit = self._desk.reference.unit_name(notice.unit_id)
        act = case_words.rung(notice.rung)
        self._act = act
        self._title.setText(title.format(who=notice.author_name, act=act, unit=unit, when=when))
        self._ground.setText(notice.ground)
        self._requirement.setText(notice.requirement)
        if other:
            self.reason.set_value("")
            self.reason.hide()
            self._trouble.hide()
        self._renew()
        self.show()

    def waiting(self) -> bool:
        """Whether there is an act to decide on."""
        return self._notice is not None

    def press_approve(self) -> None:
        """Sign."""
        notice = self._notice
        if notice is not None and self.approve.isEnabled():
            self._desk.run_command(
                self, lambda w: approve_notice(w, notice.id), self._approved, self._refused
            )

    def press_return(self) -> None:
        """First open the reason, then send it back."""
        notice, reason = self._notice, self.reason.value()
        if notice is None or not self.give_back.isEnabled():
            return
        if self.reason.isHidden() or not reason:
            if not self.reason.isHidden():
                self.reason.set_error(self.tr("The author needs a reason"))
            self.reason.show()
            self.reason.setFocus()
            return
        self._desk.run_command(
            self, lambda w: return_notice(w, notice.id, reason), self._returned, self._refused
        )

    def _may_sign(self, notice: Notice) -> bool:
        return may_sign(self._desk.profile.ladder, notice.rung, self._desk.me.roles)

    def _renew(self) -> None:
        notice = self._notice
        if notice is None:
            return
        why = why_not_online(self._desk.connection)
        if notice.author_id == self._desk.me.person_id:
            why = self.tr("Nobody approves their own act.")
        self.approve.set_reason(why)
        self.give_back.set_reason(why)

    def _approved(self, changes: Changes) -> None:
        words = self.tr("{act} on {number} approved; the server gives it its number")
        self.decided.emit(words.format(act=self._act, number=self._number))

    def _returned(self, changes: Changes) -> None:
        words = self.tr("{act} on {number} returned to its author")
        self.decided.emit(words.format(act=self._act, number=self._number))

    def _refused(self, error: DeskError) -> None:
        self._trouble.setText(error_words(error))
        self._trouble.show()
