"""The morning sheet, or a case of it, on paper or in a PDF file: on record before it leaves. One job at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QWidget

from desktop.models.domain.wire import DataAction
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.letting_out import LettingOut
from desktop.services.background.tasks import Tasks
from desktop.services.commands.leaving import Leaving
from desktop.services.documents.case_sheet import print_case
from desktop.services.documents.listing import ListPrint, PrintColumn
from desktop.services.documents.pdf_file import pdf_file
from desktop.services.queries.morning import MorningSheet, morning_sheet
from desktop.services.queries.ticket_panel import TicketPanel, ticket_panel
from desktop.views.common.ticket_list.asking import Bound, ask_file, ask_printer, has_printers
from desktop.views.common.ticket_list.case_paper import case_sheet
from desktop.views.common.watermark import mark_words
from desktop.views.common.words import error_words

from . import morning_rows

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_SHARES = (110, 125, 300, 120, 100, 70)
_CLOSE_S = 3.0


class MorningOutputs(QObject):
    """See the module's docstring. ``told`` carries words for the footer."""

    told = Signal(str)
    #: The job ended: True when the file or print is there.
    finished = Signal(bool)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._tasks = Tasks("morning sheet", parent=self)
        self._busy = False
        self._path: Path | None = None
        self._printer: QPrinter | None = None

    def ask_print(self) -> None:
        """Ask for a printer; where there is none, for a PDF file."""
        if has_printers():
            ask_printer(self._window, self._print)
        else:
            self.told.emit(self.tr("No printer is set up; it can be saved as PDF."))
            self.ask_save()

    def ask_save(self) -> None:
        """Ask where to, then save the sheet as PDF."""
        name = self.tr("Morning sheet")
        ask_file(self._window, self.tr("Save as"), self.tr("PDF document (*.pdf)"), f"{name}.pdf", self.save)

    def ask_case(self, ticket_id: str) -> None:
        """Print one case; into a PDF file where there is no printer."""
        if has_printers():
            ask_printer(self._window, Bound(self._print_case, ticket_id))
            return
        name = self.tr("Case sheet")
        ask_file(
            self._window,
            self.tr("Save as"),
            self.tr("PDF document (*.pdf)"),
            f"{name}.pdf",
            Bound(self._save_case, ticket_id),
        )

    def save(self, path: str) -> None:
        """The whole sheet into a PDF file."""
        self._begin(Path(path), None, morning_sheet, self._take_sheet)

    def close(self) -> None:
        """End the lane; a job under way is finished or comes to nothing."""
        self._tasks.close(drain=True, timeout_s=_CLOSE_S)

    # -- the jobs ----------------------------------------------------------------------------------------------

    def _print(self, printer: QPrinter) -> None:
        self._begin(None, printer, morning_sheet, self._take_sheet)

    def _save_case(self, ticket_id: str, path: str) -> None:
        self._begin(Path(path), None, lambda r: ticket_panel(r, ticket_id), self._take_case)

    def _print_case(self, ticket_id: str, printer: QPrinter) -> None:
        self._begin(None, printer, lambda r: ticket_panel(r, ticket_id), self._take_case)

    def _begin(
        self,
        path: Path | None,
        printer: QPrinter | None,
        query: Callable[..., object],
        then: Callable[..., None],
    ) -> None:
        if self._busy:
            return
        self._busy = True
        self._path, self._printer = path, printer
        self._desk.run_query(self, query, then, failed=self._fail)

    def _take_sheet(self, sheet: MorningSheet) -> None:
        desk = self._desk
        rows = morning_rows.paper_rows(desk, sheet)
        titles = morning_rows.paper_titles()
        columns = [PrintColumn(title, share) for title, share in zip(titles, _SHARES, strict=True)]
        title = self.tr("Morning sheet")
        counts = [f"{morning_rows.short_title(desk, s)} {s.count:,}" for s in sheet.sections]
        now = desk.profile.local(desk.now())
        about = " · ".join(
            (f"{now:%Y-%m-%d %H:%M}", desk.me.name, morning_rows.since_words(desk, sheet), *counts)
        )
        footer = self.tr("Citizens' identity is hidden; for official use only.")
        page_words = self.tr("Page {page} of {pages}")
        mark = mark_words(desk)

        def paint(device: QPagedPaintDevice) -> None:
            job = ListPrint(
                device,
                title=title,
                about=about,
                columns=columns,
                rows=rows,
                footer=footer,
                page_words=page_words,
                mark=mark,
            )
            try:
                while job.paint_next():
                    pass
            finally:
                job.finish()

        self._let_out(title, paint, "morning_sheet", "", len(rows))

    def _take_case(self, panel: TicketPanel | None) -> None:
        if panel is None:
            self._fail(DeskError("not_found"))
            return
        desk = self._desk
        sheet = case_sheet(panel, desk.profile, desk.language, desk.me.name, mark_words(desk))
        self._let_out(sheet.title, lambda device: print_case(sheet, device), "ticket", panel.ticket.id, 1)

    def _let_out(
        self, title: str, paint: Callable[[QPagedPaintDevice], object], about: str, row_id: str, rows: int
    ) -> None:
        path, printer = self._path, self._printer
        action: DataAction = "print" if printer is not None else "export"
        leaving = Leaving(
            action=action,
            object_type=about,
            object_id=row_id,
            rows=rows,
            detail="pdf" if path is not None else "printer",
        )
        way = LettingOut(self._desk, leaving, certain=path is not None)

        def make() -> None:
            with way:
                if printer is not None:
                    paint(printer)
                elif path is not None:
                    with pdf_file(path, title) as device:
                        paint(device)

        self._tasks.run(self, make, self._made, self._fail)

    def _made(self, _: object) -> None:
        words = self.tr("Sent to the printer")
        if self._path is not None:
            words = self.tr("{name} saved").format(name=self._path.name)
        self._end(words, done=True)

    def _fail(self, error: DeskError) -> None:
        self._end(error_words(error), done=False)

    def _end(self, words: str, *, done: bool) -> None:
        self._busy = False
        self._printer = None
        self.told.emit(words)
        self.finished.emit(done)
