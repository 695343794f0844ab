"""What can be found in a PDF by searching it: the characters its fonts map back to. Reads no layout."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest
from PySide6.QtGui import QFontDatabase

RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*(\[.*?\]|<[0-9a-fA-F]+>)", re.DOTALL)


def text_of(pdf: Path) -> str:
    """Every character that the PDF's fonts map back to, by its ToUnicode tables: what a search can find."""
    found: list[str] = []
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf.read_bytes(), re.DOTALL):
        try:
            content = zlib.decompress(stream)
        except zlib.error:  # short streams stand there as they are
            content = stream
        if b"beginbf" not in content:
            continue
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", content, re.DOTALL):
            found += _characters(re.findall(rb"<[0-9a-fA-F]+>\s*<([0-9a-fA-F]+)>", block))
        for block in re.findall(rb"beginbfrange(.*?)endbfrange", content, re.DOTALL):
            for first, last, target in RANGE.findall(block):
                if target.startswith(b"["):
                    found += _characters(re.findall(rb"<([0-9a-fA-F]+)>", target))
                else:
                    start = int(target.strip(b"<>"), 16)
                    found += [chr(start + step) for step in range(int(last, 16) - int(first, 16) + 1)]
    return "".join(found)


def _characters(codes: list[bytes]) -> list[str]:
    return [bytes.fromhex(code.decode()).decode("utf-16-be", "replace") for code in codes]


def need_a_font_that_prints_well() -> None:
    if "WenQuanYi Micro Hei" not in QFontDatabase.families():
        pytest.skip("the font fonts-wqy-microhei is not installed; other faces write Kangxi radicals")
