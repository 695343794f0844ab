"""The theme in force: palette, fonts and measures, for whoever paints.

`apply_theme(app, scheme, density, …)` puts Fusion, a QPalette and one style sheet (resources/styles/desk.qss filled
from the tokens) on the application. Whoever paints by hand reads `current()` at paint time and repaints on
`bus().changed`. Must not know any page, and must not be asked for a colour by number: colours have names.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import lru_cache
from string import Template
from typing import Final, Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QToolTip, QWidget

from desktop.views.common import tokens as tk
from desktop.views.common.resources import resource

Scheme = Literal["system", "light", "dark", "contrast"]
Density = Literal["comfortable", "compact"]
Asked = Literal["scheme", "density", "scale", "reduced_motion"]
FontKind = Literal["body", "strong", "small", "pill", "title", "number", "mono"]

#: Simplified Chinese by name: a fallback may take the Japanese face. The platform's own family comes first.
_FAMILIES: Final[dict[str, tuple[str, ...]]] = {
    "darwin": (".AppleSystemUIFont", "PingFang SC"),
    "win32": ("Microsoft YaHei UI", "Microsoft YaHei"),
    "linux": ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei"),
}
_EVERYWHERE: Final = (
    "Noto Sans CJK SC",
    "Microsoft YaHei",
    "PingFang SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
_MONO: Final = ("Noto Sans Mono CJK SC", "Cascadia Mono", "Menlo", "WenQuanYi Micro Hei Mono", "monospace")
#: Semibold where the platform's Chinese family has it. The others have bold only, and a family without even that
#: (WenQuanYi) is emboldened from bold on, not from semibold.
_STRONG: Final = QFont.Weight.DemiBold if sys.platform == "darwin" else QFont.Weight.Bold
#: kind: (pixels at 100 %, weight)
_TYPE_SCALE: Final[dict[str, tuple[int, QFont.Weight]]] = {
    "body": (13, QFont.Weight.Normal),
    "strong": (13, _STRONG),
    "small": (12, QFont.Weight.Normal),
    "pill": (11, _STRONG),
    "title": (15, _STRONG),
    "number": (20, _STRONG),
    "mono": (12, QFont.Weight.Normal),
}
SCALES: Final = (0.9, 2.0)


def font_families() -> list[str]:
    """The families tried in order, the platform's Simplified Chinese ones first, each once."""
    first = _FAMILIES.get(sys.platform, _FAMILIES["linux"])
    return list(dict.fromkeys((*first, *_EVERYWHERE)))


@dataclass(frozen=True)
class Theme:
    """One theme in force. Immutable; `current()` returns another one after a change, with a higher `generation`."""

    scheme: str = "light"
    density: Density = "comfortable"
    scale: float = 1.0
    reduced_motion: bool = False
    generation: int = 0
    tokens: tk.Tokens = tk.LIGHT
    _colours: dict[str, QColor] = field(default_factory=dict, compare=False, repr=False)
    _fonts: dict[str, QFont] = field(default_factory=dict, compare=False, repr=False)

    def color(self, name: str) -> QColor:
        """The colour of a token ("text", "hairline", "overdue_soft") or of a light ("normal", "provisional")."""
        found = self._colours.get(name)
        if found is None:
            found = QColor(getattr(self.tokens, tk.LIGHT_TOKENS.get(name, name)))
            self._colours[name] = found
        return found

    def soft(self, name: str) -> QColor:
        """The quiet ground of a light or of "accent"."""
        return self.color(tk.LIGHT_TOKENS.get(name, name) + "_soft")

    def font(self, kind: FontKind = "body") -> QFont:
        """The font of a step of the type scale, figures tabular. Treat it as read-only: it is shared."""
        found = self._fonts.get(kind)
        if found is None:
            pixels, weight = _TYPE_SCALE[kind]
            found = QFont()
            found.setFamilies([*_MONO, *font_families()] if kind == "mono" else font_families())
            found.setPixelSize(self.px(pixels))
            found.setWeight(weight)
            found.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
            found.setFeature(QFont.Tag("tnum"), 1)
            self._fonts[kind] = found
        return found

    def metrics(self, kind: FontKind = "body") -> QFontMetrics:
        """The metrics of that font."""
        return QFontMetrics(self.font(kind))

    def px(self, measure: float) -> int:
        """A measure given at 100 %, at the font scale in force, in device-independent pixels."""
        return round(measure * self.scale)

    @property
    def dark(self) -> bool:
        """Whether light text stands on a dark ground."""
        return tk.luminance(self.tokens.surface) < 0.2

    @property
    def row_height(self) -> int:
        """The height of a list row."""
        return self.px(tk.ROW_COMPACT if self.density == "compact" else tk.ROW_COMFORTABLE)

    @property
    def target(self) -> int:
        """The least height and width of anything that is clicked."""
        return max(tk.TARGET, self.px(tk.TARGET))

    def duration(self, milliseconds: int) -> int:
        """How long an animation lasts: never over 120 ms, 0 when reduced motion is asked for."""
        return 0 if self.reduced_motion else min(milliseconds, tk.MOTION)


class ThemeBus(QObject):
    """Tells painters that `current()` returns another theme, and whoever keeps the settings what is asked for."""

    changed = Signal()
    #: What of the look (see `Asked`), and its value.
    asked = Signal(str, object)


@dataclass
class _InForce:
    """What the process holds: there is one screen's worth of theme, however many windows."""

    theme: Theme = field(default_factory=Theme)
    wanted: Scheme = "light"
    following: bool = False


