"""The program's sign in the system's tray, where there is one: it tells in one notice what came, and leads to it.

Texts are our own words, numbers of cases and counts, never anything from outside: a notification lies open on a locked
screen, and some systems render it. Without a tray nothing is shown; the window's own counts stay.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from desktop.models.domain.tidings import Tidings
from desktop.views.common.icons import icon

_SHOWN_MS = 10_000


class Tray(QObject):
    """``opened`` carries the queue that the last notice spoke of, "" where there was none."""

    opened = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = ""
        self.sign: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.sign = QSystemTrayIcon(icon("bell-ring"), self)
            self.sign.setToolTip(self.tr("Supervision Desk"))
            self.sign.activated.connect(self._open)
            self.sign.messageClicked.connect(self._open)
            self.sign.show()

    def tell(self, tidings: Tidings) -> None:
        """One notice of all that came."""
        self._queue = tidings.queue
        if self.sign is not None:
            title, words = self.tr("Supervision Desk"), self.words_of(tidings)
            self.sign.showMessage(title, words, QSystemTrayIcon.MessageIcon.Information, _SHOWN_MS)

    def words_of(self, tidings: Tidings) -> str:
        """ "2 cases newly escalated · 1 answer to you", and the number where it is one case alone."""
        parts = []
        if tidings.booked:
            parts.append(self.tr("%n promised call(s) within ten minutes", "", tidings.booked))
        if tidings.escalated:
            parts.append(self.tr("%n case(s) newly escalated", "", tidings.escalated))
        if tidings.answered:
            parts.append(self.tr("%n answer(s) to your supervision", "", tidings.answered))
        if tidings.due:
            parts.append(self.tr("%n case(s) due within the hour", "", tidings.due))
        words = " · ".join(parts)
        return f"{tidings.number}: {words}" if tidings.number else words

    def close(self) -> None:
        """Take the sign away."""
        if self.sign is not None:
            self.sign.hide()

    def _open(self) -> None:
        self.opened.emit(self._queue)
