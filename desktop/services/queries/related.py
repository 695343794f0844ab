"""Other cases that belong beside a case: of the same requester, of the same address, nearly the same words.

The requester is found by the contact id that this viewer was sent, and stays unnamed; where it was not sent nothing is
found. Each list has the latest few and their number, counted no further than ``COUNTED``: half a city may give the
town hall's address.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct

from desktop.models.domain.entities import Ticket, TicketState
from desktop.models.domain.related import ALIKE, likeness, runs_of, same_address
from desktop.models.store.projection import driver_cursor, get_row
from desktop.models.store.shadows import address_key, contact_key

from .base import Reader

SHOWN = 5
"""Cases of each list that are named."""

COUNTED = 200
"""Cases of one requester or address that are looked at, the latest; a count that reaches it stands for "or more"."""

_NEAR_DAYS = 90
_COMPARED = 150
"""Requests compared with this one: of the same class, the nearest in time."""

_SEARCHED = 2_000
"""While SQL answers, so many cases before and after this one are looked through for those of its class."""

_FIELDS = """SELECT t.id, t.number, t.title, t.received_at, t.state, t.unit_id, p.data
FROM ticket_list t CROSS JOIN projection p ON p.type = 'ticket' AND p.id = t.id
"""
_LATEST = f"ORDER BY t.received_at DESC, t.number DESC LIMIT {COUNTED}"
_OF_CONTACT = f"{_FIELDS} WHERE t.contact_key = ? AND t.id <> ? {_LATEST}"
_OF_ADDRESS = f"{_FIELDS} WHERE t.address_key = ? AND t.id <> ? {_LATEST}"
_OF_RIDS = f"{_FIELDS} WHERE t.rid IN (SELECT value FROM json_each(?)) AND t.id <> ?"  # noqa: S608 - our own text
_NEAR = """SELECT rid FROM (
  SELECT * FROM (SELECT rid, category_id, received_at FROM ticket_list
    WHERE received_at BETWEEN :first AND :at ORDER BY received_at DESC LIMIT :some)
  UNION ALL SELECT * FROM (SELECT rid, category_id, received_at FROM ticket_list
    WHERE received_at > :at AND received_at <= :last ORDER BY received_at LIMIT :some))
WHERE category_id = :category ORDER BY abs(received_at - :at), rid LIMIT :most"""


class _Told(Struct):
    """What is compared, of a ticket's row."""

    contact_id: str = ""
    address: str = ""
    request_text: str = ""


_told = msgspec.json.Decoder(_Told).decode


class RelatedCase(Struct, frozen=True, kw_only=True):
    """One of them; ``alike`` is the share of the words in common, 0 where it is here for another reason."""

    ticket_id: str
    number: str
    title: str
    received_at: datetime
    state: TicketState
    unit: str
    alike: float = 0.0


class RelatedCases(Struct, frozen=True, kw_only=True):
    """The latest of a list, and how many there are, at most :data:`COUNTED`."""

    cases: tuple[RelatedCase, ...] = ()
    count: int = 0


class Related(Struct, frozen=True, kw_only=True):
    """What stands beside a case; ``ticket_id`` says beside which."""

    ticket_id: str
    requester: RelatedCases = RelatedCases()
    place: RelatedCases = RelatedCases()
    words: RelatedCases = RelatedCases()


def related(r: Reader, ticket_id: str) -> Related:
    """The cases beside this one; some tens of milliseconds for 200,000."""
    ticket = get_row(r.connection, ("ticket", ticket_id))
    if not isinstance(ticket, Ticket):
        return Related(ticket_id=ticket_id)
    cursor = driver_cursor(r.connection)
    try:
        return Related(
            ticket_id=ticket_id,
            requester=_of_requester(r, cursor, ticket),
            place=_of_place(r, cursor, ticket),
            words=_of_words(r, cursor, ticket),
        )
    finally:
        cursor.close()


def _of_requester(r: Reader, cursor: Any, ticket: Ticket) -> RelatedCases:
    if not ticket.contact_id:
        return RelatedCases()
    found = cursor.execute(_OF_CONTACT, (contact_key(ticket.contact_id), ticket.id)).fetchall()
    return _latest(r, [row for row in found if _told(row[6]).contact_id == ticket.contact_id])


def _of_place(r: Reader, cursor: Any, ticket: Ticket) -> RelatedCases:
    said = same_address(ticket.address)
    if not said:
        return RelatedCases()
    found = cursor.execute(_OF_ADDRESS, (address_key(ticket.address), ticket.id)).fetchall()
    return _latest(r, [row for row in found if same_address(_told(row[6]).address) == said])


def _of_words(r: Reader, cursor: Any, ticket: Ticket) -> RelatedCases:
    """Those elsewhere: of this very address they stand under it already."""
    mine = runs_of(ticket.request_text)
    if not mine:
        return RelatedCases()
    rids = msgspec.json.encode(_near(r, cursor, ticket)).decode()
    here, alike = same_address(ticket.address), []
    for row in cursor.execute(_OF_RIDS, (rids, ticket.id)).fetchall():
        told = _told(row[6])
        share = likeness(mine, runs_of(told.request_text))
        if share >= ALIKE and not (here and same_address(told.address) == here):
            alike.append((share, row))
    alike.sort(key=lambda each: (-each[0], -each[1][3], each[1][1]))
    return RelatedCases(
        cases=tuple(_case(r, row, alike=share) for share, row in alike[:SHOWN]), count=len(alike)
    )


def _near(r: Reader, cursor: Any, ticket: Ticket) -> list[int]:
    received, within = int(ticket.received_at.timestamp()), int(timedelta(days=_NEAR_DAYS).total_seconds())
    if r.hot is not None:
        return r.hot.near(ticket.category_id, received, within, _COMPARED)
    bound = {
        "first": received - within,
        "at": received,
        "last": received + within,
        "category": ticket.category_id,
        "some": _SEARCHED,
        "most": _COMPARED,
    }
    return [rid for (rid,) in cursor.execute(_NEAR, bound).fetchall()]


def _latest(r: Reader, rows: list[Any]) -> RelatedCases:
    return RelatedCases(cases=tuple(_case(r, row) for row in rows[:SHOWN]), count=len(rows))


def _case(r: Reader, row: Any, *, alike: float = 0.0) -> RelatedCase:
    return RelatedCase(
        ticket_id=row[0],
        number=row[1],
        title=row[2],
        received_at=datetime.fromtimestamp(row[3], r.profile.zone()),
        state=row[4],
        unit=r.reference.unit_name(row[5]),
        alike=alike,
    )
