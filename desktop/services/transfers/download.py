"""The way down: ranges of one version of a file into the blobs; here only when every byte is and the hash fits.

The ETag is the hash that the case's row states. Another one means another file: nothing of it is mixed with what is
here already.
"""

from __future__ import annotations

from desktop.models.domain.changes import Changes
from desktop.models.domain.entities import Attachment
from desktop.models.store import transfers
from desktop.models.store.projection import get_row
from desktop.models.store.transfers import Transfer
from desktop.services.api.errors import BadReply, RefusedByServer
from desktop.services.api.files import Part

from .context import TransferContext
from .verdicts import Later, Refused

_PATIENCE = 5
"""So often another file than the row's is met before it is called one; the row's next state may be on its way."""


def advance(ctx: TransferContext, row: Transfer) -> None:
    """One exchange: the next range. Raises Refused and the client's errors."""
    blob = ctx.blobs.begin(row.id, row.size, row.sha256)
    if blob.received < blob.size:
        etag = row.sha256 if row.id in ctx.memory.met else ""
        began = ctx.clock.monotonic()
        part = _fetch(ctx, row, blob.received, etag)
        if part is None or (part.size, part.etag) != (row.size, row.sha256):
            _changed(ctx, row)
            return
        ctx.memory.met.add(row.id)
        if len(part.data) == ctx.memory.pace.chunk:
            ctx.memory.pace.took(ctx.clock.monotonic() - began)
        if ctx.blobs.append(row.id, part.start, part.data) < row.size:
            return
    if blob.complete or ctx.blobs.seal(row.id):
        _arrived(ctx, row)
    elif row.code == "hash_mismatch":
        raise Refused("hash_mismatch")
    else:
        with ctx.store.write() as connection:
            transfers.change(connection, row.id, code="hash_mismatch", done_bytes=0)


def _fetch(ctx: TransferContext, row: Transfer, start: int, etag: str) -> Part | None:
    try:
        return ctx.files.part(row.id, start, ctx.memory.pace.chunk, etag=etag)
    except RefusedByServer as error:
        if error.status == 416:
            return None
        raise
    except BadReply as error:
        if etag and error.code == "reply_too_large":
            return None  # the whole of another version came in the place of a range
        raise


def _changed(ctx: TransferContext, row: Transfer) -> None:
    """The server holds another file under this id: from the start, as the row now states it."""
    ctx.memory.met.discard(row.id)
    with ctx.store.write() as connection:
        now = get_row(connection, ("attachment", row.id))
        if isinstance(now, Attachment) and (now.size, now.sha256) != (row.size, row.sha256):
            transfers.change(connection, row.id, size=now.size, sha256=now.sha256, done_bytes=0, code="")
            return
    ctx.blobs.remove([row.id])
    if row.attempts + 1 >= _PATIENCE:
        raise Refused("content_changed")
    raise Later("content_changed")


def _arrived(ctx: TransferContext, row: Transfer) -> None:
    ctx.memory.met.discard(row.id)
    with ctx.store.write() as connection:
        transfers.change(
            connection,
            row.id,
            state="done",
            done_bytes=row.size,
            code="",
            attempts=0,
            next_try_at=None,
            used_at=int(ctx.office_now().timestamp()),
        )
    ctx.on_changes(
        Changes(
            types=frozenset({"transfer"}),
            keys=frozenset({("transfer", row.id)}),
            ticket_ids=frozenset({row.ticket_id}),
        )
    )
