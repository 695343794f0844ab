"""Playing a recording where Qt's multimedia parts were installed beside its essentials, and telling where not.

The bytes come from memory and go to the loudspeaker; no file is written. What may be heard is decided before.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QObject, QUrl, Signal


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
        self.broken = False
        self._player = parts.QMediaPlayer(self)
        self._output = parts.QAudioOutput(self)
        self._player.setAudioOutput(self._output)
        self._player.positionChanged.connect(self._tell)
        self._player.durationChanged.connect(self._tell)
        self._player.playbackStateChanged.connect(self._tell)
        self._player.errorOccurred.connect(self._broke)

    def load(self, data: bytes, extension: str) -> None:
        """Take a recording into memory; ``extension`` says what the bytes were found to be."""
        self.forget()
        self._buffer = QBuffer(self)
        self._buffer.setData(data)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._player.setSourceDevice(self._buffer, QUrl(f"recording.{extension}"))
        if (
            not self._player.isAvailable()
        ):  # the parts are there, and nothing of the system's that they could use
            self._broke()

    def forget(self) -> None:
        """Stop, and let go of the bytes."""
        self.broken = False
        self._player.stop()
        self._player.setSource(QUrl())
        if self._buffer is not None:
            self._buffer.close()
            self._buffer.deleteLater()
            self._buffer = None

    def is_playing(self) -> bool:
        """Whether it is heard now."""
        return bool(self._player.playbackState() == self._parts.QMediaPlayer.PlaybackState.PlayingState)

    def play_or_pause(self) -> None:
        """The one key."""
        if self.is_playing():
            self._player.pause()
        else:
            self._player.play()

    def seek(self, ms: int) -> None:
        """Go to this moment."""
        self._player.setPosition(ms)

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
