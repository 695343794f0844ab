"""What was taken along before the program was started anew."""

from __future__ import annotations

from desktop.models.domain.carrying import KeptBlock
from desktop.models.store import settings

from .base import Reader


def kept_block(r: Reader) -> KeptBlock | None:
    """The block that this store keeps, None = nothing was taken along."""
    return settings.get(r.connection, settings.FIELD_BLOCK, KeptBlock)
