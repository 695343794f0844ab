"""The campaigns: tests that only differ from the daily ones by a bigger number, and what they last found.

A test asks `size_of` how far to go and tells `report` what it saw. On every run that is the small size and one line
at the end of the run; `python3 dev.py campaign` asks for the large one, keeps the result in `docs/campaigns.json` and
writes the table in `docs/reliability.md` anew. Standard library only.
"""

from __future__ import annotations

import json
import os
import platform
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .console import ROOT, Stop, call, say

SIZE = "DESK_CAMPAIGN_SIZE"
SEED = "DESK_CAMPAIGN_SEED"
RESULTS = "DESK_CAMPAIGN_RESULTS"
"""The variables by which a run tells its tests how far to go, where to begin, and where to write what they saw."""

_KEPT = ROOT / "docs" / "campaigns.json"
_PAGE = ROOT / "docs" / "reliability.md"
_BEGIN, _END = "<!-- campaigns: begin -->", "<!-- campaigns: end -->"


@dataclass(frozen=True)
class Campaign:
    """``test`` is what pytest runs; ``small`` and ``large`` count ``unit``s on every run and before a release.

    ``resumes``: each run goes on at the seed where the last one stopped, and counts add up while nothing is found.
    """

    test: str
    unit: str
    small: int
    large: int
    what: str
    resumes: bool = False


CAMPAIGNS: dict[str, Campaign] = {
    "simulation": Campaign(
        "tests/sync/test_simulation.py",
        "schedules",
        200,
        10_000,
        "the real engine and the real server in one process, virtual clock, seeded faults",
        resumes=True,
    ),
    "mutants": Campaign(
        "tests/sync/test_mutants.py",
        "mutants",
        39,
        39,
        "mistakes in the protocol, all noticed by the simulator",
    ),
    "kill": Campaign(
        "tests/campaigns/test_kill.py", "kills", 40, 500, "kill -9 of client and server in mid-sync"
    ),
    "network": Campaign(
        "tests/campaigns/test_network_faults.py -n 2",
        "faults",
        70,
        1_400,
        "14 kinds of network fault in 5 phases, through a proxy",
    ),
    "io": Campaign(
        "tests/campaigns/test_io_faults.py", "points", 40, 400, "disk full, I/O error, short write"
    ),
    "commit-order": Campaign(
        "tests/postgres/test_commit_order.py",
        "commits",
        5_000,
        100_000,
        "PostgreSQL, 8 writers: no change is skipped by a reader",
    ),
    "leases": Campaign(
        "tests/postgres/test_lease_race.py",
        "claims",
        2_000,
        10_000,
        "50 workers claim, nobody is dialled twice",
    ),
    "contract": Campaign(
        "tests/central/test_contract.py",
        "cases",
        3_000,
        30_000,
        "Schemathesis against three roles, stateful",
        resumes=True,
    ),
    "shift": Campaign(
        "tests/journeys/test_shift.py",
        "visits",
        6,
        120,
        "two callers, by keyboard alone, on a real SIP line; the network goes, a program is killed",
    ),
    "matrix": Campaign(
        "tests/central/test_authority_matrix.py",
        "cells",
        10_380,
        10_380,
        "operation by role by own, foreign and confidential: every cell",
    ),
    "canaries": Campaign(
        "tests/campaigns/test_canaries.py",
        "persons",
        20,
        100,
        "made-up persons, looked for wherever a trace may lie",
    ),
    "upgrade": Campaign(
        "tests/store/test_upgrade.py",
        "states",
        72,
        72,
        "every stored schema by every state of the outbox, and a power cut at each step of the upgrade",
    ),
    "fuzz": Campaign(
        "tests/campaigns/test_fuzz.py",
        "seconds",
        8,
        1_200,
        "seven fuzzers, so many seconds each: cursor, operation, search, file name, cell, problem document, merge",
    ),
    "queues": Campaign(
        "tests/campaigns/test_queue_counts.py",
        "cases",
        3_000,
        200_000,
        "each queue of a sample city and of the Boston import, recounted in plain Python",
    ),
    "load": Campaign(
        "tests/campaigns/test_load.py",
        "desktops",
        100,
        500,
        "desktops that poll and write against one server",
    ),
}


def size_of(name: str) -> int:
    """How many the running test shall do."""
    campaign = CAMPAIGNS[name]
    return int(os.environ.get(SIZE, campaign.small))


def first_seed() -> int:
    """The seed to begin with, 0 unless a campaign says otherwise."""
    return int(os.environ.get(SEED, "0"))


def report(name: str, *, done: int, violations: int, **figures: float | str) -> None:
    """What a test saw: ``done`` of its unit, and what went wrong; further figures are shown as they are."""
    line = {"name": name, "done": done, "violations": violations, "figures": figures}
    target = os.environ.get(RESULTS)
    if target:
        with Path(target).open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=False) + "\n")


