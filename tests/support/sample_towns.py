"""Whole sample cities held in memory, sorted by what a test asks for. For tests only; a real build streams."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

from central.loader import Contact
from central.sample_city.building import sample_profile
from central.sample_city.generator import DEFAULT_AS_OF, City, CitySpec
from central.sample_city.ledger import Planted
from desktop.models.domain.entities import Attempt, Row, Ticket, Visit, encode_row, ticket_id_of
from desktop.models.domain.profile import RuleProfile
from desktop.models.domain.tickets import is_open

R = TypeVar("R", bound=Row)
SEED = 12345


class HeldCity:
    """All rows of one city, by class and by ticket."""

    def __init__(self, spec: CitySpec) -> None:
        self.profile: RuleProfile = sample_profile()
        self.now = spec.as_of
        self.city = City(spec, self.profile)
        self.rows: list[Row] = []
        self.contacts: dict[str, Contact] = {}
        self.texts: dict[str, str] = {}
        self.planted: list[Planted] = []
        self._by_class: dict[type[Row], list[Row]] = defaultdict(list)
        self.family: dict[str, list[Row]] = defaultdict(list)
        for chunk in self.city.chunks():
            self.rows += chunk.rows
            self.contacts |= {contact.id: contact for contact in chunk.contacts}
            self.texts |= dict(chunk.texts)
            self.planted += chunk.planted
        for row in self.rows:
            self._by_class[type(row)].append(row)
            self.family[ticket_id_of(row)].append(row)
        self.tickets = {ticket.id: ticket for ticket in self.of(Ticket)}
        self.open_ids = {ticket.id for ticket in self.tickets.values() if is_open(ticket)}

    def of(self, cls: type[R]) -> list[R]:
        """All rows of a class."""
        return [row for row in self._by_class[cls] if isinstance(row, cls)]

    def attempts(self) -> dict[str, list[Attempt]]:
        """Attempts by visit, oldest first."""
        found: dict[str, list[Attempt]] = defaultdict(list)
        for attempt in sorted(self.of(Attempt), key=lambda a: a.at):
            found[attempt.visit_id].append(attempt)
        return found

    def person(self, login: str) -> str:
        """The id of one of the seven."""
        return self.city.world.colleague(login).id


@lru_cache(maxsize=6)
def held_city(size: int, seed: int = SEED, as_of: str = DEFAULT_AS_OF) -> HeldCity:
    """A city, made once for all tests of a run."""
    return HeldCity(CitySpec(size, seed, datetime.fromisoformat(as_of)))


def tickets_and_visits(spec: CitySpec) -> tuple[list[Ticket], list[Visit]]:
    """What proportions are counted from, without holding the rest of a large city."""
    tickets: list[Ticket] = []
    visits: list[Visit] = []
    for chunk in City(spec, sample_profile()).chunks():
        tickets += [row for row in chunk.rows if isinstance(row, Ticket)]
        visits += [row for row in chunk.rows if isinstance(row, Visit)]
    return tickets, visits


def digest(spec: CitySpec) -> str:
    """A fingerprint of everything a city consists of, in its order."""
    hashed = blake2b(digest_size=16)
    for piece in _pieces(spec):
        hashed.update(piece)
    return hashed.hexdigest()


def _pieces(spec: CitySpec) -> Iterator[bytes]:
    city = City(spec, sample_profile())
    for chunk in city.chunks():
        for row in chunk.rows:
            yield encode_row(row)
        yield repr((chunk.contacts, chunk.texts, chunk.planted)).encode()
    yield repr(sorted(city.last_numbers.items())).encode()
