"""Attachments on their way in and out: created with size and hash, sent in chunks, read in ranges.

Bytes lie in rows beside everything else, so that one backup holds all. What an upload belongs to is decided by the
operation that links it; one that is never linked is swept after a month. A file is judged by its bytes
(``desktop.models.domain.attachments``), whatever the desktop said, and outside the write lock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.engine import Connection

from desktop.models.domain.attachments import MIB, BadFile, inspect, kind_of, safe_name
from desktop.models.domain.clock import Clock
from desktop.models.domain.entities import Attachment, Level, decode_row
from desktop.models.domain.privacy import Viewer, may_see_file, may_see_text
from desktop.models.domain.wire import NewUpload, Upload

from .audit import Act, append_audit, was_done
from .config import LIMITS
from .database import Database
from .problems import ProblemError, field_error, not_found
from .scope_sql import visible
from .tables import entity, upload, upload_chunk
from .tokens import Session

UNLINKED_KEPT = timedelta(days=30)
"""A desktop that was away for longer sends the file again."""

MOST_UNLINKED = 200
MOST_UNLINKED_BYTES = 2048 * MIB
_LATER_S = 3600
_SWEPT_AT_ONCE = 20
_ONE_DOWNLOAD = timedelta(hours=1)
"""Within this a device that asks again goes on with what it had begun."""


@dataclass(frozen=True)
class Content:
    """A complete file; ``sha256`` is its ETag. Its name is in the row that links it and nowhere else."""

    id: str
    size: int
    sha256: str


class Uploads:
    """The files of one database. ``clock`` is real time."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def create(self, session: Session, new: NewUpload) -> tuple[Upload, bool]:
        """Announce a file; True where it was not known. Asking again answers with its present state.

        Raises 404 for a ticket outside scope, 409 for an id that stands for another file, 422 for a file of a kind
        that is not taken, 429 where too much waits to be linked.
        """
        name = safe_name(new.name)
        try:
            kind_of(name)
        except BadFile as error:
            raise field_error(422, error.code, "/name", error.code) from error
        if new.size == 0:
            raise field_error(422, "empty_file", "/size", "empty_file")
        with self._database.write() as tx:
            tx.lock(f"upload:{new.id}", f"uploads:{session.account.person_id}")
            _check_ticket(tx.connection, session.account.viewer, new.ticket_id)
            found = tx.connection.execute(select(upload).where(upload.c.id == new.id)).first()
            if found is not None:
                same = (found.person_id, found.ticket_id, found.size, found.sha256)
                if same != (session.account.person_id, new.ticket_id, new.size, new.sha256):
                    raise ProblemError(409, "id_reused")
                return _state(found), False
            _check_quota(tx.connection, session, new.size)
            tx.connection.execute(
                insert(upload).values(
                    id=new.id,
                    ticket_id=new.ticket_id,
                    person_id=session.account.person_id,
                    name=name,
                    size=new.size,
                    sha256=new.sha256,
                    received=0,
                    complete=False,
                    attachment_id="",
                    created_at=self._clock.now(),
                )
            )
        return Upload(id=new.id, offset=0, size=new.size, complete=False), True

    def state(self, session: Session, upload_id: str) -> Upload:
        """How far an own upload has come. Raises 404."""
        with self._database.read() as connection:
            return _state(_own(connection, session, upload_id))

    def append(self, session: Session, upload_id: str, offset: int, data: bytes) -> Upload:
        """Take the next chunk. Raises 409 with the true offset, also past the announced size, 413 for too large a
        chunk, 422 for a wrong hash or for bytes that are not what the name says.

        A file that is refused starts again at 0. An empty chunk at the end asks for the judgement again.
        """
        if len(data) > LIMITS.chunk_bytes:
            raise ProblemError(413, "chunk_too_large")
        with self._database.write() as tx:
            found = _own(tx.connection, session, upload_id, lock=True)
            if offset != found.received or (found.complete and data):
                raise _wrong_offset("wrong_offset", found.received)
            received = found.received + len(data)
            if received > found.size:
                raise _wrong_offset("past_the_end", found.received)
            if data:
                tx.connection.execute(
                    insert(upload_chunk).values(upload_id=upload_id, start=offset, data=data)
                )
                tx.connection.execute(
                    update(upload).where(upload.c.id == upload_id).values(received=received)
                )
        if found.complete or received < found.size:
            return Upload(id=upload_id, offset=received, size=found.size, complete=found.complete)
        return self._finish(session, upload_id, _Judged(found.name, found.size, found.sha256))

    def find(self, session: Session, content_id: str) -> Content:
        """A complete file by the id of its attachment, or of an own upload. Raises 404 outside scope."""
        viewer = session.account.viewer
        complete = select(upload).where(upload.c.complete.is_(True))
        with self._database.read() as connection:
            found = connection.execute(complete.where(upload.c.attachment_id == content_id)).first()
            if found is not None:
                _check_attachment(connection, viewer, content_id)
                return Content(found.id, found.size, found.sha256)
            own = complete.where(upload.c.id == content_id, upload.c.person_id == viewer.person_id)
            found = connection.execute(own.where(upload.c.attachment_id == "")).first()
            if found is None:
                raise not_found()
            _check_ticket(connection, viewer, found.ticket_id)
        return Content(found.id, found.size, found.sha256)

    def hand_out(self, session: Session, content_id: str) -> Content:
        """:meth:`find`, for bytes that leave: on record before the first of them, once an hour for each device.

        A download that goes on where it broke off is one download.
        """
        found = self.find(session, content_id)
        person, device, now = session.account.person_id, session.device_id, self._clock.now()
        with self._database.read() as connection:
            if was_done(connection, person, device, "download", content_id, now - _ONE_DOWNLOAD):
                return found
        with self._database.write() as tx:
            append_audit(tx, Act(person, device, "download", "attachment", content_id), now)
        return found

    def read(self, content: Content, start: int, end: int) -> Iterator[bytes]:
        """The bytes from ``start`` up to ``end`` (exclusive), a chunk at a time."""
        at = start
        while at < end:
            with self._database.read() as connection:
                part = _part(connection, content.id, at, end - at)
            if not part:
                raise not_found()  # swept while it was read: the reply breaks off, and the next try says 404
            yield part
            at += len(part)

    def _finish(self, session: Session, upload_id: str, judged: _Judged) -> Upload:
        """Judge a file whose bytes are all here. Hashing 200 MiB takes a second: nobody waits for it with a write."""
        with self._database.read() as connection:
            code = judged.fault(connection, upload_id)
        with self._database.write() as tx:
            found = _own(tx.connection, session, upload_id, lock=True)
            if found.complete or found.received != found.size:
                return _state(found)  # somebody else was quicker
            if code:
                tx.connection.execute(delete(upload_chunk).where(upload_chunk.c.upload_id == upload_id))
            tx.connection.execute(
                update(upload)
                .where(upload.c.id == upload_id)
                .values(received=0 if code else found.size, complete=not code)
            )
        if code:
            raise field_error(422, code, "/sha256" if code == "hash_mismatch" else "/name", code)
        return Upload(id=upload_id, offset=found.size, size=found.size, complete=True)


