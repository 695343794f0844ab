"""The files: CSV, XLSX, or a zip of them, as tables of records, a record at a time.

Knows nothing of tickets. No file is held in memory; an XLSX that lies inside a zip goes through a temporary file.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
import warnings
import zipfile
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from .mapping import FileOptions
from .problems import ImportProblem

_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]")
_UNDECODABLE = re.compile(r"[\udc80-\udcff]")
_IN_MEMORY = 8 * 1024 * 1024


@dataclass(frozen=True)
class Record:
    """One record; ``line`` is where it begins, from 1. ``problem`` says why its cells are not to be trusted."""

    line: int
    cells: list[str]
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """One file of records. ``fraction`` tells how much of it has been read, from 0 to 1; 0 where nobody knows."""

    name: str
    columns: tuple[str, ...]
    records: Iterator[Record]
    fraction: Callable[[], float]


Tables = Generator[Table, None, None]
"""Tables one after the other, each to be read to its end before the next; closing it closes the file."""


def read_tables(path: Path, options: FileOptions) -> Tables:
    """The tables of a file, in order. Raises :class:`ImportProblem`."""
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as stream:
                yield from _csv_table(path.name, stream, path.stat().st_size, options)
            return
        with zipfile.ZipFile(path) as archive:
            names = [info for info in archive.infolist() if _is_table(info)]
            if "[Content_Types].xml" in archive.namelist():
                with path.open("rb") as stream:
                    yield from _xlsx_table(path.name, stream, options)
                return
            if not names:
                raise ImportProblem(f"{path.name} holds no .csv and no .xlsx file")
            yield from _members(archive, names, options)
    except (OSError, zipfile.BadZipFile) as error:
        raise ImportProblem(f"cannot read {path}: {error}") from error


def _members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], options: FileOptions) -> Tables:
    total = sum(m.file_size for m in members) or 1
    before = 0
    for member in members:
        with archive.open(member) as stream:
            if member.filename.lower().endswith(".csv"):
                tables = _csv_table(member.filename, stream, member.file_size, options)
            else:
                tables = _unpacked_xlsx(member.filename, stream, options)
            with closing(tables):
                for table in tables:
                    yield _weighted(table, before / total, member.file_size / total)
        before += member.file_size


def _weighted(table: Table, before: float, share: float) -> Table:
    return Table(table.name, table.columns, table.records, lambda: before + share * table.fraction())


def _is_table(info: zipfile.ZipInfo) -> bool:
    name = info.filename.lower()
    return not info.is_dir() and not name.startswith("__macosx/") and name.endswith((".csv", ".xlsx"))


# --- CSV ----------------------------------------------------------------------------------------------------------


def _csv_table(name: str, stream: IO[bytes], size: int, options: FileOptions) -> Tables:
    try:
        text = io.TextIOWrapper(stream, encoding=options.encoding, errors="surrogateescape", newline="")
    except LookupError as error:
        raise ImportProblem(f"[file] names an unknown encoding {options.encoding!r}") from error
    with text:
        reader = csv.reader(text, delimiter=options.delimiter)
        for _ in range(options.heading_row - 1):
            next(reader, None)
        heading = next(reader, None)
        if heading is None:
            raise ImportProblem(f"{name} is empty")
        records = _csv_records(reader, len(heading))
        yield Table(name, _columns(name, heading), records, lambda: stream.tell() / (size or 1))


def _csv_records(reader: Any, width: int) -> Iterator[Record]:  # the type of csv.reader has no public name
    while True:
        line = reader.line_num + 1
        try:
            row: list[str] = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(line, [], str(error))
            continue
        if row:
            yield _csv_record(line, row, width)


def _csv_record(line: int, row: list[str], width: int) -> Record:
    if len(row) != width:
        return Record(line, [], f"{len(row)} fields where the heading has {width}")
    whole = "".join(row)
    if not whole.isascii() and _UNDECODABLE.search(whole):
        return Record(line, [], "characters that are not in the encoding the mapping names")
    if _UNWANTED.search(whole):
        return Record(line, [_clean(cell) for cell in row])
    return Record(line, [cell.strip() for cell in row])


# --- XLSX ---------------------------------------------------------------------------------------------------------


def _unpacked_xlsx(name: str, stream: IO[bytes], options: FileOptions) -> Tables:
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield from _xlsx_table(name, copy, options)


def _xlsx_table(name: str, stream: IO[bytes], options: FileOptions) -> Tables:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles, which nobody asks for here
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise ImportProblem(f"{name} is not an .xlsx file: {error}") from error
    try:
        if options.sheet and options.sheet not in book.sheetnames:
            raise ImportProblem(f"{name} has no sheet {options.sheet!r}; it has {', '.join(book.sheetnames)}")
        sheet = book[options.sheet or book.sheetnames[0]]
        total = sheet.max_row if (sheet.max_row or 0) > 1 else 0
        sheet.reset_dimensions()  # some programs write wrong ones, which would cut columns off
        rows = enumerate(sheet.iter_rows(values_only=True), 1)
        heading = next((row for number, row in rows if number == options.heading_row), None)
        if heading is None:
            raise ImportProblem(f"{name} is empty")
        columns = _columns(name, [_cell_text(cell) for cell in heading])
        at = [options.heading_row]
        yield Table(
            name,
            columns,
            _xlsx_records(rows, len(columns), at),
            lambda: min(at[0] / total, 1.0) if total else 0.0,
        )
    finally:
        book.close()


def _xlsx_records(
    rows: Iterator[tuple[int, tuple[object, ...]]], width: int, at: list[int]
) -> Iterator[Record]:
    for line, row in rows:
        at[0] = line
        cells = [_clean(_cell_text(cell)) for cell in row[:width]]
        if any(cells):
            yield Record(line, cells + [""] * (width - len(cells)))


def _cell_text(cell: object) -> str:
    """A cell as it would stand in a CSV; numbers without a needless fraction, times to the second."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        rounded = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
        return rounded.isoformat(sep=" ")
    if isinstance(cell, (date, time)):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


# --- both ---------------------------------------------------------------------------------------------------------


def _columns(name: str, heading: list[str]) -> tuple[str, ...]:
    columns = tuple(_clean(cell) for cell in heading)
    while columns and not columns[-1]:
        columns = columns[:-1]
    double = sorted({c for c in columns if c and columns.count(c) > 1})
    if double:
        raise ImportProblem(f"{name} has two columns of the name {', '.join(double)}")
    return columns


def _clean(cell: str) -> str:
    """Without the blanks around it and the characters no screen shows."""
    return _UNWANTED.sub("", cell).strip()
