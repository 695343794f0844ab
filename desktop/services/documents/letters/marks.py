"""Marked fields in a template: ``{{字号}}`` in the text of a word processor, also with full-width braces.

A mark is a name and nothing else: there is no expression, no condition and no loop, so a template cannot calculate and
what is filled in is never looked at again. Works on texts alone; knows no file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

_MARK: Final = re.compile(r"(?:\{\{|｛｛)[ \t\u3000]*([^{}｛｝\n]{1,40}?)[ \t\u3000]*(?:\}\}|｝｝)")
_BRACES: Final = re.compile(r"\{\{|\}\}|｛｛|｝｝")


class Marks(Struct, frozen=True):
    """What one paragraph holds: the names of its fields in order, and whether a mark was begun and not ended."""

    names: tuple[str, ...]
    broken: bool


def marks_in(text: str) -> Marks:
    """The marks of a paragraph's whole text."""
    return Marks(
        tuple(found[1] for found in _MARK.finditer(text)), _BRACES.search(_MARK.sub("", text)) is not None
    )


def filled(parts: Sequence[str], value: Callable[[str], str]) -> list[str]:
    """The parts of a paragraph with their marks filled in.

    A word processor cuts a text into parts wherever it likes, also within a mark: the value goes where the mark begins.
    """
    whole = "".join(parts)
    cuts = [0]
    for part in parts:
        cuts.append(cuts[-1] + len(part))
    out = list[str]()
    for start, end in pairwise(cuts):
        piece, at = [], start
        for found in _MARK.finditer(whole):
            if found.end() <= at or found.start() >= end:
                continue
            piece.append(whole[at : max(at, found.start())])
            if found.start() >= start:
                piece.append(value(found[1]))
            at = min(end, found.end())
        piece.append(whole[at:end])
        out.append("".join(piece))
    return out
