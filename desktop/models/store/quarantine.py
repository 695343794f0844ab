"""A person's own words about a case they lost: kept until they hand them over or throw them away. Rows only.

A refused operation and a half-written form keep their text and the case's number here, nothing else of the case. What
became of an operation later (applied, discarded, settled by another one) is written down by ``outbox`` itself.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, RowMapping, bindparam, delete, select, text, update
from sqlalchemy.dialects.sqlite import insert

from desktop.models.domain.operations import Operation, body_of, decode_operation, own_words
from desktop.models.domain.payloads import words_in

from .outbox import UNSENT, Entry, open_of_ticket
from .shadows import seconds
from .tables import draft, outbox, quarantine

Reason = Literal["conflict", "rejected", "out_of_scope", "evicted"]
LOST: tuple[Reason, ...] = ("out_of_scope", "evicted")
"""Reasons that say the case is no longer the person's; the others are settled on the case itself."""

KEEP_SETTLED_S = 90 * 86_400
_DRAFT = "draft:"


class Kept(Struct, frozen=True, kw_only=True):
    """One text. ``op`` is None for a half-written form, whose key in the draft table is ``draft_key``."""

    id: int
    op_id: str
    entity_type: str
    entity_id: str
    reason: Reason
    ticket_id: str
    number: str
    state: Literal["kept", "sent", "discarded"]
    at_s: int
    op: Operation | None
    words: tuple[tuple[str, str], ...]

    @property
    def draft_key(self) -> str:
        """The form's key, "" for an operation."""
        return self.entity_id if self.op is None else ""


_NUMBER = text(
    "SELECT coalesce((SELECT number FROM ticket_list WHERE id = :t), "
    "(SELECT number FROM quarantine WHERE ticket_id = :t AND number <> '' LIMIT 1), '')"
)
_put = insert(quarantine).on_conflict_do_nothing()
_put_draft = insert(quarantine)
_put_draft = _put_draft.on_conflict_do_update(
    index_elements=["op_id", "reason"],
    set_={name: _put_draft.excluded[name] for name in ("body", "at", "state", "sent_as", "number")},
)
_one = select(quarantine).where(quarantine.c.id == bindparam("i"))
_on_its_way = select(outbox.c.op_id).where(outbox.c.state.in_(UNSENT))
_lost = (
    select(quarantine)
    .where(
        quarantine.c.state == "kept",
        quarantine.c.reason.in_(LOST),
        quarantine.c.op_id.not_in(_on_its_way),
    )
    .order_by(quarantine.c.at.desc(), quarantine.c.id.desc())
)
_is_kept = select(quarantine.c.id).where(
    quarantine.c.op_id == bindparam("op"), quarantine.c.reason.in_(LOST), quarantine.c.state == "kept"
)
_drafts_of = select(draft).where(draft.c.ticket_id == bindparam("t"))


def keep_operation(connection: Connection, entry: Entry, reason: Reason, at: datetime) -> None:
    """Keeps the words of a refused operation, once; ``at`` is office time."""
    if reason in LOST and connection.execute(_is_kept, {"op": entry.op_id}).first() is not None:
        return
    values = {
        "op_id": entry.op_id,
        "type": entry.entity[0],
        "entity_id": entry.entity[1],
        "reason": reason,
        "body": body_of(entry.op),
    }
    connection.execute(_put, values | _common(connection, entry.ticket_id, at))


def keep_of_ticket(connection: Connection, ticket_id: str, at: datetime) -> None:
    """The case is about to leave: what its person has not sent, or only half written, stays theirs.

    The outbox and drafts themselves are left as they are.
    """
    for entry in open_of_ticket(connection, ticket_id):
        keep_operation(connection, entry, "evicted", at)
    for form in connection.execute(_drafts_of, {"t": ticket_id}).mappings().all():
        values = {
            "op_id": _DRAFT + form["key"],
            "type": "draft",
            "entity_id": form["key"],
            "reason": "evicted",
            "body": form["body"],
        }
        connection.execute(_put_draft, values | _common(connection, ticket_id, at))


def get(connection: Connection, quarantine_id: int) -> Kept | None:
    """One text, whatever became of it."""
    found = connection.execute(_one, {"i": quarantine_id}).mappings().first()
    return None if found is None else _kept(found)


def lost_texts(connection: Connection) -> list[Kept]:
    """What waits for its person: texts of cases they lost, the latest first; not what is still on its way."""
    return [kept for row in connection.execute(_lost).mappings() if (kept := _kept(row)).words]


def settle(connection: Connection, quarantine_id: int, *, sent_as: str = "") -> None:
    """It was handed over by the operation ``sent_as``; "" = thrown away."""
    connection.execute(
        update(quarantine)
        .where(quarantine.c.id == quarantine_id)
        .values(state="sent" if sent_as else "discarded", sent_as=sent_as)
    )


def prune(connection: Connection, now: datetime) -> int:
    """Forgets what was settled and is older than 90 days; ``now`` is office time."""
    settled = quarantine.c.state != "kept"
    return int(
        connection.execute(
            delete(quarantine).where(settled, quarantine.c.at < int(now.timestamp()) - KEEP_SETTLED_S)
        ).rowcount
    )


def _common(connection: Connection, ticket_id: str, at: datetime) -> dict[str, object]:
    number = connection.execute(_NUMBER, {"t": ticket_id}).scalar_one() if ticket_id else ""
    return {"at": seconds(at), "ticket_id": ticket_id, "state": "kept", "sent_as": "", "number": number}


def _kept(row: RowMapping) -> Kept:
    form = row["op_id"].startswith(_DRAFT)
    op = None if form else decode_operation(row["body"])
    return Kept(
        id=row["id"],
        op_id="" if form else row["op_id"],
        entity_type=row["type"],
        entity_id=row["entity_id"],
        reason=row["reason"],
        ticket_id=row["ticket_id"],
        number=row["number"],
        state=row["state"],
        at_s=row["at"],
        op=op,
        words=own_words(op) if op is not None else _words_of_form(row["body"]),
    )


def _words_of_form(body: bytes) -> tuple[tuple[str, str], ...]:
    form = msgspec.json.decode(body)
    if isinstance(form, dict) and isinstance(form.get("form"), dict):
        form = form["form"]  # beside it lies what the form started with
    return words_in(form) if isinstance(form, dict) else ()
