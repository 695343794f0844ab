"""Guidance (工作提示, 提醒函): what was sent to whom, and who has said that they read it.

The office sees every unit's receipts, a liaison those of their own units: more is not in their store.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, select

from desktop.models.domain.entities import Guidance, GuidanceReceipt, Row
from desktop.models.domain.privacy import viewer_of
from desktop.models.store.tables import projection

from .base import Reader

R = TypeVar("R", bound=Row)

_ROWS = select(projection.c.data, projection.c.pending).where(
    projection.c.type == bindparam("t"), projection.c.ticket_id == ""
)


class GuidanceLine(Struct, frozen=True, kw_only=True):
    """One document. ``receipts`` by time; ``to_read`` = one of this person's units has not confirmed it yet.

    ``units`` are those addressed, for a liaison their own among them. ``pending`` = something of it waits to be sent.
    """

    guidance: Guidance
    receipts: tuple[GuidanceReceipt, ...]
    units: tuple[str, ...]
    to_read: bool
    pending: bool

    @property
    def read_by(self) -> frozenset[str]:
        """The units that have confirmed."""
        return frozenset(receipt.unit_id for receipt in self.receipts)


def guidance_lines(r: Reader) -> tuple[GuidanceLine, ...]:
    """Every document this person has: what is to be read first, then the newest."""
    letters = list(_read(r, "guidance", Guidance))
    receipts: dict[str, list[GuidanceReceipt]] = {}
    waiting: set[str] = set()
    for receipt, pending in _read(r, "guidance_receipt", GuidanceReceipt):
        receipts.setdefault(receipt.guidance_id, []).append(receipt)
        if pending:
            waiting.add(receipt.guidance_id)
    office = viewer_of(r.me).office
    lines = []
    for guidance, pending in letters:
        got = tuple(sorted(receipts.get(guidance.id, ()), key=lambda each: (each.at, each.id)))
        mine = set(guidance.unit_ids) & set(r.me.unit_ids)
        unread = mine - {each.unit_id for each in got}
        lines.append(
            GuidanceLine(
                guidance=guidance,
                receipts=got,
                units=guidance.unit_ids if office else tuple(sorted(mine)),
                to_read=bool(unread) and guidance.withdrawn_at is None,
                pending=pending or guidance.id in waiting,
            )
        )
    lines.sort(key=lambda line: (line.to_read, line.guidance.at, line.guidance.id), reverse=True)
    return tuple(lines)


def to_read_count(r: Reader) -> int:
    """How many documents wait for this person's units to confirm them."""
    return sum(line.to_read for line in guidance_lines(r)) if r.me.unit_ids else 0


def _read(r: Reader, entity_type: str, kind: type[R]) -> Iterable[tuple[R, bool]]:
    decode = msgspec.json.Decoder(kind).decode
    for row in r.all(_ROWS, {"t": entity_type}):
        yield decode(row.data), bool(row.pending)
