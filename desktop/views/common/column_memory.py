"""Where lists find their columns again after a restart: one place for the window, given by whoever starts it.

A list with a `memory_key` asks here. What is kept is widths, order and hidden columns; the order of the rows belongs to
the queue. Without a place (tests, the gallery) nothing is kept. Must not hold anything of a case.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping


class _Place:
    """The way to the file; swapped as a whole."""

    def __init__(self) -> None:
        self.read: Callable[[str], str] | None = None
        self.write: Callable[[str, str], None] | None = None


_place = _Place()


def install(read: Callable[[str], str], write: Callable[[str, str], None]) -> None:
    """Keep layouts by these two: key → text ("" for none), and key, text → kept."""
    _place.read, _place.write = read, write


def remove() -> None:
    """Keep nothing any more."""
    _place.read = _place.write = None


def recall(key: str) -> Mapping[str, object]:
    """The layout kept under a key, fit for `restore_layout`; empty where there is none or it makes no sense."""
    if not key or _place.read is None:
        return {}
    try:
        kept = json.loads(_place.read(key) or "{}")
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def keep(key: str, layout: Mapping[str, object]) -> None:
    """Keep what `layout_state` answered, but for the sorting."""
    if key and _place.write is not None:
        _place.write(key, json.dumps({name: part for name, part in layout.items() if name != "sort"}))
