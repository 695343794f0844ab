"""The foot of a call: complete it, or say by one key how it ended; what is kept, what is missing, why not.

The keys are fixed: F2 to F9 as on the screen, Ctrl+Enter for the primary button. What the line observed is proposed on
the primary button and confirmed by a person. Must not record anything by itself.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.common.buttons import Button
from desktop.views.common.forms import MissingLine
from desktop.views.common.icons import set_icon
from desktop.views.common.layouts import FlowLayout, hairline
from desktop.views.common.text import PlainLabel

from . import visit_words

OUTCOME_KEYS: tuple[tuple[str, str], ...] = (
    ("no_answer", "F2"),
    ("busy", "F3"),
    ("switched_off", "F4"),
    ("call_later", "F6"),
    ("wrong_number", "F7"),
    ("refused", "F8"),
    ("line_fault", "F9"),
)


class OutcomeBar(QWidget):
    """See the module. ``primary_wanted`` carries the outcome on the primary button; "answered" completes."""

    primary_wanted = Signal(str)
    outcome_wanted = Signal(str)
    #: A word of the line "still missing": its place in the list last shown.
    jumped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposed = "answered"
        self._later = False
        self.missing = MissingLine()
        self.missing.hide()
        self.missing.jumped.connect(self.jumped)
        self._kept = PlainLabel(kind="small", tone="secondary")
        self.primary = Button("", kind="primary", icon="check", hint="Ctrl+Enter", on=self._primary)
        self._why = PlainLabel(kind="small", tone="secondary", wrap=True)
        self._why.hide()
        self.buttons: dict[str, Button] = {}
        keys = FlowLayout(gap=4)
        for code, key in OUTCOME_KEYS:
            button = Button(visit_words.outcome_key(code), hint=key, on=self._outcome)
            button.setProperty("outcome", code)
            QShortcut(QKeySequence(key), self).activated.connect(button.click)
            self.buttons[code] = button
            keys.addWidget(button)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.primary)
        line.addWidget(self._kept)
        line.addWidget(self._why, 1)
        line.addStretch(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 8, 16, 10)
        inner.setSpacing(8)
        inner.addWidget(self.missing)
        inner.addLayout(line)
        inner.addLayout(keys)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(hairline())
        whole.addLayout(inner)
        self._name_primary()

    def propose(self, outcome: str) -> None:
        """What the line observed; "" or "answered" leaves completing on the primary button."""
        self._proposed = outcome or "answered"
        self._name_primary()

    def proposed(self) -> str:
        """What the primary button records."""
        return self._proposed

    def set_sent_later(self, later: bool) -> None:
        """Say on the button that there is no network now."""
        self._later = later
        self._name_primary()

    def set_reason(self, reason: str) -> None:
        """Why nothing can be recorded now; "" when it can. Said once, for all the buttons."""
        self._why.setText(reason)
        self._why.setVisible(bool(reason))
        self._kept.setVisible(not reason)
        self.primary.set_reason(reason)
        for button in self.buttons.values():
            button.set_reason(reason)

    def reason(self) -> str:
        """Why nothing can be recorded now, "" when it can."""
        return self.primary.reason()

    def set_first(self, first: bool) -> None:
        """Whether the primary button is the one thing to do now; at most one stands out on a screen."""
        self.primary.set_kind("primary" if first else "")
        set_icon(self.primary, "check", "on_accent" if first else "secondary")

    def say_kept(self, words: str) -> None:
        """When the answers were last kept, or what went wrong with that."""
        self._kept.setText(words)

    def kept_words(self) -> str:
        """The words shown."""
        return self._kept.text()

    def _name_primary(self) -> None:
        if self._proposed == "answered":
            words = (
                self.tr("Complete this visit, send later") if self._later else self.tr("Complete this visit")
            )
        else:
            record = self.tr("Record: {outcome}")
            words = record.format(outcome=visit_words.outcome_key(self._proposed))
        self.primary.setText(words)
        self.primary.updateGeometry()

    def _primary(self) -> None:
        self.primary_wanted.emit(self._proposed)

    def _outcome(self) -> None:
        code = self.sender().property("outcome")
        if isinstance(code, str):
            self.outcome_wanted.emit(code)
