"""After a record: what was recorded, whether it counts, what is proposed, who is next.

Says in words what the rules propose; a person decides, by the buttons that their role permits. Must not act.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.operations import CATALOGUE
from desktop.models.domain.return_visits import after_attempt, contradicts, is_for_the_case
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.finding_drafts import begin_draft_of
from desktop.services.queries.visits import VisitInHand
from desktop.views.common import case_words
from desktop.views.common.bars import IconLabel, Section
from desktop.views.common.buttons import ActionBar, Button
from desktop.views.common.layouts import discard, row, scrolled
from desktop.views.common.pills import Pill
from desktop.views.common.text import PlainLabel

from . import visit_words
from .reasons import reads_cases
from .send_back_box import SendBackBox


class Aftermath(QWidget):
    """See the module. The signals carry a ticket id."""

    ticket_requested = Signal(str)
    notice_requested = Signal(str)
    finding_requested = Signal(str)
    next_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._sentences: list[str] = []
        self._proposed: dict[str, tuple[str, str]] = {}
        self._wanted = ""
        self._matters: tuple[VisitInHand, ...] = ()
        self._heading = PlainLabel(kind="title")
        self._waiting = Pill("", "pending", self)
        self._about = PlainLabel(tone="secondary", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.take_next = Button(
            self.tr("Take the next"),
            kind="primary",
            icon="skip-forward",
            hint="N",
            on=self.next_wanted.emit,
        )
        self._next = PlainLabel(tone="secondary")
        bar = ActionBar()
        bar.add_button(self.take_next)
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(24, 20, 24, 16)
        inside.setSpacing(8)
        inside.addLayout(_left(row(IconLabel("circle-check", "normal"), self._heading, self._waiting, gap=8)))
        inside.addWidget(self._about)
        inside.addSpacing(8)
        inside.addLayout(self._list)
        self.back = SendBackBox(desk)
        self.back.closed.connect(self.setFocus)
        inside.addWidget(self.back)
        inside.addSpacing(16)
        inside.addWidget(Section(self.tr("Next")))
        inside.addWidget(self._next)
        inside.addWidget(bar)
        inside.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, deed in (
            ("Ctrl+Return", self.back.send),
            ("Ctrl+Enter", self.back.send),
        ):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(deed)

    def sentences(self) -> tuple[str, ...]:
        """What is said about the matters, in order."""
        return tuple(self._sentences)

    def heading(self) -> str:
        """What was recorded, in two words."""
        return self._heading.text()

    def show_after(self, outcome: str, matters: Sequence[VisitInHand]) -> None:
        """Say what became of these matters of one person; ``outcome`` is that of the record made last."""
        while self._list.count():
            discard(self._list.takeAt(0).widget())
        self._sentences = []
        self._matters = tuple(matters)
        if self.back.asks() not in {matter.visit.id for matter in matters}:
            self.back.leave()
        heading = self.tr("Visit completed")
        if outcome != "answered":
            recorded = self.tr("Recorded: {outcome}")
            heading = recorded.format(outcome=visit_words.outcome_key(outcome))
        self._heading.setText(heading)
        unsent = any(m.pending or any(a.version == 0 for a in m.attempts) for m in matters)
        self._waiting.set_state(self.tr("waiting to be sent") if unsent else "", "pending")
        if matters:
            ticket = matters[0].ticket
            sample = "requester" in ticket.sample_fields
            self._about.setText(
                case_words.requester(ticket.requester_label, ticket.phone_tail, sample=sample)
            )
        missed: dict[tuple[str, str], list[VisitInHand]] = {}
        for matter in matters:
            if matter.visit.state == "completed":
                self._list.addWidget(self._card([matter], self._completed(matter), self._buttons(matter)))
            else:
                missed.setdefault(self._missed(matter), []).append(matter)
        for sentence, together in missed.items():
            self._list.addWidget(self._card(together, [sentence], None))

    def ask_rework(self) -> None:
        """Ask for the words with which the first case that may be sent back goes to its unit."""
        found = next((matter for matter in self._matters if self._may_send_back(matter)), None)
        if found is not None:
            self.back.ask(found)

    def leave(self) -> bool:
        """Escape: what is being asked goes first; whether something was."""
        return self.back.leave()

    def set_next(self, words: str) -> None:
        """Who is next, "" for nobody."""
        nobody = self.tr("Nobody else waits to be called now.")
        self._next.setText(words or nobody)

    def _card(
        self, matters: Sequence[VisitInHand], sentences: Sequence[tuple[str, str]], buttons: ActionBar | None
    ) -> QWidget:
        """Titles, what follows for all of them, and what can be done about it."""
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for matter in matters:
            title = " · ".join(part for part in (matter.ticket.title, matter.unit_name) if part)
            column.addWidget(PlainLabel(title, kind="strong"))
        for sentence, tone in sentences:
            self._sentences.append(sentence)
            column.addWidget(PlainLabel(sentence, tone=tone, wrap=True))
        if buttons is not None:
            column.addSpacing(4)
            column.addWidget(buttons)
        return card

    # -- what follows ------------------------------------------------------------------------------------------

    def _completed(self, matter: VisitInHand) -> list[tuple[str, str]]:
        visit, answers = matter.visit, matter.visit.answers
        said: list[tuple[str, str]] = []
        if not is_for_the_case(visit):
            looked = self.tr(
                "It looks at a rectification, not at the handling: it counts in none of the three rates."
            )
            said.append((looked, "normal"))
        elif visit.valid:
            said.append((self.tr("A valid visit: it counts in the three rates."), "normal"))
        else:
            said.append((self.tr("Reached, but not a valid visit: no rating was given."), "secondary"))
        if visit.sent_back is not None:
            back = self.tr("Sent back for rework. The unit gets the case anew, with the limit of a rework.")
            said.append((back, "normal"))
        elif visit.proposal == "rework":
            said.append((self.tr("Proposed: send the case back for rework."), "due_soon"))
        elif visit.proposal == "supervision_notice":
            again = self.tr(
                "Proposed: a supervision notice. The case was reworked before and is still not settled."
            )
            said.append((again, "overdue"))
        if answers is None:
            return said
        if contradicts(answers, matter.ticket.completed_at is not None):
            contradicted = self.tr("The file says done, the citizen says otherwise: this may be a finding.")
            said.append((contradicted, "overdue"))
        if answers.pressed_for_rating:
            said.append(
                (self.tr("The citizen was pressed for a good rating: this may be a finding."), "overdue")
            )
        if answers.result_told is False:
            said.append((self.tr("The result of the report was not told: this is a finding."), "overdue"))
        if len(said) > 1 and not self._may("finding.create"):
            said.append((self.tr("The supervision officers see this with the case."), "secondary"))
        return said

    def _missed(self, matter: VisitInHand) -> tuple[str, str]:
        desk = self._desk
        became = after_attempt(desk.profile, matter.visit, matter.attempts)
        if became == "unreachable" or matter.visit.state == "unreachable":
            words = self.tr("{n} calls in vain: the citizen counts as unreachable.")
            return words.format(n=matter.standing.misses), "due_soon"
        if became == "refused":
            return self.tr("The citizen does not want the visit: nobody calls again."), "secondary"
        if became == "wrong_number":
            return self.tr(
                "Ask the unit for its record of contact; nobody calls this number again."
            ), "due_soon"
        next_at = matter.standing.next_at
        if next_at is None:
            return self.tr("No further call is permitted."), "due_soon"
        when = visit_words.when(desk.profile, next_at, desk.now())
        if matter.standing.last_outcome == "call_later":
            agreed = self.tr("Agreed with the citizen: call again {time}.")
            return agreed.format(time=when), "normal"
        following = self.tr("Next call: {when}. {left} of {all} calls left.")
        left = desk.profile.attempts.attempts - matter.standing.misses
        because = visit_words.when_next(desk.profile, matter.standing, desk.now()) or when
        return following.format(when=because, left=left, all=desk.profile.attempts.attempts), "secondary"

    # -- buttons -----------------------------------------------------------------------------------------------

    def _buttons(self, matter: VisitInHand) -> ActionBar:
        bar = ActionBar()
        ticket_id = matter.ticket.id
        answers = matter.visit.answers
        found = answers is not None and (
            contradicts(answers, matter.ticket.completed_at is not None)
            or bool(answers.pressed_for_rating)
            or answers.result_told is False
        )
        if self._may_send_back(matter):
            self._add(bar, self.tr("Send back for rework…"), "undo-2", "rework", ticket_id, hint="S")
        if matter.visit.proposal and self._may("notice.create"):
            self._add(bar, self.tr("Draft a supervision notice"), "stamp", "notice", ticket_id)
        if found and self._may("finding.create"):
            self._proposed[ticket_id] = _proposed_finding(matter)
            words = self.tr("Draft a finding {code}")
            code = self._proposed[ticket_id][0]
            self._add(bar, words.format(code=code), "flag", "finding", ticket_id)
        if reads_cases(self._desk):
            self._add(bar, self.tr("Open the case"), "external-link", "ticket", ticket_id)
        return bar

    def _may_send_back(self, matter: VisitInHand) -> bool:
        visit = matter.visit
        open_yet = visit.state == "completed" and bool(visit.proposal) and visit.sent_back is None
        return open_yet and self._may("visit.send_back")

    def _add(
        self, bar: ActionBar, words: str, icon: str, what: str, ticket_id: str, *, hint: str = ""
    ) -> None:
        button = bar.add(words, self._pressed, icon=icon, hint=hint)
        button.setProperty("what", what)
        button.setProperty("ticket", ticket_id)

    def _pressed(self) -> None:
        what, ticket_id = self.sender().property("what"), str(self.sender().property("ticket"))
        if what == "rework":
            self.back.ask(next(matter for matter in self._matters if matter.ticket.id == ticket_id))
        elif what == "notice":
            self.notice_requested.emit(ticket_id)
        elif what == "finding":
            self._wanted = ticket_id
            code, said = self._proposed[ticket_id]
            self._desk.run_command(
                self,
                lambda w: begin_draft_of(w, ticket_id, code, said),
                self._drafted,
                self._not_drafted,
            )
        else:
            self.ticket_requested.emit(ticket_id)

    def _drafted(self, changes: Changes) -> None:
        self.finding_requested.emit(self._wanted)

    def _not_drafted(self, error: DeskError) -> None:
        """The form opens all the same, without the proposal."""
        self.finding_requested.emit(self._wanted)

    def _may(self, kind: str) -> bool:
        return bool(CATALOGUE[kind].roles.intersection(self._desk.me.roles))


def _proposed_finding(matter: VisitInHand) -> tuple[str, str]:
    """(code, facts in the citizen's own words): the gravest that the answers speak of. A person decides."""
    answers = matter.visit.answers
    assert answers is not None  # only answers propose
    said = " ".join(text for text in (answers.still_missing, answers.note) if text)
    if answers.pressed_for_rating:
        return "F10", said
    if contradicts(answers, matter.ticket.completed_at is not None):
        return ("F01" if answers.resolved == "not_resolved" else "F02"), said
    return "F14", said


def _left(line: QHBoxLayout) -> QHBoxLayout:
    line.addStretch(1)
    line.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    return line
