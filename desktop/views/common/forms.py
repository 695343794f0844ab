"""FormPanel: fields in reading order, what is still missing below them, the buttons at the bottom.

`add(field)` for each field; `submitted` is emitted by the primary button only when nothing is missing, otherwise the
first gap is shown and focused. The fields themselves stand in fields.py and choices.py. Must not save anything:
`edited` (a second after the last edit) is when the owner keeps the draft.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.views.common.bars import Section
from desktop.views.common.buttons import ActionBar, Button
from desktop.views.common.fields import Field
from desktop.views.common.layouts import FlowLayout, discard, hairline, row, scrolled, stacked
from desktop.views.common.text import PlainLabel

#: Says what is missing, in words, or "" when nothing is.
Check = Callable[[], str]


class MissingLine(QWidget):
    """One line: what is still missing, each word a link to its field. Empty and hidden when nothing is."""

    #: The place, in the list given to `show_missing`, of what the person wants to go to.
    jumped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self, gap=2)
        self._words: list[str] = []
        self._links: list[Button] = []
        self._intro = PlainLabel(kind="small", tone="secondary")
        self._intro.setText(self.tr("Still missing:"))
        self._flow.addWidget(self._intro)

    def show_missing(self, words: list[str]) -> None:
        """Name what is missing."""
        if words != self._words:
            self._words = list(words)
            for old in self._links:
                self._flow.removeWidget(old)
                discard(old)
            self._links = [Button(word, self, kind="link") for word in words]
            for place, link in enumerate(self._links):
                link.setProperty("place", place)
                link.clicked.connect(self._jump)
                self._flow.addWidget(link)
        self.setVisible(bool(words))

    def _jump(self) -> None:
        place = self.sender().property("place")
        if isinstance(place, int):
            self.jumped.emit(place)

    def words(self) -> list[str]:
        """What is named."""
        return list(self._words)


class FormPanel(QWidget):
    """A form with its own scrolling and its buttons at the bottom."""

    #: The primary button was pressed and nothing is missing.
    submitted = Signal()
    #: A field changed; `edited` comes when the draft is worth keeping.
    changed = Signal()
    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, margins: int = 16, top: int = 16) -> None:
        super().__init__(parent)
        self.fields: list[Field] = []
        self._checks: list[tuple[Check, Field | None]] = []
        self._gaps: list[tuple[str, Field | None, str]] = []
        self._inner = QWidget()
        self.body = stacked(self._inner, (margins, top, margins, margins))
        self.area: QScrollArea = scrolled(self._inner)
        self.missing = MissingLine()
        self.missing.jumped.connect(self._jump)
        self.bar = ActionBar()
        self._primary: Button | None = None
        foot = QVBoxLayout()
        foot.setContentsMargins(margins, 8, margins, 12)
        foot.setSpacing(6)
        foot.addWidget(self.missing)
        foot.addWidget(self.bar)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.area, 1)
        whole.addWidget(hairline())
        whole.addLayout(foot)

    # -- building ----------------------------------------------------------------------------------------------

    def add(self, *fields: Field) -> None:
        """Append fields: one fills the width, several share a row in the order given."""
        for field in fields:
            self.fields.append(field)
            field.changed.connect(self._field_changed)
            field.edited.connect(self.edited)
        if len(fields) == 1:
            self.body.addWidget(fields[0])
        else:
            across = row(gap=12)
            for field in fields:
                across.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(across)
        self.refresh_missing()

    def add_section(self, title: str) -> Section:
        """Append a hairline title."""
        section = Section(title)
        self.body.addWidget(section)
        return section

    def add_widget(self, widget: QWidget) -> None:
        """Append something that is not a field."""
        self.body.addWidget(widget)

    def add_check(self, check: Check, field: Field | None = None) -> None:
        """Something else that must hold before the form can be sent: `check()` says what is missing, or ""."""
        self._checks.append((check, field))
        self.refresh_missing()

    def set_primary(self, text: str, *, hint: str = "Ctrl+Enter") -> Button:
        """The button that sends the form; call again to change its words ("Send later")."""
        if self._primary is None:
            self._primary = self.bar.add(text, self.submit, kind="primary", hint=hint)
        else:
            self._primary.setText(text)
        return self._primary

    def add_secondary(self, text: str, on: Callable[[], object], *, hint: str = "") -> Button:
        """A further button at the bottom."""
        return self.bar.add(text, on, hint=hint)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter inside a form is the form's own, whatever it means on the page around it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _sends(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._primary is not None and not self._primary.isHidden() and _sends(event):
            self._primary.click()
        else:
            super().keyPressEvent(event)

    # -- what is missing ---------------------------------------------------------------------------------------

    def _field_changed(self) -> None:
        self.refresh_missing()
        self.changed.emit()

    def refresh_missing(self) -> list[str]:
        """Look again at what is missing and show it; the words."""
        self._gaps = []
        for field in self.fields:
            if field.isHidden():
                continue
            if field.error():
                self._gaps.append((field.label, field, field.error()))
            elif field.required and field.is_empty():
                needed = self.tr("This is needed")
                self._gaps.append((field.label, field, needed))
        for check, target in self._checks:
            words = check()
            if words:
                self._gaps.append((words, target, words))
        named = [words for words, _, _ in self._gaps]
        self.missing.show_missing(named)
        return named

    def _jump(self, place: int) -> None:
        if 0 <= place < len(self._gaps):
            self._go_to(self._gaps[place][1])

    def _go_to(self, field: Field | None) -> None:
        if field is not None:
            self.area.ensureWidgetVisible(field, 0, 24)
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def submit(self) -> bool:
        """Emit `submitted` if nothing is missing; otherwise say at each gap what is wrong and go to the first."""
        if self._primary is not None and not self._primary.isEnabled():
            return False
        if self.refresh_missing():
            for _, field, why in self._gaps:
                if field is not None:
                    field.set_error(why)
            self._go_to(next((field for _, field, _ in self._gaps if field is not None), None))
            return False
        self.flush()
        self.submitted.emit()
        return True

    def flush(self) -> None:
        """Have every field that waits to be saved say so now: before the form goes away."""
        for field in self.fields:
            field.flush()

    def set_read_only(self, read_only: bool) -> None:
        """Make all fields readable only."""
        for field in self.fields:
            field.set_read_only(read_only)


def _sends(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
