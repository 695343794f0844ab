"""The way up: announce, send from the offset the server names, until it has judged the whole.

The server's word on the offset counts, also when it is lower than ours: it was restored, or it swept the file. Nothing
is taken for arrived before the server says complete; only then may the linking operation be sent.
"""

from __future__ import annotations

from desktop.models.domain.changes import Changes
from desktop.models.domain.wire import NewUpload
from desktop.models.store import transfers
from desktop.models.store.transfers import Transfer
from desktop.services.api.errors import BadReply, RefusedByServer

from .context import TransferContext
from .verdicts import Later, Refused


def advance(ctx: TransferContext, row: Transfer) -> None:
    """One exchange: the announcement, or the next chunk. Raises Refused and the client's errors."""
    known = ctx.memory.offsets.get(row.id)
    if known is None:
        _announce(ctx, row)
        return
    data = ctx.blobs.read(row.id, known, ctx.memory.pace.chunk)
    if not data and known < row.size:
        raise Refused("bytes_lost")
    began = ctx.clock.monotonic()
    try:
        sent = ctx.files.send(row.id, known, data)
    except RefusedByServer as error:
        _look_again(ctx, row, error)
        return
    if len(data) == ctx.memory.pace.chunk:
        ctx.memory.pace.took(ctx.clock.monotonic() - began)
    if not 0 <= sent.offset <= row.size:
        raise BadReply
    ctx.memory.offsets[row.id] = sent.offset
    if sent.complete:
        _arrived(ctx, row)
    elif row.attempts:
        with ctx.store.write() as connection:
            transfers.change(connection, row.id, attempts=0, next_try_at=None)


def _announce(ctx: TransferContext, row: Transfer) -> None:
    new = NewUpload(id=row.id, ticket_id=row.ticket_id, name=row.name, size=row.size, sha256=row.sha256)
    try:
        upload = ctx.files.announce(new)
    except RefusedByServer as error:
        if (
            error.status == 404
        ):  # the case is no longer ours; the operation is parked as the server would park it
            raise Refused("out_of_scope", "out_of_scope") from error
        raise
    if upload.offset > row.size:
        raise BadReply
    ctx.memory.offsets[row.id] = upload.offset
    if upload.complete:
        _arrived(ctx, row)


def _look_again(ctx: TransferContext, row: Transfer, error: RefusedByServer) -> None:
    """The server does not know the upload any more, or what it received does not fit its hash: from the start, once."""
    ctx.memory.offsets.pop(row.id, None)
    if error.status == 404:
        if row.code == "unknown_upload":
            raise Later("unknown_upload")  # twice in a row is no restore: wait before asking again
        _note(ctx, row, "unknown_upload")
        return
    if error.code != "hash_mismatch":
        raise error
    if ctx.blobs.digest(row.id) != row.sha256:
        raise Refused("bytes_lost")
    if row.code == "hash_mismatch":
        raise Refused("hash_mismatch")
    _note(ctx, row, "hash_mismatch")


def _note(ctx: TransferContext, row: Transfer, code: str) -> None:
    with ctx.store.write() as connection:
        transfers.change(connection, row.id, code=code, done_bytes=0)


def _arrived(ctx: TransferContext, row: Transfer) -> None:
    ctx.memory.offsets.pop(row.id, None)
    with ctx.store.write() as connection:
        transfers.change(
            connection, row.id, state="done", done_bytes=row.size, code="", attempts=0, next_try_at=None
        )
    # The operation that waited for it may go now.
    ctx.on_changes(
        Changes(
            types=frozenset({"transfer"}),
            keys=frozenset({("transfer", row.id)}),
            ticket_ids=frozenset({row.ticket_id}),
            outbox=True,
        )
    )
