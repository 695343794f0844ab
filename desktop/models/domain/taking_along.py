"""What a unit takes along into a place without a network: its files up to a size, and until when it may be read there.

The cases themselves are in the encrypted store already, as far as the unit may see them (decision 28).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from .absence import LIMIT, Absence

KIB: Final = 1024
MIB: Final = 1024 * KIB
STEPS: Final = (200 * KIB, MIB, 5 * MIB, 20 * MIB)
"""Sizes of one file that are offered, in bytes; beside them everything."""
EVERYTHING: Final = 2**40


class Pack(Struct, frozen=True, kw_only=True):
    """What was asked for: files of at most ``most_bytes`` each, ``bytes`` in all, at ``asked_at`` (office time)."""

    most_bytes: int
    bytes: int
    asked_at: datetime


def closes_at(absence: Absence, now: datetime) -> datetime:
    """When this desk locks unless it meets its server before; real time, ``now`` when it closed already."""
    left = LIMIT - timedelta(seconds=absence.away_s) - max(timedelta(), now - absence.wall)
    return now + max(timedelta(), left)
