"""Lists of ten thousand, a hundred thousand and a million cases: switching, filtering, sorting, scrolling, memory.

Each size is used in a process of its own (lists_child), in turn with its floor, a bare QTableView of as many rows of
constant text, and with Qt's own SQL model on the same rows in a plain file. Stores are made once and kept where
``--keep`` says.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.desk_store import made_store
from benchmarks.figures import Line, Samples, Section
from benchmarks.lists_child import export
from benchmarks.place import ROOT

_PATIENCE_S = 3_000
_FLOOR = "floor: "
_AGAINST = {
    "scroll: one notch of the wheel": "floor: scroll: one notch of the wheel",
    "scroll: a page": "floor: scroll: a page",
    "scroll: a jump anywhere": "floor: scroll: a jump anywhere",
    "switch queue: count and scrollbar": "floor: all ids in order, raw driver",
    "filter: count and scrollbar": "floor: all ids in order, raw driver",
    "sort by any column: count and scrollbar": "floor: all ids in order, raw driver",
}


@dataclass
class Used:
    """What one process told: seconds by name, and bytes."""

    seconds: dict[str, list[float]]
    bytes: dict[str, int]


def measure(folder: Path, *, sizes: tuple[int, ...], rounds: int, acts: int) -> tuple[Section, ...]:
    """A section a size; stores are made in ``folder`` or found there. ``rounds`` of scripted use for the memory, each
    queue, filter and order ``acts`` times for the figures."""
    return tuple(_measured(folder, size, rounds, acts) for size in sizes)


def _measured(folder: Path, size: int, rounds: int, acts: int) -> Section:
    store = made_store(folder, size)
    plain = folder / f"plain-{size}.db"
    if not plain.exists():
        export(store, plain)
    floor = use("floor", str(size), str(acts))
    ours = use("ours", str(store), str(rounds), str(acts))
    peer = use("peer", str(plain))
    seconds = {_FLOOR + name: values for name, values in floor.seconds.items()} | ours.seconds | peer.seconds
    lines = [
        Line(name, Samples(values), of=_AGAINST.get(name, ""))
        for name, values in seconds.items()
        if not name.startswith("scripted")
    ]
    weights = {**floor.bytes, **ours.bytes, **peer.bytes}
    bare = weights["floor: bare window and table"]
    memory = "; ".join(
        f"{name} {weight / 1e6:,.0f} MB ({(weight - bare) / 1e6:+,.0f})" for name, weight in weights.items()
    )
    note = (
        "Encrypted store, window 1366 × 768 drawn offscreen, columns in memory. Count and scrollbar: from the click "
        f"to the list's new length; painted: to its rows. Memory (beside the bare table of as many rows): {memory}."
    )
    return Section(f"Lists of {size:,} cases", tuple(lines), note)


def use(*words: str) -> Used:
    """`lists_child` with these words, in a process of its own. Raises RuntimeError where it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.lists_child", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE_S,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    told = json.loads(done.stdout.strip().splitlines()[-1])
    return Used(told["seconds"], told["bytes"])
