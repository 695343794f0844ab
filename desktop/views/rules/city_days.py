"""The city's own days over the country's calendar: a line a day, one added or taken out at a time.

Shows what it is given and says what the person wants; must not know a version of the rules.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.domain.profile import CalendarData
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.choices import DateTimeField, SegmentedChoice
from desktop.views.common.due_words import weekday
from desktop.views.common.fields import LineField
from desktop.views.common.layouts import discard, row
from desktop.views.common.text import PlainLabel


class CityDays(QWidget):
    """See the module's docstring."""

    #: (day, its name, whether the city works on it) is to be added.
    added = Signal(object, str, bool)
    #: The day is to follow the country's calendar again.
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[QWidget] = []
        self.none = PlainLabel(self.tr("The city follows the country's calendar."), tone="secondary")
        self.day = DateTimeField(self.tr("Day"), with_time=False)
        self.name = LineField(self.tr("Name or reason"))
        kinds = [("off", self.tr("Day off")), ("worked", self.tr("Working day"))]
        self.kind = SegmentedChoice(self.tr("It is a"), kinds, numbers=False)
        self.kind.set_value("off")
        self.add = Button(self.tr("Add the day"), self, icon="plus", on=self._add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.none)
        fields = row(self.day, self.name, self.kind)
        self._column.addLayout(fields)
        buttons = row(self.add)
        buttons.addStretch(1)
        self._column.addLayout(buttons)

    def show_calendar(self, calendar: CalendarData) -> None:
        """The days that differ from the country's."""
        while self._lines:
            discard(self._lines.pop())
        off = [(day, name, False) for day, name in calendar.city_days_off.items()]
        worked = [(day, name, True) for day, name in calendar.city_working_days.items()]
        for day, name, works in sorted([*off, *worked]):
            line = self._line(day, name, works)
            self._column.insertWidget(len(self._lines) + 1, line)
            self._lines.append(line)
        self.none.setVisible(not self._lines)

    def _line(self, day: date, name: str, works: bool) -> QWidget:
        line = QWidget(self)
        kind = self.tr("working day") if works else self.tr("day off")
        said = self.tr("{day}, {weekday}: {kind}, {name}")
        told = PlainLabel(said.format(day=day.isoformat(), weekday=weekday(day), kind=kind, name=name))
        gone = IconButton("x", self.tr("Take the day out"), on=lambda: self.removed.emit(day))
        shown = row(told, gone)
        shown.addStretch(1)
        line.setLayout(shown)
        return line

    def _add(self) -> None:
        day, name = self.day.value(), self.name.value().strip()
        self.day.set_error("" if day is not None else self.tr("Choose a day"))
        self.name.set_error("" if name else self.tr("Say what the day is for"))
        if day is not None and name:
            self.added.emit(day.date(), name, self.kind.value() == "worked")
            self.name.set_value("")
