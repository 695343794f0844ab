"""The one way onto the clipboard for what a page shows: the audit first, then the text.

A page says what it is about once (`about`), and whatever is copied inside it is written down under that. While nobody
is at work (the sign-in page, the gallery) nothing of a case is on the screen and a text is simply copied. Must not be
used for what the person types: their own words are theirs.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QWidget

_TYPE, _ID = "aboutType", "aboutId"


class Gate(Protocol):
    """Whoever writes a copy down before it is made."""

    def copy(self, text: str, object_type: str, object_id: str, detail: str) -> None: ...


class _Place:
    """Who copies now; swapped as a whole."""

    gate: Gate | None = None


_place = _Place()


def install(gate: Gate) -> None:
    """From now on copies are this desk's."""
    _place.gate = gate


def remove() -> None:
    """Nobody is at work any more."""
    _place.gate = None


def about(widget: QWidget, object_type: str, object_id: str) -> None:
    """Whatever is copied inside `widget` is of this row: a code like "ticket", and its id."""
    widget.setProperty(_TYPE, object_type)
    widget.setProperty(_ID, object_id)


def copy_out(widget: QWidget, text: str, *, detail: str = "text") -> None:
    """Copy what `widget` shows; `detail` is a code for what kind of text it is."""
    if not text:
        return
    if _place.gate is None:
        QGuiApplication.clipboard().setText(text)
        return
    object_type, object_id = _subject(widget)
    _place.gate.copy(text, object_type, object_id, detail)


def forget_marked() -> None:
    """Text that was only marked goes nowhere: X11 would hand it to whoever presses the middle button."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.supportsSelection() and clipboard.ownsSelection():
        clipboard.clear(QClipboard.Mode.Selection)


def _subject(widget: QWidget) -> tuple[str, str]:
    above: QWidget | None = widget
    while above is not None:
        found = above.property(_TYPE)
        if found:
            return str(found), str(above.property(_ID) or "")
        above = above.parentWidget()
    return "page", ""