@dataclass(frozen=True)
class _Judged:
    """What was announced of a file, to be held against its bytes."""

    name: str
    size: int
    sha256: str

    def fault(self, connection: Connection, upload_id: str) -> str:
        """ "" for a file that is what it says, else the code of what is wrong."""
        hashed = sha256()
        at = 0
        while part := _part(connection, upload_id, at, LIMITS.chunk_bytes):
            hashed.update(part)
            at += len(part)
        if hashed.hexdigest() != self.sha256:
            return "hash_mismatch"
        try:
            inspect(self.name, self.size, lambda start, length: _bytes(connection, upload_id, start, length))
        except BadFile as error:
            return error.code
        return ""


def forget_unlinked(database: Database, now: datetime) -> int:
    """Sweep files that no operation has linked for 30 days; how many went. ``now`` is real time."""
    swept = 0
    while True:
        with database.write() as tx:
            stale = select(upload.c.id).where(
                upload.c.attachment_id == "", upload.c.created_at < now - UNLINKED_KEPT
            )
            held = stale.limit(_SWEPT_AT_ONCE).with_for_update()  # whoever links one meanwhile keeps it
            ids = list(tx.connection.execute(held).scalars())
            if ids:
                tx.connection.execute(delete(upload_chunk).where(upload_chunk.c.upload_id.in_(ids)))
                tx.connection.execute(delete(upload).where(upload.c.id.in_(ids)))
        swept += len(ids)
        if len(ids) < _SWEPT_AT_ONCE:
            return swept


