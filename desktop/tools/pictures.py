"""Pictures of the window, small enough to be committed: 256 colours, chosen by how often they occur."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication, QWidget

SIZE = (1366, 768)
_COLOURS = 256


class PictureFailed(Exception):
    """A picture could not be written; the text says why."""


def take(window: QWidget, path: Path) -> None:
    """A picture of the window with its open popups. Raises :class:`PictureFailed`."""
    drawn = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    painter = QPainter(drawn)
    for popup in QApplication.topLevelWidgets():
        if (
            popup is not window
            and popup.isVisible()
            and popup.window() is popup
            and popup.parent() is not None
        ):
            corner = window.mapFromGlobal(popup.pos())
            painter.drawPixmap(corner, popup.grab())
            painter.setPen(popup.palette().color(popup.palette().ColorRole.Mid))
            painter.drawRect(QRect(corner, popup.size()).adjusted(0, 0, -1, -1))
    painter.end()
    save(drawn, path)


def save(drawn: QImage, path: Path) -> None:
    """Write a picture with 256 colours. Raises :class:`PictureFailed`."""
    table = _palette(Counter(memoryview(drawn.constBits()).cast("B").cast("I")))
    small = drawn.convertToFormat(QImage.Format.Format_Indexed8, table, Qt.ImageConversionFlag.AvoidDither)
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = QImageWriter(str(path), b"png")
    writer.setCompression(100)
    if not writer.write(small):
        raise PictureFailed(f"{path.name}: {writer.errorString()}")


def _palette(counted: Counter[int]) -> list[int]:
    """At most 256 colours: one of every corner of the colour space that occurs, so that a small green dot stays green,
    then the most frequent ones."""
    by_frequency = [colour for colour, _ in counted.most_common()]
    corners: dict[int, int] = {}
    for colour in by_frequency:
        corners.setdefault(colour & 0xE0E0E0, colour)
    chosen = list(dict.fromkeys([*list(corners.values())[: _COLOURS // 2], *by_frequency]))[:_COLOURS]
    return [colour | 0xFF000000 for colour in chosen]
