"""The files on this machine, for whoever wants to put one in, read one, or have one in plain form. Blocks.

What is read is judged again before anything decodes it: the bytes decide, not the row that describes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.models.domain.attachments import BadFile, FileKind, inspect
from desktop.models.domain.ids import NewId
from desktop.models.store.blobs import ROW_BYTES, BlobStore

from .intake import Staged, stage_bytes, stage_path
from .opened import OpenFolder, write_out


class Shelf:
    """The blobs of one account, and the private ``folder`` for what is opened elsewhere. Thread-safe as both are."""

    def __init__(self, blobs: BlobStore, folder: OpenFolder, new_id: NewId) -> None:
        self._blobs = blobs
        self._folder = folder
        self._new_id = new_id

    def take_path(self, path: Path, record: Callable[[Staged], object]) -> Staged:
        """Take a file in and have ``record`` name it in the store. Raises BadFile, and what ``record`` raises."""
        return self._take(lambda file_id: stage_path(self._blobs, file_id, path), record)

    def take_bytes(self, name: str, data: bytes, record: Callable[[Staged], object]) -> Staged:
        """The same for what was made here."""
        return self._take(lambda file_id: stage_bytes(self._blobs, file_id, name, data), record)

    def kind(self, file_id: str, name: str) -> tuple[FileKind, int]:
        """What a file that is here whole really is, and its size. Raises BadFile."""
        blob = self._blobs.get(file_id)
        if blob is None or not blob.complete:
            raise BadFile("bytes_lost")
        kind = inspect(name, blob.size, lambda start, length: self._blobs.read(file_id, start, length))
        return kind, blob.size

    def read(self, file_id: str, most: int) -> bytes:
        """The first ``most`` bytes."""
        return self._blobs.read(file_id, 0, most)

    def pieces(self, file_id: str) -> Iterator[bytes]:
        """A file that is here whole, a row in memory at a time. Raises BadFile."""
        blob = self._blobs.get(file_id)
        if blob is None or not blob.complete:
            raise BadFile("bytes_lost")
        at = 0
        while at < blob.size:
            part = self._blobs.read(file_id, at, ROW_BYTES)
            if not part:
                raise BadFile("bytes_lost")
            at += len(part)
            yield part

    def open(self, file_id: str, name: str) -> Path:
        """Write a file into the private folder for another program. Raises BadFile."""
        kind, _ = self.kind(file_id, name)
        try:
            return self._folder.put(self._blobs, file_id, kind)
        except OSError as error:
            raise BadFile("file_unwritable") from error

    def save(self, file_id: str, path: Path) -> None:
        """Write a file where the person says. Raises BadFile."""
        try:
            write_out(self._blobs, file_id, path)
        except OSError as error:
            raise BadFile("file_unwritable") from error

    def wipe_opened(self) -> None:
        """Nothing that was opened stays in plain form."""
        self._folder.wipe()

    def _take(self, stage: Callable[[str], Staged], record: Callable[[Staged], object]) -> Staged:
        file_id = self._new_id()
        with self._blobs.held(file_id):  # nobody sweeps it before the store names it
            staged = stage(file_id)
            record(staged)
        return staged
