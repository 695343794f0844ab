"""Attachments on their way in and out: created with size and hash, sent in chunks, read in ranges.

Bytes lie in rows beside everything else, so that one backup holds all. What an upload belongs to is decided by the
operation that links it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.engine import Connection

from desktop.models.domain.clock import Clock
from desktop.models.domain.privacy import Viewer
from desktop.models.domain.wire import NewUpload, Upload

from .config import LIMITS
from .database import Database
from .problems import ProblemError, field_error, not_found
from .scope_sql import visible
from .tables import entity, upload, upload_chunk
from .tokens import Session

_EMPTY = sha256(b"").hexdigest()


@dataclass(frozen=True)
class Content:
    """A complete file: ``name`` is only for display, ``sha256`` its ETag."""

    id: str
    name: str
    size: int
    sha256: str


class Uploads:
    """The files of one database. ``clock`` is real time."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def create(self, session: Session, new: NewUpload) -> tuple[Upload, bool]:
        """Announce a file; True where it was not known. Asking again answers with its present state.

        Raises 404 for a ticket outside scope, 409 for an id that stands for another file.
        """
        with self._database.write() as tx:
            _check_ticket(tx.connection, session.account.viewer, new.ticket_id)
            found = tx.connection.execute(select(upload).where(upload.c.id == new.id)).first()
            if found is not None:
                same = (found.person_id, found.ticket_id, found.size, found.sha256)
                if same != (session.account.person_id, new.ticket_id, new.size, new.sha256):
                    raise ProblemError(409, "id_reused")
                return _state(found), False
            if new.size == 0 and new.sha256 != _EMPTY:
                raise field_error(422, "hash_mismatch", "/sha256", "hash_mismatch")
            tx.connection.execute(
                insert(upload).values(
                    id=new.id,
                    ticket_id=new.ticket_id,
                    person_id=session.account.person_id,
                    name=new.name,
                    size=new.size,
                    sha256=new.sha256,
                    received=0,
                    complete=new.size == 0,
                    attachment_id="",
                    created_at=self._clock.now(),
                )
            )
        return Upload(id=new.id, offset=0, size=new.size, complete=new.size == 0), True

    def state(self, session: Session, upload_id: str) -> Upload:
        """How far an own upload has come. Raises 404."""
        with self._database.read() as connection:
            return _state(_own(connection, session, upload_id))

    def append(self, session: Session, upload_id: str, offset: int, data: bytes) -> Upload:
        """Take the next chunk. Raises 409 with the true offset, also past the announced size, 413 for too large a
        chunk, 422 for a wrong hash.

        A file whose hash does not match starts again at 0.
        """
        if len(data) > LIMITS.chunk_bytes:
            raise ProblemError(413, "chunk_too_large")
        with self._database.write() as tx:
            found = _own(tx.connection, session, upload_id)
            if offset != found.received or (found.complete and data):
                raise ProblemError(
                    409, "wrong_offset", retry="after_pull", headers={"Upload-Offset": str(found.received)}
                )
            received = found.received + len(data)
            if received > found.size:
                raise ProblemError(409, "past_the_end", headers={"Upload-Offset": str(found.received)})
            if data:
                tx.connection.execute(
                    insert(upload_chunk).values(upload_id=upload_id, start=offset, data=data)
                )
            complete = received == found.size
            matches = not complete or _hash(tx.connection, upload_id) == found.sha256
            if not matches:
                received, complete = 0, False
                tx.connection.execute(delete(upload_chunk).where(upload_chunk.c.upload_id == upload_id))
            tx.connection.execute(
                update(upload).where(upload.c.id == upload_id).values(received=received, complete=complete)
            )
        if not matches:
            raise field_error(422, "hash_mismatch", "/sha256", "hash_mismatch")
        return Upload(id=upload_id, offset=received, size=found.size, complete=complete)

    def find(self, session: Session, content_id: str) -> Content:
        """A complete file by the id of its attachment, or of an own upload. Raises 404 outside scope."""
        viewer = session.account.viewer
        with self._database.read() as connection:
            found = connection.execute(
                select(upload).where(
                    upload.c.complete.is_(True),
                    or_(
                        upload.c.attachment_id == content_id,
                        (upload.c.id == content_id) & (upload.c.person_id == viewer.person_id),
                    ),
                )
            ).first()
            if found is None:
                raise not_found()
            if found.attachment_id:
                _check_attachment(connection, viewer, found.attachment_id)
            else:
                _check_ticket(connection, viewer, found.ticket_id)
        return Content(found.id, found.name, found.size, found.sha256)

    def read(self, content: Content, start: int, end: int) -> Iterator[bytes]:
        """The bytes from ``start`` up to ``end`` (exclusive), a chunk at a time."""
        at = start
        while at < end:
            with self._database.read() as connection:
                chunk = connection.execute(
                    select(upload_chunk.c.start, upload_chunk.c.data)
                    .where(upload_chunk.c.upload_id == content.id, upload_chunk.c.start <= at)
                    .order_by(upload_chunk.c.start.desc())
                    .limit(1)
                ).one()
            part = chunk.data[at - chunk.start : end - chunk.start]
            yield part
            at += len(part)


def _own(connection: Connection, session: Session, upload_id: str) -> Any:
    found = connection.execute(
        select(upload).where(upload.c.id == upload_id, upload.c.person_id == session.account.person_id)
    ).first()
    if found is None:
        raise not_found()
    return found


def _state(found: Any) -> Upload:
    return Upload(id=found.id, offset=found.received, size=found.size, complete=found.complete)


def _check_ticket(connection: Connection, viewer: Viewer, ticket_id: str) -> None:
    _check_visible(connection, viewer, "ticket", ticket_id)


def _check_attachment(connection: Connection, viewer: Viewer, attachment_id: str) -> None:
    _check_visible(connection, viewer, "attachment", attachment_id)


def _check_visible(connection: Connection, viewer: Viewer, entity_type: str, entity_id: str) -> None:
    """In scope, and behind a report only for cleared staff: a file tells as much as a text. Raises 404."""
    query = select(entity.c.id).where(
        entity.c.type == entity_type, entity.c.id == entity_id, visible(viewer, entity)
    )
    if not viewer.cleared:
        query = query.where(entity.c.level != "report")
    if connection.execute(query).first() is None:
        raise not_found()


def _hash(connection: Connection, upload_id: str) -> str:
    """SHA-256 of what was received, a chunk in memory at a time."""
    hashed = sha256()
    starts = select(upload_chunk.c.start).where(upload_chunk.c.upload_id == upload_id)
    for start in connection.execute(starts.order_by(upload_chunk.c.start)).scalars().all():
        query = select(upload_chunk.c.data).where(
            upload_chunk.c.upload_id == upload_id, upload_chunk.c.start == start
        )
        hashed.update(connection.execute(query).scalar_one())
    return hashed.hexdigest()
