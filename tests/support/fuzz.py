"""A fuzzer with a budget of seconds: hypothesis, round after round with a new seed, until the time is over.

What it finds is shrunk by hypothesis, and kept below `tests/support/fuzz_cases.py` under a name by whoever mends it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

_ROUND = 200


def fuzz(
    inputs: SearchStrategy[Any], target: Callable[[Any], None], *, seconds: float, first_seed: int
) -> int:
    """How many inputs ``target`` took without raising what it must not. Raises with the smallest input that it did."""
    count = 0

    def counted(value: Any) -> None:
        nonlocal count
        count += 1
        target(value)

    until = time.monotonic() + seconds
    number = first_seed
    while time.monotonic() < until:
        run = settings(
            max_examples=_ROUND, deadline=None, database=None, phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )(given(inputs)(counted))  # fmt: skip
        seed(number)(run)()
        number += 1
    return count
