"""One question of the ticket list and its whole answer: the ids, and the rows that will be seen first.

Asked in one go, so that a queue is painted once and with its rows: `listing` runs in the reading lane. Knows no widget.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from desktop.models.items.windowed import PAGE, Prepared
from desktop.services.queries.base import Reader

if TYPE_CHECKING:
    from desktop.services.queries.filters import TicketFilter
    from desktop.services.queries.tickets import TicketIds


@dataclass(frozen=True, kw_only=True)
class Look:
    """What is asked, and how the list stands now. ``looked_for``: a ticket to be found in it, "" for none.

    ``shown`` is the array on the screen; ``current`` the row id of the current row, 0 for none, ``offset`` how many
    rows it stands below the first one seen; ``first`` and ``room`` are the first row seen and how many find room.
    ``anew``: another list, to be seen from its top.
    """

    wanted: TicketFilter
    looked_for: str = ""
    shown: array[int]
    current: int = 0
    offset: int = 0
    first: int = 0
    room: int = PAGE
    anew: bool = False


class Listing(NamedTuple):
    """``rows`` fill whole pages from row ``first`` on; ``places`` says where the current and the looked-for went."""

    found: TicketIds
    rid: int | None
    rows: tuple[Prepared, ...]
    first: int
    places: dict[int, int]


def listing(r: Reader, look: Look, *, patient: bool = False) -> Listing:
    """The answer; its ids are ``look.shown`` itself where nothing moved. ``patient``: see ``ticket_ids``."""
    from desktop.services.queries.tickets import places_of, rid_of, ticket_ids

    from .columns import fetch

    found = ticket_ids(r, look.wanted, patient=patient)
    if found.rids == look.shown:
        found = found.at_rest(look.shown)
    rid = rid_of(r, look.looked_for) if look.looked_for else None
    places = places_of(found.rids, [i for i in (look.current, rid) if i])
    top = 0 if look.anew else look.first
    if rid is not None and places[rid] >= 0:
        top = places[rid] - look.room // 2
    elif look.current and not look.anew and places[look.current] >= 0:
        top = places[look.current] - look.offset
    top = max(0, min(top, len(found.rids) - look.room))
    first = top // PAGE * PAGE
    last = (top + look.room) // PAGE * PAGE + PAGE
    rows = fetch(r, found.rids[first:last], look.wanted.text)
    whole = len(rows) == len(found.rids[first:last])
    return Listing(found, rid, rows if whole else (), first, places)
