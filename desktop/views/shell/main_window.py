"""The one window. It holds a skeleton, the sign-in page or a frame, and remembers where it stood.

Painted before anything slow is imported: it must stay cheap to import and to build.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLayout, QMainWindow, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop.views.common import theme, tokens
from desktop.views.common.page import Skeleton
from desktop.views.common.states import StateView
from desktop.views.common.text import PlainLabel

LEAST = QSize(1024, 640)
USUAL = QSize(1366, 768)


class SkeletonView(QWidget):
    """What is seen while the desk is being set up: the rail's ground, quiet rows, one line of words."""

    def __init__(self, words: str = "", parent: QWidget | None = None, *, folded: bool = False) -> None:
        super().__init__(parent)
        rail = QWidget()
        rail.setProperty("kind", "rail")
        rail.setFixedWidth(theme.current().px(tokens.RAIL_FOLDED if folded else tokens.RAIL))
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

    def __init__(self, geometry: QByteArray | None = None, *, folded: bool = False) -> None:
        """``folded``: how the rail will be, so that nothing moves when it comes."""
        super().__init__()
        self._folded = folded
        self.retitle()
        self.setMinimumSize(LEAST)
        if geometry is None or geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(USUAL)
        self._skeleton: SkeletonView | None = None
        self._cover: QWidget | None = None
        self._put_away: list[QWidget] = []
        self._focused: QWidget | None = None
        self._seen = False
        self.show_skeleton("")

    def show_skeleton(self, words: str) -> None:
        """Quiet rows and one line of words; called again it only changes the words."""
        if self._skeleton is not None and self.centralWidget() is self._skeleton:
            self._skeleton.set_words(words)
            return
        self._skeleton = SkeletonView(words, folded=self._folded)
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
        if self._cover is not None:
            content.hide()
            self._cover.raise_()

    def lay_out(self) -> None:
        """Give the content its measures now, and not when it is first painted."""
        layout: QLayout | None = self.layout()
        if layout is not None:
            layout.activate()

    # -- a cover -----------------------------------------------------------------------------------------------

    @property
    def cover(self) -> QWidget | None:
        """What lies over the content, if anything does."""
        return self._cover

    def cover_with(self, page: QWidget) -> None:
        """Show ``page`` and nothing else: the content is not painted and hears no key until :meth:`uncover`, and no
        other window, menu or tooltip of the program is seen. Everything stays as it is meanwhile."""
        before, self._cover = self._cover, page
        if before is None:
            self._focused = self.focusWidget()
            self._put_others_away()
        content: QWidget | None = self.centralWidget()
        if content is not None:
            content.hide()
        page.setParent(self)
        page.setGeometry(self.rect())
        page.show()
        page.raise_()
        if before is not None:
            before.hide()
            before.deleteLater()

    def uncover(self) -> None:
        """Show what lies below, as it was, with the keyboard where it was."""
        page, self._cover = self._cover, None
        if page is None:
            return
        content: QWidget | None = self.centralWidget()
        if content is not None:
            content.show()
        page.hide()
        page.deleteLater()
        away, self._put_away = self._put_away, []
        for widget in away:
            if isValid(widget):
                widget.show()
        focused, self._focused = self._focused, None
        if focused is not None and isValid(focused):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _put_others_away(self) -> None:
        """Menus, tooltips and questions are closed, whole windows are hidden and come back."""
        passing = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)
        for widget in QApplication.topLevelWidgets():
            if widget is self or widget.isHidden():
                continue
            asks = isinstance(widget, QDialog) and widget.isModal()  # hiding one that waits gives it up
            widget.hide()
            if widget.windowType() not in passing and not asks:
                self._put_away.append(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._cover is not None:
            self._cover.setGeometry(self.rect())

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
