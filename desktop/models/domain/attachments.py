"""What may be attached: kinds of files by extension, their magic bytes, sizes, pixels. The same check on both ends.

A file is what its bytes say, and its name must say the same. Only headers and directories are read; nothing is
decoded, unpacked or run. Never raises for odd bytes: they are refused.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from typing import Final, Literal

from msgspec import Struct

from .harmless import one_line

MIB: Final = 1024 * 1024
MOST_BYTES: Final = 200 * MIB
MOST_PIXELS: Final = 50_000_000
MOST_SIDE: Final = 20_000
CHUNK_BYTES: Final = MIB

Family = Literal["image", "pdf", "document", "text", "audio"]
Read = Callable[[int, int], bytes]
"""``read(start, length)``: that part of the file, shorter only at its end."""

_DIRECTORY_BYTES: Final = 4 * MIB
_TEXT_BYTES: Final = 64 * 1024
_HEAD_BYTES: Final = 64 * 1024


class FileKind(Struct, frozen=True):
    """One kind of file that is taken; ``extension`` is the one it is written out with."""

    extension: str
    media_type: str
    family: Family


JPEG: Final = FileKind("jpg", "image/jpeg", "image")
PNG: Final = FileKind("png", "image/png", "image")
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS: Final[dict[str, FileKind]] = {
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": PNG,
    "gif": FileKind("gif", "image/gif", "image"),
    "bmp": FileKind("bmp", "image/bmp", "image"),
    "webp": FileKind("webp", "image/webp", "image"),
    "pdf": FileKind("pdf", "application/pdf", "pdf"),
    "docx": FileKind("docx", _DOCX, "document"),
    "xlsx": FileKind("xlsx", _XLSX, "document"),
    "wps": FileKind("wps", "application/vnd.ms-works", "document"),
    "txt": FileKind("txt", "text/plain", "text"),
    "mp3": FileKind("mp3", "audio/mpeg", "audio"),
    "wav": FileKind("wav", "audio/wav", "audio"),
    "m4a": FileKind("m4a", "audio/mp4", "audio"),
    "ogg": FileKind("ogg", "audio/ogg", "audio"),
    "amr": FileKind("amr", "audio/amr", "audio"),
}
"""By extension in small letters: the allow-list."""


class BadFile(Exception):
    """A file that is not taken; ``code`` has words in the interface."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_of(name: str) -> FileKind:
    """The kind that ``name`` claims. Raises BadFile("type_not_allowed")."""
    stem, dot, extension = name.rpartition(".")
    kind = KINDS.get(extension.lower()) if dot and stem else None
    if kind is None:
        raise BadFile("type_not_allowed")
    return kind


def inspect(name: str, size: int, read: Read) -> FileKind:
    """The kind of a whole file, once name, size and bytes agree.

    Raises BadFile with "type_not_allowed", "empty_file", "file_too_large", "type_mismatch", "image_too_large".
    """
    kind = kind_of(name)
    if size <= 0:
        raise BadFile("empty_file")
    if size > MOST_BYTES:
        raise BadFile("file_too_large")
    head = read(0, min(size, _HEAD_BYTES))
    if not _BEGINS[kind.extension](head):
        raise BadFile("type_mismatch")
    if kind.family == "image":
        _check_pixels(_dimensions(kind.extension, head, size, read))
    elif kind.extension in _PARTS and not _holds(_PARTS[kind.extension], size, read):
        raise BadFile("type_mismatch")
    return kind


def safe_name(name: str) -> str:
    """A file's own name without its folder and without what hides or reorders its letters, so that the extension that
    is seen is the one that counts; at most 200 characters with the extension kept; for display only."""
    last = re.split(r"[\\/]", one_line(name))[-1].strip(" .\u3000\u00a0")
    if len(last) <= 200:
        return last
    stem, dot, extension = last.rpartition(".")
    return f"{stem[: 199 - len(extension)]}{dot}{extension}" if dot and len(extension) <= 8 else last[:200]


