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
from desktop.models.domain.wire import (
    AdvanceClock,
    FieldBlock,
    Lease,
    LeaseHolders,
    NewFieldBlock,
    Revealed,
    RevealRequest,
    ServerMeta,
)

from .carried import Carried
from .errors import DeskError, desk_error
from .tasks import Tasks

_log = logging.getLogger(__name__)

_CLOSE_S = 3.0

Failed = Callable[[DeskError], None]


class Counter(Protocol):
    """The endpoints of the server that stand behind this class; each call blocks and raises with a ``code``."""

    def claim_next(self) -> Lease | None: ...

    def claim(self, visit_id: str, takeover_reason: str = "") -> Lease: ...

    def lease_holders(self) -> LeaseHolders: ...

    def take_block(self, asked: NewFieldBlock) -> FieldBlock: ...

    def give_block_back(self, block_id: str) -> None: ...

    def renew_lease(self, lease_id: str, epoch: int) -> Lease: ...

    def release_lease(self, lease_id: str) -> None: ...

    def dialling(self, lease_id: str, epoch: int) -> None: ...

    def reveal(self, contact_id: str, request: RevealRequest) -> Revealed: ...

    def advance_clock(self, request: AdvanceClock) -> ServerMeta: ...


class Online(QObject):
    """One lease at a time. ``lease_changed`` carries the Lease held, or None; ``block_changed`` the Carried, or None.

    Whoever was taken along is leased out of the block, without a word to the server.
    """

    lease_changed = Signal(object)
    block_changed = Signal(object)
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
        self.carried: Carried | None = None
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
        *,
        takeover_reason: str = "",
    ) -> None:
        """Lease one visit and the others of the same person; with a reason a supervisor takes over from a colleague."""
        mine = self._out_of_the_block(visit_id)
        if mine is not None:
            self._claim(owner, lambda: mine, then, failed)
        else:
            self._claim(owner, lambda: self._server.claim(visit_id, takeover_reason), then, failed)

    def ask_holders(
        self, owner: QObject, then: Callable[[LeaseHolders], None], failed: Failed | None = None
    ) -> None:
        """Who has whom in hand."""
        self._tasks.run(owner, self._server.lease_holders, then, failed)

    def take_block(
        self,
        owner: QObject,
        asked: NewFieldBlock,
        then: Callable[[FieldBlock], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Take visits along to be called without a network."""

        def take() -> FieldBlock:
            sent_at = self._clock.monotonic()
            block = self._server.take_block(asked)
            self._tasks.post(lambda: self.carry(Carried(block, self._clock, block.seconds, since=sent_at)))
            return block

        self._tasks.run(owner, take, then, failed)

    def give_block_back(
        self,
        owner: QObject,
        block_id: str,
        then: Callable[[None], None] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Before its time. The numbers leave memory at once; whoever gives back has sent what was recorded."""
        self.carry(None)
        self._tasks.run(owner, lambda: self._server.give_block_back(block_id), then, failed)

    def carry(self, carried: Carried | None) -> None:
        """These visits are taken along now, or none are; a lease out of another block ends."""
        if self._of_block and (carried is None or not carried.has_numbers):
            self._hold(None)
        self.carried = carried
        self.block_changed.emit(carried)

    def drop_numbers(self) -> None:
        """A lock: the numbers go; that the visits are held stays known, to be given back."""
        if self.carried is not None and self.carried.has_numbers:
            self.carry(self.carried.without_numbers())

    def release(
        self, owner: QObject, then: Callable[[None], None] | None = None, failed: Failed | None = None
    ) -> None:
        """Give the lease back; the number leaves memory at once, whatever the server says."""
        held, of_block = self.lease, self._of_block
        self._hold(None)
        if held is not None and not of_block:
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
        if self._of_block:
            self._tasks.run(owner, lambda: None, then, failed)
        else:
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
        held, of_block = self.lease, self._of_block
        self._hold(None)
        if held is not None and not of_block:
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
        before, before_of_block = self.lease, self._of_block
        self.lease = lease
        if (
            before is not None
            and not before_of_block
            and lease is not None
            and before.lease_id != lease.lease_id
        ):
            gone = before.lease_id
            self._tasks.submit(lambda: self._try_release(gone))
        if lease is None:
            self._renewal.stop()
            self._expiry.stop()
        else:
            self._good_until = sent_at + max(0, lease.ttl_s - self._policy.margin_s)
            if self._of_block:
                self._renewal.stop()
            else:
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

    @property
    def _of_block(self) -> bool:
        """Whether the lease held is out of the block that was taken along."""
        carried = self.carried
        return (
            self.lease is not None and carried is not None and self.lease.lease_id == carried.block.block_id
        )

    def _out_of_the_block(self, visit_id: str) -> Lease | None:
        carried = self.carried
        return carried.lease(visit_id) if carried is not None and carried.has_numbers else None

    def _try_release(self, lease_id: str) -> None:
        try:
            self._server.release_lease(lease_id)
        except Exception as error:  # noqa: BLE001  it expires by itself
            _log.info("lease not given back: %s", desk_error(error).code)
