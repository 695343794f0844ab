"""Hears from the operating system that the network is another one, and notices that the machine has slept.

So that nobody waits out a pause for nothing, and no long poll hangs on a connection that died with the old network.
Where the system does not tell, nothing is heard: the pauses of the sync end by themselves.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtNetwork import QNetworkInformation

from desktop.models.domain.clock import Clock

_LOOK_S: Final = 5.0
_SLEPT_S: Final = 20.0
"""So much more than between two looks has passed: the machine slept, or its clock was set."""


class NetworkWatch(QObject):
    """``changed`` carries whether the machine has any network now; it comes for every other network, too."""

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._connected = True
        self._medium = QNetworkInformation.TransportMedium.Unknown
        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            told = QNetworkInformation.instance()
            self._connected = _reaches(told.reachability())
            self._medium = told.transportMedium()
            told.reachabilityChanged.connect(self.hear)
            told.transportMediumChanged.connect(self.hear_medium)

    @property
    def connected(self) -> bool:
        """Whether the machine has any network; True where nobody can tell."""
        return self._connected

    def hear(self, reachability: QNetworkInformation.Reachability) -> None:
        """The system's word on how far the network reaches."""
        now = _reaches(reachability)
        if now != self._connected:
            self._connected = now
            self.changed.emit(now)

    def hear_medium(self, medium: QNetworkInformation.TransportMedium) -> None:
        """The system's word on what carries it: a cable pulled out beside a wireless network is another network."""
        before, self._medium = self._medium, medium
        unknown = QNetworkInformation.TransportMedium.Unknown
        if medium != before and unknown not in (medium, before) and self._connected:
            self.changed.emit(True)


class SleepWatch(QObject):
    """``woke`` is emitted within seconds of the machine's waking, by comparing the clocks between two looks."""

    woke = Signal()

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._wall, self._monotonic = clock.now(), clock.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(round(_LOOK_S * 1000))
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Compare. Some systems stop the monotonic clock during sleep, all stop the timer."""
        wall, monotonic = self._clock.now(), self._clock.monotonic()
        passed = max((wall - self._wall).total_seconds(), monotonic - self._monotonic)
        self._wall, self._monotonic = wall, monotonic
        if passed > _LOOK_S + _SLEPT_S:
            self.woke.emit()


def _reaches(reachability: QNetworkInformation.Reachability) -> bool:
    """Anything but a plain "no": a server may stand on the local network alone."""
    return reachability != QNetworkInformation.Reachability.Disconnected
