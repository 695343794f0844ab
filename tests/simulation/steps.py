"""The steps of a schedule: who does what next, under which network, and where it is cut short."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.models.store.outbox import UNSENT

from .acts import some_deed, some_repair
from .counter import play_call
from .desk import SimDesk
from .doing import do, some_cut
from .events import EVENTS
from .network import Fault
from .rounds import play_round
from .story import Violation
from .weather import weather
from .world import World

_CALLERS = frozenset({"visitor", "visitor2"})


def play_step(w: World) -> None:
    """One step, drawn from the world's generator of the moment."""
    w.step_began = w.city.now
    draw = w.rng.random()
    if draw < 0.2:
        weights = [weight for weight, _ in EVENTS]
        (event,) = w.rng.choices([event for _, event in EVENTS], weights)
        name = event.__name__.replace("_", " ")
        w.story.step("the city", name)
        w.met[f"event {name}"] += 1
        w.story.tell(event(w))
        return
    desk = w.rng.choice(w.desks)
    if draw < 0.24:
        _idle_crash(w, desk)
    elif draw < 0.28:
        _poison(w, desk)
    elif draw < 0.38 or (desk.login in _CALLERS and draw < 0.55):
        w.story.step(str(desk), "at the telephone")
        play_call(w, desk)
    else:
        _work(w, desk, repair=draw > 0.88)


def _work(w: World, desk: SimDesk, *, repair: bool) -> None:
    """Some deeds, and mostly a round after them."""
    w.story.step(str(desk), "repairs" if repair else "works")
    for _ in range(w.rng.randrange(1, 4)):
        view = w.views[desk.device]
        deed = some_repair(w, desk, view) if repair else some_deed(w, desk, view)
        if deed is not None and view.me is not None:
            do(w, desk, deed)
    if w.rng.random() < 0.85:
        faults = weather(w.rng)
        cut = some_cut(w, 12) if w.rng.random() < 0.25 else None
        wait_s = 25 if w.rng.random() < 0.15 else 0
        if wait_s:
            w.city.during_poll = _during_poll(w)
        hurried = w.rng.random() < 0.3
        w.story.tell(f"syncs: {', '.join(map(str, faults)) or 'all well'}" + (f"; {cut}" if cut else ""))
        play_round(w, desk, *faults, cut=cut, wait_s=wait_s, hurry=hurried)
        w.city.during_poll = w.pass_time


def _idle_crash(w: World, desk: SimDesk) -> None:
    """The program is killed while it does nothing, and started again."""
    w.story.step(str(desk), "is killed and started again")
    desk.crash()
    desk.open()
    w.met["crash while idle"] += 1


def _poison(w: World, desk: SimDesk) -> None:
    """The server chokes on one operation for two rounds: I16 says that nobody else's work waits longer."""
    w.story.step(str(desk), "has work that the server chokes on")
    for _ in range(3):
        deed = some_deed(w, desk, w.views[desk.device])
        if deed is not None and w.views[desk.device].me is not None:
            do(w, desk, deed)
    waiting = [line for line in w.views[desk.device].outbox.values() if line.state in UNSENT]
    if not waiting:
        return
    bad = w.rng.choice(waiting)
    held = {bad.op_id}
    entities = {w.made[bad.op_id].key}
    for line in waiting:
        if line.seq > bad.seq and (
            w.made[line.op_id].key in entities or held.intersection(line.op.depends_on)
        ):
            held.add(line.op_id)
            entities.add(w.made[line.op_id].key)
    for _ in range(2):
        report = play_round(w, desk, Fault("poison", "/sync/operations", op_id=bad.op_id), hurry=True)
        w.look_at(desk)
        if report is None:
            return  # signed out, or no longer in scope of the round: another story
    w.met["poison outlived"] += 1
    after = w.views[desk.device].outbox
    late = [line for line in waiting if line.op_id not in held and after[line.op_id].state in UNSENT]
    if late:
        raise Violation("I16", f"{late[0].op.kind} {late[0].op_id} waits behind the poisoned {bad.op_id}")


@dataclass
class _Meanwhile:
    """What the city does while one request is held back: a single event, then time only."""

    w: World
    left: int = 1

    def __call__(self, seconds: float) -> None:
        self.w.pass_time(seconds)
        if self.left and self.w.rng.random() < 0.3:
            self.left -= 1
            self.w.met["long poll woken"] += 1
            self.w.story.tell(f"meanwhile {EVENTS[0][1](self.w)}")


def _during_poll(w: World) -> Callable[[float], None]:
    w.met["long poll"] += 1
    return _Meanwhile(w)
