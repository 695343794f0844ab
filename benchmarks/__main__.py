"""`python -m benchmarks`: measures start, first sync and the overdue list, and prints the tables."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import report


def main(words: list[str]) -> int:
    """0 when everything was measured. No figure makes it fail: they are read, and judged, by people."""
    asked = _parser().parse_args(words)
    # Late: a wrong word is told at once.
    from benchmarks import first_sync, overdue_list, start
    from benchmarks.office import open_office

    runs = asked.runs or (3 if asked.small else 5)
    at = datetime.now(UTC)
    command = " ".join(["python3 dev.py bench", *words])
    if asked.lists:
        return _lists(asked, command, at)
    if asked.search:
        return _search(asked, command, at)
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as scratch:
        folder = Path(scratch)
        _tell("importing the cases into a server")
        with open_office(folder / "office", small=asked.small) as office:
            source = office.source
            _tell("first sync")
            synced, store = first_sync.measure(office, folder, runs=runs)
        _tell("start")
        started = start.measure(store, folder, runs=runs)
        _tell("overdue list")
        listed = overdue_list.measure(store, folder, runs=runs * 4)
    report.publish((started, synced, listed), command=command, source=source, at=at, written=asked.write)
    return 0


def _lists(asked: argparse.Namespace, command: str, at: datetime) -> int:
    """The lists alone, in marks of their own on the page."""
    from benchmarks import lists

    sizes = lists.SMALL_SIZES if asked.small else lists.SIZES
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as scratch:
        sections = lists.measure(Path(asked.keep or scratch), sizes=sizes, rounds=20 if asked.small else 200)
    report.publish(
        sections, command=command, source="benchmarks/city.py", at=at, written=asked.write, mark="lists"
    )
    return 0


def _search(asked: argparse.Namespace, command: str, at: datetime) -> int:
    """The search alone, in marks of its own on the page."""
    from benchmarks import search

    sizes = (asked.tickets,) if asked.tickets else search.SMALL_SIZES if asked.small else search.SIZES
    with tempfile.TemporaryDirectory(prefix="desk-bench-") as scratch:
        sections = search.measure(Path(asked.keep or scratch), sizes=sizes, questions=4 * (asked.runs or 5))
    report.publish(
        sections, command=command, source="benchmarks/city.py", at=at, written=asked.write, mark="search"
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dev.py bench",
        description="Measure start, first sync and the overdue list, each beside its floor in the same run.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--small",
        action="store_true",
        help="a small city and few runs, in two minutes; says nothing about a large one",
    )
    parser.add_argument(
        "--lists",
        action="store_true",
        help="lists of ten thousand to a million cases alone; minutes to make them",
    )
    parser.add_argument(
        "--search",
        action="store_true",
        help="the search of ten thousand to a million cases alone, with its index made anew",
    )
    parser.add_argument(
        "--tickets", type=int, metavar="N", help="with --search: a city of that many cases alone"
    )
    parser.add_argument(
        "--keep", metavar="FOLDER", help="with --lists and --search: where stores are kept for the next run"
    )
    parser.add_argument(
        "--runs", type=int, metavar="N", help="how often each figure is taken (5; with --small 3)"
    )
    parser.add_argument(
        "--write", action="store_true", help="put the tables into docs/performance.md, with date and machine"
    )
    return parser


def _tell(words: str) -> None:
    print(f"[bench] {words}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
