"""A PDF that is there whole or not at all: painted under another name, and given its own when it is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtGui import QPdfWriter

from .case_sheet import a4_pdf


class Abandoned(Exception):
    """Raised inside :func:`pdf_file` to stop: nothing is left behind."""


@contextmanager
def pdf_file(path: Path, title: str) -> Iterator[QPdfWriter]:
    """Something to paint on; its painter has ended when the block does. Raises OSError where no file can be."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(b"")  # Qt would paint on nothing and say so to nobody
    try:
        yield a4_pdf(str(part), title)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
