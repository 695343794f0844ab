"""Who looked and when, faintly across a page that shows a case: a screenshot that is forwarded says whose it was.

`cover` puts it over a pane; it takes no click and no focus, and is there only while somebody is at work. It deters and
tells; it cannot keep a camera away. Must hold no word of a case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.views.common import theme
from desktop.views.common.text import plain

if TYPE_CHECKING:
    from desktop.services.background.desk import Desk

_LONGEST = 60
_ANGLE = -18.0
_GAP = 64
_ALPHA_LIGHT, _ALPHA_DARK = 26, 30
_EVERY_MS = 30_000


def mark_words(desk: Desk) -> str:
    """Who is at work and the office's time. The end of their id tells two people of one name apart."""
    return f"{desk.me.name} {desk.me.person_id[-4:]} {desk.now():%Y-%m-%d %H:%M}"


class _Bus(QObject):
    """Tells the covers that other words are to be shown."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words: Callable[[], str] | None = None


_bus = _Bus()


def install(words: Callable[[], str]) -> None:
    """`words` answers who is at work and what time it is; asked when a page is shown and twice a minute."""
    _bus.words = words
    _bus.changed.emit()


def remove() -> None:
    """Nobody is at work: the covers show nothing."""
    _bus.words = None
    _bus.changed.emit()


class Cover(QWidget):
    """The mark over one pane."""

    def __init__(self, pane: QWidget) -> None:
        super().__init__(pane)
        self._pane = pane
        self._words = ""
        self._tile: QPixmap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self._renew)
        pane.installEventFilter(self)
        _bus.changed.connect(self._renew)
        theme.bus().changed.connect(self._redraw)
        self._renew()

    def words(self) -> str:
        """What is shown, "" while nobody is at work."""
        return self._words

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Show:
            self._timer.start()
            self._renew()
            self.raise_()
        elif kind == QEvent.Type.Hide:
            self._timer.stop()
        elif kind == QEvent.Type.Resize:
            self.setGeometry(self._pane.rect())
            self.raise_()
        elif kind in (QEvent.Type.ChildPolished, QEvent.Type.LayoutRequest):
            self.raise_()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._words:
            return
        if self._tile is None or self._tile.devicePixelRatio() != self.devicePixelRatioF():
            self._tile = self._drawn()
        painter = QPainter(self)
        area = event.rect()
        tile = self._tile.deviceIndependentSize().toSize()
        shift = QPoint(area.x() % tile.width(), area.y() % tile.height())
        painter.drawTiledPixmap(area, self._tile, shift)

    def _renew(self) -> None:
        words = plain(_bus.words() if _bus.words is not None else "", _LONGEST, single_line=True)
        if words == self._words:
            return
        self._words = words
        self.setVisible(bool(words))
        self.setGeometry(self._pane.rect())
        self.raise_()
        self._redraw()

    def _redraw(self) -> None:
        self._tile = None
        self.update()

    def _drawn(self) -> QPixmap:
        """One tile: the words aslant, twice, set off against each other, so that no strip of a pane is without them."""
        wide = self.fontMetrics().horizontalAdvance(self._words) + _GAP
        size = QSize(wide, max(96, round(wide * 0.72)))
        ratio = self.devicePixelRatioF()
        tile = QPixmap(size * ratio)
        tile.setDevicePixelRatio(ratio)
        tile.fill(Qt.GlobalColor.transparent)
        now = theme.current()
        colour = QColor(now.color("text"))  # a copy: the theme's own is everybody's
        colour.setAlpha(_ALPHA_DARK if now.dark else _ALPHA_LIGHT)
        painter = QPainter(tile)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(self.font())
        painter.setPen(colour)
        low = size.height() * 3 / 4
        for middle in (QPointF(wide / 2, size.height() / 4), QPointF(wide, low), QPointF(0, low)):
            painter.save()
            painter.translate(middle)
            painter.rotate(_ANGLE)
            room = QRect(-wide, -20, 2 * wide, 40)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), self._words)
            painter.restore()
        painter.end()
        return tile


def cover(pane: QWidget) -> Cover:
    """Put the mark over a pane; it stays on top of whatever the pane gets later."""
    return Cover(pane)