_in_force = _InForce()


@lru_cache(maxsize=1)
def bus() -> ThemeBus:
    """The one ThemeBus of the process. Connect bound methods of QObjects only."""
    return ThemeBus()


def current() -> Theme:
    """The theme in force."""
    return _in_force.theme


def wanted_scheme() -> Scheme:
    """What the colours in force follow: "system", or the scheme itself."""
    return _in_force.wanted


def ask_for(name: Asked, value: object) -> None:
    """Ask for another look of the whole program, which is kept."""
    bus().asked.emit(name, value)


def toggle_scheme() -> None:
    """Light becomes dark and anything else light."""
    ask_for("scheme", "light" if current().dark else "dark")


def toggle_density() -> None:
    """Comfortable rows become compact ones and the other way round."""
    ask_for("density", "comfortable" if current().density == "compact" else "compact")


def resolve_scheme(scheme: Scheme) -> str:
    """ "light", "dark" or "contrast"; "system" asks the platform and is light where that does not say."""
    if scheme != "system":
        return scheme
    hints = QGuiApplication.styleHints()
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def apply_theme(
    app: QApplication,
    scheme: Scheme = "system",
    density: Density = "comfortable",
    *,
    scale: float = 1.0,
    reduced_motion: bool = False,
) -> Theme:
    """Put the theme on the application and tell the painters. `scale` is clamped to 0.9–2.0."""
    resolved = resolve_scheme(scheme)
    made = _in_force.theme = Theme(
        scheme=resolved,
        density=density,
        scale=min(max(scale, SCALES[0]), SCALES[1]),
        reduced_motion=reduced_motion,
        generation=_in_force.theme.generation + 1,
        tokens=tk.PALETTES[resolved],
    )
    _follow_system(app, scheme)
    if app.style().objectName() != "fusion":
        app.setStyle(QStyleFactory.create("Fusion"))
    app.setEffectEnabled(Qt.UIEffect.UI_AnimateCombo, not reduced_motion)
    app.setEffectEnabled(Qt.UIEffect.UI_AnimateMenu, False)
    sheet = style_sheet(made)
    if sheet != app.styleSheet():  # to dress every widget anew takes a second; other rows change no widget
        palette = make_palette(made)
        app.setPalette(palette)
        QToolTip.setPalette(palette)
        app.setFont(made.font("body"))
        QToolTip.setFont(made.font("small"))
        app.setStyleSheet(sheet)
    bus().changed.emit()
    return made


def _follow_system(app: QApplication, scheme: Scheme) -> None:
    """While "system" is wanted, a change of the platform's scheme is taken over at once."""
    _in_force.wanted = scheme
    if scheme == "system" and not _in_force.following:
        _in_force.following = True
        app.styleHints().colorSchemeChanged.connect(_on_system_scheme)


def _on_system_scheme() -> None:
    app = QApplication.instance()
    now = _in_force.theme
    if not isinstance(app, QApplication) or _in_force.wanted != "system":
        return
    if resolve_scheme("system") != now.scheme:
        apply_theme(app, "system", now.density, scale=now.scale, reduced_motion=now.reduced_motion)


def make_palette(theme: Theme) -> QPalette:
    """The QPalette of a theme, so that widgets no style rule names still belong to it."""
    role = QPalette.ColorRole
    names = {
        role.Window: "surface",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "raised",
        role.Text: "text",
        role.Button: "raised",
        role.ButtonText: "text",
        role.BrightText: "on_accent",
        role.ToolTipBase: "raised",
        role.ToolTipText: "text",
        role.PlaceholderText: "faint",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Accent: "accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "raised",
        role.Midlight: "hairline",
        role.Mid: "hairline",
        role.Dark: "border",
        role.Shadow: "border",
    }
    palette = QPalette()
    for place, name in names.items():
        palette.setColor(place, theme.color(name))
    disabled = QPalette.ColorGroup.Disabled
    for place in (role.WindowText, role.Text, role.ButtonText, role.PlaceholderText):
        palette.setColor(disabled, place, theme.color("faint"))
    palette.setColor(disabled, role.Highlight, theme.color("hairline"))
    palette.setColor(disabled, role.HighlightedText, theme.color("text"))
    return palette


@lru_cache(maxsize=1)
def _template() -> Template:
    return Template(resource("styles", "desk.qss").read_text(encoding="utf-8"))


def style_sheet(theme: Theme) -> str:
    """The style sheet of a theme: the template's `${name}` are tokens, `${px_N}` measures, `${glyphs}` a folder."""
    values = tk.as_mapping(theme.tokens)
    values["glyphs"] = resource("styles", theme.scheme).as_posix()
    for measure in range(49):
        values[f"px_{measure}"] = f"{theme.px(measure)}px"
    values["radius"] = f"{tk.RADIUS}px"
    values["target"] = f"{theme.target}px"
    values["strong"] = str(_STRONG.value)
    values["button_inner"] = f"{theme.target - 2}px"
    values["radio_radius"] = f"{(theme.px(16) + 2) // 2}px"
    values["scroll_radius"] = f"{max(2, (theme.px(10) - 2 * theme.px(2)) // 2)}px"
    for kind in ("body", "small", "title", "number", "pill"):
        values[f"font_{kind}"] = f"{theme.px(_TYPE_SCALE[kind][0])}px"
    return _template().substitute(values)


def set_role(widget: QWidget, name: str, value: str | bool) -> None:
    """Set the dynamic property by which a style rule finds the widget, and have the rule looked up again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
