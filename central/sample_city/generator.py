"""The city, streamed: from a size, a seed and an as-of time to chunks of rows, identities and planted truth.

Deterministic: the same :class:`CitySpec` makes the same bytes everywhere. Bounded memory: a chunk at a time, beside the
few notices and findings that wait for their numbers. Tickets come in the order of their receipt, so that numbers rise.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import accumulate

from central.loader import Contact
from desktop.models.domain.calendar import is_working_day
from desktop.models.domain.entities import Attempt, Row
from desktop.models.domain.profile import DayKind, RuleProfile

from .corpus import corpus
from .fates import draw_fate
from .handling import play
from .ids import Ids
from .inspecting import Inspecting
from .ledger import Ledger, Planted
from .life import Life
from .papers import REMINDERS, papers
from .scenes import FURTHEST, Scene, Scenes
from .supervision import supervise
from .town import Town
from .worktime import HOUR_S, WorkTime
from .world import SOURCE, World

DEFAULT_AS_OF = "2026-03-17T09:30:00+08:00"
"""An ordinary working Tuesday: no holiday and no make-up day within two weeks."""

SMALLEST = 300
LARGEST = 1_000_000
CHUNK_TICKETS = 1_000
_SPAN_DAYS = 30
_SPAN_SIZE = 3_000
_SPAN_GROWTH = 0.35
_AHEAD_DAYS = 120
_URGENT_PACE = 0.7
_DAY_WEIGHTS: dict[DayKind, float] = {"working": 1.0, "make_up": 1.0, "weekend": 0.44, "holiday": 0.24}
# Calls by hour of the day: a hotline is never silent, and loudest in the morning.
_HOURS = (3, 2, 1, 1, 1, 2, 8, 25, 62, 112, 108, 80, 46, 52, 86, 92, 84, 70, 46, 40, 36, 28, 16, 8)


@dataclass(frozen=True)
class CitySpec:
    """What a city is made from. ``days`` of history, 0 = more for larger cities, as :func:`history_days` says.

    ``lean`` leaves out the timelines and attempts of archived tickets: a third of the rows, for measuring large cities.
    """

    size: int
    seed: int
    as_of: datetime
    days: int = 0
    lean: bool = False

    def __post_init__(self) -> None:
        if not SMALLEST <= self.size <= LARGEST:
            raise ValueError(f"a sample city has between {SMALLEST} and {LARGEST:,} tickets")
        if self.as_of.tzinfo is None:
            raise ValueError("the as-of time needs a time zone")
        if self.days < 0:
            raise ValueError("a history has no fewer than 0 days")


@dataclass
class Chunk:
    """A part of the city: whole tickets with their children; the last holds notices and findings of all.

    ``texts`` are (ticket id, text as it was told) where the row's text is redacted.
    """

    rows: list[Row] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    planted: list[Planted] = field(default_factory=list)
    tickets: int = 0


def history_days(size: int) -> int:
    """How many days back a city of ``size`` tickets goes: 30 for 3,000, some 230 for a million."""
    growth: float = (size / _SPAN_SIZE) ** _SPAN_GROWTH
    return max(_SPAN_DAYS, round(_SPAN_DAYS * growth))


class City:
    """One city. ``last_numbers`` (series → last number drawn) is complete once :meth:`chunks` is exhausted."""

    def __init__(self, spec: CitySpec, profile: RuleProfile) -> None:
        self.spec = spec
        self.world = World(corpus())
        today = profile.local(spec.as_of).date()
        self._days = spec.days or history_days(spec.size)
        self._days = max(self._days, _reach(profile, today, FURTHEST + 1))
        time = WorkTime(profile, today - timedelta(days=self._days + 2), today + timedelta(days=_AHEAD_DAYS))
        now = time.seconds(spec.as_of)
        self.town = Town(self.world, profile, time, Ids(SOURCE, spec.seed), now=now, seed=spec.seed)
        self._ledger = Ledger(profile)
        self._inspecting = Inspecting(self.town)

    @property
    def last_numbers(self) -> dict[str, int]:
        """The number series as the office left them."""
        return {**self._ledger.last_numbers, f"guidance:{self.spec.as_of.year}": REMINDERS}

    def chunks(self) -> Iterator[Chunk]:
        """The whole city, once."""
        series = self.town.profile.guidance_series
        chunk = Chunk(rows=[*self.world.reference, *papers(self.world, self.spec.as_of, series)])
        for life in self._lives():
            self._take(chunk, life)
            if chunk.tickets >= CHUNK_TICKETS:
                yield chunk
                chunk = Chunk()
        chunk.rows.extend(self._ledger.rows())
        chunk.rows.extend(self._inspecting.rows(self._ledger))
        yield chunk

    def _take(self, chunk: Chunk, life: Life) -> None:
        ticket = life.ticket()
        chunk.rows.append(ticket)
        self._inspecting.see(ticket)
        if self.spec.lean and life.state == "archived":
            chunk.rows.extend(row for row in life.rows if not isinstance(row, Attempt))
        else:
            chunk.rows.extend(life.timeline())
            chunk.rows.extend(life.rows)
        chunk.tickets += 1
        request = life.request
        if request.citizen is not None and not request.citizen.known:
            request.citizen.known = True
            chunk.contacts.append(request.citizen.contact)
        if request.secret:
            chunk.texts.append((life.id, request.secret))
        if life.fate.false_completion and life.first_completed:
            chunk.planted.append(
                Planted(life.id, life.number, life.request.unit.id, tuple(_signals_of(life)))
            )

    def _lives(self) -> Iterator[Life]:
        town, spec = self.town, self.spec
        scenes = sorted(Scenes(town, random.Random(f"{spec.seed} scenes")).all(), key=lambda s: s.received)
        by_day: dict[int, list[Scene]] = {}
        for scene in scenes:
            by_day.setdefault(town.time.day_of(scene.received), []).append(scene)
        last = town.time.day_of(town.now)
        plan = self._plan(last, spec.size - len(scenes))
        year, serial = town.time.date_of(town.time.at(last - self._days, 0)).year, self._calls_before()
        for day, count in plan:
            date = town.time.date_of(town.time.at(day, 0))
            if date.year != year:
                year, serial = date.year, 0
            rng = random.Random(f"{spec.seed} {day}")
            town.requests.begin_day(day)
            todo: list[tuple[int, Scene | None]] = [(at, None) for at in self._times(rng, day, count)]
            todo += [(scene.received, scene) for scene in by_day.get(day, ())]
            todo.sort(key=lambda item: item[0])
            for at, scripted in todo:
                serial += 1
                yield self._live(rng, at, f"{town.prefix}-{year}-{serial:06d}", scripted)

    def _live(self, rng: random.Random, at: int, number: str, scene: Scene | None) -> Life:
        town = self.town
        request = town.requests.make(rng, scene.wanted if scene else None)
        fate = scene.fate if scene else draw_fate(rng, town.time, request.request_type)
        if request.urgency != "normal" and not scene:
            fate.pace *= _URGENT_PACE
        life = Life(town, rng, request, fate, received=at, number=number)
        play(life)
        supervise(life, self._ledger, scene.deeds if scene else None)
        if not life.merged_into:
            request.done = life.completed
        return life

    def _plan(self, last: int, total: int) -> list[tuple[int, int]]:
        """How many requests each day brings, adding up to ``total``."""
        days = range(last - self._days, last + 1)
        weights = [self._weight(day) for day in days]
        edges = [round(total * w / sum(weights)) for w in accumulate(weights)]
        return [(day, edge - before) for day, edge, before in zip(days, edges, [0, *edges[:-1]], strict=True)]

    def _weight(self, day: int) -> float:
        town = self.town
        weight = _DAY_WEIGHTS[town.time.kind(day)]
        if day == town.time.day_of(town.now):
            weight *= _share_of_day(town.time.time_of_day(town.now))
        return weight

    def _calls_before(self) -> int:
        """How many requests the year had brought before the history begins: where the numbers start."""
        town = self.town
        last = town.time.day_of(town.now)
        rate = self.spec.size / sum(self._weight(day) for day in range(last - self._days, last + 1))
        first = town.time.date_of(town.time.at(last - self._days, 0))
        return round(rate * 0.8 * (first.timetuple().tm_yday - 1))

    def _times(self, rng: random.Random, day: int, count: int) -> list[int]:
        """``count`` moments of a day, none after now."""
        town = self.town
        ceiling = 1.0
        if day == town.time.day_of(town.now):
            ceiling = _share_of_day(town.time.time_of_day(town.now))
        return [town.time.at(day, _second_of_day(rng.random() * ceiling)) for _ in range(count)]


def _reach(profile: RuleProfile, day: date, working_days: int) -> int:
    """How many days back the history must go to hold so many working days."""
    back = 0
    while working_days:
        back += 1
        working_days -= is_working_day(profile.calendar, day - timedelta(days=back))
    return back


_EDGES = [0.0, *accumulate(weight / sum(_HOURS) for weight in _HOURS)]


def _share_of_day(second: int) -> float:
    """The share of a day's calls that has come by ``second`` after midnight."""
    hour, rest = divmod(second, HOUR_S)
    return _EDGES[hour] + (_EDGES[hour + 1] - _EDGES[hour]) * rest / HOUR_S


def _second_of_day(share: float) -> int:
    """The inverse of :func:`_share_of_day`."""
    hour = min(bisect_right(_EDGES, share) - 1, 23)
    within = (share - _EDGES[hour]) / (_EDGES[hour + 1] - _EDGES[hour])
    return int((hour + min(within, 0.9999)) * HOUR_S)


def _signals_of(life: Life) -> Iterator[str]:
    """How a false completion shows."""
    if life.contradicted is not None:
        yield "denied"
    if life.fate.pace < 0.06:
        yield "fast"
    if life.fate.pace > 0.99:
        yield "last_minute"
    if life.fate.template:
        yield "template"
