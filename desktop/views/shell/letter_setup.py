"""What is behind the page of letter templates: looking through a folder, copying, keeping the choice; in a lane.

Lives as long as its page. Must not make letters.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.tasks import Tasks
from desktop.services.documents.letters.folder import Standing, copy_templates, look_through
from desktop.views.common.resources import resource
from desktop.views.common.words import error_words

from .letter_sheet import LetterSheet

_CLOSE_S = 3.0


class LetterSetup(QObject):
    """One opening of the page."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        place = desk.letter_place
        self.sheet = LetterSheet(
            str(place.folder) if place.folder else "", laid_down=place.laid_down, parent=over
        )
        super().__init__(self.sheet)
        self._place = place
        self._tasks = Tasks("letter templates", parent=self)
        self.sheet.folder_chosen.connect(self._choose)
        self.sheet.copies_wanted.connect(self._copy)
        self.sheet.finished.connect(self._close)

    def open(self) -> LetterSheet:
        """Show the page."""
        self._look()
        self.sheet.open()
        return self.sheet

    def _close(self) -> None:
        self._tasks.close(drain=True, timeout_s=_CLOSE_S)

    def _look(self) -> None:
        work = partial(look_through, resource("letters"), self._place.folder)
        self._tasks.run(self, work, self._show, self._failed)

    def _show(self, standings: tuple[Standing, ...]) -> None:
        self.sheet.show_standings(standings)

    def _choose(self, folder: str) -> None:
        self._place.choose(folder)
        self.sheet.show_folder(str(self._place.folder) if self._place.folder else "")
        self._look()

    def _copy(self, folder: str) -> None:
        work = partial(copy_templates, resource("letters"), Path(folder))
        self._tasks.run(self, work, self._copied, self._failed)

    def _copied(self, count: int) -> None:
        self.sheet.say(self.tr("%n template(s) copied; what was there is as it was.", "", count))
        self._look()

    def _failed(self, error: DeskError) -> None:
        self.sheet.say(error_words(error))
