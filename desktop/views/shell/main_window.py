"""The one window. It holds a skeleton, the sign-in page or a frame, and remembers where it stood.

Painted before anything slow is imported: it must stay cheap to import and to build.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from desktop.views.common import theme, tokens
from desktop.views.common.page import Skeleton
from desktop.views.common.states import StateView
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
    #: The window has been seen for the first time; what is slow may begin.
    painted = Signal()

    def __init__(self, geometry: QByteArray | None = None) -> None:
        super().__init__()
        self.retitle()
        self.setMinimumSize(LEAST)
        if geometry is None or geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(USUAL)
        self._skeleton: SkeletonView | None = None
        self._seen = False
        self.show_skeleton("")

    def show_skeleton(self, words: str) -> None:
        """Quiet rows and one line of words; called again it only changes the words."""
        if self._skeleton is not None and self.centralWidget() is self._skeleton:
            self._skeleton.set_words(words)
            return
        self._skeleton = SkeletonView(words)
        self.show_content(self._skeleton)

    def show_trouble(self, words: str, action: str, on: Callable[[], object]) -> None:
        """Nothing can be shown, for this reason; one button."""
        view = StateView()
        view.set_state(self.tr("That did not work"), words, action, "circle-alert", "overdue")
        view.acted.connect(on)
        self.show_content(view)

    def show_content(self, content: QWidget) -> None:
        """Put a widget into the window; the one before it is destroyed."""
        if content is not self._skeleton:
            self._skeleton = None
        self.setCentralWidget(content)

    def retitle(self) -> None:
        """After a change of language."""
        self.setWindowTitle(self.tr("Supervision Desk"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
