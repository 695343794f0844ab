"""How long this desk has been away from its server, as the store keeps it. Reads only."""

from __future__ import annotations

from desktop.models.domain.absence import Absence
from desktop.models.store import settings

from .base import Reader


def kept_absence(r: Reader) -> Absence | None:
    """None in a store that has never counted."""
    return settings.get(r.connection, settings.ABSENCE, Absence)
