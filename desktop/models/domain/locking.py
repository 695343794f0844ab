"""When a desk that nobody touches locks: first its window, later its store. Pure: time comes in as numbers.

A call in hand is long silence at the keyboard and no absence: it is never cut without a warning, and its store is not
closed by the clock (decision 11).
"""

from __future__ import annotations

from typing import Final, Literal

from msgspec import Struct

Depth = Literal["open", "warned", "soft", "hard"]
"""``warned``: still open, and said to lock soon. ``soft``: the window shows nothing. ``hard``: the store is closed."""

LEAST_S: Final = 30.0
MOST_S: Final = 8 * 3600.0
"""Bounds of what a city may ask for: a slip of 0 must neither lock at every breath nor never."""

WARN_S: Final = 30.0
WARN_CALL_S: Final = 60.0


class LockPolicy(Struct, frozen=True):
    """Seconds without a key or a mouse after which the window, and then the store, is locked."""

    soft_s: float = 300.0
    hard_s: float = 900.0


def policy_of(soft_s: float, hard_s: float) -> LockPolicy:
    """The city's wish within what makes sense; ``hard`` is never before ``soft``."""
    soft = min(max(soft_s, LEAST_S), MOST_S)
    return LockPolicy(soft, min(max(hard_s, soft), MOST_S))


def depth_of(idle_s: float, policy: LockPolicy, *, in_call: bool) -> Depth:
    """How a desk has to stand after ``idle_s`` seconds."""
    if in_call:
        if idle_s >= policy.hard_s:
            return "soft"
        return "warned" if idle_s >= policy.hard_s - WARN_CALL_S else "open"
    if idle_s >= policy.hard_s:
        return "hard"
    if idle_s >= policy.soft_s:
        return "soft"
    return "warned" if idle_s >= policy.soft_s - min(WARN_S, policy.soft_s / 4) else "open"