def _check_quota(connection: Connection, session: Session, size: int) -> None:
    """What one person has announced and never linked is bounded. Raises 429."""
    many, total = connection.execute(
        select(func.count(), func.coalesce(func.sum(upload.c.size), 0)).where(
            upload.c.person_id == session.account.person_id, upload.c.attachment_id == ""
        )
    ).one()
    if many >= MOST_UNLINKED or total + size > MOST_UNLINKED_BYTES:
        raise ProblemError(429, "too_many_uploads", retry="backoff", retry_after=_LATER_S)


def _own(connection: Connection, session: Session, upload_id: str, *, lock: bool = False) -> Any:
    query = select(upload).where(upload.c.id == upload_id, upload.c.person_id == session.account.person_id)
    found = connection.execute(query.with_for_update() if lock else query).first()
    if found is None:
        raise not_found()
    return found


def _wrong_offset(code: str, offset: int) -> ProblemError:
    return ProblemError(409, code, retry="after_pull", headers={"Upload-Offset": str(offset)})


def _state(found: Any) -> Upload:
    return Upload(id=found.id, offset=found.received, size=found.size, complete=found.complete)


def _check_ticket(connection: Connection, viewer: Viewer, ticket_id: str) -> None:
    """In scope, and behind a report only for cleared staff. Raises 404."""
    if not may_see_text(viewer, _visible(connection, viewer, "ticket", ticket_id).level):
        raise not_found()


def _check_attachment(connection: Connection, viewer: Viewer, attachment_id: str) -> None:
    """In scope, and not hidden behind a report. Raises 404."""
    found = _visible(connection, viewer, "attachment", attachment_id)
    row = decode_row("attachment", found.data)
    level: Level = found.level
    if not isinstance(row, Attachment) or not may_see_file(viewer, row, level):
        raise not_found()


def _visible(connection: Connection, viewer: Viewer, entity_type: str, entity_id: str) -> Any:
    query = select(entity.c.level, entity.c.data).where(
        entity.c.type == entity_type, entity.c.id == entity_id, visible(viewer, entity)
    )
    found = connection.execute(query).first()
    if found is None:
        raise not_found()
    return found


def _part(connection: Connection, upload_id: str, at: int, most: int) -> bytes:
    """Bytes from ``at`` as far as one row holds them; b"" past the end."""
    row = connection.execute(
        select(upload_chunk.c.start, upload_chunk.c.data)
        .where(upload_chunk.c.upload_id == upload_id, upload_chunk.c.start <= at)
        .order_by(upload_chunk.c.start.desc())
        .limit(1)
    ).first()
    return b"" if row is None else bytes(row.data[at - row.start : at - row.start + most])


def _bytes(connection: Connection, upload_id: str, start: int, length: int) -> bytes:
    """Bytes from ``start``, ``length`` of them or as many as there are."""
    parts: list[bytes] = []
    end = start + length
    while start < end and (part := _part(connection, upload_id, start, end - start)):
        parts.append(part)
        start += len(part)
    return b"".join(parts)
