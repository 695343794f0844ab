"""What a page does with files without waiting: take one in, look at one, have one opened elsewhere, save one.

Reading, judging, hashing and decoding happen in a lane of their own. Plain bytes leave the encrypted file only into
memory, into the private folder while another program shows them, or where the person says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from desktop.models.domain.attachments import MOST_PIXELS, BadFile
from desktop.models.domain.changes import Changes
from desktop.services.commands.attachments import About, PickedFile, attach_file, note_use, pick_file
from desktop.services.commands.base import Writer
from desktop.services.commands.leaving import Leaving
from desktop.services.transfers.context import Traffic
from desktop.services.transfers.intake import Staged
from desktop.services.transfers.shelf import Shelf

from .desk import Desk
from .errors import DeskError
from .letting_out import LettingOut
from .tasks import Tasks

__all__ = ["Files", "Preview", "Sound", "Staged", "Target", "Traffic"]

_CLOSE_S = 5.0
_PREVIEW_SIDE = 2_400
_TEXT_BYTES = 1024 * 1024
_IMAGE_MIB = 256
"""What Qt may take for one decoded picture: 50 million pixels of four bytes, and room to scale."""

Failed = Callable[[DeskError], None]


class Target(Struct, frozen=True, kw_only=True):
    """Where a file is to go: attached to ``about`` at once, or kept for the form of ``draft_key``."""

    about: About
    draft_key: str = ""


class Preview(Struct, frozen=True, kw_only=True):
    """A file as the program itself shows it: a picture or plain text; neither for what another program opens."""

    file_id: str
    image: QImage | None = None
    text: str | None = None


class Sound(Struct, frozen=True, kw_only=True):
    """A recording as it is played: in memory, and in no file in plain form."""

    file_id: str
    extension: str
    data: bytes


class Files(QObject):
    """Lives on the GUI thread; callbacks are bound methods of QObjects. ``progressed`` carries a Traffic."""

    progressed = Signal(object)
    unheard = Signal(object)

    def __init__(self, desk: Desk, shelf: Shelf, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shelf = shelf
        self._tasks = Tasks("files", parent=self)
        self._tasks.unheard.connect(self.unheard)
        self.traffic = Traffic()
        QImageReader.setAllocationLimit(_IMAGE_MIB)

    def take_path(
        self,
        owner: QObject,
        path: str,
        target: Target,
        then: Callable[[Staged], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Take in the file at ``path``; from then on the original may vanish."""
        record = self._recorder(target)
        self._tasks.run(owner, lambda: self._shelf.take_path(Path(path), record), then, failed)

    def take_image(
        self,
        owner: QObject,
        image: QImage,
        name: str,
        target: Target,
        then: Callable[[Staged], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Take in a picture from the clipboard, as a PNG called ``name``."""
        picture = QImage(image)  # shares its pixels; the clipboard may change meanwhile
        record = self._recorder(target)
        self._tasks.run(owner, lambda: self._shelf.take_bytes(name, _png(picture), record), then, failed)

    def preview(
        self,
        owner: QObject,
        file_id: str,
        name: str,
        then: Callable[[Preview], None],
        failed: Failed | None = None,
    ) -> None:
        """The picture or the text of a file that is here."""
        self._tasks.run(owner, lambda: self._look(file_id, name), then, failed)

    def sound(
        self,
        owner: QObject,
        file_id: str,
        name: str,
        then: Callable[[Sound], None],
        failed: Failed | None = None,
    ) -> None:
        """The bytes of a recording that is here, to be listened to; on record before anybody hears it."""
        self._tasks.run(owner, lambda: self._hear(file_id, name), then, failed)

    def open_outside(
        self,
        owner: QObject,
        file_id: str,
        name: str,
        then: Callable[[str], None],
        failed: Failed | None = None,
    ) -> None:
        """Write a file that is here into the private folder; ``then`` gets its path."""
        self._tasks.run(owner, lambda: self._write_private(file_id, name), then, failed)

    def save_as(
        self,
        owner: QObject,
        file_id: str,
        path: str,
        then: Callable[[None], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Write a file that is here where the person says."""
        self._tasks.run(owner, lambda: self._save(file_id, Path(path)), then, failed)

    def pieces(self, file_id: str) -> Iterator[bytes]:
        """The bytes of a file that is here, for a lane that lets it out on a record of its own. Raises BadFile."""
        return self._shelf.pieces(file_id)

    def show_traffic(self, traffic: Traffic) -> None:
        """What is on its way now, for whoever shows it."""
        self.traffic = traffic
        self.progressed.emit(traffic)

    def wipe_opened(self) -> None:
        """At a lock, and before anything is opened: nothing stays in plain form."""
        self._tasks.submit(self._shelf.wipe_opened)

    def close(self) -> None:
        """End the lane and wipe what was opened."""
        self.wipe_opened()
        self._tasks.close(drain=True, timeout_s=_CLOSE_S)

    # -- in the lane -------------------------------------------------------------------------------------------

    def _recorder(self, target: Target) -> Callable[[Staged], object]:
        return lambda staged: self._desk.perform(lambda w: _record(w, staged, target))

    def _look(self, file_id: str, name: str) -> Preview:
        kind, size = self._shelf.kind(file_id, name)
        seen = Preview(file_id=file_id)
        if kind.family == "image":
            seen = Preview(file_id=file_id, image=_decoded(self._shelf.read(file_id, size), kind.extension))
        elif kind.family == "text":
            seen = Preview(file_id=file_id, text=_text(self._shelf.read(file_id, _TEXT_BYTES)))
        self._desk.perform(lambda w: note_use(w, file_id))
        return seen

    def _hear(self, file_id: str, name: str) -> Sound:
        kind, size = self._shelf.kind(file_id, name)
        if kind.family != "audio":
            raise BadFile("type_mismatch")
        leaving = Leaving(action="listen", object_type="attachment", object_id=file_id)
        with LettingOut(self._desk, leaving):
            heard = Sound(file_id=file_id, extension=kind.extension, data=self._shelf.read(file_id, size))
        self._desk.perform(lambda w: note_use(w, file_id))
        return heard

    def _write_private(self, file_id: str, name: str) -> str:
        with self._letting_out(file_id, "opened"):
            path = self._shelf.open(file_id, name)
        self._desk.perform(lambda w: note_use(w, file_id))
        return str(path)

    def _save(self, file_id: str, path: Path) -> None:
        with self._letting_out(file_id, "saved"):
            self._shelf.save(file_id, path)

    def _letting_out(self, file_id: str, detail: str) -> LettingOut:
        """Around the moment in which plain bytes come to lie outside this program."""
        leaving = Leaving(action="save", object_type="attachment", object_id=file_id, detail=detail)
        return LettingOut(self._desk, leaving)


def _record(w: Writer, staged: Staged, target: Target) -> Changes:
    file = PickedFile(
        id=staged.id,
        name=staged.name,
        size=staged.size,
        sha256=staged.sha256,
        media_type=staged.media_type,
    )
    if target.draft_key:
        return pick_file(w, file, target.about.ticket_id, target.draft_key)
    return attach_file(w, file, target.about)


def _png(image: QImage) -> bytes:
    """Raises BadFile for a picture that is none."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if image.isNull() or not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stub wants bytes
        raise BadFile("type_mismatch")
    return bytes(held.data())


def _decoded(data: bytes, extension: str) -> QImage:
    """The picture, no larger than a screen; read as what its bytes were judged to be and as nothing else."""
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(extension.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > MOST_PIXELS:
        raise BadFile("image_too_large")
    if size.isValid() and max(size.width(), size.height()) > _PREVIEW_SIDE:
        fitted = size.scaled(QSize(_PREVIEW_SIDE, _PREVIEW_SIDE), Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(fitted)
    image = reader.read()
    if image.isNull():
        raise BadFile("image_unreadable")
    return image


def _text(data: bytes) -> str:
    """Plain text in whichever encoding it is; what does not fit any is shown as well as it can be."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - 4:
            return data.decode("utf-8-sig", "ignore")
    return data.decode("gb18030", "replace")
