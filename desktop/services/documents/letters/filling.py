"""A letter as .docx: a template with its fields filled in, and nothing else of it touched.

Values are put in as text, once; what stands in them is never looked at for marks. Runs in a lane. Must not decide what
a letter says.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.models.domain.letters import LetterKind

from .layout import DRAFT_POINTS, DRAFT_RED, DRAFT_WORDS, HEAD_FACE, TITLES
from .marks import filled, marks_in
from .template import Template, W, opened, paragraphs_of, texts_of

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def fill(
    template: Template, kind: LetterKind, values: Mapping[str, str], *, draft: bool, at: datetime
) -> Document:
    """The letter. Raises :class:`~.template.TemplateTrouble` where the template is not fit for it.

    A paragraph whose fields are all empty is left out; a line end in a value begins another paragraph of the same look.
    """
    document = opened(template, kind)
    for paragraph in list(paragraphs_of(document)):
        _fill_paragraph(paragraph, values)
    if draft:
        _mark_draft(document)
    about = document.core_properties
    about.title = TITLES[kind]
    about.created = about.modified = at.replace(tzinfo=None)
    about.revision = 1
    return document


def save(document: Document, path: Path) -> None:
    """Write the letter: there whole or not at all. Raises OSError."""
    content = BytesIO()
    document.save(content)
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content.getvalue())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _fill_paragraph(paragraph: _Element, values: Mapping[str, str]) -> None:
    texts = texts_of(paragraph)
    parts = [each.text or "" for each in texts]
    names = marks_in("".join(parts)).names
    if not names:
        return
    if not any(values[name] for name in names):
        _leave_out(paragraph, texts)
        return
    for element, text in zip(texts, filled(parts, values.__getitem__), strict=True):
        _put(element, text)
    _break_lines(paragraph)


def _put(element: _Element, text: str) -> None:
    element.text = text
    if text != text.strip() or "\n" in text:
        element.set(_SPACE, "preserve")


def _leave_out(paragraph: _Element, texts: list[_Element]) -> None:
    """Take the paragraph away; the only one of a cell or a box stays, empty, unless its whole row is."""
    parent = paragraph.getparent()
    alone = parent is None or len(parent.findall(f"{W}p")) == 1
    if not alone and paragraph.find(f"{W}pPr/{W}sectPr") is None:
        parent.remove(paragraph)
        return
    for element in texts:
        element.text = ""
    row = parent.getparent() if parent is not None and parent.tag == f"{W}tc" else None
    if row is not None and not any(each.text for each in row.iter(f"{W}t")):
        table = row.getparent()
        if len(table.findall(f"{W}tr")) > 1 and not list(row.iter(f"{W}vMerge", f"{W}drawing", f"{W}pict")):
            table.remove(row)


def _break_lines(paragraph: _Element) -> None:
    """Each line of a value becomes a paragraph with the look of the one it stands in."""
    for text in texts_of(paragraph):
        if "\n" not in (text.text or ""):
            continue
        run = text.getparent()
        if run.getparent() is not paragraph:  # within a link or a change that is tracked
            text.text = (text.text or "").replace("\n", " ")
            continue
        before, after = (text.text or "").split("\n", 1)
        place = (list(paragraph).index(run), list(run).index(text))
        rest = deepcopy(paragraph)
        _put(text, before)
        _cut(paragraph, place, tail=True)
        _put(rest[place[0]][place[1]], after.lstrip("\n"))
        _cut(rest, place, tail=False)
        paragraph.addnext(rest)
        _let_go(paragraph)
        _break_lines(rest)
        return


def _let_go(paragraph: _Element) -> None:
    """Let a page end below this line: only the last one of a value stays with what follows it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shape = paragraph.find(f"{W}pPr")
    if shape is None:
        return
    for old in shape.findall(f"{W}keepNext"):
        shape.remove(old)
    free = OxmlElement("w:keepNext")
    free.set(qn("w:val"), "0")
    style = shape.find(f"{W}pStyle")
    shape.insert(0 if style is None else list(shape).index(style) + 1, free)


def _cut(paragraph: _Element, place: tuple[int, int], *, tail: bool) -> None:
    """Take away what follows the text at this place, or what precedes it; properties stay."""
    outer, inner = place
    run = paragraph[outer]
    for holder, at in ((run, inner), (paragraph, outer)):
        children = list(holder)
        gone = children[at + 1 :] if tail else children[:at]
        for child in gone:
            if child.tag not in (f"{W}pPr", f"{W}rPr"):
                holder.remove(child)


def _mark_draft(document: Document) -> None:
    """Say above everything else that nobody has signed it: no template can forget to."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor
    from docx.text.paragraph import Paragraph

    element = OxmlElement("w:p")
    document.element.body.insert(0, element)
    paragraph = Paragraph(element, document._body)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(DRAFT_WORDS)
    run.font.name = HEAD_FACE
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), HEAD_FACE)
    run.font.size = Pt(DRAFT_POINTS)
    run.font.color.rgb = RGBColor.from_string(DRAFT_RED)
