"""The kills of the campaign: where each phase strikes, and how a story of them runs.

A story is one town and up to ten kills in a row, so that kills meet what earlier ones left behind. A kill's seed
decides all of it: its phase (they take turns), the moment, the victim, and whether the town may rest afterwards.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from .first_release import write_as_first_release
from .moments import Moment
from .nursery import Died, Nursery
from .shim import Action, Call, Fault
from .town import NOTHING, Desk, Plan, Town, Violated

STORY = 10
"""Kills a story. Seed S belongs to the story that begins at S - S % 10."""

_STEPS = 12
_MOST_BLIND_S = 0.25
_RESTS = 0.6


class Killed(Struct, frozen=True):
    """One kill: its phase, and whether it came at the planned moment (else from outside, when the work was over)."""

    phase: str
    as_planned: bool


class _Kill(Struct, frozen=True):
    town: Town
    rng: random.Random

    def moment(self, *choices: tuple[str, int]) -> Plan:
        """One of these moments, at any of its first occurrences."""
        name, most = self.rng.choice(choices)
        return Plan(moment=Moment(name, self.rng.randint(1, most)))

    def write(self, most: int) -> Plan:
        """Before or amid one of the first writes to a file."""
        action = self.rng.choice((Action.KILL, Action.TEAR))
        return Plan(fault=Fault(calls=Call.WRITE, nth=self.rng.randint(1, most), action=action))

    def desk(self) -> Desk:
        return self.town.desks[self.rng.choice(("one", "two"))]

    def days_wrong(self) -> float:
        return self.rng.choice((0.0, 0.0, 0.0, 400.0, -400.0))


def run_story(nursery: Nursery, folder: Path, template: Path, first: int, last: int) -> list[Killed]:
    """The kills of seeds ``first`` … ``last``, all of one story. Raises :class:`Violated` with the story."""
    town = Town(nursery, folder, template, first)
    done: list[Killed] = []
    try:
        town.start_office()
        for login, device in (("officer", "one"), ("chief", "two")):
            town.start_desk(town.new_desk(login, device))
        _check(town)
        for seed in range(first, last + 1):
            name, strike = PHASES[seed % len(PHASES)]
            kill = _Kill(town, random.Random(f"kill:{seed}"))
            town.tell(f"-- kill {seed}: {name}")
            done.append(Killed(name, strike(kill)))
            _recover(kill, rests=seed == last or kill.rng.random() < _RESTS)
        town.close()
    except TimeoutError as error:
        silent = TimeoutError("somebody has said nothing for a minute")
        raise Violated(town.told("kill", last, silent)) from error
    except (Violated, Died) as error:
        raise Violated(town.told("kill", last, error)) from error
    finally:
        town.abandon()
    shutil.rmtree(folder)
    return done


# -- phases at a desk ----------------------------------------------------------------------------------------------


def _at_desk(*moments: tuple[str, int]) -> Callable[[_Kill], bool]:
    def strike(kill: _Kill) -> bool:
        return _work(kill, kill.desk(), kill.moment(*moments))

    return strike


def _in_a_write(kill: _Kill) -> bool:
    return _work(kill, kill.desk(), kill.write(60))


def _in_a_snapshot(kill: _Kill) -> bool:
    """A server restored from a backup makes every desk load anew; or a new device loads for the first time."""
    plan = kill.moment(
        ("snapshot.asked", 3),
        ("snapshot.sent", 3),
        ("snapshot.answered", 3),
        ("snapshot.statement", 9),
        ("snapshot.commit", 3),
        ("snapshot.committed", 3),
    )
    if kill.rng.random() < 0.5:
        return _newcomer(kill, plan)
    kill.town.kill_office()
    kill.town.start_office(NOTHING, "--after-restore")
    return _work(kill, kill.desk(), plan)


def _at_first_start(kill: _Kill) -> bool:
    """A new device's first minutes, or the first start of this release on the store of the one before it."""
    if kill.rng.random() < 0.5:
        choices = (("opening.statement", 25), ("identity.statement", 3), ("identity.committed", 1))
        plan = kill.moment(*choices) if kill.rng.random() < 0.5 else kill.write(20)
        return _newcomer(kill, plan)
    town, desk = kill.town, kill.desk()
    town.end_desk(desk)
    write_as_first_release(desk.folder / "desk.db")
    town.tell(f"{desk.device} has the store of the first release")
    plan = kill.moment(("opening.statement", 20)) if kill.rng.random() < 0.5 else kill.write(40)
    return town.start_desk(desk, plan) is None or _work(kill, desk, plan)


