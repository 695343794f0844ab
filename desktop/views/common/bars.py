"""Bars that stand in a page or at its edge: a titled hairline, a notice, an undo, a progress.

None of them is modal and none takes the focus. Must not decide when to appear.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from desktop.views.common import theme
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.icons import paint_icon
from desktop.views.common.layouts import discard, hairline
from desktop.views.common.text import PlainLabel, plain

NoticeKind = Literal["info", "warn", "error", "sample"]
_LOOK: Final[dict[str, tuple[str, str]]] = {
    "info": ("info", "accent"),
    "warn": ("triangle-alert", "due_soon"),
    "error": ("circle-alert", "overdue"),
    "sample": ("map-pin", "pending"),
}


class Section(QWidget):
    """A title with a hairline to the right edge, and room for a button or two behind it."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel(title, kind="strong", tone="secondary")
        line = hairline()
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 8, 0, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._title)
        self._row.addWidget(line, 1)
        self.setAccessibleName(plain(title, 120, single_line=True))

    def set_title(self, title: str) -> None:
        """Another title."""
        self._title.setText(title)
        self.setAccessibleName(self._title.text())

    def add(self, widget: QWidget) -> None:
        """Put a quiet button behind the line."""
        self._row.addWidget(widget)


class IconLabel(QWidget):
    """One small icon that only accompanies words."""

    def __init__(self, name: str, role: str = "secondary", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role = name, role
        theme.bus().changed.connect(self._fit)
        self._fit()

    def set_icon(self, name: str, role: str = "secondary") -> None:
        """Another icon."""
        self._name, self._role = name, role
        self.update()

    def _fit(self) -> None:
        side = theme.current().px(18)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), self._name, self.rect(), self._role)


class NoticeBar(QFrame):
    """A bar with a reason in words, buttons, and a cross if it may be dismissed."""

    dismissed = Signal()

    def __init__(
        self,
        text: str = "",
        kind: NoticeKind = "info",
        parent: QWidget | None = None,
        *,
        dismissible: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "notice")
        self._icon = IconLabel("info")
        self._text = PlainLabel(wrap=True)
        self._buttons: list[Button] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 4, 4)
        self._row.setSpacing(8)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._text, 1)
        self._close = IconButton("x", self.tr("Dismiss"), on=self._dismiss)
        self._row.addWidget(self._close)
        self._close.setVisible(dismissible)  # in the bar, or it would be a window of its own for a moment
        self.setMinimumHeight(theme.current().px(36))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_notice(text, kind)

    def set_notice(self, text: str, kind: NoticeKind = "info") -> None:
        """Other words."""
        name, role = _LOOK[kind]
        self._icon.set_icon(name, role)
        theme.set_role(self, "tone", kind)
        self._text.setText(text)
        self.setAccessibleName(self._text.text())

    def text(self) -> str:
        """The words shown."""
        return self._text.text()

    def add_action(self, text: str, on: Callable[[], object], *, icon: str = "") -> Button:
        """A button, a verb, at the right."""
        made = Button(text, self, icon=icon, on=on)
        self._buttons.append(made)
        self._row.insertWidget(self._row.count() - 1, made)
        return made

    def add_widget(self, widget: QWidget) -> None:
        """Something else at the right (a choice of persons)."""
        self._row.insertWidget(self._row.count() - 1, widget)

    def clear_actions(self) -> None:
        """Take all buttons away."""
        for button in self._buttons:
            self._row.removeWidget(button)
            discard(button)
        self._buttons = []

    def _dismiss(self) -> None:
        self.hide()
        self.dismissed.emit()


class UndoBar(QFrame):
    """What was just done, with an undo that stays for some seconds. Shown over the lower edge of its parent."""

    undone = Signal()
    #: The time ran out, or another deed replaced this one.
    expired = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "toast")
        self._over = parent
        self._left = 0
        self._text = PlainLabel()
        self._count = PlainLabel(kind="small")
        self._undo = Button("", kind="quiet", hint="Ctrl+Z", on=self._undo_now)
        self._undo.setProperty("hintRole", "surface")
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 4, 8, 4)
        line.setSpacing(12)
        line.addWidget(self._text, 1)
        line.addWidget(self._count)
        line.addWidget(self._undo)
        undo_key = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo_key.activated.connect(self._undo.click)
        self._timer = QTimer(self)
        self._timer.setInterval(1_000)
        self._timer.timeout.connect(self._tick)
        self.hide()

    def offer(self, text: str, seconds: int = 10) -> None:
        """Say what was done and offer to undo it for so long."""
        if self._timer.isActive():
            self._end()
        self._undo.setText(self.tr("Undo"))
        self._text.setText(text)
        self.setAccessibleName(self._text.text())
        self._left = seconds
        self._tell()
        self._timer.start()
        self.show()
        self.place()
        self.raise_()

    def place(self) -> None:
        """Go to the middle of the parent's lower edge; the parent calls it when it is resized."""
        over = self._over
        hint = self.sizeHint()
        width = min(max(hint.width(), 240), over.width() - 32)
        self.setGeometry(
            (over.width() - width) // 2, over.height() - hint.height() - 16, width, hint.height()
        )

    def _tell(self) -> None:
        self._count.setText(self.tr("{seconds} s").format(seconds=self._left))

    def _tick(self) -> None:
        self._left -= 1
        self._tell()
        if self._left <= 0:
            self._end()

    def _end(self) -> None:
        self._timer.stop()
        self.hide()
        self.expired.emit()

    def _undo_now(self) -> None:
        self._timer.stop()
        self.hide()
        self.undone.emit()


class ProgressStrip(QWidget):
    """A long task in the status bar: what, how far, how long yet, cancel."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = PlainLabel(kind="small", tone="secondary")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        self._left = PlainLabel(kind="small", tone="secondary")
        self._cancel = IconButton("x", self.tr("Cancel"), on=self.cancelled.emit)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for widget in (self._text, self._bar, self._left, self._cancel):
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addStretch(1)
        self.hide()

    def set_progress(
        self, text: str, done: int, total: int, time_left: str = "", *, cancellable: bool = True
    ) -> None:
        """Show how far it is; `total` 0 when nobody knows. `time_left` in words."""
        self._text.setText(text)
        self._bar.setMaximum(total)
        self._bar.setValue(min(done, total))
        self._bar.setAccessibleName(self._text.text())
        self._left.setText(time_left)
        self._cancel.setVisible(cancellable)
        self.show()

    def finish(self) -> None:
        """Done, one way or another."""
        self.hide()
