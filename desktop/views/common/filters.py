"""Narrowing a list: a search field with the number of matches, and chips with drop-down choices.

They tell what was chosen and never filter by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.views.common import theme
from desktop.views.common.buttons import Button, IconButton
from desktop.views.common.choice_popup import ChoicePopup
from desktop.views.common.icons import paint_icon
from desktop.views.common.layouts import FlowLayout
from desktop.views.common.text import PlainLabel, plain

_TYPING_PAUSE: Final = 150


class SearchField(QLineEdit):
    """A search line. `searched` comes when the typing pauses, at once on Enter and when cleared."""

    searched = Signal(str)
    #: Down or Enter: the person wants to go on to the list.
    left_down = Signal()

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(plain(placeholder, 80, single_line=True))
        self.setMaxLength(200)
        self._cross = IconButton("x", self.tr("Clear"), self, on=self._clear_now)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.setCursor(Qt.CursorShape.ArrowCursor)
        self._cross.hide()
        self._count = PlainLabel(kind="small", tone="faint", parent=self)
        self._count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._told = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._text_changed)
        self.setMinimumWidth(theme.current().px(200))
        self._place()

    def _text_changed(self) -> None:
        self._place()
        self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)

    def _clear_now(self) -> None:
        self.clear()
        self._tell()

    def show_matches(self, words: str) -> None:
        """Say inside the field how many matched ("46 matches"); "" for nothing."""
        self._count.setText(words)
        self._count.adjustSize()
        self.setAccessibleDescription(self._count.text())
        self._place()

    def _place(self) -> None:
        """Lens at the left, number of matches and cross at the right, the text between them."""
        now = theme.current()
        right = self.width()
        self._cross.setVisible(bool(self.text()))
        if self.text():
            right -= self._cross.width()
            self._cross.move(right, (self.height() - self._cross.height()) // 2)
        words = self._count.text()
        self._count.setVisible(bool(words))
        if words:
            right -= self._count.width() + now.px(4)
            self._count.move(right, (self.height() - self._count.height()) // 2)
        self.setTextMargins(now.px(20), 0, max(0, self.width() - right - now.px(4)), 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        now = theme.current()
        paint_icon(QPainter(self), "search", QRect(now.px(8), 0, now.px(16), self.height()), "faint")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self._clear_now()
        elif key == Qt.Key.Key_Down or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell()
            self.left_down.emit()
        else:
            super().keyPressEvent(event)


class FilterChip(Button):
    """One question with its answer: "Unit", "Unit: Water", "Unit: Water +2". A press opens the choices."""

    chosen_changed = Signal()

    def __init__(
        self,
        label: str,
        options: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        *,
        multi: bool = True,
    ) -> None:
        super().__init__(label, parent, kind="")
        self._label = label
        self._options = list(options)
        self._multi = multi
        self._chosen: list[str] = []
        self._popup: ChoicePopup | None = None
        self.setProperty("chip", True)
        self.clicked.connect(self.open_choices)
        self._renew()

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other (value, text) pairs; what is chosen and still offered stays chosen."""
        self._options = list(options)
        offered = {value for value, _ in self._options}
        self._chosen = [value for value in self._chosen if value in offered]
        self._renew()

    def chosen(self) -> list[str]:
        """The values chosen, in the order of the options."""
        return list(self._chosen)

    def set_chosen(self, values: Sequence[str]) -> None:
        """Choose without telling."""
        self._chosen = [value for value, _ in self._options if value in values]
        self._renew()

    def _renew(self) -> None:
        texts = [text for value, text in self._options if value in self._chosen]
        shown = self._label
        if texts:
            shown = self.tr("{question}: {answer}").format(question=self._label, answer=texts[0][:24])
        if len(texts) > 1:
            shown = f"{shown} +{len(texts) - 1}"
        self.setText(shown)
        theme.set_role(self, "active", bool(texts))
        self.updateGeometry()

    def open_choices(self) -> None:
        """Open the list of choices below the chip."""
        popup = ChoicePopup(self._label, self._options, self._chosen, multi=self._multi, parent=self)
        popup.picked.connect(self._picked)
        self._popup = popup
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        popup.take_focus()

    def _picked(self) -> None:
        if self._popup is not None:
            self.set_chosen(self._popup.chosen())
            self.chosen_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.current().px(14)
        place = self.rect().adjusted(
            self.width() - side - theme.current().px(7), 0, -theme.current().px(7), 0
        )
        role = "faint" if not self.isEnabled() else "accent" if self._chosen else "secondary"
        paint_icon(QPainter(self), "chevron-down", place, role)


class FilterChips(QWidget):
    """A row of chips that wraps, and a cross to clear them all while any is set."""

    #: A person changed a chip, or cleared them.
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[str, FilterChip] = {}
        self._flow = FlowLayout(self, gap=6)
        self._clear = Button(self.tr("Clear"), self, kind="quiet", icon="x", on=self._clear_pressed)
        self._flow.addWidget(self._clear)
        self._clear.hide()

    def add_chip(
        self, key: str, label: str, options: Sequence[tuple[str, str]] = (), *, multi: bool = True
    ) -> FilterChip:
        """Append a chip with (value, text) pairs to choose from."""
        chip = FilterChip(label, options, self, multi=multi)
        chip.chosen_changed.connect(self._chip_changed)
        self._chips[key] = chip
        self._flow.removeWidget(self._clear)
        self._flow.addWidget(chip)
        self._flow.addWidget(self._clear)
        return chip

    def set_options(self, key: str, options: Sequence[tuple[str, str]]) -> None:
        """Offer other choices at a chip."""
        self._chips[key].set_options(options)
        self._renew()

    def values(self) -> dict[str, list[str]]:
        """What is chosen, by chip; chips with nothing chosen are left out."""
        return {key: chip.chosen() for key, chip in self._chips.items() if chip.chosen()}

    def set_values(self, values: Mapping[str, Sequence[str]]) -> None:
        """Choose without telling; chips not named are emptied."""
        for key, chip in self._chips.items():
            chip.set_chosen(values.get(key, ()))
        self._renew()

    def clear(self) -> None:
        """Empty every chip and tell."""
        self.set_values({})
        self.changed.emit()

    def _clear_pressed(self) -> None:
        self.clear()

    def _chip_changed(self) -> None:
        self._renew()
        self.changed.emit()

    def _renew(self) -> None:
        self._clear.setVisible(bool(self.values()))
