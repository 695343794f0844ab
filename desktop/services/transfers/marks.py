"""How far a file has come, as far as this desktop knows."""

from __future__ import annotations

from desktop.models.store.transfers import Transfer

from .context import TransferContext


def done_bytes(ctx: TransferContext, row: Transfer) -> int:
    """Bytes at the other end of an upload, bytes here of a download; what was written down where nothing is known."""
    if row.direction == "up":
        return ctx.memory.offsets.get(row.id, row.done_bytes)
    blob = ctx.blobs.get(row.id)
    return blob.received if blob is not None else 0
