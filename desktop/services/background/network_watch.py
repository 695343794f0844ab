"""Hears from the operating system when the network comes back, so that nobody waits out a pause for nothing.

Where the system does not tell, nothing is heard: the pauses of the sync end by themselves.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation


class NetworkWatch(QObject):
    """``came_back`` is emitted when the machine reaches a network again after it had none."""

    came_back = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_reachable = True
        wanted = QNetworkInformation.Feature.Reachability
        if QNetworkInformation.loadBackendByFeatures(wanted):
            told = QNetworkInformation.instance()
            self._was_reachable = _reaches(told.reachability())
            told.reachabilityChanged.connect(self.hear)

    def hear(self, reachability: QNetworkInformation.Reachability) -> None:
        """The system's word."""
        now = _reaches(reachability)
        if now and not self._was_reachable:
            self.came_back.emit()
        self._was_reachable = now


def _reaches(reachability: QNetworkInformation.Reachability) -> bool:
    """Anything but a plain "no": a server may stand on the local network alone."""
    return reachability != QNetworkInformation.Reachability.Disconnected
