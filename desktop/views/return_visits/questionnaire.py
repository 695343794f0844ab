"""The questionnaire of one visit: the profile's questions in their fixed order; answers open their branches.

An answer by number key goes on to the next question. Everything entered is in ``given()`` at once; the owner keeps it.
Must not decide what is required or when a question is asked: ``answer_sheet`` does.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.models.domain.profile import RuleProfile
from desktop.services.commands.return_visits import Given
from desktop.views.common import theme
from desktop.views.common.fields import TextField
from desktop.views.common.layouts import discard

from .answer_sheet import asked, identity_denied, questions_of, unanswered
from .questions import QuestionRow

NEW_MATTER = "new_matter"


class Questionnaire(QWidget):
    """See the module. ``edited`` = something entered is worth keeping now."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profile: RuleProfile | None = None
        self._level = ""
        self._language = ""
        self._rows: list[QuestionRow] = []
        self._given: Given = {}
        self._soon = QTimer(self)  # a branch that opens must be laid out before it can be scrolled to
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._bring_into_view)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    # -- content -----------------------------------------------------------------------------------------------

    def set_questions(self, profile: RuleProfile, level: str, language: str) -> None:
        """Build the rows for this profile's questionnaire; nothing happens when they are there already."""
        if (profile.questionnaire, level, language) == (
            self._profile.questionnaire if self._profile else None,
            self._level,
            self._language,
        ):
            return
        self._profile, self._level, self._language = profile, level, language
        for old in self._rows:
            self._column.removeWidget(old)
            discard(old)
        self._rows = []
        number = 0
        for question in questions_of(profile):
            if question.level and question.level != level:
                continue
            number += 0 if question.when else 1
            self._add(QuestionRow.of(question, "↳" if question.when else str(number), profile, language))
        matter = TextField("", lines=1, most_lines=6)
        self._add(
            QuestionRow(
                NEW_MATTER,
                str(number + 1),
                self.tr("Is there anything else you would like to raise?"),
                matter,
                required=False,
                hint=self.tr("What is written here becomes a draft ticket; this visit goes on."),
            )
        )
        self._show_branches()

    def _add(self, made: QuestionRow) -> None:
        made.answered.connect(self._answered)
        made.typed.connect(self._typed)
        made.entered.connect(self._entered)
        made.stepped.connect(self._stepped)
        self._rows.append(made)
        self._column.addWidget(made)

    def set_given(self, given: Given, new_matter: str) -> None:
        """Show what has been entered before."""
        self._given = dict(given)
        for row in self._rows:
            row.field.set_error("")
            row.set_value(new_matter if row.field_name == NEW_MATTER else given.get(row.field_name, ""))
        self._show_branches()

    def given(self) -> Given:
        """What has been entered so far, typed words included, as it was entered."""
        for row in self._rows:
            if row.field_name != NEW_MATTER:
                self._given[row.field_name] = row.value()
        return {field: value for field, value in self._given.items() if value}

    def new_matter(self) -> str:
        """What the citizen raised besides."""
        found = next((row.value() for row in self._rows if row.field_name == NEW_MATTER), "")
        return found if isinstance(found, str) else ""

    def set_read_only(self, read_only: bool) -> None:
        """Keep what is entered readable but not editable."""
        for row in self._rows:
            row.field.set_read_only(read_only)

    # -- going through it --------------------------------------------------------------------------------------

    def row(self, field: str) -> QuestionRow | None:
        """The row of a field."""
        return next((row for row in self._rows if row.field_name == field), None)

    def asked_rows(self) -> list[QuestionRow]:
        """The rows on screen, in order."""
        return [row for row in self._rows if not row.isHidden()]

    def go_to(self, field: str) -> None:
        """Give the keyboard to a question."""
        row = self.row(field)
        if row is not None:
            row.take_focus()

    def go_to_first_open(self) -> None:
        """Give the keyboard to the first question without an answer."""
        rows = self.asked_rows()
        following = next((row for row in rows if not row.value()), rows[-1] if rows else None)
        if following is not None:
            following.take_focus()

    def press(self, digit: str) -> bool:
        """A number key from elsewhere on the screen answers the first question that is open."""
        open_row = next((row for row in self.asked_rows() if row.takes_digits() and not row.value()), None)
        return open_row is not None and open_row.press(digit)

    def show_missing(self) -> list[tuple[str, str]]:
        """Mark every gap; (field, words) of each, in order."""
        if self._profile is None:
            return []
        gaps: list[tuple[str, str]] = []
        missing = {q.field for q in unanswered(self._profile, self.given(), self._level)}
        if identity_denied(self.given()):
            missing.add("identity_confirmed")
        for row in self._rows:
            if row.field_name in missing:
                row.field.set_error(self._gap_words(row.field_name))
                gaps.append((row.field_name, row.words))
            else:
                row.field.set_error("")
        self._hint_identity()
        return gaps

    def _gap_words(self, field: str) -> str:
        if field == "identity_confirmed" and identity_denied(self.given()):
            return self._identity_words()
        return self.tr("This question needs an answer.")

    def _identity_words(self) -> str:
        return self.tr(
            "Tell nothing about the matter. Record a wrong number (F7), or agree on another time (F6)."
        )

    def _answered(self, field: str) -> None:
        self._take(field)
        self._step_from(field, 1)
        self.edited.emit()

    def _typed(self, field: str) -> None:
        self._take(field)
        self.edited.emit()

    def _take(self, field: str) -> None:
        row = self.row(field)
        if row is not None and field != NEW_MATTER:
            self._given[field] = row.value()
        self._show_branches()
        self._hint_identity()

    def _hint_identity(self) -> None:
        row = self.row("identity_confirmed")
        if row is not None:
            row.field.set_hint(self._identity_words() if identity_denied(self._given) else "")

    def _stepped(self, field: str, step: int) -> None:
        self._step_from(field, step)

    def _step_from(self, field: str, step: int) -> None:
        rows = self.asked_rows()
        names = [row.field_name for row in rows]
        place = names.index(field) + step if field in names else -1
        if 0 <= place < len(rows):
            rows[place].take_focus()

    def _entered(self, field: str) -> None:
        for row in self._rows:
            row.set_current(row.field_name == field)
        self._soon.start()

    def _bring_into_view(self) -> None:
        current = next((row for row in self._rows if row.is_current()), None)
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None and current is not None:
            above.ensureWidgetVisible(current, 0, theme.current().px(72))

    def _show_branches(self) -> None:
        """Put the questions that are asked on screen, and no other."""
        if self._profile is None:
            return
        shown = {question.field for question in asked(self._profile, self._given, self._level)} | {NEW_MATTER}
        for row in self._rows:
            row.setVisible(row.field_name in shown)
