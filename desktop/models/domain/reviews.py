"""What a review of an application rests on: was it asked for in time, where does it lead, whose matter is it.

Pure and shared: the server decides by it, the desktop shows it beforehand. Knows no row but those it is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from .clocks import cures, explain_handling
from .deadlines import Due, extend
from .entities import Application, Category, ClockPause, Extension, Place, Ticket, Unit, UnitKind
from .profile import RuleProfile


def in_time(row: Application) -> bool:
    """Whether more time was asked for before the limit had run out: what comes later cures no overdue."""
    return row.old_due_at is None or cures(
        Extension(old_due_at=row.old_due_at, new_due_at=row.old_due_at, asked_at=row.asked_at)
    )


def resumed(ticket: Ticket, at: datetime) -> Ticket:
    """The ticket with its clock running again after an extension was decided at ``at``."""
    pauses = tuple(
        ClockPause(p.start, at, p.state, p.by) if p.end is None and p.state == "extension_pending" else p
        for p in ticket.pauses
    )
    return replace(ticket, pauses=pauses, paused_at=None)


def standing_due(profile: RuleProfile, ticket: Ticket, unit_kind: UnitKind) -> datetime | None:
    """The limit that an extension is added to: the server's, moved on by pauses where its rule gives them back."""
    if ticket.due_at is None:
        return None
    found = explain_handling(profile, ticket, unit_kind)
    if found is None or found.open_pause or found.computed_at <= ticket.due_at:
        return ticket.due_at
    given_back = any(p.state in found.rule.pause_states for p in ticket.pauses)
    return found.computed_at if given_back else ticket.due_at


def lengthened(profile: RuleProfile, due_at: datetime, days: int) -> Due:
    """Where ``days`` working days more lead."""
    return extend(profile, due_at, days)


class Named(Struct, frozen=True):
    """What the dispatch catalogue says of a matter: the unit, "" where none is known, and by what document."""

    unit_id: str
    ground: str = ""


def named_unit(
    profile: RuleProfile,
    categories: Mapping[str, Category],
    places: Mapping[str, Place],
    units: Mapping[str, Unit],
    ticket: Ticket,
) -> Named | None:
    """The catalogue's line for a ticket: that of the nearest category up the tree; None where it has none."""
    lines = {line.category_id: line for line in profile.dispatch}
    line = next((lines[c] for c in _upwards(categories, ticket.category_id) if c in lines), None)
    if line is None:
        return None
    return Named(line.unit_id or _of_the_place(places, units, ticket.place_id), line.ground)


def _of_the_place(places: Mapping[str, Place], units: Mapping[str, Unit], place_id: str) -> str:
    """The district or county that a place lies in, as a unit."""
    seats = {unit.place_id: unit.id for unit in units.values() if unit.kind in ("district", "county")}
    return next((seats[place] for place in _upwards(places, place_id) if place in seats), "")


def _upwards(nodes: Mapping[str, Category] | Mapping[str, Place], node_id: str) -> Iterator[str]:
    """A node of a tree and those above it; a ring in the tree is gone round once."""
    seen: set[str] = set()
    while node_id and node_id not in seen:
        seen.add(node_id)
        yield node_id
        found = nodes.get(node_id)
        node_id = found.parent_id if found is not None else ""
