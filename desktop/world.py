"""What nobody reads by himself: time, ids, chance, waiting. Made in one composition root and handed down."""

from __future__ import annotations

import random
from dataclasses import dataclass

from desktop.models.domain.clock import Clock, Wait
from desktop.models.domain.ids import NewId


@dataclass(frozen=True)
class World:
    """``rng`` must be good enough for keys."""

    clock: Clock
    new_id: NewId
    rng: random.Random
    wait: Wait
