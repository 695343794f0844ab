"""``python -m central sample``: arguments, progress and a report in words; and the build that ``serve`` asks for."""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TextIO

from central.database import Database
from desktop.models.domain.clock import Clock

from .building import Built, CannotBuild, as_of_time, build
from .corpus import corpus
from .generator import DEFAULT_AS_OF, LARGEST, SMALLEST, CitySpec, history_days
from .ledger import Planted

OK, FAILED, INTERRUPTED = 0, 1, 130
_TELL_EVERY = 10_000

DESCRIPTION = """\
Build the sample city 云州市, which does not exist, into an empty database: units, people, tickets with their history,
return visits, urges, supervision notices, findings. The same size, seed and time make the same city everywhere."""

EPILOG = """\
examples:
  python -m central sample --database city.db
  python -m central sample --database big.db --size 200000 --seed 5 --as-of 2026-03-17T09:30
  python -m central serve --database city.db --sample-city 3000 --sample-clock

Its people sign in by their login alone while the server runs with --sample-city: wangmin, liqiang (supervision
officers), chenlixin (supervision chief), zhouwentao (deputy director), zhaolina, sunqian (return-visit staff),
liujianjun (liaison of 市城管局)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes beside the database."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "--size",
        type=int,
        default=3_000,
        metavar="N",
        help=f"how many tickets, {SMALLEST} to {LARGEST:,} (default: %(default)s)",
    )
    parser.add_argument("--seed", type=int, default=12345, help="which city (default: %(default)s)")
    parser.add_argument(
        "--as-of",
        default=DEFAULT_AS_OF,
        metavar="T",
        help="the office's time in it, without an offset in the city's zone (default: %(default)s)",
    )
    parser.add_argument(
        "--days",
        type=int,
        default=0,
        metavar="D",
        help="how far back its history goes (default: more for larger cities, "
        f"{history_days(3_000)} for 3,000 tickets, {history_days(LARGEST)} for a million)",
    )
    parser.add_argument(
        "--lean",
        action="store_true",
        help="leave out timelines and call attempts of archived tickets: a third of the rows, for large cities",
    )
    parser.add_argument(
        "--truth",
        type=Path,
        metavar="FILE",
        help="write the planted false completions, which the database does not tell, as CSV",
    )


def run(
    arguments: argparse.Namespace,
    database: Database,
    *,
    clock: Clock,
    rng: random.Random,
    out: TextIO,
    err: TextIO,
) -> int:
    """Do what ``add_arguments`` took; returns the exit status. ``clock`` is real time."""
    try:
        spec = CitySpec(
            arguments.size, arguments.seed, as_of_time(arguments.as_of), arguments.days, arguments.lean
        )
        built = _build(database, spec, clock, rng, out)
    except (CannotBuild, ValueError) as error:
        print(f"sample: {error}", file=err)
        return FAILED
    except KeyboardInterrupt:
        print("sample: interrupted; the same command goes on where it stopped", file=err)
        return INTERRUPTED
    if arguments.truth is not None:
        with arguments.truth.open("w", encoding="utf-8", newline="") as file:
            write_truth(built.planted, file)
        print(f"{len(built.planted):,} planted false completions written to {arguments.truth}", file=out)
    return OK


def build_city(
    database: Database,
    *,
    size: int,
    seed: int,
    as_of: str | None,
    clock: Clock,
    rng: random.Random,
    out: TextIO,
) -> None:
    """Build a city for a server that is about to start. Raises ``ValueError`` where that cannot be."""
    _build(database, CitySpec(size, seed, as_of_time(as_of or DEFAULT_AS_OF)), clock, rng, out)


def write_truth(planted: Iterable[Planted], file: TextIO) -> None:
    """The planted truth as CSV: ticket number and id, unit, signals separated by blanks."""
    table = csv.writer(file)
    table.writerow(("number", "ticket_id", "unit_id", "signals"))
    table.writerows((p.number, p.ticket_id, p.unit_id, " ".join(p.signals)) for p in planted)


def _build(database: Database, spec: CitySpec, clock: Clock, rng: random.Random, out: TextIO) -> Built:
    started = clock.monotonic()
    told = 0

    def tell(tickets: int) -> None:
        nonlocal told
        if tickets - told >= _TELL_EVERY:
            told = tickets
            print(f"{tickets:,} of {spec.size:,} tickets", file=out, flush=True)

    built = build(database, spec, clock=clock, rng=rng, tell=tell)
    seconds = clock.monotonic() - started
    print(
        f"{corpus().city.name}: {built.tickets:,} tickets, {built.rows:,} rows, as of {_shown(spec.as_of)}, "
        f"in {seconds:.1f} s",
        file=out,
        flush=True,
    )
    return built


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
