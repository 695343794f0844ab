"""The directory of units: who leads, who answers the telephone, when the office last reached them, what is open there.

Colleagues and people of units are named in full; nothing here is a citizen's.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import bindparam, select

from desktop.models.domain.entities import Unit, Urge, UrgeMeans
from desktop.models.store.projection import driver_cursor, get_row
from desktop.models.store.tables import urge_list

from .base import Reader
from .filters import TicketFilter
from .groups import groups

_LAST = (
    select(urge_list.c.id)
    .where(urge_list.c.unit_id == bindparam("unit"))
    .order_by(urge_list.c.at.desc(), urge_list.c.id.desc())
    .limit(1)
)
# Of the columns beside a maximum SQLite gives those of the row that has it.
_LASTS = "SELECT unit_id, id, max(at) FROM urge_list GROUP BY unit_id"


class LastContact(Struct, frozen=True, kw_only=True):
    """The latest urge of a unit: when, by whom, whom they reached ("" where nobody is named)."""

    at: datetime
    by_name: str
    person_reached: str
    means: UrgeMeans


class UnitLine(Struct, frozen=True, kw_only=True):
    """A unit as the directory lists it; ``open`` and ``overdue`` count the cases it leads."""

    unit: Unit
    looked_after_by: tuple[str, ...]
    last: LastContact | None
    open: int
    overdue: int


def directory(r: Reader) -> tuple[UnitLine, ...]:
    """Every unit, in the order of its name's pinyin."""
    cursor = driver_cursor(r.connection)
    try:
        lasts = {unit: urge for unit, urge, _ in cursor.execute(_LASTS)}
    finally:
        cursor.close()
    # Whoever looks after some units alone still reads of all here.
    counted = groups(replace(r, area=()), TicketFilter(queue="open"), "unit")
    counts = {total.key: (total.count, total.overdue) for total in counted.totals}
    names: dict[str, list[str]] = {}
    for person in r.reference.persons.values():
        for unit_id in person.assigned_unit_ids:
            names.setdefault(unit_id, []).append(person.name)
    units = sorted(r.reference.units.values(), key=lambda u: (u.pinyin or u.name, u.id))
    return tuple(
        UnitLine(
            unit=unit,
            looked_after_by=tuple(sorted(names.get(unit.id, ()))),
            last=_contact(r, lasts.get(unit.id, "")),
            open=counts.get(unit.id, (0, 0))[0],
            overdue=counts.get(unit.id, (0, 0))[1],
        )
        for unit in units
    )


def last_contact(r: Reader, unit_id: str) -> LastContact | None:
    """When the office last urged a unit, about whatever case; None where it never did."""
    found = r.connection.execute(_LAST, {"unit": unit_id}).scalar() if unit_id else None
    return _contact(r, str(found or ""))


def fits(unit: Unit, text: str) -> bool:
    """Whether a unit is meant by what a person types: part of a name or of somebody's in it, pinyin, its initials."""
    wanted = "".join(text.casefold().split())
    people = (unit.leader, unit.liaison, *(contact.name for contact in unit.substitutes))
    spellings = (unit.name, unit.short_name, *unit.pinyin.split(), *people)
    return any(wanted in spelling.casefold() for spelling in spellings if spelling)


def _contact(r: Reader, urge_id: str) -> LastContact | None:
    urge = get_row(r.connection, ("urge", urge_id)) if urge_id else None
    if not isinstance(urge, Urge):
        return None
    return LastContact(at=urge.at, by_name=urge.by_name, person_reached=urge.person_reached, means=urge.means)
