"""A page that says one thing: a card in the middle of the window, with an icon, a title, lines and buttons.

The base of the pages for a store in trouble, a locked desk and a wiped one. Must not know what is said.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.views.common import theme
from desktop.views.common.buttons import Button
from desktop.views.common.states import Glyph
from desktop.views.common.text import PlainLabel

WIDTH = 560


class CardPage(QWidget):
    """Derive, and begin each face with :meth:`turn`."""

    def __init__(self, parent: QWidget | None = None, *, width: int = WIDTH) -> None:
        super().__init__(parent)
        self._shown: QWidget | None = None
        self._card = QFrame()
        self._card.setProperty("kind", "card")
        self._card.setFixedWidth(theme.current().px(width))
        self._inside = QVBoxLayout(self._card)
        self._inside.setContentsMargins(32, 28, 32, 28)
        middle = QWidget()
        whole = QVBoxLayout(middle)
        whole.addStretch(2)
        whole.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def turn(self, icon: str, role: str, title: str) -> QVBoxLayout:
        """Put another face on the card; the column below its title is the caller's to fill."""
        widget = QWidget()
        column = QVBoxLayout(widget)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Glyph(icon, role), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(PlainLabel(title, kind="title", wrap=True))
        if self._shown is not None:
            self._shown.hide()
            self._inside.removeWidget(self._shown)
            self._shown.deleteLater()
        self._shown = widget
        self._inside.addWidget(widget)
        QTimer.singleShot(0, self, self._fit)  # when all lines are in it
        self.setAccessibleName(title)
        return column

    def event(self, event: QEvent) -> bool:
        """A centred card is given the height of its lines unbroken: it takes the one that its wrapped lines need."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Polish):
            self._fit()
        return done

    def _fit(self) -> None:
        self._inside.invalidate()
        self._card.setMinimumHeight(self._inside.totalHeightForWidth(self._card.width()))


def buttons(*each: Button) -> QHBoxLayout:
    """A line of buttons at the left."""
    line = QHBoxLayout()
    line.setSpacing(8)
    for button in each:
        line.addWidget(button)
    line.addStretch(1)
    return line
