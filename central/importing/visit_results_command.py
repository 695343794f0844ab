"""``python -m central visit-results``: arguments and a report in words."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TextIO

from central.database import Database
from central.office_clock import OfficeClock
from desktop.models.domain.clock import Clock

from .problems import ImportProblem
from .rejects import Rejects
from .visit_results import VisitResults, words

OK, FAILED, SOME_REFUSED = 0, 1, 3

DESCRIPTION = """\
Bring in what the city's channels found out by return visits of their own: text messages, web pages, robot calls. CSV,
XLSX, or JSON (docs/import.md says which columns). Whoever was dissatisfied or not reached stands in the callers' queue
with the reason; what a colleague has done already is left as it is. The same file twice changes nothing."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes beside the database."""
    parser.description = DESCRIPTION
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("file", type=Path, metavar="FILE", help=".csv, .xlsx, .zip of them, .json or .jsonl")
    parser.add_argument(
        "--rejects",
        type=Path,
        metavar="FILE",
        help="where refused rows are listed (default: the file's name with .rejects.csv, in this folder)",
    )


def run(arguments: argparse.Namespace, database: Database, *, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Do what ``add_arguments`` took; returns the exit status. ``clock`` is real time."""
    rejects = Rejects(arguments.rejects or Path(f"{arguments.file.name}.rejects.csv"))
    job = VisitResults(database, clock=clock, office=OfficeClock(database, clock))
    try:
        taken = job.run(arguments.file, rejects)
    except (ImportProblem, LookupError) as problem:
        print(f"visit-results: {problem}", file=err)
        return FAILED
    finally:
        rejects.close()
    print("\n".join(words(taken, rejects.count, rejects.path)), file=out)
    return SOME_REFUSED if rejects.count else OK
