"""Draws the cells of a list, quickly: one call to the model and one to drawText for a plain cell.

A QStyledItemDelegate costs a style option and a QModelIndex a cell, which doubles the frame in Python; so `ListTable`
has `RowPainter` draw whole rows. Texts are cleaned and shortened once and remembered. Must not fetch, format or
decide anything: the model answers with finished texts (roles in desktop/models/items/roles.py).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from desktop.models.items import roles
from desktop.views.common import theme
from desktop.views.common.columns import CellKind, Column
from desktop.views.common.icons import paint_icon
from desktop.views.common.pills import MARK, PILL_HEIGHT, paint_mark, paint_pill, pill_width
from desktop.views.common.rows import Cell
from desktop.views.common.text import elided

#: (logical column, x, width) of a visible column in the viewport.
Place = tuple[int, int, int]
_REMEMBERED = 8_192
_HIT_ALPHA = 64
"""Of 255: seen at a glance, and the letters on it keep their contrast in light and dark."""


class RowPainter:
    """Draws rows for one list in the theme it was made in; make another when the theme changes."""

    def __init__(self, columns: Sequence[Column]) -> None:
        now = theme.current()
        self._columns = tuple(columns)
        kinds = self._kinds()
        self._draw = tuple(kinds[column.kind] for column in columns)
        self._pad = now.px(8)
        self._gap = now.px(6)
        self._icon_side = now.px(16)
        self._mark_width = now.px(MARK)
        self._pill_height = now.px(PILL_HEIGHT)
        self._body = now.font("body")
        self._strong = now.font("strong")
        self._fonts: dict[str, tuple[QFont, QFontMetrics]] = {
            kind: (font, QFontMetrics(font))
            for kind, font in (("body", self._body), ("strong", self._strong), ("pill", now.font("pill")))
        }
        self._pill_metrics = self._fonts["pill"][1]
        self._text_colour = now.color("text")
        self._secondary_colour = now.color("secondary")
        self._hit_ground = QColor(now.color("due_soon"))
        self._hit_ground.setAlpha(_HIT_ALPHA)
        self._theme = now
        self._shortened: dict[tuple[str, int, str], tuple[str, int]] = {}
        self._pill_ground = ""
        self._height = now.row_height
        metrics = self._fonts["body"][1]
        self._baseline = (self._height + metrics.ascent() - metrics.descent()) // 2

    def _kinds(self) -> dict[CellKind, Callable[[QPainter, Cell, int, int, int, int, int], None]]:
        return {
            "text": self._text,
            "rich": self._rich,
            "secondary": self._secondary,
            "mark": self._mark,
            "pill": self._pill,
            "number": self._number,
            "due": self._due,
            "icon": self._icon,
            "check": self._check,
        }

    # -- whole rows --------------------------------------------------------------------------------------------

    def paint_ground(self, painter: QPainter, rect: QRect, *, selected: bool, hovered: bool) -> None:
        """The quiet rounded ground of a selected or hovered row."""
        if selected or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("accent_soft" if selected else "hover"))
            painter.drawRoundedRect(QRectF(rect), 6, 6)

    def paint_ring(self, painter: QPainter, rect: QRect) -> None:
        """The focus ring round the current row."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.color("accent"), 2))
        painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), 5, 5)

    def paint_bar(self, painter: QPainter, rect: QRect) -> None:
        """The short accent bar at the left edge of the current row while the pointer is at work."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        quarter = rect.height() // 4
        painter.drawRoundedRect(rect.x(), rect.y() + quarter, 3, rect.height() - 2 * quarter, 1.5, 1.5)

    def paint_row(
        self,
        painter: QPainter,
        cell: Cell,
        row: int,
        y: int,
        places: Sequence[Place],
        *,
        selected: bool = False,
    ) -> None:
        """Draw the cells of one row whose top is at `y`."""
        # On the soft ground of a selected row a soft pill would melt away.
        self._pill_ground = "surface" if selected else ""
        draw = self._draw
        for column, x, width in places:
            draw[column](painter, cell, row, column, x, y, width)

    def paint_skeleton(self, painter: QPainter, row: int, y: int, places: Sequence[Place]) -> None:
        """Draw a row whose data is not here: a bar in each cell, of a length that differs from row to row."""
        for column, x, width in places:
            self._bar(painter, row, column, x, y, width)

    # -- pieces ------------------------------------------------------------------------------------------------

    def _short(self, text: str, width: int, kind: str) -> tuple[str, int]:
        """The text shortened to `width`, and the width it then has; remembered."""
        key = (text, width, kind)
        found = self._shortened.get(key)
        if found is None:
            if len(self._shortened) >= _REMEMBERED:
                self._shortened.clear()
            metrics = self._fonts[kind][1]
            shown = elided(metrics, text, width)
            found = self._shortened[key] = (shown, metrics.horizontalAdvance(shown))
        return found

    def _bar(self, painter: QPainter, row: int, column: int, x: int, y: int, width: int) -> None:
        kind = self._columns[column].kind
        room = width - 2 * self._pad
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("skeleton"))
        if kind in ("mark", "icon", "check"):
            side = self._mark_width
            painter.drawEllipse(x + (width - side) // 2, y + (self._height - side) // 2, side, side)
            return
        share = 0.45 + ((row * 37 + column * 61) % 50) / 100
        height = self._pad + 2
        length = max(height, int(room * share))
        left = x + width - self._pad - length if self._columns[column].right else x + self._pad
        painter.drawRoundedRect(left, y + (self._height - height) // 2, length, height, 4, 4)

    def _one(
        self,
        painter: QPainter,
        text: str,
        x: int,
        y: int,
        room: int,
        kind: str,
        colour: QColor,
        hits: object = None,
    ) -> int:
        """Draw one text from `x` in at most `room` pixels, its `hits` on a marked ground; how wide it was."""
        shown, wide = self._short(text, room, kind)
        if hits:
            self._mark_hits(painter, hits, shown, x, y, kind)
        painter.setPen(colour)
        painter.drawText(x, y + self._baseline, shown)
        return wide

    def _mark_hits(self, painter: QPainter, hits: object, shown: str, x: int, y: int, kind: str) -> None:
        """The ground behind what was searched for; of what the ellipsis hides nothing is marked."""
        metrics = self._fonts[kind][1]
        end_of_text = len(shown) - shown.endswith("…")
        top = y + (self._height - metrics.height()) // 2
        for begin, end in hits if isinstance(hits, tuple) else ():
            end = min(end, end_of_text)
            if begin < end:
                left = metrics.horizontalAdvance(shown[:begin])
                wide = metrics.horizontalAdvance(shown[:end]) - left
                painter.fillRect(x + left, top, wide, metrics.height(), self._hit_ground)

    def _pills(self, given: object, room: int) -> list[tuple[str, str, int]]:
        """(light, word, width) of the pills that fit into `room`."""
        fitting: list[tuple[str, str, int]] = []
        for light, word in given if isinstance(given, tuple) else ():
            shown, _ = self._short(word, room, "pill")
            wide = pill_width(shown, self._pill_metrics, mark=False)
            room -= wide + self._gap
            if room < 0 or len(fitting) == 3:
                break
            fitting.append((light, shown, wide))
        return fitting

    # -- kinds of cell -----------------------------------------------------------------------------------------

    def _text(self, painter: QPainter, cell: Cell, row: int, column: int, x: int, y: int, width: int) -> None:
        text = cell(row, column, roles.DISPLAY)
        if text is None:
            self._bar(painter, row, column, x, y, width)
        elif text:
            hits = cell(row, column, roles.HITS)
            room = width - 2 * self._pad
            self._one(painter, str(text), x + self._pad, y, room, "body", self._text_colour, hits)

    def _secondary(
        self, painter: QPainter, cell: Cell, row: int, column: int, x: int, y: int, width: int
    ) -> None:
        text = cell(row, column, roles.DISPLAY)
        if text is None:
            self._bar(painter, row, column, x, y, width)
        elif text:
            hits = cell(row, column, roles.HITS)
            room = width - 2 * self._pad
            self._one(painter, str(text), x + self._pad, y, room, "body", self._secondary_colour, hits)

    def _number(
        self, painter: QPainter, cell: Cell, row: int, column: int, x: int, y: int, width: int
    ) -> None:
        text = cell(row, column, roles.DISPLAY)
        if text is None:
            self._bar(painter, row, column, x, y, width)
        elif text != "":
            shown, wide = self._short(str(text), width - 2 * self._pad, "body")
            light = cell(row, column, roles.LIGHT)
            painter.setPen(self._theme.color(str(light)) if light else self._text_colour)
            painter.drawText(x + width - self._pad - wide, y + self._baseline, shown)

    def _rich(self, painter: QPainter, cell: Cell, row: int, column: int, x: int, y: int, width: int) -> None:
        text = cell(row, column, roles.DISPLAY)
        if text is None:
            self._bar(painter, row, column, x, y, width)
            return
        left, right = x + self._pad, x + width - self._pad
        beside = cell(row, column, roles.BESIDE)
        if beside:
            right = self._beside(painter, str(beside), left, right, y)
        icon = cell(row, column, roles.ICON)
        if icon:
            paint_icon(painter, str(icon), QRect(left, y, self._icon_side, self._height), "secondary")
            left += self._icon_side + self._gap
        if cell(row, column, roles.PENDING):
            paint_mark(painter, QRect(left, y, self._mark_width, self._height), "pending")
            left += self._mark_width + self._gap
        pills = self._pills(cell(row, column, roles.PILLS), (right - left) // 2)
        needed = sum(wide + self._gap for _, _, wide in pills)
        strong = bool(cell(row, column, roles.EMPHASIS))
        if strong:
            painter.setFont(self._strong)
        room = right - left - needed
        kind, hits = "strong" if strong else "body", cell(row, column, roles.HITS)
        left += self._one(painter, str(text), left, y, room, kind, self._text_colour, hits)
        left += self._gap
        top = y + (self._height - self._pill_height) // 2
        for light, word, wide in pills:
            place = QRect(left, top, wide, self._pill_height)
            paint_pill(painter, place, word, light, mark=False, ground=self._pill_ground)
            left += wide + self._gap
        if strong or pills:
            painter.setFont(self._body)
        quiet = cell(row, column, roles.SECONDARY)
        if quiet and right - left > 3 * self._icon_side:
            self._one(painter, str(quiet), left + 2, y, right - left - 2, "body", self._secondary_colour)

    def _beside(self, painter: QPainter, name: str, left: int, right: int, y: int) -> int:
        """Who else has the row open, at its right end; where the text has to end."""
        shown, _ = self._short(name, (right - left) // 3, "pill")
        wide = pill_width(shown, self._pill_metrics, mark=False)
        place = QRect(right - wide, y + (self._height - self._pill_height) // 2, wide, self._pill_height)
        paint_pill(painter, place, shown, "accent", mark=False, ground=self._pill_ground)
        painter.setFont(self._body)
        return right - wide - self._gap

    def _mark(self, painter: QPainter, cell: Cell, row: int, column: int, x: int, y: int, width: int) -> None:
        light = cell(row, column, roles.LIGHT)
        if light is None:
            self._bar(painter, row, column, x, y, width)
        elif light:
            paint_mark(painter, QRect(x, y, width, self._height), str(light))

    def _pill(self, painter: QPainter, cell: Cell, row: int, column: int, x: int, y: int, width: int) -> None:
        word = cell(row, column, roles.DISPLAY)
        if word is None:
            self._bar(painter, row, column, x, y, width)
        elif word:
            light = str(cell(row, column, roles.LIGHT) or "accent")
            room = width - 2 * self._pad
            word, _ = self._short(str(word), room - self._pill_height - self._mark_width, "pill")
            wide = min(room, pill_width(word, self._pill_metrics))
            top = y + (self._height - self._pill_height) // 2
            place = QRect(x + self._pad, top, wide, self._pill_height)
            paint_pill(painter, place, word, light, ground=self._pill_ground)
            painter.setFont(self._body)

    def _due(self, painter: QPainter, cell: Cell, row: int, column: int, x: int, y: int, width: int) -> None:
        text = cell(row, column, roles.DISPLAY)
        if text is None:
            self._bar(painter, row, column, x, y, width)
            return
        left, right = x + self._pad, x + width - self._pad
        light = cell(row, column, roles.LIGHT)
        colour = self._theme.color(str(light)) if light and light != "normal" else self._text_colour
        left += self._one(painter, str(text), left, y, right - left, "body", colour) + self._gap + 2
        absolute = cell(row, column, roles.SECONDARY)
        if absolute and right - left > 2 * self._icon_side:
            self._one(painter, str(absolute), left, y, right - left, "body", self._secondary_colour)

    def _icon(self, painter: QPainter, cell: Cell, row: int, column: int, x: int, y: int, width: int) -> None:
        icon = cell(row, column, roles.ICON)
        if icon is None:
            self._bar(painter, row, column, x, y, width)
        elif icon:
            paint_icon(painter, str(icon), QRect(x, y, width, self._height), "secondary")

    def _check(
        self, painter: QPainter, cell: Cell, row: int, column: int, x: int, y: int, width: int
    ) -> None:
        ticked = cell(row, column, roles.CHECKED)
        if ticked is None:
            self._bar(painter, row, column, x, y, width)
            return
        side = self._icon_side
        box = QRectF(x + (width - side) / 2, y + (self._height - side) / 2, side, side)
        painter.setPen(QPen(self._theme.color("accent" if ticked else "border"), 1))
        painter.setBrush(self._theme.color("accent" if ticked else "surface"))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        if ticked:
            paint_icon(painter, "check", box.toRect().adjusted(2, 2, -2, -2), "on_accent")
