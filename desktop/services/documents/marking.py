"""Who made a page and when, faintly across it: paper that turns up elsewhere says whose it was. Painted first."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

from .fonts import print_font
from .values import safe_text

_INK = QColor("#E3E6EA")
"""Light enough to read through, dark enough for a copier."""

_ANGLE = -24.0


def paint_mark(painter: QPainter, page: QRect, words: str) -> None:
    """Across the page, four times from top to bottom; nothing for no words."""
    if not words:
        return
    painter.save()
    painter.setClipRect(page)
    painter.setPen(_INK)
    painter.setFont(print_font(22, bold=True))
    shown = safe_text(words)[:80]
    wide = painter.fontMetrics().horizontalAdvance(shown)
    high = painter.fontMetrics().lineSpacing()
    for step in range(4):
        painter.save()
        painter.translate(page.width() // 2, page.height() * (2 * step + 1) // 8)
        painter.rotate(_ANGLE)
        painter.drawText(QRect(-wide // 2, -high // 2, wide, high), int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.restore()
    painter.restore()
