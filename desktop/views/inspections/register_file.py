"""The register of findings as a spreadsheet (问题台账): asks where to, reads in slices, writes in a lane of its own.

What leaves is on record before the file has its name, and says less than the screen: texts are as all paper is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.models.domain.redaction import redact_for_paper
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.letting_out import LettingOut
from desktop.services.background.tasks import Tasks
from desktop.services.commands.leaving import Leaving
from desktop.services.documents.values import SheetColumn, Value
from desktop.services.queries.base import Reader
from desktop.services.queries.findings import FindingRow, finding_detail, finding_rows
from desktop.views.common import case_words
from desktop.views.common.ticket_list.asking import ask_file
from desktop.views.common.watermark import mark_words
from desktop.views.common.words import error_words
from desktop.views.inspections.register import code_words, number_words, state_words

if TYPE_CHECKING:
    from desktop.services.documents.spreadsheet import ListSheet

_SLICE = 256
_CLOSE_S = 3.0


class RegisterFile(QObject):
    """See the module's docstring. ``told`` carries words for the footer; ``finished`` whether the file is there."""

    told = Signal(str)
    finished = Signal(bool)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._tasks = Tasks("register", parent=self)
        self._sheet: ListSheet | None = None
        self._rids: tuple[int, ...] = ()
        self._done = 0
        self._path = Path()

    def ask(self, rids: tuple[int, ...]) -> None:
        """Ask where to, then write these lines of the register, in their order; forms begun are left out."""
        if self._sheet is not None:
            self.told.emit(self.tr("A file is being written already."))
            return
        self._rids = tuple(rid for rid in rids if rid > 0)
        name = self.tr("Register of findings")
        kind = self.tr("Excel workbook (*.xlsx)")
        ask_file(self._window, self.tr("Save as"), kind, f"{name}.xlsx", self._save)

    def write(self, rids: tuple[int, ...], path: str) -> None:
        """Write these lines of the register into this file."""
        self._rids = tuple(rid for rid in rids if rid > 0)
        self._save(path)

    def _save(self, path: str) -> None:
        from desktop.services.documents.spreadsheet import ListSheet  # openpyxl takes a fifth of a second

        self._path, self._done = Path(path), 0
        title = self.tr("Register of findings")
        try:
            self._sheet = ListSheet(self._path, title, self._columns(), mark_words(self._desk))
        except OSError:
            self._fail(DeskError("disk_error"))
            return
        self._next()

    def close(self) -> None:
        """End the lane; a file under way is finished or comes to nothing."""
        self._tasks.close(drain=True, timeout_s=_CLOSE_S)

    def _next(self, _: object = None) -> None:
        rids = self._rids[self._done : self._done + _SLICE]
        self._done += _SLICE
        if rids:
            self._desk.run_query(self, lambda r: _lines(r, rids), self._add, failed=self._fail)
        else:
            self._finish()

    def _add(self, rows: list[list[Value]]) -> None:
        sheet = self._sheet
        if sheet is not None:
            self._tasks.run(self, lambda: sheet.add(rows), self._next, self._fail)

    def _finish(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        leaving = Leaving(
            action="export", object_type="finding_list", object_id="", rows=len(self._rids), detail="xlsx"
        )
        way, desk = LettingOut(self._desk, leaving), self._desk
        now = desk.profile.local(desk.now())
        notes = [
            (self.tr("Findings"), f"{len(self._rids):,}"),
            (self.tr("As of"), f"{now:%Y-%m-%d %H:%M}"),
            (self.tr("Made by"), desk.me.name),
            (self.tr("Note"), self.tr("Citizens' identity is hidden; for official use only.")),
        ]
        about = self.tr("About this list")

        def write() -> None:
            sheet.add_notes(about, notes)
            with way:
                sheet.finish()

        self._tasks.run(self, write, self._written, self._fail)

    def _written(self, _: object) -> None:
        self._sheet = None
        self.told.emit(self.tr("{name} saved").format(name=self._path.name))
        self.finished.emit(True)

    def _fail(self, error: DeskError) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            self._tasks.submit(sheet.abandon)
        self.told.emit(error_words(error))
        self.finished.emit(False)

    def _columns(self) -> list[SheetColumn]:
        return [
            SheetColumn(self.tr("Number"), 20),
            SheetColumn(self.tr("Code"), 22),
            SheetColumn(self.tr("Severity"), 10),
            SheetColumn(self.tr("Unit"), 20),
            SheetColumn(self.tr("State"), 16),
            SheetColumn(self.tr("Filed"), 18),
            SheetColumn(self.tr("Days since"), 10),
            SheetColumn(self.tr("Put right by"), 18),
            SheetColumn(self.tr("Time limit"), 22),
            SheetColumn(self.tr("Ticket"), 18),
            SheetColumn(self.tr("Matter"), 40),
            SheetColumn(self.tr("Facts"), 60),
            SheetColumn(self.tr("What is required"), 40),
            SheetColumn(self.tr("Rule basis"), 40),
        ]


def _lines(r: Reader, rids: tuple[int, ...]) -> list[list[Value]]:
    """The lines of these ids in their order; what has gone meanwhile is left out."""
    by_rid = {row.rid: row for row in finding_rows(r, rids)}
    return [_line(r, by_rid[rid]) for rid in rids if rid in by_rid]


def _line(r: Reader, row: FindingRow) -> list[Value]:
    detail = finding_detail(r, row.finding_id)
    finding = detail.finding if detail is not None else None
    filed = r.profile.local(row.filed_at).replace(tzinfo=None) if row.filed_at else None
    due = r.profile.local(row.rectify_due_at).replace(tzinfo=None) if row.rectify_due_at else None
    return [
        number_words(row.number),
        code_words(row.code, row.code_words),
        case_words.severity(row.severity),
        row.unit_name,
        state_words(row),
        filed,
        (r.now - row.filed_at).days if row.filed_at else None,
        due,
        case_words.standing(row.light, row.span) if row.light not in ("none", "paused") else "",
        row.ticket_number,
        redact_for_paper(row.ticket_title),
        redact_for_paper(finding.facts) if finding is not None else "",
        redact_for_paper(finding.requirement) if finding is not None else "",
        finding.basis_words if finding is not None else "",
    ]
