"""Keeping how long this desk has been away from its server: in the store, where only its key can change it."""

from __future__ import annotations

from desktop.models.domain.absence import Absence
from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.store import settings

from .base import Writer


def keep_absence(w: Writer, absence: Absence) -> Changes:
    """In the place of what was kept; no page shows it."""
    settings.put(w.connection, settings.ABSENCE, absence)
    return NO_CHANGES
