"""Icons of one set (Lucide, ISC; licence beside them), tinted by the role of the palette and cached.

`set_icon(button_or_action, name, role)` follows the theme; `icon(name, role)` is one QIcon of the present theme;
`pixmap(name, size, role)` and `paint_icon` are for painters. Names are the file names in
resources/icons. Must not know any page. An unknown name raises FileNotFoundError: icons ship with the program, so a
missing one is a programming error and a test finds it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from desktop.views.common import theme
from desktop.views.common.resources import resource

SMALL: Final = 16
LARGE: Final = 18


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _tinted(name: str, size: int, colour: str, ratio: float) -> QPixmap:
    pixels = max(1, round(size * ratio))
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def pixmap(name: str, size: int = SMALL, role: str = "text", *, ratio: float = 1.0) -> QPixmap:
    """The icon at `size` device-independent pixels in the colour of `role` now in force; `ratio` of the device."""
    return _tinted(name, size, theme.current().color(role).name(), ratio)


def paint_icon(painter: QPainter, name: str, rect: QRect, role: str = "text") -> None:
    """Draw the icon centred in `rect`, as large as fits but at most 18 pixels at 100 %."""
    size = min(rect.width(), rect.height(), theme.current().px(LARGE))
    ratio = painter.device().devicePixelRatioF()
    corner = QPoint(rect.x() + (rect.width() - size) // 2, rect.y() + (rect.height() - size) // 2)
    painter.drawPixmap(corner, pixmap(name, size, role, ratio=ratio))


@lru_cache(maxsize=256)
def _icon(name: str, role: str, generation: int, ratio: float) -> QIcon:
    now = theme.current()
    on = "accent" if role in ("text", "secondary") else role
    made = QIcon()
    for size in (now.px(SMALL), now.px(LARGE)):
        for factor in {1.0, ratio}:
            made.addPixmap(pixmap(name, size, role, ratio=factor))
            made.addPixmap(pixmap(name, size, "faint", ratio=factor), QIcon.Mode.Disabled)
            made.addPixmap(pixmap(name, size, on, ratio=factor), QIcon.Mode.Normal, QIcon.State.On)
    return made


def icon(name: str, role: str = "text") -> QIcon:
    """A QIcon in the colours now in force; faint when disabled, accent when checked. See `set_icon` to follow them.

    (An engine in Python would follow by itself, but its clone dies with the wrapper and takes the process along.)
    """
    app = QGuiApplication.instance()
    ratio = app.devicePixelRatio() if isinstance(app, QGuiApplication) else 1.0
    return _icon(name, role, theme.current().generation, ratio)


class _IconKeeper(QObject):
    """Child of the thing that bears an icon: gives it the icon again when the theme changes."""

    def __init__(self, bearer: QAbstractButton | QAction) -> None:
        super().__init__(bearer)
        self._bearer = bearer
        self.name = ""
        self.role = "text"
        theme.bus().changed.connect(self.renew)

    def renew(self) -> None:
        self._bearer.setIcon(icon(self.name, self.role))
        if isinstance(self._bearer, QAbstractButton):
            self._bearer.setIconSize(icon_size())


def set_icon(bearer: QAbstractButton | QAction, name: str, role: str = "text") -> None:
    """Give a button or action its icon, now and after every change of theme."""
    keeper = bearer.findChild(_IconKeeper, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if keeper is None:
        keeper = _IconKeeper(bearer)
    keeper.name, keeper.role = name, role
    keeper.renew()


def icon_size() -> QSize:
    """The size to give buttons (`setIconSize`): 16 pixels at 100 %."""
    side = theme.current().px(SMALL)
    return QSize(side, side)
