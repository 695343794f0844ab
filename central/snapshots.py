"""First loads: everything a viewer may see, the most useful first, in pages that are read when asked for and kept.

The cursor is taken before the first row is read, so whatever changes meanwhile comes again by pull. A page asked for
twice is the same page. Pages are stored compressed and dropped when the snapshot expires.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
import zstandard
from sqlalchemy import bindparam, delete, func, insert, select, tuple_
from sqlalchemy.engine import Connection

from desktop.models.domain.privacy import Viewer
from desktop.models.domain.wire import SnapshotPage

from . import dialects
from .database import Database, head_position
from .problems import ProblemError
from .scope_sql import visible
from .serializer import ROW_COLUMNS, Presenter
from .tables import entity, snapshot, snapshot_page

LIFE = timedelta(hours=12)
_FIRST = (-1, -1, "", "")
_ORDER = (entity.c.rank, entity.c.due_at, entity.c.type, entity.c.id)
_Key = tuple[int, int, str, str]


@dataclass(frozen=True)
class Begun:
    """A new snapshot: ``position`` is what its cursor says."""

    id: str
    position: int
    total_rows: int
    expires_at: datetime


def begin_snapshot(
    database: Database,
    viewer: Viewer,
    scope_rev: int,
    *,
    device_id: str,
    snapshot_id: str,
    page_rows: int,
    now: datetime,
) -> Begun:
    """Start a first load for this device; what it loaded before, and what has expired, is dropped on the way."""
    with database.read() as connection:
        position = head_position(connection)
        total = connection.execute(
            select(func.count()).select_from(entity).where(visible(viewer, entity))
        ).scalar_one()
    with database.write() as tx:
        mine = (snapshot.c.person_id == viewer.person_id) & (snapshot.c.device_id == device_id)
        tx.connection.execute(delete(snapshot).where(mine | (snapshot.c.expires_at <= now)))
        tx.connection.execute(
            insert(snapshot).values(
                id=snapshot_id,
                person_id=viewer.person_id,
                device_id=device_id,
                scope_rev=scope_rev,
                position=position,
                page_rows=page_rows,
                created_at=now,
                expires_at=now + LIFE,
            )
        )
    return Begun(snapshot_id, position, total, now + LIFE)


def read_page(
    database: Database, viewer: Viewer, scope_rev: int, *, snapshot_id: str, number: int, now: datetime
) -> bytes:
    """Page ``number`` as a zstd frame holding the JSON of a SnapshotPage.

    Raises 410 where the snapshot is gone or belongs to another scope, 400 for a page that is not the next one.
    """
    with database.read() as connection:
        found = connection.execute(select(snapshot).where(snapshot.c.id == snapshot_id)).first()
        if found is None or found.person_id != viewer.person_id or found.expires_at <= now:
            raise ProblemError(410, "snapshot_expired")
        if found.scope_rev != scope_rev:
            raise ProblemError(410, "scope_changed")
        kept = connection.execute(_PAGE, {"of": snapshot_id, "number": number}).first()
        if kept is not None:
            return bytes(kept.body)
        before, start = _start_of(connection, snapshot_id, number)
        page, rows, after = _read(connection, viewer, snapshot_id, number, before, start, found.page_rows)
    body = zstandard.ZstdCompressor(level=1).compress(msgspec.json.encode(page))
    with database.write() as tx:
        holds = select(snapshot.c.id).where(snapshot.c.id == snapshot_id).with_for_update(read=True)
        if tx.connection.execute(holds).first() is None:
            raise ProblemError(410, "snapshot_expired")
        statement = dialects.insert(tx.connection, snapshot_page).values(
            snapshot_id=snapshot_id,
            number=number,
            rows_before=before,
            rows=rows,
            after=after,
            body=body,
        )
        # What the person's other request read, or another process, is the page: it says where the next one begins.
        made = statement.on_conflict_do_nothing().returning(snapshot_page.c.number)
        if tx.connection.execute(made).first() is None:
            return bytes(tx.connection.execute(_PAGE, {"of": snapshot_id, "number": number}).one().body)
    return body


def _start_of(connection: Connection, snapshot_id: str, number: int) -> tuple[int, _Key]:
    """Rows before a page, and the key it starts after: the page before it must have been read."""
    if number == 0:
        return 0, _FIRST
    previous = connection.execute(_PAGE, {"of": snapshot_id, "number": number - 1}).first()
    if previous is None or not previous.after:
        raise ProblemError(400, "bad_page_token")
    return previous.rows_before + previous.rows, msgspec.json.decode(previous.after, type=_Key)


def _read(
    connection: Connection,
    viewer: Viewer,
    snapshot_id: str,
    number: int,
    before: int,
    start: _Key,
    page_rows: int,
) -> tuple[SnapshotPage, int, str]:
    query = (
        select(*ROW_COLUMNS, entity.c.rank, entity.c.due_at)
        .where(tuple_(*_ORDER) > tuple_(*start), visible(viewer, entity))
        .order_by(*_ORDER)
        .limit(page_rows)
    )
    found = connection.execute(query).all()
    after = ""
    if len(found) == page_rows:
        last = found[-1]
        after = msgspec.json.encode((last.rank, last.due_at, last.type, last.id)).decode()
    page = SnapshotPage(
        snapshot_id=snapshot_id,
        rows_before=before,
        next_page=str(number + 1) if after else None,
        changes=Presenter(viewer).puts(found),
    )
    return page, len(found), after


_PAGE = select(snapshot_page).where(
    snapshot_page.c.snapshot_id == bindparam("of"), snapshot_page.c.number == bindparam("number")
)
