"""Files on their way: rows of ``transfer``, each under the id that its attachment, its upload and its blob share.

The row says what a person sees of a file ("on the way", "here"); the bytes follow it, never the other way round: a row
is written after its bytes and removed before them. Rows only, no policy, no bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select, text, update

from desktop.models.domain.entities import Attachment

from .tables import transfer

Direction = Literal["up", "down"]
State = Literal["picked", "waiting", "paused", "failed", "done"]
UNFINISHED: tuple[State, ...] = ("waiting", "paused", "failed")


class Transfer(Struct, frozen=True, kw_only=True):
    """One file. ``name`` is only displayed; ``next_try_at`` real time in seconds, ``created_at`` office time."""

    id: str
    direction: Direction
    ticket_id: str
    op_id: str = ""
    name: str
    media_type: str = ""
    size: int
    sha256: str
    state: State = "waiting"
    asked: int = 0
    done_bytes: int = 0
    attempts: int = 0
    next_try_at: float | None = None
    code: str = ""
    draft_key: str = ""
    created_at: int
    used_at: int = 0


_columns = [transfer.c[field] for field in Transfer.__struct_fields__]
_one = select(*_columns).where(transfer.c.id == bindparam("i"))
_of_ticket = select(*_columns).where(transfer.c.ticket_id == bindparam("t"))
_of_draft = (
    select(*_columns)
    .where(transfer.c.draft_key == bindparam("k"), transfer.c.state == "picked")
    .order_by(transfer.c.created_at, transfer.c.id)
)
_in_states = (
    select(*_columns)
    .where(transfer.c.state.in_(bindparam("states", expanding=True)))
    .order_by(transfer.c.asked.desc(), transfer.c.size, transfer.c.created_at, transfer.c.id)
)
_every = select(*_columns)
_waiting_links = select(transfer.c.op_id).where(
    transfer.c.direction == "up", transfer.c.state.in_(UNFINISHED)
)
_here = text(
    "SELECT id FROM projection WHERE type = 'attachment' AND id IN (SELECT value FROM json_each(:ids))"
)
_hidden = text(
    "SELECT id FROM parted WHERE type = 'attachment' AND id IN (SELECT value FROM json_each(:ids))"
)


def put(connection: Connection, row: Transfer) -> None:
    """Write a new file on its way."""
    connection.execute(insert(transfer), msgspec.structs.asdict(row))


def get(connection: Connection, transfer_id: str) -> Transfer | None:
    """One file."""
    found = connection.execute(_one, {"i": transfer_id}).mappings().first()
    return None if found is None else _row(found)


def every(connection: Connection) -> list[Transfer]:
    """All of them."""
    return [_row(found) for found in connection.execute(_every).mappings()]


def in_states(connection: Connection, states: Iterable[State]) -> list[Transfer]:
    """Those in any of ``states``: first what a person waits for, then the small ones, then the old ones."""
    found = connection.execute(_in_states, {"states": list(states)}).mappings()
    return [_row(each) for each in found]


def of_ticket(connection: Connection, ticket_id: str) -> dict[str, Transfer]:
    """The files of one case, by id."""
    return {row["id"]: _row(row) for row in connection.execute(_of_ticket, {"t": ticket_id}).mappings()}


def of_draft(connection: Connection, draft_key: str) -> list[Transfer]:
    """The files picked for a form that is being written, in the order of picking."""
    return [_row(found) for found in connection.execute(_of_draft, {"k": draft_key}).mappings()]


def waiting_links(connection: Connection) -> list[str]:
    """The linking operations that may not be sent yet: their files are not whole at the server."""
    return list(connection.execute(_waiting_links).scalars())


def change(connection: Connection, transfer_id: str, **values: object) -> None:
    """Set the columns named."""
    connection.execute(update(transfer).where(transfer.c.id == transfer_id).values(**values))


def remove(connection: Connection, transfer_ids: Iterable[str]) -> None:
    """Forget files; their bytes are swept afterwards."""
    ids = [{"i": each} for each in transfer_ids]
    if ids:
        connection.execute(delete(transfer).where(transfer.c.id == bindparam("i")), ids)


def hurry(connection: Connection) -> int:
    """Forget every putting off: the network is back, or somebody asked; how many were put off."""
    put_off = (transfer.c.state == "waiting") & transfer.c.next_try_at.is_not(None)
    return int(connection.execute(update(transfer).where(put_off).values(next_try_at=None)).rowcount)


def linked(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of ``ids`` whose attachment is on this desktop, seen or hidden by a large eviction."""
    wanted = {"ids": msgspec.json.encode(sorted(ids)).decode()}
    return {found for query in (_here, _hidden) for found in connection.execute(query, wanted).scalars()}


def download_of(file: Attachment, now: int, *, asked: bool = False) -> Transfer:
    """The row that has a file of a case fetched; ``now`` is office time in seconds."""
    return Transfer(
        id=file.id,
        direction="down",
        ticket_id=file.ticket_id,
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        asked=int(asked),
        created_at=now,
        used_at=now,
    )


def _row(found: RowMapping) -> Transfer:
    return Transfer(**{field: found[field] for field in Transfer.__struct_fields__})
