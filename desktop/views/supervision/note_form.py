"""A note on a case for colleagues of the office; the unit never sees it."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from desktop.services.background.desk import Desk
from desktop.services.commands.notes import add_note
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common.fields import TextField
from desktop.views.supervision.case_form import CaseForm


class NoteDraft(Struct, frozen=True):
    """The note as its form holds it."""

    text: str = ""


class NotePanel(CaseForm):
    """The form of one note."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "", parent)
        self.heading.setText(self.tr("Note"))
        self.text = TextField(self.tr("Text"), required=True, lines=5)
        self.text.set_hint(self.tr("For colleagues of the office; the unit does not see it."))
        self.form.add(self.text)
        self.form.set_primary(self.tr("Add note"))

    def draft_key(self, ticket_id: str) -> str:
        return f"note:{ticket_id}"

    def form_type(self) -> type[NoteDraft]:
        return NoteDraft

    def form_value(self, panel: TicketPanel) -> NoteDraft:
        return NoteDraft(self.text.value())

    def show_value(self, panel: TicketPanel, draft: NoteDraft | None) -> None:
        self.text.set_value(draft.text if draft else "")

    def send(self, panel: TicketPanel) -> None:
        ticket_id, text = panel.ticket.id, self.text.value()
        self.desk.run_command(self, lambda w: add_note(w, ticket_id, text), self.sent, self.refused)

    def recorded_words(self, panel: TicketPanel) -> str:
        done = self.tr("Note on {number} recorded, {sending}")
        return done.format(number=panel.ticket.number, sending=self.sending_word())
