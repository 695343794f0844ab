"""The papers of an inspection, its plan and the record of its sample: offered in a menu, made when one is chosen."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop.models.domain.entities import Inspection
from desktop.models.domain.privacy import viewer_of
from desktop.services.background.desk import Desk

if TYPE_CHECKING:
    from desktop.views.common.letters.outputs import LetterOutputs


class Papers(QObject):
    """See the module's docstring. ``told`` carries words for the footer."""

    told = Signal(str)
    #: A bar with something to decide or to know, to be put where it is seen.
    barred = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window

    @cached_property
    def letters(self) -> LetterOutputs:
        """Made when the first is asked for."""
        from desktop.views.common.letters.outputs import LetterOutputs

        made = LetterOutputs(self._desk, self._window)
        made.told.connect(self.told)
        made.spoke.connect(self._show_bar)
        return made

    def open_menu(self, inspection: Inspection, at: QWidget) -> None:
        """What can be made of this inspection; what cannot says why."""
        from desktop.views.common.letters.offers import offers_of_inspection

        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        office = viewer_of(self._desk.me).office
        self.letters.fill(menu, offers_of_inspection(inspection, office=office))
        menu.popup(at.mapToGlobal(at.rect().topLeft()))

    def close(self) -> None:
        """A paper under way is finished first."""
        if "letters" in self.__dict__:
            self.letters.close()

    def _show_bar(self) -> None:
        self.barred.emit(self.letters.bar)
