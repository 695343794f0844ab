"""Files to attach, made on the spot: small, of every kind that is taken, and as long as a test wants them."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from pathlib import Path


def photo(size: int = 3_000, *, wide: int = 640, high: int = 480, seed: int = 1) -> bytes:
    """A JPEG's frame of ``size`` bytes in all: the header states the pixels, the rest is noise nobody decodes."""
    app = b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\1\1\0\0\1\0\1\0\0"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, high, wide, 3) + b"\1\x11\0\2\x11\0\3\x11\0"
    head = b"\xff\xd8" + app + frame + b"\xff\xda"
    return (head + random.Random(seed).randbytes(size))[:size]


def picture(wide: int = 64, high: int = 48) -> bytes:
    """A PNG that really decodes."""
    line = b"\0" + b"\x1d\x5f\xbf" * wide
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(line * high)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def huge_picture() -> bytes:
    """A PNG of a few bytes whose header promises 60,000 × 60,000 pixels."""
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IEND", b"")


def document(folder: str = "word/", *more: str) -> bytes:
    """An archive that looks like a document of this kind, with ``more`` members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", f"{folder}document.xml", *more):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def write(folder: Path, name: str, data: bytes) -> Path:
    """A file in ``folder``, as a person would pick it."""
    path = folder / name
    path.write_bytes(data)
    return path


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
