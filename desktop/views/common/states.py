"""What a page or list shows when it has nothing to show: empty, error, offline, no permission.

A title, one sentence that says what to do, and at most one button. Must not decide which state holds.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.common import theme
from desktop.views.common.icons import paint_icon
from desktop.views.common.text import PlainLabel, plain


class Glyph(QWidget):
    """One large quiet icon in a soft disc."""

    def __init__(self, name: str, role: str = "secondary", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._role = role
        self._fit()
        theme.bus().changed.connect(self._fit)

    def set_icon(self, name: str, role: str = "secondary") -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self.update()

    def _fit(self) -> None:
        side = theme.current().px(48)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.current().color("sunken"))
        painter.drawEllipse(self.rect())
        inset = self.width() // 4
        paint_icon(painter, self._name, self.rect().adjusted(inset, inset, -inset, -inset), self._role)


class StateView(QWidget):
    """Icon, title, sentence, button, centred. `acted` is emitted when the button is pressed."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._glyph = Glyph("inbox")
        self._title = PlainLabel(kind="title", wrap=True)
        self._sentence = PlainLabel(tone="secondary", wrap=True)
        self.button = QPushButton()
        self.button.clicked.connect(self.acted)
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addSpacing(8)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_state(
        self, title: str, sentence: str = "", action: str = "", icon: str = "inbox", tone: str = "secondary"
    ) -> None:
        """Show these words; no button without `action`. `tone` colours the icon ("overdue" for an error)."""
        self._glyph.set_icon(icon, tone)
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.button.setText(plain(action, 60, single_line=True).replace("&", "&&"))
        self.button.setVisible(bool(action))
        self.setAccessibleName(f"{title}. {sentence}" if sentence else title)

    def title(self) -> str:
        """The title shown."""
        return self._title.text()
