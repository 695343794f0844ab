"""Visits taken along to be called without a network: whom, with which number, and for how long yet.

The time is counted from the moment of *asking* on the monotonic clock, so that no wrong wall clock prolongs it. Knows
neither store nor server; ``Online`` grants leases out of it, ``field_desk`` keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from desktop.models.domain.carrying import KeptBlock
from desktop.models.domain.clock import Clock
from desktop.models.domain.wire import FieldBlock, Lease


class Carried:
    """One field block in the hands of its owner. ``left_s`` is how many seconds it is good for yet."""

    def __init__(self, block: FieldBlock, clock: Clock, left_s: float, *, since: float | None = None) -> None:
        self.block = block
        self._clock = clock
        began = clock.monotonic() if since is None else since
        self.good_until = began + left_s

    @classmethod
    def of_kept(cls, kept: KeptBlock, clock: Clock) -> Carried:
        """As the store kept it: what passed meanwhile counts; a wall clock that went back ends it."""
        passed = (clock.now() - kept.at).total_seconds()
        left = kept.seconds - passed if passed >= 0 else 0.0
        return cls(kept.block, clock, min(left, (kept.block.until - clock.now()).total_seconds()))

    def kept(self) -> KeptBlock:
        """To be written down."""
        return KeptBlock(block=self.block, seconds=self.left_s, at=self._clock.now())

    @property
    def left_s(self) -> float:
        """Never below zero."""
        return max(0.0, self.good_until - self._clock.monotonic())

    @property
    def callable(self) -> bool:
        """Whether a call may begin: the time is not over, and the numbers are here."""
        return self.left_s > 0 and bool(self.block.calls)

    def visit_ids(self) -> tuple[str, ...]:
        """Every visit of it, person by person."""
        return tuple(visit.visit_id for call in self.block.calls for visit in call.visits)

    def ticket_ids(self) -> tuple[str, ...]:
        """Their cases."""
        return tuple(visit.ticket_id for call in self.block.calls for visit in call.visits)

    def lease(self, visit_id: str) -> Lease | None:
        """The person of this visit, as a lease that lasts as long as the block; None where they are not in it."""
        if not self.callable:
            return None
        for call in self.block.calls:
            if any(visit.visit_id == visit_id for visit in call.visits):
                first = tuple(v for v in call.visits if v.visit_id == visit_id)
                others = tuple(v for v in call.visits if v.visit_id != visit_id)
                return Lease(
                    lease_id=self.block.block_id,
                    epoch=self.block.epoch,
                    ttl_s=round(self.left_s),
                    visits=first + others,
                    phone=call.phone,
                    sample=call.sample,
                )
        return None

    def without_numbers(self) -> Carried:
        """The same, once its numbers had to go: it can only be given back."""
        calls = tuple(replace(call, phone="") for call in self.block.calls)
        emptied = Carried(replace(self.block, calls=calls), self._clock, 0.0)
        emptied.good_until = self.good_until
        return emptied

    @property
    def has_numbers(self) -> bool:
        """False once a lock has taken them."""
        return any(call.phone for call in self.block.calls)


def first_of(carried: Carried | None, visit_ids: Iterable[str]) -> str:
    """The first of these visits that may be called out of the block, "" = none."""
    if carried is None or not carried.callable or not carried.has_numbers:
        return ""
    mine = set(carried.visit_ids())
    return next((visit_id for visit_id in visit_ids if visit_id in mine), "")
