"""Panes: a splitter with one hairline, and the panel for details at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QSplitterHandle, QVBoxLayout, QWidget

from desktop.views.common import theme, tokens
from desktop.views.common.buttons import ActionBar, IconButton
from desktop.views.common.layouts import hairline, scrolled, stacked
from desktop.views.common.text import PlainLabel
from desktop.views.common.watermark import cover

_GRIP = 7


class _Handle(QSplitterHandle):
    """Wide enough to be caught, drawn as one hairline; accent while the pointer is on it."""

    def __init__(self, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self._under = False

    def enterEvent(self, event: QEnterEvent) -> None:
        self._under = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._under = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = theme.current().color("accent" if self._under else "hairline")
        if self.orientation() == Qt.Orientation.Horizontal:
            painter.fillRect(_GRIP // 2, 0, 1, self.height(), colour)
        else:
            painter.fillRect(0, _GRIP // 2, self.width(), 1, colour)


class Splitter(QSplitter):
    """Panes side by side with one hairline between them; none can be dragged away by accident."""

    #: The person moved a hairline: keep `sizes()`.
    moved = Signal()

    def __init__(
        self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None
    ) -> None:
        super().__init__(orientation, parent)
        self.setHandleWidth(_GRIP)
        self.setChildrenCollapsible(False)
        self.setProperty("kind", "panes")
        self.splitterMoved.connect(self._was_moved)

    def createHandle(self) -> QSplitterHandle:
        return _Handle(self.orientation(), self)

    def _was_moved(self) -> None:
        self.moved.emit()


class SidePanel(QWidget):
    """A pane for one thing: head, a body that scrolls, actions at the foot. At least 420 pixels wide."""

    closed = Signal()

    def __init__(self, title: str = "", parent: QWidget | None = None, *, closable: bool = False) -> None:
        super().__init__(parent)
        self.setMinimumWidth(tokens.DETAIL_MIN)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._heading = PlainLabel(title, kind="title")
        self.head = QHBoxLayout()
        self.head.setContentsMargins(16, 8, 12, 8)
        self.head.setSpacing(8)
        self.head.addWidget(self._heading, 0)
        self.head.addStretch(1)
        if closable:
            self.head.addWidget(IconButton("x", self.tr("Close"), hint="Esc", on=self.closed.emit))
            within = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.closed.emit, context=within)
        inner = QWidget()
        self.body = stacked(inner, (16, 4, 16, 16))
        self.area = scrolled(inner)
        self.bar = ActionBar()
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(0)
        foot.addWidget(hairline())
        holder = QVBoxLayout()
        holder.setContentsMargins(16, 8, 16, 12)
        holder.addWidget(self.bar)
        foot.addLayout(holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self.head)
        whole.addWidget(self.area, 1)
        whole.addWidget(self._foot)
        cover(self)

    def set_title(self, title: str) -> None:
        """What the panel is about."""
        self._heading.setText(title)
        self.setAccessibleName(self._heading.text())

    def show_bar(self, shown: bool) -> None:
        """Whether the actions at the foot are there."""
        self._foot.setVisible(shown)
