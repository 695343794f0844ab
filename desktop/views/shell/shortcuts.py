"""The help sheet (F1): every key of the program, those of the page in hand first.

A page may offer ``help_keys() -> Sequence[tuple[str, str]]`` (keys, what they do). Must not define keys itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.views.common import theme
from desktop.views.common.bars import Section
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.layouts import row, scrolled, spacer
from desktop.views.common.text import PlainLabel

Keys = Sequence[tuple[str, str]]


class KeyCap(PlainLabel):
    """Keys as they are printed on a keyboard."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent, kind="small", tone="secondary")


class HelpSheet(QFrame):
    """A popup; any click beside it or Escape closes it."""

    about_asked = Signal()
    #: How fast the program answers.
    speed_asked = Signal()

    def __init__(self, page_title: str, page_keys: Keys, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "popup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        inner = QWidget()
        columns = QHBoxLayout(inner)
        columns.setContentsMargins(0, 0, 12, 0)
        columns.setSpacing(32)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(8)
        right.setSpacing(8)
        if page_keys:
            left.addWidget(Section(page_title))
            left.addLayout(_grid(page_keys))
        left.addStretch(1)
        for title, keys in (
            (self.tr("Everywhere"), self._everywhere()),
            (self.tr("In lists"), self._lists()),
            (self.tr("In forms"), self._forms()),
        ):
            right.addWidget(Section(title))
            right.addLayout(_grid(keys))
        right.addStretch(1)
        if page_keys:
            columns.addLayout(left, 1)
        columns.addLayout(right, 1)
        heading = PlainLabel(self.tr("Keys"), kind="title")
        close = IconButton("x", self.tr("Close"), self, hint="Esc", on=self.close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 12, 12, 16)
        whole.setSpacing(8)
        whole.addLayout(row(heading, spacer(), close))
        whole.addWidget(scrolled(inner), 1)
        about = Button(self.tr("About this program"), kind="link", on=self._about)
        speed = Button(self.tr("How fast the program answers"), kind="link", on=self._speed)
        whole.addLayout(row(about, speed, spacer()))

    def open_over(self) -> None:
        """Show it in the middle of the parent window."""
        over = self.parentWidget()
        assert over is not None  # made with a parent
        now = theme.current()
        self.resize(min(now.px(820), over.width() - 64), min(now.px(560), over.height() - 64))
        corner = over.mapToGlobal(over.rect().center())
        self.move(corner.x() - self.width() // 2, corner.y() - self.height() // 2)
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F1):
            self.close()
        else:
            super().keyPressEvent(event)

    def _about(self) -> None:
        self.about_asked.emit()
        self.close()

    def _speed(self) -> None:
        self.speed_asked.emit()
        self.close()

    def _everywhere(self) -> Keys:
        return (
            ("Ctrl+K", self.tr("Find a command, page or queue")),
            ("Ctrl+1 … 0", self.tr("Go to a page of the rail")),
            ("Ctrl+M", self.tr("My units, or the whole city")),
            ("F5", self.tr("Sync now")),
            ("Ctrl+J", self.tr("What needs me")),
            ("Ctrl+Shift+W", self.tr("How we stand with the server")),
            ("Ctrl+B", self.tr("Fold or unfold the rail")),
            ("Ctrl+Shift+L", self.tr("Light or dark")),
            ("Ctrl+Shift+D", self.tr("Compact or comfortable rows")),
            ("F1", self.tr("This sheet")),
            ("Ctrl+L", self.tr("Lock now")),
            ("Ctrl+Q", self.tr("Quit")),
        )

    def _lists(self) -> Keys:
        return (
            ("↑ ↓  Home End", self.tr("Move")),
            ("Enter", self.tr("Open")),
            ("Ctrl+F", self.tr("Search and filter")),
            ("Esc", self.tr("Leave the search, close the panel")),
        )

    def _forms(self) -> Keys:
        return (
            ("Tab", self.tr("Next field")),
            ("Ctrl+Enter", self.tr("Do what the blue button says")),
            ("Esc", self.tr("Close; what was typed is kept as a draft")),
        )


def _grid(keys: Keys) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, theme.current().px(110))
    grid.setColumnStretch(1, 1)
    for number, (cap, words) in enumerate(keys):
        grid.addWidget(KeyCap(cap), number, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(PlainLabel(words), number, 1, Qt.AlignmentFlag.AlignLeft)
    return grid
