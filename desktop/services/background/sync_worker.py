"""The sync thread: one round after another, with a long poll in between, for as long as the session lasts.

It decides *when*; what a round does is the engine's. Everything it learns is told on the GUI thread. Its own transport
is aborted to wake it, so nothing else may share that transport.
"""

from __future__ import annotations

import logging
import math
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Final, NamedTuple

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import Wait
from desktop.models.domain.wire import Presence
from desktop.services.api.errors import ApiError, Busy, Interrupted
from desktop.services.queries.outbox import OutboxCounts, outbox_counts
from desktop.services.sync.context import NotReady, SnapshotProgress, Stopped, SyncContext
from desktop.services.sync.pacing import note_failure, note_success, rest_left
from desktop.services.sync.round import RoundReport, hurry, run_round

from .connection import NO_ANSWER, Connectivity, Failure
from .desk import Desk
from .errors import desk_error
from .progress import Estimate, FirstSync, FirstSyncState
from .relay import Relay

_log = logging.getLogger(__name__)

POLL_S = 25
_QUICK_POLL_S = 2.0
_IDLE_S: Final = (0.1, 0.3, 0.8, 1.5)
"""Pauses after polls that came back early with nothing for us, because somebody else's row changed: the first are
short, so that a change is on the screen within two seconds in the busiest office."""
_AFTER_SURPRISE_S = 30.0
_DRAIN_S = 300.0
"""Between two looks of a program that may no longer read; what it has to send goes out at once."""
_LONGEST_WAIT_S = 3600.0
_CLOSE_S = 5.0
_NOTICED_SKEW_S = 5.0
_PERSON_FIRST: Final = frozenset(
    {"signed_out", "sign_in_expired", "sign_in_refused", "not_signed_in", "token_expired"}
)
"""Codes after which another try is worth nothing until a person has signed in."""


class _Rest(NamedTuple):
    """A pause of so many seconds. A patient one is not ended by new work, only by a click or another network."""

    seconds: float
    patient: bool = False


_NONE: Final = _Rest(0.0)
_FOR_A_PERSON: Final = _Rest(math.inf, patient=True)


