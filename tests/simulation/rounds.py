"""When a desk syncs and what becomes of it: the part of the program that decides *when*, played for a person's day.

Waits as the engine's backoff says, comes sooner only when a person asks, signs in where the sign-in has ended.
"""

from __future__ import annotations

from datetime import timedelta

from desktop.services.api.errors import ApiError, SignedOut
from desktop.services.sync import pacing
from desktop.services.sync.context import NotReady
from desktop.services.sync.round import RoundReport
from desktop.services.sync.round import hurry as hurry_up

from .desk import Cut, SimDesk
from .faults import Died
from .network import Fault
from .story import Violation
from .world import World

_LATER_S = 1e-6
"""A pause ends after its time, never before: clocks round to whole microseconds, to either side."""


def play_round(
    w: World,
    desk: SimDesk,
    *faults: Fault,
    cut: Cut | None = None,
    wait_s: int = 0,
    hurry: bool = False,
) -> RoundReport | None:
    """One round under these faults; None where it did not come to its end."""
    link = desk.link
    if hurry:
        link.busy_until = 0.0
    elif desk.clock.monotonic() < desk.rest_until:
        w.pass_time(desk.rest_until - desk.clock.monotonic() + _LATER_S)
    if link.busy_until > w.clock.now().timestamp():
        raise Violation("Retry-After", f"{desk} comes back before the server said it may")
    link.begin(*faults)
    try:
        report = desk.run(lambda: _round(desk, wait_s, hurry), cut)
    except Died as death:
        link.busy_until = 0.0  # whatever was asked of it, it may not have heard
        w.story.tell(f"{desk} dies {death}")
        w.met[f"crash {death}"] += 1
        w.met["power cut"] += cut is not None and cut.torn is not None
        return None
    except SignedOut as error:
        w.story.tell(f"signed out: {error.code}")
        w.met["signed out"] += 1
        desk.rest_until = 0.0
        return None
    except ApiError as error:
        wait = pacing.note_failure(desk.ctx, error)
        desk.rest_until = desk.clock.monotonic() + wait
        w.story.tell(f"the round ends: {type(error).__name__} {error.code}; {wait:.0f} s of rest")
        w.met[f"round ends {type(error).__name__}"] += 1
        return None
    except NotReady as error:
        w.story.tell(f"not ready: {error.code}")
        return None
    finally:
        link.begin()
        w.late += [(desk, late) for late in link.late]
        link.late.clear()
    desk.rest_until = 0.0
    told = "may not pull, " if not report.may_pull else ""
    w.story.tell(f"the round is over: {told}{report.pushed} pushed, {report.unsent} left")
    w.met["round"] += 1
    return report


def _round(desk: SimDesk, wait_s: int, hurry: bool) -> RoundReport:
    if not desk.tokens.known():
        desk.sign_in()
    if hurry:
        hurry_up(desk.ctx)
    report = desk.sync(wait_s)
    pacing.note_success(desk.ctx)
    return report


def settle_down(w: World) -> None:
    """What was under way arrives, clocks are set right, accounts are open, nobody is asked to wait."""
    while w.late:
        desk, late = w.late.pop()
        desk.link.deliver(late)
    accounts = w.city.services.accounts
    for desk in w.desks:
        desk.clock.wall = timedelta(0)
        if not w.truth.viewers[desk.person_id][2]:
            accounts.set_active(desk.login, active=True)
    w.truth.read()
