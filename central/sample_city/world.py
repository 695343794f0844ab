"""What stands still in the sample city: units, places, categories, people, and tables of them made ready for drawing.

The same for every seed and size: ids come from names alone, so that a person is the same person in every sample city.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

from msgspec.structs import replace

from desktop.models.domain.entities import Category, Person, Place, Row, Unit, UnitContact, UnitKind

from .chance import Lottery, one_of
from .corpus import Corpus, District

SOURCE = "sample-city"
STAFF_OF_A_UNIT = 5
_OLD = ("新村", "小区", "里", "宿舍", "一村", "家属院", "安置区")
"""How the names of compounds end that were built long ago."""
_DISTRICT_WE = {"district": "我区", "county": "我县"}


def stable_id(kind: str, key: str) -> str:
    """The id of what ``key`` names, in the form of a UUID (version 8): the same in every sample city."""
    digest = int.from_bytes(blake2b(f"{SOURCE}\0{kind}\0{key}".encode(), digest_size=16).digest(), "big")
    versioned = digest & ~(0xF << 76) & ~(0x3 << 62) | 0x8 << 76 | 0x2 << 62
    return str(uuid.UUID(int=versioned))


@dataclass(frozen=True, eq=False)
class Handler:
    """A unit as the generator uses it. ``staff`` are names of its people, which are never masked."""

    id: str
    key: str
    short: str
    we: str
    kind: UnitKind
    staff: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Spot:
    """A point of a district: the slots it fills and the street it lies in."""

    slots: dict[str, str]
    street_id: str
    rural: bool
    old: bool


@dataclass(frozen=True, eq=False)
class Area:
    """A district with its handler and the spots of it."""

    id: str
    handler: Handler
    spots: tuple[Spot, ...]
    rural: tuple[Spot, ...]
    old: tuple[Spot, ...]
    new: tuple[Spot, ...]


@dataclass(frozen=True)
class Colleague:
    """One of the seven people; ``login`` is what they sign in with."""

    person: Person
    login: str

    @property
    def id(self) -> str:
        return self.person.id

    @property
    def name(self) -> str:
        return self.person.name


@dataclass
class World:
    """Everything that stands still. ``load`` draws the district a request comes from."""

    corpus: Corpus
    units: dict[str, Handler] = field(default_factory=dict)
    areas: list[Area] = field(default_factory=list)
    people: dict[str, Colleague] = field(default_factory=dict)
    categories: dict[str, str] = field(default_factory=dict)
    reference: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        names = self.corpus.names
        self.surnames = Lottery(_weighted(names.surnames))
        colleagues = {person.name for person in self.corpus.city.people}
        self.taken = frozenset(colleagues)
        self._build_units()
        self._build_places()
        self._build_categories()
        self._build_people()
        loads = {area: entry.load for area, entry in self._areas_with_entries()}
        self.load = Lottery(loads)
        self.rural_load = Lottery({area: load for area, load in loads.items() if area.rural})
        self.departments = tuple(self.units[unit.key] for unit in self.corpus.city.units)

    def colleague(self, login: str) -> Colleague:
        """One of the seven by login."""
        return self.people[login]

    def _areas_with_entries(self) -> Iterator[tuple[Area, District]]:
        return zip(self.areas, self.corpus.city.districts, strict=True)

    def _build_units(self) -> None:
        rng = random.Random(f"{SOURCE} staff")
        city = self.corpus.city
        for district in city.districts:
            unit = Unit(
                id=stable_id("unit", district.key),
                name=f"{district.name}人民政府",
                short_name=district.name,
                kind=district.kind,
                place_id=stable_id("place", district.name),
                office_phone=_office_phone(rng),
                pinyin=district.pinyin,
            )
            self._add_unit(unit, district.key, _DISTRICT_WE[district.kind], rng)
        for entry in city.units:
            unit = Unit(
                id=stable_id("unit", entry.key),
                name=entry.name,
                short_name=entry.short,
                kind=entry.kind,
                place_id=stable_id("place", city.name),
                office_phone=_office_phone(rng),
                pinyin=entry.pinyin,
            )
            self._add_unit(unit, entry.key, entry.we, rng)

    def _add_unit(self, unit: Unit, key: str, we: str, rng: random.Random) -> None:
        """The unit with its people; some of them stand in the office's directory."""
        staff: list[str] = []
        while len(staff) < STAFF_OF_A_UNIT:
            name = self.surnames.draw(rng) + one_of(rng, self.corpus.names.staff)
            if name not in self.taken and name not in staff:
                staff.append(name)
        self.units[key] = Handler(unit.id, key, unit.short_name, we, unit.kind, tuple(staff))
        known = random.Random(f"{SOURCE} directory {key}")  # nobody else's draws change with the directory
        leader, liaison, second = staff[0], staff[1], staff[2]
        self.reference.append(
            replace(
                unit,
                leader=leader,
                leader_phone=_office_phone(known),
                liaison=liaison,
                liaison_phone=_office_phone(known),
                duty_phone=_office_phone(known),
                substitutes=(UnitContact(second, _office_phone(known)),),
            )
        )

    def _build_places(self) -> None:
        city = self.corpus.city
        city_id = stable_id("place", city.name)
        self.reference.append(Place(id=city_id, name=city.name, kind="city"))
        for entry in city.districts:
            area_id = stable_id("place", entry.name)
            self.reference.append(Place(id=area_id, name=entry.name, kind="district", parent_id=city_id))
            for street in entry.streets:
                street_id = _street_id(entry, street)
                self.reference.append(Place(id=street_id, name=street, kind="street", parent_id=area_id))
            spots = tuple(_spots(entry))
            rural = tuple(spot for spot in spots if spot.rural)
            old = tuple(spot for spot in spots if spot.old)
            new = tuple(spot for spot in spots if not spot.old)
            self.areas.append(Area(area_id, self.units[entry.key], spots, rural, old, new))

    def _build_categories(self) -> None:
        for matter in self.corpus.matters:
            path, parent = "", ""
            for depth, name in enumerate((matter.first, *matter.category.split("/")), start=1):
                path = f"{path}/{name}"
                if path not in self.categories:
                    self.categories[path] = stable_id("category", path)
                    self.reference.append(
                        Category(
                            id=self.categories[path],
                            name=name,
                            parent_id=parent,
                            depth=depth,
                            enterprise=matter.enterprise,
                        )
                    )
                parent = self.categories[path]

    def _build_people(self) -> None:
        for entry in self.corpus.city.people:
            person = Person(
                id=stable_id("person", entry.key),
                name=entry.name,
                roles=entry.roles,
                unit_ids=(self.units[entry.unit].id,) if entry.unit else (),
                title=entry.title,
                assigned_unit_ids=tuple(sorted(self.units[key].id for key in entry.looks_after)),
            )
            self.people[entry.key] = Colleague(person, entry.key)
            self.reference.append(person)


