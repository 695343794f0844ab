"""Taking files along: those of the unit's cases up to a size are fetched and kept; and giving that up again."""

from __future__ import annotations

from sqlalchemy import select

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Attachment, decode_row
from desktop.models.domain.taking_along import Pack
from desktop.models.store import settings, transfers
from desktop.models.store.tables import projection
from desktop.models.store.tables import transfer as transfer_table

from .base import Writer

_FILES = select(projection.c.data).where(projection.c.type == "attachment", projection.c.version > 0)
_MOVING = select(transfer_table.c.id).where(
    transfer_table.c.direction == "down", transfer_table.c.state == "waiting", transfer_table.c.asked == 0
)


def take_along(w: Writer, most_bytes: int) -> Changes:
    """Have every file of at most ``most_bytes`` fetched that is not here; those that come later follow by themselves.

    What is taken is not swept for room while the pack stands.
    """
    now = int(w.now.timestamp())
    known = {row.id: row for row in transfers.every(w.connection)}
    found = (decode_row("attachment", data) for data in w.connection.execute(_FILES).scalars())
    wanted = [
        file for file in found if isinstance(file, Attachment) and 0 < file.size <= most_bytes and file.name
    ]
    for file in wanted:
        row = known.get(file.id)
        if row is None:
            transfers.put(w.connection, transfers.download_of(file, now))
        elif row.direction == "down" and row.state in ("failed", "paused"):
            transfers.change(
                w.connection, row.id, state="waiting", attempts=0, next_try_at=None, code="", used_at=now
            )
        else:
            transfers.change(w.connection, row.id, used_at=now)
    pack = Pack(most_bytes=most_bytes, bytes=sum(file.size for file in wanted), asked_at=w.now)
    settings.put(w.connection, settings.PACK, pack)
    return Changes(
        types=frozenset({"transfer"}),
        ticket_ids=frozenset(file.ticket_id for file in wanted),
    )


def stop_taking(w: Writer) -> Changes:
    """Fetch no more of what was to be taken along; what is here stays, what somebody waits for goes on."""
    settings.forget(w.connection, settings.PACK)
    moving = list(w.connection.execute(_MOVING).scalars())
    if not moving:
        return NO_CHANGES
    transfers.remove(w.connection, moving)
    return Changes(types=frozenset({"transfer"}))
