"""What is asked of the unit, in full, and the form that answers it. The draft keeps itself; all of it works offline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.deadlines import working_span
from desktop.models.domain.entities import Stance
from desktop.models.domain.finding_rules import may_leave, no_review
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands import my_cases as commands
from desktop.services.commands.base import Writer
from desktop.services.commands.drafts import forget_draft, save_draft
from desktop.services.queries.attachments import CaseFile, case_files
from desktop.services.queries.drafts import draft_form
from desktop.services.queries.my_cases import Ask, AskDetail
from desktop.services.queries.reply_checks import Reply
from desktop.views.common import case_words
from desktop.views.common.attachments.file_list import FileList
from desktop.views.common.attachments.files_field import FilesField
from desktop.views.common.bars import NoticeBar
from desktop.views.common.buttons import ActionBar
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.fields import TextField
from desktop.views.common.finding_clocks import FindingClocks
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import code_words, error_words
from desktop.views.my_cases.ask_rows import kind_words, row_key
from desktop.views.my_cases.ask_words import AskWords
from desktop.views.my_cases.remarks_box import RemarksBox
from desktop.views.my_cases.replying import AnswerDraft, draft_key, reply_of, with_files

_STANCES: tuple[Stance, ...] = ("accepts", "explains", "disputes")


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
        self._ask_words = AskWords(desk, self)
        self._title = PlainLabel(kind="strong", wrap=True)
        self._about = PlainLabel(kind="small", tone="secondary", wrap=True)
        self.clocks = FindingClocks()
        self._body = QVBoxLayout()
        self._body.setSpacing(4)
        self.stance = SegmentedChoice(self.tr("Our position"), self._stance_options(), required=True)
        self.text = TextField(self.tr("Answer"), lines=4)
        self.evidence = FileList(desk, with_about=True)
        self.files = FilesField(desk, self.tr("Files with the answer"))
        self.remarks = RemarksBox(desk)
        self._pressed = False
        self.saved = PlainLabel(kind="small", tone="faint")
        self.trouble = NoticeBar(kind="error")
        self.trouble.hide()
        self.bar = ActionBar()
        self.primary = self.bar.add("", self.submit, kind="primary", hint="Ctrl+Enter", keys="Ctrl+Return")
        self.receipt = self.bar.add(self.tr("Acknowledge receipt"), self._acknowledge, hint="")
        self.begin = self.bar.add(self.tr("Say what we will do"), self.press_begin)
        self.review = self.bar.add(self.tr("Ask for a review"), self.press_review)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        whole.addWidget(self._about)
        whole.addWidget(self.clocks)
        whole.addLayout(self._body)
        for widget in (
            self.evidence,
            self.stance,
            self.text,
            self.files,
            self.remarks,
            self.saved,
            self.trouble,
            self.bar,
        ):
            whole.addWidget(widget)
        self.text.edited.connect(self._keep)
        self.stance.edited.connect(self._keep)
        self.text.changed.connect(self._renew)
        self.stance.changed.connect(self._renew)
        self.remarks.looked.connect(self._looked)
        desk.connection_changed.connect(self._renew)
        self.hide()

    # -- what is shown -----------------------------------------------------------------------------------------

    def show_ask(self, ask: Ask | None, detail: AskDetail | None) -> None:
        """Show an ask; the same one again keeps what is being written, unless it has been sent."""
        if ask is None or detail is None:
            self.flush()
            self._ask = self._detail = None
            self.hide()
            return
        before = self._ask
        other = before is None or (row_key(before), before.answered) != (row_key(ask), ask.answered)
        if other:
            self.flush()
        self._ask, self._detail = ask, detail
        self._title.setText(self._heading(ask, detail))
        self._about.setText(self._provenance(ask))
        self.clocks.set_counters(detail.counters, self._desk.now())
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
        self.remarks.clear()
        self._pressed = False
        key = draft_key(ask)
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
        if ask.due_at is not None and not ask.reviewable:
            until = self.tr("promised for {time}") if ask.kind == "urge" else self.tr("answer until {time}")
            parts.append(until.format(time=case_words.moment(profile, ask.due_at, now)))
            if self._detail is None or self._detail.finding is None:  # whose counters stand below, day by day
                parts.append(self._left(ask.due_at))
        if ask.pending:
            parts.append(self.tr("waiting to be sent"))
        return " · ".join(part for part in parts if part.strip(", "))

    def _left(self, due_at: datetime) -> str:
        """How long that still is by the office's hours: a weekend is no time of ours."""
        profile, now = self._desk.profile, self._desk.now()
        first, last = sorted((now, due_at))
        span = case_words.working_time(working_span(profile, first, last))
        if not span:
            return ""
        words = self.tr("overdue {span}") if due_at < now else self.tr("{span} of working time left")
        return words.format(span=span)

    def _show_words(self, detail: AskDetail) -> None:
        while self._body.count():
            old = self._body.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for caption, text in self._ask_words.of(detail):
            if text:
                self._body.addWidget(PlainLabel(caption, kind="small", tone="secondary"))
                self._body.addWidget(PlainLabel(text, wrap=True, selectable=True, limit=20_000))

    # -- answering ---------------------------------------------------------------------------------------------

    def _fit(self, ask: Ask) -> None:
        open_ask = not ask.answered
        for widget in (self.text, self.files, self.bar):
            widget.setVisible(open_ask or ask.reviewable)
        self.primary.setVisible(open_ask)
        self.stance.setVisible(open_ask and ask.kind == "finding")
        if not open_ask and not ask.reviewable:
            self.saved.hide()
            self.remarks.clear()
        finding = self._detail.finding if self._detail else None
        self.receipt.setVisible(finding is not None and finding.state == "filed")
        self.begin.setVisible(finding is not None and may_leave(finding, "finding.begin"))
        self.review.setVisible(finding is not None and may_leave(finding, "finding.review"))
        self.text.set_hint(self.tr("May be left empty.") if ask.kind == "urge" else "")

    def _renew(self) -> None:
        ask = self._ask
        if ask is None:
            return
        self.primary.setText(self._verb(ask))
        for button in (self.primary, self.begin):
            button.set_reason("" if button.isHidden() else self._missing(ask))
        self.review.set_reason(self._no_review() or self._missing(ask))

    def _no_review(self) -> str:
        """Why no review can be asked for any more, "" where it can."""
        finding = self._detail.finding if self._detail is not None else None
        reason = no_review(self._desk.profile, finding, self._desk.now()) if finding is not None else ""
        return code_words(reason) if reason else ""

    def _verb(self, ask: Ask) -> str:
        if self.remarks.remarks():
            return self.tr("Send all the same")
        if not self._desk.connection.online:
            return self.tr("Record, send later")
        return {
            "urge": self.tr("Acknowledge urge"),
            "notice": self.tr("Send reply"),
            "finding": self.tr("Send reply"),
            "rectification": self.tr("Report rectification"),
            "inquiry": self.tr("Send the contact log"),
        }[ask.kind]

    def _missing(self, ask: Ask) -> str:
        if ask.kind == "finding" and not self.stance.value():
            return self.tr("choose your position first")
        if ask.kind != "urge" and not self.text.value():
            return self.tr("write the answer first")
        return self.text.error()

    def submit(self) -> None:
        """Record the answer: looked over first where nobody has, and by a second press all the same."""
        ask = self._ask
        if ask is None or not self.primary.isEnabled() or self.primary.isHidden() or self.bar.isHidden():
            return
        self.flush()
        reply = self._reply(ask)
        if reply is not None and not self.remarks.knows(reply):
            self._pressed = True
            self.remarks.look(reply)
            return
        self._submit(ask)

    def _submit(self, ask: Ask) -> None:
        self._record(ask, self._command(ask, self.text.value(), self.stance.value()))

    def _reply(self, ask: Ask) -> Reply | None:
        return reply_of(ask, self._detail, self.text.value(), self.files.value())

    def _looked(self, clear: bool) -> None:
        """The answer was looked over; where it was to be sent and there is nothing to say, it goes."""
        pressed, self._pressed = self._pressed, False
        self._renew()
        if pressed and clear and self._ask is not None:
            self._submit(self._ask)

    def press_begin(self) -> None:
        """Record what the unit will do to put it right; the report may follow."""
        ask = self._ask
        if ask is not None and self.begin.isEnabled() and not self.begin.isHidden():
            entity_id, text = ask.entity_id, self.text.value()
            self._record(ask, lambda w: commands.begin_rectification(w, entity_id, text))

    def press_review(self) -> None:
        """Ask that somebody who took no part looks at it again."""
        ask = self._ask
        if ask is not None and self.review.isEnabled() and not self.review.isHidden():
            entity_id, text = ask.entity_id, self.text.value()
            self._record(ask, lambda w: commands.ask_review(w, entity_id, text))

    def _record(self, ask: Ask, command: Callable[[Writer], Changes]) -> None:
        self.flush()
        key = draft_key(ask)
        take = partial(with_files, command=command, ask=ask, draft_key=key)
        self._desk.run_command(self, lambda w: take(w) | forget_draft(w, key), self._recorded, self._refused)

    def _command(self, ask: Ask, text: str, stance: str) -> Callable[[Writer], Changes]:
        entity_id = ask.entity_id
        if ask.kind == "urge":
            return lambda w: commands.acknowledge_urge(w, entity_id, text)
        if ask.kind == "notice":
            return lambda w: commands.reply_to_notice(w, entity_id, text)
        if ask.kind == "inquiry":
            return lambda w: commands.answer_inquiry(w, entity_id, text)
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
        if ask is None or (ask.answered and not ask.reviewable):
            return
        reply = self._reply(ask)
        if reply is not None and reply.text and not ask.answered and not self.remarks.knows(reply):
            self.remarks.look(reply)
        draft = AnswerDraft(text=self.text.value(), stance=self.stance.value())
        key = draft_key(ask)
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
