"""A list as an .xlsx file: typed cells, nothing that could be taken for a formula, written whole or not at all.

Rows come in slices, so that a caller can show progress and cancel between them. What may be in a cell (masking) is
decided by whoever makes the rows; what cannot be in a file is taken out here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

from .values import SheetColumn, Value, may_be_formula, safe_text

_QUICK = 3
_A4 = "9"
"""As the file format numbers it."""
_MARK_INK = "FF808A95"
_BAD_IN_TITLE = re.compile(r"[\[\]:*?/\\']")


class ListSheet:
    """One workbook with one list. ``add`` any number of slices, then ``finish`` or ``abandon``; from one thread.

    The file appears under its name only at ``finish``. Raises ``OSError`` where the folder cannot be written to.
    """

    def __init__(self, path: Path, title: str, columns: Sequence[SheetColumn], mark: str = "") -> None:
        """``mark`` says who makes it and when: in a first line that stays in sight, and at the foot of each page."""
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._book = Workbook(write_only=True)
        self._sheet = self._book.create_sheet(_BAD_IN_TITLE.sub(" ", safe_text(title))[:31] or "1")
        self._width = len(columns)
        self._rows = 0
        self._spent = False
        for place, column in enumerate(columns, 1):
            self._sheet.column_dimensions[get_column_letter(place)].width = column.width
        self._head = 2 if mark else 1
        self._sheet.freeze_panes = f"A{self._head + 1}"
        # on paper: as wide as the list, as many pages as it takes, each with the names of the columns
        self._sheet.page_setup.orientation = "landscape"
        self._sheet.page_setup.paperSize = _A4
        self._sheet.page_setup.fitToHeight = 0
        self._sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        self._sheet.print_title_rows = f"{self._head}:{self._head}"
        if mark:
            self._sheet.append([self._marked(mark)])
            self._sheet.oddFooter.center.text = safe_text(mark).replace("&", "&&")
            self._sheet.oddFooter.right.text = "&P / &N"
        self._sheet.append([self._cell(column.title, head=True) for column in columns])

    @property
    def rows(self) -> int:
        """How many rows have been added."""
        return self._rows

    def add(self, rows: Iterable[Sequence[Value]]) -> None:
        """Append rows; each has a value for every column."""
        for row in rows:
            self._sheet.append([self._cell(value) for value in row])
            self._rows += 1

    def add_notes(self, title: str, lines: Iterable[tuple[str, str]]) -> None:
        """A second sheet that says what the first one is: (label, text) a line."""
        sheet = self._book.create_sheet(_BAD_IN_TITLE.sub(" ", safe_text(title))[:31] or "2")
        sheet.column_dimensions["A"].width = 18
        sheet.column_dimensions["B"].width = 90
        for label, text in lines:
            cells = (WriteOnlyCell(sheet), WriteOnlyCell(sheet))
            for cell, said in zip(cells, (label, text), strict=True):
                _put_text(cell, said)
            sheet.append(list(cells))

    def finish(self) -> None:
        """Write the file and give it its name; leaves nothing behind when it cannot."""
        self._sheet.auto_filter.ref = (
            f"A{self._head}:{get_column_letter(self._width)}{self._rows + self._head}"
        )
        try:
            with ZipFile(self._part, "w", ZIP_DEFLATED, allowZip64=True, compresslevel=_QUICK) as archive:
                self._spent = True
                ExcelWriter(self._book, archive).save()
            self._part.replace(self._path)
        finally:
            self.abandon()
            self._part.unlink(missing_ok=True)

    def abandon(self) -> None:
        """Leave nothing behind: openpyxl takes its own temporary file away only when it saves."""
        if self._spent:
            return
        self._spent = True
        with ZipFile(BytesIO(), "w", ZIP_STORED) as nowhere:
            ExcelWriter(self._book, nowhere).save()

    def _marked(self, mark: str) -> Cell:
        cell = WriteOnlyCell(self._sheet)
        _put_text(cell, mark)
        cell.font = Font(color=_MARK_INK, size=9, italic=True)
        return cell

    def _cell(self, value: Value, *, head: bool = False) -> Cell:
        cell = WriteOnlyCell(self._sheet)
        if isinstance(value, datetime):
            cell.value = value.replace(tzinfo=None)
            cell.number_format = "yyyy-mm-dd hh:mm"
        elif isinstance(value, int):
            cell.value = value
        elif value:
            _put_text(cell, value)
        if head:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(vertical="center")
        return cell


def _put_text(cell: Cell, text: str) -> None:
    """A text that stays a text: typed as one, and marked as one where an edit might make it a formula."""
    shown = safe_text(text)
    if not shown:
        return  # a cell of nothing is an empty one
    cell.value = shown
    cell.data_type = "s"
    if may_be_formula(shown):
        cell.quotePrefix = True
