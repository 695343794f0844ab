"""The matters of one person as tabs: "3 matters of this person", all done in the same call."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QHBoxLayout, QTabBar, QWidget

from desktop.views.common.icons import icon
from desktop.views.common.text import PlainLabel, menu_text

_TITLE = 24


class MatterTabs(QWidget):
    """Hidden while there is one matter. Titles are a citizen's words and are shown plainly."""

    #: The visit whose tab a person pressed.
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids: tuple[str, ...] = ()
        self._count = PlainLabel(kind="small", tone="secondary")
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setElideMode(Qt.TextElideMode.ElideRight)
        self.tabs.setAccessibleName(self.tr("Matters of this person"))
        self.tabs.currentChanged.connect(self._changed)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 4, 16, 0)
        line.setSpacing(12)
        line.addWidget(self._count)
        line.addWidget(self.tabs, 1)
        self.hide()

    def show_matters(self, matters: Sequence[tuple[str, str]], current: str, done: Sequence[str]) -> None:
        """(visit id, title) of each; those in ``done`` bear a tick and cannot be opened again."""
        self._ids = tuple(visit_id for visit_id, _ in matters)
        self.tabs.blockSignals(True)
        while self.tabs.count() > len(matters):
            self.tabs.removeTab(self.tabs.count() - 1)
        for place, (visit_id, title) in enumerate(matters):
            if place >= self.tabs.count():
                self.tabs.addTab("")
            self.tabs.setTabText(place, menu_text(title, _TITLE))
            self.tabs.setTabEnabled(place, visit_id not in done)
            self.tabs.setTabIcon(place, icon("check", "normal") if visit_id in done else QIcon())
        if current in self._ids:
            self.tabs.setCurrentIndex(self._ids.index(current))
        self.tabs.blockSignals(False)
        several = self.tr("{n} matters of this person")
        self._count.setText(several.format(n=len(matters)))
        self.setVisible(len(matters) > 1)

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) matter that is still open."""
        place = self.tabs.currentIndex() + by
        while 0 <= place < self.tabs.count():
            if self.tabs.isTabEnabled(place):
                self.tabs.setCurrentIndex(place)
                return
            place += by

    def _changed(self, place: int) -> None:
        if 0 <= place < len(self._ids):
            self.chosen.emit(self._ids[place])
