"""A list in groups: how many of its cases each unit or district has, exactly, and how many of those are overdue.

From the columns in memory where they are loaded, else by SQL; a test holds the two against a count in plain Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from sqlalchemy import Integer, func, select

from desktop.models.store.tables import ticket_list

from .base import Reader
from .filters import TicketFilter, conditions, listed, queue_condition
from .tickets import ticket_ids

By = Literal["unit", "place"]


class GroupTotal(Struct, frozen=True, kw_only=True):
    """One unit or district by its id, "" for cases that have none."""

    key: str
    count: int
    overdue: int


class Groups(Struct, frozen=True, kw_only=True):
    """The groups of one question, the largest first; not ``exact`` while a search is still looked through."""

    wanted: TicketFilter
    by: By
    totals: tuple[GroupTotal, ...]
    exact: bool = True

    @property
    def count(self) -> int:
        """All of them together."""
        return sum(total.count for total in self.totals)


def groups(r: Reader, wanted: TicketFilter, by: By) -> Groups:
    """How many of what ``wanted`` lets through each group has. Streets count for their district."""
    exact = True
    if r.hot is not None and not wanted.text.strip():
        found: Iterable[tuple[str, int, int]] = r.hot.groups(r, wanted, by)
    else:
        which = conditions(r, wanted)
        if wanted.text.strip():
            answer = ticket_ids(r, wanted)
            exact = answer.search is None or answer.search.exact
            which = listed(answer.rids)
        column = ticket_list.c[f"{by}_id"]
        late = func.coalesce(func.sum(queue_condition(r, "overdue"), type_=Integer), 0)
        rows = r.all(select(column, func.count(), late).where(which).group_by(column))
        found = [(key, int(count), int(overdue)) for key, count, overdue in rows]
    counted: dict[str, tuple[int, int]] = {}
    for key, count, overdue in found:
        group = district_of(r, key) if by == "place" else key
        before = counted.get(group, (0, 0))
        counted[group] = before[0] + count, before[1] + overdue
    totals = [GroupTotal(key=key, count=n, overdue=late) for key, (n, late) in counted.items() if n]
    totals.sort(key=lambda total: (-total.count, total.key))
    return Groups(wanted=wanted, by=by, totals=tuple(totals), exact=exact)


def district_of(r: Reader, place_id: str) -> str:
    """The district that a place lies in, the place itself where it lies in none."""
    seen: set[str] = set()
    node = r.reference.places.get(place_id)
    while node is not None and node.kind != "district" and node.id not in seen:
        seen.add(node.id)
        node = r.reference.places.get(node.parent_id)
    return node.id if node is not None and node.kind == "district" else place_id
