"""How long to wait after a failure: full jitter, at most five minutes; the server's own word wins. Pure."""

from __future__ import annotations

import random

from desktop.services.api.errors import ApiError, Busy

LONGEST_S = 300.0
SUSPENDED_S = 86_400.0
LONE_FAULTS = 5
"""So many server errors in a row on one operation alone suspend it: it is then tried once a day."""

_FIRST_S = 1.0


def jittered(failures: int, rng: random.Random) -> float:
    """Seconds to wait after ``failures`` ≥ 1 in a row: anything up to 1, 2, 4, … 300."""
    return rng.uniform(0, min(LONGEST_S, _FIRST_S * 2.0 ** min(failures - 1, 16)))


def wait_after(error: ApiError, failures: int, rng: random.Random) -> float:
    """Seconds to the next round after ``failures`` failed rounds in a row, the last by ``error``."""
    if isinstance(error, Busy) and error.retry_after_s is not None:
        return min(error.retry_after_s, SUSPENDED_S)
    return jittered(failures, rng)


def is_due(next_try_at: float | None, now: float, longest: float = SUSPENDED_S) -> bool:
    """Whether what was put off until ``next_try_at`` may be tried.

    Nothing is put off for longer than ``longest`` seconds, so a clock that was set back does not hold it.
    """
    return next_try_at is None or now >= next_try_at or next_try_at - now > longest
