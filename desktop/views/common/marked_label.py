"""A label of running text that marks what was searched for, on a coloured ground behind the letters.

The text itself stays plain: the marks are painted before it, at the places where a layout like the label's own has the
letters. Must not interpret the text, nor decide what is a hit: it is given folded words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextDocument, QTextLine, QTextOption
from PySide6.QtWidgets import QLabel

from desktop.models.domain.search_text import hit_ranges
from desktop.views.common import theme
from desktop.views.common.text import PlainLabel

HIT_ALPHA = 64
"""Of 255: seen at a glance, and the letters on it keep their contrast in light and dark."""


class MarkedLabel(PlainLabel):
    """A wrapping PlainLabel; :meth:`set_hits` says what to mark."""

    _words: tuple[str, ...] = ()
    _laid: tuple[object, tuple[QRectF, ...]] = (None, ())

    def set_hits(self, words: Sequence[str]) -> None:
        """Mark these folded words wherever they stand, from now on; none to mark nothing."""
        if tuple(words) != self._words:
            self._words = tuple(words)
            self.update()

    def hit_places(self) -> tuple[QRectF, ...]:
        """Where marks are painted, in the label."""
        shown, area = QLabel.text(self), self.contentsRect()
        key = (shown, self._words, area, self.font().key())
        if self._laid[0] != key:
            ranges = hit_ranges(shown, self._words)
            self._laid = (key, tuple(self._places(shown, ranges)) if ranges else ())
        return self._laid[1]

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._words:
            ground = QColor(theme.current().color("due_soon"))  # a copy: the theme's own is everybody's
            ground.setAlpha(HIT_ALPHA)
            painter = QPainter(self)
            for place in self.hit_places():
                painter.fillRect(place, ground)
            painter.end()
        super().paintEvent(event)

    def _places(self, shown: str, ranges: Sequence[tuple[int, int]]) -> Iterator[QRectF]:
        document = QTextDocument()
        document.setDefaultFont(self.font())
        document.setDocumentMargin(0)
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        document.setDefaultTextOption(option)
        document.setPlainText(shown)
        area = self.contentsRect()
        document.setTextWidth(area.width())
        top = float(area.top())
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top += max(0.0, (area.height() - document.size().height()) / 2)
        for begin, end in ranges:
            first, last = _units(shown[:begin]), _units(shown[:end])
            while first < last:
                block = document.findBlock(first)
                line = block.layout().lineForTextPosition(first - block.position())
                if not line.isValid():
                    break
                until = min(last, block.position() + line.textStart() + line.textLength())
                left = _x_of(line, first - block.position())
                right = _x_of(line, until - block.position())
                corner = block.layout().position()
                yield QRectF(
                    area.left() + corner.x() + left, top + corner.y() + line.y(), right - left, line.height()
                )
                first = max(until, first + 1)


def _x_of(line: QTextLine, position: int) -> float:
    found: Any = line.cursorToX(position)  # a pair: where, and which position that is
    return float(found[0])


def _units(text: str) -> int:
    """How long Qt takes a text to be: letters beyond the first plane count twice."""
    return len(text) + sum(letter > "\uffff" for letter in text)
