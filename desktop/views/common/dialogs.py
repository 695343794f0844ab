"""Sheets: dialogs for what the person asked for, opened without stopping the event loop.

`Sheet` holds a form or any widget with its buttons; `ask(...)` is a question in plain text with verbs on its buttons
and answers through a signal. Must not be used for what the person did not cause (NoticeBar is for that), and never
`exec()`: a loop inside a slot lets other slots run in between.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.common.buttons import Button, ButtonKind
from desktop.views.common.forms import FormPanel
from desktop.views.common.layouts import hairline
from desktop.views.common.text import PlainLabel, plain


class Sheet(QDialog):
    """A window-modal sheet with a title, a body and buttons at the bottom right. Escape cancels."""

    def __init__(self, title: str, parent: QWidget | None = None, *, width: int = 520) -> None:
        super().__init__(parent)
        cleaned = plain(title, 120, single_line=True)
        self.setWindowTitle(cleaned)
        self.setAccessibleName(cleaned)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        self._heading = PlainLabel(title, kind="title")
        self.body = QVBoxLayout()
        self.body.setContentsMargins(20, 4, 20, 16)
        self.body.setSpacing(12)
        self._foot = QHBoxLayout()
        self._foot.setContentsMargins(20, 12, 20, 16)
        self._foot.setSpacing(8)
        self._foot.addStretch(1)
        self._line = hairline()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 20, 8)
        head.addWidget(self._heading)
        head.addStretch(1)
        whole.addLayout(head)
        whole.addLayout(self.body, 1)
        whole.addWidget(self._line)
        whole.addLayout(self._foot)

    def add_button(
        self, text: str, on: Callable[[], object], *, kind: ButtonKind = "", hint: str = ""
    ) -> Button:
        """Append a button at the bottom; the last one added stands rightmost. The primary one answers Enter."""
        made = Button(text, self, kind=kind, hint=hint, on=on)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setAutoDefault(kind == "primary")
        made.setDefault(kind == "primary")
        self._foot.addWidget(made)
        return made

    def add_cancel(self) -> Button:
        """Append the button that closes the sheet without doing anything."""
        return self.add_button(self.tr("Cancel"), self.reject)


class FormSheet(Sheet):
    """A sheet around a FormPanel, which brings its own buttons. `submitted` does not close it: the owner does."""

    submitted = Signal()

    def __init__(self, title: str, primary: str, parent: QWidget | None = None, *, width: int = 560) -> None:
        super().__init__(title, parent, width=width)
        self.form = FormPanel(margins=20, top=4)
        self.form.submitted.connect(self.submitted)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.form)
        self.primary = self.form.set_primary(primary)
        self.form.add_secondary(self.tr("Cancel"), self.reject, hint="Esc")
        self._line.hide()
        self._foot.setContentsMargins(0, 0, 0, 0)
        self.resize(width, min(720, 480))

    def done(self, result: int) -> None:
        """Whatever ends the sheet, what was typed last is offered for keeping first."""
        self.form.flush()
        super().done(result)


class Question(Sheet):
    """A question with verbs as answers. `answered` carries the key of the button; "" when it was cancelled."""

    answered = Signal(str)

    def __init__(self, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent, width=420)
        self._answer = ""
        self._line.hide()
        self._text = PlainLabel(text, tone="secondary", wrap=True)
        self.body.addWidget(self._text)
        self.setAccessibleDescription(self._text.text())
        self._keys: dict[Button, str] = {}
        self.add_cancel()
        self.finished.connect(self._tell)

    def add_answer(self, key: str, verb: str, *, kind: ButtonKind = "") -> Button:
        """Append an answer: a verb, never "OK"."""
        button = self.add_button(verb, self._chosen, kind=kind)
        self._keys[button] = key
        return button

    def _chosen(self) -> None:
        sender = self.sender()
        self._answer = self._keys[sender] if isinstance(sender, Button) else ""
        self.accept()

    def _tell(self) -> None:
        self.answered.emit(self._answer)


def ask(
    parent: QWidget,
    title: str,
    text: str,
    verb: str,
    on: Callable[[], object],
    *,
    kind: ButtonKind = "primary",
) -> Question:
    """Open a question with one verb beside "Cancel"; `on` is called when the verb was pressed. Does not block."""
    question = Question(title, text, parent)
    button = question.add_answer("yes", verb, kind=kind)
    button.setFocus()
    question.accepted.connect(on)
    question.open()
    return question
