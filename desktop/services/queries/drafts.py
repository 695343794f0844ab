"""Half-written forms as they were left. Reads only; see ``commands/drafts.py``."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, select

from desktop.models.store.tables import draft

from .base import Reader

F = TypeVar("F", bound=Struct)

_one = select(draft.c.body).where(draft.c.key == bindparam("k"))
_of_ticket = (
    select(draft.c.key, draft.c.ticket_id, draft.c.updated_at)
    .where(draft.c.ticket_id == bindparam("t"))
    .order_by(draft.c.updated_at.desc())
)
_all = select(draft.c.key, draft.c.ticket_id, draft.c.updated_at).order_by(draft.c.updated_at.desc())


class DraftRow(Struct, frozen=True, kw_only=True):
    """One draft; ``updated_at`` is office time."""

    key: str
    ticket_id: str
    updated_at: datetime


def draft_form(r: Reader, key: str, kind: type[F]) -> F | None:
    """The draft under ``key`` as a ``kind``; None where there is none, or where an older form no longer fits."""
    body = r.connection.execute(_one, {"k": key}).scalar()
    if body is None:
        return None
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError:
        return None


def drafts(r: Reader, ticket_id: str = "") -> tuple[DraftRow, ...]:
    """Every draft, or those of one ticket; the last touched first."""
    found = r.all(_of_ticket, {"t": ticket_id}) if ticket_id else r.all(_all)
    return tuple(
        DraftRow(
            key=row.key,
            ticket_id=row.ticket_id,
            updated_at=datetime.fromtimestamp(row.updated_at, r.profile.zone()),
        )
        for row in found
    )
