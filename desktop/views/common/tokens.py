"""The three palettes and the measures of the visual language, as plain values.

Colours are named by what they mean, never by hue. Must not import Qt: the contrast test and the generator of the
tinted glyphs read this file alone.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

GRID: Final = 4
RADIUS: Final = 6
ROW_COMFORTABLE: Final = 34
ROW_COMPACT: Final = 28
TARGET: Final = 28
RAIL: Final = 200
RAIL_FOLDED: Final = 56
DETAIL_MIN: Final = 420
#: No line of running text is longer than this many Chinese characters.
MEASURE: Final = 44
#: No animation lasts longer, in milliseconds.
MOTION: Final = 120


@dataclass(frozen=True, slots=True)
class Tokens:
    """One palette: every value is "#RRGGBB". `x_soft` is the quiet ground on which the text colour `x` stands."""

    surface: str
    raised: str
    sunken: str
    hover: str
    text: str
    secondary: str
    faint: str
    hairline: str
    #: The outline of inputs: a place to type must be found at 3 : 1, where a hairline need not be.
    border: str
    #: The outline of buttons and chips, which their words show already.
    outline: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    overdue: str
    overdue_soft: str
    due_soon: str
    due_soon_soft: str
    fine: str
    fine_soft: str
    paused: str
    paused_soft: str
    pending: str
    pending_soft: str
    skeleton: str
    scrollbar: str
    scrollbar_hover: str


LIGHT: Final = Tokens(
    surface="#FFFFFF",
    raised="#FAFBFC",
    sunken="#F3F5F7",
    hover="#F3F5F7",
    text="#16202B",
    secondary="#51606F",
    faint="#616D79",
    hairline="#E1E6EB",
    border="#8B96A2",
    outline="#CFD6DD",
    accent="#1D5FBF",
    accent_hover="#174FA1",
    on_accent="#FFFFFF",
    accent_soft="#E8F0FB",
    overdue="#B3261E",
    overdue_soft="#FCEDEC",
    due_soon="#8A5200",
    due_soon_soft="#FFF3E0",
    fine="#1B6B3A",
    fine_soft="#E9F5EE",
    paused="#4A5A7B",
    paused_soft="#EDF0F6",
    pending="#6A3FA0",
    pending_soft="#F3EDFA",
    skeleton="#E9EDF1",
    scrollbar="#C9D0D8",
    scrollbar_hover="#9AA5B1",
)

DARK: Final = Tokens(
    surface="#16191D",
    raised="#1C2025",
    sunken="#111418",
    hover="#1E2228",
    text="#E7EBEF",
    secondary="#A7B2BD",
    faint="#7F8B97",
    hairline="#2B3138",
    border="#66717D",
    outline="#3D454E",
    accent="#6EA8FF",
    accent_hover="#8ABAFF",
    on_accent="#0B1A2E",
    accent_soft="#1B2A40",
    overdue="#FF8A80",
    overdue_soft="#3A1D1C",
    due_soon="#FFC168",
    due_soon_soft="#352711",
    fine="#7BD6A0",
    fine_soft="#16301F",
    paused="#A9B9DB",
    paused_soft="#222A3A",
    pending="#C9A7F5",
    pending_soft="#2C2140",
    skeleton="#262C33",
    scrollbar="#3A424B",
    scrollbar_hover="#56606B",
)

#: Every text pair at 7 : 1 or better, outlines that do not hide, an accent no state colour resembles.
CONTRAST: Final = Tokens(
    surface="#000000",
    raised="#000000",
    sunken="#0C0C0C",
    hover="#262626",
    text="#FFFFFF",
    secondary="#EDEDED",
    faint="#D2D2D2",
    hairline="#8C8C8C",
    border="#FFFFFF",
    outline="#FFFFFF",
    accent="#4FD8FF",
    accent_hover="#9BE9FF",
    on_accent="#000000",
    accent_soft="#003A4A",
    overdue="#FFB3AC",
    overdue_soft="#470400",
    due_soon="#FFD34D",
    due_soon_soft="#362800",
    fine="#7DF2AC",
    fine_soft="#00361A",
    paused="#CFDAFF",
    paused_soft="#1B2650",
    pending="#E3C6FF",
    pending_soft="#391560",
    skeleton="#3A3A3A",
    scrollbar="#B4B4B4",
    scrollbar_hover="#FFFFFF",
)

PALETTES: Final[dict[str, Tokens]] = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

#: The lights of the domain, and the token that colours each.
LIGHT_TOKENS: Final[dict[str, str]] = {
    "overdue": "overdue",
    "due_soon": "due_soon",
    "normal": "fine",
    "paused": "paused",
    "provisional": "paused",
    "pending": "pending",
}

#: Glyphs that a style sheet can only take from a file: (file stem, icon it is drawn from, token of its stroke).
GLYPHS: Final[tuple[tuple[str, str, str], ...]] = (
    ("arrow-down", "chevron-down", "secondary"),
    ("arrow-down-off", "chevron-down", "border"),
    ("arrow-up", "chevron-up", "secondary"),
    ("arrow-right", "chevron-right", "secondary"),
    ("arrow-left", "chevron-left", "secondary"),
    ("check", "check", "on_accent"),
    ("check-text", "check", "text"),
    ("minus", "minus", "on_accent"),
    ("dot", "dot", "on_accent"),
)


def as_mapping(tokens: Tokens) -> dict[str, str]:
    """Token name to "#RRGGBB", for a style sheet."""
    return asdict(tokens)


def luminance(colour: str) -> float:
    """Relative luminance of "#RRGGBB" by WCAG 2, between 0 and 1."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours by WCAG 2, between 1 and 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
