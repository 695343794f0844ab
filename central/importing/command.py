"""``python -m central import``: arguments, progress and a report in words."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import TextIO

from central.database import Database
from central.office_clock import OfficeClock
from central.resources import resource_path
from desktop.models.domain.clock import Clock

from .mapping import FileMapping, load_mapping
from .problems import ImportProblem
from .progress import Progress
from .rejects import Rejects
from .run import Import, Report
from .times import read_as_of, seconds

OK, FAILED, SOME_REFUSED, INTERRUPTED = 0, 1, 3, 130

DESCRIPTION = """\
Bring tickets of a hotline into the server from an export: CSV, XLSX, or a zip of them. A mapping file says which
column becomes which field (docs/import.md). Importing the same file twice changes nothing; an interrupted import
goes on when the same command is given again. Refused rows are listed with line, column and reason."""

EPILOG = """\
example:
  python -m central import 311_service_requests_2011.zip --mapping boston311 --as-of 2012-01-01

exit status: 0 everything imported, 1 nothing can be imported (the reason is told), 3 some rows were refused,
130 interrupted"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes beside the database."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("file", type=Path, metavar="FILE", help="the export: .csv, .xlsx, or .zip of them")
    parser.add_argument(
        "--mapping",
        required=True,
        metavar="M.toml",
        help="the mapping file, or the name of one that is shipped (boston311)",
    )
    parser.add_argument(
        "--as-of",
        metavar="T",
        help="read the file as it stood at this time, e.g. 2012-01-01 or 2012-01-04T09:30, in the time zone the "
        "mapping names: what it records later is left out, and the office's clock starts there",
    )
    parser.add_argument(
        "--rejects",
        type=Path,
        metavar="FILE",
        help="where refused rows are listed (default: the export's name with .rejects.csv, in this folder)",
    )


def run(arguments: argparse.Namespace, database: Database, *, clock: Clock, out: TextIO, err: TextIO) -> int:
    """Do what ``add_arguments`` took; returns the exit status. ``clock`` is real time."""
    rejects = Rejects(arguments.rejects or Path(f"{arguments.file.name}.rejects.csv"))
    progress = Progress(err, clock)
    try:
        mapping = load_mapping(_mapping_path(arguments.mapping))
        as_of = _as_of(arguments.as_of, mapping)
        job = Import(database, mapping, clock=clock, office=OfficeClock(database, clock))
        report = job.run(arguments.file, as_of=as_of, rejects=rejects, tell=progress.tell)
    except ImportProblem as problem:
        progress.finish()
        print(f"import: {problem}", file=err)
        return FAILED
    except KeyboardInterrupt:
        progress.finish()
        print("import: interrupted; the same command goes on where it stopped", file=err)
        return INTERRUPTED
    finally:
        rejects.close()
    progress.finish()
    print("\n".join(words(report, mapping, rejects.path)), file=out)
    return SOME_REFUSED if report.refused else OK


def words(report: Report, mapping: FileMapping, rejects: Path) -> list[str]:
    """The report, a line for each thing worth knowing."""
    rate = report.records / report.seconds if report.seconds else 0.0
    stood = f"{report.as_of.astimezone(mapping.zone()):%Y-%m-%d %H:%M} {mapping.times.zone}"
    count = report.count
    lines = [
        f"{report.records:,} rows read in {seconds(report.seconds)} ({rate:,.0f} rows/s), as of {stood}",
        f"{report.cases:,} cases: {report.open:,} open, of which {report.overdue:,} overdue",
        f"stored: {count.inserted:,} new, {count.changed:,} changed, {count.unchanged:,} as before",
    ]
    if report.later:
        lines.append(f"{report.later:,} cases left out: received after that time")
    if mapping.sample_visits:
        lines.append(
            f"{report.visits:,} return visits with generated persons, marked as a sample, chosen by the seed "
            f"{mapping.sample_visits.seed!r} from {report.candidates:,} cases closed in the last "
            f"{mapping.sample_visits.working_days} working days before the first import"
        )
    if report.repeated:
        lines.append(f"{report.repeated:,} times in the hour that summer time repeats: the first was taken")
    if report.left_out:
        lines.append(
            f"{report.left_out:,} times in the hour that summer time leaves out: moved on by that hour"
        )
    lines.append(f"{report.refused:,} rows refused" + (f", listed in {rejects}" if report.refused else ""))
    return lines


def _mapping_path(name: str) -> Path:
    """A shipped mapping by its name, else a file."""
    path = Path(name)
    if path.suffix or path.exists():
        return path
    try:
        return resource_path(f"mappings/{name}.toml")
    except FileNotFoundError:
        raise ImportProblem(
            f"no mapping of the name {name!r} is shipped, and there is no such file"
        ) from None


def _as_of(text: str | None, mapping: FileMapping) -> datetime | None:
    if text is None:
        return None
    try:
        return read_as_of(text, mapping.zone())
    except ValueError:
        raise ImportProblem(f"--as-of {text!r} is not a time like 2012-01-01 or 2012-01-04T09:30") from None
