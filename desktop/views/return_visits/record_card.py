"""One record of a visit with what was said, and the one deed that is open: overturn, decide, agree, ask, close.

Shows what the query found; decides nothing by itself. What is typed stays while another commit renews the card.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Attempt, Challenge, Inquiry
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands import visit_records as commands
from desktop.services.commands.base import Writer
from desktop.services.commands.return_visits import decide_exception
from desktop.services.queries.visit_records import Deed, RecordCase
from desktop.views.common import case_words, channel_words, clipboard
from desktop.views.common.buttons import ActionBar
from desktop.views.common.case_timeline import answers_words
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.fact_list import FactList
from desktop.views.common.fields import TextField
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import code_words, error_words, why_not_online

from .reasons import rule_in_the_way
from .record_rows import result_words, row_key, signed_by
from .recording_box import RecordingBox


class RecordCard(QFrame):
    """See the module's docstring."""

    #: Words for the footer: a deed was recorded.
    done = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._case: RecordCase | None = None
        self.setProperty("kind", "card")
        self._title = PlainLabel(kind="strong", wrap=True)
        self._about = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._facts = FactList()
        self.verdict = SegmentedChoice(
            self.tr("Decision"),
            [("yes", self.tr("Overturn")), ("no", self.tr("Let it stand"))],
            required=True,
        )
        self.again = SegmentedChoice(
            self.tr("The citizen"),
            [("yes", self.tr("Call again")), ("no", self.tr("Do not call again"))],
            required=True,
        )
        self.agreed = SegmentedChoice(
            self.tr("One call outside the rules"),
            [("yes", self.tr("Agree")), ("no", self.tr("Refuse"))],
            required=True,
        )
        self.reason = TextField(self.tr("Reason"), required=True, lines=2)
        self.because = TextField(self.tr("Reason, if refused"), lines=2)
        self.to_unit = TextField(self.tr("To the unit"), required=True, lines=3)
        self.outcome = TextField(self.tr("What comes of it"), lines=2)
        self.trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        self.bar = ActionBar()
        self.send = self.bar.add("", self.record, kind="primary", hint="Ctrl+Enter", keys="Ctrl+Return")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(self._title)
        whole.addWidget(self._about)
        whole.addLayout(self._facts)
        self.recordings = RecordingBox(desk)
        whole.addWidget(self.recordings)
        self._fields = (
            self.verdict,
            self.again,
            self.agreed,
            self.reason,
            self.because,
            self.to_unit,
            self.outcome,
        )
        for widget in (*self._fields, self.trouble, self.bar):
            whole.addWidget(widget)
        for field in self._fields:
            field.changed.connect(self._renew)
        self.hide()

    def show_case(self, case: RecordCase | None) -> None:
        """Show a record; the same one in the same state again keeps what is being written."""
        before, self._case = self._case, case
        if case is None:
            self.recordings.show_calls((), ())
            self.hide()
            return
        clipboard.about(self, "ticket", case.visit.ticket_id)
        same = before is not None and row_key(before.record.row) == row_key(case.record.row)
        self._title.setText(self._heading(case))
        self._about.setText(self._provenance(case))
        self._facts.tell(self._facts_of(case))
        self.recordings.show_calls(case.attempts, case.sounds)
        if not same or (before is not None and before.deed != case.deed):
            self._begin()
        self._renew()
        self.show()

    def shown(self) -> str:
        """The key of the record shown, "" for none."""
        return row_key(self._case.record.row) if self._case is not None else ""

    def facts(self) -> tuple[str, ...]:
        """What is told about the record, in order."""
        return tuple(text for _, text in self._facts_of(self._case) if text) if self._case is not None else ()

    def take_focus(self) -> None:
        """Give the keyboard to the first thing to fill in."""
        deed = self._case.deed if self._case is not None else ""
        target = self._choice(deed) or self._text(deed)
        if target is not None and target.isVisible():
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def choose(self, first: bool) -> None:
        """A or R: take the first or the second way, and the keyboard to its words."""
        deed = self._case.deed if self._case is not None else ""
        choice, text = self._choice(deed), self._text(deed)
        if choice is not None and text is not None and choice.isVisible():
            choice.set_value("yes" if first else "no")
            self._renew()
            text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def record(self) -> None:
        """Record what was chosen."""
        case = self._case
        if case is None or not self.send.isEnabled() or self.bar.isHidden():
            return
        text, choice = self._text(case.deed), self._choice(case.deed)
        said = text.value() if text is not None else ""
        command = self._command(case, said, choice is not None and choice.value() == "yes")
        self._desk.run_command(self, command, self._recorded, self._refused)

    # -- what is shown -----------------------------------------------------------------------------------------

    def _heading(self, case: RecordCase) -> str:
        row = case.record.row
        if isinstance(row, Inquiry):
            return self.tr("Contact log of {unit}").format(unit=case.record.unit)
        return " · ".join((channel_words.mode(row.mode), result_words(row)))

    def _provenance(self, case: RecordCase) -> str:
        row = case.record.row
        who = signed_by(row)
        parts = [who, self._when(case.record.at), case.record.unit]
        if isinstance(row, Inquiry):
            parts = [channel_words.inquiry_state(row.state), *parts[:2]]
            if row.due_at is not None and row.state == "asked":
                parts.append(self.tr("answer until {time}").format(time=self._when(row.due_at)))
        if case.record.pending:
            parts.append(self.tr("waiting to be sent"))
        return " · ".join(part for part in parts if part)

    def _when(self, at: datetime | None) -> str:
        return "" if at is None else case_words.moment(self._desk.profile, at, self._desk.now())

    def _facts_of(self, case: RecordCase) -> list[tuple[str, str]]:
        desk, visit = self._desk, case.visit
        said = answers_words(visit.answers, desk.profile, desk.language) if visit.answers else ""
        facts = [(self.tr("Why it was made"), channel_words.ground(visit.ground)), (self.tr("Answers"), said)]
        facts.append((self.tr("Calls"), "\n".join(self._call(each) for each in case.attempts)))
        facts += [(self.tr("Asked to be overturned"), self._challenge(each)) for each in visit.challenges]
        back = visit.sent_back
        told = self._signed(back.text, back.by_name, back.at) if back is not None else ""
        facts.append((self.tr("Sent back for rework"), told))
        excepted = visit.exception
        if excepted is not None:
            asked = self._signed(excepted.reason, excepted.asked_by, excepted.asked_at)
            then = desk.now() if excepted.state == "asked" else excepted.decided_at or excepted.asked_at
            rule = rule_in_the_way(desk, visit, case.attempts, then)
            facts.append((self.tr("Asked for: one call outside the rules"), f"{asked}\n{rule}"))
        for inquiry in case.inquiries:
            facts.append(
                (self.tr("Asked of the unit"), self._signed(inquiry.text, inquiry.by_name, inquiry.at))
            )
            answer = self._signed(inquiry.answer, inquiry.answered_by, inquiry.answered_at)
            facts.append((self.tr("Contact log of the unit"), answer if inquiry.answer else ""))
            closed = self._signed(inquiry.settled, inquiry.settled_by, inquiry.settled_at)
            facts.append((self.tr("Closed"), closed if inquiry.state == "settled" else ""))
        return facts

    def _call(self, attempt: Attempt) -> str:
        """When, how it ended, how long, and what the city's recorder calls it: the sound itself is the recorder's."""
        parts = [self._when(attempt.at), case_words.outcome(attempt.outcome)]
        if attempt.duration_s:
            parts.append(f"{attempt.duration_s // 60}:{attempt.duration_s % 60:02}")
        if attempt.recording:
            parts.append(self.tr("recording {name}").format(name=attempt.recording))
        return " · ".join(parts)

    def _challenge(self, challenge: Challenge) -> str:
        asked = self._signed(challenge.reason, challenge.by_name, challenge.at)
        if challenge.state == "asked":
            return asked
        verdict = self._signed(challenge.decision, challenge.decided_by, challenge.decided_at)
        return f"{asked}\n{channel_words.challenge_state(challenge.state)}: {verdict}"

    def _signed(self, text: str, who: str, at: datetime | None) -> str:
        return f"{text} ({who}, {self._when(at)})" if who else text

    # -- the deed ----------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.trouble.hide()
        for choice in (self.verdict, self.again, self.agreed):
            choice.set_value("")
        for text in (self.reason, self.because, self.outcome):
            text.set_value("")
        asks = self.tr(
            "We could not reach the citizen. Please send the log of your own contacts: when, by what means, with whom."
        )
        self.to_unit.set_value(asks)

    def _choice(self, deed: Deed) -> SegmentedChoice | None:
        """What is to be chosen for a deed, None where there is nothing."""
        if deed in ("challenge", "settle"):
            return self.again
        if deed == "except":
            return self.agreed
        return self.verdict if deed == "decide" else None

    def _text(self, deed: Deed) -> TextField | None:
        """What is to be written for a deed."""
        if deed in ("challenge", "decide"):
            return self.reason
        return {"ask": self.to_unit, "settle": self.outcome, "except": self.because}.get(deed)

    def _renew(self) -> None:
        case = self._case
        if case is None:
            return
        wanted = (self._choice(case.deed), self._text(case.deed))
        for field in self._fields:
            field.setVisible(field in wanted)
        self.bar.setVisible(bool(case.deed))
        if case.deed:
            if self.send.text() != self._verb(case.deed):
                self.send.set_reason("")  # the bar names the button beside its reason
                self.send.setText(self._verb(case.deed))
            self.send.set_reason(self._missing(case))

    def _verb(self, deed: Deed) -> str:
        if not self._desk.connection.online and deed != "except":
            return self.tr("Record, send later")
        return {
            "challenge": self.tr("Ask to overturn"),
            "decide": self.tr("Record the decision"),
            "except": self.tr("Record the decision"),
            "ask": self.tr("Ask the unit"),
            "settle": self.tr("Close the request"),
        }[deed]

    def _missing(self, case: RecordCase) -> str:
        if case.own:
            return code_words(case.own)
        if case.deed == "except" and (offline := why_not_online(self._desk.connection)):
            return offline
        choice, text = self._choice(case.deed), self._text(case.deed)
        if choice is not None and not choice.value():
            return self.tr("choose first")
        if case.deed == "settle" and self.again.value() == "yes" and case.waits:
            return code_words("visit_waits")
        refused = case.deed == "except" and self.agreed.value() == "no"
        if text is not None and (text.required or refused) and not text.value():
            return self.tr("write the words first")
        return text.error() if text is not None else ""

    def _command(self, case: RecordCase, text: str, yes: bool) -> Callable[[Writer], Changes]:
        visit_id, row_id = case.visit.id, case.record.row.id
        if case.deed == "challenge":
            return lambda w: commands.challenge_visit(w, visit_id, text, again=yes)
        if case.deed == "decide":
            return lambda w: commands.decide_challenge(w, visit_id, text, agreed=yes)
        if case.deed == "except":
            return lambda w: decide_exception(w, visit_id, agreed=yes, reason=text)
        if case.deed == "ask":
            return lambda w: commands.ask_for_contact_log(w, visit_id, text)
        return lambda w: commands.settle_inquiry(w, row_id, text, again=yes)

    def _recorded(self, changes: Changes) -> None:
        case = self._case
        if case is None:
            return
        sending = self.tr("is being sent") if self._desk.connection.online else self.tr("waiting to be sent")
        words = self.tr("{number}: recorded, {sending}")
        self.done.emit(words.format(number=case.record.number, sending=sending))

    def _refused(self, error: DeskError) -> None:
        self.trouble.setText(error_words(error))
        self.trouble.show()
