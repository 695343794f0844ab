"""Cyclic garbage is collected on the GUI thread alone, whenever its event loop is about to rest.

Python collects in whichever thread happens to allocate. A widget that dies in a worker thread takes the process along,
now or a minute later and far away. So the automatic collection is off from the first relay on, and the event loop does
it in its pauses, by the same thresholds: no timer wakes anybody for it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QObject, Qt

_FIRST, _SECOND, _THIRD = 700, 10, 10


class GuiGarbage(QObject):
    """Collects for the event loop of the thread it is made on."""

    def __init__(self, dispatcher: QAbstractEventDispatcher) -> None:
        super().__init__(dispatcher)
        gc.disable()
        # Direct: a queued call would itself keep the event loop from resting.
        dispatcher.aboutToBlock.connect(self._collect, Qt.ConnectionType.DirectConnection)

    def _collect(self) -> None:
        young, middle, old = gc.get_count()
        if young < _FIRST:
            return
        generation = 0 if middle < _SECOND else 1 if old < _THIRD else 2
        gc.collect(generation)


def collect_on_this_thread() -> None:
    """From now on, process-wide: cyclic garbage goes in the pauses of this thread's event loop. Safe to repeat."""
    if QCoreApplication.instance() is None:
        return  # without an application there is no event loop, and nobody's widgets either
    dispatcher = QAbstractEventDispatcher.instance()
    if not dispatcher.findChildren(GuiGarbage):
        GuiGarbage(dispatcher)
