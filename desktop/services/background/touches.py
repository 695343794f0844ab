"""Sees what a person does in the program's windows, whichever of them has the focus.

Watches input only as it passes and holds nothing back. Made and ended on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow


class Touches(QObject):
    """Calls ``told`` at each event of the ``kinds``, until ``end``; without an application it never does."""

    def __init__(
        self, kinds: frozenset[QEvent.Type], told: Callable[[], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._kinds = kinds
        self._told = told
        self._windows: list[QWindow] = []
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._follow)
            self._follow(app.focusWindow())

    def end(self) -> None:
        """Nobody is watched any more."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._follow)
        for window in self._windows:
            window.removeEventFilter(self)
        self._windows = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in self._kinds:
            self._told()
        return False

    def _follow(self, window: QWindow | None) -> None:
        if window is not None and window not in self._windows:
            self._windows.append(window)
            window.installEventFilter(self)
            window.destroyed.connect(self._forget)

    def _forget(self, window: QObject) -> None:
        self._windows = [known for known in self._windows if known is not window]
