"""A field block as a desktop keeps it: the one place in which numbers of citizens lie on a machine, and until when."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from .wire import FieldBlock


class KeptBlock(Struct, frozen=True, kw_only=True):
    """``seconds`` were left at ``at`` (real time)."""

    block: FieldBlock
    seconds: float
    at: datetime
