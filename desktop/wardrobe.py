"""How the window looks, as the person chose it: colours, height of rows, size of type, less motion.

Hears what views ask for on the theme's bus, keeps it in the settings and puts it on at once. Knows no widget.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

from PySide6.QtCore import QObject, Signal

from desktop.settings import Density, Scheme, Settings
from desktop.views.common import theme


class Wardrobe(QObject):
    """Dresses the application from its making on, until ``release``."""

    #: Type has another size: what is measured in it has to be made anew.
    resized = Signal()

    def __init__(
        self,
        put_on: Callable[..., theme.Theme],
        settings: Settings,
        scheme: Scheme | Literal[""],
        parent: QObject,
    ) -> None:
        """``put_on`` is this program's `theme.apply_theme`; ``scheme`` the colours of this start alone, "" for none."""
        super().__init__(parent)
        self._put_on = put_on
        self._settings = settings
        self._scheme: Scheme = scheme or settings.scheme
        self._dress()
        theme.bus().asked.connect(self.wear)

    def wear(self, name: str, value: object) -> None:
        """Another look, at once and from now on; a name or value that is none changes nothing."""
        settings, before = self._settings, theme.current().scale
        if name == "scheme" and value in get_args(Scheme):
            self._scheme = settings.scheme = value  # type: ignore[assignment]  # just compared
        elif name == "density" and value in get_args(Density):
            settings.density = value  # type: ignore[assignment]  # just compared
        elif name == "scale" and isinstance(value, float):
            settings.scale = value
        elif name == "reduced_motion" and isinstance(value, bool):
            settings.reduced_motion = value
        else:
            return
        self._dress()
        if theme.current().scale != before:
            self.resized.emit()

    def release(self) -> None:
        """Hear nothing any more."""
        theme.bus().asked.disconnect(self.wear)

    def _dress(self) -> None:
        self._put_on(
            self._scheme,
            self._settings.density,
            scale=self._settings.scale,
            reduced_motion=self._settings.reduced_motion,
        )
