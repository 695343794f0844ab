"""The rail at the left: pages, their queues, live counts; 200 px wide, 56 folded.

Painted items, one a row; counts come in from outside. Must not ask the store for anything.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.views.common import theme, tokens
from desktop.views.common.buttons import IconButton
from desktop.views.common.icons import paint_icon
from desktop.views.common.layouts import scrolled
from desktop.views.common.pills import paint_mark
from desktop.views.common.text import elided, set_plain_tooltip

from .pages import PageSpec, QueueSpec, key_of_page

_PAGE_ICON = 18
_MOST = 9999


class RailItem(QAbstractButton):
    """One row: a page with its icon, or a queue below it with the shape of its light."""

    def __init__(
        self, text: str, parent: QWidget | None = None, *, icon: str = "", shape: str = "", hint: str = ""
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._shape = shape
        self._hint = hint
        self._count: int | None = None
        self.folded = False
        self.leads = False
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._describe()

    @property
    def is_page(self) -> bool:
        """True for a page, False for a queue."""
        return bool(self._icon)

    def set_count(self, count: int | None) -> None:
        """Show a number; None or 0 shows none."""
        if count != self._count:
            self._count = count
            self._describe()
            self.update()

    def count(self) -> int | None:
        """The number shown."""
        return self._count

    def rename(self, text: str) -> None:
        """Say something else."""
        self.setText(text)
        self._describe()
        self.update()

    def set_leads(self, leads: bool) -> None:
        """One of its queues is the place where we are: the page itself steps back."""
        self.leads = leads
        self.update()

    def set_folded(self, folded: bool) -> None:
        """Only the icon, or icon and words."""
        self.folded = folded
        self._describe()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        now = theme.current()
        return QSize(now.px(tokens.RAIL_FOLDED), now.px(36 if self.is_page else 28))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = self.rect().adjusted(now.px(8), 1, -now.px(8), -1)
        chosen = self.isChecked() and (self.folded or not self.leads)
        ground = "accent_soft" if chosen else ("hairline" if self.underMouse() else "")
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color(ground))
            painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        if self.hasFocus():
            painter.setPen(QPen(now.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), tokens.RADIUS, tokens.RADIUS)
        if self.folded:
            self._paint_folded(painter, box)
        else:
            self._paint_open(painter, box)

    def _role(self) -> str:
        if self.isChecked():
            return "accent"
        return "text" if self.is_page else "secondary"

    def _paint_open(self, painter: QPainter, box: QRect) -> None:
        now = theme.current()
        left = box.left() + now.px(10 if self.is_page else 14)
        mark = QRect(left, box.top(), now.px(_PAGE_ICON), box.height())
        if self.is_page:
            paint_icon(painter, self._icon, mark, self._role() if self.isChecked() else "secondary")
        elif self._shape:
            side = now.px(10)
            place = QRect(left + now.px(4), box.top() + (box.height() - side) // 2, side, side)
            paint_mark(painter, place, self._shape)
        right = box.right() - now.px(10)
        number = _number(self._count)
        painter.setFont(now.font("strong" if self.isChecked() and self.is_page else "small"))
        if number:
            painter.setPen(now.color("accent" if self.isChecked() else "secondary"))
            width = painter.fontMetrics().horizontalAdvance(number)
            place = QRect(right - width, box.top(), width, box.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), number)
            right -= width + now.px(8)
        painter.setFont(now.font("strong" if self.is_page and self.isChecked() else "body"))
        painter.setPen(now.color(self._role()))
        start = mark.right() + now.px(10)
        words = elided(painter.fontMetrics(), self.text(), right - start)
        place = QRect(start, box.top(), right - start, box.height())
        painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), words)

    def _paint_folded(self, painter: QPainter, box: QRect) -> None:
        now = theme.current()
        paint_icon(painter, self._icon, box, self._role() if self.isChecked() else "secondary")
        if self._count:
            side = now.px(7)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(now.color("accent"))
            painter.drawEllipse(box.center().x() + now.px(7), box.center().y() - now.px(11), side, side)

    def _describe(self) -> None:
        number = _number(self._count)
        name = f"{self.text()} {number}" if number else self.text()
        self.setAccessibleName(name)
        set_plain_tooltip(self, f"{name}  {self._hint}".strip())


class Rail(QWidget):
    """The column of items. ``page_chosen`` carries a page's key, ``queue_chosen`` a page's and a queue's."""

    page_chosen = Signal(str)
    queue_chosen = Signal(str, str)
    fold_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._pages: dict[str, RailItem] = {}
        self._queues: dict[tuple[str, str], RailItem] = {}
        self._counted: dict[str, Mapping[str, int]] = {}
        self._page = ""
        self._queue = ""
        self._folded = False
        self._above: RailItem | None = None
        self._inner = QWidget()
        self._items = QVBoxLayout(self._inner)
        self._items.setContentsMargins(0, 8, 0, 8)
        self._items.setSpacing(0)
        self._items.addStretch(1)
        area = scrolled(self._inner)
        for ground in (area.viewport(), self._inner):
            ground.setAutoFillBackground(False)  # the rail's own ground shows through
        self._fold = IconButton("panel-left-close", self.tr("Fold the rail"), self, on=self.toggle)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self._head = QVBoxLayout()
        self._head.setContentsMargins(0, 8, 0, 0)
        whole.addLayout(self._head)
        whole.addWidget(area, 1)
        foot = QVBoxLayout()
        foot.setContentsMargins(14, 4, 14, 8)
        foot.addWidget(self._fold)
        whole.addLayout(foot)
        theme.bus().changed.connect(self._fit)
        self._fit()

    def set_pages(self, pages: tuple[PageSpec, ...]) -> None:
        """Show these pages, in this order."""
        for item in (*self._pages.values(), *self._queues.values()):
            self._items.removeWidget(item)
            item.deleteLater()
        self._pages.clear()
        self._queues.clear()
        self._counted.clear()
        for number, spec in enumerate(pages, 1):
            self._add_page(spec, key_of_page(number))
            for queue in spec.queues:
                self._add_queue(spec, queue)
        self._show_queues()

    def set_head(self, item: RailItem) -> None:
        """An item above the pages, which says what all of them are about; its maker answers its clicks."""
        self._above = item
        self._head.addWidget(item)
        item.set_folded(self._folded)

    def set_counts(self, counted: Mapping[str, Mapping[str, int]]) -> None:
        """Page key → {"": its own number, queue key: the queue's}."""
        self._counted = dict(counted)
        for key, item in self._pages.items():
            item.set_count(self._counted.get(key, {}).get(""))
        for (page, queue), item in self._queues.items():
            item.set_count(self._counted.get(page, {}).get(queue))
        self._show_queues()

    def choose(self, page: str, queue: str = "") -> None:
        """Mark a page (and one of its queues) as the one shown."""
        self._page, self._queue = page, queue
        for key, item in self._pages.items():
            item.setChecked(key == page)
            item.set_leads(bool(queue))
        for (of, key), item in self._queues.items():
            item.setChecked(of == page and key == queue)
        self._show_queues()

    def toggle(self) -> None:
        """Fold or unfold."""
        self.set_folded(not self._folded)
        self.fold_changed.emit(self._folded)

    def set_folded(self, folded: bool) -> None:
        """56 px or 200."""
        self._folded = folded
        self._fit()

    def count_of(self, page: str, queue: str = "") -> int | None:
        """The number shown for a page or queue."""
        item = self._queues.get((page, queue)) if queue else self._pages.get(page)
        return item.count() if item is not None else None

    def has(self, page: str, queue: str) -> bool:
        """Whether this person has the queue, as far as has been counted."""
        counted = self._counted.get(page)
        return counted is None or queue in counted

    def keyPressEvent(self, event: QKeyEvent) -> None:
        shown = [item for item in self._in_order() if item.isVisible()]
        focused = next((i for i, item in enumerate(shown) if item.hasFocus()), -1)
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and focused >= 0:
            shown[(focused + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _in_order(self) -> list[RailItem]:
        found = [self._items.itemAt(i).widget() for i in range(self._items.count())]
        return [item for item in found if isinstance(item, RailItem)]

    def _add_page(self, spec: PageSpec, hint: str) -> None:
        item = RailItem(spec.title(), self._inner, icon=spec.icon, hint=hint)
        item.setObjectName(spec.key)
        item.clicked.connect(self._page_clicked)
        self._pages[spec.key] = item
        self._items.insertWidget(self._items.count() - 1, item)

    def _add_queue(self, spec: PageSpec, queue: QueueSpec) -> None:
        item = RailItem(queue.title(), self._inner, shape=queue.shape)
        item.setObjectName(f"{spec.key}/{queue.key}")
        item.clicked.connect(self._queue_clicked)
        self._queues[(spec.key, queue.key)] = item
        self._items.insertWidget(self._items.count() - 1, item)

    def _page_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.choose(
                self._page, self._queue
            )  # the click has ticked it; only a page that opens stays ticked
            self.page_chosen.emit(sender.objectName())

    def _queue_clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            page, _, queue = sender.objectName().partition("/")
            self.choose(self._page, self._queue)
            self.queue_chosen.emit(page, queue)

    def _show_queues(self) -> None:
        """Queues of the page shown, as far as they were counted; none while folded."""
        for (page, queue), item in self._queues.items():
            counted = self._counted.get(page)
            item.setVisible(page == self._page and not self._folded and (counted is None or queue in counted))

    def _fit(self) -> None:
        now = theme.current()
        self.setFixedWidth(now.px(tokens.RAIL_FOLDED if self._folded else tokens.RAIL))
        words = self.tr("Unfold the rail") if self._folded else self.tr("Fold the rail")
        self._fold.set_face("panel-left-open" if self._folded else "panel-left-close", words)
        heads = (self._above,) if self._above is not None else ()
        for item in (*heads, *self._pages.values(), *self._queues.values()):
            item.set_folded(self._folded)
        self._show_queues()


def _number(count: int | None) -> str:
    if not count:
        return ""
    return f"{count:,}" if count <= _MOST else f"{_MOST:,}+"
