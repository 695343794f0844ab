"""A list as a .csv file for other programs: UTF-8 with its mark, every text quoted, nothing that would be calculated.

The same steps as a spreadsheet's (:class:`ListSheet`): slices, then ``finish`` or ``abandon``. CSV has no types: a text
that looks like a formula is given an apostrophe, as spreadsheets write it themselves.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from .values import SheetColumn, Value, may_be_formula, safe_text


class ListCsv:
    """One file, under its name only at ``finish``. Raises ``OSError`` where the folder cannot be written to."""

    def __init__(self, path: Path, columns: Sequence[SheetColumn]) -> None:
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._file = self._part.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, quoting=csv.QUOTE_NONNUMERIC)
        self._writer.writerow([_text(column.title) for column in columns])
        self._rows = 0

    @property
    def rows(self) -> int:
        """How many rows have been added."""
        return self._rows

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Append rows; each has a value for every column."""
        for row in rows:
            self._writer.writerow([_field(value) for value in row])
            self._rows += 1

    def add_notes(self, title: str, lines: Iterable[tuple[str, str]]) -> None:
        """What the list is, behind it: (label, text) a line, the title before them; who made it and when among them."""
        self._writer.writerow([])
        self._writer.writerow([_text(title)])
        for label, text in lines:
            self._writer.writerow([_text(label), _text(text)])

    def finish(self) -> None:
        """Write the file and give it its name; leaves nothing behind when it cannot."""
        try:
            self._file.close()
            self._part.replace(self._path)
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._file.close()
        self._part.unlink(missing_ok=True)


def _field(value: Value) -> str | int:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, int):
        return value
    return _text(value or "")


def _text(text: str) -> str:
    shown = safe_text(text).replace("\n", " ")
    return f"'{shown}" if may_be_formula(shown) else shown
