"""Playing a recording where Qt's multimedia parts were installed beside its essentials, and telling where not.

The bytes come from memory and go to the loudspeaker; no file is written. What may be heard is decided before.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from PySide6.QtCore import Q_ARG, QBuffer, QIODevice, QMetaObject, QObject, Qt, QTimer, QUrl, Signal


def sound_parts() -> Any | None:
    """Qt Multimedia, None where it is not installed: it is an optional part of ten times what a desk needs."""
    try:
        return import_module("PySide6.QtMultimedia")
    except ImportError:
        return None


class Player(QObject):
    """One recording at a time. ``changed``: it plays, pauses, is elsewhere or cannot be played."""

    changed = Signal()

    def __init__(self, parts: Any, parent: QObject | None = None) -> None:
        """``parts`` as :func:`sound_parts` found them."""
        super().__init__(parent)
        self._parts = parts
        self._buffer: QBuffer | None = None
        self._name = QUrl()
        self.broken = False
        self._player = parts.QMediaPlayer(self)
        self._output = parts.QAudioOutput(self)
        self._player.setAudioOutput(self._output)
        self._player.positionChanged.connect(self._tell)
        self._player.durationChanged.connect(self._tell)
        self._player.playbackStateChanged.connect(self._tell)
        self._player.errorOccurred.connect(self._broke)

    def load(self, data: bytes, extension: str) -> None:
        """Take a recording into memory and play it; ``extension`` says what the bytes were found to be."""
        self.forget()
        self._buffer = QBuffer(self)
        self._buffer.setData(data)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._name = QUrl(f"recording.{extension}")
        QTimer.singleShot(0, self, self._begin)  # after what was asked for just now
        if (
            not self._player.isAvailable()
        ):  # the parts are there, and nothing of the system's that they could use
            self._broke()

    def _begin(self) -> None:
        """The player stands still, so nothing of it is waited for."""
        if self._buffer is not None:
            self._player.setSourceDevice(self._buffer, self._name)
            self._player.play()

    def forget(self) -> None:
        """Stop, and let go of the bytes."""
        self.broken = False
        self._ask("stop")
        self._ask("setSource", Q_ARG(QUrl, QUrl()))
        if self._buffer is not None:
            self._buffer.deleteLater()  # after the player, which is asked before, has let go of it
            self._buffer = None

    def _ask(self, slot: str, *values: Any) -> None:
        """Have the event loop call it, which does not hold Python's lock.

        Stopping waits for threads that decode and play; these wait for the lock where they read a buffer or have a word
        for the log, both Python's. Called from here, they would wait for each other for ever.
        """
        queued = Qt.ConnectionType.QueuedConnection
        QMetaObject.invokeMethod(self._player, slot, queued, *values)  # type: ignore[call-overload]  # bytes crash

    def is_playing(self) -> bool:
        """Whether it is heard now."""
        return bool(self._player.playbackState() == self._parts.QMediaPlayer.PlaybackState.PlayingState)

    def play_or_pause(self) -> None:
        """The one key."""
        self._ask("pause" if self.is_playing() else "play")

    def seek(self, ms: int) -> None:
        """Go to this moment."""
        self._ask("setPosition", Q_ARG("qlonglong", ms))

    def position(self) -> int:
        """Where it is, in milliseconds."""
        return int(self._player.position())

    def duration(self) -> int:
        """How long it is, 0 while nobody knows."""
        return int(self._player.duration())

    def _broke(self) -> None:
        self.broken = True
        self._tell()

    def _tell(self) -> None:
        self.changed.emit()
