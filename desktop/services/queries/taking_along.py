"""What a unit's desktop holds to be read without a network, and what could be taken along besides. Numbers only."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import func, select, text

from desktop.models.domain.absence import Absence
from desktop.models.domain.taking_along import EVERYTHING, STEPS, Pack
from desktop.models.store import settings
from desktop.models.store.tables import ticket_list

from .absence import kept_absence
from .base import Reader
from .my_cases import asked_count

_FILES = text(
    "SELECT CAST(CAST(p.data AS TEXT) ->> '$.size' AS INTEGER) AS size, t.direction, t.state "
    "FROM projection p LEFT JOIN transfer t ON t.id = p.id "
    "WHERE p.type = 'attachment' AND CAST(p.data AS TEXT) ->> '$.name' <> ''"
)
_TICKETS = select(func.count()).select_from(ticket_list)


class Step(Struct, frozen=True):
    """A size that may be chosen: how many more files that brings, and how many bytes."""

    most_bytes: int
    files: int
    bytes: int


class PackState(Struct, frozen=True, kw_only=True):
    """``files`` in all, ``here`` of them readable without a network; ``fetching`` (files, bytes) are on their way."""

    tickets: int
    asked: int
    files: int
    here: int
    fetching: int
    fetching_bytes: int
    steps: tuple[Step, ...]
    pack: Pack | None
    absence: Absence | None


def pack_state(r: Reader) -> PackState:
    """How the unit's pack stands."""
    rows = list(r.connection.execute(_FILES))
    here = [row.size for row in rows if row.direction == "up" or row.state == "done"]
    moving = [row.size for row in rows if row.direction == "down" and row.state == "waiting"]
    lacking = [row.size for row in rows if row.direction is None or row.state in ("failed", "paused")]
    lacking = [size for size in lacking if size]
    steps: list[Step] = []
    for most in (*STEPS, EVERYTHING):
        chosen = [size for size in lacking if size <= most]
        if chosen and (not steps or len(chosen) > steps[-1].files):
            steps.append(Step(most, len(chosen), sum(chosen)))
    return PackState(
        tickets=int(r.connection.execute(_TICKETS).scalar_one()),
        asked=asked_count(r),
        files=len(rows),
        here=len(here),
        fetching=len(moving),
        fetching_bytes=sum(moving),
        steps=tuple(steps),
        pack=settings.get(r.connection, settings.PACK, Pack),
        absence=kept_absence(r),
    )