def _newcomer(kill: _Kill, plan: Plan) -> bool:
    """A new device of the officer's, killed as planned, started again, and retired once all is well."""
    town = kill.town
    desk = town.new_desk("officer", f"new{kill.rng.getrandbits(32):08x}")
    opened = town.start_desk(desk, plan)
    struck = opened is None or _work(kill, desk, plan, others=False)
    _check(town)
    town.retire(desk)
    return struck


def _blind_desk(kill: _Kill) -> bool:
    """From outside, at any time of its work."""
    town, desk = kill.town, kill.desk()
    town.order(desk, do="work", steps=_STEPS)
    _hear_for(town, desk, kill.rng.uniform(0, _MOST_BLIND_S))
    town.kill_desk(desk)
    return True


# -- phases at the server ------------------------------------------------------------------------------------------


def _at_office(*moments: tuple[str, int]) -> Callable[[_Kill], bool]:
    def strike(kill: _Kill) -> bool:
        kill.town.arm_office(kill.moment(*moments))
        return _serve_until_dead(kill)

    return strike


def _office_in_a_write(kill: _Kill) -> bool:
    kill.town.arm_office(kill.write(60))
    return _serve_until_dead(kill)


def _office_in_a_snapshot(kill: _Kill) -> bool:
    kill.town.arm_office(
        kill.moment(("snapshots.statement", 6), ("snapshots.commit", 3), ("snapshots.committed", 3))
    )
    town = kill.town
    desk = town.new_desk("officer", f"new{kill.rng.getrandbits(32):08x}")
    town.start_desk(desk)
    town.ask(desk, "worked", do="work", steps=_STEPS)
    struck = _buried(town)
    _check(town)
    town.retire(desk)
    return struck


def _office_in_start(kill: _Kill) -> bool:
    """Killed, and killed once more while it comes up; every other time it had to make its database."""
    town = kill.town
    town.kill_office()
    plan = kill.moment(("start.statement", 12)) if kill.rng.random() < 0.5 else kill.write(6)
    options = ("--after-restore",) if kill.rng.random() < 0.3 else ()
    return not town.start_office(plan, *options)


def _both(kill: _Kill) -> bool:
    """A power cut for the whole house, or as near as a kill comes: server and desks within a millisecond."""
    town = kill.town
    for desk in town.desks.values():
        town.order(desk, do="work", steps=_STEPS)
    _hear_for(town, kill.desk(), kill.rng.uniform(0, _MOST_BLIND_S))
    for life in (town.office, *(desk.life for desk in town.desks.values())):
        if life is not None:
            life.kill()
    town.kill_office()
    for desk in town.desks.values():
        town.kill_desk(desk)
    return True


def _blind_office(kill: _Kill) -> bool:
    """From outside, at any time of its work."""
    town = kill.town
    for desk in town.desks.values():
        town.order(desk, do="work", steps=_STEPS)
    one = town.desks["one"]
    done = _hear_for(town, one, kill.rng.uniform(0, _MOST_BLIND_S))
    town.kill_office()
    for desk in town.desks.values():
        if desk is not one or not done:
            _hear_out(town, desk)
    return True


