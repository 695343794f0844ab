"""The recordings of a visit's calls: under which name each lies where, listened to where it can be, or why it cannot.

A voice is the citizen's own: who may hear it is the server's word, that it was heard goes on record first, and what is
loaded is let go of as soon as the box is not seen. Must not write a recording anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QSlider, QVBoxLayout, QWidget

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Attempt
from desktop.models.domain.operations import CATALOGUE
from desktop.services.background.desk import Desk
from desktop.services.background.errors import DeskError
from desktop.services.background.files import Sound, Staged, Target
from desktop.services.commands.attachments import About, fetch_file
from desktop.services.queries.attachments import CaseFile
from desktop.views.common import case_words
from desktop.views.common.attachments.file_words import standing_words
from desktop.views.common.buttons import Button
from desktop.views.common.layouts import discard, row
from desktop.views.common.sound import Player, sound_parts
from desktop.views.common.text import PlainLabel
from desktop.views.common.words import error_words

_STEP_MS: Final = 5_000
_CALLERS: Final = CATALOGUE["visit.attempt"].roles


class RecordingBox(QWidget):
    """See the module's docstring. ``changed``: a recording was added or is fetched, ask again."""

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._calls: tuple[Attempt, ...] = ()
        self._sounds: tuple[CaseFile, ...] = ()
        self._player: Player | None = None
        self._loaded = self._wanted = ""
        self._said: list[str] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self.seek = QSlider(Qt.Orientation.Horizontal)
        self.seek.setAccessibleName(self.tr("Place in the recording"))
        self.seek.setSingleStep(_STEP_MS)
        self.seek.setPageStep(_STEP_MS)
        self.seek.valueChanged.connect(self._sought)
        self.time = PlainLabel(kind="small", tone="secondary")
        self._transport = QWidget()
        self._transport.setLayout(row(self.seek, self.time, gap=8))
        self._trouble = PlainLabel(kind="small", tone="overdue", wrap=True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(self._rows)
        whole.addWidget(self._transport)
        whole.addWidget(self._trouble)
        self._transport.hide()
        self._trouble.hide()
        self.hide()

    def said(self) -> tuple[str, ...]:
        """What is said of each call's recording, in order."""
        return tuple(self._said)

    def sounds(self) -> tuple[CaseFile, ...]:
        """The recordings that lie with the case."""
        return self._sounds

    def show_calls(self, calls: Sequence[Attempt], sounds: Sequence[CaseFile]) -> None:
        """Show the recordings of these calls; what plays goes on while its file is among them."""
        spoken = [call for call in calls if call.recording or call.outcome == "answered" or _of(call, sounds)]
        if (tuple(spoken), tuple(sounds)) == (self._calls, self._sounds):
            return
        self._calls, self._sounds = tuple(spoken), tuple(sounds)
        if self._loaded not in {sound.id for sound in sounds}:
            self._forget()
        while self._rows.count():
            discard(self._rows.takeAt(0).widget())
        self._said = []
        for call in spoken:
            found = _of(call, sounds)
            for sound in found:
                self._line(call, sound)
            if not found:
                self._line(call, None)
        self._trouble.hide()
        self.setVisible(bool(self._said))
        came = next((s for s in sounds if s.id == self._wanted and s.here), None)
        if came is not None:
            self._load(came)

    def play_or_pause(self) -> None:
        """P: the recording in hand, else the first that can be heard."""
        if self._loaded and self._player is not None:
            self._player.play_or_pause()
            return
        first = next((sound for sound in self._sounds if not self._why_silent(sound)), None)
        if first is not None:
            self._listen(first)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another page, another record, a lock: nothing is heard any more and no byte of it stays."""
        super().hideEvent(event)
        self._forget()

    # -- what is said ------------------------------------------------------------------------------------------

    def _line(self, call: Attempt, sound: CaseFile | None) -> None:
        at = case_words.moment(self._desk.profile, call.at, self._desk.now())
        name = sound.name if sound is not None and sound.name else call.recording
        words = (
            self.tr("Call of {time}: recording {name}") if name else self.tr("Call of {time}: no recording")
        )
        title, why = words.format(time=at, name=name), self._why(call, sound)
        self._said.append(" ".join(part for part in (title, why) if part))
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PlainLabel(title, wrap=True, selectable=True))
        if why:
            column.addWidget(PlainLabel(why, kind="small", tone="secondary", wrap=True))
        button = self._button(call, sound)
        if button is not None:
            bar = row(button)
            bar.addStretch(1)
            column.addLayout(bar)
        self._rows.addWidget(line)

    def _why(self, call: Attempt, sound: CaseFile | None) -> str:
        """Why a recording is not simply played: where it is instead."""
        if sound is not None:
            return self._why_silent(sound) or ("" if sound.here else self._on_its_way(sound))
        if call.recording:
            return self.tr("The sound lies in the city's telephone system under this name, not here.")
        return ""

    def _on_its_way(self, sound: CaseFile) -> str:
        standing, why = standing_words(sound, self._desk.connection)
        return why or standing

    def _why_silent(self, sound: CaseFile) -> str:
        """Why this person, or this installation, cannot hear it; "" where it can be heard."""
        if not sound.name:
            return self.tr("Officers, superiors and whoever added it may listen.")
        if sound_parts() is None:
            return self.tr(
                "It cannot be played here: the program was installed without Qt Multimedia, its part for sound."
            )
        return ""

    def _button(self, call: Attempt, sound: CaseFile | None) -> Button | None:
        if sound is None:
            may_add = bool(_CALLERS & set(self._desk.me.roles))
            add = partial(self._ask_file, call)
            return (
                Button(self.tr("Add the recording…"), kind="link", icon="paperclip", on=add)
                if may_add
                else None
            )
        if self._why_silent(sound):
            return None
        return Button(
            self.tr("Listen, pause"), icon="play", hint="P", on=partial(self._listen_or_pause, sound)
        )

    # -- listening ---------------------------------------------------------------------------------------------

    def _listen_or_pause(self, sound: CaseFile) -> None:
        if self._loaded == sound.id and self._player is not None:
            self._player.play_or_pause()
        else:
            self._listen(sound)

    def _listen(self, sound: CaseFile) -> None:
        """Play it; one that is only at the server is fetched first."""
        if sound.here:
            self._load(sound)
            return
        self._wanted = file_id = sound.id
        self._desk.run_command(self, lambda w: fetch_file(w, file_id), self._fetching, self._failed)

    def _fetching(self, changes: Changes) -> None:
        self.changed.emit()

    def _load(self, sound: CaseFile) -> None:
        self._wanted = sound.id
        self._desk.files.sound(self, sound.id, sound.name, self._heard, self._failed)

    def _heard(self, sound: Sound) -> None:
        parts = sound_parts()
        if parts is None or not self.isVisible() or sound.file_id != self._wanted:
            return
        if self._player is None:
            self._player = Player(parts, self)
            self._player.changed.connect(self._moved)
        self._wanted, self._loaded = "", sound.file_id
        self._player.load(sound.data, sound.extension)
        self._transport.show()

    def _moved(self) -> None:
        player = self._player
        if player is None or not self._loaded:
            return
        if player.broken and self._trouble.isHidden():
            self._say_trouble(
                self.tr("This recording cannot be played: no sound device, or a kind it does not know.")
            )
        self.seek.blockSignals(True)
        self.seek.setRange(0, player.duration())
        self.seek.setValue(player.position())
        self.seek.blockSignals(False)
        self.time.setText(f"{_clock(player.position())} / {_clock(player.duration())}")

    def _sought(self, ms: int) -> None:
        if self._player is not None and self._loaded:
            self._player.seek(ms)

    def _forget(self) -> None:
        self._loaded = self._wanted = ""
        self._transport.hide()
        if self._player is not None:
            self._player.forget()

    # -- adding ------------------------------------------------------------------------------------------------

    def _ask_file(self, call: Attempt) -> None:
        dialog = QFileDialog(self.window(), self.tr("Add the recording"))
        dialog.setNameFilter(self.tr("Recordings") + " (*.mp3 *.wav *.m4a *.ogg *.amr)")
        dialog.filesSelected.connect(_Adds(self, call))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, call: Attempt, path: str) -> None:
        """Put a file with the call it is the recording of."""
        target = Target(about=About(ticket_id=call.ticket_id, type="attempt", id=call.id))
        self._desk.files.take_path(self, path, target, self._taken, self._failed)

    def _taken(self, staged: Staged) -> None:
        self.changed.emit()

    def _failed(self, error: DeskError) -> None:
        self._wanted = ""
        self._say_trouble(error_words(error))

    def _say_trouble(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.show()


class _Adds:
    """The file chosen for one call."""

    def __init__(self, box: RecordingBox, call: Attempt) -> None:
        self._take: Callable[[str], None] = partial(box.take, call)

    def __call__(self, paths: list[str]) -> None:
        for path in paths[:1]:
            self._take(path)


def _of(call: Attempt, sounds: Sequence[CaseFile]) -> list[CaseFile]:
    return [sound for sound in sounds if sound.about_id == call.id]


def _clock(ms: int) -> str:
    return f"{ms // 60_000}:{ms // 1000 % 60:02}"
