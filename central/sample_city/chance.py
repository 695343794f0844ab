"""Drawing: weighted choices as tables, so that a draw is one random number and one look-up.

Every draw takes the caller's ``random.Random``; nothing here owns randomness.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")

_SLOTS = 2_000


class Lottery(Generic[T]):
    """Values with weights (> 0). Weights are kept to one part in two thousand; every value keeps a share."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        total = sum(weights.values())
        self._table: list[T] = []
        for value, weight in weights.items():
            self._table.extend([value] * max(1, round(weight / total * _SLOTS)))
        self._size = len(self._table)

    def draw(self, rng: random.Random) -> T:
        """One value."""
        return self._table[int(rng.random() * self._size)]


def one_of(rng: random.Random, values: Sequence[T]) -> T:
    """One value of a sequence that is not empty, each as likely."""
    return values[int(rng.random() * len(values))]


def between(rng: random.Random, low: int, high: int) -> int:
    """A whole number from ``low`` up to but not including ``high``."""
    return low + int(rng.random() * (high - low))
