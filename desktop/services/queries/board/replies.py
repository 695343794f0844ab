"""Answers that say the same words about different matters, whatever names, numbers and dates they fill in.

Each answer is taken for the set of its runs of four letters; what is likely to share most of them is found by its least
hashed runs and then compared. Pure: texts in, groups out; the same texts give the same groups.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_NOT_SAID = re.compile(r"[\W\d_]+")
_RUN = 4
_ALIKE = 0.6
"""Share of the runs of both that two answers have in common."""
_BANDS, _ROWS = 8, 2
_PRIME = np.uint64(4_294_967_311)


def groups_of(texts: Sequence[str]) -> list[int]:
    """For each text the number of its group; a text without letters is in a group of its own."""
    runs = [_runs(text) for text in texts]
    leaders = list(range(len(texts)))
    met: dict[tuple[int, ...], int] = {}
    for place, own in enumerate(runs):
        if not own:
            continue
        for key in _keys(own):
            other = met.setdefault(key, place)
            mine, theirs = _leader(leaders, place), _leader(leaders, other)
            if mine != theirs and len(own & runs[other]) >= _ALIKE * len(own | runs[other]):
                leaders[max(mine, theirs)] = min(mine, theirs)
    return [_leader(leaders, place) for place in range(len(texts))]


def _runs(text: str) -> frozenset[int]:
    said = _NOT_SAID.sub("", text)
    if not said:
        return frozenset()
    return frozenset(crc32(said[at : at + _RUN].encode()) for at in range(max(1, len(said) - _RUN + 1)))


def _keys(runs: frozenset[int]) -> list[tuple[int, ...]]:
    """What two texts that are alike have at least one of in common, almost surely."""
    hashed = np.fromiter(runs, np.uint64, len(runs))[:, None]
    least: list[int] = ((hashed * _FACTORS + _ADDED) % _PRIME).min(axis=0).tolist()
    return [(band, *least[band * _ROWS : (band + 1) * _ROWS]) for band in range(_BANDS)]


def _leader(leaders: list[int], place: int) -> int:
    while leaders[place] != place:
        leaders[place] = leaders[leaders[place]]
        place = leaders[place]
    return place


def _mixed(start: int) -> NDArray[Any]:
    """Sixteen fixed odd numbers below 2^31."""
    numbers = [(start * (2 * n + 1) ^ (start >> 3)) & 0x7FFF_FFFF | 1 for n in range(1, _BANDS * _ROWS + 1)]
    return np.array([numbers], np.uint64)


_FACTORS, _ADDED = _mixed(0x9E37_79B1), _mixed(0x85EB_CA77)
