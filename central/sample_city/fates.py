"""What becomes of a request, drawn before it is played: pace, delays, returns, extensions, truth.

Shares are those of a city whose hotline works: on time 97-99 %, returned 5-10 %, sent back for rework 3-5 %, satisfied
88-95 %. A test recounts them.
"""

from __future__ import annotations

import random

from desktop.models.domain.entities import RequestType

from .chance import Lottery, between
from .scripts import Script
from .worktime import WorkTime

# Shares of the time allowed that a unit takes: much is finished on the last day.
_PACE = Lottery({(0.06, 0.30): 13, (0.30, 0.70): 24, (0.70, 0.88): 17, (0.88, 0.995): 46})
_CONSULTATION_PACE = Lottery({(0.05, 0.35): 30, (0.35, 0.70): 30, (0.70, 0.99): 40})
_DELAY_DAYS = Lottery({(0.1, 2.0): 20, (2.0, 6.0): 38, (6.0, 14.0): 42})
_CONSULTATION_DELAY_DAYS = Lottery({(0.1, 1.0): 70, (1.0, 3.0): 30})
_SHARE_LATE = 0.021
_SHARE_RETURNED = 0.075
_SHARE_RETURNED_TWICE = 0.12
_SHARE_RETURN_REFUSED = 0.008
_SHARE_EXTENDED = 0.04
_SHARE_SUSPENDED = 0.009
_SHARE_FALSE = 0.013
_SHARE_FAST = 0.008
_SHARE_TEMPLATE = 0.035
_SHARE_NOTED = 0.006
_SHARE_ASSISTED = 0.05
_SHARE_REWORK_BY_REVIEW = 0.008
_EXTENDABLE = ("help", "complaint", "report", "suggestion")


class Fate:
    """Plain data. ``pace`` = share of the time allowed that is used; ``late_s`` = office seconds beyond it.

    ``false_completion`` is the planted truth: the unit says done and has done nothing. ``rework_after`` counts how
    often a review, not a visit, sends the ticket back. ``visited`` None leaves the return visit to chance. The last
    five are for scenes: office hours before now at which the unit says done, and at which it objects or asks for
    time; whether it never says done again after a rework; how the visit stands; what is sure to be answered
    (not_contacted, pressed).
    """

    late_s = returns = rework_after = 0
    return_refused = suspended = false_completion = template = noted = assisted = held = False
    extension = answered = ""
    visited: bool | None = None
    done_ago: float | None = None
    moved_ago: float | None = None
    script: Script | None = None

    def __init__(self, pace: float = 0.9) -> None:
        self.pace = pace


def draw_fate(rng: random.Random, time: WorkTime, request_type: RequestType) -> Fate:
    """The fate of an ordinary request."""
    random_ = rng.random
    low, high = (_CONSULTATION_PACE if request_type == "consultation" else _PACE).draw(rng)
    fate = Fate(low + (high - low) * random_())
    if random_() < _SHARE_LATE:
        fate.late_s = _draw_delay(rng, time, request_type)
    if random_() < _SHARE_RETURNED:
        fate.returns = 2 if random_() < _SHARE_RETURNED_TWICE else 1
    elif random_() < _SHARE_RETURN_REFUSED:
        fate.return_refused = True
    if random_() < _SHARE_TEMPLATE:
        fate.template = True
    if random_() < _SHARE_ASSISTED:
        fate.assisted = True
    if random_() < _SHARE_NOTED:
        fate.noted = True
    if request_type in _EXTENDABLE and not fate.late_s:
        _draw_special(rng, fate, request_type)
    return fate


def _draw_delay(rng: random.Random, time: WorkTime, request_type: RequestType) -> int:
    """How far beyond its limit a late ticket is completed, in office seconds."""
    low, high = (_CONSULTATION_DELAY_DAYS if request_type == "consultation" else _DELAY_DAYS).draw(rng)
    return int((low + (high - low) * rng.random()) * time.day_length)


def make_false(rng: random.Random, fate: Fate) -> None:
    """Turn a fate into a false completion: fast or in the last minutes, often with a reply that fits anything."""
    fate.false_completion = True
    fate.late_s = 0
    fate.extension = ""
    fate.suspended = False
    draw = rng.random()
    if draw < 0.5:
        fate.pace = 0.01 + 0.03 * rng.random()
    elif draw < 0.8:
        fate.pace = 0.997
    fate.template = rng.random() < 0.6


def _draw_special(rng: random.Random, fate: Fate, request_type: RequestType) -> None:
    """What happens to few: extension, suspension, rework by review, false or implausibly fast completion."""
    draw = rng.random()
    edge = _SHARE_EXTENDED
    if draw < edge:
        fate.extension = "granted" if rng.random() < 0.82 else "refused"
        return
    edge += _SHARE_SUSPENDED
    if draw < edge:
        fate.suspended = True
        return
    edge += _SHARE_REWORK_BY_REVIEW
    if draw < edge:
        fate.rework_after = between(rng, 1, 3) if rng.random() < 0.2 else 1
        return
    if request_type not in ("complaint", "help"):
        return
    edge += _SHARE_FALSE
    if draw < edge:
        make_false(rng, fate)
        return
    if draw < edge + _SHARE_FAST:
        fate.pace = 0.02 + 0.05 * rng.random()
