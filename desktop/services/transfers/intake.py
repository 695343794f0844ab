"""A picked file into the blobs: judged, copied and hashed, from then on independent of where it came from.

Never follows what a name says about a path; reads nothing but the file that was picked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from desktop.models.domain.attachments import MOST_BYTES, BadFile, inspect, kind_of, safe_name
from desktop.models.store.blobs import ROW_BYTES, Blob, BlobStore

Check = Callable[[], None]


class Staged(Struct, frozen=True, kw_only=True):
    """A file whose bytes are here whole, under ``id``; nothing names it yet."""

    id: str
    name: str
    size: int
    sha256: str
    media_type: str


def stage_path(blobs: BlobStore, blob_id: str, path: Path, check: Check = lambda: None) -> Staged:
    """Take in a file. Raises BadFile, also "file_unreadable" and "file_changed"; ``check`` may raise to stop."""
    name = safe_name(path.name)
    kind_of(name)
    try:
        if not path.is_file():
            raise BadFile("file_unreadable")
        size = path.stat().st_size
        with path.open("rb") as file:

            def read(start: int, length: int) -> bytes:
                file.seek(start)
                return file.read(length)

            inspect(name, size, read)
            file.seek(0)
            blob = blobs.store(blob_id, _pieces(file.read, size), check)
    except OSError as error:
        raise BadFile("file_unreadable") from error
    return _judge(blobs, blob, name, size)


def stage_bytes(blobs: BlobStore, blob_id: str, name: str, data: bytes) -> Staged:
    """Take in what was made here, a picture from the clipboard. Raises BadFile."""
    name = safe_name(name)
    inspect(name, len(data), lambda start, length: data[start : start + length])
    pieces = (data[at : at + ROW_BYTES] for at in range(0, len(data), ROW_BYTES))
    return _judge(blobs, blobs.store(blob_id, pieces), name, len(data))


def _pieces(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    left = size
    while left > 0 and (piece := read(min(ROW_BYTES, left))):
        left -= len(piece)
        yield piece
    if left or read(1):
        raise BadFile("file_changed")


def _judge(blobs: BlobStore, blob: Blob, name: str, size: int) -> Staged:
    """What lies here counts, not what lay there when it was first looked at."""
    try:
        if blob.size != size or blob.size > MOST_BYTES:
            raise BadFile("file_changed")
        kind = inspect(name, blob.size, lambda start, length: blobs.read(blob.id, start, length))
    except BaseException:
        blobs.remove([blob.id])
        raise
    return Staged(id=blob.id, name=name, size=blob.size, sha256=blob.sha256, media_type=kind.media_type)
