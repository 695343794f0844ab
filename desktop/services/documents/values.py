"""What documents are made of, and the one place where texts are made fit for a file. Cheap to import."""

from __future__ import annotations

import re
from datetime import datetime

from msgspec import Struct

Value = str | int | datetime | None
"""A cell of a spreadsheet: a text is always a text, a moment is the office's wall clock."""

_LONGEST = 32_000
_HARMFUL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


class SheetColumn(Struct, frozen=True):
    """A column: its title, and its width in characters."""

    title: str
    width: int = 16


def safe_text(text: str) -> str:
    """The text without what a file cannot hold or what would hide or reorder it, at most 32,000 characters."""
    return _HARMFUL.sub("", text)[:_LONGEST]
