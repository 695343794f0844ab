"""How long nobody has touched the program: input is seen where it enters a window, once, before any widget.

Counts with both clocks, so that a machine that slept has been idle meanwhile and a clock that is set back changes
nothing. Decides nothing: whoever asks knows what the seconds mean.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

from desktop.models.domain.clock import Clock

_LOOK_MS: Final = 1_000
_CALM_MS: Final = 5_000
"""Between two looks: while something is about to be due, and else. A desk that rests wakes its machine seldom."""

_INPUT: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """``ticked`` comes every few seconds while it runs, each second while it is to :meth:`hurry`; ``touched`` at the
    first input after a tick."""

    ticked = Signal()
    touched = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._idle_s = 0.0
        self._wall, self._monotonic = clock.now(), clock.monotonic()
        self._quiet = True
        self.heeding = True
        """Whether input counts; not while the desk is locked, or rattling at the lock would keep the store open."""
        self._watched: list[QWindow] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_CALM_MS)
        self._timer.setTimerType(
            Qt.TimerType.VeryCoarseTimer
        )  # at the same moment as others of whole seconds
        self._timer.timeout.connect(self.look)

    @property
    def running(self) -> bool:
        """Whether anybody is watched."""
        return self._timer.isActive()

    @property
    def idle_s(self) -> float:
        """Seconds since the last input, as of the last look."""
        return self._idle_s

    def start(self) -> None:
        """Somebody is at work now."""
        self._wall, self._monotonic = self._clock.now(), self._clock.monotonic()
        self._idle_s = 0.0
        app: QGuiApplication | None = QGuiApplication.instance()  # type: ignore[assignment]  # it has windows
        if app is not None and not self._timer.isActive():
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())
            for window in app.topLevelWindows():
                self._watch(window)
        self._timer.start()

    def stop(self) -> None:
        """Nobody is at work any more."""
        if not self._timer.isActive():
            return
        self._timer.stop()
        app: QGuiApplication | None = QGuiApplication.instance()  # type: ignore[assignment]  # it has windows
        if app is not None:
            app.focusWindowChanged.disconnect(self._watch)
        for window in self._watched:
            window.removeEventFilter(self)
        self._watched = []

    def look(self) -> None:
        """Count what has passed since the last look."""
        wall, monotonic = self._clock.now(), self._clock.monotonic()
        self._idle_s += max(0.0, (wall - self._wall).total_seconds(), monotonic - self._monotonic)
        self._wall, self._monotonic = wall, monotonic
        self._quiet = True
        self.ticked.emit()

    def hurry(self, hurry: bool) -> None:
        """Whether to look each second, because something is due soon."""
        wanted = _LOOK_MS if hurry else _CALM_MS
        if self._timer.interval() != wanted:
            self._timer.setInterval(wanted)

    def touch(self) -> None:
        """Somebody did something."""
        if not self.heeding:
            return
        self._idle_s = 0.0
        if self._quiet:
            self._quiet = False
            self.touched.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self.touch()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None and window not in self._watched:
            self._watched.append(window)
            window.installEventFilter(self)
            window.destroyed.connect(self._forget)

    def _forget(self, window: QObject) -> None:
        self._watched = [each for each in self._watched if each is not window]
