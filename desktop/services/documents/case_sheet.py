"""The case sheet (工单办理单): one case on paper, through a QTextDocument.

Takes finished words; every text is put in as plain text with a cursor, never as markup. Masked by whoever makes the
content. Safe in a lane: it touches no widget.
"""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QMarginsF, QRect, QSizeF
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableCellFormat,
    QTextTableFormat,
)

from .fonts import print_font
from .marking import paint_mark
from .values import safe_text

_BODY, _SMALL, _TITLE, _HEAD = 10.0, 8.5, 15.0, 11.0
_RULE = QBrush(QColor("#51606F"))
_BLACK = QBrush(QColor("#000000"))


class CaseSheet(Struct, frozen=True, kw_only=True):
    """What stands on the sheet, in words. ``facts`` are (label, value) pairs, two pairs a line."""

    title: str
    number: str
    subject: str
    facts: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]
    """(heading, text) in reading order."""
    history_title: str
    history: tuple[tuple[str, str, str], ...]
    """(time, title, text), oldest first."""
    footer: str
    page_words: str
    """"Page {page} of {pages}", with these gaps."""
    mark: str = ""
    """Who prints and when: faintly across each page."""


def a4_pdf(path: str, title: str) -> QPdfWriter:
    """A PDF file to print on: A4, 15 mm margins."""
    writer = QPdfWriter(path)
    writer.setTitle(safe_text(title))
    writer.setCreator("Supervision Desk")
    writer.setResolution(300)
    writer.setPageLayout(a4())
    return writer


def a4() -> QPageLayout:
    """Upright A4 with 15 mm margins."""
    margins = QMarginsF(15, 15, 15, 15)
    size = QPageSize(QPageSize.PageSizeId.A4)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def print_case(sheet: CaseSheet, device: QPagedPaintDevice) -> int:
    """Print the sheet; the number of pages."""
    document = build(sheet, device)
    painter = QPainter(device)
    pages = max(1, document.pageCount())
    size = document.pageSize()
    foot = QFont(print_font(_SMALL))
    for page in range(pages):
        if page:
            device.newPage()
        paint_mark(painter, QRect(0, 0, round(size.width()), round(size.height())), sheet.mark)
        painter.save()
        painter.setClipRect(0, 0, round(size.width()), round(size.height()))
        painter.translate(0, -page * size.height())
        document.drawContents(painter)
        painter.restore()
        painter.setFont(foot)
        words = sheet.page_words.format(page=page + 1, pages=pages)
        line = round(painter.fontMetrics().lineSpacing() * 1.2)
        y = round(size.height()) + line
        painter.drawText(0, y, safe_text(sheet.footer))
        wide = painter.fontMetrics().horizontalAdvance(words)
        painter.drawText(round(size.width()) - wide, y, words)
    painter.end()
    return pages


def build(sheet: CaseSheet, device: QPagedPaintDevice) -> QTextDocument:
    """The sheet as a document laid out for the device, one line short of the page for the footer."""
    document = QTextDocument()
    document.documentLayout().setPaintDevice(device)
    document.setDefaultFont(print_font(_BODY))
    document.setDocumentMargin(0)
    room = device.pageLayout().paintRectPixels(_resolution(device))
    foot = _resolution(device) // 3
    document.setPageSize(QSizeF(room.width(), room.height() - foot))
    cursor = QTextCursor(document)
    _line(cursor, sheet.title, print_font(_TITLE, bold=True), first=True)
    _line(cursor, sheet.number, print_font(_BODY))
    _line(cursor, sheet.subject, print_font(_HEAD, bold=True), above=6)
    _facts(cursor, sheet)
    for heading, text in sheet.texts:
        _line(cursor, heading, print_font(_HEAD, bold=True), above=10)
        for part in safe_text(text).split("\n"):
            _line(cursor, part, print_font(_BODY), below=2)
    if sheet.history:
        _line(cursor, sheet.history_title, print_font(_HEAD, bold=True), above=10)
    for time, title, text in sheet.history:
        _line(cursor, f"{time}　{title}", print_font(_BODY, bold=True), above=4)
        for part in safe_text(text).split("\n"):
            if part:
                _line(cursor, part, print_font(_BODY), indent=1)
    return document


def _line(
    cursor: QTextCursor,
    text: str,
    font: QFont,
    *,
    above: float = 0,
    below: float = 0,
    indent: int = 0,
    first: bool = False,
) -> None:
    block = QTextBlockFormat()
    block.setTopMargin(above * 4)
    block.setBottomMargin(below * 4)
    block.setIndent(indent)
    block.setLineHeight(130, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    letters = _ink(font)
    if first:
        cursor.setBlockFormat(block)
    else:
        cursor.insertBlock(block)
    cursor.insertText(safe_text(text), letters)


def _ink(font: QFont) -> QTextCharFormat:
    """Black: without a colour of its own the text takes the screen's, which is nearly white in the dark."""
    letters = QTextCharFormat()
    letters.setFont(font)
    letters.setForeground(_BLACK)
    return letters


def _facts(cursor: QTextCursor, sheet: CaseSheet) -> None:
    """The facts in a table of four columns with thin lines between: label, value, label, value."""
    pairs = list(sheet.facts)
    if not pairs:
        return
    lines = (len(pairs) + 1) // 2
    form = QTextTableFormat()
    form.setBorder(0)
    form.setBorderCollapse(False)  # collapsed lines are not painted on paper, and lines all round stand twice
    form.setCellSpacing(0)
    form.setTopMargin(6)
    # A share of the page: fixed lengths are taken for pixels of a screen and stretched to the printer's.
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    shares = (15, 35, 15, 35)
    form.setColumnWidthConstraints(
        [QTextLength(QTextLength.Type.PercentageLength, share) for share in shares]
    )
    table = cursor.insertTable(lines, 4, form)
    for line in range(lines):
        for column in range(4):
            table.cellAt(line, column).setFormat(_ruled(first=line == 0))
    label, value = _ink(print_font(_SMALL, bold=True)), _ink(print_font(_BODY))
    for place, (name, said) in enumerate(pairs):
        line, side = divmod(place, 2)
        table.cellAt(line, side * 2).firstCursorPosition().insertText(safe_text(name), label)
        table.cellAt(line, side * 2 + 1).firstCursorPosition().insertText(safe_text(said), value)
    cursor.movePosition(QTextCursor.MoveOperation.End)


def _ruled(*, first: bool) -> QTextTableCellFormat:
    """A cell with a thin line below it, the first line's with one above as well."""
    cell = QTextTableCellFormat()
    cell.setPadding(5)
    solid = QTextFrameFormat.BorderStyle.BorderStyle_Solid
    cell.setBottomBorder(1)
    cell.setBottomBorderStyle(solid)
    cell.setBottomBorderBrush(_RULE)
    if first:
        cell.setTopBorder(1)
        cell.setTopBorderStyle(solid)
        cell.setTopBorderBrush(_RULE)
    return cell


def _resolution(device: QPagedPaintDevice) -> int:
    return device.logicalDpiX()
