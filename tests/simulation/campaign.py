"""Many schedules, in one process or several, and what is to be told of them: sums, and the first story that went wrong.

A failing schedule is told twice shorter: steps that it fails without are left out one by one.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing import get_context

from .run import Failed, simulate
from .template import template

_AT_ONCE = 20


@dataclass
class Totals:
    """``failures`` are stories by seed, the first one shrunk; ``seconds`` of processor time, of all processes."""

    done: int = 0
    seconds: float = 0.0
    met: Counter[str] = field(default_factory=Counter)
    failures: dict[int, str] = field(default_factory=dict)


def play_many(first: int, count: int, *, workers: int = 1) -> Totals:
    """The schedules of ``count`` seeds from ``first`` on."""
    seeds = range(first, first + count)
    totals = Totals()
    if workers == 1:
        parts: Iterator[Totals] = iter([play_some(seeds)])
        _add(totals, parts)
    else:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            _add(totals, pool.map(play_some, _parts(seeds)))
    if totals.failures:
        seed = min(totals.failures)
        totals.failures[seed] = shrunk(seed)
    return totals


def play_some(seeds: Iterable[int]) -> Totals:
    """The schedules of these seeds, in this process."""
    template()
    totals = Totals()
    began = time.process_time()
    for seed in seeds:
        try:
            totals.met.update(simulate(seed).met)
        except Failed as failed:
            totals.failures[seed] = str(failed)
        totals.done += 1
    totals.seconds = time.process_time() - began
    return totals


def shrunk(seed: int) -> str:
    """The story of a failing seed with as few steps as it still fails with, by the same invariant."""
    failed = _failure(seed, frozenset())
    if failed is None:
        return f"Seed {seed} failed once and not again: something in it is not drawn from the seed."
    left_out: frozenset[int] = frozenset()
    for step in reversed(range(1, failed.steps + 1)):
        again = _failure(seed, left_out | {step})
        if again is not None and again.invariant == failed.invariant:
            failed, left_out = again, left_out | {step}
    return f"{failed}\n\n({len(left_out)} steps that it fails without were left out.)"


def _failure(seed: int, without: frozenset[int]) -> Failed | None:
    try:
        simulate(seed, without=without)
    except Failed as failed:
        return failed
    return None


def _add(totals: Totals, parts: Iterator[Totals]) -> None:
    for part in parts:
        totals.done += part.done
        totals.seconds += part.seconds
        totals.met.update(part.met)
        totals.failures.update(part.failures)


def _parts(seeds: Iterable[int]) -> Iterator[list[int]]:
    left = iter(seeds)
    while part := list(islice(left, _AT_ONCE)):
        yield part
