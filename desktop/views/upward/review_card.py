"""One application with all that a decision rests on, and the decision: agree or not, the reason, the citizen's words.

Shows what the query found; decides nothing by itself. What is typed stays while another commit renews the card.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Application
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.reviews import DecisionForm, decide
from desktop.services.queries.reviews import ReviewCase
from desktop.views.common import case_words, clipboard, upward_words
from desktop.views.common.attachments.file_list import FileList
from desktop.views.common.buttons import ActionBar
from desktop.views.common.choices import ChoiceField, SegmentedChoice
from desktop.views.common.fact_list import FactList
from desktop.views.common.fields import NumberField, TextField
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import code_words, error_words

_MOST_DAYS = 366


class ReviewCard(QFrame):
    """See the module's docstring."""

    #: Words for the footer: a decision was recorded.
    decided = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case: ReviewCase | None = None
        self._suggested = ""
        self.setProperty("kind", "card")
        self._title = PlainLabel(kind="strong", wrap=True)
        self._when = PlainLabel(kind="small", wrap=True)
        self._facts = FactList()
        self.evidence = FileList(desk, with_about=True)
        self.verdict = SegmentedChoice(
            self.tr("Decision"),
            [("agree", self.tr("Agree")), ("refuse", self.tr("Do not agree"))],
            required=True,
        )
        self.days = NumberField(self.tr("Granted"), least=1, most=_MOST_DAYS, unit=self.tr("working days"))
        self.to_unit = ChoiceField(self.tr("Belongs to"), searchable=True)
        self.reason = TextField(self.tr("Reason, for the unit"), required=True, lines=2)
        self.citizen = TextField(self.tr("Words for the citizen"), lines=2)
        self.trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        self.bar = ActionBar()
        self.record = self.bar.add(
            self.tr("Record the decision"),
            self.send,
            kind="primary",
            icon="stamp",
            hint="Ctrl+Enter",
            keys="Ctrl+Return",
        )
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        whole.addWidget(self._when)
        whole.addLayout(self._facts)
        for widget in (
            self.evidence, self.verdict, self.days, self.to_unit, self.reason, self.citizen, self.trouble, self.bar,
        ):  # fmt: skip
            whole.addWidget(widget)
        for field in (self.verdict, self.days, self.reason, self.citizen, self.to_unit):
            field.changed.connect(self._renew)
        self.verdict.changed.connect(self._propose_words)
        self.days.changed.connect(self._propose_words)
        self.hide()

    def show_case(self, case: ReviewCase | None) -> None:
        """Show an application; the same one again keeps what is being written."""
        before, self._case = self._case, case
        if case is None:
            self.hide()
            return
        asked = case.review.application
        clipboard.about(self, "ticket", asked.ticket_id)
        other = before is None or before.review.application.id != asked.id
        self._title.setText(self._heading(case))
        self._tell_when(case)
        self._facts.tell(self._facts_of(case))
        self.evidence.set_files(case.files)
        self.evidence.setVisible(bool(case.files))
        if other:
            self._begin(case)
        self._fit(case)
        self._renew()
        self.show()

    def choose(self, verdict: str) -> None:
        """A or R: take a verdict, and the keyboard to its reason."""
        if self._case is not None and self.verdict.isVisible():
            self.verdict.set_value(verdict)
            self._propose_words()
            self._renew()
            self.reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_focus(self) -> None:
        """Give the keyboard to the decision."""
        if self.verdict.isVisible():
            self.verdict.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def send(self) -> None:
        """Record the decision."""
        case = self._case
        if case is None or not self.record.isEnabled() or self.bar.isHidden():
            return
        asked, agreed = case.review.application, self.verdict.value() == "agree"
        form = DecisionForm(
            reason=self.reason.value(),
            citizen_words=self.citizen.value(),
            days=self.days.value() if asked.matter == "extension" else 0,
            to_unit_id=self.to_unit.value() if asked.matter == "return" else "",
        )
        self._desk.run_command(
            self, lambda w: decide(w, asked.id, form, agreed=agreed), self._sent, self._refused
        )

    # -- what is shown -----------------------------------------------------------------------------------------

    def _heading(self, case: ReviewCase) -> str:
        asked, unit = case.review.application, case.review.unit
        if asked.matter == "return":
            return self.tr("{unit} returns the case: it is not theirs").format(unit=unit)
        return self.tr("{unit} applies for {days} working days more").format(unit=unit, days=asked.days)

    def _tell_when(self, case: ReviewCase) -> None:
        asked = case.review.application
        when = case_words.moment(self._desk.profile, asked.asked_at, self._desk.now())
        parts = [self.tr("{who}, {when}").format(who=asked.by_name, when=when)]
        if not case.review.in_time:
            parts.append(self.tr("asked for after the limit had run out: an extension does not cure that"))
        elif asked.matter == "extension":
            parts.append(self.tr("asked for before the limit ran out"))
        if case.review.pending:
            parts.append(self.tr("waiting to be sent"))
        self._when.setText(" · ".join(parts))
        self._when.set_tone("secondary" if case.review.in_time else "overdue")

    def _facts_of(self, case: ReviewCase) -> list[tuple[str, str]]:
        asked, desk = case.review.application, self._desk
        facts = [(self.tr("Reason"), asked.reason)]
        if asked.matter == "extension" and asked.old_due_at is not None and asked.new_due_at is not None:
            old, new = (desk.profile.local(at) for at in (asked.old_due_at, asked.new_due_at))
            limits = self.tr("{old} → {new}").format(old=f"{old:%m-%d %H:%M}", new=f"{new:%m-%d %H:%M}")
            facts.append((self.tr("Limit, now and as applied for"), limits))
        if asked.matter == "return":
            facts.append((self.tr("The unit says it belongs to"), case.suggested_unit))
        named = case.named_unit or self.tr("no unit")
        if case.named is not None and case.named.ground:
            named = self.tr("{unit}, as laid down in {ground}").format(unit=named, ground=case.named.ground)
        entry = named if case.named is not None else self.tr("no line for this category")
        facts.append((self.tr("Dispatch catalogue"), entry))
        facts.append((self.tr("Earlier applications"), "\n".join(self._earlier(e) for e in case.earlier)))
        return facts

    def _earlier(self, row: Application) -> str:
        day = case_words.moment(self._desk.profile, row.asked_at, self._desk.now())
        state = upward_words.application_state(row.state)
        parts = (upward_words.application_matter(row.matter), day, state, row.decided_by, row.decision)
        return " · ".join(part for part in parts if part)

    def _begin(self, case: ReviewCase) -> None:
        asked = case.review.application
        self.verdict.set_value("")
        self.reason.set_value("")
        self.citizen.set_value("")
        self._suggested = ""
        self.trouble.hide()
        self.days.set_value(max(asked.days, 1))
        units = sorted(self._desk.reference.units.values(), key=lambda u: u.pinyin or u.name)
        self.to_unit.set_options([(u.id, u.short_name or u.name) for u in units if u.id != asked.unit_id])
        belongs = asked.to_unit_id or (case.named.unit_id if case.named is not None else "")
        self.to_unit.set_value(belongs if belongs != asked.unit_id else "")

    def _fit(self, case: ReviewCase) -> None:
        asked = case.review.application
        open_still = asked.state == "asked"
        for widget in (self.verdict, self.reason, self.citizen, self.bar):
            widget.setVisible(open_still)
        self.days.setVisible(open_still and asked.matter == "extension" and self.verdict.value() != "refuse")
        self.to_unit.setVisible(open_still and asked.matter == "return" and self.verdict.value() != "refuse")

    def _renew(self) -> None:
        case = self._case
        if case is None:
            return
        self._fit(case)
        online = self._desk.connection.online
        self.record.setText(self.tr("Record the decision") if online else self.tr("Record, send later"))
        self.record.set_reason(self._missing(case))

    def _missing(self, case: ReviewCase) -> str:
        if case.own:
            return code_words(case.own)
        if not self.verdict.value():
            return self.tr("choose first: agree or not")
        agreed, asked = self.verdict.value() == "agree", case.review.application
        if agreed and asked.matter == "extension":
            if case.refusal == "too_often":
                return code_words("extension_too_often")
            if case.refusal == "too_long" and self.days.value() >= asked.days:
                return code_words("extension_too_long")
        if not self.reason.value():
            return self.tr("write the reason first: it goes to the unit")
        return self.reason.error() or self.citizen.error()

    def _propose_words(self) -> None:
        """Words for the citizen to start from, as long as nobody has changed them."""
        case = self._case
        if case is None or self.citizen.value() not in ("", self._suggested):
            return
        self._suggested = self._citizen_words(case)
        self.citizen.set_value(self._suggested)

    def _citizen_words(self, case: ReviewCase) -> str:
        asked, verdict = case.review.application, self.verdict.value()
        if verdict == "agree" and asked.matter == "extension":
            return self.tr("Your matter needs {days} more working days; {unit} keeps you informed.").format(
                days=self.days.value(), unit=case.review.unit
            )
        if verdict == "agree":
            return self.tr("Your matter is passed on to the unit in charge, which will contact you.")
        if verdict == "refuse" and asked.matter == "extension":
            return self.tr("{unit} answers within the time limit given.").format(unit=case.review.unit)
        return self.tr("{unit} goes on with your matter.").format(unit=case.review.unit) if verdict else ""

    def _sent(self, changes: Changes) -> None:
        case = self._case
        if case is None:
            return
        sending = self.tr("is being sent") if self._desk.connection.online else self.tr("waiting to be sent")
        words = self.tr("Decision on {number} recorded, {sending}")
        self.decided.emit(words.format(number=case.review.number, sending=sending))

    def _refused(self, error: DeskError) -> None:
        self.trouble.setText(error_words(error))
        self.trouble.show()
