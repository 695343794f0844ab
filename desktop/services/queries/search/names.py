"""What units, matters, places and people are called, for whoever types a part of it: names, pinyin, initials.

Reads reference rows only. Pinyin is loaded when Latin letters are first looked for, and kept by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal

from msgspec import Struct

from desktop.models.domain.search_text import fold
from desktop.services.queries.base import Reference

Named = Literal["unit", "category", "place", "person"]
NAMED: Final[tuple[Named, ...]] = ("unit", "category", "place", "person")
_LATIN: Final = re.compile("[a-z]{2,}")
_WHOLE: Final = 4
"""So many letters are found anywhere in a whole spelling; fewer at its beginning or among the initials."""


class Name(Struct, frozen=True):
    """One row of reference: its id, what it is shown as, and every folded name it has."""

    id: str
    shown: str
    folded: tuple[str, ...]


class Names(Struct, frozen=True):
    """All names by kind; made anew when the reference rows are others."""

    of: dict[Named, tuple[Name, ...]]

    def called(self, kind: Named, folded: str) -> tuple[str, ...]:
        """The ids of what is called exactly so; where there are none, of what is called so in part or by pinyin."""
        exact = tuple(name.id for name in self.of[kind] if folded in name.folded)
        return exact or tuple(name.id for name in self.of[kind] if _fits(name, folded))

    def holding(self, kind: Named, folded: str) -> tuple[str, ...]:
        """The ids of everything whose name holds the word, or is spelled so."""
        return tuple(name.id for name in self.of[kind] if _fits(name, folded))

    def spelled(self, kind: Named, folded: str) -> tuple[str, ...]:
        """The ids of everything whose pinyin fits; none for a word that is not in Latin letters."""
        if not is_latin(folded):
            return ()
        return tuple(name.id for name in self.of[kind] if _sounds(name, folded))

    def shown(self, kind: Named, row_id: str) -> str:
        """The name of one row, "" where there is none."""
        return next((name.shown for name in self.of[kind] if name.id == row_id), "")


def names_of(reference: Reference) -> Names:
    """The names in these reference rows; remembered with them."""
    kept: Names | None = reference.__dict__.get(_KEPT)
    if kept is None:
        kept = reference.__dict__[_KEPT] = _read(reference)
    return kept


_KEPT = "names_for_search"


def is_latin(folded: str) -> bool:
    """Whether a folded word may be pinyin: plain letters, two at least."""
    return _LATIN.fullmatch(folded) is not None


def fits(folded_name: str, folded: str) -> bool:
    """Whether a word is part of one folded name, or of its pinyin."""
    return folded in folded_name or (is_latin(folded) and _spelled_so(folded_name, folded))


@lru_cache(maxsize=4096)
def spellings(folded: str) -> tuple[str, str]:
    """("shuiwuju", "swj") for 水务局; two empty texts for a name without Chinese."""
    if folded.isascii():
        return "", ""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(folded)), "".join(lazy_pinyin(folded, style=Style.FIRST_LETTER))


def _read(reference: Reference) -> Names:
    return Names(
        {
            "unit": _names(
                (u.id, u.short_name or u.name, (u.name, u.short_name)) for u in reference.units.values()
            ),
            "category": _names((c.id, c.name, (c.name,)) for c in reference.categories.values()),
            "place": _names((p.id, p.name, (p.name,)) for p in reference.places.values()),
            "person": _names((p.id, p.name, (p.name,)) for p in reference.persons.values()),
        }
    )


def _names(rows: Iterable[tuple[str, str, tuple[str, ...]]]) -> tuple[Name, ...]:
    return tuple(
        Name(i, shown, tuple(dict.fromkeys(fold(n) for n in names if n))) for i, shown, names in rows
    )


def _fits(name: Name, folded: str) -> bool:
    return any(folded in each for each in name.folded) or (is_latin(folded) and _sounds(name, folded))


def _sounds(name: Name, folded: str) -> bool:
    return any(_spelled_so(each, folded) for each in name.folded)


def _spelled_so(folded_name: str, folded: str) -> bool:
    whole, initials = spellings(folded_name)
    return folded in initials or whole.startswith(folded) or (len(folded) >= _WHOLE and folded in whole)
