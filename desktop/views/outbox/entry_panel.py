"""One entry of the outbox: what happened in plain words, the person's own text, and what can be done.

Texts may be changed where the entry has not gone out, or was refused: that is a new operation on the same case.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.outbox import discard_operation, retry_operation
from desktop.services.commands.rewording import reword_operation
from desktop.services.queries.outbox import OutboxRow
from desktop.views.common import case_words, tokens
from desktop.views.common.bars import NoticeBar, NoticeKind, Section
from desktop.views.common.buttons import ActionBar
from desktop.views.common.dialogs import ask
from desktop.views.common.fields import TextField
from desktop.views.common.layouts import hairline, scrolled, stacked
from desktop.views.common.pills import Pill
from desktop.views.common.states import StateView
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words
from desktop.views.outbox import sentences

_PARKED = ("conflict", "refused", "out_of_scope", "blocked", "suspended")
_KINDS: dict[str, NoticeKind] = {"conflict": "warn", "refused": "error", "out_of_scope": "error"}


class EntryPanel(QWidget):
    """See the module's docstring."""

    #: Something was done: the list is old.
    done = Signal()
    ticket_requested = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row: OutboxRow | None = None
        self.fields: dict[str, TextField] = {}
        self._editing = False
        self.setMinimumWidth(tokens.DETAIL_MIN)
        self._pill = Pill(parent=self)
        self._title = PlainLabel(kind="title", wrap=True)
        self._about = PlainLabel(tone="secondary", wrap=True)
        self._story = NoticeBar(dismissible=False)
        self._trouble = NoticeBar(kind="error")
        self._mine = Section(self.tr("Your words"))
        self._words = QWidget()
        self._words_column = QVBoxLayout(self._words)
        self._theirs = Section(self.tr("On the server"))
        self._their_words = PlainLabel(wrap=True, selectable=True, limit=20_000)
        self.bar = ActionBar()
        self.retry = self.bar.add(self.tr("Try again"), self._retry, icon="refresh-cw")
        self.edit = self.bar.add(self.tr("Edit"), self._edit, icon="pencil")
        self.send = self.bar.add(self.tr("Send these words"), self._send, kind="primary", icon="send")
        self.copy = self.bar.add(self.tr("Copy text"), self._copy, icon="copy")
        self.case = self.bar.add(self.tr("Open the case"), self._open_case, icon="file-text")
        self.discard = self.bar.add(self.tr("Discard"), self._ask_discard, kind="danger", icon="trash-2")
        self._nothing = StateView()
        self._nothing.set_state(
            self.tr("No entry chosen"), self.tr("Choose one to see what can be done."), "", "inbox"
        )
        self._entry = QWidget()
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._entry)
        self.area = self._lay_out()

    def _lay_out(self) -> QScrollArea:
        inner = QWidget()
        body = stacked(inner, (16, 12, 16, 16), gap=8)
        body.addWidget(self._pill, 0, Qt.AlignmentFlag.AlignLeft)
        self._words_column.setContentsMargins(0, 0, 0, 0)
        self._words_column.setSpacing(10)
        for widget in (self._title, self._about, self._story, self._trouble, self._mine, self._words):
            body.addWidget(widget)
        body.addWidget(self._theirs)
        body.addWidget(self._their_words)
        self._trouble.hide()
        area = scrolled(inner)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.addWidget(self.bar)
        whole = QVBoxLayout(self._entry)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(area, 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)
        return area

    def entry(self) -> OutboxRow | None:
        """What is shown."""
        return self._row

    def show_entry(self, row: OutboxRow | None) -> None:
        """Show an entry; the same one again keeps what is being typed."""
        same = row is not None and self._row is not None and row.op_id == self._row.op_id
        self._row = row
        if row is None:
            self._editing = False
            self._stack.setCurrentWidget(self._nothing)
            return
        profile, now = self._desk.profile, self._desk.now()
        self._stack.setCurrentWidget(self._entry)
        self._pill.set_state(sentences.standing(row, profile, self._desk.offset), sentences.light(row))
        self._title.setText(sentences.sentence(row))
        made = self.tr("recorded {time}").format(time=case_words.moment(profile, row.made_at, now))
        self._about.setText(" · ".join(part for part in (row.ticket_title, made) if part))
        self._story.set_notice(sentences.story(row, profile, now), _KINDS.get(row.standing, "info"))
        if not (same and self._editing):
            self._editing = False
            self._trouble.hide()
            self._show_words(row)
        self._show_theirs(row)
        self._judge(row)

    def _show_words(self, row: OutboxRow) -> None:
        while self._words_column.count():
            widget = self._words_column.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        self.fields = {}
        for name, text in row.texts:
            field = TextField(sentences.field_name(name), lines=2)
            field.set_value(text)
            field.set_read_only(not self._editing)
            self.fields[name] = field
            self._words_column.addWidget(field)
        self._mine.setVisible(bool(row.texts))

    def _show_theirs(self, row: OutboxRow) -> None:
        lines = [f"{sentences.field_name(field)}\n{text}" for field, text in row.theirs]
        self._theirs.setVisible(bool(lines))
        self._their_words.setVisible(bool(lines))
        self._their_words.setText("\n\n".join(lines))

    def _judge(self, row: OutboxRow) -> None:
        """Which deeds make sense for where the entry stands."""
        parked = row.standing in _PARKED
        untried = row.standing == "waiting" and row.attempts == 0
        self.retry.setVisible(parked and row.standing != "conflict")
        own = [name for name, _ in row.texts if not name.startswith("answers.")]
        self.edit.setVisible((parked or untried) and bool(own) and not self._editing)
        self.send.setVisible(self._editing)
        self.copy.setVisible(bool(row.texts))
        self.case.setVisible(bool(row.ticket_number))
        self.discard.setVisible(row.standing != "discarded")
        sent = row.standing == "sending" or (row.standing == "waiting" and not untried)
        on_its_way = self.tr("It has been sent already; its answer is still to come.")
        self.discard.set_reason(on_its_way if sent else "")

    # -- deeds -------------------------------------------------------------------------------------------------

    def _retry(self) -> None:
        row = self._row
        if row is not None:
            op_id = row.op_id
            self._desk.run_command(self, lambda w: retry_operation(w, op_id), self._did, self._refused)

    def _edit(self) -> None:
        self._editing = True
        for name, field in self.fields.items():
            field.set_read_only(name.startswith("answers."))
        if self._row is not None:
            self._judge(self._row)
        first = next(iter(self.fields.values()), None)
        if first is not None:
            first.setFocus()

    def _send(self) -> None:
        row = self._row
        if row is not None:
            fields = {n: f for n, f in self.fields.items() if not n.startswith("answers.")}
            op_id, texts = row.op_id, {name: field.value() for name, field in fields.items()}
            self._desk.run_command(
                self, lambda w: reword_operation(w, op_id, texts), self._did, self._refused
            )

    def _copy(self) -> None:
        texts = [field.value() for field in self.fields.values()]
        QGuiApplication.clipboard().setText("\n\n".join(texts))

    def _open_case(self) -> None:
        if self._row is not None:
            self.ticket_requested.emit(self._row.ticket_id)

    def _ask_discard(self) -> None:
        row = self._row
        if row is None:
            return
        text = self.tr(
            "It will not be sent, nor what depends on it. A copy of your text is kept for 90 days."
        )
        title = self.tr("Discard “{what}”?").format(what=sentences.sentence(row))
        ask(self, title, text, self.tr("Discard"), self.discard_now, kind="danger")

    def discard_now(self) -> None:
        """Withdraw the entry shown."""
        row = self._row
        if row is not None:
            op_id = row.op_id
            self._desk.run_command(self, lambda w: discard_operation(w, op_id), self._did, self._refused)

    def _did(self, changes: Changes) -> None:
        self._editing = False
        self._trouble.hide()
        self.done.emit()

    def _refused(self, error: DeskError) -> None:
        self._trouble.set_notice(error_words(error), "error")
        self._trouble.show()
        self.done.emit()
