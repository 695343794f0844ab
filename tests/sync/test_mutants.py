"""Every mistake in the protocol that we could think of is noticed by the simulator, or the simulator is worth nothing.

Each is a patch over the product that only this test switches on (tests/simulation/client_mutants.py and
server_mutants.py). `python3 dev.py campaign mutants` says which invariant noticed which, and after how many schedules.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest

from tests.simulation.client_mutants import CLIENT
from tests.simulation.mutants import Mutant
from tests.simulation.run import Failed, simulate
from tests.simulation.server_mutants import SERVER
from tools import campaigns

ALL = (*CLIENT, *SERVER)
MOST_SCHEDULES = 40


@pytest.fixture(autouse=True)
def _quiet_log() -> Iterator[None]:
    """A server with a mistake in it says so for pages."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.timeout(1800)
def test_every_mistake_is_noticed(capfd: pytest.CaptureFixture[str]) -> None:
    """A protocol test that passes with a broken protocol would let the next mistake through."""
    assert len({mutant.name for mutant in ALL}) == len(ALL) == campaigns.CAMPAIGNS["mutants"].small
    lines, alive, played = [], [], 0
    killers: set[int] = set()
    for mutant in ALL:
        tries, seed, invariant = _kill(mutant)
        played += tries
        if invariant:
            killers.add(seed)
            lines.append(f"{mutant.name}: {invariant} after {tries} (seed {seed})")
        else:
            alive.append(mutant.name)
    campaigns.report("mutants", done=len(ALL), violations=len(alive), schedules=played)
    if campaigns.SIZE in os.environ:
        with capfd.disabled():
            print("", *lines, sep="\n")  # noqa: T201  the campaign is asked for this table
    assert not alive, f"nobody notices: {'; '.join(alive)}"
    for seed in sorted(killers):
        simulate(seed)  # without the mistake nothing is wrong with it


def _kill(mutant: Mutant) -> tuple[int, int, str]:
    """How many schedules it took, the seed of the last one, and which invariant broke ("" = none)."""
    seeds = [mutant.first, *(seed for seed in range(MOST_SCHEDULES) if seed != mutant.first)]
    for tries, seed in enumerate(seeds, 1):
        try:
            with mutant.on():
                simulate(seed)
        except Failed as failed:
            return tries, seed, failed.invariant
    return len(seeds), -1, ""
