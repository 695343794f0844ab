"""What would be left behind by whoever signs out now, in numbers. Reads only; decides nothing."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import func, select

from desktop.models.store import data_acts
from desktop.models.store.tables import draft, transfer
from desktop.models.store.transfers import UNFINISHED

from .base import Reader
from .outbox import outbox_counts

_drafts = select(func.count()).select_from(draft)
_files = select(func.count()).where(transfer.c.direction == "up", transfer.c.state.in_(UNFINISHED))


class Unsent(Struct, frozen=True, kw_only=True):
    """Operations that go out by themselves, those that wait for the person, half-written forms, files on their way,
    and exports, prints and copies that the server has not written down."""

    waiting: int = 0
    to_settle: int = 0
    drafts: int = 0
    files: int = 0
    acts: int = 0

    def __bool__(self) -> bool:
        return bool(self.sendable or self.to_settle or self.drafts)

    @property
    def sendable(self) -> int:
        """How much of it the network alone can take away."""
        return self.waiting + self.files + self.acts


def unsent(r: Reader) -> Unsent:
    """All of it, now."""
    counts = outbox_counts(r)
    return Unsent(
        waiting=counts.waiting,
        to_settle=counts.to_settle,
        drafts=int(r.connection.execute(_drafts).scalar_one()),
        files=int(r.connection.execute(_files).scalar_one()),
        acts=data_acts.count(r.connection),
    )
