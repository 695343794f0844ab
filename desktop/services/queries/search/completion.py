"""How a search may go on: fields and their values while one is being written, and what is called like a plain word.

Reads reference rows only, in the reading lane: pinyin may have to be loaded first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from desktop.models.domain.search_text import fold
from desktop.services.queries.base import Reader

from .language import FIELDS, FieldKind
from .meaning import LIGHT_WORDS, ORDER_WORDS, TYPE_WORDS
from .names import NAMED, Named, fits, names_of

MOST: Final = 10
_LAST: Final = re.compile(r'(?:(?<=\s)|^)-?(?:[^\s":：<>]{1,12}[:：]\s?)?(?:["“][^"”]*|[^\s"“”]*)$')
_DUE: Final = {"zh": ("今天", "明天", "3天"), "en": ("today", "tomorrow", "+3d")}
_OFFERED: Final[dict[str, tuple[str, ...]]] = {
    "zh": ("单位", "类型", "灯", "时限", "类别", "地点", "人员", "排序"),
    "en": ("unit", "type", "light", "due", "category", "place", "person", "order"),
}


class Completion(Struct, frozen=True):
    """``shown`` in the list; taking it puts ``text`` in the place of what stands from ``start`` up to the cursor."""

    shown: str
    text: str
    start: int


def completions(r: Reader, before: str) -> tuple[Completion, ...]:
    """What may be meant by the term at the end of ``before``, the text in front of the cursor; best first."""
    match = _LAST.search(before)
    if match is None or not match.group():
        return ()
    term, start = match.group(), match.start()
    minus = "-" if term.startswith("-") else ""
    name, colon, value = term.removeprefix("-").replace("：", ":").partition(":")
    kind = FIELDS.get(fold(name)) if colon else None
    if colon and kind is None:
        return ()
    if kind is not None:
        found = _values(r, kind, fold(value.strip().strip('"“')))
        terms = [f"{name}:{_quoted(each)}" for each in found]
    else:
        terms = list(_openings(r, fold(name.strip('"“'))))
    taken = [Completion(each, f"{minus}{each}", start) for each in dict.fromkeys(terms) if each != term]
    return tuple(taken[:MOST])


def _openings(r: Reader, word: str) -> Iterator[str]:
    """For a plain word: fields whose name begins so, then what is called so."""
    if not word:
        return
    offered = _OFFERED.get(r.language, _OFFERED["en"])
    for field in (*offered, *(each for each in FIELDS if each not in offered)):
        if field.startswith(word) and (field in offered or len(word) > 1):
            yield f"{field}:"
    if len(word) < 2:
        return
    names = names_of(r.reference)
    for kind in NAMED:
        field = offered[_OFFERED["en"].index(kind)]
        for row_id in names.holding(kind, word)[:MOST]:
            yield f"{field}:{_quoted(names.shown(kind, row_id))}"


def _values(r: Reader, kind: FieldKind, value: str) -> list[str]:
    if kind == "due":
        return [each for each in _DUE.get(r.language, _DUE["en"]) if each.startswith(value)]
    coded = {"type": TYPE_WORDS, "light": LIGHT_WORDS, "order": ORDER_WORDS}.get(kind)
    if coded is not None:
        spoken = [_in_language(words, r.language) for words in coded.values()]
        return [each for each in spoken if fits(fold(each), value)]
    named: Named = kind  # type: ignore[assignment]  # what is left
    found = [
        name.shown for name in names_of(r.reference).of[named] if any(fits(n, value) for n in name.folded)
    ]
    return sorted(found, key=lambda shown: (not fold(shown).startswith(value), shown))


def _in_language(words: tuple[str, ...], language: str) -> str:
    fitting = [word for word in words if word.isascii() == (language != "zh")]
    return (fitting or list(words))[0]


def _quoted(value: str) -> str:
    return f'"{value}"' if any(letter.isspace() for letter in value) or '"' in value else value
