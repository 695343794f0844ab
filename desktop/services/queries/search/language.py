"""The search language: words and "phrases" that must all be found, -without, and fields such as ``unit:`` and ``due<``.

    噪音 "夜间施工" -学校 unit:城管 type:complaint light:overdue due<+3d

A field may be named in English or Chinese (单位: 类型: 灯: 时限< 类别: 地点: 人员: 排序:), in wide or narrow signs.
What looks like a field and is none is a word. Reads any text without an exception; knows no store and no names.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from msgspec import Struct

from desktop.models.domain.harmless import harmless
from desktop.models.domain.search_text import fold

FieldKind = Literal["unit", "type", "light", "due", "category", "place", "person", "order"]
Sign = Literal[":", "<", "<=", ">", ">="]

MOST_TERMS: Final = 12
LONGEST: Final = 100

FIELDS: Final[dict[str, FieldKind]] = {
    "unit": "unit", "单位": "unit", "承办单位": "unit",
    "type": "type", "类型": "type", "诉求类型": "type",
    "light": "light", "灯": "light", "状态": "light", "时限状态": "light",
    "due": "due", "时限": "due", "到期": "due",
    "category": "category", "matter": "category", "类别": "category", "事项": "category",
    "place": "place", "district": "place", "地点": "place", "地区": "place", "区域": "place",
    "person": "person", "by": "person", "人员": "person", "经办": "person",
    "order": "order", "sort": "order", "排序": "order",
}  # fmt: skip
"""Every name of a field, folded."""

_STRUCTURE: Final = str.maketrans(
    {"：": ":", "＜": "<", "＞": ">", "＝": "=", "－": "-", "＂": '"'} | dict.fromkeys("“”„‟「」『』", '"')
)
_TERM: Final = re.compile(r'(?P<minus>-?)(?:(?P<field>[^\s":<>=≤≥-]{1,12})(?P<sign>:|<=|>=|[<>≤≥]))?'
                          r'(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]*))')  # fmt: skip
_SIGNS: Final[dict[str, Sign]] = {":": ":", "<": "<", ">": ">", "<=": "<=", ">=": ">=", "≤": "<=", "≥": ">="}


class Word(Struct, frozen=True):
    """What must stand in a ticket, or must not: folded, one line, never empty."""

    text: str
    negative: bool = False


class Field(Struct, frozen=True):
    """A condition on a column: ``value`` is folded and not looked up yet."""

    kind: FieldKind
    sign: Sign
    value: str
    negative: bool = False


class Query(Struct, frozen=True):
    """Everything asked for holds at once. ``cut`` is true where more was typed than is read."""

    words: tuple[Word, ...] = ()
    fields: tuple[Field, ...] = ()
    cut: bool = False

    def __bool__(self) -> bool:
        return bool(self.words or self.fields)

    @property
    def marked(self) -> tuple[str, ...]:
        """The words to mark in what is shown."""
        return tuple(word.text for word in self.words if not word.negative)


def read(text: str) -> Query:
    """What a text asks for. Never raises; the same text always asks for the same."""
    words: list[Word] = []
    fields: list[Field] = []
    cut = False
    for match in _TERM.finditer(harmless(text).translate(_STRUCTURE)):
        if not match.group():
            continue
        if len(words) + len(fields) == MOST_TERMS:
            cut = True
            break
        term, was_cut = _term(match)
        cut = cut or was_cut
        if isinstance(term, Word):
            words.append(term)
        elif term is not None:
            fields.append(term)
    return Query(tuple(dict.fromkeys(words)), tuple(dict.fromkeys(fields)), cut)


def _term(match: re.Match[str]) -> tuple[Word | Field | None, bool]:
    """One term, None for what asks nothing (yet); and whether it was longer than is read."""
    minus, name, sign = match["minus"], match["field"], match["sign"]
    quoted = match["phrase"] is not None
    value = (match["phrase"] if quoted else match["word"]) or ""
    kind = FIELDS.get(fold(name)) if name else None
    if name and (kind is None or (sign != ":" and kind != "due")):
        value, kind = f"{name}{sign}{value}", None
    if not quoted and not name and value in ("AND", "") and not minus:
        return None, False
    if minus and not value and kind is None:
        minus, value = "", "-"
    said = " ".join(value.split())
    folded = fold(said[:LONGEST]).replace("\n", " ")
    if not quoted or kind is not None:
        folded = folded.strip()
    if not folded:
        return None, False
    long = len(said) > LONGEST
    if kind is not None:
        return Field(kind, _SIGNS[sign], folded, bool(minus)), long
    return Word(folded, bool(minus)), long
