"""What the board is made of: one contradicted case with its signs, and the rates they are held against."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from desktop.models.domain.contradictions import Rate, Sign


class Traces(Struct, frozen=True, kw_only=True):
    """What the signs of one case are made of. Seconds; row ids of other tickets, a few at most."""

    took_s: int = 0
    usual_s: int = 0
    """The median of its class."""
    by_hours: bool = False
    """These two are natural time, as the limit is; else working time."""
    left_s: int = 0
    """Between the completion and the time limit."""
    together: int = 0
    """Completions of the unit shortly before and after, this one among them."""
    alike: int = 0
    """Other answers that say the same, among those looked at."""
    alike_classes: int = 0
    alike_rids: tuple[int, ...] = ()
    again: int = 0
    """Tickets of the same place and class soon after the completion."""
    again_rids: tuple[int, ...] = ()
    file_name: str = ""
    file_rids: tuple[int, ...] = ()
    """Tickets that hold the very same file."""


class Contradiction(Struct, frozen=True, kw_only=True):
    """One case of the board; ``weight`` in bits. ``in_unit`` and ``in_city``: completions with all of its signs."""

    rid: int
    ticket_id: str
    number: str
    title: str
    unit_id: str
    category_id: str
    visit_id: str
    said_at: datetime
    """When the citizen said otherwise."""
    signs: tuple[Sign, ...]
    weight: float
    in_class: dict[Sign, Rate]
    in_unit: Rate
    in_city: Rate
    traces: Traces


class Ground(Struct, frozen=True, kw_only=True):
    """The whole board, the gravest first, and what it was held against at ``at``."""

    at: datetime
    cases: tuple[Contradiction, ...]
    completions: int
    in_city: dict[Sign, Rate]
