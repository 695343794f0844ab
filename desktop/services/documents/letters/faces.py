"""Which typefaces stand in on this machine for those an official letter names.

The letter's own file keeps the names: on a machine that has the typefaces they are used. Noto's faces stand in for
none: Qt writes Kangxi radicals into a PDF with them (see :mod:`desktop.services.documents.fonts`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from desktop.services.documents.fonts import FAMILIES

from .layout import BODY_FACE, HEAD_FACE, PAGE_FACE, TITLE_FACE
from .looks import Stretch

_SAME: Final[dict[str, tuple[str, ...]]] = {
    TITLE_FACE: ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋_GBK", "FZXiaoBiaoSong-B05K"),
    BODY_FACE: (
        "FangSong_GB2312",
        "仿宋",
        "FangSong",
        "方正仿宋_GBK",
        "方正仿宋简体",
        "FZFangSong-Z02S",
        "FZFangSong-Z02",
    ),
    HEAD_FACE: ("SimHei", "方正黑体_GBK", "方正黑体简体", "STHeiti"),
    PAGE_FACE: ("SimSun", "方正书宋_GBK", "NSimSun", "STSong"),
}
"""Other names of a typeface, and others cut to the same rule."""

_ALIKE: Final[dict[str, tuple[str, ...]]] = {
    TITLE_FACE: ("华文中宋", "STZhongsong", "SimSun"),
    BODY_FACE: ("华文仿宋", "STFangsong", "FandolFang R", "FandolFang"),
    HEAD_FACE: ("Microsoft YaHei",),
    PAGE_FACE: ("AR PL UMing CN",),
}
"""What comes near."""


def font_for(stretch: Stretch, pixels: float) -> QFont:
    """The font to paint a text with, so many pixels high."""
    font = QFont()
    font.setFamilies([stretch.face, *_SAME.get(stretch.face, ()), *_ALIKE.get(stretch.face, ()), *FAMILIES])
    font.setPixelSize(max(1, round(pixels)))
    font.setBold(stretch.bold)
    font.setItalic(stretch.italic)
    font.setUnderline(stretch.underline)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def missing(faces: Iterable[str]) -> tuple[str, ...]:
    """The names of typefaces that this machine has under none of their names, in order, each once."""
    here = set(QFontDatabase.families())
    return tuple(
        face for face in dict.fromkeys(faces) if face and not here.intersection((face, *_SAME.get(face, ())))
    )
