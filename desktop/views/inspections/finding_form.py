"""Writing a finding: the form at the left in reading order, the cited tickets at the right.

The draft keeps itself a second after the last key. An existing finding is edited in the same form; only what the
person changed is sent. Must not list findings, nor settle a unit's reply.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.attachments import About, attach_picked, drop_picked
from desktop.services.commands.base import Writer
from desktop.services.commands.drafts import forget_draft, save_draft
from desktop.services.commands.finding_drafts import FindingDraft, draft_key
from desktop.services.commands.findings import FindingForm, create_finding, edit_finding, file_finding
from desktop.services.queries.findings import FindingRow, same_findings
from desktop.views.common import case_words
from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import IconButton
from desktop.views.common.layouts import hairline
from desktop.views.common.panels import Splitter
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words
from desktop.views.inspections.cited_panel import CitedPanel
from desktop.views.inspections.evidence import CitedTicket, cited_ticket
from desktop.views.inspections.finding_fields import FindingFields
from desktop.views.inspections.form_start import FormStart, start_edit, start_new
from desktop.views.inspections.register import number_words


class FindingFormView(QWidget):
    """See the module's docstring."""

    #: The person is done, or left; the draft is kept.
    closed = Signal()
    #: Something was recorded: words for the footer, and the finding's id.
    recorded = Signal(str, str)
    #: Show this finding instead.
    finding_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._start: FormStart | None = None
        self._filling = False
        self._same: tuple[FindingRow, ...] = ()
        self._done = ""
        self.heading = PlainLabel(kind="title")
        self.saved = PlainLabel(kind="small", tone="faint")
        self.warning = NoticeBar(kind="warn", dismissible=False)
        self.warning.add_action(self.tr("Show it"), self._show_same)
        self.trouble = NoticeBar(kind="error")
        self.form = FindingFields(desk)
        self.primary = self.form.set_primary("")
        self.keep = self.form.add_secondary(self.tr("Save as draft"), self.save_as_draft, hint="Ctrl+S")
        self.discard = self.form.add_secondary(self.tr("Discard changes"), self.discard_changes)
        self.cited = CitedPanel(desk)
        self._lay_out()
        self._connect()
        self.warning.hide()
        self.trouble.hide()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 16, 8)
        head.setSpacing(8)
        head.addWidget(
            IconButton("chevron-left", self.tr("Back to the register"), hint="Esc", on=self.close_form)
        )
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addWidget(self.saved)
        bars = QVBoxLayout()
        bars.setContentsMargins(16, 0, 16, 0)
        bars.setSpacing(4)
        bars.addWidget(self.warning)
        bars.addWidget(self.trouble)
        split = Splitter()
        split.addWidget(self.form)
        split.addWidget(self.cited)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(bars)
        whole.addWidget(hairline())
        whole.addWidget(split, 1)

    def _connect(self) -> None:
        self.form.edited.connect(self._keep)
        self.form.submitted.connect(self._submit)
        self.form.fact_changed.connect(self._look_for_same)
        self.form.evidence.wanted.connect(self.cited.take_focus)
        self.cited.changed.connect(self._ticked)
        self.cited.wanted.connect(self._cite)
        self.desk.connection_changed.connect(self._name_buttons)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, do in (("Ctrl+Return", self.form.submit), ("Ctrl+S", self.save_as_draft)):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(do)

    # -- opening and closing -----------------------------------------------------------------------------------

    def begin(self, ticket_id: str) -> None:
        """A new finding about this ticket, with its draft where there is one."""
        self.flush()
        self.desk.run_query(
            self, lambda r: start_new(r, ticket_id), self._take, slot="start", failed=self.refused
        )

    def edit(self, finding_id: str) -> None:
        """An existing finding."""
        self.flush()
        self.desk.run_query(
            self, lambda r: start_edit(r, finding_id), self._take, slot="start", failed=self.refused
        )

    def flush(self) -> None:
        """Keep what was typed, at once."""
        self.form.flush()

    def close_form(self) -> None:
        """Keep what was typed and go."""
        self.flush()
        self._start = None
        self.closed.emit()

    def _take(self, start: FormStart | None) -> None:
        self.trouble.hide()
        if start is None:
            self._start = None
            self.trouble.set_notice(self.tr("It is not on this desktop any more."), "error")
            self.trouble.show()
            return
        self._start = start
        self.saved.setText(self.tr("Draft restored") if start.restored else "")
        self._title(start)
        self._fill(start)
        self._name_buttons()
        self._look_for_same()
        if self.isVisible():  # whoever has gone to another page meanwhile keeps the keyboard there
            self.form.first_gap().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _title(self, start: FormStart) -> None:
        if start.finding is None:
            title = self.tr("Register finding on {ticket}")
            self.heading.setText(title.format(ticket=start.cited[0].number))
        else:
            title = self.tr("Edit finding {number}")
            self.heading.setText(title.format(number=number_words(start.finding.number)))
        self.setAccessibleName(self.heading.text())

    def _fill(self, start: FormStart) -> None:
        self._filling = True
        self.form.fill(start.form, start.cited, start.finding.filed_at if start.finding else None)
        self.form.files.bind(start.form.ticket_id, self._key(start))
        self.cited.show_tickets(start.cited, start.form.evidence_ids)
        self.form.evidence.set_value(self._evidence_count())
        self._filling = False

    # -- the form's value and draft ----------------------------------------------------------------------------

    def value(self) -> FindingForm | None:
        """The form as it stands, None while none is open."""
        start = self._start
        if start is None:
            return None
        return self.form.value(start.form, self.cited.cited(), self.cited.evidence())

    def about(self) -> tuple[str, str]:
        """What the open form is of: ("finding", its id), ("ticket", the id of a new finding's case), or nothing."""
        start = self._start
        if start is None:
            return "", ""
        return ("finding", start.finding.id) if start.finding else ("ticket", start.form.ticket_id)

    def _key(self, start: FormStart) -> str:
        return draft_key(start.form.ticket_id, start.finding.id if start.finding else "")

    def _keep(self) -> None:
        start, form = self._start, self.value()
        if start is None or form is None or self._filling:
            return
        key, ticket_id = self._key(start), start.form.ticket_id
        if form == start.seen:
            self.desk.run_command(self, lambda w: forget_draft(w, key))
            return
        kept = FindingDraft(form=form, seen=start.seen)
        self.desk.run_command(self, lambda w: save_draft(w, key, kept, ticket_id), self._kept, self.refused)

    def _kept(self, changes: Changes) -> None:
        at = self.desk.profile.local(self.desk.now())
        kept = self.tr("Draft kept {time}")
        self.saved.setText(kept.format(time=f"{at:%H:%M:%S}"))

    # -- evidence, and the same fact -----------------------------------------------------------------------------

    def _ticked(self) -> None:
        if not self._filling:
            self.form.evidence.take(self._evidence_count())

    def _evidence_count(self) -> tuple[int, int]:
        return len(self.cited.cited()), len(self.cited.evidence())

    def _cite(self, ticket_id: str) -> None:
        self.desk.run_query(self, lambda r: cited_ticket(r, ticket_id), self._cited, slot="cite")

    def _cited(self, ticket: CitedTicket) -> None:
        if self._start is not None:
            self.cited.add_ticket(ticket)

    def _look_for_same(self) -> None:
        start = self._start
        if start is None:
            return
        ticket_id, unit_id, code = start.form.ticket_id, self.form.unit.value(), self.form.code.value()
        but = start.finding.id if start.finding else ""
        self.desk.run_query(
            self, lambda r: same_findings(r, ticket_id, unit_id, code, but), self._found_same, slot="same"
        )

    def _found_same(self, same: tuple[FindingRow, ...]) -> None:
        self._same = same
        self.warning.setVisible(bool(same))
        if same:
            words = self.tr(
                "The same fact stands in the register already: {code} against {unit} on this ticket, "
                "{number}, {state}."
            )
            row = same[0]
            state = case_words.finding_state(row.state)
            number = number_words(row.number)
            named = words.format(code=row.code, unit=row.unit_name, number=number, state=state)
            self.warning.set_notice(named, "warn")

    def _show_same(self) -> None:
        if self._same:
            self.flush()
            self.finding_wanted.emit(self._same[0].finding_id)

    # -- recording ---------------------------------------------------------------------------------------------

    def _is_filed(self) -> bool:
        finding = self._start.finding if self._start else None
        return finding is not None and finding.state != "draft"

    def _name_buttons(self) -> None:
        online = self.desk.connection.online
        if self._is_filed():
            self.primary.setText(self.tr("Send changes") if online else self.tr("Send changes later"))
        else:
            self.primary.setText(self.tr("File finding") if online else self.tr("Send later"))
        self.keep.setVisible(not self._is_filed())

    def _submit(self) -> None:
        """Ctrl+Enter: file it, or send what was changed in a filed one."""
        done = self.tr("Changes recorded") if self._is_filed() else self.tr("Finding recorded")
        self._record(done, file_now=not self._is_filed())

    def save_as_draft(self) -> None:
        """Ctrl+S: make it a finding that is not filed yet; colleagues see it, the unit does not."""
        if self._start is None or self.keep.isHidden():
            return
        if not self.form.unit.value():
            self.form.unit.set_error(self.tr("A draft needs its unit"))
            self.form.unit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.flush()
        self._record(self.tr("Draft recorded"), file_now=False)

    def _record(self, done: str, *, file_now: bool) -> None:
        start, form = self._start, self.value()
        if start is None or form is None:
            return
        self._done = done
        key = self._key(start)
        command = _with_files(_command(start, form, file_now), start, key)
        self.desk.run_command(self, lambda w: command(w) | forget_draft(w, key), self._sent, self.refused)

    def _sent(self, changes: Changes) -> None:
        words = self.tr("{done}, {sending}")
        online = self.desk.connection.online
        sending = self.tr("is being sent") if online else self.tr("waiting to be sent")
        self._start = None
        finding_id = next((i for kind, i in changes.keys if kind == "finding"), "")
        self.recorded.emit(words.format(done=self._done, sending=sending), finding_id)
        self.closed.emit()

    def discard_changes(self) -> None:
        """Throw away what was written since the form was opened first."""
        start = self._start
        if start is not None:
            key = self._key(start)
            self.flush()
            self._start = None
            self.desk.run_command(self, lambda w: forget_draft(w, key) | drop_picked(w, key))
            self.closed.emit()

    def refused(self, error: DeskError) -> None:
        """It could not be recorded: say why, keep everything as it is."""
        self.trouble.set_notice(error_words(error), "error")
        self.trouble.show()

    # -- keys --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)


def _with_files(
    command: Callable[[Writer], Changes], start: FormStart, draft_key: str
) -> Callable[[Writer], Changes]:
    """The command, and the files that were picked for the finding it makes or changes."""

    def both(w: Writer) -> Changes:
        made = command(w)
        known = start.finding.id if start.finding is not None else ""
        finding_id = known or next(row_id for kind, row_id in made.keys if kind == "finding")
        about = About(ticket_id=start.form.ticket_id, type="finding", id=finding_id)
        return made | attach_picked(w, draft_key, about)

    return both


def _command(start: FormStart, form: FindingForm, file_now: bool) -> Callable[[Writer], Changes]:
    if start.finding is None:
        return lambda w: create_finding(w, form, file_now=file_now)
    finding_id = start.finding.id
    if file_now:
        return lambda w: edit_finding(w, finding_id, form, start.seen) | file_finding(w, finding_id)
    return lambda w: edit_finding(w, finding_id, form, start.seen)
