"""Putting a sample city into a database: rules, clock, people, rows, and where the number series go on."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import func, select

from central import dialects
from central.accounts import Accounts
from central.database import Database, get_setting, put_setting
from central.loader import LoadCount, Loader
from central.office_clock import OfficeClock
from central.profile_store import ensure_profile
from central.profiles import default_profile
from central.tables import account, number_series
from desktop.models.domain.clock import Clock
from desktop.models.domain.profile import RuleProfile

from .catalogue import dispatch_catalogue, emergency_categories
from .corpus import corpus
from .generator import City, CitySpec
from .ledger import Planted
from .world import World

HOLDS_CITY = "sample_city"
"""The setting that says "1" once a database holds a whole sample city; ``serve`` reads it."""

_SPEC = "sample_city_spec"


class CannotBuild(ValueError):
    """The database cannot take this city; the text is for the administrator."""


@dataclass
class Built:
    """What was built. ``planted`` is the truth about false completions, which no row tells."""

    tickets: int = 0
    rows: int = 0
    count: LoadCount = field(default_factory=LoadCount)
    planted: list[Planted] = field(default_factory=list)


def sample_profile() -> RuleProfile:
    """The rules of the sample city: the default ones, with China's working calendar and the city's own catalogue."""
    city, world = corpus().city, World(corpus())
    rules = default_profile(city_zh=city.name, city_en=city.name_en, timezone=city.timezone)
    return replace(
        rules, dispatch=dispatch_catalogue(world), emergency_categories=emergency_categories(world)
    )


def build(
    database: Database,
    spec: CitySpec,
    *,
    clock: Clock,
    rng: random.Random,
    tell: Callable[[int], None] = lambda tickets: None,
) -> Built:
    """Build the city; ``clock`` is real time, ``tell`` hears how many tickets are in.

    An interrupted build is completed by the same call again; one that is complete changes nothing. Raises
    :class:`CannotBuild` for a database that holds something else.
    """
    _claim(database, spec)
    profile = ensure_profile(database, sample_profile(), at=clock.now())
    OfficeClock(database, clock).settle(spec.as_of)
    loader = Loader(database, clock=clock)
    city = City(spec, profile)
    built = Built()
    _add_people(Accounts(database, clock=clock, rng=rng), city.world)
    for chunk in city.chunks():
        built.count += loader.load(chunk.rows, chunk.contacts, chunk.texts)
        built.tickets += chunk.tickets
        built.rows += len(chunk.rows)
        built.planted += chunk.planted
        tell(built.tickets)
    _finish(database, city.last_numbers)
    return built


def describe(spec: CitySpec) -> str:
    """A spec in one line, as it is kept beside the city."""
    lean = ", lean" if spec.lean else ""
    days = f", {spec.days} days" if spec.days else ""
    return f"size {spec.size}, seed {spec.seed}, as of {spec.as_of.isoformat()}{days}{lean}"


def _claim(database: Database, spec: CitySpec) -> None:
    """Mark the database as this city's before the first row, so that nothing else is ever mixed into it."""
    with database.write() as tx:
        tx.lock(_SPEC)
        held = get_setting(tx.connection, _SPEC)
        if held is None:
            known = tx.connection.execute(select(func.count()).select_from(account)).scalar_one()
            if known or database.holds_rows():
                raise CannotBuild("this database holds a real office; a sample city needs one of its own")
            put_setting(tx, _SPEC, describe(spec))
        elif held != describe(spec):
            raise CannotBuild(f"this database holds another sample city: {held}")


def _add_people(accounts: Accounts, world: World) -> None:
    known = {found.login for found in accounts.all()}
    for colleague in world.people.values():
        if colleague.login not in known:
            accounts.add(colleague.person, colleague.login)


def _finish(database: Database, last_numbers: Mapping[str, int]) -> None:
    """Let the series go on after the city's last numbers, and say that the city is whole."""
    with database.write() as tx:
        for name, last in last_numbers.items():
            statement = dialects.insert(tx.connection, number_series).values(name=name, last=last)
            later = statement.excluded.last > number_series.c.last
            tx.connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["name"], set_={"last": statement.excluded.last}, where=later
                )
            )
        put_setting(tx, HOLDS_CITY, "1")


def as_of_time(text: str) -> datetime:
    """An as-of time as it is typed; without an offset it is office time. Raises ``ValueError``."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=sample_profile().zone())
    return moment
