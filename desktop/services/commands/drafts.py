"""Half-written forms, kept in the encrypted store until they are submitted or thrown away. Never sent.

A key names the form: "finding:<id>", "notice:<ticket>", "visit:<id>". Eviction and sync never touch a draft.
"""

from __future__ import annotations

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, delete
from sqlalchemy.dialects.sqlite import insert

from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.store.tables import draft

from .base import Writer

_put = insert(draft)
_put = _put.on_conflict_do_update(
    index_elements=["key"],
    set_={
        "ticket_id": _put.excluded.ticket_id,
        "body": _put.excluded.body,
        "updated_at": _put.excluded.updated_at,
    },
)
_forget = delete(draft).where(draft.c.key == bindparam("k"))


def save_draft(w: Writer, key: str, form: Struct, ticket_id: str = "") -> Changes:
    """Keeps ``form`` under ``key``, in the place of what was there."""
    w.connection.execute(
        _put,
        {
            "key": key,
            "ticket_id": ticket_id,
            "body": msgspec.json.encode(form),
            "updated_at": int(w.now.timestamp()),
        },
    )
    return _changed(key)


def forget_draft(w: Writer, key: str) -> Changes:
    """Throws the draft under ``key`` away."""
    gone = w.connection.execute(_forget, {"k": key}).rowcount
    return _changed(key) if gone else NO_CHANGES


def _changed(key: str) -> Changes:
    return Changes(types=frozenset({"draft"}), keys=frozenset({("draft", key)}))
