"""How the window looks: colours, height of the rows of lists, size of type, motion. Each takes effect at once.

Shows what is in force and asks the theme's bus for another; keeps nothing.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.views.common import theme
from desktop.views.common.choices import SegmentedChoice
from desktop.views.common.dialogs import Sheet
from desktop.views.common.fields import CheckField
from desktop.views.common.text import PlainLabel

#: Sizes of type, in per cent of the usual one.
SIZES = (90, 100, 110, 125, 150, 175, 200)


class LookSheet(Sheet):
    """See the module's docstring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Appearance"), parent, width=560)
        words = self.tr("Takes effect at once and is kept on this machine.")
        self.body.addWidget(PlainLabel(words, tone="secondary", wrap=True))
        self.scheme = SegmentedChoice(self.tr("Colours"), self._schemes(), numbers=False)
        self.density = SegmentedChoice(self.tr("Rows of lists"), self._densities(), numbers=False)
        sizes = tuple((str(size), f"{size} %") for size in SIZES)
        self.size_of_type = SegmentedChoice(self.tr("Size of type"), sizes, numbers=False)
        self.still = CheckField(self.tr("Less motion: nothing slides or fades"))
        now = theme.current()
        self.scheme.set_value(theme.wanted_scheme())
        self.density.set_value(now.density)
        self.size_of_type.set_value(str(round(now.scale * 100)))
        self.still.set_value(now.reduced_motion)
        for field in (self.scheme, self.density, self.size_of_type, self.still):
            self.body.addWidget(field)
        self.scheme.changed.connect(self._scheme)
        self.density.changed.connect(self._density)
        self.size_of_type.changed.connect(self._scale)
        self.still.changed.connect(self._motion)
        self.add_button(self.tr("Close"), self.accept, kind="primary")

    def _schemes(self) -> tuple[tuple[str, str], ...]:
        return (
            ("system", self.tr("As the system")),
            ("light", self.tr("Light")),
            ("dark", self.tr("Dark")),
            ("contrast", self.tr("High contrast")),
        )

    def _densities(self) -> tuple[tuple[str, str], ...]:
        return ("comfortable", self.tr("Comfortable")), ("compact", self.tr("Compact"))

    def _scheme(self) -> None:
        theme.ask_for("scheme", self.scheme.value())

    def _density(self) -> None:
        theme.ask_for("density", self.density.value())

    def _scale(self) -> None:
        theme.ask_for("scale", int(self.size_of_type.value()) / 100)

    def _motion(self) -> None:
        theme.ask_for("reduced_motion", self.still.value())
