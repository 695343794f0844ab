"""The palettes and files of the visual language: legible in every scheme, complete, from one source."""

from __future__ import annotations

import ast
import itertools
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.views.common import glyphs, icons, pills, theme, tokens
from desktop.views.common.resources import resource

VIEWS = Path(__file__).resolve().parents[2] / "desktop" / "views"
GROUNDS = ("surface", "raised", "sunken", "hover")
STATES = ("overdue", "due_soon", "fine", "paused", "pending", "accent")


def text_pairs() -> list[tuple[str, str]]:
    """Every (text, ground) that the style sheet and the painters put together."""
    pairs = list(itertools.product(("text", "secondary", "faint"), GROUNDS))
    pairs += itertools.product((*STATES, "text", "secondary"), ("surface", "accent_soft"))
    pairs += [(state, f"{state}_soft") for state in STATES]
    pairs += [("text", f"{state}_soft") for state in STATES]
    pairs += [("on_accent", "accent"), ("on_accent", "accent_hover"), ("surface", "text")]
    return [*pairs, ("surface", "overdue"), ("surface", "due_soon"), ("surface", "fine")]


@pytest.mark.parametrize("scheme", tokens.PALETTES)
def test_every_text_is_legible_on_its_ground(scheme: str) -> None:
    """Below 4.5 : 1 (7 : 1 in high contrast) people with weak eyes or a cheap screen could not read it."""
    colours = tokens.as_mapping(tokens.PALETTES[scheme])
    needed = 7.0 if scheme == "contrast" else 4.5
    weak = {
        f"{text} on {ground}": round(ratio, 2)
        for text, ground in text_pairs()
        if (ratio := tokens.contrast(colours[text], colours[ground])) < needed
    }
    assert weak == {}


@pytest.mark.parametrize("scheme", tokens.PALETTES)
def test_a_place_to_type_is_found_by_its_outline(scheme: str) -> None:
    """An input whose outline is below 3 : 1 disappears for those who need it most."""
    palette = tokens.PALETTES[scheme]
    assert tokens.contrast(palette.border, palette.surface) >= 3.0
    assert tokens.contrast(palette.accent, palette.surface) >= 3.0


def test_glyph_files_follow_the_palettes() -> None:
    """After a change of palette a tick would keep the old colour: run `python -m desktop.views.common.glyphs`."""
    for path, text in glyphs.expected().items():
        assert path.read_text(encoding="utf-8") == text, path.name


def test_every_icon_named_in_the_views_ships() -> None:
    """A misspelt icon would break its page only when somebody opens it."""
    shipped = {path.stem for path in resource("icons").glob("*.svg")}
    assert (resource("icons") / "LICENSE").exists()
    missing = {name for name in _icon_names() if name not in shipped}
    assert missing == set()


def _icon_names() -> set[str]:
    """Literal icon names in calls of the views."""
    found: set[str] = set()
    place = {
        "set_icon": 1,
        "icon": 0,
        "pixmap": 0,
        "paint_icon": 1,
        "IconButton": 0,
        "IconLabel": 0,
        "Glyph": 0,
    }
    for path in VIEWS.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            given = [call.args[place[name]]] if name in place and len(call.args) > place[name] else []
            given += [keyword.value for keyword in call.keywords if keyword.arg == "icon"]
            for value in given:
                if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                    found.add(value.value)
    return found


def test_a_change_of_theme_reaches_style_palette_and_painters(qtbot: QtBot, qapp: QApplication) -> None:
    """Somebody who turns the screen dark at dusk must not keep white islands until the next start."""
    theme.apply_theme(qapp, "light")
    before = icons.icon("search").pixmap(16, 16).toImage()
    with qtbot.waitSignal(theme.bus().changed):
        theme.apply_theme(qapp, "dark", "compact", scale=1.5)
    now = theme.current()
    assert now.dark
    assert now.row_height == 42
    assert now.font("body").pixelSize() == 20
    assert qapp.palette().window().color() == QColor(tokens.DARK.surface)
    assert "/dark/check.svg" in qapp.styleSheet()
    assert icons.icon("search").pixmap(24, 24).toImage() != before
    theme.apply_theme(qapp, "light")


@pytest.mark.parametrize("scale", [0.1, 9.0])
def test_the_font_scale_stays_within_what_layouts_bear(qapp: QApplication, scale: float) -> None:
    """A broken settings file must not make the program unusable."""
    theme.apply_theme(qapp, "light", scale=scale)
    assert theme.SCALES[0] <= theme.current().scale <= theme.SCALES[1]
    theme.apply_theme(qapp, "light")


def test_reduced_motion_means_none(qapp: QApplication) -> None:
    """People who get dizzy asked for it."""
    theme.apply_theme(qapp, "light", reduced_motion=True)
    assert theme.current().duration(100) == 0
    theme.apply_theme(qapp, "light")
    assert theme.current().duration(500) == tokens.MOTION


def test_lights_differ_in_shape_not_only_in_colour(qapp: QApplication) -> None:
    """Somebody red-green blind, or a black-and-white print, tells them apart by shape alone."""
    drawn = {light: pills.mark_pixmap(light, 24, "#000000", 1.0).toImage() for light in tokens.LIGHT_TOKENS}
    for one, other in itertools.combinations(drawn, 2):
        assert drawn[one] != drawn[other], f"{one} looks like {other}"
