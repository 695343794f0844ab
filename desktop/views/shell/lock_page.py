"""The page before a locked desk: why it is locked, and how whoever sits here shows that it is theirs.

It names no person and no case. Asks by signals, and forgets a password as soon as it has been handed over.
"""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop.views.common.buttons import Button
from desktop.views.common.text import PlainLabel

from .card_page import CardPage, buttons

Reason = Literal["asked", "idle", "system", "sleep", "restart", "absent", "doubtful"]
Way = Literal["passphrase", "system", "sign_in", "open"]
"""What opens it: the store's passphrase, the password of the computer's account, the city's sign-in, or a click (a
sample city, where nobody signs in)."""


class LockPage(CardPage):
    """``secret_given`` carries what was typed, "" for a click; ``browser_asked`` wants the city's sign-in instead."""

    secret_given = Signal(str)
    browser_asked = Signal()
    cancel_asked = Signal()

    def __init__(
        self, reason: Reason, way: Way, *, closed: bool, browser: bool = True, parent: QWidget | None = None
    ) -> None:
        """``closed``: the store is closed as well. ``browser``: signing in is offered beside the password."""
        super().__init__(parent, width=480)
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setProperty("kind", "window")
        self.reason: Reason = reason
        self.way: Way = way
        self.closed = closed
        self.waiting = False
        """Whether the browser is being waited for."""
        self._browser = browser and way != "open"
        self.secret = _secret_line()
        self.trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        self.unlock = Button("", kind="primary")
        self.browser = Button("", kind="link")
        self._build()

    def show_busy(self, words: str = "") -> None:
        """Something is being asked; the field waits."""
        self.secret.setEnabled(False)
        self.unlock.setEnabled(False)
        self._say(words)

    def show_trouble(self, words: str) -> None:
        """It did not open, for this reason; "" takes it away."""
        self.secret.setEnabled(True)
        self.unlock.setEnabled(True)
        self._say(words)
        self.take_focus()

    def show_waiting(self, link: str = "") -> None:
        """The browser has been opened; ``link`` where it could not be."""
        self.waiting = True
        column = self.turn("external-link", "accent", self.tr("Go on in the browser"))
        words = self.tr(
            "A page of your city's server has been opened. This window goes on by itself afterwards."
        )
        column.addWidget(PlainLabel(words, tone="secondary", wrap=True))
        if link:
            told = self.tr("No browser could be opened. Open this address yourself:")
            column.addWidget(PlainLabel(told, kind="small", tone="secondary", wrap=True))
            column.addWidget(PlainLabel(link, kind="small", wrap=True, selectable=True))
        column.addLayout(buttons(Button(self.tr("Cancel the sign-in"), on=self.cancel_asked.emit)))

    def show_lock(self, trouble: str = "") -> None:
        """Back from the browser, without a sign-in."""
        self.secret, self.trouble = _secret_line(), PlainLabel(kind="small", tone="overdue", wrap=True)
        self.unlock, self.browser = Button("", kind="primary"), Button("", kind="link")
        self.waiting = False
        self._build()
        self._say(trouble)
        self.take_focus()

    def take_focus(self) -> None:
        """The keyboard to where something is typed."""
        asks = self.way in ("passphrase", "system")
        (self.secret if asks else self.unlock).setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.take_focus()

    def _build(self) -> None:
        column = self.turn("lock", "accent", self._title())
        column.addWidget(PlainLabel(self._why(), wrap=True))
        if self._behind():
            column.addWidget(PlainLabel(self._behind(), tone="secondary", wrap=True))
        if self.way in ("passphrase", "system"):
            self._add_secret(column)
        elif self.way == "sign_in":
            self.unlock.setText(self.tr("Sign in with the browser"))
            self.unlock.clicked.connect(self.browser_asked)
            column.addWidget(self.trouble)
            column.addLayout(buttons(self.unlock))
        else:
            self.unlock.setText(self.tr("Open again"))
            self.unlock.clicked.connect(self._give)
            column.addWidget(self.trouble)
            column.addLayout(buttons(self.unlock))
        self.trouble.hide()

    def _add_secret(self, column: QVBoxLayout) -> None:
        name = (
            self.tr("Passphrase")
            if self.way == "passphrase"
            else self.tr("Password of your account on this computer")
        )
        column.addWidget(PlainLabel(name, kind="small", tone="secondary"))
        self.secret.setAccessibleName(name)
        self.secret.returnPressed.connect(self._give)
        column.addWidget(self.secret)
        column.addWidget(self.trouble)
        self.unlock.setText(self.tr("Unlock"))
        self.unlock.clicked.connect(self._give)
        line = buttons(self.unlock)
        if self._browser:
            self.browser.setText(self.tr("Sign in with the browser instead"))
            self.browser.clicked.connect(self.browser_asked)
            line.insertWidget(1, self.browser)
        column.addLayout(line)

    def _title(self) -> str:
        if self.reason == "absent":
            return self.tr("This desk has been away from its server for two weeks")
        if self.reason == "doubtful":
            return self.tr("This desk has to hear from its server once")
        return self.tr("This desk is locked")

    def _why(self) -> str:
        return {
            "asked": self.tr("You have locked it."),
            "idle": self.tr("Nobody has worked at it for a while."),
            "system": self.tr("The screen of this computer was locked."),
            "sleep": self.tr("This computer went to sleep."),
            "restart": self.tr("It was locked when the program ended."),
            "absent": self.tr(
                "After fourteen days without the server it stays locked until you sign in to your city's server again."
            ),
            "doubtful": self.tr(
                "The clock of this computer was set, or the desk has not been open for more than a day. It opens by "
                "itself as soon as the server answers, or when you sign in."
            ),
        }[self.reason]

    def _behind(self) -> str:
        if self.reason in ("absent", "doubtful"):
            return self.tr("Nothing has been deleted: your work and your drafts are in the locked store.")
        if self.closed:
            return self.tr(
                "The store is closed. What you had begun to write is kept in it, and comes back with the page you left."
            )
        if self.way == "open":
            return self.tr("Sample city: nobody signs in here, so nothing is asked.")
        return self.tr("Everything stands behind this page as you left it.")

    def _say(self, words: str) -> None:
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def _give(self) -> None:
        secret = self.secret.text()
        if not secret and self.way != "open":
            return
        self.secret.clear()
        self.secret_given.emit(secret)


def _secret_line() -> QLineEdit:
    line = QLineEdit()
    line.setEchoMode(QLineEdit.EchoMode.Password)
    return line
