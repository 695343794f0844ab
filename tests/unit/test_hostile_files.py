"""Files that are not what they say: each is refused by its bytes, or shown under the name that it really has."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

import pytest

from desktop.models.domain.attachments import BadFile, inspect, safe_name
from tests.support.files import document, photo

HTML = b"<html><script>alert(1)</script></html>"
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
EXE = b"MZ\x90\x00" + bytes(200)


def png(wide: int, high: int) -> bytes:
    """A few hundred bytes that say they are a picture of that size."""
    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    chunk = (
        struct.pack(">I", len(header)) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    )
    return b"\x89PNG\r\n\x1a\n" + chunk


def archive(*names: str, size: int = 10) -> bytes:
    """An archive of these names, each so many bytes of nothing once it is unpacked."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, bytes(size))
    return held.getvalue()


def judged(name: str, data: bytes) -> str:
    """The extension it is taken under, or the code it is refused with."""
    try:
        return inspect(
            safe_name(name), len(data), lambda start, length: data[start : start + length]
        ).extension
    except BadFile as error:
        return error.code


@pytest.mark.parametrize(
    ("name", "data", "verdict"),
    [
        ("现场.jpg", HTML, "type_mismatch"),
        ("现场.jpg", SVG, "type_mismatch"),
        ("现场.jpg", EXE, "type_mismatch"),
        ("现场.png", photo(), "type_mismatch"),
        ("图.svg", SVG, "type_not_allowed"),
        ("页.html", HTML, "type_not_allowed"),
        ("程序.exe", EXE, "type_not_allowed"),
        ("照片.jpg.exe", EXE, "type_not_allowed"),
        ("照片.exe.jpg", EXE, "type_mismatch"),
        ("照片.jpg\u202egpj.exe", EXE, "type_not_allowed"),
        ("照片.exe\u200b.jpg ", EXE, "type_mismatch"),
        ("照片.jpg\x00.exe", EXE, "type_not_allowed"),
        ("说明.txt", EXE, "type_mismatch"),
        ("说明.txt", b"\x7fELF" + bytes(9), "type_mismatch"),
        ("巨图.png", png(200_000, 200_000), "image_too_large"),
        ("宽图.png", png(60_000, 1), "image_too_large"),
        ("空图.png", png(0, 0), "type_mismatch"),
        ("炸弹.docx", archive("a" * 20, size=50_000_000), "type_mismatch"),
        ("宏.docx", document("word/", "word/vbaProject.bin"), "type_mismatch"),
        ("程序.docx", document("word/", "x/run.exe"), "type_mismatch"),
        ("表.docx", document("xl/"), "type_mismatch"),
        ("空.jpg", b"", "empty_file"),
        ("..", photo(), "type_not_allowed"),
        (".jpg", photo(), "type_not_allowed"),
        ("../../etc/照片.jpg", photo(), "jpg"),
        ("图.jpg", photo() + archive("a.html"), "jpg"),
        ("文.docx", document(), "docx"),
    ],
)  # fmt: skip
def test_a_file_is_what_bytes_and_name_say_together(name: str, data: bytes, verdict: str) -> None:
    """A polyglot is read as what it was judged to be and nothing else; of a bomb only the names are read."""
    assert judged(name, data) == verdict


def test_a_name_cannot_pretend_to_another_extension() -> None:
    """What the eye reads is what is stored: an override that turned "exe.jpg" round is gone."""
    assert safe_name("photo\u202egpj.exe") == "photogpj.exe"
    assert safe_name("C:\\temp\\照片\u200b\u2066.jpg") == "照片.jpg"
    assert safe_name("一\n二\t三.pdf") == "一 二 三.pdf"
    assert safe_name("长" * 300 + ".jpg").endswith("长.jpg")
    assert len(safe_name("长" * 300 + ".jpg")) <= 200
