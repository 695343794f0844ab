"""Keeping the visits that were taken along, numbers included, in the store: nowhere else, and not a minute longer."""

from __future__ import annotations

from desktop.models.domain.carrying import KeptBlock
from desktop.models.domain.changes import NO_CHANGES, Changes
from desktop.models.store import settings

from .base import Writer


def keep_block(w: Writer, kept: KeptBlock | None) -> Changes:
    """In the place of what was kept; None = nothing is taken along any more. No list shows it."""
    if kept is None:
        settings.forget(w.connection, settings.FIELD_BLOCK)
    else:
        settings.put(w.connection, settings.FIELD_BLOCK, kept)
    return NO_CHANGES
