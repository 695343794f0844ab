"""A letter as our own painter needs it: pages, paragraphs and tables in points, read from the filled .docx.

One source for both files: what the word processor shows is what the PDF says. Reads what official letters are made of;
for what it cannot read faithfully (pictures, boxes, numbered lists, columns) it says so and gives nothing, rather than
a letter with holes. Knows no painter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Literal

from msgspec import Struct

from .looks import Looks, Stretch, number_of
from .template import W

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

Align = Literal["left", "center", "right"]

PAGE: Final = "\ue000"
PAGES: Final = "\ue001"
"""Stand in a footer's text where the page's number, and the number of pages, go."""

_TWIP: Final = 1 / 20
_NEVER: Final = frozenset(
    ("drawing", "pict", "object", "vMerge", "footnoteReference", "endnoteReference", "ins", "del", "sdt")
)
"""Pictures and boxes, cells merged downwards, notes, changes that are tracked, controls."""


class CannotPaint(Exception):
    """The letter holds something that only a word processor shows."""


class Rule(Struct, frozen=True):
    """A line; ``points`` 0 = none."""

    points: float = 0.0
    colour: str = "000000"


class Paragraph(Struct, frozen=True, kw_only=True):
    """All lengths in points. ``line`` = the exact height of a line, or 0 with ``times`` the font's own."""

    stretches: tuple[Stretch, ...]
    align: Align = "left"
    left: float = 0.0
    right: float = 0.0
    first: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 0.0
    times: float = 1.0
    above: Rule = Rule()
    below: Rule = Rule()
    tabs: tuple[tuple[float, Align], ...] = ()
    keep_next: bool = False
    new_page: bool = False

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.stretches)


class Cell(Struct, frozen=True):
    """A cell; ``span`` = how many columns it takes."""

    paragraphs: tuple[Paragraph, ...]
    span: int = 1


class Table(Struct, frozen=True, kw_only=True):
    """A table. ``at_foot``: it lies at the lower edge of the text of its page, and takes no place in the text."""

    columns: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]
    outer: Rule
    across: Rule
    down: Rule
    sides: Rule
    padding: float
    at_foot: bool = False


