"""How long a desk has been away from its server: the dead man's switch. Pure; it can only ask for a sign-in.

Time is added up from what the machine ran and from small steps of its clock between two looks (it slept, or the program
was closed, over a long weekend at most). A step back, or a longer one forward, is a clock that was set or a machine
laid aside: it counts as nothing, and asks for the server instead. There is no outcome that deletes anything.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import Struct
from msgspec.structs import replace

LIMIT: Final = timedelta(days=14)
STEP: Final = timedelta(days=4)
SLACK: Final = timedelta(minutes=5)
"""So far back a clock is put right by the network's time, and nobody is asked anything."""

Verdict = Literal["free", "doubtful", "absent"]
"""``doubtful``: the clock cannot be believed; any answer of the server will do. ``absent``: a person has to sign in."""


class Absence(Struct, frozen=True, kw_only=True):
    """What is kept in the encrypted store. ``wall`` is real time at the last look, aware."""

    wall: datetime
    away_s: float = 0.0
    doubtful: bool = False
    over: bool = False
    """The limit was reached: no later contact by itself takes that back, only a sign-in."""


def observe(absence: Absence, now: datetime, ran_s: float) -> Absence:
    """A look at the clocks: ``ran_s`` seconds of uptime since the last one (0 for the first of a start)."""
    ran = timedelta(seconds=max(0.0, ran_s))
    step = now - absence.wall - ran
    away = absence.away_s + ran.total_seconds()
    doubtful = absence.doubtful
    if step > STEP or step < -SLACK:
        doubtful = True
    else:
        away += max(0.0, step.total_seconds())
    over = absence.over or away >= LIMIT.total_seconds()
    return replace(absence, wall=now, away_s=away, doubtful=doubtful, over=over)


def heard(absence: Absence | None, now: datetime) -> Absence:
    """The server answered a signed question: the time away begins again."""
    return Absence(wall=now, over=absence is not None and absence.over)


def signed_in(now: datetime) -> Absence:
    """A person has signed in with the server."""
    return Absence(wall=now)


def verdict(absence: Absence) -> Verdict:
    """Whether the desk may be worked at."""
    if absence.over:
        return "absent"
    return "doubtful" if absence.doubtful else "free"
