"""The deterministic simulator: the real engine and the real server, everything else drawn from a seed.

`python3 dev.py campaign simulation` plays 10,000 schedules and goes on where it stopped; `--seed S --count 1` plays one
again and prints its story. What a schedule is and what must hold in it: tests/simulation and docs/reliability.md.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter

import pytest

from tests.simulation.campaign import play_many
from tests.simulation.run import simulate
from tools import campaigns
from tools.console import ROOT

ENOUGH = 200
_TWICE = (3, 8)

MUST_HAPPEN = (
    "fault cut",
    "fault lost_request",
    "fault lost_reply",
    "fault duplicate",
    "fault late_copy",
    "fault late_request",
    "late request delivered",
    "fault 500",
    "fault 502",
    "fault 503",
    "fault 429",
    "fault 413",
    "fault 426",
    "fault html_200",
    "fault redirect",
    "fault truncated",
    "fault damaged",
    "fault slow",
    "fault too_slow",
    "fault token_refused",
    "fault poison",
    "fault server_died",
    "crash before a commit",
    "crash after a commit",
    "crash before a request",
    "crash after a reply",
    "crash while idle",
    "power cut",
    "long poll",
    "long poll woken",
    "signed out",
    "clock set ahead",
    "clock set back",
    "a week passes",
    "event restore",
    "event restart server",
    "event change roles",
    "event suspend person",
    "event shorten log",
    "event new rules",
    "event sleep",
    "large reassignment",
    "kind ticket.assign",
    "rows evicted",
    "first load",
    "ends applied",
    "ends conflict",
    "ends rejected",
    "ends out_of_scope",
    "ends blocked",
    "ends discarded",
    "answer duplicate",
    "answer merged",
    "lease granted",
    "call made",
    "value revealed",
)
"""A fault or an act that never happens in two hundred schedules is a defect of the simulator."""


@pytest.mark.timeout(0)
def test_nothing_is_lost_done_twice_or_shown_wrongly(capfd: pytest.CaptureFixture[str]) -> None:
    """I1 to I23, whoever works, whatever the network, the clocks and the machines do."""
    wanted, first = campaigns.size_of("simulation"), campaigns.first_seed()
    played = play_many(first, wanted, workers=1 if wanted <= ENOUGH else os.cpu_count() or 1)
    campaigns.report(
        "simulation",
        done=played.done,
        violations=len(played.failures),
        seconds_each=f"{played.seconds / played.done:.2f}",
        **_figures(played.met),
    )
    if played.failures:
        pytest.fail("\n\n".join(played.failures[seed] for seed in sorted(played.failures)[:3]), pytrace=False)
    if wanted == 1:
        with capfd.disabled():  # somebody asked for this one schedule
            print(f"\n{simulate(first).story}\n")  # noqa: T201
    if played.done >= ENOUGH:
        assert not [what for what in MUST_HAPPEN if not played.met[what]]


@pytest.mark.parametrize("seed", _TWICE)
def test_a_seed_is_one_schedule(seed: int) -> None:
    """A story that cannot be told again cannot be mended: the same in this process and in one that hashes otherwise."""
    code = f"from tests.simulation.run import simulate; print(simulate({seed}).fingerprint)"
    env = {**os.environ, "PYTHONHASHSEED": str(seed + 1)}
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    first = simulate(seed).fingerprint
    assert simulate(seed).fingerprint == first
    assert other.stdout.split()[-1] == first
    assert simulate(seed + 1).fingerprint != first


def _figures(met: Counter[str]) -> dict[str, int]:
    """The few sums that say what a run has seen."""
    return {
        "operations": sum(n for what, n in met.items() if what.startswith("ends ")),
        "rounds": met["round"],
        "network_faults": sum(n for what, n in met.items() if what.startswith("fault ")),
        "crashes": sum(n for what, n in met.items() if what.startswith("crash")),
        "restores": met["event restore"],
        "conflicts": met["ends conflict"],
        "evicted_rows": met["rows evicted"],
    }
