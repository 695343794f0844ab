"""A note on a case for colleagues of the office; the unit never sees it."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.commands.attachments import About, attach_picked
from desktop.services.commands.base import Writer
from desktop.services.commands.notes import add_note
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common.attachments.files_field import FilesField
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
        self.files = FilesField(desk, self.tr("Files"))
        self.form.add(self.files)
        self.form.set_primary(self.tr("Add note"))

    def draft_key(self, ticket_id: str) -> str:
        return f"note:{ticket_id}"

    def form_type(self) -> type[NoteDraft]:
        return NoteDraft

    def form_value(self, panel: TicketPanel) -> NoteDraft:
        return NoteDraft(self.text.value())

    def show_value(self, panel: TicketPanel, draft: NoteDraft | None) -> None:
        self.text.set_value(draft.text if draft else "")
        self.files.bind(panel.ticket.id, self.draft_key(panel.ticket.id))

    def send(self, panel: TicketPanel) -> None:
        ticket_id, text = panel.ticket.id, self.text.value()
        key = self.draft_key(ticket_id)
        self.desk.run_command(self, lambda w: _add(w, ticket_id, text, key), self.sent, self.refused)

    def recorded_words(self, panel: TicketPanel) -> str:
        done = self.tr("Note on {number} recorded, {sending}")
        return done.format(number=panel.ticket.number, sending=self.sending_word())


def _add(w: Writer, ticket_id: str, text: str, draft_key: str) -> Changes:
    """The note, and the files that were picked for it."""
    made = add_note(w, ticket_id, text)
    note_id = next(row_id for kind, row_id in made.keys if kind == "note")
    return made | attach_picked(w, draft_key, About(ticket_id=ticket_id, type="note", id=note_id))
