"""The question before a sign-out with unsent work: what there is, in words, and three ways. The desk behind it goes on.

A panel over the page, not a dialog: nothing waits for its answer. Asks by signals.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.services.queries.unsent import Unsent
from desktop.views.common import theme
from desktop.views.common.buttons import Button
from desktop.views.common.text import PlainLabel

from .card_page import buttons

_WIDTH = 620


class SignOutPanel(QFrame):
    """``send_asked``: send it first. ``seal_asked``: keep it locked on this machine for the next sign-in."""

    send_asked = Signal()
    seal_asked = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme.current().px(_WIDTH))
        self.title = PlainLabel(
            self.tr("Sign out with work that has not been sent?"), kind="title", wrap=True
        )
        self.what = PlainLabel(wrap=True)
        self.seal_words = PlainLabel(
            self.tr(
                "Kept: it stays on this machine, encrypted, and can only be opened once you have signed in here again. "
                "Nobody receives it until then."
            ),
            tone="secondary",
            wrap=True,
        )
        self.standing = PlainLabel(kind="small", tone="due_soon", wrap=True)
        self.send = Button(self.tr("Send now, then sign out"), kind="primary", on=self.send_asked.emit)
        self.seal = Button(self.tr("Keep it locked and sign out"), on=self.seal_asked.emit)
        self.cancel = Button(self.tr("Cancel"), hint="Esc", on=self.close_panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(12)
        for widget in (self.title, self.what, self.seal_words, self.standing):
            column.addWidget(widget)
        column.addLayout(buttons(self.send, self.seal, self.cancel))
        self.setAccessibleName(self.title.text())
        self.standing.hide()
        self.hide()

    def show_unsent(self, unsent: Unsent, *, online: bool) -> None:
        """What there is now, and whether it can be sent."""
        lines = []
        if unsent.waiting:
            lines.append(self.tr("%n entry(ies) not sent yet", "", unsent.waiting))
        if unsent.to_settle:
            lines.append(
                self.tr("%n entry(ies) that need you: refused, or in conflict", "", unsent.to_settle)
            )
        if unsent.files:
            lines.append(self.tr("%n file(s) on their way", "", unsent.files))
        if unsent.acts:
            lines.append(self.tr("%n export(s), print(s) or copy(ies) to be written down", "", unsent.acts))
        if unsent.drafts:
            lines.append(self.tr("%n half-written form(s)", "", unsent.drafts))
        self.what.setText("\n".join(lines))
        if not online:
            self.send.set_reason(self.tr("The server cannot be reached now."))
        elif not unsent.sendable:
            self.send.set_reason(self.tr("What is left waits for you, not for the network."))
        else:
            self.send.set_reason("")
        self._fit()

    def show_sending(self, words: str) -> None:
        """How the sending stands; "" takes it away."""
        self.standing.setText(words)
        self.standing.setVisible(bool(words))
        self._fit()

    def open_over(self) -> None:
        """Show it over the page; the focus goes to it."""
        self.show()
        self.raise_()
        self._fit()
        (self.send if self.send.isEnabled() else self.seal).setFocus(Qt.FocusReason.OtherFocusReason)

    def close_panel(self) -> None:
        """The person stays."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def place(self) -> None:
        """In the upper middle of what it lies over."""
        over = self.parentWidget()
        if over is not None:
            self.move((over.width() - self.width()) // 2, max(24, (over.height() - self.height()) // 3))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        self.place()
