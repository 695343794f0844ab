r"""Text from outside without what hides, reorders or breaks out: the one list of such characters, for screen and paper.

What is taken away never stood there for a reader: controls, bidirectional marks and overrides, invisible letters,
towers of accents. What is left reads in the order in which it is stored, so that "photo\u202egpj.exe" is seen as the
program that it is. Must not interpret text in any way. Linear in its length.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MOST_MARKS: Final = 4
"""Accents that stay on one letter; of pictures joined to one, eight stay."""

# Controls but tab and line feed; surrogates; bidirectional marks, embeddings, overrides and isolates; line and
# paragraph separators, zero-width space and no-break space, annotation and object marks, tags, non-characters; and
# what has no look of its own: soft hyphen, grapheme joiner, fillers of Hangul, Khmer, Mongolian and Braille signs.
_HARMFUL: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\ud800-\udfff\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e00ff]"
)
_BREAKS: Final = "\x0b\x0c\x85\u2028\u2029"
# A joiner belongs between pictures, and between letters of scripts that are written joined; elsewhere it only hides.
_IDLE_JOINER: Final = re.compile(
    "(?<![\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u2190-\u2bff\ufe0f\U0001f000-\U0001ffff])[\u200c\u200d]"
    "|[\u200c\u200d](?=[\u200c\u200d]|$)"
)
_PICTURES: Final = re.compile("((?:[^\\s\u200d]{1,4}\u200d){8})(?:[^\\s\u200d]{1,4}\u200d)+")
_SELECTORS: Final = re.compile("([\ufe00-\ufe0f\U000e0100-\U000e01ef])[\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_TOWER: Final = re.compile(r"[^\w\s\x00-\x7f\u2010-\u2027\u3000-\u3020\uff00-\uffef]{5,}")


def harmless(text: str) -> str:
    """``text`` as a reader can trust it; a lone surrogate becomes U+FFFD, every kind of line end a line feed."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.isprintable():
        return text
    text = _HARMFUL.sub(_replace, text)
    if text.isascii():
        return text
    if "\u200d" in text or "\u200c" in text:
        text = _PICTURES.sub(r"\1", _IDLE_JOINER.sub("", text))
    return _TOWER.sub(_lowered, _SELECTORS.sub(r"\1", text))


def one_line(text: str) -> str:
    """The same on one line: runs of blanks that break or indent become one space."""
    return _SPACES.sub(" ", harmless(text))


_SPACES: Final = re.compile(r"[\t\n]+")


def _replace(match: re.Match[str]) -> str:
    char = match.group()
    if char in _BREAKS:
        return "\n"
    return "\ufffd" if "\ud800" <= char <= "\udfff" else ""


def _lowered(match: re.Match[str]) -> str:
    """A run of signs with at most so many accents one upon another."""
    kept: list[str] = []
    marks = 0
    for char in match.group():
        marks = marks + 1 if unicodedata.category(char)[0] == "M" else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)
