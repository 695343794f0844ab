"""What documents are made of, and the one place where texts are made fit for a file. Cheap to import."""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct

from desktop.models.domain.harmless import harmless

Value = str | int | datetime | None
"""A cell of a spreadsheet: a text is always a text, a moment is the office's wall clock."""

_LONGEST = 32_000
_FORMULA = re.compile(r"[\s'\"]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\u2212]")
"""What a spreadsheet may take for the beginning of a formula or a call of another program, once it has trimmed a cell:
also full-width, as an input method writes it."""


class SheetColumn(Struct, frozen=True):
    """A column: its title, and its width in characters."""

    title: str
    width: int = 16


def safe_text(text: str) -> str:
    """The text without what a file cannot hold or what would hide or reorder it, at most 32,000 characters."""
    return harmless(text[:_LONGEST])


def may_be_formula(text: str) -> bool:
    """Whether a spreadsheet might calculate the text where nothing says that it is one."""
    return text.startswith(("\t", "\n")) or _FORMULA.match(text) is not None
