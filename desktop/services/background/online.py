"""What needs the server at that moment and must not be queued: leases on visits, dialling, reveals, the sample clock.

Runs in the network lane; answers come home like a query's. A held lease is renewed by itself; it is counted from the
moment of *sending*, on the monotonic clock, less a margin, so that nobody dials on a lease the server gave away.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.models.domain.clock import Clock
from desktop.models.domain.profile import LeasePolicy
from desktop.models.domain.wire import AdvanceClock, Lease, Revealed, RevealRequest, ServerMeta

from .errors import DeskError, desk_error
from .tasks import Tasks

_log = logging.getLogger(__name__)

_CLOSE_S = 3.0

Failed = Callable[[DeskError], None]


class Counter(Protocol):
    """The endpoints of the server that stand behind this class; each call blocks and raises with a ``code``."""

    def claim_next(self) -> Lease | None: ...

    def claim(self, visit_id: str) -> Lease: ...

    def renew_lease(self, lease_id: str, epoch: int) -> Lease: ...

    def release_lease(self, lease_id: str) -> None: ...

    def dialling(self, lease_id: str, epoch: int) -> None: ...

    def reveal(self, contact_id: str, request: RevealRequest) -> Revealed: ...

    def advance_clock(self, request: AdvanceClock) -> ServerMeta: ...


class Online(QObject):
    """One lease at a time. ``lease_changed`` carries the Lease held, or None."""

    lease_changed = Signal(object)
    unheard = Signal(object)

    def __init__(
        self, server: Counter, *, clock: Clock, policy: LeasePolicy, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._server = server
        self._clock = clock
        self._policy = policy
        self._tasks = Tasks("network", parent=self)
        self._tasks.unheard.connect(self.unheard)
        self._good_until = 0.0
        self.lease: Lease | None = None
        self._renewal = QTimer(self)
        self._renewal.timeout.connect(self._renew)
        self._expiry = QTimer(self)
        self._expiry.setSingleShot(True)
        self._expiry.timeout.connect(self._check_expiry)

    def claim_next(
        self, owner: QObject, then: Callable[[Lease | None], None], failed: Failed | None = None
    ) -> None:
        """Lease the visits of the person next in the queue; None when nobody waits."""
        self._claim(owner, self._server.claim_next, then, failed)

    def claim(
        self,
        owner: QObject,
        visit_id: str,
        then: Callable[[Lease | None], None],
        failed: Failed | None = None,
    ) -> None:
        """Lease one visit and the others of the same person."""
        self._claim(owner, lambda: self._server.claim(visit_id), then, failed)

    def release(
        self, owner: QObject, then: Callable[[None], None] | None = None, failed: Failed | None = None
    ) -> None:
        """Give the lease back; the number leaves memory at once, whatever the server says."""
        held = self.lease
        self._hold(None)
        if held is not None:
            lease_id = held.lease_id
            self._tasks.run(owner, lambda: self._server.release_lease(lease_id), then, failed)

    def dialling(
        self, owner: QObject, then: Callable[[None], None] | None = None, failed: Failed | None = None
    ) -> None:
        """Tell the server that the call begins; it holds the lease for the length of a call."""
        held = self.lease
        if held is None or not self.lease_holds():
            self._tasks.refuse(owner, DeskError("lease_expired"), failed)
            return
        lease_id, epoch = held.lease_id, held.epoch
        self._tasks.run(owner, lambda: self._server.dialling(lease_id, epoch), then, failed)

    def reveal(
        self,
        owner: QObject,
        request: RevealRequest,
        contact_id: str,
        then: Callable[[Revealed], None],
        failed: Failed | None = None,
    ) -> None:
        """Ask for one value of one person, with its purpose; the server writes it down before it answers."""
        self._tasks.run(owner, lambda: self._server.reveal(contact_id, request), then, failed)

    def advance_clock(
        self,
        owner: QObject,
        to: datetime,
        then: Callable[[ServerMeta], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Move the sample's office time forward to ``to`` (office time, aware)."""
        self._tasks.run(owner, lambda: self._server.advance_clock(AdvanceClock(to=to)), then, failed)

    def lease_holds(self) -> bool:
        """True while the lease held may be acted upon."""
        return self.lease is not None and self._clock.monotonic() < self._good_until

    def close(self) -> None:
        """Give the lease back if that is quick, and end the lane."""
        held = self.lease
        self._hold(None)
        if held is not None:
            lease_id = held.lease_id
            self._tasks.submit(lambda: self._try_release(lease_id))
        self._tasks.close(drain=True, timeout_s=_CLOSE_S)

    def _claim(
        self,
        owner: QObject,
        ask: Callable[[], Lease | None],
        then: Callable[[Lease | None], None],
        failed: Failed | None,
    ) -> None:
        def claim() -> Lease | None:
            sent_at = self._clock.monotonic()
            lease = ask()
            self._tasks.post(lambda: self._hold(lease, sent_at))
            return lease

        self._tasks.run(owner, claim, then, failed)

    def _hold(self, lease: Lease | None, sent_at: float = 0.0) -> None:
        before = self.lease
        self.lease = lease
        if before is not None and lease is not None and before.lease_id != lease.lease_id:
            gone = before.lease_id
            self._tasks.submit(lambda: self._try_release(gone))
        if lease is None:
            self._renewal.stop()
            self._expiry.stop()
        else:
            self._good_until = sent_at + max(0, lease.ttl_s - self._policy.margin_s)
            self._renewal.start(self._policy.renew_s * 1000)
            left = self._good_until - self._clock.monotonic()
            self._expiry.start(max(0, round(left * 1000)))
        if lease != before:
            self.lease_changed.emit(lease)

    def _renew(self) -> None:
        held = self.lease
        if held is None or not self.lease_holds():
            self._check_expiry()
            return
        lease_id, epoch = held.lease_id, held.epoch

        def job() -> None:
            sent_at = self._clock.monotonic()
            try:
                renewed = self._server.renew_lease(lease_id, epoch)
            except Exception as error:  # noqa: BLE001  the lease simply runs out, or is lost now
                code = desk_error(error).code
                self._tasks.post(lambda: self._renewal_failed(lease_id, code))
            else:
                self._tasks.post(lambda: self._renewed(lease_id, renewed, sent_at))

        self._tasks.submit(job)

    def _renewed(self, lease_id: str, renewed: Lease, sent_at: float) -> None:
        held = self.lease
        if held is not None and held.lease_id == lease_id:
            # The server sends the number once, with the grant.
            self._hold(replace(renewed, phone=held.phone, sample=held.sample), sent_at)

    def _renewal_failed(self, lease_id: str, code: str) -> None:
        _log.info("lease not renewed: %s", code)
        if self.lease is not None and self.lease.lease_id == lease_id and code.startswith("lease"):
            self._hold(None)

    def _check_expiry(self) -> None:
        if self.lease is not None and not self.lease_holds():
            self._hold(None)
        elif self.lease is not None:
            left = self._good_until - self._clock.monotonic()
            self._expiry.start(max(50, round(left * 1000)))

    def _try_release(self, lease_id: str) -> None:
        try:
            self._server.release_lease(lease_id)
        except Exception as error:  # noqa: BLE001  it expires by itself
            _log.info("lease not given back: %s", desk_error(error).code)
