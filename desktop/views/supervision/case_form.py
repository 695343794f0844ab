"""A form about one case, in the place of the case: the case's header above, the form below, the draft kept by itself.

The base of the urge and the notice. Must not know what is being written.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.drafts import forget_draft, save_draft
from desktop.services.queries.drafts import draft_form
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common import tokens
from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import IconButton
from desktop.views.common.case_view import CaseHeader
from desktop.views.common.forms import FormPanel
from desktop.views.common.layouts import hairline
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words


class CaseForm(QWidget):
    """Derive: fill `form`, override `form_value`, `show_value`, `send`."""

    #: The person is done or gave up; the page shows the case again.
    closed = Signal()
    #: Something was recorded: words for the footer of the list.
    recorded = Signal(str)

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.panel: TicketPanel | None = None
        self._restoring = False
        self.setMinimumWidth(tokens.DETAIL_MIN)
        self.heading = PlainLabel(title, kind="title")
        self.saved = PlainLabel(kind="small", tone="faint")
        self.header = CaseHeader(desk, compact=True)
        self.warning = NoticeBar(kind="warn", dismissible=False)
        self.trouble = NoticeBar(kind="error")
        self.form = FormPanel()
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 4)
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.saved)
        head.addWidget(IconButton("x", self.tr("Close"), hint="Esc", on=self.close_form))
        about = QVBoxLayout()
        about.setContentsMargins(16, 0, 16, 12)
        about.setSpacing(8)
        about.addWidget(self.header)
        about.addWidget(self.warning)
        about.addWidget(self.trouble)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(about)
        whole.addWidget(hairline())
        whole.addWidget(self.form, 1)
        self.form.edited.connect(self._keep)
        self.form.submitted.connect(self._submit)
        self.warning.hide()
        self.trouble.hide()

    # -- for the derived form ----------------------------------------------------------------------------------

    def draft_key(self, ticket_id: str) -> str:
        """Under which key the draft of this form lies."""
        raise NotImplementedError

    def form_type(self) -> type[Struct]:
        """The struct that the draft is kept as."""
        raise NotImplementedError

    def form_value(self, panel: TicketPanel) -> Struct:
        """The form as it stands."""
        raise NotImplementedError

    def show_value(self, panel: TicketPanel, draft: Any) -> None:
        """Fill the fields from a draft, or with what the form starts with when ``draft`` is None."""
        raise NotImplementedError

    def send(self, panel: TicketPanel) -> None:
        """Run the command; `sent` and `refused` are its answers."""
        raise NotImplementedError

    # -- life --------------------------------------------------------------------------------------------------

    def open_for(self, panel: TicketPanel) -> None:
        """Show the form for a case, with its draft where there is one."""
        self.panel = panel
        self.trouble.hide()
        self.saved.setText("")
        self.header.set_panel(panel)
        self._fill(None)
        key, kind = self.draft_key(panel.ticket.id), self.form_type()
        self.desk.run_query(self, lambda r: draft_form(r, key, kind), self._take_draft, slot="draft")

    def update_case(self, panel: TicketPanel) -> None:
        """The case has changed meanwhile: its header follows, the fields stay."""
        if self.panel is not None and self.panel.ticket.id == panel.ticket.id:
            self.panel = panel
            self.header.set_panel(panel)

    def close_form(self) -> None:
        """Keep what was typed and go."""
        self.form.flush()
        self.closed.emit()

    def _take_draft(self, draft: Struct | None) -> None:
        if draft is not None:
            self._fill(draft)
            self.saved.setText(self.tr("Draft restored"))

    def _fill(self, draft: Struct | None) -> None:
        if self.panel is not None:
            self._restoring = True
            self.show_value(self.panel, draft)
            self._restoring = False
            self.form.refresh_missing()

    def _keep(self) -> None:
        panel = self.panel
        if panel is None or self._restoring:
            return
        key, form = self.draft_key(panel.ticket.id), self.form_value(panel)
        self.desk.run_command(self, lambda w: save_draft(w, key, form, panel.ticket.id), self._kept)

    def _kept(self, changes: Changes) -> None:
        at = self.desk.profile.local(self.desk.now())
        kept = self.tr("Draft kept {time}")
        self.saved.setText(kept.format(time=f"{at:%H:%M:%S}"))

    def _submit(self) -> None:
        if self.panel is not None:
            self.send(self.panel)

    def sent(self, changes: Changes) -> None:
        """The command has been committed: the draft goes, the case comes back."""
        panel = self.panel
        if panel is not None:
            key = self.draft_key(panel.ticket.id)
            self.desk.run_command(self, lambda w: forget_draft(w, key))
            self.recorded.emit(self.recorded_words(panel))
        self.panel = None
        self.closed.emit()

    def recorded_words(self, panel: TicketPanel) -> str:
        """What is said after the deed."""
        raise NotImplementedError

    def refused(self, error: DeskError) -> None:
        """The command was refused: say why, keep everything as it is."""
        self.trouble.set_notice(error_words(error), "error")
        self.trouble.show()

    def sending_word(self) -> str:
        """How recorded work goes out at this moment."""
        if self.desk.connection.online:
            return self.tr("is being sent")
        return self.tr("waiting to be sent")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)