def _spots(entry: District) -> Iterator[Spot]:
    """Every compound with every road of the district; a compound lies in one street for good."""
    for i, compound in enumerate(entry.compounds):
        street = entry.streets[i % len(entry.streets)]
        for j, road in enumerate(entry.roads):
            slots = {
                "district": entry.name,
                "street": street,
                "road": road,
                "road2": entry.roads[(j + 1 + i % 3) % len(entry.roads)],
                "compound": compound,
                "school": entry.schools[(i + j) % len(entry.schools)],
                "hospital": entry.hospitals[0],
                "clinic": entry.hospitals[1],
                "market": entry.markets[(i + j) % len(entry.markets)],
                "park": entry.parks[(i + j) % len(entry.parks)],
            }
            rural, old = street.endswith(("镇", "乡")), compound.endswith(_OLD)
            yield Spot(slots, _street_id(entry, street), rural, old)


def _street_id(entry: District, street: str) -> str:
    return stable_id("place", f"{entry.name}/{street}")


def _office_phone(rng: random.Random) -> str:
    """A number with an area code that is not in use."""
    return f"0399-{rng.randrange(8_000_000, 9_000_000)}"


def _weighted(entries: tuple[str, ...]) -> dict[str, float]:
    pairs = (entry.split(":") for entry in entries)
    return {name: float(weight) for name, weight in pairs}
