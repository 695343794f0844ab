"""What every query is given: a reading connection, the office's now, the rules and the reference rows.

A query is a noun, takes a Reader first and returns frozen values; it never writes and never calls the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from desktop.models.domain.entities import Category, Person, Place, Unit
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.wire import Me

if TYPE_CHECKING:  # the first rows of a start are formatted before SQLAlchemy is there
    from sqlalchemy import Connection

    from desktop.models.store.search_index import SearchIndex

    from .hot.lists import Hot


def with_below(parents: Mapping[str, str], wanted: Iterable[str]) -> set[str]:
    """The wanted nodes of a tree and everything below them; ``parents`` is id → id of the node above."""
    found = set(wanted)
    more = True
    while more and found:
        below = {child for child, parent in parents.items() if parent in found} - found
        found |= below
        more = bool(below)
    return found


class Reference(Struct, frozen=True, kw_only=True, dict=True):
    """The reference rows by id; small, read once and replaced as a whole when one of them changes."""

    units: dict[str, Unit] = {}
    categories: dict[str, Category] = {}
    places: dict[str, Place] = {}
    persons: dict[str, Person] = {}

    def person_name(self, person_id: str) -> str:
        """A colleague's name; "" for none, or for somebody this desktop has not heard of."""
        person = self.persons.get(person_id)
        return person.name if person is not None else ""

    def unit_name(self, unit_id: str) -> str:
        """The short name where there is one; the id's absence gives ""."""
        unit = self.units.get(unit_id)
        return (unit.short_name or unit.name) if unit else ""

    def units_below(self, unit_ids: tuple[str, ...]) -> tuple[str, ...]:
        """These units and everything below them, in the order of their ids."""
        parents = {unit.id: unit.parent_id for unit in self.units.values()}
        return tuple(sorted(with_below(parents, unit_ids)))

    def place_name(self, place_id: str) -> str:
        place = self.places.get(place_id)
        return place.name if place else ""

    def category_path(self, category_id: str) -> str:
        """The names from the first level down, joined by " / "."""
        names: list[str] = []
        node = self.categories.get(category_id)
        while node is not None and len(names) < 6:
            names.append(node.name)
            node = self.categories.get(node.parent_id)
        return " / ".join(reversed(names))

    @cached_property
    def children_of_category(self) -> dict[str, tuple[str, ...]]:
        """Category ids by parent id ("" = first level)."""
        children: dict[str, list[str]] = {}
        for category in self.categories.values():
            children.setdefault(category.parent_id, []).append(category.id)
        return {parent: tuple(ids) for parent, ids in children.items()}


class Standpoint(Struct, frozen=True, kw_only=True):
    """From where rows are seen; ``now`` is office time, aware; ``language`` is "zh" or "en".

    ``area`` are the units that lists and counts are limited to, () for the whole city: where a person looks, no right.
    """

    now: datetime
    profile: RuleProfile
    me: Me
    reference: Reference
    language: str = "zh"
    area: tuple[str, ...] = ()


class Reader(Standpoint, frozen=True, kw_only=True, weakref=True):
    """The reading side's context: a standpoint and a connection to ask.

    ``hot`` answers for lists and counts what it holds in memory; None = ask the store. ``search`` is the index beside
    the store; without one, or while it does not answer, a search reads the texts.
    """

    connection: Connection
    hot: Hot | None = None
    search: SearchIndex | None = None

    @property
    def now_s(self) -> int:
        """``now`` as the list tables keep time: whole seconds since 1970."""
        return int(self.now.timestamp())

    def all(self, statement: Any, parameters: dict[str, Any] | None = None) -> list[Any]:
        """All rows of a held statement."""
        return list(self.connection.execute(statement, parameters or {}))
