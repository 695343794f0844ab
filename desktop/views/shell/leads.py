"""Small deeds of the frame that hold their arguments: open a page, follow a page's signal, ask with one value.

Objects rather than lambdas, so that nothing captures the loop it was made in.
"""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import SignalInstance


class Opens(Protocol):
    """What opens pages: the frame."""

    def open_page(self, key: str, queue: str = "") -> Any: ...


class Goes:
    """An entry of the palette that opens a page."""

    def __init__(self, frame: Opens, page: str, queue: str = "") -> None:
        self._frame, self._page, self._queue = frame, page, queue

    def __call__(self) -> None:
        self._frame.open_page(self._page, self._queue)


class Leads:
    """Where a page's signal leads: another page (or the frame itself) has a method called with what came along."""

    def __init__(self, frame: Opens, page: str, method: str) -> None:
        self._frame, self._page, self._method = frame, page, method

    def __call__(self, *values: object) -> None:
        target = self._frame.open_page(self._page) if self._page else self._frame
        if target is not None:
            getattr(target, self._method)(*values)


class Does:
    """An entry of the palette that opens a page and calls its method with one value."""

    def __init__(self, frame: Opens, page: str, method: str, value: str) -> None:
        self._lead = Leads(frame, page, method)
        self._value = value

    def __call__(self) -> None:
        self._lead(self._value)


class Asks:
    """An entry of the palette that emits a signal with one value."""

    def __init__(self, signal: SignalInstance, value: str) -> None:
        self._signal, self._value = signal, value

    def __call__(self) -> None:
        self._signal.emit(self._value)
