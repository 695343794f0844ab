"""One seed, one schedule: steps drawn one after another, the invariants after each, and the quiet at the end.

Every step draws from a generator of its own, so that a schedule stays a schedule when some of its steps are left out.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Collection
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from desktop.models.domain.clock import ManualClock

from .faults import Files
from .quiet import become_quiet
from .server import City
from .sharing import small_and_shared
from .steps import play_step
from .story import Violation
from .template import DEVICES, REAL, fast_folder, make_desk, template
from .truth import Truth
from .watch import watch
from .world import Eyes, World

LEAST_STEPS, MOST_STEPS = 16, 30
_FRESH = 0.12
"""How many desks have never been loaded when the schedule begins."""


@dataclass(frozen=True)
class Played:
    """What a schedule was: its story, what happened in it how often, and its fingerprint."""

    seed: int
    story: str
    met: Counter[str]
    fingerprint: str


class Failed(AssertionError):
    """A schedule that broke an invariant: the text is the story. ``invariant`` is its name, ``steps`` how many ran."""

    def __init__(self, story: str, invariant: str, steps: int) -> None:
        super().__init__(story)
        self.invariant = invariant
        self.steps = steps


def simulate(seed: int, *, without: Collection[int] = ()) -> Played:
    """Plays the schedule of ``seed``, leaving out the steps ``without``. Raises :class:`Failed`."""
    with small_and_shared(), tempfile.TemporaryDirectory(dir=fast_folder()) as name, ExitStack() as stack:
        world = _begin(seed, Path(name), stack)
        try:
            for n in range(1, world.rng.randrange(LEAST_STEPS, MOST_STEPS) + 1):
                if n not in without:
                    world.rng = random.Random(f"{seed}/{n}")
                    play_step(world)
                    watch(world)
            world.rng = random.Random(f"{seed}/quiet")
            become_quiet(world)
        except Violation as broken:
            raise _failed(world, broken) from broken
        except Exception as error:
            surprise = Violation("The engine", f"raised {type(error).__name__}: {error}")
            raise _failed(world, surprise) from error
        return Played(seed, "\n".join(world.story.lines()), _counted(world), _fingerprint(world))


def _begin(seed: int, folder: Path, stack: ExitStack) -> World:
    rng = random.Random(f"{seed}/begin")
    made = template()
    clock = ManualClock(REAL)
    home = folder / "server"
    Files(home).write(made.server)
    city = City(home / "central.db", clock, random.Random(f"{seed}/server"))
    stack.callback(city.close)
    world = World(seed, folder, clock, city, [], Truth(city), rng=rng)
    for device, login in _who(rng):
        desk = make_desk(folder, city, clock, device, login, random.Random(f"{seed}/{device}"))
        files, signed_in = made.desks[device]
        fresh = rng.random() < _FRESH
        world.met["first load"] += fresh
        Files(desk.path.parent).write(made.fresh if fresh else files)
        desk.open()
        stack.callback(desk.close)
        if not fresh:  # the program has been running since the evening before
            desk.tokens.begin(signed_in)
            desk.ctx.memory.recovered, desk.ctx.memory.identified_at = True, clock.monotonic()
        desk.link.pass_time, desk.link.tell = world.pass_time, world.story.tell
        world.desks.append(desk)
        world.eyes[desk.device] = Eyes()
    names = ", ".join(str(desk) for desk in world.desks)
    world.story.tell(names)
    world.truth.read()
    world.truth.note_log()
    watch(world)
    return world


def _failed(world: World, broken: Violation) -> Failed:
    story = world.story.told(world.seed, broken, world.holding())
    return Failed(story, broken.name, len(world.story.steps))


def _who(rng: random.Random) -> list[tuple[str, str]]:
    """Three to six devices, an officer's always among them, somebody's second device now and then."""
    others = rng.sample(DEVICES[1:], rng.randrange(2, 6))
    return [DEVICES[0], *sorted(others)]


def _counted(world: World) -> Counter[str]:
    met = Counter(world.met)
    for desk in world.desks:
        met.update({f"fault {kind}": count for kind, count in desk.link.met.items()})
    for made in world.made.values():
        met[f"ends {made.state}"] += 1
    return +met


def _fingerprint(world: World) -> str:
    """Everything told and every row that is left, whoever holds it."""
    rows = [str(sorted((key, row.data) for key, row in world.truth.rows.items()))]
    for desk in world.desks:
        view = world.views[desk.device]
        rows.append(str(sorted(view.shown.items())))
        rows.append(str([(line.op, line.state, line.code) for line in view.outbox.values()]))
    return world.story.fingerprint(*rows)
