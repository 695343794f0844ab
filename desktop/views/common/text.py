"""The one place where text from outside is cleaned, painted and held. Everything is plain text, always.

A citizen's words may hold markup, bidirectional overrides, control characters, lone surrogates or a megabyte without
a break. `plain()` makes any of that harmless; the widgets here call it themselves. Must not interpret text in any
way (no links, no markup, no mnemonics). A lint forbids QLabel, QMessageBox and setToolTip with such text elsewhere.
"""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QCoreApplication, QMargins, QMimeData, QRect, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QPlainTextEdit, QSizePolicy, QWidget

from desktop.models.domain.harmless import harmless, one_line
from desktop.views.common import clipboard, theme, tokens

LABEL_LIMIT: Final = 4_000
TOOLTIP_LIMIT: Final = 600
MENU_LIMIT: Final = 80
VIEW_LIMIT: Final = 2_000_000
#: What is laid out before somebody asks for all of it; a page of text takes a few milliseconds, twenty take a second.
_LAID_OUT: Final = 1_500
_LINES: Final = 120
_PIECE: Final = 60_000
_MOST_FITS: Final = 3
#: A block of QPlainTextEdit longer than this is laid out noticeably slowly, so longer lines are folded.
_FOLD: Final = 2_000
_FOLD_MARK: Final = "\u200b\n"

# A word wider than a narrow panel, which QLabel would not break.
_ENDLESS: Final = re.compile(r"[!-~\u00a1-\u02ff\uff01-\uff5e]{33,}")


def plain(text: str, limit: int = LABEL_LIMIT, *, single_line: bool = False) -> str:
    """The text without anything that could hide, reorder or break out; cut at `limit` characters with an ellipsis.

    Line feeds stay unless `single_line`, which turns runs of them and of tabs into one space.
    """
    if len(text) > limit:
        text = text[: max(0, limit - 1)] + "…"
    return one_line(text) if single_line else harmless(text)


def menu_text(text: str, limit: int = MENU_LIMIT) -> str:
    """The text for a menu, a tab or a title: on one line, short, and "&" is a letter and no key."""
    return plain(text, limit, single_line=True).replace("&", "&&")


