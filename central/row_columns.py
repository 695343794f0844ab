"""From a row of the contract to the columns of ``entity``: scope, order, digest. Pure but for naming unit sets."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any
from zlib import crc32

import msgspec
from msgspec.structs import replace

from desktop.models.domain.entities import (
    OFFICE_TYPES,
    REFERENCE_TYPES,
    TYPE_OF,
    Application,
    Finding,
    Inquiry,
    Instruction,
    Notice,
    Row,
    Sample,
    Ticket,
    Urge,
    UrgentReport,
    Visit,
    encode_row,
    ticket_id_of,
)
from desktop.models.domain.finding_rules import is_closed
from desktop.models.domain.privacy import Scope, scope_of
from desktop.models.domain.wire import row_hash

from .tables import NO_DUE, to_micros

REFERENCE, ASKED, OPEN, OF_OPEN, REST = range(5)
"""``entity.rank``: the order of a first load, the most useful first."""

_LOW = 2**32 - 1
_FIELD_BYTES = 4
_encode = msgspec.json.Encoder().encode


def columns_of(row: Row, ticket: Ticket | None, source_hash: bytes | None = None) -> dict[str, Any]:
    """The values of all columns of ``entity`` for ``row``, a child of ``ticket``."""
    scope = scope_of(row, ticket)
    hashed = row_hash(row.id, row.version)
    rank = rank_of(row, ticket)
    return scope_columns(scope) | {
        "type": TYPE_OF[type(row)],
        "id": row.id,
        "version": row.version,
        "last_edit": row.last_edit,
        "ticket_id": ticket_id_of(row),
        "level": scope.level,
        "rank": rank,
        # What is over has no due order: by type and id, it fills the indexes of a desktop from one end to the other.
        "due_at": _due_of(row) if rank != REST else NO_DUE,
        "state": getattr(row, "state", ""),
        "contact_id": row.contact_id if isinstance(row, (Ticket, Visit)) else "",
        "matter_id": row.merged_into if isinstance(row, Ticket) else "",
        "hash_hi": hashed >> 32,
        "hash_lo": hashed & _LOW,
        "source_hash": source_hash,
        "data": encode_row(row),
    }


def scope_columns(scope: Scope) -> dict[str, Any]:
    """The columns the scope predicate reads."""
    return {
        "audience": scope.audience,
        "unit_id": scope.unit_id,
        "assist_set": unit_set_id(scope.assist_unit_ids),
        "recused": scope.recused,
        "author_id": scope.author_id,
        "barred_set": unit_set_id(scope.barred),
    }


def unit_set_id(unit_ids: tuple[str, ...]) -> str:
    """The name of a set of units or persons, "" for the empty one; the same whatever their order."""
    if not unit_ids:
        return ""
    return blake2b("\n".join(sorted(set(unit_ids))).encode(), digest_size=16).hexdigest()


def sets_of(row: Row) -> tuple[tuple[str, ...], ...]:
    """The sets that the scope columns of a ticket and its children, or of a row without one, refer to by name."""
    scope = scope_of(row, None)
    return tuple(found for found in (scope.assist_unit_ids, scope.barred) if found)


def rank_of(row: Row, ticket: Ticket | None) -> int:
    """How early a first load sends the row."""
    if isinstance(row, Ticket):
        return OPEN if row.state != "archived" else REST
    if TYPE_OF[type(row)] in REFERENCE_TYPES:
        return REFERENCE
    if TYPE_OF[type(row)] in OFFICE_TYPES:
        return (
            REST if isinstance(row, Sample) else ASKED
        )  # a frame is large, and only its inspection asks for it
    open_ticket = ticket is not None and ticket.state != "archived"
    if _is_asked(row, open_ticket):
        return ASKED
    return OF_OPEN if open_ticket else REST


def source_hash_of(row: Row) -> bytes:
    """Fingerprint of a row as its source tells it, whatever the server has made of it since.

    A ticket's has four bytes for each of its fields, so that :func:`told_anew` can name the ones that changed.
    """
    row = replace(row, version=0, last_edit="")
    if isinstance(row, Ticket):
        return b"".join(
            crc32(_encode(getattr(row, name))).to_bytes(_FIELD_BYTES, "big") for name in row.__struct_fields__
        )
    return blake2b(encode_row(row), digest_size=16).digest()


def told_anew(ticket: Ticket, before: bytes | None) -> dict[str, Any]:
    """The fields of a ticket that its source tells otherwise than when its fingerprint was ``before``; all for None.

    A fingerprint of an earlier version ends before the fields that have joined since: those were not told then.
    """
    now, names = source_hash_of(ticket), ticket.__struct_fields__
    if before is None or len(before) > len(now) or len(before) % _FIELD_BYTES:
        return {name: getattr(ticket, name) for name in names}
    before += _UNTOLD[len(before) :]
    starts = range(0, len(now), _FIELD_BYTES)
    return {
        name: getattr(ticket, name)
        for name, i in zip(names, starts, strict=True)
        if now[i : i + _FIELD_BYTES] != before[i : i + _FIELD_BYTES]
    }


def _untold() -> bytes:
    """The fingerprint of a ticket of which its source tells nothing but what every ticket has."""
    required = {"id": "", "number": "", "title": "", "request_type": "help", "channel": "phone"}
    bare = Ticket(**required, state="received", received_at=_NO_TIME)  # type: ignore[arg-type]
    return source_hash_of(bare)


def _is_asked(row: Row, open_ticket: bool) -> bool:
    if isinstance(row, Visit):
        return row.state in ("waiting", "booked")
    if isinstance(row, Notice):
        return row.state not in ("replied", "withdrawn")
    if isinstance(row, Finding):
        return not is_closed(row)
    if isinstance(row, Application):
        return row.state == "asked"
    if isinstance(row, Instruction):
        return row.state == "open"
    if isinstance(row, Inquiry):
        return row.state != "settled"
    if isinstance(row, UrgentReport):
        return row.state not in ("sent", "withdrawn")
    return isinstance(row, Urge) and row.acknowledged_at is None and open_ticket


def _due_of(row: Row) -> int:
    if isinstance(row, (Ticket, Visit, Instruction, Inquiry)):
        due = row.due_at
    elif isinstance(row, Notice):
        due = row.reply_due_at
    elif isinstance(row, Finding):
        due = row.rectify_due_at
    else:
        due = None
    return NO_DUE if due is None else to_micros(due)


_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_UNTOLD = _untold()
