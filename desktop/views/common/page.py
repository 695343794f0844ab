"""The base of every page: a title row, a toolbar, a body, and the five states in which there is no body.

A page owns its connections (`listen`) and lets go of them in `release`. It refreshes only while it is seen: a hidden
page that hears of a change calls `set_stale()` and `refresh()` runs when it is shown again. Must not know any
particular page, nor run a query.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, Literal

from PySide6.QtCore import Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from desktop.views.common import theme
from desktop.views.common.states import StateView
from desktop.views.common.text import PlainLabel

PageState = Literal["ready", "empty", "loading", "error", "offline", "denied"]
_LOOK: Final[dict[str, tuple[str, str]]] = {
    "empty": ("inbox", "secondary"),
    "error": ("circle-alert", "overdue"),
    "offline": ("cloud-off", "secondary"),
    "denied": ("lock", "secondary"),
}


class Page(QWidget):
    """Derive, fill `body` and `toolbar`, override `refresh`."""

    #: The button of a state was pressed: the state's name.
    state_acted = Signal(str)

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._connections: list[tuple[SignalInstance, Callable[..., Any]]] = []
        self._stale = True
        self._state: PageState = "ready"
        self._heading = PlainLabel(title, kind="title")
        self._count = PlainLabel(kind="number")
        self._count.hide()
        self.notices = QVBoxLayout()
        self.notices.setContentsMargins(12, 0, 12, 8)
        self.notices.setSpacing(4)
        self.toolbar = QHBoxLayout()
        self.toolbar.setSpacing(4)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(16, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(self._heading, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addLayout(self.toolbar)
        self._body = QWidget()
        self.body = QVBoxLayout(self._body)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._view = StateView()
        self._view.acted.connect(self._state_pressed)
        self._skeleton = Skeleton()
        below = QWidget()
        self._stack = QStackedLayout(below)
        for widget in (self._body, self._view, self._skeleton):
            self._stack.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addLayout(self.notices)
        whole.addWidget(below, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._refresh_if_seen)
        self.set_title(title)

    # -- head --------------------------------------------------------------------------------------------------

    def set_title(self, title: str) -> None:
        """The page's name, 15 semibold; "" leaves the title row away."""
        self._heading.setText(title)
        self.setAccessibleName(self._heading.text())
        self._head.setVisible(bool(title))

    def title(self) -> str:
        """The name shown."""
        return self._heading.text()

    def set_count(self, count: int | None) -> None:
        """The one number that matters, 20 semibold; None for none."""
        self._count.setText("" if count is None else f"{count:,}")
        self._count.setVisible(count is not None)

    # -- states ------------------------------------------------------------------------------------------------

    def show_state(self, state: PageState, title: str = "", sentence: str = "", action: str = "") -> None:
        """Show the body ("ready"), skeleton rows ("loading"), or words with at most one button."""
        self._state = state
        if state == "ready":
            self._stack.setCurrentWidget(self._body)
        elif state == "loading":
            self._stack.setCurrentWidget(self._skeleton)
        else:
            icon, tone = _LOOK[state]
            self._view.set_state(title or self._default_title(state), sentence, action, icon, tone)
            self._stack.setCurrentWidget(self._view)

    def _default_title(self, state: PageState) -> str:
        words = {
            "empty": self.tr("Nothing here"),
            "error": self.tr("This could not be loaded"),
            "offline": self.tr("This needs a connection"),
            "denied": self.tr("You have no permission for this"),
        }
        return words.get(state, "")

    def state(self) -> PageState:
        """Which state is shown."""
        return self._state

    def _state_pressed(self) -> None:
        self.state_acted.emit(self._state)

    # -- places ------------------------------------------------------------------------------------------------

    def place(self) -> dict[str, str]:
        """Where the person is on this page: ids and codes, no text. For :meth:`return_to` of another page like it."""
        return {}

    def return_to(self, place: dict[str, str]) -> None:
        """Go where :meth:`place` said; what is not there any more is passed over. Half-written forms come from their
        drafts."""

    # -- life --------------------------------------------------------------------------------------------------

    def listen(self, signal: SignalInstance, slot: Callable[..., Any]) -> None:
        """Connect for the life of the page. `slot` is a bound method of a QObject."""
        signal.connect(slot)
        self._connections.append((signal, slot))

    def release(self) -> None:
        """Let go of every connection made with `listen`; the page is about to be closed."""
        self._soon.stop()
        for signal, slot in self._connections:
            signal.disconnect(slot)
        self._connections = []

    def set_stale(self) -> None:
        """What the page shows may be old: refresh now if it is seen, when it is shown otherwise."""
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def is_stale(self) -> bool:
        """Whether a refresh is due."""
        return self._stale

    def refresh(self) -> None:
        """Ask again for what the page shows. Overridden by pages; called when shown stale."""

    def _refresh_if_seen(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._soon.stop()


class Skeleton(QWidget):
    """Quiet bars in the place of rows that are on their way. Still: nothing blinks."""

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(now.color("skeleton"))
        step, high = now.row_height, now.px(10)
        room = max(40, self.width() - 48)
        for row in range(self.height() // step):
            y = row * step + (step - high) // 2
            share = 0.35 + (row * 37 % 50) / 100
            painter.drawEllipse(20, y, high, high)
            painter.drawRoundedRect(20 + 2 * high, y, int(room * share), high, high / 2, high / 2)
