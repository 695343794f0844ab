"""What is asked of the unit, in full, and the form that answers it. The draft keeps itself; all of it works offline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Stance
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands import my_cases as commands
from desktop.services.commands.attachments import About, attach_picked
from desktop.services.commands.base import Writer
from desktop.services.commands.drafts import forget_draft, save_draft
from desktop.services.queries.attachments import CaseFile, case_files
from desktop.services.queries.drafts import draft_form
from desktop.services.queries.my_cases import Ask, AskDetail
from desktop.views.common import case_words
from desktop.views.common.attachments.file_list import FileList
from desktop.views.common.attachments.files_field import FilesField
from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import ActionBar
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.fields import TextField
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words
from desktop.views.my_cases.ask_rows import kind_words, row_key

_STANCES: tuple[Stance, ...] = ("accepts", "explains", "disputes")


class AnswerDraft(Struct, frozen=True, kw_only=True):
    """A half-written answer."""

    text: str = ""
    stance: str = ""


class AnswerPanel(QFrame):
    """One ask: its words above, its answer below."""

    #: Words for the footer, and whether the next thing asked may come.
    answered = Signal(str, bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ask: Ask | None = None
        self._detail: AskDetail | None = None
        self.setProperty("kind", "card")
        self._title = PlainLabel(kind="strong", wrap=True)
        self._about = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._body = QVBoxLayout()
        self._body.setSpacing(4)
        self.stance = SegmentedChoice(self.tr("Our position"), self._stance_options(), required=True)
        self.text = TextField(self.tr("Answer"), lines=4)
        self.evidence = FileList(desk, with_about=True)
        self.files = FilesField(desk, self.tr("Files with the answer"))
        self.saved = PlainLabel(kind="small", tone="faint")
        self.trouble = NoticeBar(kind="error")
        self.trouble.hide()
        self.bar = ActionBar()
        self.primary = self.bar.add("", self.submit, kind="primary", hint="Ctrl+Enter", keys="Ctrl+Return")
        self.receipt = self.bar.add(self.tr("Acknowledge receipt"), self._acknowledge, hint="")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        whole.addWidget(self._about)
        whole.addLayout(self._body)
        for widget in (
            self.evidence,
            self.stance,
            self.text,
            self.files,
            self.saved,
            self.trouble,
            self.bar,
        ):
            whole.addWidget(widget)
        self.text.edited.connect(self._keep)
        self.stance.edited.connect(self._keep)
        self.text.changed.connect(self._renew)
        self.stance.changed.connect(self._renew)
        desk.connection_changed.connect(self._renew)
        self.hide()

    # -- what is shown -----------------------------------------------------------------------------------------

    def show_ask(self, ask: Ask | None, detail: AskDetail | None) -> None:
        """Show an ask; the same one again keeps what is being written."""
        if ask is None or detail is None:
            self.flush()
            self._ask = self._detail = None
            self.hide()
            return
        other = self._ask is None or row_key(self._ask) != row_key(ask)
        if other:
            self.flush()
        self._ask, self._detail = ask, detail
        self._title.setText(self._heading(ask, detail))
        self._about.setText(self._provenance(ask))
        self._show_words(detail)
        self._ask_files(ask, detail)
        if other:
            self._begin(ask)
        self._fit(ask)
        self._renew()
        self.show()

    def ask(self) -> Ask | None:
        """The ask shown."""
        return self._ask

    def take_focus(self) -> None:
        """Give the keyboard to the first thing to fill in."""
        target = self.stance if self.stance.isVisible() else self.text
        if target.isVisible():
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def flush(self) -> None:
        """Keep what was typed, at once."""
        self.text.flush()
        self.stance.flush()

    def _begin(self, ask: Ask) -> None:
        self.text.set_value("")
        self.stance.set_value("")
        self.saved.hide()
        self.trouble.hide()
        key = _draft_key(ask)
        self.files.bind(ask.ticket_id, key)
        self._desk.run_query(self, lambda r: draft_form(r, key, AnswerDraft), self._restore, slot="draft")

    def _restore(self, draft: AnswerDraft | None) -> None:
        if draft is not None and not self.text.value():
            self.text.set_value(draft.text)
            self.stance.set_value(draft.stance)
            self._say_saved(self.tr("Draft restored"))
            self._renew()

    def _ask_files(self, ask: Ask, detail: AskDetail) -> None:
        """The files of what is asked and of the answers given so far."""
        ids = {ask.entity_id, *(reply.id for reply in detail.replies)}
        ticket_id = ask.ticket_id
        self._desk.run_query(
            self,
            lambda r: tuple(file for file in case_files(r, ticket_id) if file.about_id in ids),
            self._show_files,
            slot="files",
        )

    def _show_files(self, files: tuple[CaseFile, ...]) -> None:
        self.evidence.set_files(files)
        self.evidence.setVisible(bool(files))

    def _heading(self, ask: Ask, detail: AskDetail) -> str:
        number = ""
        if detail.notice is not None:
            number = detail.notice.number
        elif detail.finding is not None:
            code = self._desk.profile.finding_code(detail.finding.code)
            words = code.words(self._desk.language) if code else ""
            number = " · ".join(p for p in (detail.finding.number, detail.finding.code, words) if p)
        return " · ".join(part for part in (kind_words(ask), number) if part)

    def _provenance(self, ask: Ask) -> str:
        profile, now = self._desk.profile, self._desk.now()
        asked = self.tr("{who}, {when}")
        parts = [asked.format(who=ask.asked_by, when=case_words.moment(profile, ask.asked_at, now))]
        if ask.due_at is not None:
            until = self.tr("promised for {time}") if ask.kind == "urge" else self.tr("answer until {time}")
            parts.append(until.format(time=case_words.moment(profile, ask.due_at, now)))
        if ask.pending:
            parts.append(self.tr("waiting to be sent"))
        return " · ".join(part for part in parts if part.strip(", "))

    def _show_words(self, detail: AskDetail) -> None:
        while self._body.count():
            old = self._body.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for caption, text in self._words(detail):
            if text:
                self._body.addWidget(PlainLabel(caption, kind="small", tone="secondary"))
                self._body.addWidget(PlainLabel(text, wrap=True, selectable=True, limit=20_000))

    def _words(self, detail: AskDetail) -> list[tuple[str, str]]:
        urge, notice, finding = detail.urge, detail.notice, detail.finding
        if urge is not None:
            means = case_words.urge_means(urge.means)
            reached = self.tr("{means}, reached {person}")
            how = reached.format(means=means, person=urge.person_reached) if urge.person_reached else means
            return [
                (self.tr("How"), how),
                (self.tr("Text of the message"), urge.text),
                (self.tr("What the unit said"), urge.answer),
                (self.tr("Acknowledged"), self._acknowledged(urge.acknowledged_at, urge.acknowledgement)),
            ]
        if notice is not None:
            return [
                (self.tr("Ground"), notice.ground),
                (self.tr("What is required"), notice.requirement),
                (self.tr("Our reply"), notice.reply_text),
            ]
        if finding is None:
            return []
        words = [
            (self.tr("Facts"), finding.facts),
            (self.tr("What is required"), finding.requirement),
            (self.tr("Sent back because"), finding.return_reason),
        ]
        for reply in detail.replies:
            said = self.tr("{who}, {when}")
            when = case_words.moment(self._desk.profile, reply.at, self._desk.now())
            words.append((said.format(who=reply.by_name, when=when), reply.text))
        return words

    def _acknowledged(self, at: datetime | None, text: str) -> str:
        if at is None:
            return ""
        when = case_words.moment(self._desk.profile, at, self._desk.now())
        return f"{when} {text}".strip()

    # -- answering ---------------------------------------------------------------------------------------------

    def _fit(self, ask: Ask) -> None:
        open_ask = not ask.answered
        for widget in (self.text, self.files, self.bar):
            widget.setVisible(open_ask)
        self.stance.setVisible(open_ask and ask.kind == "finding")
        if not open_ask:
            self.saved.hide()
        finding = self._detail.finding if self._detail else None
        self.receipt.setVisible(finding is not None and finding.state == "filed")
        self.text.set_hint(self.tr("May be left empty.") if ask.kind == "urge" else "")

    def _renew(self) -> None:
        ask = self._ask
        if ask is None:
            return
        self.primary.setText(self._verb(ask))
        self.primary.set_reason(self._missing(ask))

    def _verb(self, ask: Ask) -> str:
        if not self._desk.connection.online:
            return self.tr("Record, send later")
        return {
            "urge": self.tr("Acknowledge urge"),
            "notice": self.tr("Send reply"),
            "finding": self.tr("Send reply"),
            "rectification": self.tr("Report rectification"),
        }[ask.kind]

    def _missing(self, ask: Ask) -> str:
        if ask.kind == "finding" and not self.stance.value():
            return self.tr("choose your position first")
        if ask.kind != "urge" and not self.text.value():
            return self.tr("write the answer first")
        return self.text.error()

    def submit(self) -> None:
        """Record the answer."""
        ask = self._ask
        if ask is None or not self.primary.isEnabled() or self.bar.isHidden():
            return
        self.flush()
        command = self._command(ask, self.text.value(), self.stance.value())
        key = _draft_key(ask)
        take = partial(_with_files, command=command, ask=ask, draft_key=key)
        self._desk.run_command(self, lambda w: take(w) | forget_draft(w, key), self._recorded, self._refused)

    def _command(self, ask: Ask, text: str, stance: str) -> Callable[[Writer], Changes]:
        entity_id = ask.entity_id
        if ask.kind == "urge":
            return lambda w: commands.acknowledge_urge(w, entity_id, text)
        if ask.kind == "notice":
            return lambda w: commands.reply_to_notice(w, entity_id, text)
        if ask.kind == "rectification":
            return lambda w: commands.report_rectification(w, entity_id, text)
        position: Stance = next((s for s in _STANCES if s == stance), "explains")
        return lambda w: commands.reply_to_finding(w, entity_id, text, position)

    def _acknowledge(self) -> None:
        ask = self._ask
        if ask is not None:
            entity_id = ask.entity_id
            self._desk.run_command(
                self, lambda w: commands.acknowledge_finding(w, entity_id), self._receipted, self._refused
            )

    def _recorded(self, changes: Changes) -> None:
        ask = self._ask
        if ask is None:
            return
        words = self.tr("{what} on {number} answered, {sending}")
        self.answered.emit(
            words.format(what=kind_words(ask), number=ask.ticket_number, sending=self._sending()), True
        )

    def _receipted(self, changes: Changes) -> None:
        words = self.tr("Receipt recorded, {sending}")
        self.answered.emit(words.format(sending=self._sending()), False)

    def _sending(self) -> str:
        return self.tr("is being sent") if self._desk.connection.online else self.tr("waiting to be sent")

    def _refused(self, error: DeskError) -> None:
        self.trouble.set_notice(error_words(error), "error")
        self.trouble.show()

    def _keep(self) -> None:
        ask = self._ask
        if ask is None or ask.answered:
            return
        draft = AnswerDraft(text=self.text.value(), stance=self.stance.value())
        key = _draft_key(ask)
        self._desk.run_command(self, lambda w: save_draft(w, key, draft, ask.ticket_id), self._kept)

    def _kept(self, changes: Changes) -> None:
        at = self._desk.profile.local(self._desk.now())
        kept = self.tr("Draft kept {time}")
        self._say_saved(kept.format(time=f"{at:%H:%M:%S}"))

    def _say_saved(self, words: str) -> None:
        self.saved.setText(words)
        self.saved.setVisible(self.text.isVisibleTo(self))

    def _stance_options(self) -> list[tuple[str, str]]:
        return [
            ("accepts", self.tr("We accept it")),
            ("explains", self.tr("We explain")),
            ("disputes", self.tr("We dispute it")),
        ]


def _with_files(w: Writer, *, command: Callable[[Writer], Changes], ask: Ask, draft_key: str) -> Changes:
    """The answer, and the files that were picked for it: they belong to the reply where it is a row of its own."""
    made = command(w)
    replies = [row_id for kind, row_id in made.keys if kind == "finding_reply"]
    about = About(ticket_id=ask.ticket_id, type=ask.kind, id=ask.entity_id)
    if replies:
        about = About(ticket_id=ask.ticket_id, type="finding_reply", id=replies[0])
    return made | attach_picked(w, draft_key, about)


def _draft_key(ask: Ask) -> str:
    return f"answer:{row_key(ask)}"
