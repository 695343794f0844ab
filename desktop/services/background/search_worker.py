"""The thread of the search index: it is built after the first sync and follows each commit a moment later.

Decides *when*; what there is to do, `sync.search_upkeep` knows. Nobody waits for it: a search made meanwhile reads what
the index lacks. Whatever goes wrong is logged and tried again later; no person hears of it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal

from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import Wait
from desktop.services.sync.search_upkeep import IndexState, SearchIndex, Upkeep

from .desk import Desk
from .errors import desk_error
from .relay import Relay

__all__ = ["IndexState", "SearchWorker"]

_log = logging.getLogger(__name__)

_IDLE_S: Final = 3600.0
_GATHER_S: Final = 0.3
"""Commits that come close upon each other are indexed in one step."""
_AFTER_SURPRISE_S: Final = 60.0
_CLOSE_S: Final = 5.0


class SearchWorker(QObject):
    """Made and driven on the GUI thread. ``progressed`` carries an IndexState, once for each that differs."""

    progressed = Signal(object)

    def __init__(
        self,
        make: Callable[[Callable[[IndexState], None], threading.Event], Upkeep],
        index: SearchIndex,
        desk: Desk,
        *,
        wait: Wait,
        parent: QObject | None = None,
    ) -> None:
        """``make`` builds the upkeep of ``index`` from who is told and what ends it."""
        super().__init__(parent)
        self._index = index
        self._desk = desk
        self._wait = wait
        self._relay = Relay(self)
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._upkeep = make(self._progress, self._closing)
        self._thread = threading.Thread(target=self._run, name="search", daemon=True)
        self.state = IndexState()
        desk.search = index
        desk.changed.connect(self._take_changes)

    def start(self) -> None:
        """Open the index in its thread and bring it level."""
        self._thread.start()

    def show_on(self, show: Callable[[IndexState], None]) -> None:
        """How far the index is, now and whenever that changes."""
        self.progressed.connect(show)
        show(self.state)

    def close(self) -> bool:
        """End the thread and close the file; True when the thread has ended in time."""
        self._desk.changed.disconnect(self._take_changes)
        self._closing.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(_CLOSE_S)
        self._desk.search = None
        self._index.close()
        return not self._thread.is_alive()

    # -- on the GUI thread -------------------------------------------------------------------------------------

    def _take_changes(self, changes: Changes) -> None:
        if changes.everything or changes.ticket_ids or changes.concerns("ticket"):
            self._wake.set()

    def _show(self, state: IndexState) -> None:
        self.state = state
        self.progressed.emit(state)

    # -- in the thread -----------------------------------------------------------------------------------------

    def _run(self) -> None:
        while not self._closing.is_set():
            self._wake.clear()
            delay = _IDLE_S
            try:
                self._upkeep.work()
            except Exception as error:  # noqa: BLE001  a fault of ours must not end the index for good
                if self._closing.is_set():
                    return
                _log.warning("the search index rests: %s", desk_error(error).code)
                delay = _AFTER_SURPRISE_S
            if not self._closing.is_set() and self._wait(delay, self._wake):
                self._wait(_GATHER_S, self._closing)

    def _progress(self, state: IndexState) -> None:
        if not self._closing.is_set():
            self._relay.post(lambda: self._show(state))
