"""The store, the outbox and the blobs brought into agreement: at the start and after whatever may have parted them.

The store decides. A file whose case or operation has gone is forgotten, then its bytes are removed; bytes that nothing
names are removed; a file without its bytes is never shown as here. Safe at any time and after any crash: each run ends
in the same state, and one that finds nothing to do writes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Attachment, decode_row
from desktop.models.domain.taking_along import Pack
from desktop.models.store import outbox, settings, transfers
from desktop.models.store.outbox import PARKED, UNSENT, Entry
from desktop.models.store.tables import outbox as outbox_table
from desktop.models.store.tables import projection
from desktop.models.store.transfers import Transfer

from .context import TransferContext
from .lane import changed, refuse

_made_here = select(outbox_table.c.op_id).where(outbox_table.c.kind == "attachment.link")
_LOST_THERE = ("unknown_upload", "upload_incomplete")
_MOST_PREFETCHED = 50


def tidy(ctx: TransferContext) -> None:
    """See the module. Tells ``on_changes`` what a screen should look at again."""
    changes = _adopt(ctx) | _agree(ctx)
    _look_for_bytes(ctx)
    _sweep(ctx)
    changes |= _prefetch(ctx)
    if changes:
        ctx.on_changes(changes)


@dataclass
class _Verdict:
    """What is to become of which rows: forgotten, tried again, sent anew because the server lost it, called done."""

    gone: list[Transfer] = field(default_factory=list)
    again: list[Transfer] = field(default_factory=list)
    lost: list[Transfer] = field(default_factory=list)
    done: list[Transfer] = field(default_factory=list)

    def rows(self) -> list[Transfer]:
        return [*self.gone, *self.again, *self.lost, *self.done]


def _adopt(ctx: TransferContext) -> Changes:
    """A linking operation without a file on its way: the store was rebuilt from what could be read of the old one."""
    with ctx.store.read() as connection:
        entries = [
            e for e in outbox.in_states(connection, (*UNSENT, *PARKED)) if e.op.kind == "attachment.link"
        ]
        orphans = [e for e in entries if transfers.get(connection, str(e.op.payload["upload_id"])) is None]
    if not orphans:
        return NO_CHANGES
    rows = [upload_of(entry, int(entry.op.client_time.timestamp())) for entry in orphans]
    with ctx.store.write() as connection:
        for row in rows:
            if transfers.get(connection, row.id) is None:
                transfers.put(connection, row)
    return Changes(types=frozenset({"transfer"}), ticket_ids=frozenset(row.ticket_id for row in rows))


def _agree(ctx: TransferContext) -> Changes:
    """Rows of ``transfer`` with the outbox and the cases."""
    with ctx.store.read() as connection:
        if not _judge(ctx, connection).rows():
            return NO_CHANGES
    with ctx.store.write() as connection:
        verdict = _judge(ctx, connection)
        transfers.remove(connection, [row.id for row in verdict.gone])
        for row in (*verdict.again, *verdict.lost):
            transfers.change(
                connection, row.id, state="waiting", attempts=0, next_try_at=None, done_bytes=0, code=""
            )
        for row in verdict.lost:
            outbox.set_state(connection, row.op_id, "queued")
        for row in verdict.done:
            transfers.change(connection, row.id, state="done", code="", next_try_at=None)
    changes = NO_CHANGES
    for row in verdict.rows():
        ctx.memory.offsets.pop(row.id, None)
        changes |= changed(row, outbox_too=True)
    return changes


def _judge(ctx: TransferContext, connection: Connection) -> _Verdict:
    rows = transfers.every(connection)
    linked = transfers.linked(connection, [row.id for row in rows])
    verdict = _Verdict()
    for row in rows:
        if row.state == "picked":
            continue  # a form's; only the person throws it away
        if row.direction == "down":
            if row.id not in linked:
                verdict.gone.append(row)
        else:
            _judge_upload(connection, row, linked=row.id in linked, verdict=verdict)
    gone = {row.id for row in verdict.gone}
    pack = settings.get(connection, settings.PACK, Pack)
    keep = ctx.keep_bytes + (pack.bytes if pack is not None else 0)
    verdict.gone += _too_much(connection, [row for row in rows if row.id not in gone], keep)
    return verdict


def _judge_upload(connection: Connection, row: Transfer, *, linked: bool, verdict: _Verdict) -> None:
    entry = outbox.get(connection, row.op_id)
    if entry is None or entry.state in ("applied", "discarded"):
        discarded = entry is not None and entry.state == "discarded"
        if discarded or not linked:
            verdict.gone.append(row)
        elif row.state != "done":
            verdict.done.append(row)
    elif entry.state in UNSENT and row.state == "failed":
        verdict.again.append(row)
    elif entry.state == "queued" and row.state == "done" and entry.code in _LOST_THERE:
        verdict.lost.append(row)


def _too_much(connection: Connection, rows: list[Transfer], keep: int) -> list[Transfer]:
    """What nobody looked at for longest, past ``keep`` bytes of files that the server has too.

    By order and not by age: a clock that jumps a year must not empty the shelf of somebody who is offline.
    """
    known = set(connection.execute(_made_here).scalars())
    fetched = [row for row in rows if row.state == "done" and row.op_id not in known]
    fetched.sort(key=lambda row: (row.used_at, row.id), reverse=True)
    total, over = 0, []
    for row in fetched:
        total += row.size
        if total > keep:
            over.append(row)
    return over


def _look_for_bytes(ctx: TransferContext) -> None:
    """A file that should be here and is not: fetched again, or its upload ends in words."""
    blobs = ctx.blobs.all()
    with ctx.store.read() as connection:
        rows = transfers.every(connection)
    for row in rows:
        blob = blobs.get(row.id)
        if blob is not None and blob.complete and (blob.size, blob.sha256) == (row.size, row.sha256):
            continue
        if row.direction == "down":
            if row.state == "done":
                _forget(ctx, row)
        elif row.state == "picked" or (row.state == "done" and _is_settled(ctx, row)):
            _forget(ctx, row)
        elif row.state == "done":
            continue  # the server has it, and the operation goes out
        elif row.state != "failed" or row.code != "bytes_lost":
            refuse(ctx, row, "bytes_lost")


def _is_settled(ctx: TransferContext, row: Transfer) -> bool:
    with ctx.store.read() as connection:
        entry = outbox.get(connection, row.op_id)
    return entry is None or entry.state not in UNSENT


def _forget(ctx: TransferContext, row: Transfer) -> None:
    with ctx.store.write() as connection:
        transfers.remove(connection, [row.id])
    ctx.on_changes(changed(row))


def _sweep(ctx: TransferContext) -> None:
    """Bytes that nothing names: removed after what named them."""
    ids = ctx.blobs.all()
    if not ids:
        return
    held = ctx.blobs.held_ids()  # before the names are read: whoever lets go has written its name
    with ctx.store.read() as connection:
        named = {row.id for row in transfers.every(connection)}
    orphans = [blob_id for blob_id in ids if blob_id not in named and blob_id not in held]
    ctx.blobs.remove(orphans)


def _prefetch(ctx: TransferContext) -> Changes:
    """Files of a unit's own cases, to be read without a network: small ones, and as large as it takes along."""
    if ctx.prefetch_bytes <= 0:
        return NO_CHANGES
    with ctx.store.read() as connection:
        me = settings.me(connection)
        if me is None or not me.unit_ids:
            return NO_CHANGES
        pack = settings.get(connection, settings.PACK, Pack)
        most = max(ctx.prefetch_bytes, pack.most_bytes if pack is not None else 0)
        known = {row.id for row in transfers.every(connection)}
        found = connection.execute(
            select(projection.c.data)
            .where(projection.c.type == "attachment", projection.c.version > 0)
            .order_by(projection.c.id.desc())
            .limit(4 * _MOST_PREFETCHED)
        ).scalars()
        files = [row for data in found if isinstance(row := decode_row("attachment", data), Attachment)]
    now = int(ctx.office_now().timestamp())
    wanted = [f for f in files if f.id not in known and 0 < f.size <= most and f.name]
    recent = wanted[:_MOST_PREFETCHED]
    if not recent:
        return NO_CHANGES
    with ctx.store.write() as connection:
        here = transfers.linked(connection, [f.id for f in recent])
        for file in recent:
            if file.id in here and transfers.get(connection, file.id) is None:
                transfers.put(connection, transfers.download_of(file, now))
    return Changes(types=frozenset({"transfer"}), ticket_ids=frozenset(f.ticket_id for f in recent))


def upload_of(entry: Entry, now: int) -> Transfer:
    """The row that sends the file of a linking operation; ``now`` is office time in seconds."""
    payload = entry.op.payload
    return Transfer(
        id=str(payload["upload_id"]),
        direction="up",
        ticket_id=entry.ticket_id or str(payload["ticket_id"]),
        op_id=entry.op_id,
        name=str(payload["name"]),
        media_type=str(payload.get("media_type", "")),
        size=int(payload["size"]),
        sha256=str(payload["sha256"]),
        state="waiting" if entry.state in UNSENT else "failed",
        created_at=now,
    )
