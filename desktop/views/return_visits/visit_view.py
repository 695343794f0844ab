"""One call, one screen: the person, the matter, the questions, the outcome. Everything entered is kept at once.

Shows what the page hands it and says what a person wants; the page acts. Its own deed is keeping the draft: each choice
at once, each text a second after the last key.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Answers
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.commands.return_visits import VisitForm, keep_form
from desktop.services.queries.visits import VisitInHand
from desktop.views.common import clipboard
from desktop.views.common.bars import Section
from desktop.views.common.layouts import hairline, scrolled
from desktop.views.common.text import PlainLabel
from desktop.views.common.watermark import cover
from desktop.views.common.words import error_words

from .answer_sheet import answers_of
from .call_later import CallLater
from .call_session import CallSession
from .caller_card import CallerCard
from .matter_tabs import MatterTabs
from .outcome_bar import OutcomeBar
from .questionnaire import Questionnaire
from .standing_box import StandingBox
from .ticket_box import TicketBox


class VisitView(QWidget):
    """See the module. ``card``, ``tabs``, ``later`` and ``outcomes`` carry the signals of what is wanted."""

    #: The primary button: an outcome, "answered" completes.
    primary_wanted = Signal(str)

    def __init__(self, desk: Desk, session: CallSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._session = session
        self._in_hand: VisitInHand | None = None
        self._form = VisitForm()
        self._recordable = False
        self._gaps: list[tuple[str, str]] = []
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.tabs = MatterTabs()
        self.card = CallerCard(desk, session)
        self.standing = StandingBox(desk, session)
        self.ticket = TicketBox()
        self.questions = Questionnaire()
        self.questions.edited.connect(self._keep)
        self._opening_title = Section(self.tr("Opening words"))
        self._opening = PlainLabel(wrap=True, selectable=True)
        self._ask_title = Section(self.tr("Questions"))
        self.later = CallLater()
        self.later.hide()
        self.outcomes = OutcomeBar()
        self.outcomes.primary_wanted.connect(self.primary_wanted)
        self.outcomes.jumped.connect(self._jump)
        self._lay_out()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.press_primary)
        for place, key in enumerate(("X", "Y")):
            for keys in (key, f"Ctrl+Shift+{key}"):
                QShortcut(QKeySequence(keys), self).activated.connect(partial(self.standing.act, place))
        QShortcut(QKeySequence("Ctrl+E"), self).activated.connect(self.ticket.toggle)
        QShortcut(QKeySequence("Ctrl+PgDown"), self).activated.connect(self._next_matter)
        QShortcut(QKeySequence("Ctrl+PgUp"), self).activated.connect(self._previous_matter)
        cover(self)

    def _lay_out(self) -> None:
        inner = QWidget()
        inside = QVBoxLayout(inner)
        inside.setContentsMargins(16, 8, 16, 16)
        inside.setSpacing(8)
        for widget in (
            self.ticket,
            self._opening_title,
            self._opening,
            self._ask_title,
            self.questions,
        ):
            inside.addWidget(widget)
        inside.addStretch(1)
        self.area = scrolled(inner)
        later = QVBoxLayout()
        later.setContentsMargins(12, 0, 12, 8)
        later.addWidget(self.later)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.tabs)
        whole.addWidget(self.card)
        whole.addWidget(self.standing)
        whole.addWidget(hairline())
        whole.addWidget(self.area, 1)
        whole.addLayout(later)
        whole.addWidget(self.outcomes)

    # -- what is shown -----------------------------------------------------------------------------------------

    @property
    def visit_id(self) -> str:
        """The visit on screen, "" for none."""
        return self._in_hand.visit.id if self._in_hand else ""

    @property
    def in_hand(self) -> VisitInHand | None:
        """What is shown of it."""
        return self._in_hand

    def show_visit(self, in_hand: VisitInHand, form: VisitForm) -> None:
        """Show another visit with what has been entered for it."""
        self._in_hand = in_hand
        self._form = form
        clipboard.about(self, "visit", in_hand.visit.id)
        self.later.hide()
        self._gaps = []
        self.outcomes.missing.hide()
        language = self._desk.language
        self.questions.set_questions(self._desk.profile, in_hand.visit.level, language)
        self.questions.set_given(form.given, form.new_matter)
        sheet = self._desk.profile.questionnaire
        self._opening.setText(sheet.opening_zh if language.startswith("zh") else sheet.opening_en)
        kept = self.tr("What was entered before is still here.")
        self.outcomes.say_kept("" if form.is_empty else kept)
        self.outcomes.propose(self._session.observed if self._session.holds(in_hand.visit.id) else "")
        self.update_rows(in_hand)
        self.area.verticalScrollBar().setValue(0)

    def update_rows(self, in_hand: VisitInHand) -> None:
        """Rows of the visit on screen have changed; what has been entered stays."""
        self._in_hand = in_hand
        self.card.show_visit(in_hand)
        desk = self._desk
        self.ticket.show_visit(in_hand, desk.profile, now=desk.now(), language=desk.language)

    def show_matters(self, matters: Sequence[tuple[str, str]], done: Sequence[str]) -> None:
        """The matters of the person as tabs."""
        self.tabs.show_matters(matters, self.visit_id, done)

    def show_first(self) -> None:
        """Let the one thing to do now stand out: agree on a time, call, or complete."""
        held = self._session.state == "held"
        self.outcomes.set_first(not held and self.later.isHidden())

    def set_recordable(self, reason: str, *, in_hand: bool) -> None:
        """Whether answers and outcomes may be entered now; the reason why not, or "".

        Of somebody ``in_hand`` the questions stay on screen either way; else they come when they may be answered.
        """
        self._recordable = not reason
        inside = QApplication.focusWidget()
        if reason and inside is not None and self.questions.isAncestorOf(inside):
            self.setFocus()  # or the keyboard would jump to the next thing that can still be typed in
        self.outcomes.set_reason(reason)
        self.outcomes.set_sent_later(not self._desk.connection.online)
        self.questions.set_read_only(bool(reason))
        asking = in_hand or not reason
        if asking == self._opening.isHidden():
            self.ticket.set_open(not asking)
            for widget in (self._opening_title, self._opening, self._ask_title, self.questions):
                widget.setVisible(asking)

    def start_asking(self) -> None:
        """Give the keyboard to the first question without an answer."""
        if self._recordable:
            self.questions.go_to_first_open()

    # -- what was entered --------------------------------------------------------------------------------------

    def form(self) -> VisitForm:
        """Everything entered, with the call as far as it went."""
        given, matter = self.questions.given(), self.questions.new_matter()
        form = replace(self._form, given=given, new_matter=matter)
        if self._session.holds(self.visit_id) and self._session.dialled_at is not None:
            form = replace(form, call=self._session.call(), answered_at=self._session.answered_at)
        return form

    def answers(self) -> Answers:
        """The answers to what is asked."""
        level = self._in_hand.visit.level if self._in_hand else ""
        return answers_of(self._desk.profile, self.questions.given(), level)

    def note(self) -> str:
        """The note, for an attempt that was not completed."""
        found = self.questions.given().get("note", "")
        return found if isinstance(found, str) else ""

    def gaps(self) -> list[tuple[str, str]]:
        """Say what is missing and go to the first gap; nothing happens when nothing is."""
        self._gaps = self.questions.show_missing()
        self.outcomes.missing.show_missing([words for _, words in self._gaps])
        if self._gaps:
            self.questions.go_to(self._gaps[0][0])
        return self._gaps

    def keep_now(self) -> None:
        """Keep what has been entered, words in typing included, if that has not been done already."""
        if self._in_hand is not None and self._recordable and self.form() != self._form:
            self._keep()

    def forget(self) -> None:
        """The visit has been recorded: what is still on screen is not kept again."""
        self._in_hand = None

    def _keep(self) -> None:
        if self._in_hand is None or not self._recordable:
            return
        self._form = self.form()
        visit_id, form = self.visit_id, self._form
        self._desk.run_command(self, lambda w: keep_form(w, visit_id, form), self._was_kept, self._not_kept)
        if self._gaps:
            self._gaps = self.questions.show_missing()
            self.outcomes.missing.show_missing([words for _, words in self._gaps])

    def _was_kept(self, changes: Changes) -> None:
        kept = self.tr("Kept {time}")
        self.outcomes.say_kept(kept.format(time=f"{self._desk.now():%H:%M:%S}"))

    def _not_kept(self, error: DeskError) -> None:
        lost = self.tr("Not kept: {reason}")
        self.outcomes.say_kept(lost.format(reason=error_words(error)))

    # -- keys --------------------------------------------------------------------------------------------------

    def press_primary(self) -> None:
        """Ctrl+Enter: agree on the time if one is being asked for, else the primary button."""
        if self.later.isVisible():
            self.later.confirm()
        else:
            self.outcomes.primary.click()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        plain_key = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._recordable and plain_key and digit.isdigit() and self.questions.press(digit):
            return
        super().keyPressEvent(event)

    def _jump(self, place: int) -> None:
        if 0 <= place < len(self._gaps):
            self.questions.go_to(self._gaps[place][0])

    def _next_matter(self) -> None:
        self.tabs.step(1)

    def _previous_matter(self) -> None:
        self.tabs.step(-1)
