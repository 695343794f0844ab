"""Sending a case back for rework after its visit: the citizen's words for the unit, read and sent by a person.

One line of question below what was recorded, never a window over it. Proposes the words; decides nothing.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.visit_records import send_back
from desktop.services.queries.visits import VisitInHand
from desktop.views.common.buttons import ActionBar
from desktop.views.common.fields import TextField
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words


class SendBackBox(QFrame):
    """See the module's docstring. ``closed``: sent, or left."""

    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._visit_id = ""
        self._title = PlainLabel(kind="strong", wrap=True)
        self.words = TextField(
            self.tr("To the unit, in the citizen's words"),
            required=True,
            hint=self.tr("Goes to the unit with the case. Telephone numbers are taken out of it."),
        )
        self._trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        bar = ActionBar()
        self.confirm = bar.add(
            self.tr("Send back for rework"), self.send, kind="primary", icon="undo-2", hint="Ctrl+Enter"
        )
        bar.add(self.tr("Leave it"), self.leave, hint="Esc")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 8, 0, 0)
        whole.setSpacing(6)
        for part in (self._title, self.words, self._trouble, bar):
            whole.addWidget(part)
        self.words.changed.connect(self._judge)
        self.hide()

    def asks(self) -> str:
        """The visit whose case is about to be sent back, "" for none."""
        return self._visit_id

    def ask(self, matter: VisitInHand) -> None:
        """Show the proposed words and give them the keyboard; what is being written about the same case stays."""
        if self._visit_id != matter.visit.id:
            self._visit_id = matter.visit.id
            self._title.setText(" · ".join(part for part in (matter.ticket.title, matter.unit_name) if part))
            self.words.set_value(self._proposed(matter))
            self._trouble.hide()
        self._judge()
        self.show()
        self.words.setFocus()

    def leave(self) -> bool:
        """Not after all; whether it was being asked."""
        asked, self._visit_id = bool(self._visit_id), ""
        self.hide()
        if asked:
            self.closed.emit()
        return asked

    def send(self) -> None:
        """Send the case back with these words."""
        self._judge()
        visit_id, words = self._visit_id, self.words.value()
        if visit_id and not self.confirm.reason():
            self._desk.run_command(self, lambda w: send_back(w, visit_id, words), self._sent, self._failed)

    def _proposed(self, matter: VisitInHand) -> str:
        """What the citizen said is missing; of a report nothing: the unit would know them by their speech."""
        answers = matter.visit.answers
        if answers is None or matter.visit.level != "normal":
            return ""
        said = answers.still_missing or answers.note
        quoted = self.tr("In the return visit the citizen said: “{words}”.")
        return quoted.format(words=said) if said else self.tr("The return visit found it not settled.")

    def _judge(self) -> None:
        empty = self.tr("Write what the unit has to do again first.")
        self.confirm.set_reason("" if self.words.value() else empty)

    def _sent(self, changes: Changes) -> None:
        self.leave()

    def _failed(self, error: DeskError) -> None:
        self._trouble.setText(error_words(error))
        self._trouble.show()
