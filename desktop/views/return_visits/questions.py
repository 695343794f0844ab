"""One question of the questionnaire on screen: its number, its words, and the way it is answered.

Composed of the fields of views/common. Options stand in the profile's order and are never moved. Must not know which
question comes next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.domain.profile import Question, RuleProfile
from desktop.views.common import theme
from desktop.views.common.buttons import Button
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.fields import Field, LineField, TextField
from desktop.views.common.layouts import FlowLayout, row
from desktop.views.common.text import PlainLabel, plain

from .answer_sheet import LONG_TEXTS, kind_of, options_of

_DIGITS = "1234567890"


class SeveralChoice(Field):
    """Any number of options, each toggled by its number key. Value: tuple of codes in the options' order."""

    def __init__(self, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._values = [value for value, _ in options]
        holder = QWidget()
        flow = FlowLayout(holder, gap=6)
        self._buttons: list[Button] = []
        for place, (_, text) in enumerate(options):
            button = Button(text, holder, hint=_DIGITS[place] if place < len(_DIGITS) else "")
            button.setCheckable(True)
            button.setProperty("segment", True)
            button.clicked.connect(self._touched)
            button.installEventFilter(self)
            self._buttons.append(button)
            flow.addWidget(button)
        self._place(holder, focus=holder)
        if self._buttons:
            self.setFocusProxy(self._buttons[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(watched, Button)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
            if step is not None:
                place = self._buttons.index(watched) + step
                if 0 <= place < len(self._buttons):
                    self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if self.press(event.text()):
                return True
        return super().eventFilter(watched, event)

    def press(self, digit: str) -> bool:
        """Toggle by number key; False when the digit means nothing here."""
        place = _DIGITS.find(digit) if len(digit) == 1 else -1
        if not 0 <= place < len(self._buttons):
            return False
        if self._buttons[place].isEnabled():
            self._buttons[place].toggle()
            self._touched()
        return True

    def value(self) -> tuple[str, ...]:
        pairs = zip(self._values, self._buttons, strict=True)
        return tuple(value for value, button in pairs if button.isChecked())

    def set_value(self, value: Sequence[str]) -> None:
        """Choose these."""
        for code, button in zip(self._values, self._buttons, strict=True):
            button.setChecked(code in value)

    def set_read_only(self, read_only: bool) -> None:
        for button in self._buttons:
            button.setEnabled(not read_only)


class QuestionRow(QWidget):
    """A question with its answer. ``answered`` when a person chose; ``typed`` when a text is worth keeping."""

    answered = Signal(str)
    typed = Signal(str)
    #: The keyboard came in.
    entered = Signal(str)
    #: Up (-1) or Down and Enter (1) from question to question.
    stepped = Signal(str, int)

    def __init__(
        self, field_name: str, number: str, words: str, field: Field, *, required: bool, hint: str = ""
    ) -> None:
        super().__init__()
        self.field_name = field_name
        self.required = required
        self.words = words
        self.field = field
        self._current = False
        field.label = words  # what a screen reader says for each option
        if isinstance(field, SegmentedChoice):
            field.changed.connect(self._chosen)
        elif isinstance(field, SeveralChoice):
            field.changed.connect(self._toggled)
        else:
            field.edited.connect(self._text_edited)
        self._number = PlainLabel(number, tone="secondary")
        self._number.setFixedWidth(theme.current().px(20))
        self._question = PlainLabel(words, wrap=True)
        needed = PlainLabel(self.tr("required") if required else "", kind="small", tone="faint")
        head = row(gap=8)
        head.addWidget(self._question, 1)
        head.addWidget(needed)
        head.addStretch(0)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(field)
        if hint:
            field.set_hint(hint)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(12, 4, 0, 4)
        whole.setSpacing(0)
        whole.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(column, 1)
        self._watch()

    @classmethod
    def of(cls, question: Question, number: str, profile: RuleProfile, language: str) -> QuestionRow:
        """The row for a question of the profile."""
        words = question.words(language)
        options = options_of(question, profile, language)
        kind = kind_of(question, profile)
        field: Field
        if kind == "one":
            field = SegmentedChoice("", options)
        elif kind == "several":
            field = SeveralChoice(options)
        elif question.field in LONG_TEXTS:
            field = TextField("", lines=1, most_lines=6)
        else:
            field = LineField("", limit=2_000)
        return cls(question.field, number, words, field, required=question.required)

    def value(self) -> str | tuple[str, ...]:
        """A code, codes, or a text; empty for none."""
        found = self.field.value()
        if isinstance(found, tuple):
            return found
        return found if isinstance(found, str) else ""

    def set_value(self, value: str | Sequence[str]) -> None:
        """Show an answer without telling."""
        if isinstance(self.field, SeveralChoice):
            self.field.set_value((value,) if isinstance(value, str) else tuple(value))
        elif isinstance(self.field, SegmentedChoice | LineField | TextField):
            self.field.set_value(value if isinstance(value, str) else "")

    def press(self, digit: str) -> bool:
        """Answer by number key; False when the digit means nothing here."""
        return isinstance(self.field, SegmentedChoice | SeveralChoice) and self.field.press(digit)

    def takes_digits(self) -> bool:
        """Whether a number key answers it."""
        return isinstance(self.field, SegmentedChoice | SeveralChoice)

    def take_focus(self) -> None:
        """Give the keyboard to the answer: to the option chosen, if there is one."""
        chosen = next((button for button in self._buttons() if button.isChecked()), None)
        if chosen is not None:
            chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_current(self, current: bool) -> None:
        """Mark the question the keyboard is in."""
        if current != self._current:
            self._current = current
            self._number.set_tone("accent" if current else "secondary")
            self.update()

    def is_current(self) -> bool:
        """Whether the keyboard is in it, or was last."""
        return self._current

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._current:
            now = theme.current()
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color("accent"))
            painter.drawRoundedRect(0, now.px(4), 3, self.height() - now.px(8), 1.5, 1.5)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self.field_name)
        elif (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and self._key(watched, event)
        ):
            return True
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        """Up, Down and Enter go from question to question; Delete takes a choice back."""
        if isinstance(self.field, TextField) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        key = event.key()
        if key == Qt.Key.Key_Up:
            self.stepped.emit(self.field_name, -1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.field.flush()
            self.stepped.emit(self.field_name, 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and isinstance(watched, Button):
            self.set_value("" if isinstance(self.field, SegmentedChoice) else ())
            self._toggled()
        else:
            return False
        return True

    def _watch(self) -> None:
        """Hear the keys and the focus of whatever takes the keyboard; last installed, first asked."""
        asked = plain(self.words, single_line=True)
        if isinstance(self.field, LineField | TextField):
            self.field.input.setAccessibleName(asked)
            self.field.input.installEventFilter(self)
        for button in self._buttons():
            button.setAccessibleDescription(asked)
            button.installEventFilter(self)

    def _buttons(self) -> list[Button]:
        found: Iterable[Button] = self.field.findChildren(Button)
        return list(found)

    def _chosen(self) -> None:
        self.answered.emit(self.field_name)

    def _toggled(self) -> None:
        self.typed.emit(self.field_name)

    def _text_edited(self) -> None:
        self.typed.emit(self.field_name)
