"""The page of a desk that was wiped by order of its office: what was destroyed, what became of unsent work."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.views.common.buttons import Button
from desktop.views.common.text import PlainLabel

from .card_page import CardPage, buttons


class WipedPage(CardPage):
    """``sign_in_asked``: begin anew, as far as the office lets this machine."""

    sign_in_asked = Signal()

    def __init__(self, *, unsent: int, sealed: str, left: str = "", parent: QWidget | None = None) -> None:
        """``unsent`` entries and drafts were not sent; ``sealed`` is the file they lie in for the city, "" for none.
        ``left``: a file that the system did not let us delete, unreadable without the key that is gone."""
        super().__init__(parent)
        column = self.turn("lock", "overdue", self.tr("This desk has been wiped"))
        words = self.tr(
            "Your office has withdrawn this device. The key was destroyed first, then the files; nothing of a case "
            "can be read on this machine any more."
        )
        column.addWidget(PlainLabel(words, wrap=True))
        if unsent and sealed:
            kept = self.tr(
                "%n entry(ies) and drafts had not been sent. They were sealed for the city: only your office can open "
                "this file. Hand it to your administrator.",
                "",
                unsent,
            )
            column.addWidget(PlainLabel(kept, wrap=True))
            column.addWidget(PlainLabel(sealed, kind="small", wrap=True, selectable=True))
        elif unsent:
            lost = self.tr(
                "%n entry(ies) and drafts had not been sent. Your city has named no recovery key, so they are gone.",
                "",
                unsent,
            )
            column.addWidget(PlainLabel(lost, tone="overdue", wrap=True))
        if left:
            told = self.tr("This file could not be deleted; without its key nobody can read it:")
            column.addWidget(PlainLabel(told, kind="small", tone="secondary", wrap=True))
            column.addWidget(PlainLabel(left, kind="small", wrap=True, selectable=True))
        ask = self.tr("If this is a mistake, ask your office; it can let the device in again.")
        column.addWidget(PlainLabel(ask, tone="secondary", wrap=True))
        column.addLayout(
            buttons(Button(self.tr("To the sign-in"), kind="primary", on=self.sign_in_asked.emit))
        )
