"""The thread of attachments: one exchange after another while the server can be reached, asleep otherwise.

It has a connection of its own and decides *when*; which file and what a failure means is the lane's. Sync rounds never
wait for it. Everything it learns is told on the GUI thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import Wait
from desktop.services.api.errors import ApiError
from desktop.services.api.transport import Transport
from desktop.services.sync.backoff import wait_after
from desktop.services.sync.context import NotReady
from desktop.services.transfers.context import Traffic, TransferContext
from desktop.services.transfers.lane import hurry, seconds_to_next, step, traffic
from desktop.services.transfers.tidy import tidy

from .connection import Connection
from .desk import Desk
from .errors import desk_error
from .relay import Relay

_log = logging.getLogger(__name__)

_IDLE_S = 3600.0
_NOT_OURS_S = 60.0
_AFTER_SURPRISE_S = 30.0
_CLOSE_S = 5.0
_TOUCHED = ("attachment", "transfer", "ticket")


class TransferWorker(QObject):
    """Made and driven on the GUI thread. ``progressed`` carries a Traffic, once for each that differs."""

    progressed = Signal(object)

    def __init__(
        self,
        ctx: TransferContext,
        desk: Desk,
        transport: Transport,
        *,
        wait: Wait,
        parent: QObject | None = None,
    ) -> None:
        """``transport`` is the lane's own: it is aborted at the end."""
        super().__init__(parent)
        self._ctx = ctx
        self._desk = desk
        self._transport = transport
        self._wait = wait
        self._relay = Relay(self)
        self._wake = threading.Event()
        self._untidy = threading.Event()
        self._reachable = threading.Event()
        self._hurry = threading.Event()
        self._closing = threading.Event()
        self._told = Traffic()
        self._thread = threading.Thread(target=self._run, name="transfers", daemon=True)
        ctx.on_changes = desk.committed
        ctx.on_progress = self._progress
        self.traffic = Traffic()
        desk.changed.connect(self._take_changes)
        desk.connection_changed.connect(self._take_connection)
        self._take_connection(desk.connection)

    def start(self) -> None:
        """Bring what lies on disk into agreement, then carry what waits."""
        self._untidy.set()
        self._thread.start()

    def close(self) -> bool:
        """End the thread; True when it has ended in time. A chunk that was on its way is sent again next time."""
        self._desk.changed.disconnect(self._take_changes)
        self._desk.connection_changed.disconnect(self._take_connection)
        self._closing.set()
        self._ctx.stop.set()
        self._wake.set()
        self._transport.close()
        if not self._thread.is_alive():
            return True
        self._thread.join(_CLOSE_S)
        return not self._thread.is_alive()

    def set_cut(self, cut: bool) -> None:
        """Play a cut network, or end it."""
        self._transport.unplugged = cut
        if cut:
            self._transport.abort()

    # -- on the GUI thread -------------------------------------------------------------------------------------

    def _take_changes(self, changes: Changes) -> None:
        if changes.outbox or changes.everything or changes.concerns(*_TOUCHED):
            self._untidy.set()
            self._wake.set()

    def _take_connection(self, connection: Connection) -> None:
        if connection.online == self._reachable.is_set():
            return
        if connection.online:
            self._hurry.set()
            self._reachable.set()
        else:
            self._reachable.clear()
        self._wake.set()

    def _show(self, traffic: Traffic) -> None:
        self.traffic = traffic
        self.progressed.emit(traffic)

    # -- in the thread -----------------------------------------------------------------------------------------

    def _run(self) -> None:
        failures = 0
        while not self._closing.is_set():
            self._wake.clear()
            delay = 0.0
            try:
                if not self._work():
                    next_one = seconds_to_next(self._ctx) if self._reachable.is_set() else None
                    delay = _IDLE_S if next_one is None else max(0.05, next_one)
                failures = 0
            except ApiError as error:
                failures += 1
                delay = wait_after(error, failures, self._ctx.rng) if error.act == "wait" else _NOT_OURS_S
            except NotReady:
                delay = _NOT_OURS_S
            except Exception as error:  # noqa: BLE001  a fault of ours must not end the lane for good
                if self._closing.is_set():
                    return
                _log.warning("attachments rest: %s", desk_error(error).code)
                delay = _AFTER_SURPRISE_S
            if delay and not self._closing.is_set():
                self._wait(delay, self._wake)

    def _work(self) -> bool:
        """Whatever is to be done now; False where nothing is."""
        if self._hurry.is_set():
            self._hurry.clear()
            hurry(self._ctx)
        if self._untidy.is_set():
            self._untidy.clear()
            tidy(self._ctx)
        if not self._reachable.is_set():
            self._progress(traffic(self._ctx))  # it waits, and is seen to wait
            return False
        return step(self._ctx)

    def _progress(self, now: Traffic) -> None:
        if now != self._told:
            self._told = now
            self._tell(lambda: self._show(now))

    def _tell(self, told: Callable[[], None]) -> None:
        if not self._closing.is_set():
            self._relay.post(told)