PHASES: tuple[tuple[str, Callable[[_Kill], bool]], ...] = (
    ("in a command's transaction", _at_desk(("command.statement", 15), ("command.commit", 4))),
    (
        "server: in an operation's transaction",
        _at_office(("operations.statement", 40), ("operations.commit", 5)),
    ),
    (
        "between command and push",
        _at_desk(("command.committed", 4), ("push.committed", 3), ("push.asked", 3)),
    ),
    ("push sent, no reply", _at_desk(("push.sent", 3))),
    ("server: applied, not answered", _at_office(("operations.committed", 6))),
    (
        "reply received, not settled",
        _at_desk(("push.answered", 3), ("push.statement", 30), ("push.commit", 5)),
    ),
    ("server: in its start", _office_in_start),
    (
        "applying a page",
        _at_desk(("pull.answered", 3), ("pull.statement", 15), ("pull.commit", 3), ("pull.committed", 3)),
    ),
    ("in a snapshot", _in_a_snapshot),
    ("server: in a snapshot", _office_in_a_snapshot),
    ("in a migration or first start", _at_first_start),
    ("amid a write of the store", _in_a_write),
    ("server: amid a write of its database", _office_in_a_write),
    ("everybody at once", _both),
    ("desk, at any time", _blind_desk),
    ("server, at any time", _blind_office),
)
"""They take turns: seed S strikes in phase S modulo their number."""


# -- how a kill goes -----------------------------------------------------------------------------------------------


def _work(kill: _Kill, desk: Desk, plan: Plan, *, others: bool = True) -> bool:
    """Everybody works; ``desk`` dies as planned, or from outside when it has done its work."""
    town = kill.town
    if desk.life is None:
        town.start_desk(desk, days_wrong=kill.days_wrong())
    for other in town.desks.values():
        if others and other is not desk and other.life is not None:
            town.order(other, do="work", steps=_STEPS // 2)
    town.ask(desk, "armed", do="arm", **plan.order())
    if desk.life is not None:
        town.order(desk, do="work", steps=2 * _STEPS)
        _hear_out(town, desk)
    struck = desk.life is None
    town.kill_desk(desk)
    for other in town.desks.values():
        if others and other is not desk:
            _hear_out(town, other)
    return struck


def _serve_until_dead(kill: _Kill) -> bool:
    """Both desks work, and the server dies over it."""
    town = kill.town
    for desk in town.desks.values():
        if desk.life is None:
            town.start_desk(desk, days_wrong=kill.days_wrong())
        if desk.life is not None:
            town.order(desk, do="work", steps=_STEPS)
    for desk in town.desks.values():
        _hear_out(town, desk)
    return _buried(town)


def _buried(town: Town) -> bool:
    """Whether the server has died as planned; it is dead afterwards."""
    if town.office_is_dead():
        return True
    town.kill_office()
    return False


def _recover(kill: _Kill, *, rests: bool) -> None:
    """What is dead is started again; with ``rests`` everybody becomes quiet and everything is checked."""
    if rests:
        _check(kill.town)
        return
    if kill.town.office_is_dead():
        kill.town.start_office()
    for desk in kill.town.desks.values():
        if desk.life is None:
            kill.town.start_desk(desk, days_wrong=kill.days_wrong())


def _check(town: Town) -> None:
    if violations := town.rest():
        raise Violated("\n".join(violations))


def _hear_out(town: Town, desk: Desk) -> None:
    """Until it has worked, or is dead."""
    while desk.life is not None and (heard := town.hear(desk)) is not None:
        if "worked" in heard:
            return


def _hear_for(town: Town, desk: Desk, seconds: float) -> bool:
    """Listen for so long, and no longer; True where it has worked to its end meanwhile and says no more."""
    until, done = time.monotonic() + seconds, False
    while desk.life is not None and (left := until - time.monotonic()) > 0:
        if desk.life.wait(left):
            done = "worked" in (town.hear(desk) or {}) or done
    return done
