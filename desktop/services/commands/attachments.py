"""What a person does with files: attach them, pick them for a form, stop, go on, give up, have one fetched.

Bytes are not touched here: they lie in the blobs before a command names them, and are swept after the last name has
gone. The linking operation is made in the same transaction as the file on its way, and waits for it in the outbox.
"""

from __future__ import annotations

from msgspec import Struct

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.domain.entities import Attachment
from desktop.models.domain.fold import Refused
from desktop.models.domain.payloads import AttachmentPayload
from desktop.models.store import outbox, transfers
from desktop.models.store.outbox import PARKED, UNSENT
from desktop.models.store.transfers import Transfer

from .base import Writer
from .outbox import discard_operation, retry_operation


class About(Struct, frozen=True, kw_only=True):
    """What a file belongs to: a row of a case ("note", "finding", "finding_reply", "notice", "urge"), "" the case."""

    ticket_id: str
    type: str = ""
    id: str = ""


class PickedFile(Struct, frozen=True, kw_only=True):
    """A file whose bytes lie in the blobs under ``id``."""

    id: str
    name: str
    size: int
    sha256: str
    media_type: str


def attach_file(w: Writer, file: PickedFile, about: About) -> Changes:
    """Put a file on its way and record that it belongs to ``about``."""
    return _link(w, _transfer(w, file, about.ticket_id), about)


def pick_file(w: Writer, file: PickedFile, ticket_id: str, draft_key: str) -> Changes:
    """Keep a file for the form of this key; nothing is sent before the form is."""
    row = _transfer(w, file, ticket_id, draft_key)
    transfers.put(w.connection, row)
    return _changed(row)


def attach_picked(w: Writer, draft_key: str, about: About) -> Changes:
    """The form was submitted: its files go with what it made."""
    changes = NO_CHANGES
    for row in transfers.of_draft(w.connection, draft_key):
        transfers.remove(w.connection, [row.id])
        changes |= _link(w, row, about)
    return changes


def drop_picked(w: Writer, draft_key: str) -> Changes:
    """The form was thrown away, and its files with it."""
    changes = NO_CHANGES
    for row in transfers.of_draft(w.connection, draft_key):
        transfers.remove(w.connection, [row.id])
        changes |= _changed(row)
    return changes


def cancel_file(w: Writer, file_id: str) -> Changes:
    """Give a file up: a download is forgotten, an upload takes its linking operation with it.

    Raises Refused("not_found"), Refused("already_sent") where the operation has gone out.
    """
    row = _row(w, file_id)
    changes = _changed(row)
    if row.direction == "up" and row.op_id and outbox.get(w.connection, row.op_id) is not None:
        changes |= discard_operation(w, row.op_id)
    transfers.remove(w.connection, [row.id])
    return changes


def pause_file(w: Writer, file_id: str) -> Changes:
    """Stop a file where it is. Raises Refused("not_found")."""
    row = _row(w, file_id)
    if row.state != "waiting":
        return NO_CHANGES
    transfers.change(w.connection, row.id, state="paused", next_try_at=None)
    return _changed(row)


def resume_file(w: Writer, file_id: str) -> Changes:
    """Let a file go on, at once and with a fresh start of patience; a parked operation is queued again with it.

    Raises Refused("not_found").
    """
    row = _row(w, file_id)
    if row.state not in ("paused", "failed", "waiting"):
        return NO_CHANGES
    transfers.change(w.connection, row.id, state="waiting", attempts=0, next_try_at=None, code="", asked=1)
    changes = _changed(row)
    entry = outbox.get(w.connection, row.op_id) if row.op_id else None
    if entry is not None and entry.state in (*PARKED, "suspended"):
        changes |= retry_operation(w, row.op_id)
    return changes


def fetch_file(w: Writer, file_id: str) -> Changes:
    """Have a file of a case fetched, first of all others: a person waits. Raises Refused("not_found")."""
    known = transfers.get(w.connection, file_id)
    if known is not None:
        return NO_CHANGES if known.state == "done" else resume_file(w, file_id)
    file = w.row("attachment", file_id)
    if not isinstance(file, Attachment):
        raise Refused("not_found", "/entity_id")
    row = transfers.download_of(file, int(w.now.timestamp()), asked=True)
    transfers.put(w.connection, row)
    return _changed(row)


def note_use(w: Writer, file_id: str) -> Changes:
    """A file was looked at: it stays here for another while."""
    transfers.change(w.connection, file_id, used_at=int(w.now.timestamp()))
    return NO_CHANGES


def _link(w: Writer, row: Transfer, about: About) -> Changes:
    """One transaction: the file on its way and the operation that waits for it."""
    payload = AttachmentPayload(
        ticket_id=about.ticket_id,
        upload_id=row.id,
        name=row.name,
        size=row.size,
        sha256=row.sha256,
        media_type=row.media_type,
        about_type=about.type,  # type: ignore[arg-type]  # the struct checks it when it is read
        about_id=about.id,
    )
    changes = w.submit("attachment.link", row.id, payload, depends_on=_made_by(w, about))
    entry = outbox.of_entity(w.connection, ("attachment", row.id))[-1]
    transfers.put(
        w.connection,
        Transfer(
            id=row.id,
            direction="up",
            ticket_id=about.ticket_id,
            op_id=entry.op_id,
            name=row.name,
            media_type=row.media_type,
            size=row.size,
            sha256=row.sha256,
            created_at=row.created_at,
            used_at=row.used_at,
        ),
    )
    return changes | _changed(row)


def _made_by(w: Writer, about: About) -> tuple[str, ...]:
    """The operation that makes the row a file belongs to, while the server does not have it."""
    row = w.row(about.type, about.id) if about.type else None
    if row is None or row.version > 0:
        return ()
    unsent = [e for e in outbox.folded_into(w.connection, (about.type, about.id)) if e.state in UNSENT]
    return (unsent[0].op_id,) if unsent else ()


def _transfer(w: Writer, file: PickedFile, ticket_id: str, draft_key: str = "") -> Transfer:
    now = int(w.now.timestamp())
    return Transfer(
        id=file.id,
        direction="up",
        ticket_id=ticket_id,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        state="picked",
        draft_key=draft_key,
        created_at=now,
        used_at=now,
    )


def _row(w: Writer, file_id: str) -> Transfer:
    row = transfers.get(w.connection, file_id)
    if row is None:
        raise Refused("not_found", "/entity_id")
    return row


def _changed(row: Transfer) -> Changes:
    return Changes(
        types=frozenset({"transfer"}),
        keys=frozenset({("transfer", row.id)}),
        ticket_ids=frozenset({row.ticket_id} - {""}),
    )
