"""The few glyphs a style sheet can only take from files: icons tinted in each palette's colours.

`python -m desktop.views.common.glyphs` writes resources/styles/<scheme>/*.svg anew after a change of palette or icons;
a test fails while they differ. No part of the running program imports this.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from desktop.views.common import tokens
from desktop.views.common.resources import resource

#: Small marks on a filled ground want a heavier stroke than icons beside text.
_HEAVY: Final = ("check", "minus")


def expected() -> dict[Path, str]:
    """The path and the whole text of every glyph file."""
    files: dict[Path, str] = {}
    for scheme, palette in tokens.PALETTES.items():
        colours = tokens.as_mapping(palette)
        for stem, icon, token in tokens.GLYPHS:
            drawn = resource("icons", f"{icon}.svg").read_text(encoding="utf-8")
            if icon in _HEAVY:
                drawn = drawn.replace('stroke-width="2"', 'stroke-width="3"')
            files[resource("styles", scheme, f"{stem}.svg")] = drawn.replace("currentColor", colours[token])
    return files


def write() -> None:
    """Bring the files up to the palettes."""
    for path, text in expected().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
