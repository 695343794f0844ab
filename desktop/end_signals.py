"""Ctrl+C and a polite kill close the window like its button does, so that nothing is cut off in the middle.

Python runs its signal handlers between two of its own steps, and an idle event loop takes none: a socket wakes it.
"""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_WHICH = ("SIGINT", "SIGTERM", "SIGHUP")


class EndSignals(QObject):
    """``asked`` is emitted on the GUI thread. ``release`` gives the handlers back."""

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours, self._theirs = socket.socketpair()
        for end in (self._ours, self._theirs):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        self._old_fd = signal.set_wakeup_fd(self._theirs.fileno(), warn_on_full_buffer=False)
        numbers = [getattr(signal, name) for name in _WHICH if hasattr(signal, name)]
        self._before = {number: signal.signal(number, _wait_for_the_loop) for number in numbers}

    def release(self) -> None:
        """As it was before."""
        signal.set_wakeup_fd(self._old_fd)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._ours.close()
        self._theirs.close()

    def _read(self) -> None:
        try:
            self._ours.recv(64)
        except BlockingIOError:
            return
        self.asked.emit()


def _wait_for_the_loop(number: int, frame: FrameType | None) -> None:
    """Nothing here: the byte in the socket has told the loop already."""
