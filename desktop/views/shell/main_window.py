"""The one window. It holds a skeleton, the sign-in page or a frame, and remembers where it stood.

Painted before anything slow is imported: it must stay cheap to import and to build.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSize, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from desktop.views.common import theme, tokens
from desktop.views.common.page import Skeleton
from desktop.views.common.text import PlainLabel

LEAST = QSize(1024, 640)
USUAL = QSize(1366, 768)


class SkeletonView(QWidget):
    """What is seen while the desk is being set up: the rail's ground, quiet rows, one line of words."""

    def __init__(self, words: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        rail = QWidget()
        rail.setProperty("kind", "rail")
        rail.setFixedWidth(theme.current().px(tokens.RAIL))
        self._words = PlainLabel(words, tone="secondary")
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 12, 20, 12)
        head.addWidget(self._words)
        head.addStretch(1)
        right.addLayout(head)
        right.addWidget(Skeleton(), 1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(rail)
        line.addLayout(right, 1)

    def set_words(self, words: str) -> None:
        """What is going on."""
        self._words.setText(words)


class MainWindow(QMainWindow):
    """``closing`` comes before the window goes: save and shut down then."""

    closing = Signal()

    def __init__(self, geometry: QByteArray | None = None) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Supervision Desk"))
        self.setMinimumSize(LEAST)
        if geometry is None or geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(USUAL)
        self._skeleton: SkeletonView | None = None
        self.show_skeleton("")

    def show_skeleton(self, words: str) -> None:
        """Quiet rows and one line of words; called again it only changes the words."""
        if self._skeleton is not None and self.centralWidget() is self._skeleton:
            self._skeleton.set_words(words)
            return
        self._skeleton = SkeletonView(words)
        self.show_content(self._skeleton)

    def show_content(self, content: QWidget) -> None:
        """Put a widget into the window; the one before it is destroyed."""
        if content is not self._skeleton:
            self._skeleton = None
        self.setCentralWidget(content)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
