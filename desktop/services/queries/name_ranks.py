"""Where each unit, place, category and officer stands among the names a person reads."""

from __future__ import annotations

from typing import Literal

from .base import Reader

NameKey = Literal["unit", "place", "category", "officer"]


def name_ranks(r: Reader, key: NameKey) -> dict[str, int]:
    """The place of each id among the names a person reads; Chinese ones stand by their pinyin."""
    names: dict[str, bytes]
    if key == "unit":
        names = {u.id: _spelt(u.pinyin.lower() or u.short_name or u.name) for u in r.reference.units.values()}
    elif key == "place":
        names = {p.id: _spelt(p.name) for p in r.reference.places.values()}
    elif key == "officer":
        names = {p.id: _spelt(p.name) for p in r.reference.persons.values()}
    else:
        names = {c: _spelt(r.reference.category_path(c)) for c in r.reference.categories}
    return {row_id: place for place, row_id in enumerate(sorted(names, key=lambda i: (names[i], i)))}


def _spelt(name: str) -> bytes:
    """What a name is sorted by: GB 18030 has the usual characters in the order of their pinyin."""
    return name.encode("gb18030", "replace")
