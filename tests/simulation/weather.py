"""The network of one round, drawn: mostly none, one or two things that go wrong with it."""

from __future__ import annotations

import random

from .network import Fault, Kind

_PATHS = ("/sync/operations", "/sync/changes", "/sync/snapshots", "/sync/digest", "/oauth/token", "", "")
_ONCE: tuple[Kind, ...] = (
    "lost_request",
    "lost_reply",
    "lost_reply",
    "lost_reply",
    "duplicate",
    "late_copy",
    "late_request",
    "html_200",
    "redirect",
    "truncated",
    "damaged",
    "slow",
    "too_slow",
    "token_refused",
    "500",
    "502",
)


def weather(rng: random.Random) -> tuple[Fault, ...]:
    """The faults of one round; none in four of nine."""
    draw = rng.random()
    if draw < 0.44:
        return ()
    if draw < 0.5:
        return (Fault("cut"),)
    if draw < 0.56:
        return (Fault("cut", first=rng.randrange(2, 6)),)
    if draw < 0.62:
        kind: Kind = rng.choice(("503", "503", "429"))
        seconds = rng.choice((None, 5, 40, 600))
        return (Fault(kind, rng.choice(("", "/sync/operations", "/sync/changes")), retry_after_s=seconds),)
    if draw < 0.65:
        return (Fault("413", "/sync/operations"),)
    if draw < 0.68:
        return (Fault("426", rng.choice(("/sync/changes", "/sync/snapshots"))),)
    if draw < 0.71:
        return (Fault("500", "/sync/operations"),)
    if draw < 0.79:
        path = rng.choice(("/sync/operations", "/sync/operations", "/sync/snapshots", "/oauth/token"))
        return (Fault("server_dies", path, times=1, commit=rng.randrange(1, 6)),)
    faults = [_once(rng)]
    if rng.random() < 0.3:
        faults.append(_once(rng))
    return tuple(faults)


def _once(rng: random.Random) -> Fault:
    return Fault(rng.choice(_ONCE), rng.choice(_PATHS), first=rng.randrange(1, 3), times=1)