def _is_text(head: bytes) -> bool:
    """Text in UTF-8, UTF-16 with its mark, or GB 18030; a zero byte is no text."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    part = head[:_TEXT_BYTES]
    if b"\0" in part or _is_foreign(part):
        return False
    return any(_decodes(part, encoding) for encoding in ("utf-8", "gb18030"))


def _decodes(part: bytes, encoding: str) -> bool:
    try:
        part.decode(encoding)
    except UnicodeDecodeError as error:
        return error.start >= len(part) - 4  # cut in the middle of a sign
    return True


def _is_foreign(head: bytes) -> bool:
    """A program or a file of another kind that calls itself text."""
    return head.startswith(
        (b"MZ", b"\x7fELF", b"%PDF-", b"PK\x03\x04", b"\xca\xfe\xba\xbe", b"\xd0\xcf\x11\xe0")
    )


def _is_mp3(head: bytes) -> bool:
    return head.startswith(b"ID3") or (len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2)


def _begins(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(signs)


def _riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


_BEGINS: Final[dict[str, Callable[[bytes], bool]]] = {
    "jpg": _begins(b"\xff\xd8\xff"),
    "png": _begins(b"\x89PNG\r\n\x1a\n"),
    "gif": _begins(b"GIF87a", b"GIF89a"),
    "bmp": _begins(b"BM"),
    "webp": _riff(b"WEBP"),
    "pdf": _begins(b"%PDF-"),
    "docx": _begins(b"PK\x03\x04"),
    "xlsx": _begins(b"PK\x03\x04"),
    "wps": _begins(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    "txt": _is_text,
    "mp3": _is_mp3,
    "wav": _riff(b"WAVE"),
    "m4a": lambda head: head[4:8] == b"ftyp",
    "ogg": _begins(b"OggS"),
    "amr": _begins(b"#!AMR"),
}

# -- images ----------------------------------------------------------------------------------------------------------


def _check_pixels(size: tuple[int, int]) -> None:
    wide, high = size
    if wide < 1 or high < 1:
        raise BadFile("type_mismatch")
    if wide > MOST_SIDE or high > MOST_SIDE or wide * high > MOST_PIXELS:
        raise BadFile("image_too_large")


def _dimensions(extension: str, head: bytes, size: int, read: Read) -> tuple[int, int]:
    """Width and height as the header states them; (0, 0) where it states none."""
    try:
        if extension == "png":
            return struct.unpack(">II", head[16:24]) if head[12:16] == b"IHDR" else (0, 0)
        if extension == "gif":
            return struct.unpack("<HH", head[6:10])
        if extension == "bmp":
            wide, high = struct.unpack("<ii", head[18:26])
            return abs(wide), abs(high)
        if extension == "webp":
            return _webp(head)
        return _jpeg(size, read)
    except struct.error:
        return 0, 0


def _webp(head: bytes) -> tuple[int, int]:
    form = head[12:16]
    if form == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if form == b"VP8L" and head[20:21] == b"\x2f":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if form == b"VP8 " and head[23:26] == b"\x9d\x01\x2a":
        wide, high = struct.unpack("<HH", head[26:30])
        return wide & 0x3FFF, high & 0x3FFF
    return 0, 0


def _jpeg(size: int, read: Read) -> tuple[int, int]:
    """From marker to marker to the frame header; a photograph's thumbnail may lie before it."""
    at = 2
    for _ in range(400):
        part = read(at, 9)
        if len(part) < 9 or part[0] != 0xFF or at >= size:
            return 0, 0
        marker = part[1]
        if marker == 0xFF:
            at += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack(">HH", part[5:9])
            return wide, high
        elif marker in (0xD9, 0xDA):
            return 0, 0
        else:
            at += 2 + struct.unpack(">H", part[2:4])[0]
    return 0, 0


# -- documents in an archive ---------------------------------------------------------------------------------------

_PARTS: Final[dict[str, str]] = {"docx": "word/", "xlsx": "xl/"}


def _holds(folder: str, size: int, read: Read) -> bool:
    """Whether an archive's directory is that of a document of this kind and holds no macros; nothing is unpacked."""
    tail_at = max(0, size - 65_557)
    tail = read(tail_at, size - tail_at)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        return False
    length, start = struct.unpack("<II", tail[end + 12 : end + 20])
    if length > _DIRECTORY_BYTES or start + length > size:
        return False
    names = _archived(read(start, length))
    return (
        "[Content_Types].xml" in names
        and any(name.startswith(folder) for name in names)
        and not any(
            name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js", ".vbs")) for name in names
        )
    )


def _archived(directory: bytes) -> set[str]:
    names: set[str] = set()
    at = 0
    while directory[at : at + 4] == b"PK\x01\x02" and len(directory) >= at + 46:
        name, extra, comment = struct.unpack("<HHH", directory[at + 28 : at + 34])
        names.add(directory[at + 46 : at + 46 + name].decode("utf-8", "replace"))
        at += 46 + name + extra + comment
    return names
