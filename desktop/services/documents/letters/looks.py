"""How a paragraph and its text look in a .docx: what is said at the place, else by its style, else by the document.

The order of the standard (ECMA-376, part 1, 17.7.2), for what official letters use of it. Answers; paints nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from .template import W

if TYPE_CHECKING:
    from docx.document import Document
    from lxml.etree import _Element


def number_of(value: str | None, default: int) -> int:
    """A whole number of the file; ``default`` for none and for what is no number."""
    try:
        return round(float(value)) if value is not None else default
    except (ValueError, OverflowError):
        return default


class Stretch(Struct, frozen=True):
    """Text of one look. ``face`` is the typeface's name as the file has it; ``points`` its size."""

    text: str
    face: str
    points: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = "000000"


class Look:
    """Properties from the nearest to the farthest."""

    def __init__(self, layers: list[_Element]) -> None:
        self._layers = layers

    def first(self, name: str) -> _Element | None:
        """The nearest element of that name."""
        for layer in self._layers:
            found = layer.find(f"{W}{name}")
            if found is not None:
                return found
        return None

    def value(self, name: str) -> str:
        """The nearest element's value, "" for none."""
        found = self.first(name)
        return "" if found is None else found.get(f"{W}val") or ""

    def flag(self, name: str) -> bool:
        """An element that is there is true, unless it says otherwise."""
        found = self.first(name)
        return found is not None and found.get(f"{W}val") not in ("0", "false", "off")

    def merged(self, name: str) -> dict[str, str]:
        """The attributes of all elements of that name, the nearest counting."""
        attributes: dict[str, str] = {}
        for layer in reversed(self._layers):
            found = layer.find(f"{W}{name}")
            if found is not None:
                attributes |= {key.removeprefix(W): value for key, value in found.attrib.items()}
        return attributes


class RunLook(Struct, frozen=True):
    """How a piece of text looks."""

    face: str
    points: float
    bold: bool
    italic: bool
    underline: bool
    colour: str

    def stretch(self, text: str) -> Stretch:
        """The text in this look."""
        return Stretch(text, self.face, self.points, self.bold, self.italic, self.underline, self.colour)


class Looks:
    """The styles of one document."""

    def __init__(self, document: Document) -> None:
        root = document.styles.element
        self._styles = {each.get(f"{W}styleId"): each for each in root.iterfind(f"{W}style")}
        self._default = next(
            (
                each.get(f"{W}styleId")
                for each in root.iterfind(f"{W}style")
                if each.get(f"{W}type") == "paragraph" and each.get(f"{W}default") in ("1", "true")
            ),
            None,
        )
        self._letters = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._shape = root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")

    def of_paragraph(self, paragraph: _Element) -> Look:
        """The shape of a paragraph."""
        own = paragraph.find(f"{W}pPr")
        layers = [] if own is None else [own]
        layers += [
            found
            for style in self._chain(self._style_of(paragraph))
            if (found := style.find(f"{W}pPr")) is not None
        ]
        return Look(layers if self._shape is None else [*layers, self._shape])

    def of_run(self, run: _Element | None, paragraph: _Element) -> RunLook:
        """The look of a run of a paragraph; of None the paragraph's own."""
        layers = []
        own = None if run is None else run.find(f"{W}rPr")
        if own is not None:
            layers.append(own)
            named = own.find(f"{W}rStyle")
            layers += self._letters_of(None if named is None else named.get(f"{W}val"))
        layers += self._letters_of(self._style_of(paragraph))
        if self._letters is not None:
            layers.append(self._letters)
        look = Look(layers)
        fonts = look.merged("rFonts")
        colour = look.value("color")
        return RunLook(
            face=fonts.get("eastAsia") or fonts.get("ascii") or "",
            points=number_of(look.value("sz") or None, 20) / 2,
            bold=look.flag("b"),
            italic=look.flag("i"),
            underline=look.value("u") not in ("", "none"),
            colour=colour if len(colour) == 6 else "000000",
        )

    def _letters_of(self, style: str | None) -> Iterator[_Element]:
        for each in self._chain(style):
            found = each.find(f"{W}rPr")
            if found is not None:
                yield found

    def _style_of(self, paragraph: _Element) -> str | None:
        named = paragraph.find(f"{W}pPr/{W}pStyle")
        return self._default if named is None else named.get(f"{W}val")

    def _chain(self, style: str | None) -> Iterator[_Element]:
        """The style and those it is based on; a ring is left after one round."""
        seen = set[str]()
        while style is not None and style in self._styles and style not in seen:
            seen.add(style)
            element = self._styles[style]
            yield element
            base = element.find(f"{W}basedOn")
            style = None if base is None else base.get(f"{W}val")
