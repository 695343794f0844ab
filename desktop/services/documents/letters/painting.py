"""A letter as PDF: the filled .docx painted line by line, with the measures it has there.

Lines are placed by their exact height, as a word processor does; nothing is interpreted as markup. Runs in a lane: it
touches no widget. Must not decide what a letter says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QMarginsF, QPointF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextLine,
    QTextOption,
)

from desktop.services.documents.values import safe_text

from .faces import font_for, missing
from .looks import Stretch
from .paper import PAGE, PAGES, Align, Paper, Paragraph, Rule, Table

DOTS = 720
"""Dots an inch: ten a point, so that every measure of the standard is a whole number of them."""

_DOT = DOTS / 72
_HAIR = 2.0
"""Dots a tab stops short: one at the very edge of the text would break the line by a rounding."""

_ALIGN: dict[Align, Qt.AlignmentFlag] = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "center": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


def letter_pdf(path: str, title: str, paper: Paper) -> QPdfWriter:
    """A PDF file of the letter's size to paint on; its margins are the painter's business."""
    writer = QPdfWriter(path)
    writer.setTitle(safe_text(title))
    writer.setCreator("Supervision Desk")
    writer.setResolution(DOTS)
    size = QPageSize(QSizeF(paper.width, paper.height), QPageSize.Unit.Point)
    whole = QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF(), QPageLayout.Unit.Point)
    whole.setMode(QPageLayout.Mode.FullPageMode)
    writer.setPageLayout(whole)
    return writer


def faces_missing(paper: Paper) -> tuple[str, ...]:
    """The typefaces of the letter for which others stand in on this machine."""
    return missing(
        stretch.face
        for block in paper.blocks
        for paragraph in _paragraphs_of(block)
        for stretch in paragraph.stretches
    )


def paint(paper: Paper, device: QPdfWriter) -> int:
    """Paint the letter; the number of its pages."""
    pages = _Setting(paper).pages()
    painter = QPainter(device)
    for number, page in enumerate(pages, 1):
        if number > 1:
            device.newPage()
        for piece in page:
            piece.paint(painter)
        footer = paper.even_footer if number % 2 == 0 else paper.footer
        for piece in _footer(paper, footer, number, len(pages)):
            piece.paint(painter)
    painter.end()
    return len(pages)


class _Line:
    """One line of a paragraph at its place; holds the layout it belongs to, which goes with its last line."""

    def __init__(self, layout: QTextLayout, line: QTextLine, at: QPointF) -> None:
        self._layout, self._line, self._at = layout, line, at

    def paint(self, painter: QPainter) -> None:
        painter.setPen(QColor("black"))
        self._line.draw(painter, self._at)


class _Stroke(Struct, frozen=True):
    """A rule."""

    start: QPointF
    end: QPointF
    rule: Rule

    def paint(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(f"#{self.rule.colour}"), self.rule.points * _DOT))
        painter.drawLine(self.start, self.end)


_Piece = _Line | _Stroke


class _Set(Struct, frozen=True):
    """A paragraph broken into lines: their heights and, by line, what is painted at a given place (in dots)."""

    paragraph: Paragraph
    layout: QTextLayout
    lines: tuple[QTextLine, ...]
    heights: tuple[float, ...]

    @property
    def height(self) -> float:
        return (self.paragraph.before + self.paragraph.after) * _DOT + sum(self.heights)

    def line_at(self, number: int, x: float, y: float) -> _Line:
        """That line, its slot's upper left corner at (x, y): letters stand in the middle of their slot."""
        line = self.lines[number]
        own = line.ascent() + line.descent()
        line.setPosition(QPointF(line.position().x(), 0.0))
        return _Line(self.layout, line, QPointF(x, y + (self.heights[number] - own) / 2))


