"""The refused records: where they stand in the file, which column is to blame and why, as a CSV for a spreadsheet.

Holds no cell of the file but a value that the mapping does not know: a refused record may be somebody's complaint.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TextIO

from .problems import ImportProblem, RowProblem

_HEADING = ("file", "line", "column", "reason")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Rejects:
    """Made at the first refusal; without one there is no file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0
        self._stream: TextIO | None = None

    def add(self, file: str, line: int, problem: RowProblem) -> None:
        """Note one refused record. Raises :class:`ImportProblem` where the file cannot be written."""
        try:
            if self._stream is None:
                self._stream = self.path.open("w", encoding="utf-8-sig", newline="")
                csv.writer(self._stream).writerow(_HEADING)
            csv.writer(self._stream).writerow(
                [_harmless(file), line, _harmless(problem.column), _harmless(problem.reason)]
            )
        except OSError as error:
            raise ImportProblem(f"cannot write {self.path}: {error.strerror}") from error
        self.count += 1

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._stream is not None:
            self._stream.close()


def _harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
