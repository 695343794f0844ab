"""The files of a case as a person sees them: on the way, here, at the server, with what is wrong where it is.

Codes, names and times only. A file is "here" only where the store says that its bytes are whole on this machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from msgspec import Struct
from sqlalchemy import bindparam, select

from desktop.models.domain.entities import Attachment, decode_row
from desktop.models.store import transfers
from desktop.models.store.tables import projection
from desktop.models.store.transfers import Transfer

from .base import Reader

Standing = Literal["sending", "fetching", "paused", "failed", "waiting", "here", "server"]
"""``waiting`` = the bytes are at the server or the operation was parked; the operation is still to go out."""

_FILES = (
    select(projection.c.data, projection.c.pending)
    .where(projection.c.ticket_id == bindparam("t"), projection.c.type == "attachment")
    .order_by(projection.c.id)
)


class CaseFile(Struct, frozen=True, kw_only=True):
    """One file. ``linked`` False: it is this machine's alone, its operation was refused or is still to be made."""

    id: str
    name: str
    size: int
    media_type: str
    standing: Standing
    here: bool
    """Its bytes are whole on this machine and may be looked at."""
    direction: Literal["", "up", "down"] = ""
    linked: bool = True
    done_bytes: int = 0
    code: str = ""
    pending: bool = False
    by_name: str = ""
    at: datetime | None = None
    about_type: str = ""
    about_id: str = ""


def case_files(r: Reader, ticket_id: str) -> tuple[CaseFile, ...]:
    """The files of a case, oldest first; then those that were refused and are kept here."""
    found = [(decode_row("attachment", row.data), row.pending > 0) for row in r.all(_FILES, {"t": ticket_id})]
    rows = [(row, pending) for row, pending in found if isinstance(row, Attachment)]
    return files_of(r, ticket_id, rows)


def files_of(r: Reader, ticket_id: str, rows: Iterable[tuple[Attachment, bool]]) -> tuple[CaseFile, ...]:
    """The same for attachment rows already read, each with whether an operation on it waits."""
    on_way = transfers.of_ticket(r.connection, ticket_id)
    files = [_file(row, pending, on_way.pop(row.id, None)) for row, pending in rows]
    files.sort(key=lambda file: (file.at, file.id))
    left = [row for row in on_way.values() if row.direction == "up" and row.state == "failed"]
    return (*files, *(_kept(r, row) for row in left))


def picked_files(r: Reader, draft_key: str) -> tuple[CaseFile, ...]:
    """The files picked for a form that is being written."""
    return tuple(_kept(r, row, "here") for row in transfers.of_draft(r.connection, draft_key))


def _file(row: Attachment, pending: bool, way: Transfer | None) -> CaseFile:
    standing: Standing = "server"
    if way is not None:
        standing = _standing(way, pending)
    return CaseFile(
        id=row.id,
        name=row.name,
        size=row.size,
        media_type=row.media_type,
        standing=standing,
        here=way is not None and (way.direction == "up" or way.state == "done"),
        direction=way.direction if way is not None and way.state != "done" else "",
        done_bytes=way.done_bytes if way is not None else 0,
        code=way.code if way is not None else "",
        pending=pending,
        by_name=row.by_name,
        at=row.at,
        about_type=row.about_type,
        about_id=row.about_id,
    )


def _standing(way: Transfer, pending: bool) -> Standing:
    if way.state == "done":
        return "waiting" if pending else "here"
    if way.state in ("paused", "failed"):
        return "paused" if way.state == "paused" else "failed"
    return "sending" if way.direction == "up" else "fetching"


def _kept(r: Reader, row: Transfer, standing: Standing = "failed") -> CaseFile:
    return CaseFile(
        id=row.id,
        name=row.name,
        size=row.size,
        media_type=row.media_type,
        standing=standing,
        here=row.code != "bytes_lost",
        direction="up",
        linked=False,
        code=row.code,
        at=datetime.fromtimestamp(row.created_at, r.profile.zone()),
    )