class _Setting:
    """Sets one letter: blocks into lines, lines onto pages."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._x, self._top = paper.left * _DOT, paper.top * _DOT
        self._bottom = (paper.height - paper.bottom) * _DOT
        self._width = (paper.width - paper.left - paper.right) * _DOT
        self._pages: list[list[_Piece]] = [[]]
        self._y = self._top

    def pages(self) -> list[list[_Piece]]:
        """What is painted on each page."""
        foot = [b for b in self._paper.blocks if isinstance(b, Table) and b.at_foot]
        run = [b for b in self._paper.blocks if not (isinstance(b, Table) and b.at_foot)]
        sets = [b if isinstance(b, Table) else _set(b, self._width) for b in run]
        for place, block in enumerate(sets):
            if isinstance(block, Table):
                self._put_table(block)
            else:
                self._put(block, self._room_behind(sets[place + 1 :]) if block.paragraph.keep_next else 0.0)
        heights = [self._table_height(table) for table in foot]
        if self._y + sum(heights) > self._bottom + 1:
            self._turn()
        self._y = self._bottom - sum(heights)
        for table in foot:
            self._put_table(table)
        return self._pages

    def _room_behind(self, rest: Sequence[_Set | Table]) -> float:
        """How much has to fit below a paragraph that stays with what follows it; 0 where no page holds all that."""
        room = 0.0
        for block in rest:
            if isinstance(block, Table):
                break
            room += block.paragraph.before * _DOT + block.heights[0]
            if not block.paragraph.keep_next:
                break
            room += sum(block.heights[1:]) + block.paragraph.after * _DOT
        return room if room < self._bottom - self._top else 0.0

    def _turn(self) -> None:
        self._pages.append([])
        self._y = self._top

    def _put(self, block: _Set, behind: float) -> None:
        paragraph = block.paragraph
        if paragraph.new_page and self._pages[-1]:
            self._turn()
        self._y += paragraph.before * _DOT
        if block.paragraph.above.points:
            self._rule(paragraph.above, self._x, self._x + self._width, self._y)
        for number, height in enumerate(block.heights):
            last = number == len(block.heights) - 1
            needed = height + (behind if last else 0.0)
            if self._y + needed > self._bottom + 1 and self._y > self._top:
                self._turn()
            self._pages[-1].append(block.line_at(number, self._x, self._y))
            self._y += height
        if paragraph.below.points:
            self._rule(paragraph.below, self._x, self._x + self._width, self._y)
        self._y += paragraph.after * _DOT

    def _rule(self, rule: Rule, start: float, end: float, y: float) -> None:
        if rule.points:
            self._pages[-1].append(_Stroke(QPointF(start, y), QPointF(end, y), rule))

    # -- tables ------------------------------------------------------------------------------------------------

    def _table_height(self, table: Table) -> float:
        return sum(self._row_height(table, number) for number in range(len(table.rows)))

    def _row_height(self, table: Table, number: int) -> float:
        return max((sum(s.height for s in sets) for _, _, sets in self._cells(table, number)), default=0.0)

    def _cells(self, table: Table, number: int) -> Iterator[tuple[float, float, list[_Set]]]:
        """(left edge, width, paragraphs set) of each cell of a row, in dots."""
        column, left = 0, self._x
        for cell in table.rows[number]:
            width = sum(table.columns[column : column + cell.span]) * _DOT
            inner = width - 2 * table.padding * _DOT
            yield left, width, [_set(each, inner) for each in cell.paragraphs]
            column, left = column + cell.span, left + width

    def _put_table(self, table: Table) -> None:
        """Rows as wholes: one that does not fit goes onto the next page."""
        for number in range(len(table.rows)):
            height = self._row_height(table, number)
            if self._y + height > self._bottom + 1 and self._y > self._top:
                self._turn()
            first, last = number == 0, number == len(table.rows) - 1
            right = self._x
            for left, width, sets in self._cells(table, number):
                y = self._y
                for each in sets:
                    y += each.paragraph.before * _DOT
                    for line, line_height in enumerate(each.heights):
                        self._pages[-1].append(each.line_at(line, left + table.padding * _DOT, y))
                        y += line_height
                    y += each.paragraph.after * _DOT
                self._upright(table.sides if left == self._x else table.down, left, height)
                right = left + width
            self._upright(table.sides, right, height)
            self._rule(table.outer if first else table.across, self._x, right, self._y)
            self._y += height
            if last:
                self._rule(table.outer, self._x, right, self._y)

    def _upright(self, rule: Rule, x: float, height: float) -> None:
        if rule.points:
            self._pages[-1].append(_Stroke(QPointF(x, self._y), QPointF(x, self._y + height), rule))


def _set(paragraph: Paragraph, width: float) -> _Set:
    """Break a paragraph into lines within so many dots.

    Fonts are sized in dots and the layout knows of no device: it would measure tabs in a screen's pixels.
    """
    stretches = paragraph.stretches or (Stretch("", "", 16),)
    parts = [safe_text(each.text).replace("\n", "\u2028") for each in stretches]
    base = font_for(stretches[0], stretches[0].points * _DOT)
    layout = QTextLayout("".join(parts), base)
    formats, start = list[Any](), 0
    for stretch, part in zip(stretches, parts, strict=True):
        form = QTextCharFormat()
        form.setFont(font_for(stretch, stretch.points * _DOT))
        form.setForeground(QColor(f"#{stretch.colour}"))
        span: Any = QTextLayout.FormatRange()  # its stubs know no members
        span.start, span.length, span.format = start, _units(part), form
        start += _units(part)
        formats.append(span)
    layout.setFormats(formats)
    layout.setTextOption(_option(paragraph))
    layout.setCacheEnabled(True)
    lines, heights = list[QTextLine](), list[float]()
    left, right = paragraph.left * _DOT, paragraph.right * _DOT
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        lead = paragraph.first * _DOT if not lines else 0.0
        line.setLineWidth(max(1.0, width - left - right - lead))
        line.setPosition(QPointF(left + lead, 0.0))
        lines.append(line)
        own = paragraph.line * _DOT
        heights.append(own or line.height() * paragraph.times)
    layout.endLayout()
    return _Set(paragraph, layout, tuple(lines), tuple(heights))


def _option(paragraph: Paragraph) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setAlignment(_ALIGN[paragraph.align])
    kinds: dict[Align, QTextOption.TabType] = {
        "left": QTextOption.TabType.LeftTab,
        "center": QTextOption.TabType.CenterTab,
        "right": QTextOption.TabType.RightTab,
    }
    # A tab is measured from the edge of the text, a line from its own beginning.
    shift = paragraph.left + paragraph.first
    option.setTabs(
        [QTextOption.Tab((at - shift) * _DOT - _HAIR, kinds[align]) for at, align in paragraph.tabs]
    )
    return option


def _units(text: str) -> int:
    """The length Qt counts: characters beyond the first plane are two."""
    return len(text.encode("utf-16-le")) // 2


def _footer(paper: Paper, footer: Sequence[Paragraph], page: int, pages: int) -> Iterator[_Piece]:
    """The lines below the text of one page, with its number in them."""
    width = (paper.width - paper.left - paper.right) * _DOT
    sets = [_set(_numbered(each, page, pages), width) for each in footer]
    y = (paper.height - paper.foot_distance) * _DOT - sum(each.height for each in sets)
    for each in sets:
        for number, height in enumerate(each.heights):
            yield each.line_at(number, paper.left * _DOT, y)
            y += height


def _numbered(paragraph: Paragraph, page: int, pages: int) -> Paragraph:
    said = [each.text.replace(PAGE, str(page)).replace(PAGES, str(pages)) for each in paragraph.stretches]
    stretches = [replace(each, text=text) for each, text in zip(paragraph.stretches, said, strict=True)]
    return replace(paragraph, stretches=tuple(stretches))


def _paragraphs_of(block: Paragraph | Table) -> Iterator[Paragraph]:
    if isinstance(block, Paragraph):
        yield block
        return
    for row in block.rows:
        for cell in row:
            yield from cell.paragraphs
