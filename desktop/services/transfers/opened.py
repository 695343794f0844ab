"""The one folder in which an attachment lies in plain form, while another program shows it.

Private to its owner, emptied at the start, at the end and at every lock. Files bear the server's id and the extension
their bytes were judged by, never a name that somebody wrote.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from desktop.models.domain.attachments import BadFile, FileKind
from desktop.models.store.blobs import ROW_BYTES, BlobStore

FOLDER = "opened"


class OpenFolder:
    """``root`` is a profile's or account's own folder; nothing is made before something is opened."""

    def __init__(self, root: Path) -> None:
        self._folder = root / FOLDER

    def put(self, blobs: BlobStore, blob_id: str, kind: FileKind) -> Path:
        """Write a complete blob out, readable by its owner alone. Raises BadFile("bytes_lost"), OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.chmod(0o700)
        stem = "".join(sign for sign in blob_id if sign.isalnum() or sign == "-")
        path = self._folder / f"{stem}.{kind.extension}"
        if path.exists():
            path.chmod(0o600)
            path.unlink()
        write_out(blobs, blob_id, path)
        path.chmod(0o400)
        return path

    def wipe(self) -> bool:
        """Remove everything that was opened; False where a program still holds a file (it goes at the next start)."""
        if not self._folder.exists():
            return True
        for path in self._folder.iterdir():
            try:
                path.chmod(0o600)
                path.unlink()
            except OSError:
                continue
        shutil.rmtree(self._folder, ignore_errors=True)
        return not self._folder.exists()


def write_out(blobs: BlobStore, blob_id: str, path: Path) -> None:
    """A complete blob into a new file of the owner's alone; an unfinished one is removed. Raises BadFile, OSError."""
    blob = blobs.get(blob_id)
    if blob is None or not blob.complete:
        raise BadFile("bytes_lost")
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    part.touch(0o600, exist_ok=False)
    try:
        with part.open("wb") as file:
            at = 0
            while piece := blobs.read(blob_id, at, ROW_BYTES):
                file.write(piece)
                at += len(piece)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
