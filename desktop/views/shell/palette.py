"""The command palette (Ctrl+K): pages, queues and commands found by Chinese, English, pinyin or initials.

Entries are given in; how a title is spelled in pinyin too. Must not do anything itself but choose.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from desktop.views.common import theme, tokens
from desktop.views.common.icons import paint_icon
from desktop.views.common.layouts import hairline
from desktop.views.common.text import PlainLabel, elide

WIDTH = 560
_ROWS = 9
_ROW = 32
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Entry:
    """One thing that can be done. ``also`` are other spellings it is found by."""

    title: str
    run: Callable[[], object]
    icon: str = "chevron-right"
    hint: str = ""
    also: tuple[str, ...] = ()


def rank(query: str, spellings: Sequence[str]) -> int | None:
    """How well ``query`` fits the best of the spellings (0 is best), None when it does not.

    Beginning of a spelling, beginning of a word, inside, then letters in their order.
    """
    wanted = query.casefold().replace(" ", "")
    if not wanted:
        return 0
    best: int | None = None
    for spelling in spellings:
        text = spelling.casefold()
        close = text.replace(" ", "")
        if close.startswith(wanted):
            score = 0
        elif any(word.startswith(wanted) for word in text.split()):
            score = 1
        elif wanted in close:
            score = 2
        elif len(wanted) > 1 and _in_order(wanted, close):
            score = 3
        else:
            continue
        best = score if best is None else min(best, score)
    return best


def _in_order(wanted: str, text: str) -> bool:
    letters = iter(text)
    return all(letter in letters for letter in wanted)


class Entries(QAbstractListModel):
    """The entries that fit, best first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[tuple[Entry, tuple[str, ...]]] = []
        self._shown: list[Entry] = []

    def set_entries(self, entries: Sequence[Entry], spell: Callable[[str], tuple[str, ...]]) -> None:
        """``spell`` gives the pinyin of a title, whole and in initials."""
        self._all = [(entry, (entry.title, *entry.also, *spell(entry.title))) for entry in entries]
        self.search("")

    def search(self, query: str) -> None:
        """Show what fits ``query``."""
        ranked = [(rank(query, spellings), n, entry) for n, (entry, spellings) in enumerate(self._all)]
        fitting = sorted(
            ((score, n, entry) for score, n, entry in ranked if score is not None), key=lambda r: r[:2]
        )
        self.beginResetModel()
        self._shown = [entry for _, _, entry in fitting]
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """The entry in this row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entry(index.row())
        if entry is not None and role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry.title
        return None


class EntryDelegate(QStyledItemDelegate):
    """Icon, title, key."""

    def sizeHint(self, option: Any, index: Index) -> QSize:
        return QSize(0, theme.current().px(_ROW))

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        model = index.model()
        entry = model.entry(index.row()) if isinstance(model, Entries) else None
        if entry is None:
            return
        now = theme.current()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = option.state & QStyle.StateFlag.State_Selected
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color("accent_soft" if chosen else "hover"))
            painter.drawRoundedRect(option.rect, tokens.RADIUS, tokens.RADIUS)
        box = option.rect.adjusted(now.px(12), 0, -now.px(12), 0)
        paint_icon(painter, entry.icon, QRect(box.left(), box.top(), now.px(18), box.height()), "secondary")
        words = box.adjusted(now.px(28), 0, -now.px(90), 0)
        painter.setFont(now.font("body"))
        painter.setPen(now.color("text"))
        elide(painter, words, entry.title)
        painter.setFont(now.font("small"))
        painter.setPen(now.color("faint"))
        place = box.adjusted(box.width() - now.px(90), 0, 0, 0)
        elide(painter, place, entry.hint, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class Palette(QFrame):
    """A popup over the window's upper half. Arrow keys move, Enter runs, Escape closes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "popup")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._entries = Entries(self)
        self._field = QLineEdit()
        self._field.setPlaceholderText(
            self.tr("What would you like to do? Chinese, English or pinyin initials")
        )
        self._field.setAccessibleName(self.tr("Command"))
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._list = QListView()
        self._list.setModel(self._entries)
        self._list.setItemDelegate(EntryDelegate(self))
        self._list.setUniformItemSizes(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.clicked.connect(self._run)
        self._nothing = PlainLabel(self.tr("Nothing of that name."), tone="secondary")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self._field)
        column.addWidget(hairline())
        column.addWidget(self._nothing)
        column.addWidget(self._list)
        self._nothing.hide()

    def open_with(self, entries: Sequence[Entry], spell: Callable[[str], tuple[str, ...]]) -> None:
        """Show these entries over the parent window."""
        self._entries.set_entries(entries, spell)
        self._field.clear()
        self._select(0)
        over = self.parentWidget()
        assert over is not None  # made with a parent
        now = theme.current()
        self.setFixedWidth(min(now.px(WIDTH), over.width() - 48))
        self._list.setFixedHeight(now.px(_ROW) * _ROWS + 4)
        self.adjustSize()
        corner = over.mapToGlobal(over.rect().topLeft())
        self.move(corner.x() + (over.width() - self.width()) // 2, corner.y() + now.px(72))
        self.show()

    def type_in(self, text: str) -> None:
        """As if somebody typed it; for the tour."""
        self._field.setText(text)

    def titles(self) -> list[str]:
        """What is offered, best first."""
        rows = (self._entries.entry(row) for row in range(self._entries.rowCount()))
        return [entry.title for entry in rows if entry is not None]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            row = self._list.currentIndex().row()
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._select(row + (1 if event.key() == Qt.Key.Key_Down else -1))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._run()
                return True
        return super().eventFilter(watched, event)

    def _search(self, query: str) -> None:
        self._entries.search(query)
        self._nothing.setVisible(self._entries.rowCount() == 0)
        self._select(0)

    def _select(self, row: int) -> None:
        count = self._entries.rowCount()
        if count:
            self._list.setCurrentIndex(self._entries.index(row % count))

    def _run(self) -> None:
        entry = self._entries.entry(self._list.currentIndex().row())
        self.close()
        if entry is not None:
            entry.run()
