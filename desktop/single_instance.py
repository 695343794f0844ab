"""One process a profile: the second one asks the first to come forward and ends.

A lock file decides, a local socket carries the request (and the link to a case, if one was opened). Nothing personal
goes through it.
"""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

from PySide6.QtCore import QByteArray, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)

_CONNECT_MS = 500
_LONGEST = 200


class SingleInstance(QObject):
    """``raised`` carries what the other process was asked to show ("" = just come forward)."""

    raised = Signal(str)

    def __init__(self, lock: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = QLockFile(str(lock))
        self._lock.setStaleLockTime(0)
        digest = hashlib.blake2b(str(lock.absolute()).encode(), digest_size=8).hexdigest()
        self._name = f"desk-{digest}"  # short: with the folder it lies in, a socket's name has 106 bytes
        self._server: QLocalServer | None = None

    def acquire(self) -> bool:
        """True when this process now has the profile to itself."""
        if not self._lock.tryLock(0):
            return False
        QLocalServer.removeServer(self._name)  # left over from a process that was killed
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._receive)
        if not self._server.listen(self._name):
            _log.warning("a second start will not find this window: %s", self._server.errorString())
        return True

    def ask_other(self, target: str = "") -> bool:
        """Ask the process that has the profile to come forward; False when it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_CONNECT_MS):
            _log.warning("the window that is open already does not answer: %s", socket.errorString())
            return False
        socket.write(QByteArray(target[:_LONGEST].encode() + b"\n"))
        socket.waitForBytesWritten(_CONNECT_MS)
        socket.disconnectFromServer()
        return True

    def release(self) -> None:
        """Give the profile up."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _receive(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.readyRead.connect(self._read)
            socket.disconnected.connect(socket.deleteLater)

    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket) and socket.canReadLine():
            line = bytes(socket.readLine(_LONGEST).data()).decode("utf-8", "replace").strip()
            self.raised.emit(line)
