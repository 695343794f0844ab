"""A list on paper: one line a row, headings on every page, page numbers. Painted, so that a text is only ever a text.

`ListPrint` paints a page at a time, so that a caller can show progress and stop. Safe in a lane.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPagedPaintDevice, QPainter

from .fonts import print_font
from .marking import paint_mark
from .values import safe_text

_TITLE, _HEAD, _BODY, _SMALL = 14.0, 9.0, 9.0, 8.0
_RULE = QColor("#9AA5B1")


class PrintColumn(Struct, frozen=True):
    """A column: its title, and its share of the width."""

    title: str
    share: int


class ListPrint:
    """One print job. ``pages`` is known at once; call ``paint_next`` until it answers False, then ``finish``."""

    def __init__(
        self,
        device: QPagedPaintDevice,
        *,
        title: str,
        about: str,
        columns: Sequence[PrintColumn],
        rows: Sequence[Sequence[str]],
        footer: str,
        page_words: str,
        mark: str = "",
    ) -> None:
        """``page_words`` has the gaps {page} and {pages}; ``mark`` stands faintly across each page."""
        self._device = device
        self._title, self._about = safe_text(title), safe_text(about)
        self._columns = tuple(columns)
        self._rows = rows
        self._mark = mark
        self._footer, self._page_words = safe_text(footer), page_words
        self._painter = QPainter(device)
        self._room = device.pageLayout().paintRectPixels(device.logicalDpiX())
        self._room.moveTo(0, 0)
        self._body = print_font(_BODY)
        self._line = round(self._metrics(self._body).lineSpacing() * 1.55)
        self._next = 0
        self._page = 0
        self.pages = self._count_pages()

    def paint_next(self) -> bool:
        """Paint one page; False when that was the last."""
        if self._page:
            self._device.newPage()
        self._page += 1
        paint_mark(self._painter, self._room, self._mark)
        y = self._paint_top()
        for row in self._rows[self._next : self._next + self._fitting(y)]:
            self._paint_row(row, y, self._body)
            y += self._line
            self._next += 1
        self._paint_foot()
        return self._next < len(self._rows)

    def finish(self) -> None:
        """Close the job."""
        self._painter.end()

    def _metrics(self, font: QFont) -> QFontMetrics:
        return QFontMetrics(font, self._device)

    def _top_height(self, page: int) -> int:
        first = self._metrics(print_font(_TITLE, bold=True)).lineSpacing() * 2
        return (first if page == 1 else 0) + self._line

    def _fitting(self, y: int) -> int:
        """Rows that fit below ``y``, the footer's line kept free."""
        return max(1, (self._room.height() - y - 2 * self._line) // self._line)

    def _count_pages(self) -> int:
        left = len(self._rows) - self._fitting(self._top_height(1))
        each = self._fitting(self._top_height(2))
        return 1 + max(0, -(-left // each))

    def _paint_top(self) -> int:
        y = 0
        if self._page == 1:
            title = print_font(_TITLE, bold=True)
            metrics = self._metrics(title)
            self._painter.setFont(title)
            self._text(QRect(0, 0, self._room.width(), metrics.lineSpacing()), self._title, metrics)
            small = print_font(_SMALL)
            self._painter.setFont(small)
            place = QRect(0, metrics.lineSpacing(), self._room.width(), metrics.lineSpacing())
            self._text(place, self._about, self._metrics(small))
            y = metrics.lineSpacing() * 2
        head = print_font(_HEAD, bold=True)
        self._paint_row([column.title for column in self._columns], y, head)
        y += self._line
        self._rule(y)
        return y

    def _paint_row(self, cells: Sequence[str], y: int, font: QFont) -> None:
        self._painter.setFont(font)
        metrics = self._metrics(font)
        whole = sum(column.share for column in self._columns)
        gap = metrics.averageCharWidth()
        x = 0
        for column, text in zip(self._columns, cells, strict=True):
            width = self._room.width() * column.share // whole
            self._text(QRect(x, y, width - gap, self._line), safe_text(text).replace("\n", " "), metrics)
            x += width

    def _paint_foot(self) -> None:
        small = print_font(_SMALL)
        metrics = self._metrics(small)
        y = self._room.height() - self._line
        self._rule(y)
        self._painter.setFont(small)
        place = QRect(0, y, self._room.width(), self._line)
        self._text(place, self._footer, metrics)
        words = self._page_words.format(page=self._page, pages=self.pages)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._painter.drawText(place, right | int(Qt.TextFlag.TextSingleLine), words)

    def _rule(self, y: int) -> None:
        self._painter.fillRect(0, y, self._room.width(), max(1, self._device.logicalDpiX() // 150), _RULE)

    def _text(self, place: QRect, text: str, metrics: QFontMetrics) -> None:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, place.width())
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._painter.drawText(place, left | int(Qt.TextFlag.TextSingleLine), shown)
