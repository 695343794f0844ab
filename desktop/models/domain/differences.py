"""What one text has that another has not, in pieces a person can read: whole sentences, and words within them.

Chinese has no blanks between words, so a character counts as a word there; what would flicker (one equal character
between two changes) is shown as changed. Pure. Never merges two texts: that is a person's work.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Literal

from msgspec import Struct

PieceKind = Literal["same", "removed", "added"]

_SENTENCE = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]+|[^。！？；!?;\n]+")
_WORD = re.compile(r"[A-Za-z0-9_\-./:%]+|\s+|.", re.DOTALL)
_LEAST_ISLAND = 3
"""Fewer equal characters than this between two changes belong to the change."""

_MOST_WORDS = 1_500
"""Sentences rewritten at greater length are shown as rewritten: reckoning word by word would be slow and unreadable."""

_LEAST_LIKENESS = 0.3


class Piece(Struct, frozen=True):
    """A stretch of text: in both, only in the former, or only in the latter."""

    kind: PieceKind
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The way from ``before`` to ``after``: without the added pieces it is the one, without the removed the other."""
    if before == after:
        return _joined([Piece("same", before)])
    old, new = _SENTENCE.findall(before), _SENTENCE.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    end = "".join(old[len(old) - tail :])
    pieces = [Piece("same", "".join(old[:head]))]
    old, new = old[head : len(old) - tail], new[head : len(new) - tail]
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
        else:
            pieces += _within("".join(old[a:b]), "".join(new[c:d]))
    return _joined([*pieces, Piece("same", end)])


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many sentences both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _within(before: str, after: str) -> list[Piece]:
    """Rewritten sentences, word by word where that still reads as one text."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    whole = [Piece("removed", before), Piece("added", after)]
    if not old or not new or len(old) + len(new) > _MOST_WORDS:
        return whole
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _LEAST_LIKENESS:
        return whole
    return list(_steady(matcher.get_opcodes(), old, new))


def _steady(
    opcodes: Sequence[tuple[str, int, int, int, int]], old: list[str], new: list[str]
) -> Iterable[Piece]:
    """The pieces, with small islands of equal text between two changes counted to the change."""
    removed, added = "", ""
    last = len(opcodes) - 1
    for place, (tag, a, b, c, d) in enumerate(opcodes):
        gone, come = "".join(old[a:b]), "".join(new[c:d])
        island = tag == "equal" and 0 < place < last and len(gone.strip()) < _LEAST_ISLAND
        if tag == "equal" and not island:
            yield from (Piece("removed", removed), Piece("added", added), Piece("same", gone))
            removed, added = "", ""
        else:
            removed, added = removed + gone, added + come
    yield from (Piece("removed", removed), Piece("added", added))


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Without empty pieces, neighbours of one kind as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return tuple(joined)
