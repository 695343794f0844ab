"""A text with what was added to it and taken from it marked, read-only and plain: added underlined, removed struck out.

Marks are line and colour together, and are told to a screen reader in words. Must not reckon differences itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.models.domain.differences import Piece
from desktop.views.common import theme
from desktop.views.common.text import PlainText, plain

_LIMIT = 20_000


class DifferenceText(PlainText):
    """`set_pieces` shows a text by its pieces; it grows with them up to `most` lines and scrolls beyond."""

    def __init__(self, name: str, parent: QWidget | None = None, *, least: int = 3, most: int = 10) -> None:
        super().__init__("", parent)
        self._least, self._most = least, most
        self._pieces: tuple[Piece, ...] = ()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(plain(name, single_line=True))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.bus().changed.connect(self._paint_pieces)
        self._fit()

    def set_pieces(self, pieces: Sequence[Piece]) -> None:
        """Show these pieces; removed ones are shown struck out where they stood."""
        if tuple(pieces) == self._pieces:
            return
        self._pieces = tuple(pieces)
        self._paint_pieces()

    def pieces(self) -> tuple[Piece, ...]:
        """What is shown."""
        return self._pieces

    def _paint_pieces(self) -> None:
        self.clear()
        cursor = self.textCursor()
        for piece in self._pieces:
            cursor.insertText(plain(piece.text, _LIMIT), _format(piece.kind))
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        self.setAccessibleDescription(self._said())
        self._fit()

    def _said(self) -> str:
        """The changes in words, for who cannot see the marks."""
        added = self.tr("added: {text}")
        removed = self.tr("removed: {text}")
        words = {"added": added, "removed": removed}
        told = [
            words[piece.kind].format(text=plain(piece.text, 200, single_line=True))
            for piece in self._pieces
            if piece.kind != "same"
        ]
        return "; ".join(told[:12])

    def _fit(self) -> None:
        lines = round(self.document().documentLayout().documentSize().height())
        shown = min(max(lines, self._least), self._most)
        scrolls = lines > self._most
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if scrolls else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        self.setFixedHeight(shown * theme.current().metrics("body").lineSpacing() + theme.current().px(4))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls itself only when there is something to scroll, else the page."""
        if self.verticalScrollBar().maximum():
            super().wheelEvent(event)
        else:
            event.ignore()


def _format(kind: str) -> QTextCharFormat:
    now = theme.current()
    shape = QTextCharFormat()
    shape.setForeground(now.color("text"))
    if kind == "added":
        shape.setBackground(now.color("fine_soft"))
        shape.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        shape.setUnderlineColor(now.color("fine"))
    elif kind == "removed":
        shape.setForeground(now.color("overdue"))
        shape.setBackground(now.color("overdue_soft"))
        shape.setFontStrikeOut(True)
    return shape
