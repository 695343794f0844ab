"""The bars about the connection that a person should not have to look for: a wrong clock, an expired sign-in, an
outdated program, a network that wants a sign-in of its own.

What passes by itself (offline, maintenance) stays in the status bar. Each bar goes when its cause has gone; one that
was dismissed comes back only with a new cause. Must not be modal and refuses nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.services.background.connection import Connection

from .connection_words import DEVICE_HELD, ConnectionWords
from .notices import Notices

_KEYS = {
    "sign_in_expired": "sign-in",
    "signed_out": "sign-in",
    "client_too_old": "too-old",
    "captive_portal": "portal",
}


class ConnectionBanners(QObject):
    """Puts the bars into ``notices``."""

    sign_in_asked = Signal()
    why_asked = Signal()

    def __init__(self, notices: Notices, words: ConnectionWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._say = words
        self._standing = ""
        self._skew = ""

    def show_connection(self, connection: Connection) -> None:
        """What holds now."""
        self._show_skew(self._say.skew(connection.skew))
        key = _KEYS.get(connection.state, "")
        cause = f"{key}:{connection.reason}" if key else ""
        if cause == self._standing:
            return
        if self._standing:
            self._notices.withdraw(self._standing.partition(":")[0])
        self._standing = cause
        words = " ".join(filter(None, (self._say.happened(connection), self._say.held_back(connection))))
        if key == "sign-in" and connection.reason not in DEVICE_HELD:
            self._notices.tell(
                key, words, "warn", action=self.tr("Sign in again"), on=self.sign_in_asked.emit
            )
        elif key:
            self._notices.tell(key, words, "warn", action=self.tr("What to do"), on=self.why_asked.emit)

    def _show_skew(self, words: str) -> None:
        if words == self._skew:
            return
        before, self._skew = self._skew, words
        if not words:
            self._notices.withdraw("skew")
        elif not before or self._notices.stands("skew"):
            self._notices.tell("skew", words, "warn")
