"""Taking the list or a case out of the program: spreadsheet, PDF, printer; with progress, and a way to stop.

Rows are read in slices in the reading lane, files are written in a lane of their own: the list stays usable
meanwhile. One job at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QMenu, QWidget

from desktop.models.domain.wire import DataAction
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.letting_out import LettingOut
from desktop.services.background.tasks import Tasks
from desktop.services.commands.leaving import Leaving
from desktop.services.documents.case_sheet import print_case
from desktop.services.documents.listing import ListPrint
from desktop.services.documents.pdf_file import Abandoned, pdf_file
from desktop.services.documents.values import Value
from desktop.services.queries.ticket_panel import TicketPanel, ticket_panel
from desktop.views.common.columns import Column
from desktop.views.common.ticket_list import list_paper
from desktop.views.common.ticket_list.asking import Bound, ask_file, ask_printer, has_printers
from desktop.views.common.ticket_list.case_paper import case_sheet
from desktop.views.common.ticket_list.ticket_pane import TicketPane
from desktop.views.common.watermark import mark_words
from desktop.views.common.words import error_words

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from desktop.services.documents.csv_list import ListCsv
    from desktop.services.documents.spreadsheet import ListSheet

Kind = Literal["sheet", "csv", "pdf", "printer"]
_SLICE = 512
_MOST_ON_PAPER = 5_000
_WHOLE = ("sheet", "csv")
"""Kinds of file that take the list whole; paper has an end."""
_CLOSE_S = 3.0


class ListOutputs(QObject):
    """The list's and the case's ways out. `told` carries words for the footer."""

    told = Signal(str)
    #: The job ended: True when the file or print is there.
    finished = Signal(bool)

    def __init__(self, desk: Desk, pane: TicketPane, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._pane = pane
        self._window = parent
        self._tasks = Tasks("documents", parent=self)
        self._stop = Event()
        self._kind: Kind = "sheet"
        self._busy = False
        self._rids: Sequence[int] = ()
        self._listed = 0
        self._done = 0
        self._columns: list[Column] = []
        self._sheet: ListSheet | ListCsv | None = None
        self._path: Path | None = None
        self._printer: QPrinter | None = None
        self._texts: list[list[str]] = []
        self._case_to: Callable[[TicketPanel], None] | None = None
        pane.progress.cancelled.connect(self.cancel)

    # -- what the person asks for ------------------------------------------------------------------------------

    def menu(self, parent: QWidget) -> QMenu:
        """The list's menu."""
        menu = QMenu(parent)
        menu.addAction(self.tr("Export to Excel…")).triggered.connect(self.ask_sheet)
        menu.addAction(self.tr("Export to CSV…")).triggered.connect(self.ask_csv)
        menu.addAction(self.tr("Save the list as PDF…")).triggered.connect(self.ask_pdf)
        menu.addAction(self.tr("Print the list…")).triggered.connect(self.ask_printer)
        for action in menu.actions():
            action.setEnabled(not self._busy and self._pane.settled() and len(self._pane.model.rids()) > 0)
        return menu

    def ask_sheet(self) -> None:
        """Ask where to, then export."""
        self._ask_file(self.tr("Excel workbook (*.xlsx)"), f"{self._pane.title()}.xlsx", self.export_to)

    def ask_csv(self) -> None:
        """Ask where to, then export for another program."""
        self._ask_file(
            self.tr("Text for other programs (*.csv)"), f"{self._pane.title()}.csv", self.export_csv
        )

    def ask_pdf(self) -> None:
        """Ask where to, then save what is listed as PDF."""
        self._ask_file(self.tr("PDF document (*.pdf)"), f"{self._pane.title()}.pdf", self.save_pdf)

    def ask_printer(self) -> None:
        """Ask for a printer; where there is none, for a PDF file."""
        if has_printers():
            ask_printer(self._window, self._print_list)
        else:
            self.told.emit(self.tr("No printer is set up; it can be saved as PDF."))
            self.ask_pdf()

    def print_case(self, ticket_id: str) -> None:
        """Print one case: on a printer, or into a PDF file where there is none."""
        if has_printers():
            ask_printer(self._window, Bound(self._print_case_on, ticket_id))
        else:
            name = self.tr("Case sheet")
            self._ask_file(self.tr("PDF document (*.pdf)"), f"{name}.pdf", Bound(self.save_case, ticket_id))

    # -- the jobs ----------------------------------------------------------------------------------------------

    def export_to(self, path: str) -> None:
        """Write the present list, as filtered, sorted and with the columns in sight, to an .xlsx file."""
        from desktop.services.documents.spreadsheet import ListSheet  # openpyxl takes a fifth of a second

        columns = list_paper.exported(self._pane.table.layout_of_columns.visible())
        self._path = Path(path)
        self._start("sheet", columns)
        try:
            titles = list_paper.sheet_columns(columns)
            self._sheet = ListSheet(self._path, self._pane.title(), titles, mark_words(self._desk))
        except OSError:
            self._fail(DeskError("disk_error"))
            return
        self._next_slice()

    def export_csv(self, path: str) -> None:
        """Write the present list, as :meth:`export_to` does, for a program that reads CSV."""
        from desktop.services.documents.csv_list import ListCsv

        columns = list_paper.exported(self._pane.table.layout_of_columns.visible())
        self._path = Path(path)
        self._start("csv", columns)
        try:
            self._sheet = ListCsv(self._path, list_paper.sheet_columns(columns))
        except OSError:
            self._fail(DeskError("disk_error"))
            return
        self._next_slice()

    def save_pdf(self, path: str) -> None:
        """Print the present list into a PDF file."""
        self._path = Path(path)
        self._start("pdf", list_paper.printed(self._pane.table.layout_of_columns.visible()))
        self._next_slice()

    def save_case(self, ticket_id: str, path: str) -> None:
        """Print one case into a PDF file."""
        self._path = Path(path)
        self._case_to = self._case_into_pdf
        self._desk.run_query(self, lambda r: ticket_panel(r, ticket_id), self._take_case, failed=self._fail)

    def cancel(self) -> None:
        """Stop; nothing is left behind."""
        self._stop.set()

    def close(self) -> None:
        """End the lane; a job under way is stopped."""
        self._stop.set()
        self._tasks.close(drain=True, timeout_s=_CLOSE_S)

    def busy(self) -> bool:
        """Whether a job is under way."""
        return self._busy

    # -- slices ------------------------------------------------------------------------------------------------

    def _start(self, kind: Kind, columns: list[Column]) -> None:
        self._kind, self._columns = kind, columns
        self._rids = self._pane.model.rids()
        self._listed = len(self._rids)
        if kind not in _WHOLE:
            self._rids = self._rids[:_MOST_ON_PAPER]
        self._done = 0
        self._texts = []
        self._stop.clear()
        self._busy = True
        self._show_progress()

    def _next_slice(self) -> None:
        if self._stop.is_set():
            self._stopped()
            return
        rids = self._rids[self._done : self._done + _SLICE]
        keys = [column.key for column in self._columns]
        if not len(rids):
            self._write()
        elif self._kind in _WHOLE:
            self._desk.run_query(
                self, lambda r: list_paper.sheet_rows(r, rids, keys), self._add, failed=self._fail
            )
        else:
            self._desk.run_query(
                self, lambda r: list_paper.print_rows(r, rids, keys), self._gather, failed=self._fail
            )

    def _add(self, rows: list[list[Value]]) -> None:
        sheet = self._sheet
        assert sheet is not None  # made before the first slice
        self._tasks.run(self, lambda: sheet.add(rows), self._slice_done, self._fail)

    def _gather(self, rows: list[list[str]]) -> None:
        self._texts += rows
        self._slice_done()

    def _slice_done(self, _: object = None) -> None:
        self._done += _SLICE
        self._show_progress()
        self._next_slice()

    def _show_progress(self) -> None:
        total = len(self._rids)
        words = self.tr("Exporting {done} of {total}")
        done = min(self._done, total)
        self._pane.progress.set_progress(words.format(done=f"{done:,}", total=f"{total:,}"), done, total)

    # -- the end of a job --------------------------------------------------------------------------------------

    def _write(self) -> None:
        action: DataAction = "export" if self._kind != "printer" else "print"
        way = self._letting_out(action, "ticket_list", "", len(self._rids))
        if self._kind in _WHOLE:
            sheet, notes = self._sheet, self._notes()
            assert sheet is not None  # made before the first slice
            title = self.tr("About this list")

            def finish() -> None:
                sheet.add_notes(title, notes)
                with way:
                    sheet.finish()

            self._tasks.run(self, finish, self._written, self._fail)
        else:
            paint = self._list_job(way)
            self._tasks.run(self, paint, self._painted, self._fail)

    def _letting_out(self, action: DataAction, object_type: str, object_id: str, rows: int) -> LettingOut:
        """Around the moment in which something leaves, in a lane. Of paper nobody knows how much came out."""
        detail = {"sheet": "xlsx"}.get(self._kind, self._kind)
        leaving = Leaving(
            action=action, object_type=object_type, object_id=object_id, rows=rows, detail=detail
        )
        return LettingOut(self._desk, leaving, certain=self._kind != "printer")

    def _notes(self) -> list[tuple[str, str]]:
        desk = self._desk
        now = desk.profile.local(desk.now())
        return [
            (self.tr("List"), list_paper.filter_words(self._pane.wanted(), desk.reference)),
            (self.tr("Rows"), self._cut_words() or f"{len(self._rids):,}"),
            (self.tr("As of"), f"{now:%Y-%m-%d %H:%M}"),
            (self.tr("Made by"), desk.me.name),
            (self.tr("Note"), self.tr("Citizens' identity is hidden; for official use only.")),
        ]

    def _cut_words(self) -> str:
        """What is said where paper holds less than the list; "" where it holds all of it."""
        if len(self._rids) == self._listed:
            return ""
        words = self.tr("only the first {shown} of {total}; Excel takes them all")
        return words.format(shown=f"{len(self._rids):,}", total=f"{self._listed:,}")

    def _list_job(self, way: LettingOut) -> Callable[[], bool]:
        """Everything the lane needs to paint the list; answers False when it was stopped."""
        notes = dict(self._notes())
        about = " · ".join(f"{label}: {text}" for label, text in notes.items())
        title, texts, stop = self._pane.title(), self._texts, self._stop
        columns = list_paper.print_columns(self._columns)
        footer = self.tr("Citizens' identity is hidden; for official use only.")
        page_words = self.tr("Page {page} of {pages}")
        path, printer, mark = self._path, self._printer, mark_words(self._desk)

        def paint_on(device: QPagedPaintDevice) -> None:
            job = ListPrint(
                device,
                title=title,
                about=about,
                columns=columns,
                rows=texts,
                footer=footer,
                page_words=page_words,
                mark=mark,
            )
            try:
                while job.paint_next():
                    if stop.is_set():
                        raise Abandoned
            finally:
                job.finish()

        def paint() -> bool:
            try:
                with way:
                    _onto(path, printer, title, paint_on)
            except Abandoned:
                return False
            return True

        return paint

    def _painted(self, whole: bool) -> None:
        if whole:
            self._written()
        else:
            self._stopped()

    def _written(self, _: object = None) -> None:
        saved = self.tr("{name} saved") if self._kind != "printer" else self.tr("Sent to the printer")
        said = saved.format(name=self._path.name if self._path else "")
        self._end(" · ".join(part for part in (said, self._cut_words()) if part), done=True)

    def _stopped(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            self._tasks.submit(sheet.abandon)
        self._end(self.tr("Stopped; nothing was written"), done=False)

    def _fail(self, error: DeskError) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is not None and not self._stop.is_set():
            self._tasks.submit(sheet.abandon)
        self._end(error_words(error), done=False)

    def _end(self, words: str, *, done: bool) -> None:
        self._busy = False
        self._sheet = None
        self._printer = None
        self._rids, self._listed = (), 0
        self._texts = []
        self._pane.progress.finish()
        self.told.emit(words)
        self.finished.emit(done)

    # -- one case ----------------------------------------------------------------------------------------------

    def _print_case_on(self, ticket_id: str, printer: QPrinter) -> None:
        self._printer = printer
        self._case_to = self._case_onto_paper
        self._desk.run_query(self, lambda r: ticket_panel(r, ticket_id), self._take_case, failed=self._fail)

    def _take_case(self, panel: TicketPanel | None) -> None:
        if panel is None or self._case_to is None:
            self._fail(DeskError("not_found"))
            return
        self._case_to(panel)

    def _case_into_pdf(self, panel: TicketPanel) -> None:
        self._print_sheet("pdf", panel, None)

    def _case_onto_paper(self, panel: TicketPanel) -> None:
        self._print_sheet("printer", panel, self._printer)

    def _print_sheet(self, kind: Kind, panel: TicketPanel, printer: QPrinter | None) -> None:
        self._kind = kind
        desk = self._desk
        sheet = case_sheet(panel, desk.profile, desk.language, desk.me.name, mark_words(desk))
        path, way = self._path, self._letting_out("print", "ticket", panel.ticket.id, 1)

        def paint() -> None:
            with way:
                _onto(path, printer, sheet.title, lambda device: print_case(sheet, device))

        self._tasks.run(self, paint, self._written, self._fail)

    # -- dialogs -----------------------------------------------------------------------------------------------

    def _ask_file(self, kind: str, name: str, chosen: Callable[[str], None]) -> None:
        ask_file(self._window, self.tr("Save as"), kind, name, chosen)

    def _print_list(self, printer: QPrinter) -> None:
        self._printer = printer
        self._path = None
        self._start("printer", list_paper.printed(self._pane.table.layout_of_columns.visible()))
        self._next_slice()


def _onto(
    path: Path | None, printer: QPrinter | None, title: str, paint: Callable[[QPagedPaintDevice], object]
) -> None:
    """Paint on the printer, or into a file that is there whole or not at all."""
    if printer is not None:
        paint(printer)
        return
    assert path is not None  # one of the two was chosen
    with pdf_file(path, title) as device:
        paint(device)
