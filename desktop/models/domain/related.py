"""What ties one case to others: the same requester, the same address, nearly the same words; and its way between units.

Never tells who the requester is: a contact id is compared, not shown, and is "" wherever the viewer may not have it.
Pure; reads no row but those it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from msgspec import Struct

from .deadlines import working_span
from .entities import TimelineEntry
from .profile import RuleProfile

_NOT_SAID: Final = re.compile(r"[\W_0-9]+")
_RUN: Final = 3
ALIKE: Final = 0.5
"""Share of the runs of letters of both that two requests have in common to be called nearly the same."""

_ARRIVALS: Final = frozenset({"dispatched", "redispatched"})
_DEPARTURES: Final = frozenset({"returned", "redispatched"})


def same_address(address: str) -> str:
    """An address as it is compared: without blanks."""
    return "".join(address.split())


def runs_of(text: str) -> frozenset[str]:
    """Every three letters that follow each other, without digits and punctuation: what two texts are compared by."""
    said = _NOT_SAID.sub("", text)
    return frozenset(said[at : at + _RUN] for at in range(max(len(said) - _RUN + 1, 0)))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the runs of both that they have in common, 0 where either has none."""
    return len(one & other) / len(one | other) if one and other else 0.0


class Hop(Struct, frozen=True, kw_only=True):
    """One stay of a ticket with a unit: ``left`` None = it is still there. ``lost`` = working (days, hours) of a stay
    that ended in a return; (0, 0) where it did not."""

    unit_id: str
    told: str
    arrived: datetime
    left: datetime | None = None
    lost: tuple[int, int] = (0, 0)


def chain_of(entries: Iterable[TimelineEntry], profile: RuleProfile) -> tuple[Hop, ...]:
    """The way of a ticket from unit to unit, oldest first; empty where no unit returned it."""
    hops: list[Hop] = []
    here: TimelineEntry | None = None
    returned = False
    for entry in sorted(entries, key=lambda e: e.at):
        if entry.kind in _DEPARTURES and here is not None:
            gave_back = entry.kind == "returned"
            lost = working_span(profile, here.at, entry.at) if gave_back else (0, 0)
            hops.append(Hop(unit_id=here.unit_id, told=here.text, arrived=here.at, left=entry.at, lost=lost))
            returned = returned or gave_back
            here = None
        if entry.kind in _ARRIVALS:
            here = entry
    if here is not None:
        hops.append(Hop(unit_id=here.unit_id, told=here.text, arrived=here.at))
    return tuple(hops) if returned else ()
