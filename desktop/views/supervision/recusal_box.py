"""Recusals (回避) of a confidential case: who shall have no part in it, one more person, and taking one back.

An officer withdraws themselves; a superior decides about anybody and takes it back. Needs the server, which writes it
down with the reason and takes the case from the person's machines. Stands in the case, hidden until `open_for`.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.entities import Ticket
from desktop.models.domain.oversight import Recusal
from desktop.models.domain.privacy import is_superior, viewer_of
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.views.common.buttons import ActionBar, Button
from desktop.views.common.choices import ChoiceField
from desktop.views.common.fields import LineField
from desktop.views.common.layouts import discard, row
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words, why_not_online

_REASON_AT_LEAST = 4


class RecusalBox(QFrame):
    """See the module's docstring."""

    #: It was done: words for the footer of the list.
    told = Signal(str)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ticket_id = ""
        self._recused: tuple[str, ...] = ()
        self._done = ""
        self.lifts: dict[str, Button] = {}
        self.setProperty("kind", "card")
        self.setAccessibleName(self.tr("Recusals"))
        self._none = PlainLabel(self.tr("Nobody is recused from this case."), tone="secondary", wrap=True)
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self.person = ChoiceField(self.tr("Who shall have no part in it"), required=True, searchable=True)
        self.reason = LineField(self.tr("Reason"), required=True, limit=200)
        self._trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        self.bar = ActionBar()
        superior = self._superior()
        verb = self.tr("Recuse") if superior else self.tr("I am recused")
        self.send = self.bar.add(verb, self._send, kind="primary", icon="user-check", hint="Ctrl+Enter")
        self.bar.add(self.tr("Close"), self.close_box, hint="Esc")
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Ctrl+Return"), self, self.send.click, context=within)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close_box, context=within)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(PlainLabel(self.tr("Recusals"), kind="strong"))
        whole.addWidget(self._none)
        whole.addLayout(self._list)
        for widget in (self.person, self.reason, self._trouble, self.bar):
            whole.addWidget(widget)
        self.person.setVisible(superior)
        self.person.changed.connect(self._renew)
        self.reason.changed.connect(self._renew)
        desk.connection_changed.connect(self._renew)
        self._trouble.hide()
        self.hide()

    def open_for(self, ticket: Ticket) -> None:
        """Show them, with an empty form."""
        self._ticket_id = ""
        self.reason.set_value("")
        self.person.set_value("")
        self._trouble.hide()
        self.show()
        self.show_case(ticket)
        first = self.person if self.person.isVisibleTo(self) else self.reason
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_case(self, ticket: Ticket) -> None:
        """The case as it is now; another case closes the box."""
        if self.isHidden():
            return
        if self._ticket_id and ticket.id != self._ticket_id:
            self.close_box()
            return
        self._ticket_id = ticket.id
        self._recused = ticket.recused_person_ids
        self._show_recused()
        self._renew()

    def close_box(self) -> None:
        """Away, with what was typed."""
        self.reason.set_value("")
        self.hide()
        self.closed.emit()

    def _show_recused(self) -> None:
        persons, superior = self._desk.reference.persons, self._superior()
        self._none.setVisible(not self._recused)
        if set(self.lifts) != set(self._recused):
            self.lifts = {}
            while self._list.count():
                discard(self._list.takeAt(0).widget())
            for person_id in self._recused:
                self._list.addWidget(self._line(person_id, lift=superior))
        open_to = [p for p in persons.values() if p.id not in self._recused]
        self.person.set_options([(p.id, p.name) for p in sorted(open_to, key=lambda p: p.name)])

    def _line(self, person_id: str, *, lift: bool) -> QWidget:
        line = QWidget()
        take_back = Button(self.tr("Take back"), kind="link", on=self._lift)
        take_back.setProperty("person", person_id)
        take_back.setVisible(lift)
        self.lifts[person_id] = take_back
        inside = row(PlainLabel(self._name(person_id)), take_back)
        inside.addStretch(1)
        line.setLayout(inside)
        return line

    def _name(self, person_id: str) -> str:
        person = self._desk.reference.persons.get(person_id)
        return person.name if person is not None else person_id

    def _superior(self) -> bool:
        return is_superior(viewer_of(self._desk.me))

    def _whom(self) -> str:
        return self.person.value() if self._superior() else self._desk.me.person_id

    def _renew(self) -> None:
        offline = why_not_online(self._desk.connection)
        for button in self.lifts.values():
            button.set_reason(offline)
        if offline:
            self.send.set_reason(offline)
        elif not self._whom():
            self.send.set_reason(self.tr("Choose a person first."))
        elif self._whom() in self._recused:
            self.send.set_reason(self.tr("This person is recused already."))
        elif len(self.reason.value()) < _REASON_AT_LEAST:
            self.send.set_reason(self.tr("Say the reason in a few words."))
        else:
            self.send.set_reason("")

    def _send(self) -> None:
        if not self._ticket_id or not self.send.isEnabled():
            return
        whom = self._whom()
        said = self.tr("{name} is recused; the case leaves their machines")
        self._done = said.format(name=self._name(whom))
        self._hold()
        recusal = Recusal(person_id=whom, reason=self.reason.value())
        self._desk.oversight.recuse(self, self._ticket_id, recusal, self._taken, self._failed)

    def _lift(self) -> None:
        person_id = str(self.sender().property("person"))
        said = self.tr("The recusal of {name} is taken back")
        self._done = said.format(name=self._name(person_id))
        self._hold()
        self._desk.oversight.lift_recusal(self, self._ticket_id, person_id, self._taken, self._failed)

    def _hold(self) -> None:
        self._trouble.hide()
        for button in (self.send, *self.lifts.values()):
            button.setEnabled(False)

    def _taken(self, nothing: None) -> None:
        """The case itself comes back changed with the next pull, or leaves."""
        self.told.emit(self._done)
        self.close_box()

    def _failed(self, error: DeskError) -> None:
        self._trouble.setText(error_words(error))
        self._trouble.show()
        for button in (self.send, *self.lifts.values()):
            button.setEnabled(True)
        self._renew()
