"""The sync thread: one round after another, with a long poll in between, for as long as the session lasts.

It decides *when*; what a round does is the engine's. Everything it learns is told on the GUI thread. Its own transport
is aborted to wake it, so nothing else may share that transport.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import Wait
from desktop.services.api.errors import ApiError
from desktop.services.queries.outbox import OutboxCounts, outbox_counts
from desktop.services.sync.backoff import wait_after
from desktop.services.sync.context import NotReady, SnapshotProgress, Stopped, SyncContext
from desktop.services.sync.round import RoundReport, hurry, run_round

from .connection import Connectivity
from .desk import Desk
from .errors import desk_error
from .progress import Estimate, FirstSync
from .relay import Relay

_log = logging.getLogger(__name__)

POLL_S = 25
_LEAST_BETWEEN_POLLS_S = 2.0
_AFTER_SURPRISE_S = 30.0
_PAUSED_S = 3600.0
_CLOSE_S = 5.0


class SyncWorker(QObject):
    """Made and driven on the GUI thread. ``start`` begins, ``close`` ends within a few seconds.

    ``progressed`` carries a FirstSync; ``settled`` comes after each round that went well; ``halted`` carries the code
    of what only a person can mend (the store belongs to somebody else), after which no round follows.
    """

    progressed = Signal(object)
    settled = Signal()
    halted = Signal(str)

    def __init__(
        self,
        ctx: SyncContext,
        desk: Desk,
        *,
        wait: Wait,
        first: FirstSync,
        parent: QObject | None = None,
    ) -> None:
        """``first``: how the first sync stands before the first round."""
        super().__init__(parent)
        self._ctx = ctx
        self._desk = desk
        self._wait = wait
        self._relay = Relay(self)
        self._connectivity = Connectivity(desk.set_connection, desk.connection)
        self._wake = threading.Event()
        self._hurry = threading.Event()
        self._closing = threading.Event()
        self._held = False
        self._reachable = False
        self._first = first
        self._estimate = Estimate()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        ctx.on_changes = desk.committed
        ctx.on_progress = self._progress
        desk.changed.connect(self._take_changes)

    def start(self) -> None:
        """Begin the first round."""
        self._count_waiting()
        self._thread.start()

    @property
    def progress(self) -> FirstSync:
        """How far the first sync is; "done" once rows have been there since the beginning."""
        return self._first

    def wake(self) -> None:
        """There is something to send: end the long poll and begin a round."""
        self._wake.set()
        if self._held:
            self._ctx.api.transport.abort()

    def sync_now(self) -> None:
        """A click: what was put off is due at once, and a sync that was paused goes on."""
        self._hurry.set()
        self._ctx.stop.clear()
        self.wake()

    def pause(self) -> None:
        """Stop the first sync at the next safe point; what has come is kept, :meth:`sync_now` goes on."""
        self._ctx.stop.set()
        self._ctx.api.transport.abort()

    def set_cut(self, cut: bool) -> None:
        """Play a cut network, or end it."""
        self._ctx.api.transport.unplugged = cut
        if cut:
            self._wake.set()
            self._ctx.api.transport.abort()
        else:
            self.sync_now()

    def close(self) -> bool:
        """End the thread; True when it has ended in time."""
        self._desk.changed.disconnect(self._take_changes)
        self._closing.set()
        self._ctx.stop.set()
        self._wake.set()
        self._ctx.api.transport.close()
        if not self._thread.is_alive():
            return True
        self._thread.join(_CLOSE_S)
        return not self._thread.is_alive()

    # -- on the GUI thread -------------------------------------------------------------------------------------

    def _take_changes(self, changes: Changes) -> None:
        if changes.outbox or changes.everything:
            self._count_waiting()
        if changes.outbox:
            self.wake()

    def _count_waiting(self) -> None:
        self._desk.run_query(self, outbox_counts, self._counted, slot="waiting")

    def _counted(self, counts: OutboxCounts) -> None:
        self._connectivity.waiting(counts.waiting)

    def _ended_well(self, report: RoundReport) -> None:
        synced_at = self._ctx.memory.synced_at
        if not report.may_pull:
            self._connectivity.failed("client_too_old")
        elif synced_at is not None:
            self._connectivity.synced(synced_at)
        self._count_waiting()
        if self._first.state != "done":
            self._first = FirstSync(state="done")
            self.progressed.emit(self._first)
        self.settled.emit()

    # -- in the sync thread ------------------------------------------------------------------------------------

    def _run(self) -> None:
        failures = 0
        poll = False
        while not self._closing.is_set():
            self._wake.clear()
            delay = 0.0
            try:
                poll, delay = self._round(poll)
                failures = 0
            except Stopped:
                if self._closing.is_set():
                    return
                self._rest_paused()
                poll = False
            except ApiError as error:
                poll = False
                if self._closing.is_set() or (self._wake.is_set() and self._is_interrupted(error)):
                    continue
                if self._ctx.stop.is_set():
                    self._rest_paused()
                    continue
                failures += 1
                self._reachable = False
                self._fail(error.code)
                delay = wait_after(error, failures, self._ctx.rng)
            except NotReady as error:
                self._halt(error.code)
                return
            except Exception as error:  # noqa: BLE001  a fault of ours must not end the sync for good
                poll = False
                self._fail(desk_error(error).code)
                delay = _AFTER_SURPRISE_S
            if delay and not self._closing.is_set():
                self._wait(delay, self._wake)

    def _round(self, poll: bool) -> tuple[bool, float]:
        """One round; (whether the next one may hold a long poll, seconds to wait before it)."""
        if self._hurry.is_set():
            self._hurry.clear()
            hurry(self._ctx)
        if not self._reachable:
            self._tell(self._connectivity.trying)
            # Ask before anything is handed over: what was never in flight can still be taken back.
            self._ctx.api.meta()
        began = self._ctx.clock.monotonic()
        self._held = poll
        try:
            report = run_round(self._ctx, wait_s=POLL_S if poll else 0)
        finally:
            self._held = False
        self._reachable = True
        self._desk.set_offset(self._ctx.memory.offset)
        self._tell(lambda: self._ended_well(report))
        quick = self._ctx.clock.monotonic() - began < _LEAST_BETWEEN_POLLS_S
        idle = poll and quick and not report.changes and not report.pushed
        return True, _LEAST_BETWEEN_POLLS_S if idle else 0.0

    def _is_interrupted(self, error: ApiError) -> bool:
        """True where we ended the exchange ourselves in order to send something."""
        return error.act == "wait" and not self._ctx.api.transport.unplugged

    def _rest_paused(self) -> None:
        """Until somebody says go on."""
        self._report(replace(self._first, state="paused", seconds_left=None))
        self._estimate = Estimate()
        while self._ctx.stop.is_set() and not self._closing.is_set():
            self._wake.clear()
            self._wait(_PAUSED_S, self._wake)

    def _halt(self, code: str) -> None:
        self._tell(lambda: self.halted.emit(code))

    def _fail(self, code: str) -> None:
        known = "cut" if self._ctx.api.transport.unplugged else code
        self._tell(lambda: self._connectivity.failed(known))

    def _progress(self, progress: SnapshotProgress) -> None:
        left = self._estimate.seconds_left(progress.seconds, progress.rows, progress.total)
        state = FirstSync(
            state="done" if progress.done else "running",
            pages=progress.pages,
            rows=progress.rows,
            total=progress.total,
            seconds_left=left,
        )
        self._tell(self._connectivity.reached)
        self._report(state)

    def _report(self, state: FirstSync) -> None:
        self._first = state
        self._tell(lambda: self.progressed.emit(state))

    def _tell(self, told: Callable[[], None]) -> None:
        if not self._closing.is_set():
            self._relay.post(told)
