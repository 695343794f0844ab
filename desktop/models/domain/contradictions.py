"""Signs that a completion may be false, how rare each of them is, and in which order contradicted cases are looked at.

A sign is never a verdict: each is common among honest completions as well, which is why it is shown with how often it
occurs. The rarer a sign is among the completions of its class, the more it weighs. Pure; reads no row and no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import log2
from typing import Literal, get_args

from msgspec import Struct

Sign = Literal[
    "not_contacted",
    "not_resolved",
    "fast",
    "last_minute",
    "bulk",
    "same_reply",
    "same_file",
    "again",
]
"""What the citizen says (the first two), and what the file shows against itself."""

SIGNS: tuple[Sign, ...] = get_args(Sign)
DENIALS: tuple[Sign, ...] = ("not_contacted", "not_resolved")

_LIKE_THE_CITY = 30
"""A class counts as if it had so many completions of the city's kind beside its own: few say little by themselves."""


class SignRules(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """When a completion has a sign. Minutes and days are natural ones; ``fast`` is measured in working time."""

    fast_share: float = 0.05
    """Done in less than this share of the median time of its class, ..."""
    fast_least: int = 30
    """... where the class has so many completions."""
    last_minutes: int = 10
    """Done so many minutes or less before the time limit."""
    bulk_count: int = 10
    """So many completions of one unit, this one among them, ..."""
    bulk_minutes: int = 5
    """... within so many minutes before and after it."""
    reply_classes: int = 3
    """The same words, but for names and numbers, in the answers to matters of so many classes."""
    again_days: int = 15
    """The same place and class again within so many days after the completion."""
    settled_by: tuple[str, ...] = ("F01", "F02", "F05")
    """Codes of the findings that say what became of a contradiction."""


class Rate(Struct, frozen=True):
    """``count`` of ``of``."""

    count: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1; 0 of 0 is 0."""
        return self.count / self.of if self.of else 0.0


def bits(rate: Rate, city: Rate | None = None) -> float:
    """How much a sign says that this share of completions has: 1 for one in two, 10 for one in a thousand.

    ``city``: the rate of the whole city, towards which a class of few completions is drawn.
    """
    count, of = float(rate.count), float(rate.of)
    if city is not None:
        count, of = count + _LIKE_THE_CITY * city.share, of + _LIKE_THE_CITY
    return -log2((count + 0.5) / (of + 1.0)) if of else 0.0


def weight(
    signs: Iterable[Sign], denied: Rate, of_class: Mapping[Sign, Rate], of_city: Mapping[Sign, Rate]
) -> float:
    """What the signs of one contradicted completion weigh together, in bits.

    ``denied`` says how often a citizen denies at least as much; the other signs count by the rates of their class.
    """
    shown = [sign for sign in signs if sign not in DENIALS]
    return bits(denied) + sum(bits(of_class[sign], of_city[sign]) for sign in shown)
