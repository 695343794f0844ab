"""The contradiction board on a sample city with planted false completions: how often it is right, how long it takes.

    python -m benchmarks.contradictions                            # 20,000 cases, half a minute
    python -m benchmarks.contradictions --size 200000 --keep FOLDER  # some minutes; the store is kept and used again

Precision = planted among the first so many of the board; recall = planted among them of all planted that a visit
denies. The order of chance would have the share of planted cases everywhere.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from benchmarks.desk_store import KEY, OFFICER
from central.sample_city.building import sample_profile
from central.sample_city.generator import DEFAULT_AS_OF, City, CitySpec
from desktop.models.domain.entities import Category, Finding, Place, Ticket, Unit, Visit
from desktop.models.store.deriving import derive
from desktop.models.store.engine import Store, open_store
from desktop.models.store.projection import Stored, put_rows
from desktop.services.queries.base import Reader
from desktop.services.queries.board.ground import lay_ground
from desktop.services.queries.board.standing import standings
from desktop.services.queries.reference import load_reference

T = TypeVar("T")

_ROWS = (Ticket, Visit, Unit, Category, Place, Finding)
_AS_OF = datetime.fromisoformat(DEFAULT_AS_OF)
_RULES = sample_profile()
_RUNS = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=12345)
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args(arguments)
    if asked.keep is not None:
        asked.keep.mkdir(parents=True, exist_ok=True)
        measure(asked.keep, asked.size, asked.seed)
    else:
        with tempfile.TemporaryDirectory(prefix="supervision-desk-board-") as folder:
            measure(Path(folder), asked.size, asked.seed)
    return 0


def measure(folder: Path, size: int, seed: int) -> None:
    """Makes the store where it is not there yet, lays the board and prints the figures."""
    path, truth = folder / f"board-{size}-{seed}.db", folder / f"board-{size}-{seed}.json"
    store = open_store(path, KEY)
    try:
        if not truth.exists():
            truth.write_text(json.dumps(_fill(store, size, seed)))
        planted = set(json.loads(truth.read_text()))
        ground = _ask(store, lay_ground)
        took = []
        for _ in range(_RUNS):
            began = time.process_time()
            _ask(store, lay_ground)
            took.append(time.process_time() - began)
        began = time.perf_counter()
        _ask(store, standings)
        standing_s = time.perf_counter() - began
    finally:
        store.close()
    hits = [case.ticket_id in planted for case in ground.cases]
    true = sum(hits)
    average = sum(sum(hits[: n + 1]) / (n + 1) for n, hit in enumerate(hits) if hit) / max(1, true)
    say = sys.stdout.write
    say(f"{ground.completions:,} completions, {len(hits):,} contradicted, {true:,} of them planted\n")
    for first in sorted({min(n, len(hits)) for n in (50, 200, true, 2 * true)}):
        right = sum(hits[:first])
        say(f"first {first:,}: precision {right / first:.3f}, recall {right / max(1, true):.3f}\n")
    say(f"average precision {average:.3f}; by chance {true / max(1, len(hits)):.3f}\n")
    say(
        f"laid in {sorted(took)[_RUNS // 2]:.2f} s of one processor; where cases stand in {standing_s * 1000:.0f} ms\n"
    )


def _fill(store: Store, size: int, seed: int) -> list[str]:
    """The city's rows as a sync leaves them; the ids of the planted tickets."""
    planted: list[str] = []
    for chunk in City(CitySpec(size, seed, _AS_OF, lean=True), _RULES).chunks():
        rows = [Stored.of(row) for row in chunk.rows if isinstance(row, _ROWS)]
        with store.write() as connection:
            derive(connection, put_rows(connection, rows, _RULES.escalation))
        planted += [one.ticket_id for one in chunk.planted]
    return planted


def _ask(store: Store, query: Callable[[Reader], T]) -> T:
    with store.read() as connection:
        return query(
            Reader(
                connection=connection,
                now=_AS_OF,
                profile=_RULES,
                me=OFFICER,
                reference=load_reference(connection),
            )
        )


if __name__ == "__main__":
    sys.exit(main())
