"""A person's own words about cases that are no longer theirs, to hand over or throw away. Reads only.

See ``commands/quarantine.py``. What waits for its person on a case they still have is in ``queries/outbox.py``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from desktop.models.store.projection import has_ticket
from desktop.models.store.quarantine import lost_texts

from .base import Reader

DRAFT = "draft"


class QuarantineRow(Struct, frozen=True, kw_only=True):
    """One text. ``kind`` is the operation's, or "draft" for a form that was never sent.

    ``reason`` says how the case went: "out_of_scope" the server refused the operation, "evicted" the case was taken
    away first. ``ticket_number`` is "" where it was never known. ``texts`` are the person's words as (field, text);
    ``came_back`` = the case is on this desktop again. ``at`` is office time.
    """

    id: int
    op_id: str
    kind: str
    ticket_id: str
    ticket_number: str
    reason: Literal["out_of_scope", "evicted"]
    at: datetime
    texts: tuple[tuple[str, str], ...]
    came_back: bool


def quarantined(r: Reader) -> tuple[QuarantineRow, ...]:
    """Everything that waits, the latest first; a form whose case has come back waits on the case itself."""
    rows = []
    for kept in lost_texts(r.connection):
        came_back = has_ticket(r.connection, kept.ticket_id)
        if came_back and kept.op is None:
            continue
        rows.append(
            QuarantineRow(
                id=kept.id,
                op_id=kept.op_id,
                kind=kept.op.kind if kept.op is not None else DRAFT,
                ticket_id=kept.ticket_id,
                ticket_number=kept.number,
                reason="out_of_scope" if kept.reason == "out_of_scope" else "evicted",
                at=datetime.fromtimestamp(kept.at_s, r.profile.zone()),
                texts=kept.words,
                came_back=came_back,
            )
        )
    return tuple(rows)


def quarantine_count(r: Reader) -> int:
    """How many texts wait."""
    return len(quarantined(r))
