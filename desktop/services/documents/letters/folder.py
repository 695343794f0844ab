"""A city's folder of letter templates: which letters are its own, whether they can be used, and first copies."""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from desktop.models.domain.letters import KINDS, LetterKind

from .layout import TITLES
from .template import FILES, TemplateTrouble, opened, template_of


class Standing(Struct, frozen=True):
    """How one letter stands: from the city's own template or the program's, or why it cannot be made."""

    kind: LetterKind
    own: bool = False
    trouble: TemplateTrouble | None = None


def look_through(shipped: Path, city: Path | None) -> tuple[Standing, ...]:
    """Every letter, its template opened and judged as before it is filled. Blocks."""
    return tuple(_standing(kind, shipped, city) for kind in KINDS)


def _standing(kind: LetterKind, shipped: Path, city: Path | None) -> Standing:
    try:
        template = template_of(kind, shipped, city)
        opened(template, kind)
    except TemplateTrouble as trouble:
        return Standing(kind, own=True, trouble=trouble)
    return Standing(kind, own=template.own)


def copy_templates(shipped: Path, folder: Path) -> int:
    """Put copies of the program's templates there, under the letters' names; how many. What is there stays.

    Raises OSError.
    """
    copied = 0
    for kind in KINDS:
        target = folder / f"{TITLES[kind]}.docx"
        if not target.exists():
            target.write_bytes((shipped / FILES[kind]).read_bytes())
            copied += 1
    return copied
