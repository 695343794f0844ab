"""The switch at the head of the rail: my units or the whole city, said in words and turned by one key.

Shown to those who look after units. Says which cases every list and count is about; changes nothing but that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from .rail import RailItem

if TYPE_CHECKING:
    from .frame import Frame

KEY = "Ctrl+M"


class AreaSwitch(QObject):
    """Belongs to one frame."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._area = frame.desk.area
        self.item = RailItem("", frame.rail, icon="building-2", hint=KEY)
        self.item.setObjectName("area")
        self.item.setCheckable(False)
        self.item.clicked.connect(self._area.toggle)
        frame.rail.set_head(self.item)
        self.shortcut = QShortcut(QKeySequence(KEY), frame)
        self.shortcut.activated.connect(self._area.toggle)
        self._area.changed.connect(self._show)
        self._area.changed.connect(frame.refresh_counts)
        self._show()

    def _show(self) -> None:
        assigned = self._area.assigned
        mine = self.tr("My units")
        city = self.tr("Whole city")
        self.item.rename(city if self._area.whole_city else mine)
        self.item.set_count(None if self._area.whole_city else len(assigned))
        self.item.setVisible(bool(assigned))
        self.shortcut.setEnabled(bool(assigned))
