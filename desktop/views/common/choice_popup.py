"""The list that opens under a chip: tick boxes, or single choices; with a search line when it is long.

Down goes from the search line into the list, Space ticks, Enter and Escape close. Must not keep anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from desktop.views.common import theme
from desktop.views.common.text import plain

_SEARCH_FROM: Final = 9
_ROWS: Final = 10
_VALUE: Final = 257


class ChoicePopup(QFrame):
    """Shown by a chip; `picked` after every change, read `chosen()` then."""

    picked = Signal()

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[str, str]],
        chosen: Sequence[str],
        *,
        multi: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "choices")
        self.setAccessibleName(plain(name, 80, single_line=True))
        self._multi = multi
        self._model = QStandardItemModel(self)
        for value, text in options:
            self._model.appendRow(self._item(value, text, ticked=value in chosen))
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setAccessibleName(self.accessibleName())
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._list.setMouseTracking(True)
        self._list.clicked.connect(self._press)
        self._list.installEventFilter(self)
        self._search = QLineEdit()
        self._search.setPlaceholderText(self.tr("Type to search…"))
        self._search.setAccessibleName(self._search.placeholderText())
        self._search.textChanged.connect(self._narrow)
        self._search.installEventFilter(self)
        self._search.setVisible(len(options) >= _SEARCH_FROM)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(5, 5, 5, 5)
        whole.setSpacing(4)
        whole.addWidget(self._search)
        whole.addWidget(self._list)
        self._fit([text for _, text in options])

    def _item(self, value: str, text: str, *, ticked: bool) -> QStandardItem:
        item = QStandardItem(plain(text, 80, single_line=True))
        item.setEditable(False)
        item.setData(value, _VALUE)
        item.setSizeHint(QSize(0, theme.current().target))
        # The box is drawn, but only `_press` ticks it: a click anywhere on the row counts once.
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setCheckable(False)
        return item

    def _fit(self, texts: list[str]) -> None:
        now = theme.current()
        widest = max((now.metrics().horizontalAdvance(text[:80]) for text in texts), default=80)
        self._list.setFixedHeight(min(max(len(texts), 1), _ROWS) * now.target + 2)
        self.setFixedWidth(min(max(widest + now.px(72), now.px(180)), now.px(420)))

    def take_focus(self) -> None:
        """Give the keyboard to the search line, or to the list where there is none."""
        if self._search.isHidden():
            self._list.setCurrentIndex(self._model.index(0, 0))
            self._list.setFocus()
        else:
            self._search.setFocus()

    def chosen(self) -> list[str]:
        """The values ticked."""
        items = [self._model.item(row) for row in range(self._model.rowCount())]
        return [str(item.data(_VALUE)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _narrow(self, text: str) -> None:
        wanted = text.strip().casefold()
        for row in range(self._model.rowCount()):
            away = bool(wanted) and wanted not in self._model.item(row).text().casefold()
            self._list.setRowHidden(row, away)

    def _press(self, index: QModelIndex) -> None:
        """Tick or untick a row; with single choices the others lose theirs and the list closes."""
        if not index.isValid():
            return
        pressed = self._model.itemFromIndex(index)
        ticked = pressed.checkState() != Qt.CheckState.Checked
        if not self._multi:
            for row in range(self._model.rowCount()):
                self._model.item(row).setCheckState(Qt.CheckState.Unchecked)
        pressed.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.picked.emit()
        if not self._multi:
            self.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and self._key(watched, event)
        ):
            return True
        return super().eventFilter(watched, event)

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.close()
        elif watched is self._search and key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shown = [r for r in range(self._model.rowCount()) if not self._list.isRowHidden(r)]
            if shown:
                self._list.setCurrentIndex(self._model.index(shown[0], 0))
                self._list.setFocus()
        elif watched is self._list and key == Qt.Key.Key_Space:
            self._press(self._list.currentIndex())
        elif watched is self._list and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._multi:
                self._press(self._list.currentIndex())
            self.close()
        else:
            return False
        return True