class Paper(Struct, frozen=True, kw_only=True):
    """A letter. Lengths in points; ``footer`` and ``even_footer`` stand below the text of each page."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    foot_distance: float
    blocks: tuple[Paragraph | Table, ...]
    footer: tuple[Paragraph, ...]
    even_footer: tuple[Paragraph, ...]


def paper_of(document: Document) -> Paper:
    """The letter as it is to be painted. Raises :class:`CannotPaint`."""
    if len(document.sections) != 1:
        raise CannotPaint
    section = document.sections[0]
    looks = Looks(document)
    body = document.element.body
    columns = body.find(f"{W}sectPr/{W}cols")
    if columns is not None and number_of(columns.get(f"{W}num"), 1) > 1:
        raise CannotPaint
    footer = tuple(_paragraphs(section.footer._element, looks)) if _has(section.footer) else ()
    even = footer
    if document.settings.odd_and_even_pages_header_footer:
        even = (
            tuple(_paragraphs(section.even_page_footer._element, looks))
            if _has(section.even_page_footer)
            else ()
        )
    if _has(section.header) and any(p.text.strip() for p in _paragraphs(section.header._element, looks)):
        raise CannotPaint
    lengths = (
        section.page_width,
        section.page_height,
        section.top_margin,
        section.right_margin,
        section.bottom_margin,
        section.left_margin,
        section.footer_distance,
    )
    width, height, top, right, bottom, left, distance = (0.0 if each is None else each.pt for each in lengths)
    return Paper(
        width=width,
        height=height,
        top=top,
        right=right,
        bottom=bottom,
        left=left,
        foot_distance=distance,
        blocks=tuple(_blocks(body, looks)),
        footer=footer,
        even_footer=even,
    )


def _has(edge: object) -> bool:
    return not getattr(edge, "is_linked_to_previous", True)


def _blocks(body: _Element, looks: Looks) -> Iterator[Paragraph | Table]:
    for element in body:
        if element.tag == f"{W}p":
            yield _paragraph(element, looks)
        elif element.tag == f"{W}tbl":
            yield _table(element, looks)
        elif element.tag == f"{W}sdt":
            raise CannotPaint


def _paragraphs(root: _Element, looks: Looks) -> Iterator[Paragraph]:
    for element in root:
        if element.tag == f"{W}p":
            yield _paragraph(element, looks)
        elif element.tag in (f"{W}tbl", f"{W}sdt"):
            raise CannotPaint


def _refuse(element: _Element) -> None:
    for child in element.iter():
        if isinstance(child.tag, str) and child.tag.removeprefix(W) in _NEVER:
            raise CannotPaint


def _is_list(number: _Element | None) -> bool:
    found = None if number is None else number.find(f"{W}numId")
    return found is not None and found.get(f"{W}val") != "0"


def _paragraph(element: _Element, looks: Looks) -> Paragraph:
    _refuse(element)
    look = looks.of_paragraph(element)
    if _is_list(look.first("numPr")):
        raise CannotPaint
    stretches = tuple(_stretches(element, looks))
    size = max((each.points for each in stretches), default=looks.of_run(None, element).points)
    indent, spacing = look.merged("ind"), look.merged("spacing")
    exact = spacing.get("lineRule") in ("exact", "atLeast")
    line = number_of(spacing.get("line"), 240)
    first = _indent(indent, "firstLine", size) - _indent(indent, "hanging", size)
    return Paragraph(
        stretches=stretches,
        align=_align(look.value("jc")),
        left=_indent(indent, "left", size) or _indent(indent, "start", size),
        right=_indent(indent, "right", size) or _indent(indent, "end", size),
        first=first,
        before=number_of(spacing.get("before"), 0) * _TWIP,
        after=number_of(spacing.get("after"), 0) * _TWIP,
        line=line * _TWIP if exact else 0.0,
        times=line / 240 if not exact else 1.0,
        above=_rule(look.first("pBdr"), "top"),
        below=_rule(look.first("pBdr"), "bottom"),
        tabs=tuple(_tabs(look.first("tabs"))),
        keep_next=look.flag("keepNext"),
        new_page=look.flag("pageBreakBefore") or any(_page_breaks(element)),
    )


def _page_breaks(element: _Element) -> Iterator[bool]:
    for each in element.iter(f"{W}br"):
        yield each.get(f"{W}type") == "page"


def _indent(indent: dict[str, str], side: str, size: float) -> float:
    """A length in points; one in characters (hundredths) goes before it, as in a word processor."""
    characters = number_of(indent.get(f"{side}Chars"), 0)
    return characters / 100 * size if characters else number_of(indent.get(side), 0) * _TWIP


def _align(value: str) -> Align:
    if value == "center":
        return "center"
    return "right" if value in ("right", "end") else "left"


def _tabs(element: _Element | None) -> Iterator[tuple[float, Align]]:
    for each in () if element is None else element:
        if each.get(f"{W}val") != "clear":
            yield number_of(each.get(f"{W}pos"), 0) * _TWIP, _align(each.get(f"{W}val") or "")


def _rule(borders: _Element | None, side: str) -> Rule:
    found = None if borders is None else borders.find(f"{W}{side}")
    if found is None or found.get(f"{W}val") in (None, "nil", "none"):
        return Rule()
    colour = found.get(f"{W}color") or "000000"
    return Rule(number_of(found.get(f"{W}sz"), 4) / 8, "000000" if colour == "auto" else colour)


def _stretches(paragraph: _Element, looks: Looks) -> Iterator[Stretch]:
    """The runs in order; of a field its result, but of a page's number a mark for it."""
    depth, instruction, told = 0, "", False
    for run in paragraph.iter(f"{W}r"):
        look = looks.of_run(run, paragraph)
        simple = next(run.iterancestors(f"{W}fldSimple"), None)
        for child in run:
            name = child.tag.removeprefix(W)
            if name == "fldChar":
                kind = child.get(f"{W}fldCharType")
                depth += {"begin": 1, "end": -1}.get(kind or "", 0)
                if kind == "begin":
                    instruction, told = "", False
                continue
            if name == "instrText":
                instruction += child.text or ""
                continue
            text = _text_of(child, name)
            command = (simple.get(f"{W}instr") or "") if simple is not None else instruction if depth else ""
            mark = {"PAGE": PAGE, "NUMPAGES": PAGES}.get((command.split() or [""])[0].upper())
            if mark is not None and text:
                text, told = ("" if told and simple is None else mark), True
            if text:
                yield look.stretch(text)


def _text_of(element: _Element, name: str) -> str:
    if name == "t":
        return element.text or ""
    if name == "tab":
        return "\t"
    if name == "br" and element.get(f"{W}type") in (None, "textWrapping"):
        return "\u2028"
    return "\u2011" if name == "noBreakHyphen" else ""


def _table(element: _Element, looks: Looks) -> Table:
    form = element.find(f"{W}tblPr")
    borders = None if form is None else form.find(f"{W}tblBorders")
    place = None if form is None else form.find(f"{W}tblpPr")
    margin = None if form is None else form.find(f"{W}tblCellMar/{W}left")
    columns = tuple(
        number_of(each.get(f"{W}w"), 0) * _TWIP for each in element.iterfind(f"{W}tblGrid/{W}gridCol")
    )
    rows = []
    for row in element.iterfind(f"{W}tr"):
        cells = []
        for cell in row.iterfind(f"{W}tc"):
            _refuse(cell)
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            cells.append(
                Cell(
                    tuple(_paragraphs(cell, looks)), 1 if span is None else number_of(span.get(f"{W}val"), 1)
                )
            )
        rows.append(tuple(cells))
    return Table(
        columns=columns,
        rows=tuple(rows),
        outer=_rule(borders, "top"),
        across=_rule(borders, "insideH"),
        down=_rule(borders, "insideV"),
        sides=_rule(borders, "left"),
        padding=108 * _TWIP if margin is None else number_of(margin.get(f"{W}w"), 0) * _TWIP,
        at_foot=place is not None and place.get(f"{W}tblpYSpec") == "bottom",
    )
