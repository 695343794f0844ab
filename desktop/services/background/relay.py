"""The one way home: results made in a worker thread are delivered on the GUI thread by one QObject.

In PySide6 a lambda, function or ``partial`` connected to a worker's signal runs in the worker, even with a queued
connection; only bound methods of QObjects come home. So there is one relay whose bound slot delivers everything, and
what callers hand in is checked.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

from .garbage import collect_on_this_thread


class Relay(QObject):
    """Lives on the GUI thread. :meth:`post` may be called from any thread."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None, stirred: Callable[[], None] | None = None) -> None:
        """``stirred`` hears, in the posting thread, that the GUI thread will have something to do."""
        super().__init__(parent)
        self._stirred = stirred
        collect_on_this_thread()  # where there is a relay there are worker threads
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def post(self, delivery: Callable[[], None]) -> None:
        """Have ``delivery`` called on the GUI thread, in order of posting; dropped once the relay is gone."""
        if self._stirred is not None:
            self._stirred()
        try:
            self._posted.emit(delivery)
        except RuntimeError:  # the C++ half was deleted: the window is closed, nobody waits any more
            return

    @Slot(object)
    def _deliver(self, delivery: Callable[[], None]) -> None:
        delivery()


class Homing:
    """A bound method of a QObject, held weakly: calling it after its object has died does nothing."""

    __slots__ = ("_method",)

    def __init__(self, callback: Callable[..., None], role: str) -> None:
        """Raises TypeError, naming ``role``, unless ``callback`` is a bound method of a QObject of this thread."""
        owner = getattr(callback, "__self__", None)
        if not isinstance(owner, QObject) or not hasattr(callback, "__func__"):
            name = getattr(callback, "__qualname__", type(callback).__name__)
            raise TypeError(
                f"{role} must be a bound method of a QObject on the GUI thread, not {name}: "
                "a lambda, function or partial has no thread to come home to"
            )
        if owner.thread() is not QThread.currentThread():
            raise TypeError(f"{role} must belong to a QObject that lives on the GUI thread")
        self._method: weakref.WeakMethod[Any] = weakref.WeakMethod(callback)

    def __call__(self, value: object) -> None:
        method = self._method()
        if method is not None and shiboken6.isValid(method.__self__):
            method(value)
