"""The typefaces of printed pages. On paper the order differs from the screen's.

Qt writes Kangxi radicals instead of the characters into a PDF when Noto CJK is embedded, and a search for the text
then finds nothing; WenQuanYi Micro Hei, Microsoft YaHei and PingFang are right.
"""

from __future__ import annotations

from PySide6.QtGui import QFont

FAMILIES = (
    "WenQuanYi Micro Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "SimSun",
    "Noto Sans CJK SC",
    "sans-serif",
)


def print_font(points: float, *, bold: bool = False) -> QFont:
    """A font for paper, in points."""
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPointSizeF(points)
    font.setBold(bold)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
