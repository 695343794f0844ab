"""How much one device may ask of this process: a bucket of tokens each, filled again at a steady rate.

Generous on purpose: a first load of a million rows is five hundred requests, a desktop at work asks every fifteen
seconds. What is slowed down is a program gone wild, or somebody copying the city row by row. Each process counts by
itself; addresses, and whoever is not signed in, are for the balancer before it. For one thread: the event loop's.
"""

from __future__ import annotations

from collections.abc import Callable

_MOST_BUCKETS = 10_000


class RequestLimit:
    """``rate`` requests a second in the long run, ``burst`` at once; a rate of 0 limits nothing."""

    def __init__(self, rate: float, burst: int, monotonic: Callable[[], float]) -> None:
        self._rate = rate
        self._burst = float(max(1, burst))
        self._monotonic = monotonic
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}
        """(tokens left, when that was) by who asks."""

    def take(self, who: tuple[str, str]) -> float:
        """Spend one token: 0.0 where there was one, else the seconds until there is."""
        if self._rate <= 0:
            return 0.0
        now = self._monotonic()
        left, at = self._buckets.get(who, (self._burst, now))
        left = min(self._burst, left + max(0.0, now - at) * self._rate)
        if left < 1.0:
            self._buckets[who] = (left, now)
            return (1.0 - left) / self._rate
        if who not in self._buckets and len(self._buckets) >= _MOST_BUCKETS:
            self._forget_full(now)
        self._buckets[who] = (left - 1.0, now)
        return 0.0

    def _forget_full(self, now: float) -> None:
        """A bucket that has filled again says no more than none."""
        self._buckets = {
            who: (left, at)
            for who, (left, at) in self._buckets.items()
            if left + (now - at) * self._rate < self._burst
        }