def elided(
    metrics: QFontMetrics, text: str, width: int, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
) -> str:
    """The cleaned text, on one line, shortened with an ellipsis to `width` pixels."""
    # Nothing narrower than two pixels a character is legible: what cannot fit need not be measured.
    cleaned = plain(text, max(8, width // 2), single_line=True)
    return metrics.elidedText(cleaned, mode, width)


def elide(
    painter: QPainter,
    rect: QRect,
    text: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
) -> None:
    """Draw the text on one line in `rect` with the painter's font and pen, with an ellipsis if it is too long."""
    shown = elided(painter.fontMetrics(), text, rect.width())
    painter.drawText(rect, int(align) | int(Qt.TextFlag.TextSingleLine), shown)


def set_plain_tooltip(widget: QWidget, text: str) -> None:
    """Give the widget a tooltip that shows the text literally, bounded, wrapped; "" removes it."""
    widget.setToolTip(plain_tooltip(text))


def plain_tooltip(text: str) -> str:
    """The text as a QToolTip must be given it: escaped inside markup of our own; "" for ""."""
    cleaned = plain(text, TOOLTIP_LIMIT)
    if not cleaned:
        return ""
    import html  # its table of entities costs as much as this module

    return f'<div style="white-space: pre-wrap">{html.escape(cleaned)}</div>'


class PlainLabel(QLabel):
    """A label that shows text literally.

    `elide` (the default) keeps one line and shows the whole in a tooltip; `wrap` breaks lines, at most 44 Chinese
    characters each; `selectable` lets text be marked and copied. `tone` is a text or light role, `kind` a step of
    the type scale ("body", "strong", "small", "title", "number", "pill").
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        kind: str = "body",
        tone: str = "text",
        wrap: bool = False,
        selectable: bool = False,
        limit: int = LABEL_LIMIT,
    ) -> None:
        super().__init__(parent)
        self._whole = ""
        self._left_out = 0
        self._fitting = False
        self._limit = limit
        self._kind = kind
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            self.setCursor(Qt.CursorShape.IBeamCursor)
        horizontal = QSizePolicy.Policy.Preferred if wrap or selectable else QSizePolicy.Policy.Maximum
        policy = QSizePolicy(horizontal, QSizePolicy.Policy.Preferred, QSizePolicy.ControlType.Label)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        self._fit_measure()
        theme.bus().changed.connect(self._fit_measure)
        self.setText(text)

    def setText(self, text: str) -> None:
        self._whole = plain(text, self._limit, single_line=not self.wordWrap())
        self._left_out = 0
        if not self.wordWrap():
            super().setText(self._whole[:LABEL_LIMIT])
        else:
            first = _beginning(self._whole)
            self._left_out = len(self._whole) - len(first)
            super().setText(_ENDLESS.sub(_breakable, first + self._rest_words()))
        self._tell_when_cut()

    def show_all(self) -> None:
        """Lay out the rest of a long text as well."""
        if self._left_out:
            self._left_out = 0
            super().setText(_ENDLESS.sub(_breakable, self._whole))

    def left_out(self) -> int:
        """How many characters are not laid out until somebody clicks."""
        return self._left_out

    def _rest_words(self) -> str:
        if not self._left_out:
            return ""
        words = QCoreApplication.translate("PlainText", "… {count} more characters; click here to show all")
        return "\n" + words.format(count=f"{self._left_out:,}")

    def text(self) -> str:
        """The cleaned text, whole even when it is drawn with an ellipsis."""
        return self._whole

    def set_tone(self, tone: str) -> None:
        """Colour the text by another role."""
        theme.set_role(self, "tone", tone)

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self.wordWrap():
            # Our margins give way to a word that cannot be broken: were they asked for as well, a wider label would
            # have wider margins, ask for more, get it from what scrolls around it, and so on without an end.
            margins = self.contentsMargins()
            return QSize(hint.width() - margins.left() - margins.right(), hint.height())
        return QSize(min(hint.width(), self.fontMetrics().horizontalAdvance("国…")), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_measure()
        self._tell_when_cut()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_cut():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setFont(self.font())
        elide(painter, self.contentsRect(), self._whole, Qt.AlignmentFlag(int(self.alignment())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
        elif self._left_out and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.show_all()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.hasSelectedText():
            _copy_menu(self).popup(event.globalPos())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.hasSelectedText() and event.button() == Qt.MouseButton.LeftButton and not event.modifiers():
            self.setSelection(0, 0)  # a press on marked text would begin to drag it out of the program
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        clipboard.forget_marked()
        if self._left_out and not self.hasSelectedText():
            self.show_all()

    def copy(self) -> None:
        """Copy what is marked."""
        clipboard.copy_out(self, self.selectedText().replace("\u2029", "\n").replace("\u200b", ""))

    def _is_cut(self) -> bool:
        if self.wordWrap() or self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            return False
        return self.fontMetrics().horizontalAdvance(self._whole) > self.contentsRect().width()

    def _tell_when_cut(self) -> None:
        if not self.wordWrap():
            set_plain_tooltip(self, self._whole if self._whole and self._is_cut() else "")

    def _measure(self) -> int:
        """The greatest width of a line of running text."""
        return self.fontMetrics().horizontalAdvance("国") * tokens.MEASURE

    def _fit_measure(self) -> None:
        """Keep lines within the measure by margins, so that the label itself may be as wide as its column.

        Other margins may make the layout give it another width at once, which would come back here: without an end,
        where a very long word makes the two widths call for each other.
        """
        if not self.wordWrap() or self._fitting:
            return
        self._fitting = True
        try:
            for _ in range(_MOST_FITS):
                spare = max(0, self.width() - self._measure())
                centred = bool(self.alignment() & Qt.AlignmentFlag.AlignHCenter)
                left = spare // 2 if centred else 0
                wanted = QMargins(left, 0, spare - left, 0)
                if self.contentsMargins() == wanted:
                    return
                self.setContentsMargins(wanted)
        finally:
            self._fitting = False

    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return super().heightForWidth(width)
        margins = self.contentsMargins()
        return super().heightForWidth(min(width, self._measure()) + margins.left() + margins.right())


class PlainText(QPlainTextEdit):
    """A read-only view of long text from outside: selectable, searchable by the keyboard, quick on endless lines.

    Lines longer than 2,000 characters are folded for the layout's sake; a copy has them whole again. A long text is
    laid out piece by piece, as it is scrolled. Text past `limit` is left out and the last line says how much.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None, *, limit: int = VIEW_LIMIT) -> None:
        super().__init__(parent)
        self._limit = limit
        self.setProperty("kind", "view")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.document().setDocumentMargin(0)
        self._rest = self._end = ""
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show another text, from its beginning."""
        left_out = len(text) - self._limit
        self._rest = text[: self._limit]
        self._end = ""
        if left_out > 0:
            note = self.tr("… {count} more characters are not shown").format(count=f"{left_out:,}")
            self._end = f"\n{note}"
        self.setPlainText("")
        self._add_piece()

    def show_all(self) -> None:
        """Lay out what has not been scrolled to yet."""
        while self._rest:
            self._add_piece()

    def whole_text(self) -> str:
        """The text without the folds."""
        self.show_all()
        return self.toPlainText().replace(_FOLD_MARK, "")

    def _add_piece(self) -> None:
        piece, self._rest = self._rest[:_PIECE], self._rest[_PIECE:]
        shown = harmless(piece)
        if any(len(line) > _FOLD for line in shown.split("\n")):
            shown = "\n".join(_folded(line) for line in shown.split("\n"))
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText(shown + ("" if self._rest else self._end))

    def _scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if self._rest and value >= bar.maximum() - bar.pageStep():
            self._add_piece()

    def copy(self) -> None:
        """Copy what is marked, without the folds."""
        marked = self.textCursor().selectedText().replace("\u2029", "\n")
        clipboard.copy_out(self, marked.replace(_FOLD_MARK, ""))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
            return
        if event.matches(QKeySequence.StandardKey.SelectAll) or event.key() == Qt.Key.Key_End:
            self.show_all()
        super().keyPressEvent(event)

    def selectAll(self) -> None:
        self.show_all()
        super().selectAll()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.textCursor().hasSelection():
            _copy_menu(self).popup(event.globalPos())

    def createMimeDataFromSelection(self) -> QMimeData:
        """Nothing: Qt asks for it when marked text is dragged out or put at the middle button's disposal."""
        return QMimeData()


def _copy_menu(shown: PlainLabel | PlainText) -> QMenu:
    menu = QMenu(shown)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(QCoreApplication.translate("PlainText", "Copy")).triggered.connect(shown.copy)
    return menu


def _beginning(text: str) -> str:
    """As much of a text as is laid out at once."""
    first = text if len(text) <= _LAID_OUT else text[:_LAID_OUT]
    if first.count("\n") > _LINES:
        first = "\n".join(first.split("\n", _LINES)[:_LINES])
    return first


def _breakable(match: re.Match[str]) -> str:
    word = match.group()
    return "\u200b".join(word[i : i + 16] for i in range(0, len(word), 16))


def _folded(line: str) -> str:
    if len(line) <= _FOLD:
        return line
    return _FOLD_MARK.join(line[i : i + _FOLD] for i in range(0, len(line), _FOLD))