class SyncWorker(QObject):
    """Made and driven on the GUI thread. ``start`` begins, ``close`` ends within a few seconds.

    ``progressed`` carries a FirstSync; ``settled`` comes after each round that went well; ``present`` carries the
    Presence that a poll told of. Everything else is in the Desk's connection.
    """

    progressed = Signal(object)
    settled = Signal()
    present = Signal(object)

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
        self._work = threading.Event()
        self._hurry = threading.Event()
        self._closing = threading.Event()
        self._reachable = False
        self._connected = True
        self._idle = 0
        self._first = first
        self._estimate = Estimate()
        self._skew = timedelta(0)
        self._own: dict[int, Changes] = {}  # by identity, held so that no other can have it
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        ctx.on_changes = self._committed
        ctx.on_progress = self._progress
        ctx.on_presence = self._heard
        ctx.memory.presence = ""
        desk.changed.connect(self._take_changes)

    def start(self) -> None:
        """Begin the first round."""
        self._count_waiting()
        self._thread.start()

    @property
    def progress(self) -> FirstSync:
        """How far the first sync is; "done" once rows have been there since the beginning."""
        return self._first

    def show_on(self, show: Callable[[FirstSync], None]) -> None:
        """How far the first sync is, now and whenever that changes."""
        self.progressed.connect(show)
        show(self._first)

    def wake(self) -> None:
        """There is something to send: end the long poll and begin a round, unless one has just failed."""
        self._work.set()
        self._wake.set()
        self._ctx.api.transport.interrupt()

    def sync_now(self) -> None:
        """A click: what was put off is due at once, and a sync that was paused goes on."""
        self._hurry.set()
        self._ctx.stop.clear()
        self._wake.set()
        self._ctx.api.transport.interrupt()

    def network_changed(self, connected: bool = True) -> None:
        """Another network, none (not ``connected``), or the machine has slept: what is open is dead, try at once."""
        self._connected = connected
        self._reachable = False
        self._hurry.set()
        self._wake.set()
        self._ctx.api.transport.abort()
        self._ctx.api.transport.forget_connections()

    def signed_in(self) -> None:
        """The same person has signed in anew: what waited for that goes on."""
        self._connectivity.signed_in(self._ctx.clock.now())
        self._ctx.memory.identified_at = None  # is it still who the store belongs to?
        self.sync_now()

    def pause(self) -> None:
        """Stop the first sync at the next safe point; what has come is kept, :meth:`sync_now` goes on."""
        self._ctx.stop.set()
        self._wake.set()
        self._ctx.api.transport.abort()

    def set_cut(self, cut: bool) -> None:
        """Play a cut network, or end it."""
        self._ctx.api.transport.unplugged = cut
        if cut:
            self._ctx.api.transport.abort()
            self._hurry.set()
            self._wake.set()
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
        own = self._own.pop(id(changes), None) is not None
        if changes.outbox and not own:  # what a round has settled is no reason for another round
            self.wake()

    def _count_waiting(self) -> None:
        self._desk.run_query(self, outbox_counts, self._counted, slot="waiting")

    def _counted(self, counts: OutboxCounts) -> None:
        self._connectivity.counted(counts.waiting, counts.to_settle)

    def _ended_well(self, report: RoundReport) -> None:
        now, synced_at = self._ctx.clock.now(), self._ctx.memory.synced_at
        if not report.may_pull:
            self._connectivity.failed(now, Failure(code="client_too_old"))
        elif synced_at is not None:
            self._connectivity.synced(now, synced_at)
        self._count_waiting()
        if report.may_pull and self._first.state != "done":
            self._first = FirstSync(state="done")
            self.progressed.emit(self._first)
        self.settled.emit()

    # -- in the sync thread ------------------------------------------------------------------------------------

    def _committed(self, changes: Changes) -> None:
        if changes:
            self._own[id(changes)] = changes
            self._desk.committed(changes)

    def _heard(self, presence: Presence) -> None:
        self._tell(lambda: self.present.emit(presence))

    def _run(self) -> None:
        poll = False
        self._rest(self._rest_of_before())
        while not self._closing.is_set():
            poll, rest = self._once(poll)
            self._rest(rest)

    def _rest_of_before(self) -> _Rest:
        """What the program was told to wait when it ran last: a restart is no way round it, a click is."""
        try:
            seconds, code = rest_left(self._ctx)
        except Exception as error:  # noqa: BLE001  a store in trouble is told of by the first round
            desk_error(error)
            return _NONE
        rest = _Rest(seconds, patient=True)
        if seconds:
            self._fail(code, rest)
        return rest

    def _once(self, poll: bool) -> tuple[bool, _Rest]:
        """One round, or its failure; (whether the next one may hold a long poll, how long to rest before it)."""
        if self._ctx.stop.is_set():
            self._pause_first()
            return False, _FOR_A_PERSON
        self._work.clear()
        self._ctx.api.transport.allow_holding()
        try:
            if self._hurry.is_set():
                self._hurry.clear()
                hurry(self._ctx)
            return self._round(poll)
        except (Stopped, Interrupted):
            return False, _NONE  # by us, for a reason that the next turn finds
        except ApiError as error:
            rest = self._rest_after(error)
            self._fail(error.code, rest, error)
        except NotReady as error:
            rest = _FOR_A_PERSON
            self._fail(error.code, rest)
        except Exception as error:  # noqa: BLE001  a fault of ours must not end the sync for good
            code = desk_error(error).code
            # While the disk is almost full only fetching waits: what a person does still goes out at once.
            rest = _Rest(_AFTER_SURPRISE_S, patient=code != "disk_low")
            self._fail(code, rest)
        return False, rest

    def _round(self, poll: bool) -> tuple[bool, _Rest]:
        if not self._reachable:
            at = self._ctx.clock.now()
            self._tell(lambda: self._connectivity.trying(at))
            self._note_first("running")
            # Ask before anything is handed over: what was never in flight can still be taken back.
            self._ctx.api.meta()
        began = self._ctx.clock.monotonic()
        report = run_round(self._ctx, wait_s=POLL_S if poll else 0)
        self._reachable = True
        note_success(self._ctx)
        self._learn_time()
        self._tell(lambda: self._ended_well(report))
        if not report.may_pull:
            self._note_first("waiting")
            return False, _Rest(_DRAIN_S)
        quick = self._ctx.clock.monotonic() - began < _QUICK_POLL_S
        if poll and quick and not report.changes and not report.pushed:
            self._idle = min(self._idle + 1, len(_IDLE_S))
            return True, _Rest(_IDLE_S[self._idle - 1])
        self._idle = 0
        return True, _NONE

    def _rest(self, rest: _Rest) -> None:
        """Until the time is over, or somebody has a reason not to wait for it."""
        clock, paused = self._ctx.clock, self._ctx.stop.is_set()
        until = clock.monotonic() + rest.seconds
        while not self._closing.is_set():
            self._wake.clear()
            due = self._hurry.is_set() or (self._work.is_set() and not rest.patient)
            left = until - clock.monotonic()
            if due or left <= 0 or self._ctx.stop.is_set() != paused:
                return
            self._wait(min(left, _LONGEST_WAIT_S), self._wake)

    def _rest_after(self, error: ApiError) -> _Rest:
        if error.code in _PERSON_FIRST:
            return _FOR_A_PERSON
        try:
            return _Rest(note_failure(self._ctx, error), patient=True)
        except Exception as fault:  # noqa: BLE001  the store met damage while the failure was being written down
            desk_error(fault)
            return _Rest(_AFTER_SURPRISE_S, patient=True)

    def _fail(self, code: str, rest: _Rest, error: ApiError | None = None) -> None:
        self._reachable = False
        self._ctx.memory.presence = ""  # nobody is seen meanwhile: whoever is there is told of again
        if self._hurry.is_set() or self._closing.is_set():
            return  # another try follows at once, and has its own story
        now = self._ctx.clock.now()
        failure = Failure(
            code="no_network" if code in NO_ANSWER and code != "cut" and not self._connected else code,
            next_try_at=now + timedelta(seconds=rest.seconds) if math.isfinite(rest.seconds) else None,
            asked_until=isinstance(error, Busy) and error.retry_after_s is not None,
            request_id=error.request_id if error is not None else "",
            answered=error.answered if error is not None else 0,
        )
        self._learn_time()
        self._tell(lambda: self._connectivity.failed(now, failure))
        self._note_first("waiting")

    def _learn_time(self) -> None:
        """The office's time as far as the server has stated it, and how wrong this machine's clock is."""
        self._desk.set_offset(self._ctx.memory.offset)
        server_time = self._ctx.api.server_time
        skew = server_time.skew if server_time is not None else None
        if skew is not None and abs((skew - self._skew).total_seconds()) > _NOTICED_SKEW_S:
            self._skew = skew
            self._tell(lambda: self._connectivity.skewed(skew))

    # -- the first sync ----------------------------------------------------------------------------------------

    def _pause_first(self) -> None:
        self._note_first("paused")
        self._tell(self._connectivity.resting)

    def _note_first(self, state: FirstSyncState) -> None:
        """While rows have never been complete: whether anything is being done about it."""
        if self._first.state not in ("done", state):
            self._estimate = Estimate()
            self._report(replace(self._first, state=state, seconds_left=None))

    def _progress(self, progress: SnapshotProgress) -> None:
        at = self._ctx.clock.now()
        left = self._estimate.seconds_left(progress.seconds, progress.rows, progress.total)
        state = FirstSync(
            state="done" if progress.done else "running",
            pages=progress.pages,
            rows=progress.rows,
            total=progress.total,
            seconds_left=None if progress.indexes_left else left,
            indexes_left=progress.indexes_left,
        )
        self._tell(lambda: self._connectivity.answered(at))
        self._report(state)

    def _report(self, state: FirstSync) -> None:
        self._first = state
        self._tell(lambda: self.progressed.emit(state))

    def _tell(self, told: Callable[[], None]) -> None:
        if not self._closing.is_set():
            self._relay.post(told)
