"""Fields of forms: the label above, the control, one line below for a hint or for what is wrong.

Every field has `value()`, `set_value(…)` (which emits nothing), `changed` (at once) and `edited` (1 s after the last
edit, and at once when the focus leaves: save the draft then). Must not validate meaning: whoever owns the form calls
`set_error`. Texts given are translated already. Choices and dates stand in choices.py.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QTextOption, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.views.common import theme
from desktop.views.common.layouts import row
from desktop.views.common.text import PlainLabel, plain

#: How long after the last edit a draft is saved, in milliseconds.
AUTOSAVE: Final = 1_000


class Field(QWidget):
    """The frame of every field. Subclasses put their control in with `_place(control)` and report with `_touched`."""

    changed = Signal()
    edited = Signal()

    def __init__(
        self, label: str, parent: QWidget | None = None, *, required: bool = False, hint: str = ""
    ) -> None:
        super().__init__(parent)
        self.label = plain(label, 120, single_line=True)
        self.required = required
        self._hint = hint
        self._error = ""
        self._control: QWidget = self
        self._caption = PlainLabel(label, kind="small", tone="secondary")
        self._needed = PlainLabel(kind="small", tone="faint")
        self._message = PlainLabel(kind="small", tone="faint", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        head = row(self._caption, self._needed, gap=6)
        head.addStretch()
        self._column.addLayout(head)
        self._column.addWidget(self._message)
        self._caption.setVisible(bool(label))
        self._autosave = QTimer(self)
        self._autosave.setSingleShot(True)
        self._autosave.setInterval(AUTOSAVE)
        self._autosave.timeout.connect(self.edited)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        if required:
            self._needed.setText(self.tr("required"))
        self._needed.setVisible(required and bool(label))
        self._show_message()

    def _place(self, control: QWidget, *, focus: QWidget | None = None) -> None:
        """Put the control between label and message; `focus` is what takes the keyboard and bears the name."""
        self._control = focus or control
        self._column.insertWidget(1, control)
        self._control.setAccessibleName(self.label)
        self.setFocusProxy(self._control)
        self._control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and self._autosave.isActive():
            self._autosave.stop()
            self.edited.emit()
        return super().eventFilter(watched, event)

    def _touched(self) -> None:
        """A person changed the value."""
        if self._error:
            self.set_error("")
        self._autosave.start()
        self.changed.emit()

    def flush(self) -> None:
        """Emit `edited` now if it is due later: before the form closes."""
        if self._autosave.isActive():
            self._autosave.stop()
            self.edited.emit()

    def is_empty(self) -> bool:
        """Whether there is nothing in it yet."""
        return not self.value()

    def value(self) -> object:
        """What the field holds; each kind of field says its type."""
        raise NotImplementedError

    def error(self) -> str:
        """What is wrong, "" when nothing is."""
        return self._error

    def set_error(self, text: str) -> None:
        """Say under the field what is wrong; "" takes it back. Editing takes it back too."""
        self._error = text
        theme.set_role(self._control, "invalid", "true" if text else "false")
        self._show_message()

    def set_hint(self, text: str) -> None:
        """The quiet line under the field."""
        self._hint = text
        self._show_message()

    def _show_message(self) -> None:
        shown = self._error or self._hint
        self._message.set_tone("overdue" if self._error else "faint")
        self._message.setText(shown)
        self._message.setVisible(bool(shown))
        self._control.setAccessibleDescription(plain(shown, single_line=True))

    def set_read_only(self, read_only: bool) -> None:
        """Keep the value readable but not editable."""
        self._control.setEnabled(not read_only)


class LineField(Field):
    """One line. Value: str, without blanks at its ends."""

    def __init__(
        self,
        label: str,
        parent: QWidget | None = None,
        *,
        required: bool = False,
        hint: str = "",
        placeholder: str = "",
        limit: int = 200,
    ) -> None:
        super().__init__(label, parent, required=required, hint=hint)
        self.input = QLineEdit()
        self.input.setMaxLength(limit)
        self.input.setPlaceholderText(placeholder)
        self.input.textEdited.connect(self._touched)
        self._place(self.input)

    def value(self) -> str:
        return self.input.text().strip()

    def set_value(self, value: str) -> None:
        """Show a text."""
        self.input.setText(plain(value, self.input.maxLength(), single_line=True))

    def set_read_only(self, read_only: bool) -> None:
        self.input.setReadOnly(read_only)
        theme.set_role(self.input, "readOnly", read_only)


class _GrowingText(QPlainTextEdit):
    """As high as its text, between a least and a greatest number of lines."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self._least, self._most = least, most
        self.setProperty("kind", "input")
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self.fit)
        theme.bus().changed.connect(self.fit)
        self.fit()

    def fit(self) -> None:
        """Take the height of the text."""
        # A plain text document counts its height in lines.
        lines = round(self.document().documentLayout().documentSize().height())
        shown = min(max(lines, self._least), self._most)
        margin = 2 * round(self.document().documentMargin()) + 2 * theme.current().px(4) + 2
        self.setFixedHeight(shown * theme.current().metrics("body").lineSpacing() + margin)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls itself only when there is something to scroll, else the form."""
        if self.verticalScrollBar().maximum():
            super().wheelEvent(event)
        else:
            event.ignore()


class TextField(Field):
    """Several lines; grows with its text. Value: str, without blanks at its ends."""

    def __init__(
        self,
        label: str,
        parent: QWidget | None = None,
        *,
        required: bool = False,
        hint: str = "",
        placeholder: str = "",
        limit: int = 4_000,
        lines: int = 3,
        most_lines: int = 12,
    ) -> None:
        super().__init__(label, parent, required=required, hint=hint)
        self._limit = limit
        self.input = _GrowingText(lines, most_lines)
        self.input.setPlaceholderText(placeholder)
        self._quiet = False
        self.input.textChanged.connect(self._text_changed)
        self._place(self.input)

    def _text_changed(self) -> None:
        if self._quiet:
            return
        self._touched()
        over = len(self.input.toPlainText()) - self._limit
        if over > 0:
            too_long = self.tr("{count} characters too long").format(count=over)
            self.set_error(too_long)

    def value(self) -> str:
        return self.input.toPlainText().strip()

    def set_value(self, value: str) -> None:
        """Show a text."""
        self._quiet = True
        self.input.setPlainText(plain(value, max(self._limit, len(value))))
        self._quiet = False

    def insert(self, text: str) -> None:
        """Put a text module in at the cursor, as if typed."""
        self.input.insertPlainText(plain(text, self._limit))

    def set_read_only(self, read_only: bool) -> None:
        self.input.setReadOnly(read_only)


class NumberField(Field):
    """A whole number with its unit behind it ("5 working days"). Value: int."""

    def __init__(
        self,
        label: str,
        parent: QWidget | None = None,
        *,
        least: int = 0,
        most: int = 999,
        unit: str = "",
        required: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(label, parent, required=required, hint=hint)
        self.input = QuietSpin()
        self.input.setRange(least, most)
        self.input.valueChanged.connect(self._number_changed)
        self._quiet = False
        holder = QWidget()
        line = row(self.input, PlainLabel(unit, tone="secondary"))
        line.addStretch()
        holder.setLayout(line)
        self._place(holder, focus=self.input)
        self.input.setAccessibleName(f"{self.label} ({unit})" if unit else self.label)

    def _number_changed(self) -> None:
        if not self._quiet:
            self._touched()

    def is_empty(self) -> bool:
        return False

    def value(self) -> int:
        return self.input.value()

    def set_value(self, value: int) -> None:
        """Show a number, brought into the range."""
        self._quiet = True
        self.input.setValue(value)
        self._quiet = False


class QuietSpin(QSpinBox):
    """Does not change by a wheel that was meant for the form."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(theme.current().px(96))

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class CheckField(Field):
    """A tick box with its sentence. Value: bool."""

    def __init__(
        self, label: str, parent: QWidget | None = None, *, required: bool = False, hint: str = ""
    ) -> None:
        super().__init__("", parent, required=required, hint=hint)
        self.label = plain(label, 200, single_line=True)
        self.input = QCheckBox(self.label.replace("&", "&&"))
        self.input.clicked.connect(self._touched)
        self._place(self.input)

    def value(self) -> bool:
        return self.input.isChecked()

    def set_value(self, value: bool) -> None:
        """Tick it or not."""
        self.input.setChecked(value)
