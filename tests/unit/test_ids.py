"""Identifiers made offline: unique and rising, whatever the machine's clock does."""

from __future__ import annotations

import random
import uuid
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.models.domain.clock import ManualClock
from desktop.models.domain.ids import IdSource, is_id


@given(st.lists(st.integers(-5_000, 5_000), max_size=30), st.integers(0, 2**32))
def test_ids_rise_even_when_somebody_sets_the_clock_back(jumps: list[int], seed: int) -> None:
    """The outbox sends in the order of ids made; a step back must not put new work before old."""
    clock = ManualClock(datetime(2024, 3, 4, tzinfo=UTC))
    source = IdSource(clock, random.Random(seed))
    made = []
    for milliseconds in jumps:
        made.append(source())
        clock.jump(timedelta(milliseconds=milliseconds))
    assert all(a < b for a, b in pairwise(made))
    assert all(is_id(i) and uuid.UUID(i).version == 7 and uuid.UUID(i).variant == uuid.RFC_4122 for i in made)


def test_a_burst_within_one_millisecond_stays_in_order_past_the_counter() -> None:
    source = IdSource(ManualClock(datetime(2024, 3, 4, tzinfo=UTC)), random.Random(1))
    made = [source() for _ in range(10_000)]
    assert made == sorted(set(made))


def test_only_the_canonical_form_is_an_id() -> None:
    assert is_id("018e0a5c-0000-7000-8000-000000000000")
    assert not is_id("018E0A5C-0000-7000-8000-000000000000")
    assert not is_id("018e0a5c000070008000000000000000")
    assert not is_id("../../etc/passwd")
