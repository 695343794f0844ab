"""Fields that choose: one of many (ChoiceField), one of few at a glance (SegmentedChoice), a moment (DateTimeField).

Options are (value, text) pairs: the value is kept, the text is shown. See fields.py for what all fields share.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import cast

from PySide6.QtCore import QDate, QDateTime, QEvent, QModelIndex, QObject, QSize, Qt, QTime, QTimeZone, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCalendarWidget,
    QComboBox,
    QCompleter,
    QLineEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from desktop.views.common import theme
from desktop.views.common.buttons import Button
from desktop.views.common.fields import Field
from desktop.views.common.icons import set_icon
from desktop.views.common.layouts import FlowLayout, column, discard
from desktop.views.common.moment_input import MomentInput
from desktop.views.common.text import plain

Options = Sequence[tuple[str, str]]
_OPTION_LIMIT = 120


class _TallItems(QStyledItemDelegate):
    """Gives the rows of a popup list the height of a target."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        hint = super().sizeHint(option, index)
        return QSize(hint.width() + theme.current().px(16), max(hint.height(), theme.current().target))


class Combo(QComboBox):
    """A combo box with a list of comfortable rows which the wheel of a form does not change.

    Values by `value()` and `set_options`; needs an accessible name. `chosen` is a person's choice.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setItemDelegate(_TallItems(self))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(14)
        self.activated.connect(self._activated)
        self.currentIndexChanged.connect(self._show_empty)
        self._show_empty()

    def _show_empty(self) -> None:
        theme.set_role(self, "empty", self.currentIndex() < 0)

    def _activated(self) -> None:
        self.chosen.emit(self.value())

    def set_options(self, options: Options) -> None:
        """Offer these (value, text) pairs; the present value stays chosen if it is still among them."""
        kept = self.value()
        self.clear()
        for value, text in options:
            self.addItem(plain(text, _OPTION_LIMIT, single_line=True), value)
        self.set_value(kept)

    def value(self) -> str:
        """The value chosen, "" for none."""
        found = self.currentData()
        return str(found) if found is not None else ""

    def set_value(self, value: str) -> bool:
        """Choose; False (and nothing chosen) when there is no such option."""
        index = self.findData(value)
        self.setCurrentIndex(index)
        return index >= 0

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceField(Field):
    """One of many. Value: str, "" for none. `searchable` lets the person type any part of a text."""

    def __init__(
        self,
        label: str,
        options: Options = (),
        parent: QWidget | None = None,
        *,
        required: bool = False,
        hint: str = "",
        placeholder: str = "",
        searchable: bool = False,
    ) -> None:
        super().__init__(label, parent, required=required, hint=hint)
        self.input = Combo()
        self.input.setPlaceholderText(placeholder or self.tr("Choose…"))
        # In a form the column decides the width, not the longest option.
        self.input.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.input.setMinimumContentsLength(8)
        self.input.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._line: QLineEdit | None = None
        if searchable:
            self.input.setEditable(True)
            self.input.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            line = self._line = QLineEdit()
            self.input.setLineEdit(line)
            line.setProperty("kind", "bare")
            line.setPlaceholderText(placeholder or self.tr("Type to search…"))
            line.setAccessibleName(self.label)
            completer = QCompleter(self.input.model(), self.input)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            completer.popup().setItemDelegate(_TallItems(completer))
            self.input.setCompleter(completer)
            line.editingFinished.connect(self._settle)
        self._place(self.input)
        self.input.set_options(options)
        self.input.setCurrentIndex(-1)
        self.input.activated.connect(self._touched)

    def _settle(self) -> None:
        """What was typed is an option, or the last choice comes back."""
        line = self._line
        if line is None:
            return
        index = self.input.findText(line.text(), Qt.MatchFlag.MatchFixedString)
        if index >= 0 and index != self.input.currentIndex():
            self.input.setCurrentIndex(index)
            self._touched()
        elif index < 0:
            line.setText(self.input.itemText(self.input.currentIndex()))

    def set_options(self, options: Options) -> None:
        """Offer these; the present value stays if it is among them."""
        self.input.set_options(options)

    def value(self) -> str:
        return self.input.value()

    def text(self) -> str:
        """The text of the option chosen."""
        return self.input.currentText() if self.input.currentIndex() >= 0 else ""

    def set_value(self, value: str) -> None:
        """Choose; an unknown value chooses nothing."""
        if not self.input.set_value(value) and self._line is not None:
            self._line.clear()


class SegmentedChoice(Field):
    """One of few, all in sight, each with its number key. Value: str, "" for none.

    Digits press the options while the focus is anywhere in the field; a page may call `press(digit)` itself.
    """

    def __init__(
        self,
        label: str,
        options: Options = (),
        parent: QWidget | None = None,
        *,
        required: bool = False,
        hint: str = "",
        numbers: bool = True,
    ) -> None:
        super().__init__(label, parent, required=required, hint=hint)
        self._numbers = numbers
        self._values: list[str] = []
        self._group = QButtonGroup(self)
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder, gap=6)
        self._place(self._holder, focus=self._holder)
        # Options that wrap need more height than the one line that the size hint reckons with.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._group.buttonClicked.connect(self._touched)
        self.set_options(options)

    def set_options(self, options: Options) -> None:
        """Offer these instead; the present value stays if it is among them, and the keyboard where it is."""
        kept = self.value()
        buttons = self._group.buttons()
        self._values = [value for value, _ in options]
        for button in buttons[len(options) :]:
            self._group.removeButton(button)
            button.removeEventFilter(self)
            discard(button)
        for place, (_, text) in enumerate(options):
            if place < len(buttons):
                buttons[place].setText(text)
            else:
                self._add(place, text)
        if self._group.buttons():
            self.setFocusProxy(self._group.buttons()[0])
        self.set_value(kept)

    def _add(self, place: int, text: str) -> None:
        button = Button(text, self._holder, hint=str(place + 1) if self._numbers and place < 9 else "")
        button.setCheckable(True)
        button.setProperty("segment", True)
        button.setAccessibleDescription(self.label)
        button.installEventFilter(self)
        self._group.addButton(button, place)
        self._flow.addWidget(button)
        button.show()  # by itself only a turn of the event loop later, and Tab would pass it by until then

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QAbstractButton) and isinstance(event, QKeyEvent):
            pressed = event.type() == QEvent.Type.KeyPress
            if pressed and self._key(watched, event):
                return True
        return super().eventFilter(watched, event)

    def _key(self, button: QAbstractButton, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            place = self._group.id(button) + step
            if 0 <= place < len(self._values):
                self._group.button(place).setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return self.press(event.text())

    def press(self, digit: str) -> bool:
        """Choose by number key; False when the digit means nothing here."""
        if not self._numbers or len(digit) != 1 or digit not in "123456789" or int(digit) > len(self._values):
            return False
        button = self._group.button(int(digit) - 1)
        if button.isEnabled():
            button.setChecked(True)
            self._touched()
        return True

    def value(self) -> str:
        chosen = self._group.checkedId()
        return self._values[chosen] if 0 <= chosen < len(self._values) else ""

    def set_value(self, value: str) -> None:
        """Choose; an unknown value chooses nothing."""
        self._group.setExclusive(False)
        for place, button in enumerate(self._group.buttons()):
            button.setChecked(self._values[place] == value)
        self._group.setExclusive(True)

    def set_read_only(self, read_only: bool) -> None:
        for button in self._group.buttons():
            button.setEnabled(not read_only)


class DateTimeField(Field):
    """A moment by the city's wall clock. Value: datetime without zone, or None while nothing is chosen.

    `set_presets` offers moments by name ("This afternoon"); the page computes them, by the working calendar.
    """

    def __init__(
        self,
        label: str,
        parent: QWidget | None = None,
        *,
        required: bool = False,
        hint: str = "",
        with_time: bool = True,
    ) -> None:
        super().__init__(label, parent, required=required, hint=hint)
        self._chosen = False
        self._suggested = QDate()
        self._presets: list[datetime] = []
        self.input = MomentInput()
        self.input.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.input.setCalendarPopup(True)
        self.input.setDisplayFormat("yyyy-MM-dd  HH:mm" if with_time else "yyyy-MM-dd")
        self.input.setTimeZone(QTimeZone.utc())
        self.input.setMinimumDateTime(QDateTime(QDate(1999, 12, 31), QTime(23, 59), QTimeZone.utc()))
        self.input.setSpecialValueText(self.tr("No date chosen"))
        self.input.setDateTime(self.input.minimumDateTime())
        self.input.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.bus().changed.connect(self._dress_calendar)
        self._dress_calendar()
        self.input.calendarWidget().installEventFilter(self)
        self.input.dateTimeChanged.connect(self._moved)
        self._flow = FlowLayout(gap=4)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._group.idClicked.connect(self._preset_chosen)
        holder = QWidget()
        column_of = column(self.input, gap=4)
        column_of.addLayout(self._flow)
        holder.setLayout(column_of)
        self._place(holder, focus=self.input)
        self._quiet = False
        self._take(False)

    def _dress_calendar(self) -> None:
        """Our arrows and colours in place of the style's own green and red."""
        calendar = self.input.calendarWidget()
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        for name, glyph in (
            ("qt_calendar_prevmonth", "chevron-left"),
            ("qt_calendar_nextmonth", "chevron-right"),
        ):
            set_icon(cast(QToolButton, calendar.findChild(QToolButton, name)), glyph, "secondary")
        quiet = QTextCharFormat()
        quiet.setForeground(theme.current().color("secondary"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            calendar.setWeekdayTextFormat(day, quiet)

    def set_presets(self, presets: Sequence[tuple[str, datetime]]) -> None:
        """Offer named moments below the field."""
        for old in self._group.buttons():
            self._group.removeButton(old)
            discard(old)
        self._presets = [moment for _, moment in presets]
        for place, (text, _) in enumerate(presets):
            button = Button(text, kind="link")
            self._group.addButton(button, place)
            self._flow.addWidget(button)
        for before, after in pairwise((self.input, *self._group.buttons())):
            QWidget.setTabOrder(before, after)

    def suggest(self, moment: datetime) -> None:
        """Where the calendar opens and the arrow keys begin while nothing is chosen; it chooses nothing."""
        self._suggested = QDate(moment.year, moment.month, moment.day)
        at = QTime(moment.hour, moment.minute)
        self.input.start = QDateTime(self._suggested, at, QTimeZone.utc())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        calendar = self.input.calendarWidget()
        if (
            watched is calendar
            and event.type() == QEvent.Type.Show
            and not self._chosen
            and self._suggested.isValid()
        ):
            # A selected date would at once be taken over as the value: only the page is turned.
            calendar.setCurrentPage(self._suggested.year(), self._suggested.month())
        return super().eventFilter(watched, event)

    def _preset_chosen(self, place: int) -> None:
        self.set_value(self._presets[place])
        self._touched()

    def _moved(self) -> None:
        if not self._quiet:
            self._take(self.input.dateTime() > self.input.minimumDateTime())
            self._touched()

    def _take(self, chosen: bool) -> None:
        self._chosen = chosen
        theme.set_role(self.input, "empty", not chosen)

    def value(self) -> datetime | None:
        if not self._chosen:
            return None
        at = self.input.dateTime()
        date, time = at.date(), at.time()
        return datetime(date.year(), date.month(), date.day(), time.hour(), time.minute())  # noqa: DTZ001

    def set_value(self, value: datetime | None) -> None:
        """Show a moment, or none."""
        self._quiet = True
        self._take(value is not None)
        if value is None:
            self.input.setDateTime(self.input.minimumDateTime())
        else:
            day = QDate(value.year, value.month, value.day)
            # UTC throughout: no daylight saving of this machine moves the city's wall clock.
            self.input.setDateTime(QDateTime(day, QTime(value.hour, value.minute), QTimeZone.utc()))
        self._quiet = False
