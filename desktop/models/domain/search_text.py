"""What a ticket is found by, and how two spellings of one text are made equal. Pure; knows no index and no query.

Folding works letter by letter, so that it may be done to any part of a text: ``fold(a + b) == fold(a) + fold(b)``. That
is what lets a hit in the folded text be marked in the text as it stands. Only what the masked row holds is ever folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from .harmless import harmless

FORM: Final = 2
"""Raise it when ``search_text`` or ``fold`` say something else: every desktop then folds its texts anew."""

REPLIES: Final = "\x1e"
"""Behind it stand the answers of units, see ``store.replies``; no folded text holds such a sign."""

# By far most texts are made of these alone, and need no look at each letter: four times as quick.
_COMMON: Final = ("，,", "：:", "；;", "！!", "？?", "（(", "）)", "\u3000 ")
_RARE: Final = re.compile("[^\t\n\x20-\x7e\u4e00-\u9fff、。“”‘’…—《》〔〕【】·，：；！？（）\u3000]")
# The same without capitals: what is made of these alone needs no more than the pairs above.
_NOT_PLAIN: Final = re.compile(
    "[^\t\n\x20-\x40\x5b-\x7e\u4e00-\u9fff、。“”‘’…—《》〔〕【】·，：；！？（）\u3000]"
)
_KEPT: Final = frozenset("、。“”‘’…—《》〔〕【】·")
_RUN: Final = re.compile("[0-9a-z]{4,}")
_RUN_GRAM: Final = 4


class _Letters(dict[int, str]):
    """What each letter becomes; filled as letters are met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if letter in _KEPT:
            folded = letter
        else:
            folded = unicodedata.normalize("NFKD", harmless(letter)).lower().replace("ς", "σ")
        self[code] = folded
        return folded


_letters = _Letters()


def fold(text: str) -> str:
    """``text`` in small letters, narrow forms, accents behind their letters, without what nobody sees."""
    if _RARE.search(text):
        return text.translate(_letters)
    text = text.lower()
    return text if text.isascii() else _narrow(text)


_AT_ONCE = 500


def fold_all(texts: Sequence[str]) -> list[str]:
    """:func:`fold` of each. Plain texts keep their length, so they are folded as one, in half the time.

    Some hundred at once: Python's lock is not let go of in between, and a longer text is too much for a cache.
    """
    folded: list[str] = []
    for at in range(0, len(texts), _AT_ONCE):
        folded += _fold_some(texts[at : at + _AT_ONCE])
    return folded


def _fold_some(texts: Sequence[str]) -> list[str]:
    plain = [text for text in texts if not _NOT_PLAIN.search(text)]
    folded = _narrow("".join(plain))
    parts: list[str] = []
    at = 0
    for text in plain:
        parts.append(folded[at : at + len(text)])
        at += len(text)
    if len(plain) == len(texts):
        return parts
    rest = iter(parts)
    return [fold(text) if _NOT_PLAIN.search(text) else next(rest) for text in texts]


def _narrow(text: str) -> str:
    for wide, narrow in _COMMON:
        text = text.replace(wide, narrow)
    return text


class Searched(Protocol):
    """The fields of a ticket that it is found by."""

    @property
    def number(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def request_text(self) -> str: ...
    @property
    def unit_answer(self) -> str: ...


def search_text(row: Searched) -> str:
    """What a ticket is found by, folded, one field a line: number, title, address, request, the unit's answer."""
    return fold(unfolded_text(row))


def unfolded_text(row: Searched) -> str:
    """:func:`search_text` before it is folded, for whoever folds many: see :func:`fold_all`."""
    title = row.title.replace("\n", " ")
    return f"{row.number}\n{title}\n{row.address}\n{row.request_text}\n{row.unit_answer}"


def replies_text(replies: Iterable[str]) -> str:
    """What units answered, folded, to be put behind :func:`search_text`; "" where they answered nothing."""
    said = fold("\n".join(replies))
    return f"{REPLIES}{said}" if said else ""


def tokens_of(text: str) -> str:
    """The grams of a folded text, one a line, in no order and as often as they come: each letter, each two letters that
    follow each other in a line, and each four that follow each other in a number or a word of plain letters.

    A pair across a line's end falls apart into its letters, which are there anyway. Slices of lists, as they take a
    third of the time of a set.
    """
    if not text:
        return ""
    pairs = [""] * (3 * len(text) - 3)
    pairs[0::3] = text[:-1]
    pairs[1::3] = text[1:]
    pairs[2::3] = "\n" * (len(text) - 1)
    parts = ["".join(pairs) + "\n".join(text)]
    for run in _RUN.findall(text):
        parts += [run[at : at + _RUN_GRAM] for at in range(len(run) - _RUN_GRAM + 1)]
    return "\n".join(parts)


def grams_to_find(word: str) -> tuple[tuple[str, ...], bool]:
    """The grams of every text that holds the folded ``word``, and whether every text of those grams holds it."""
    if len(word) == 1:
        return (word,), True
    runs: list[str] = _RUN.findall(word)
    if runs and len(runs[0]) == len(word):
        quads = [word[at : at + _RUN_GRAM] for at in range(len(word) - _RUN_GRAM + 1)]
        return tuple(dict.fromkeys(quads)), len(quads) == 1
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return tuple(dict.fromkeys(pairs)), len(pairs) == 1


def hit_ranges(text: str, words: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Where the folded ``words`` stand in ``text`` as it is: (begin, end) in its letters, in order and apart."""
    if not words or not text:
        return ()
    folded = fold(text)
    found = sorted(_places(folded, words))
    if not found:
        return ()
    if len(folded) != len(text):
        found = _in_the_original(text, found)
    merged: list[tuple[int, int]] = []
    for begin, end in found:
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return tuple(merged)


def _places(folded: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    for word in words:
        at = folded.find(word) if word else -1
        while at >= 0:
            yield at, at + len(word)
            at = folded.find(word, at + 1)


def _in_the_original(text: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Places in the folded text as places in ``text``: a letter that became several is marked whole."""
    letter_of: list[int] = []
    for place, letter in enumerate(text):
        letter_of += [place] * len(fold(letter))
    return [(letter_of[begin], letter_of[end - 1] + 1) for begin, end in found]
