"""`python -m benchmarks`: what is measured, at which sizes, and where the tables go."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks import charts, report
from benchmarks.figures import Section

PARTS = ("desk", "start", "growth", "lists", "search", "hour", "peers")
_SIZES = (10_000, 100_000, 1_000_000)
_LARGE = 500_000
"""Cases from which a first sync takes minutes and is measured once."""

_SMALL = (6_000,)
"""The least at which lists are held in memory."""

_MARKS = {"desk": "figures"}
"""Between which marks of the page a part's tables stand, where they are not called as the part."""

_MADE_UP = "made-up, benchmarks/city.py"


class _Run(NamedTuple):
    """What was asked for: ``folder`` keeps the stores, ``scratch`` is emptied."""

    folder: Path
    scratch: Path
    sizes: tuple[int, ...]
    runs: int
    small: bool


def main(words: list[str]) -> int:
    """0 when everything was measured. No figure makes it fail: they are read, and judged, by people."""
    asked = _parser().parse_args(words)
    parts = [part for part in PARTS if getattr(asked, part) or asked.all]
    if not parts:
        parts = ["desk", "growth", "lists", "search", "hour"] if asked.small else ["desk"]
    command = _told(words)
    finished = _Finished(asked.keep)
    parts = [part for part in parts if not (asked.resume and finished.has(part))]
    if not asked.resume:
        finished.forget()
    sizes = tuple(asked.sizes or (_SMALL if asked.small else _SIZES))
    runs = asked.runs or (1 if asked.small else 5)
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as kept:
        for part in parts:
            _tell(part)
            at = datetime.now(UTC)
            with tempfile.TemporaryDirectory(prefix="desk-bench-") as scratch:
                run = _Run(Path(asked.keep or kept), Path(scratch), sizes, runs, asked.small)
                sections, source = _MEASURED[part](run)
            mark = _MARKS.get(part, part)
            report.publish(sections, command=command, source=source, at=at, written=asked.write, mark=mark)
            finished.note(part)
    if asked.write:
        charts.draw(report.PAGE)
    return 0


def _told(words: Sequence[str]) -> str:
    """The command as the page says it: where this machine keeps its stores is nobody's business."""
    shown = [
        "FOLDER" if before == "--keep" else word for before, word in zip(("", *words), words, strict=False)
    ]
    return " ".join(["python3 dev.py bench", *shown])


class _Finished:
    """Which parts a run has finished, written beside its stores, so that one that was broken off can go on."""

    def __init__(self, folder: str | None) -> None:
        self._file = Path(folder) / "finished.txt" if folder else None

    def has(self, part: str) -> bool:
        return (
            self._file is not None and self._file.exists() and part in self._file.read_text("utf-8").split()
        )

    def note(self, part: str) -> None:
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with self._file.open("a", encoding="utf-8") as file:
                file.write(f"{part}\n")

    def forget(self) -> None:
        if self._file is not None:
            self._file.unlink(missing_ok=True)


_Answer = tuple[Sequence[Section], str]


def _desk(run: _Run) -> _Answer:
    """The imported city: start, first sync, the overdue list."""
    from benchmarks import first_sync, overdue_list, start
    from benchmarks.office import open_office

    with open_office(run.scratch / "office", small=run.small) as office:
        synced, store = first_sync.measure(office, run.scratch, runs=run.runs)
    started = start.measure(store, run.scratch, runs=run.runs, real_keyring=not run.small)
    listed = overdue_list.measure(store, run.scratch, runs=run.runs * 4)
    return (started, synced, listed), office.source


def _start(run: _Run) -> _Answer:
    from benchmarks import start
    from benchmarks.desk_store import NOW, made_store

    sections = []
    for size in run.sizes:
        place = run.scratch / str(size)
        place.mkdir()
        title = f"Start with {size:,} cases"
        sections.append(
            start.measure(made_store(run.folder, size), place, runs=run.runs, now=NOW, title=title)
        )
    return sections, _MADE_UP


def _growth(run: _Run) -> _Answer:
    from benchmarks import growth

    sizes = (2_000,) if run.small else run.sizes
    runs = {size: min(run.runs, 2 if size < _LARGE else 1) for size in sizes}
    return [growth.measure(run.scratch, size, runs=runs[size]) for size in sizes], _MADE_UP


def _lists(run: _Run) -> _Answer:
    from benchmarks import lists

    rounds, acts = (4, 1) if run.small else (200, 3)
    return lists.measure(run.folder, sizes=run.sizes, rounds=rounds, acts=acts), _MADE_UP


def _search(run: _Run) -> _Answer:
    from benchmarks import search

    return search.measure(run.folder, sizes=run.sizes, questions=4 * run.runs), _MADE_UP


def _hour(run: _Run) -> _Answer:
    from benchmarks import hour

    return (
        hour.measure(run.folder, run.scratch, size=run.sizes[-1], minutes=1 if run.small else 60),
    ), _MADE_UP


def _peers(run: _Run) -> _Answer:
    from benchmarks import peers

    return (peers.measure(run.folder, size=run.sizes[-1]),), _MADE_UP


_MEASURED: dict[str, Callable[[_Run], _Answer]] = {
    "desk": _desk,
    "start": _start,
    "growth": _growth,
    "lists": _lists,
    "search": _search,
    "hour": _hour,
    "peers": _peers,
}
_HELP = {
    "desk": "start, first sync and the overdue list of an imported city (what is measured without a word)",
    "start": "starts with cities of three sizes",
    "growth": "first syncs and catching up at three sizes",
    "lists": "lists of three sizes: switching, filtering, sorting, scrolling, memory",
    "search": "the search of three sizes, with its index made anew",
    "hour": "the memory over an hour's scripted use, at the pace of the machine",
    "peers": "the largest city beside other programs, in an environment of their own",
}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py bench",
        description="Measure the desktop, each figure beside its floor in the same run. Name parts, or --all.",
        allow_abbrev=False,
    )
    for part in PARTS:
        parser.add_argument(f"--{part}", action="store_true", help=_HELP[part])
    parser.add_argument(
        "--all",
        action="store_true",
        help="every part: an hour on a quiet machine, most of it for a million cases",
    )
    parser.add_argument(
        "--small",
        action="store_true",
        help="a small city and each figure once, in a minute or two; what a city of any size needs, it does not say",
    )
    parser.add_argument(
        "--sizes", type=int, nargs="+", metavar="N", help="how many cases (10000 100000 1000000)"
    )
    parser.add_argument("--keep", metavar="FOLDER", help="where made-up stores are kept for the next run")
    parser.add_argument(
        "--resume",
        action="store_true",
        help="leave out the parts that a run into the same --keep has finished",
    )
    parser.add_argument(
        "--runs", type=int, metavar="N", help="how often each figure is taken (5; with --small 1)"
    )
    parser.add_argument(
        "--write", action="store_true", help="put tables and charts into docs, with date and machine"
    )
    return parser


def _tell(words: str) -> None:
    print(f"[bench] {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
