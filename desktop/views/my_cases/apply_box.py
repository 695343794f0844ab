"""What the unit applied for on this case, how it was decided, and the form with which it applies: more time, a return.

Stands above the case. The draft keeps itself; all of it works offline.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import WORKING_STATES, Application, ApplicationMatter
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.drafts import forget_draft, save_draft
from desktop.services.commands.reviews import ApplicationForm, apply_for
from desktop.services.queries.drafts import draft_form
from desktop.services.queries.reviews import OwnApplications, applications_of
from desktop.services.queries.ticket_panel import TicketPanel
from desktop.views.common import case_words, upward_words
from desktop.views.common.attachments.files_field import FilesField
from desktop.views.common.buttons import ActionBar
from desktop.views.common.choices import ChoiceField, SegmentedChoice
from desktop.views.common.fields import NumberField, TextField
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import code_words, error_words

_MOST_DAYS = 366
_USUAL_DAYS = 5


class ApplyBox(QFrame):
    """See the module's docstring."""

    #: Words for the footer: an application was recorded.
    applied = Signal(str)
    #: The form was closed: the keyboard goes back.
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._panel: TicketPanel | None = None
        self._own: OwnApplications | None = None
        self.setProperty("kind", "card")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.form = QWidget()
        self.matter = SegmentedChoice(
            self.tr("Apply for"),
            [("extension", self.tr("An extension")), ("return", self.tr("A return"))],
            required=True,
        )
        self.days = NumberField(self.tr("More time"), least=1, most=_MOST_DAYS, unit=self.tr("working days"))
        self.to_unit = ChoiceField(self.tr("Belongs to (as you see it)"), searchable=True)
        self.reason = TextField(self.tr("Reason"), required=True, lines=3)
        self.files = FilesField(desk, self.tr("Evidence"))
        self.trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        self.bar = ActionBar()
        self.record = self.bar.add(
            self.tr("Apply"), self.send, kind="primary", hint="Ctrl+Enter", keys="Ctrl+Return"
        )
        self.bar.add(self.tr("Close"), self.close_form, hint="Esc")
        inside = QVBoxLayout(self.form)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for widget in (self.matter, self.days, self.to_unit, self.reason, self.files, self.trouble, self.bar):
            inside.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        whole.addLayout(self._lines)
        whole.addWidget(self.form)
        for field in (self.matter, self.days, self.to_unit, self.reason):
            field.changed.connect(self._renew)
            field.edited.connect(self._keep)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self.form, self.close_form, context=within)
        self.form.hide()
        self.hide()

    def set_panel(self, panel: TicketPanel | None) -> None:
        """Another case, or the same one anew; a form that is open stays with its case."""
        before, self._panel = self._panel, panel
        if panel is None:
            self._own = None
            self.hide()
            return
        if before is None or before.ticket.id != panel.ticket.id:
            self.form.hide()
            self._own = None
            self._show_lines()
        ticket_id = panel.ticket.id
        self._desk.run_query(self, lambda r: applications_of(r, ticket_id), self._take, slot="own")

    def open_form(self) -> None:
        """Y: the form, with its draft where there is one."""
        panel = self._panel
        if panel is None:
            return
        self.show()
        self.trouble.hide()
        why = self._why_not(panel)
        if why:
            self.trouble.setText(why)
        self.trouble.setVisible(bool(why))
        self.matter.set_value("extension" if panel.ticket.due_at is not None else "return")
        self.days.set_value(_USUAL_DAYS)
        units = sorted(self._desk.reference.units.values(), key=lambda u: u.pinyin or u.name)
        own = panel.ticket.unit_id
        self.to_unit.set_options([(u.id, u.short_name or u.name) for u in units if u.id != own])
        self.reason.set_value("")
        key = _draft_key(panel.ticket.id)
        self.files.bind(panel.ticket.id, key)
        self.form.show()
        self._renew()
        self.matter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._desk.run_query(self, lambda r: draft_form(r, key, ApplicationForm), self._restore, slot="draft")

    def close_form(self) -> None:
        """Keep what was typed and go."""
        self._flush()
        self.form.hide()
        self._show_lines()
        self.closed.emit()

    def send(self) -> None:
        """Record the application."""
        panel = self._panel
        if panel is None or self.form.isHidden() or not self.record.isEnabled():
            return
        self._flush()
        form, key = self._value(panel), _draft_key(panel.ticket.id)
        self._desk.run_command(
            self, lambda w: apply_for(w, form, key) | forget_draft(w, key), self._sent, self._refused
        )

    # -- what is shown -----------------------------------------------------------------------------------------

    def _take(self, own: OwnApplications) -> None:
        if self._panel is not None and own.ticket_id == self._panel.ticket.id:
            self._own = own
            self._show_lines()
            self._renew()

    def _show_lines(self) -> None:
        while self._lines.count():
            old = self._lines.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        rows = self._own.rows if self._own is not None else ()
        for row, pending in rows:
            self._lines.addWidget(PlainLabel(self._heading(row, pending), kind="strong", wrap=True))
            for caption, text in (
                (self.tr("Reason"), row.reason),
                (self.tr("Decision"), row.decision),
                (self.tr("Words for the citizen"), row.citizen_words),
            ):
                if text:
                    told = self.tr("{caption}: {text}").format(caption=caption, text=text)
                    self._lines.addWidget(PlainLabel(told, wrap=True, selectable=True, limit=20_000))
        self.setVisible(bool(rows) or not self.form.isHidden())

    def _heading(self, row: Application, pending: bool) -> str:
        what = upward_words.application_matter(row.matter)
        if row.matter == "extension":
            what = self.tr("Extension by {days} working days").format(days=row.days)
        state = self.tr("waiting to be sent") if pending else upward_words.application_state(row.state)
        when = case_words.moment(self._desk.profile, row.decided_at or row.asked_at, self._desk.now())
        return " · ".join(part for part in (what, state, row.decided_by, when) if part)

    def _why_not(self, panel: TicketPanel) -> str:
        """Why nothing can be applied for now, "" where it can."""
        if panel.ticket.unit_id not in self._desk.me.unit_ids:
            return code_words("not_your_unit")
        if self._own is not None and self._own.waits:
            return code_words("already_asked")
        return "" if panel.ticket.state in WORKING_STATES else code_words("case_not_in_hand")

    def _renew(self) -> None:
        panel = self._panel
        if panel is None:
            return
        extension = self.matter.value() == "extension"
        self.days.setVisible(extension)
        self.to_unit.setVisible(not extension)
        online = self._desk.connection.online
        self.record.setText(self.tr("Apply") if online else self.tr("Record, send later"))
        missing = self._why_not(panel)
        if not missing and extension and panel.ticket.due_at is None:
            missing = code_words("no_due_time")
        if not missing and not self.reason.value():
            missing = self.tr("write the reason first")
        self.record.set_reason(missing or self.reason.error())

    def _value(self, panel: TicketPanel) -> ApplicationForm:
        matter: ApplicationMatter = "extension" if self.matter.value() == "extension" else "return"
        return ApplicationForm(
            ticket_id=panel.ticket.id,
            matter=matter,
            reason=self.reason.value(),
            days=self.days.value() if matter == "extension" else 0,
            to_unit_id=self.to_unit.value() if matter == "return" else "",
        )

    def _restore(self, draft: ApplicationForm | None) -> None:
        panel = self._panel
        if draft is None or panel is None or draft.ticket_id != panel.ticket.id or self.reason.value():
            return
        self.matter.set_value(draft.matter)
        self.days.set_value(draft.days or _USUAL_DAYS)
        self.to_unit.set_value(draft.to_unit_id)
        self.reason.set_value(draft.reason)
        self._renew()

    def _keep(self) -> None:
        panel = self._panel
        if panel is None or self.form.isHidden():
            return
        form, key = self._value(panel), _draft_key(panel.ticket.id)
        self._desk.run_command(self, lambda w: save_draft(w, key, form, form.ticket_id))

    def _flush(self) -> None:
        for field in (self.matter, self.days, self.to_unit, self.reason):
            field.flush()

    def _sent(self, changes: Changes) -> None:
        panel = self._panel
        self.form.hide()
        if panel is None:
            return
        sending = self.tr("is being sent") if self._desk.connection.online else self.tr("waiting to be sent")
        words = self.tr("Application on {number} recorded, {sending}")
        self.applied.emit(words.format(number=panel.ticket.number, sending=sending))

    def _refused(self, error: DeskError) -> None:
        self.trouble.setText(error_words(error))
        self.trouble.show()


def _draft_key(ticket_id: str) -> str:
    return f"apply:{ticket_id}"
