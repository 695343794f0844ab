"""The ladder of a case: each act of supervision with how it stands, what is proposed next and why, what may follow.

Stands in the case, above its clocks; hidden where there is nothing of it. Proposes in words and never acts: the button
opens the form, where a person decides.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.domain.entities import Notice
from desktop.models.domain.ladder import NextStep
from desktop.services.background.desk import Desk
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common import case_words
from desktop.views.common.buttons import Button
from desktop.views.common.case_timeline import notice_name
from desktop.views.common.layouts import discard
from desktop.views.common.pills import Pill
from desktop.views.common.text import PlainLabel

_LIGHTS = {"issued": "due_soon", "replied": "normal"}


class LadderBox(QWidget):
    """See the module's docstring."""

    #: The person wants to write the step that is proposed.
    step_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAccessibleName(self.tr("Supervision"))
        self._acts = QVBoxLayout()
        self._acts.setSpacing(4)
        self.proposal = PlainLabel(tone="due_soon", wrap=True)
        self.write = Button(self.tr("Write it…"), kind="link", on=self.step_wanted.emit)
        self.elsewhere = PlainLabel(tone="secondary", wrap=True)
        self.next = PlainLabel(kind="small", tone="secondary", wrap=True)
        proposed = QHBoxLayout()
        proposed.setContentsMargins(0, 0, 0, 0)
        proposed.setSpacing(4)
        proposed.addWidget(self.proposal, 1)
        proposed.addWidget(self.write)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(self._acts)
        whole.addWidget(self.elsewhere)
        whole.addLayout(proposed)
        whole.addWidget(self.next)
        self.hide()

    def set_panel(self, panel: TicketPanel) -> None:
        """Show where a case stands."""
        supervision = panel.supervision
        while self._acts.count():
            discard(self._acts.takeAt(0).widget())
        shown = [act for act in supervision.acts if act.state != "withdrawn"]
        for act in shown:
            waiting = panel.notice_pending and panel.notice is not None and panel.notice.id == act.id
            self._acts.addWidget(self._line(act, panel, waiting=waiting))
        self._show_elsewhere(panel)
        step = supervision.step
        self.proposal.setVisible(step is not None)
        self.write.setVisible(step is not None and step.rung in supervision.mine)
        if step is not None:
            self.proposal.setText(proposal_words(step))
        follow = [case_words.rung(rung) for rung in supervision.above] if shown else []
        self.next.setVisible(bool(follow))
        may = self.tr("May follow: {steps}")
        self.next.setText(may.format(steps=_comma().join(follow)))
        self.setVisible(bool(shown or step or supervision.elsewhere))

    def _line(self, act: Notice, panel: TicketPanel, *, waiting: bool) -> QWidget:
        line = QWidget(self)
        said = self.tr("{act}: {state}")
        state = case_words.act_state(act.rung, act.state)
        light = "pending" if waiting else _LIGHTS.get(act.state, "paused")
        pill = Pill(said.format(act=case_words.rung(act.rung), state=state), light, line)
        told = PlainLabel(self._told(act, panel, waiting=waiting), kind="small", tone="secondary", wrap=True)
        both = QVBoxLayout(line)
        both.setContentsMargins(0, 0, 0, 2)
        both.setSpacing(2)
        both.addWidget(pill)
        both.addWidget(told)
        return line

    def _told(self, act: Notice, panel: TicketPanel, *, waiting: bool) -> str:
        parts = [notice_name(act)] if act.number or act.state in ("issued", "replied") else [act.author_name]
        if act.state == "issued" and act.reply_due_at is not None:
            due = case_words.moment(self._desk.profile, act.reply_due_at, panel.at)
            until = self.tr("explanation due {time}")
            if act.reply_due_at < panel.at:
                until = self.tr("explanation overdue since {time}")
            parts.append(until.format(time=due))
        if act.state == "replied" and act.replied_at is not None:
            explained = self.tr("explained {time}")
            parts.append(
                explained.format(time=case_words.moment(self._desk.profile, act.replied_at, panel.at))
            )
        if act.state == "returned" and act.return_reason:
            parts.append(act.return_reason)
        if waiting:
            parts.append(self.tr("waiting to be sent"))
        return " · ".join(part for part in parts if part)

    def _show_elsewhere(self, panel: TicketPanel) -> None:
        lines = []
        for other in panel.supervision.elsewhere:
            said = self.tr("The same matter is supervised on {ticket}: {act} {number}, {state}.")
            lines.append(
                said.format(
                    ticket=other.number or self.tr("a ticket outside your scope"),
                    act=case_words.rung(other.act.rung),
                    number=notice_name(other.act),
                    state=case_words.act_state(other.act.rung, other.act.state),
                )
            )
        self.elsewhere.setText("\n".join(lines))
        self.elsewhere.setVisible(bool(lines))


def proposal_words(step: NextStep) -> str:
    """The step that is proposed and its grounds, as one sentence."""
    from PySide6.QtCore import QCoreApplication

    grounds = []
    if "urges_unanswered" in step.grounds:
        urges = QCoreApplication.translate("LadderBox", "{n} urges without an answer")
        grounds.append(urges.format(n=step.urges))
    if "reworks_dissatisfied" in step.grounds:
        reworks = QCoreApplication.translate("LadderBox", "sent back {n}× and still dissatisfied")
        grounds.append(reworks.format(n=step.reworks))
    if "rectifications_overdue" in step.grounds:
        late = QCoreApplication.translate("LadderBox", "{n} rectification(s) overdue")
        grounds.append(late.format(n=step.rectifications))
    said = QCoreApplication.translate("LadderBox", "Proposed next: {act} ({grounds}).")
    return said.format(act=case_words.rung(step.rung), grounds=_comma().join(grounds))


def _comma() -> str:
    return QCoreApplication.translate("LadderBox", ", ")
