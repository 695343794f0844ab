"""The list of tickets: the ids in display order, and the rows of one screenful.

The whole list is an array of row ids (8 bytes a ticket), so count and scrollbar are exact; the rows behind them are
fetched by the page. Nothing here knows a word of the interface: rows carry codes, names of units and places, times.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import bindparam, func, select

from desktop.models.store.tables import ticket_list

from .base import Reader
from .filters import TicketFilter, ordered_rids
from .search.asking import Outcome, settle, sought
from .search.row_ids import row_ids
from .ticket_row import TicketRow, ticket_row

_rows_by_rid = select(ticket_list).where(
    ticket_list.c.rid.in_(select(func.json_each(bindparam("rids")).table_valued("value").c.value))
)
_SOUGHT_SINGLY = 8
_rid_of = select(ticket_list.c.rid).where(ticket_list.c.id == bindparam("id"))
_by_number = (
    select(ticket_list.c.id).where(ticket_list.c.number == bindparam("number")).order_by(ticket_list.c.rid)
)


class TicketIds(Struct, frozen=True, kw_only=True):
    """The answer to a filter: row ids in display order; their number is the exact count, unless ``search`` says not.

    Then it is about right, and further down there may be rows that are no hits: see ``columns.fetch``.
    """

    wanted: TicketFilter
    rids: array[int]
    at: datetime
    search: Outcome | None = None

    def at_rest(self, shown: array[int]) -> TicketIds:
        """The same answer with the array that is on the screen, where both say the same: then nothing is compared."""
        return TicketIds(wanted=self.wanted, rids=shown, at=self.at, search=self.search)


def ticket_ids(r: Reader, wanted: TicketFilter, *, patient: bool = False) -> TicketIds:
    """Every ticket the filter lets through, as row ids in display order.

    ``patient``: a search is answered exactly, however long it takes; for the patient lane.
    """
    if patient and wanted.text.strip():
        sought(r, wanted.text, patient=True)
    if r.hot is not None:
        rids = r.hot.rids(r, wanted)
    else:
        inner = ordered_rids(r, wanted).subquery()
        body = r.connection.execute(select(func.json_group_array(inner.c.rid))).scalar_one()
        rids = row_ids(body)
    if not wanted.text.strip():
        return TicketIds(wanted=wanted, rids=rids, at=r.now)
    rids, outcome = settle(r, wanted.text, rids, patient=patient)
    return TicketIds(wanted=wanted, rids=rids, at=r.now, search=outcome)


def ticket_rows(r: Reader, rids: Sequence[int]) -> tuple[TicketRow, ...]:
    """The rows of these ids, in their order; an id that is no longer in the store is left out."""
    found = r.all(_rows_by_rid, {"rids": msgspec.json.encode(list(rids)).decode()})
    by_rid = {row.rid: row for row in found}
    return tuple(ticket_row(r, by_rid[rid]) for rid in rids if rid in by_rid)


def places_of(rids: array[int], wanted: Sequence[int]) -> dict[int, int]:
    """Where each of ``wanted`` stands in ``rids``, -1 where it does not."""
    if len(wanted) > _SOUGHT_SINGLY:
        sought = set(wanted)
        there = {rid: place for place, rid in enumerate(rids) if rid in sought}
        return {rid: there.get(rid, -1) for rid in wanted}
    body = rids.tobytes()  # whose search is many times quicker than the array's
    return {rid: _place_in(body, array("q", [rid]).tobytes()) for rid in wanted}


def _place_in(body: bytes, one: bytes) -> int:
    at = body.find(one)
    while at >= 0 and at % len(one):
        at = body.find(one, at + 1)
    return at // len(one) if at >= 0 else -1


def rid_of(r: Reader, ticket_id: str) -> int | None:
    """The row id of a ticket, None when it is not in the store."""
    found = r.connection.execute(_rid_of, {"id": ticket_id}).scalar_one_or_none()
    return None if found is None else int(found)


def ticket_of_number(r: Reader, number: str) -> str | None:
    """The id of the ticket with this very number, None when there is none."""
    return r.connection.execute(_by_number, {"number": number}).scalars().first()
