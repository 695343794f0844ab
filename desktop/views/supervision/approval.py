"""What a chief or the deputy director signs: a submitted act with its ground, or an urgent report, one key for yes and
one for sending it back with a reason.

Both need the server, which gives the number; nobody signs their own. Stands in the case, above the clocks.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Notice, UrgentReport
from desktop.models.domain.ladder_rules import may_sign, may_sign_reports
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.supervision import approve_notice, return_notice
from desktop.services.commands.upward import approve_report, return_report
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common import case_words, clipboard
from desktop.views.common.buttons import ActionBar
from desktop.views.common.fields import TextField
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words, why_not_online

_MOST_PARTS = 6
"""Of an urgent report; an act has two."""

Draft = Notice | UrgentReport


class ApprovalBox(QFrame):
    """What is to be signed. Hidden where there is nothing for this person."""

    #: Words for the footer of the list, and it is done: the next one may come.
    decided = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._draft: Draft | None = None
        self._number = ""
        self._act = ""
        self.setProperty("kind", "card")
        self._title = PlainLabel(kind="strong", wrap=True)
        self._parts = [
            (
                PlainLabel(kind="small", tone="secondary"),
                PlainLabel(wrap=True, selectable=True, limit=20_000),
            )
            for _ in range(_MOST_PARTS)
        ]
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
        for caption, label in self._parts:
            whole.addWidget(caption)
            whole.addWidget(label)
        whole.addWidget(self.reason)
        whole.addWidget(self._trouble)
        whole.addWidget(self.bar)
        desk.connection_changed.connect(self._renew)
        self.hide()

    def set_panel(self, panel: TicketPanel) -> None:
        """Show what waits on this case, where this person has the right to sign: an act before a report."""
        clipboard.about(self, "ticket", panel.ticket.id)
        self._number = panel.ticket.number
        draft = self._waiting_on(panel)
        if draft is None:
            self._draft = None
            self.hide()
            return
        other = self._draft is None or self._draft.id != draft.id
        self._draft = draft
        self._title.setText(self._titled(draft, panel))
        parts = self._parts_of(draft)
        for place, (caption, label) in enumerate(self._parts):
            shown = place < len(parts)
            caption.setVisible(shown)
            label.setVisible(shown)
            if shown:
                caption.setText(parts[place][0])
                label.setText(parts[place][1])
        if other:
            self.reason.set_value("")
            self.reason.hide()
            self._trouble.hide()
        self._renew()
        self.show()

    def waiting(self) -> bool:
        """Whether there is something to decide on."""
        return self._draft is not None

    def press_approve(self) -> None:
        """Sign."""
        draft = self._draft
        if draft is None or not self.approve.isEnabled():
            return
        sign = approve_report if isinstance(draft, UrgentReport) else approve_notice
        self._desk.run_command(self, lambda w: sign(w, draft.id), self._approved, self._refused)

    def press_return(self) -> None:
        """First open the reason, then send it back."""
        draft, reason = self._draft, self.reason.value()
        if draft is None or not self.give_back.isEnabled():
            return
        if self.reason.isHidden() or not reason:
            if not self.reason.isHidden():
                self.reason.set_error(self.tr("The author needs a reason"))
            self.reason.show()
            self.reason.setFocus()
            return
        give_back = return_report if isinstance(draft, UrgentReport) else return_notice
        self._desk.run_command(self, lambda w: give_back(w, draft.id, reason), self._returned, self._refused)

    def _waiting_on(self, panel: TicketPanel) -> Draft | None:
        """Of two, the one that this person may sign: one's own is shown only where there is no other."""
        me, notice, report = self._desk.me, panel.notice, panel.report
        drafts: list[Draft] = []
        if notice is not None and notice.state == "submitted" and self._may_sign(notice):
            drafts.append(notice)
        if report is not None and may_sign_reports(me.roles):
            drafts.append(report)
        return min(drafts, key=lambda draft: draft.author_id == me.person_id, default=None)

    def _titled(self, draft: Draft, panel: TicketPanel) -> str:
        when = case_words.moment(self._desk.profile, draft.submitted_at or draft.created_at, panel.at)
        if isinstance(draft, UrgentReport):
            self._act = self.tr("Urgent report")
            asks = self.tr("{who} asks for your signature: {act}, {when}")
            return asks.format(who=draft.author_name, act=self._act, when=when)
        self._act = case_words.rung(draft.rung)
        title = self.tr("{who} asks for your signature: {act} to {unit}, {when}")
        unit = self._desk.reference.unit_name(draft.unit_id)
        return title.format(who=draft.author_name, act=self._act, unit=unit, when=when)

    def _parts_of(self, draft: Draft) -> list[tuple[str, str]]:
        if isinstance(draft, Notice):
            return [
                (self.tr("Ground"), draft.ground),
                (self.tr("What is required"), draft.requirement),
            ]
        parts = [
            (self.tr("What happened"), draft.what),
            (self.tr("Where"), draft.location),
            (self.tr("How many people"), draft.people),
            (self.tr("Done so far"), draft.done),
            (self.tr("Proposed"), draft.proposed),
            (self.tr("Recipients"), draft.recipients),
        ]
        return [part for part in parts if part[1]]

    def _may_sign(self, notice: Notice) -> bool:
        return may_sign(self._desk.profile.ladder, notice.rung, self._desk.me.roles)

    def _renew(self) -> None:
        draft = self._draft
        if draft is None:
            return
        why = why_not_online(self._desk.connection)
        if draft.author_id == self._desk.me.person_id:
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
