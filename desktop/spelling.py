"""How a title is spelled in pinyin, for the command palette: whole and in initials. Loaded when first needed."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=512)
def spell(title: str) -> tuple[str, ...]:
    """("duban", "db") for 督办; nothing for a title without Chinese."""
    if title.isascii():
        return ()
    from pypinyin import Style, lazy_pinyin

    whole = "".join(lazy_pinyin(title))
    initials = "".join(lazy_pinyin(title, style=Style.FIRST_LETTER))
    return whole, initials
