"""The points of the I/O campaign: where a desk's disk fails, and how, and what must be true afterwards.

A story is one town and up to ten faults in a row. A fault's seed decides the place in the program, the kind of fault,
and at which of the calls that place makes it strikes; how many those are is counted beforehand.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from .first_release import write_as_first_release
from .nursery import Died, Nursery
from .shim import COUNTING, Action, Call, Fault
from .town import Desk, Plan, Town, Violated

STORY = 10

KINDS: tuple[tuple[str, Call, Action, str], ...] = (
    ("disk full", Call.WRITE, Action.FAIL, "ENOSPC"),
    ("write error", Call.WRITE, Action.FAIL, "EIO"),
    ("flush error", Call.SYNC, Action.FAIL, "EIO"),
    ("read error", Call.READ, Action.FAIL, "EIO"),
    ("disk full amid a write", Call.WRITE, Action.SHORT, "ENOSPC"),
    ("no room found on flush", Call.SYNC, Action.FAIL, "ENOSPC"),
    ("truncate error", Call.TRUNCATE, Action.FAIL, "EIO"),
    ("short write that may go on", Call.WRITE, Action.SHORT, ""),
)

_ALWAYS_ALIKE = ("making a store", "upgrading a store")
"""Places that make the same calls each time; at the others a fault at the last of them might come too late."""

_STEPS = 16
_COUNTED = Plan(fault=COUNTING)
_WELL = Plan()

Calls = dict[str, dict[str, int]]
"""Per place, how many calls of each kind it makes."""

News = list[dict[str, Any]]


class Point(Struct, frozen=True):
    """One fault as it went: whether it struck, and the codes by which the program named its trouble."""

    place: str
    kind: str
    struck: bool
    codes: tuple[str, ...]


def count_calls(nursery: Nursery, folder: Path, template: Path) -> Calls:
    """How often each place reads, writes, flushes and truncates when nothing fails."""
    town = Town(nursery, folder, template, 0)
    try:
        town.start_office()
        town.start_desk(town.new_desk("officer", "one"))
        town.start_desk(town.new_desk("chief", "two"))
        town.rest()
        return {name: place(town, _COUNTED)[-1]["calls"] for name, place in PLACES}
    finally:
        town.abandon()


def run_story(
    nursery: Nursery, folder: Path, template: Path, first: int, last: int, calls: Calls
) -> list[Point]:
    """The faults of seeds ``first`` … ``last``, all of one story. Raises :class:`Violated` with the story."""
    town = Town(nursery, folder, template, first)
    done: list[Point] = []
    try:
        town.start_office()
        for login, device in (("officer", "one"), ("chief", "two")):
            town.start_desk(town.new_desk(login, device))
        _check(town)
        done += [_suffer(town, seed, calls) for seed in range(first, last + 1)]
        town.close()
    except (Violated, Died, TimeoutError) as error:
        raise Violated(town.told("io", last, error)) from error
    finally:
        town.abandon()
    shutil.rmtree(folder)
    return done


def draw_fault(seed: int, calls: Calls) -> tuple[str, str, Fault]:
    """Place, kind and fault of a seed; places take turns, and the kinds within each."""
    rng = random.Random(f"io:{seed}")
    name, _ = PLACES[seed % len(PLACES)]
    possible = [kind for kind in KINDS if calls[name][kind[1].name or ""]]
    kind, call, action, error = possible[(seed // len(PLACES)) % len(possible)]
    counted = calls[name][call.name or ""]
    nth = rng.randint(1, counted if name in _ALWAYS_ALIKE else max(1, counted * 6 // 10))
    return (
        name,
        kind,
        Fault(calls=call, nth=nth, action=action, error=error, lasting=rng.random() < 0.5),
    )


def _suffer(town: Town, seed: int, calls: Calls) -> Point:
    """One fault: the program meets it, the disk is mended, the program goes on or is started again, all is well."""
    rng = random.Random(f"after:{seed}")
    name, kind, fault = draw_fault(seed, calls)
    town.tell(f"-- fault {seed}: {name}, {kind}: {fault}")
    news = dict(PLACES)[name](town, Plan(fault=fault))
    codes = tuple(heard.get("trouble") or heard["not_opened"] for heard in news if _is_trouble(heard))
    _mend(town, rng)
    _check(town)
    for desk in [desk for desk in town.desks.values() if desk.device.startswith("new")]:
        town.retire(desk)
    return Point(name, kind, any(heard.get("struck") for heard in news), codes)


def _mend(town: Town, rng: random.Random) -> None:
    """The disk is well again: who still runs must be able to work, or is started again."""
    for desk in list(town.desks.values()):
        if desk.life is None:
            continue
        if rng.random() < 0.3:
            town.kill_desk(desk)
            continue
        town.ask(desk, "armed", do="arm", **_WELL.order())
        for heard in town.listen(desk, "worked", do="work", steps=_STEPS // 2):
            if _is_trouble(heard):
                raise Violated(f"the disk is well again and {desk.device} still says {heard}")


def _check(town: Town) -> None:
    if violations := town.rest():
        raise Violated("\n".join(violations))


def _is_trouble(heard: dict[str, Any]) -> bool:
    return "trouble" in heard or "not_opened" in heard


# -- places: each lets one desk meet the plan there and tells what it heard, the calls made in the last of it ----------


def _making(town: Town, plan: Plan) -> News:
    """A new device's first start."""
    desk = town.new_desk("officer", f"new{town.rng.getrandbits(32):08x}")
    return [town.start_desk(desk, plan) or {}]


def _loading(town: Town, plan: Plan) -> News:
    """Its first load."""
    desk = town.new_desk("officer", f"new{town.rng.getrandbits(32):08x}")
    town.start_desk(desk)
    return _under(town, desk, plan)


def _upgrading(town: Town, plan: Plan) -> News:
    """The first start of this release on a store of the first one."""
    desk = _some_desk(town)
    town.end_desk(desk)
    write_as_first_release(desk.folder / "desk.db")
    return [town.start_desk(desk, plan) or {}]


def _opening(town: Town, plan: Plan) -> News:
    """Any start, of a program that was killed at work: there is a log to read."""
    desk = _some_desk(town)
    town.ask(desk, "worked", do="work", steps=_STEPS // 2)
    town.kill_desk(desk)
    return [town.start_desk(desk, plan) or {}]


def _working(town: Town, plan: Plan) -> News:
    """Commands and rounds, while a colleague works too."""
    desk = _some_desk(town)
    others = [other for other in town.desks.values() if other is not desk]
    for other in others:
        town.order(other, do="work", steps=_STEPS // 2)
    for other in others:
        list(town.listen(other, "worked"))
    return _under(town, desk, plan)


def _closing(town: Town, plan: Plan) -> News:
    """The end of a day's work, when the log is folded into the file."""
    desk = _some_desk(town)
    town.ask(desk, "worked", do="work", steps=_STEPS)
    town.ask(desk, "armed", do="arm", **plan.order())
    return town.end_desk(desk)


def _under(town: Town, desk: Desk, plan: Plan) -> News:
    town.ask(desk, "armed", do="arm", **plan.order())
    return list(town.listen(desk, "worked", do="work", steps=_STEPS))


def _some_desk(town: Town) -> Desk:
    desk = town.desks[town.rng.choice(("one", "two"))]
    if desk.life is None:
        town.start_desk(desk)
    return desk


PLACES: tuple[tuple[str, Callable[[Town, Plan], News]], ...] = (
    ("making a store", _making),
    ("the first load", _loading),
    ("working", _working),
    ("upgrading a store", _upgrading),
    ("opening a store", _opening),
    ("closing a store", _closing),
)
