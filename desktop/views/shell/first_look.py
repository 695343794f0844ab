"""The first rows of a start in the window, before the desk is there: the list where the desk will have it, else quiet.

A table like the desk's own at the place that it had when the window was last closed; the desk takes over its rows, the
row chosen and how far it was scrolled. Opens nothing, records nothing, and shows no case but its line. Must be cheap to
import and to build.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.models.items.windowed import Prepared, WindowedModel
from desktop.views.common import theme, tokens
from desktop.views.common.tables import ListTable
from desktop.views.common.text import PlainLabel
from desktop.views.common.ticket_list import queues
from desktop.views.common.ticket_list.columns import ticket_columns

if TYPE_CHECKING:
    from desktop.services.queries.filters import Queue

_NOT_READ = -1
"""The row id of a row that is in the list and has not been read: it is drawn as a skeleton."""


class Outline(NamedTuple):
    """Where the list stood in a window of size ``window``: table, title and count in the window's own measure."""

    window: QSize
    table: QRect
    title: QRect
    counted: QRect

    def text(self) -> str:
        """Fit for a settings file."""
        rects = (self.table, self.title, self.counted)
        numbers = [self.window.width(), self.window.height()]
        numbers += [n for r in rects for n in (r.x(), r.y(), r.width(), r.height())]
        return " ".join(map(str, numbers))

    @classmethod
    def of(cls, window: QWidget, table: QWidget, title: QWidget, counted: QWidget) -> Outline:
        """How it stands now."""
        places = (
            QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()) for widget in (table, title, counted)
        )
        return cls(window.size(), *places)

    @classmethod
    def parse(cls, text: str) -> Outline | None:
        """What :meth:`text` wrote; None for anything else."""
        words = text.split()
        if len(words) != 14 or not all(word.isdigit() and len(word) < 6 for word in words):
            return None
        n = [int(word) for word in words]
        found = cls(QSize(n[0], n[1]), QRect(*n[2:6]), QRect(*n[6:10]), QRect(*n[10:14]))
        return found if QRect(0, 0, n[0], n[1]).contains(found.table) and n[4] > 100 else None

    def fitted(self, size: QSize) -> Outline:
        """The same in a window of another size: the left edge and the margins above and below stay, as the splitter
        shares out the width."""
        more = size.height() - self.window.height()
        left = self.table.x()
        share = (size.width() - left) / max(1, self.window.width() - left)
        table = QRect(
            left, self.table.y(), round(self.table.width() * share), max(0, self.table.height() + more)
        )
        return self._replace(window=size, table=table)


class Look(NamedTuple):
    """What is shown: the first of ``total`` rows of a queue."""

    queue: Queue
    total: int
    rows: Sequence[Prepared]


class Standing(NamedTuple):
    """What the desk takes over: all row ids as far as they are known, the rows, the row chosen, how far scrolled down
    and sideways."""

    queue: Queue
    rids: array[int]
    rows: Sequence[Prepared]
    row: int
    scrolled: tuple[int, int]


class FirstLookView(QWidget):
    """See the module's docstring. ``painted`` comes once, after it has been seen."""

    painted = Signal()

    def __init__(self, look: Look, outline: Outline, *, folded: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._outline = outline
        self._seen = False
        self._rail = QWidget(self)
        self._rail.setProperty("kind", "rail")
        self._rail_width = tokens.RAIL_FOLDED if folded else tokens.RAIL
        self._title = PlainLabel(queues.title_of(look.queue), self, kind="title")
        self._count = PlainLabel(f"{look.total:,}", self, kind="number")
        columns = ticket_columns()
        self.model = WindowedModel(len(columns), self)
        self.table = ListTable(columns, self, name=self.tr("Tickets"), memory_key="tickets")
        self.table.setModel(self.model)
        self.table.layout_of_columns.show_sort(*queues.order_of(look.queue))
        self._rids = array("q", [row.rid for row in look.rows])
        self._rids.extend([_NOT_READ] * (look.total - len(look.rows)))
        self.model.set_rids(self._rids)
        self.model.put(look.rows)
        self.setFocusProxy(self.table)

    def standing(self) -> Standing:
        """How it stands now."""
        row = self.table.currentIndex().row()
        down, sideways = self.table.verticalScrollBar().value(), self.table.horizontalScrollBar().value()
        return Standing(self._look.queue, self._rids, self._look.rows, row, (down, sideways))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitted = self._outline.fitted(self.size())
        self.table.setGeometry(fitted.table)
        between = fitted.counted.x() - fitted.title.right()
        title = QRect(fitted.title.topLeft(), QSize(self._title.sizeHint().width(), fitted.title.height()))
        self._title.setGeometry(title)
        self._count.setGeometry(fitted.counted.translated(title.right() + between - fitted.counted.x(), 0))
        self._rail.setGeometry(0, 0, theme.current().px(self._rail_width), self.height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._seen:
            self.table.select_row(0)  # not before there is room: it would scroll to the column that is read
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)
