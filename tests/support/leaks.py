"""A guard that fails the test which leaves something behind: a thread, a running QTimer or QThread, a top-level widget.

What one test leaves disturbs another an hour later, far from its cause. Qt is looked at only when the test run has
imported it. The idea is napari's.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_GRACE = 3.0  # seconds in which a thread that was told to end may do so


class LeakGuard:
    """Takes a picture when made; `leftovers` says what has come since and is still there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._threads = set(threading.enumerate())
        self._widgets = {id(widget) for widget in _top_levels()}
        self._started: list[weakref.ref[Any]] = []
        if "PySide6.QtCore" in sys.modules:
            from PySide6.QtCore import QThread, QTimer

            for kind in (QTimer, QThread):
                monkeypatch.setattr(kind, "start", self._noting(kind.start))

    def leftovers(self, *, look_at_widgets: bool = True) -> list[str]:
        """In words, one each; empty when the test cleaned up. Closes the widgets, so that the next test is spared."""
        _finish_deletions()
        found = self._running_threads()
        found += [f"{type(thing).__name__} still runs: {thing!r}" for thing in self._running_qt()]
        if look_at_widgets:
            found += self._new_widgets()
        return found

    def _noting(self, start: Callable[..., None]) -> Callable[..., None]:
        def noted(thing: object, *args: Any, **kwargs: Any) -> None:
            self._started.append(weakref.ref(thing))
            start(thing, *args, **kwargs)

        return noted

    def _running_threads(self) -> list[str]:
        deadline = time.monotonic() + _GRACE
        for thread in set(threading.enumerate()) - self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        left = set(threading.enumerate()) - self._threads
        return [f"thread still runs: {thread.name}" for thread in left]

    def _running_qt(self) -> list[Any]:
        if not self._started:
            return []
        import shiboken6
        from PySide6.QtCore import QThread

        alive = {
            id(thing): thing
            for ref in self._started
            if (thing := ref()) is not None and shiboken6.isValid(thing)
        }
        running = []
        for thing in alive.values():
            if isinstance(thing, QThread):
                if not thing.wait(int(_GRACE * 1000)):
                    running.append(thing)
            elif thing.isActive():
                running.append(thing)
        return running

    def _new_widgets(self) -> list[str]:
        left = self._orphans()
        if left:  # a cycle of references may be all that holds it
            del left
            gc.collect()
            _finish_deletions()
            left = self._orphans()
        words = [f"top-level widget left: {widget!r}" for widget in left]
        for widget in left:
            widget.close()
            widget.deleteLater()
        _finish_deletions()
        return words

    def _orphans(self) -> list[QWidget]:
        return [w for w in _top_levels() if id(w) not in self._widgets and w.parent() is None]


def _top_levels() -> list[QWidget]:
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtWidgets import QApplication

    return QApplication.topLevelWidgets() if QApplication.instance() else []


def _finish_deletions() -> None:
    if "PySide6.QtCore" in sys.modules:
        from PySide6.QtCore import QCoreApplication, QEvent

        if QCoreApplication.instance():
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
