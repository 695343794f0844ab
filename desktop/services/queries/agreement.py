"""Whether what stands here is what the server has, for the status panel and diagnostics. Counts and types, no rows."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec import Struct

from desktop.models.store.agreement import read_agreement
from desktop.models.store.parting import count_parted

from .base import Reader


class AgreementRow(Struct, frozen=True, kw_only=True):
    """``checked_at`` is real time, None before the first comparison; ``differs`` names the types that disagreed then.

    ``due``: a comparison is still to come. ``hidden`` rows wait for it: they left our scope in great number.
    """

    checked_at: datetime | None
    differs: tuple[str, ...]
    due: bool
    hidden: int


def agreement(r: Reader) -> AgreementRow:
    """How we stand."""
    found = read_agreement(r.connection)
    return AgreementRow(
        checked_at=None if found.checked_at is None else datetime.fromtimestamp(found.checked_at, UTC),
        differs=found.differs,
        due=found.due,
        hidden=count_parted(r.connection),
    )
