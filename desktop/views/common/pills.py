"""State shown three ways at once: colour, word and shape.

`paint_mark` draws the shape of a light (filled circle overdue, half circle due soon, ring normal, two bars paused,
dashed ring provisional, arrow-up pending); `Mark` and `Pill` are widgets of it. Lights come in as the strings of
`tokens.LIGHT_TOKENS`; words come in translated. Must not decide which light anything has.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.common import theme, tokens
from desktop.views.common.text import plain

MARK = 10
PILL_HEIGHT = 20
_WORD_LIMIT = 40


@lru_cache(maxsize=256)
def mark_pixmap(light: str, size: int, colour: str, ratio: float) -> QPixmap:
    """The shape of a light as a picture of `size` device-independent pixels; empty for an unknown light."""
    pixels = max(1, round(size * ratio))
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(pixels / 12, pixels / 12)
    _draw(painter, light, QColor(colour))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def _draw(painter: QPainter, light: str, colour: QColor) -> None:
    """Draw the shape on a field of 12 × 12."""
    pen = QPen(colour, 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    ring = QRectF(1.6, 1.6, 8.8, 8.8)
    if light == "overdue":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QRectF(0.8, 0.8, 10.4, 10.4))
    elif light == "due_soon":
        painter.setPen(pen)
        painter.drawEllipse(ring)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(ring, 90 * 16, 180 * 16)
    elif light == "normal":
        painter.setPen(pen)
        painter.drawEllipse(ring)
    elif light == "paused":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(QRectF(2.4, 1.6, 2.6, 8.8), 1, 1)
        painter.drawRoundedRect(QRectF(7.0, 1.6, 2.6, 8.8), 1, 1)
    elif light == "provisional":
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        # Eight dashes on the circumference 8.8 π, in units of the pen's width.
        dash = 8.8 * 3.14159 / 1.6 / 8
        pen.setDashPattern([dash * 0.58, dash * 0.42])
        painter.setPen(pen)
        painter.drawEllipse(ring)
    elif light == "pending":
        pen.setWidthF(1.8)
        painter.setPen(pen)
        painter.drawLine(QPointF(6, 10.4), QPointF(6, 1.8))
        painter.drawPolyline([QPointF(2.4, 5.4), QPointF(6, 1.8), QPointF(9.6, 5.4)])


def paint_mark(painter: QPainter, rect: QRect, light: str, tone: str | None = None) -> None:
    """Draw the shape of the light in the middle of `rect`; `tone` replaces the light's own colour."""
    now = theme.current()
    if light not in tokens.LIGHT_TOKENS:
        return
    size = min(now.px(MARK), rect.width(), rect.height())
    ratio = painter.device().devicePixelRatioF()
    corner = QPoint(rect.x() + (rect.width() - size) // 2, rect.y() + (rect.height() - size) // 2)
    painter.drawPixmap(corner, mark_pixmap(light, size, now.color(tone or light).name(), ratio))


def pill_width(word: str, metrics: QFontMetrics, *, mark: bool = True) -> int:
    """How wide a pill of that word is; `metrics` of the font "pill"."""
    now = theme.current()
    return metrics.horizontalAdvance(word) + now.px(16) + (now.px(MARK) + now.px(4) if mark else 0)


def paint_pill(
    painter: QPainter, rect: QRect, word: str, light: str, *, mark: bool = True, ground: str = ""
) -> None:
    """Draw a pill that fills `rect`: soft ground (or the token `ground`), shape, word. Font, pen and brush change."""
    now = theme.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(now.color(ground) if ground else now.soft(light))
    radius = rect.height() / 2
    painter.drawRoundedRect(QRectF(rect), radius, radius)
    left = rect.x() + now.px(8)
    if mark and light in tokens.LIGHT_TOKENS:
        paint_mark(painter, QRect(left, rect.y(), now.px(MARK), rect.height()), light)
        left += now.px(MARK) + now.px(4)
    painter.setPen(now.color(light))
    painter.setFont(now.font("pill"))
    room = QRect(left, rect.y(), rect.right() + 1 - now.px(8) - left, rect.height())
    flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
    metrics = painter.fontMetrics()
    fits = metrics.horizontalAdvance(word) <= room.width()
    shown = word if fits else metrics.elidedText(word, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, flags, shown)


class Mark(QWidget):
    """The bare shape of a light, for places where the word stands beside it. Names itself by `word` to a reader."""

    def __init__(self, light: str = "", word: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._light = light
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.bus().changed.connect(self.updateGeometry)
        self.set_light(light, word)

    def set_light(self, light: str, word: str = "") -> None:
        """Show another light."""
        self._light = light
        self.setAccessibleName(plain(word, _WORD_LIMIT, single_line=True))
        self.update()

    def sizeHint(self) -> QSize:
        side = theme.current().px(16)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_mark(QPainter(self), self.rect(), self._light)


class Pill(QWidget):
    """A state in a soft pill: shape, word, colour. `light` may also be "accent" for a mere tag (no shape then)."""

    def __init__(
        self, word: str = "", light: str = "normal", parent: QWidget | None = None, *, mark: bool = True
    ) -> None:
        super().__init__(parent)
        self._word = ""
        self._light = light
        self._mark = mark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.bus().changed.connect(self.updateGeometry)
        self.set_state(word, light)

    def set_state(self, word: str, light: str) -> None:
        """Show another word and light; an empty word hides the pill."""
        self._word = plain(word, _WORD_LIMIT, single_line=True)
        self._light = light
        self.setAccessibleName(self._word)
        if not self._word:
            self.hide()
        elif self.parent() is not None:
            self.show()
        self.updateGeometry()
        self.update()

    def word(self) -> str:
        """The word shown."""
        return self._word

    def _has_mark(self) -> bool:
        return self._mark and self._light in tokens.LIGHT_TOKENS

    def sizeHint(self) -> QSize:
        now = theme.current()
        return QSize(pill_width(self._word, now.metrics("pill"), mark=self._has_mark()), now.px(PILL_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_pill(QPainter(self), self.rect(), self._word, self._light, mark=self._has_mark())
