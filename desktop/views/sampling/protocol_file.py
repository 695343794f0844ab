"""The protocol of a draw as a text file, for whoever wants to draw it again: on record before it leaves.

The office saves one of the whole; whoever answers for several units gets one file a unit, each of which can be drawn
again by itself.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.models.domain.entities import Inspection
from desktop.models.domain.harmless import one_line
from desktop.models.domain.sampling_protocol import write_protocol
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.letting_out import LettingOut
from desktop.services.background.tasks import Tasks
from desktop.services.commands.leaving import Leaving
from desktop.services.queries.inspections import Redrawn, redrawn
from desktop.views.common.letters.offers import fit_for_a_name
from desktop.views.common.ticket_list.asking import ask_file
from desktop.views.common.words import error_words

_CLOSE_S = 3.0


class ProtocolFile(QObject):
    """See the module's docstring. ``told`` carries words for the footer."""

    told = Signal(str)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._tasks = Tasks("sampling protocol", parent=self)
        self._inspection_id = ""
        self._path = Path()

    def ask(self, inspection: Inspection) -> None:
        """Ask where to, then save it."""
        self._inspection_id = inspection.id
        name = self.tr("Sampling protocol")
        ask_file(self._window, self.tr("Save as"), self.tr("Text (*.txt)"), f"{name}.txt", self.save)

    def save_of(self, inspection_id: str, path: str) -> None:
        """The protocol of an inspection into this file."""
        self._inspection_id = inspection_id
        self.save(path)

    def save(self, path: str) -> None:
        """The protocol that this desktop can make into a file; with several units, a file each beside it."""
        self._path = Path(path)
        wanted = self._inspection_id
        self._desk.run_query(self, lambda r: redrawn(r, wanted), self._write, failed=self._fail)

    def close(self) -> None:
        """End the lane; a file under way is finished or comes to nothing."""
        self._tasks.close(drain=True, timeout_s=_CLOSE_S)

    def _write(self, found: tuple[Redrawn, ...]) -> None:
        if not found:
            self._fail(DeskError("not_found"))
            return
        texts = {self._place(each.protocol.part, len(found)): write_protocol(each.protocol) for each in found}
        rows = sum(len(each.protocol.lines) for each in found)
        leaving = Leaving(
            action="export", object_type="inspection", object_id=self._inspection_id, rows=rows, detail="txt"
        )
        way = LettingOut(self._desk, leaving, certain=len(texts) == 1)

        def make() -> tuple[str, ...]:
            with way:
                for path, text in texts.items():
                    path.write_text(text, "utf-8", newline="\n")
            return tuple(path.name for path in texts)

        self._tasks.run(self, make, self._made, self._fail)

    def _place(self, unit_id: str, count: int) -> Path:
        """The file chosen, or for one of several units its own beside it."""
        if count == 1:
            return self._path
        unit = fit_for_a_name(one_line(self._desk.reference.unit_name(unit_id) or unit_id))
        return self._path.with_name(f"{self._path.stem} {unit}{self._path.suffix}")

    def _made(self, names: tuple[str, ...]) -> None:
        comma = self.tr(", ")
        self.told.emit(self.tr("{name} saved").format(name=comma.join(names)))

    def _fail(self, error: DeskError) -> None:
        self.told.emit(error_words(error))