def lines_of(results: Path) -> list[str]:
    """What the tests of one run reported, for its closing lines."""
    read = _read(results)
    return [
        _line(name, [r for r in read if r["name"] == name]) for name in dict.fromkeys(r["name"] for r in read)
    ]


def run(python: Path, names: list[str], count: int | None, seed: int | None, env: dict[str, str]) -> int:
    """Run campaigns one after another; the exit code is not 0 where any test failed. Results are kept either way."""
    unknown = [name for name in names if name not in CAMPAIGNS]
    if unknown:
        raise Stop(f"No such campaign: {', '.join(unknown)}. There are {', '.join(CAMPAIGNS)}.")
    worst = 0
    for name in names or list(CAMPAIGNS):
        worst = max(worst, _run_one(python, name, count, seed, env))
    return worst


def _run_one(python: Path, name: str, count: int | None, seed: int | None, env: dict[str, str]) -> int:
    campaign, kept = CAMPAIGNS[name], _load()
    before: dict[str, Any] = kept.get(name, {})
    goes_on = campaign.resumes and seed is None and not before.get("violations")
    begin = seed if seed is not None else (before.get("next_seed", 0) if goes_on else 0)
    size = count if count is not None else campaign.large
    results = ROOT / "build" / "campaigns" / f"{name}.jsonl"
    results.parent.mkdir(parents=True, exist_ok=True)
    results.unlink(missing_ok=True)
    say(f"{name}: {size:,} {campaign.unit} from seed {begin}")
    began = time.monotonic()
    settings = {SIZE: str(size), SEED: str(begin), RESULTS: str(results)}
    code = call([python, "-m", "pytest", "-q", *campaign.test.split()], env={**env, **settings})
    seen = [r for r in _read(results) if r["name"] == name]
    if not seen:
        raise Stop(f"{name} ended with exit code {code} and reported nothing.")
    done, violations = sum(r["done"] for r in seen), sum(r["violations"] for r in seen)
    earlier = before if goes_on else {}
    kept[name] = {
        "done": done + earlier.get("done", 0),
        "violations": violations,
        "next_seed": begin + done,
        "figures": _summed(_figures(seen), earlier.get("figures", {})),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "minutes": round((time.monotonic() - began) / 60 + earlier.get("minutes", 0), 1),
        "machine": f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}",
        "command": f"python3 dev.py campaign {name}"
        + ("" if count is None or campaign.resumes else f" --count {count}"),
        "passed": code == 0,
    }
    _KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    _write_page(kept)
    return code


def _write_page(kept: dict[str, Any]) -> None:
    rows = [
        "| campaign | on every run | before a release | last large run | found | date, machine, time | command |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, campaign in CAMPAIGNS.items():
        last = kept.get(name)
        head = f"| {campaign.what} | {campaign.small:,} {campaign.unit} | {campaign.large:,} |"
        if last is None:
            rows.append(f"{head} not run yet | | | `python3 dev.py campaign {name}` |")
            continue
        figures = "".join(f"; {key.replace('_', ' ')} {value}" for key, value in last["figures"].items())
        found = f"{last['violations']} violations{figures}" + ("" if last["passed"] else "; the run failed")
        where = f"{last['date']}, {last['machine']}, {last['minutes']} min"
        rows.append(f"{head} {last['done']:,} | {found} | {where} | `{last['command']}` |")
    page = _PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    table = "\n".join(rows)
    _PAGE.write_text(f"{before}{_BEGIN}\n{table}\n{_END}{after}", encoding="utf-8")


def _line(name: str, reports: list[dict[str, Any]]) -> str:
    done, violations = sum(r["done"] for r in reports), sum(r["violations"] for r in reports)
    figures = "".join(f", {key.replace('_', ' ')} {value}" for key, value in _figures(reports).items())
    return f"{name}: {done:,} {CAMPAIGNS[name].unit}, {violations} violations{figures}"


def _figures(reports: list[dict[str, Any]]) -> dict[str, Any]:
    """The figures of all reports of one campaign; of those that several name, the last."""
    return {key: value for report in reports for key, value in report["figures"].items()}


def _summed(figures: dict[str, Any], earlier: dict[str, Any]) -> dict[str, Any]:
    """Counts go on where a campaign goes on; anything else is what the last run saw."""
    return {
        key: value + earlier.get(key, 0) if isinstance(value, int) else value
        for key, value in figures.items()
    }


def _load() -> dict[str, Any]:
    if not _KEPT.exists():
        return {}
    loaded: dict[str, Any] = json.loads(_KEPT.read_text(encoding="utf-8"))
    return loaded


def _read(results: Path) -> list[dict[str, Any]]:
    if not results.exists():
        return []
    return [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
