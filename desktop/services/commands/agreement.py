"""A person's wish to know whether what they see is what the server has."""

from __future__ import annotations

from desktop.models.domain.changes import Changes
from desktop.models.store.agreement import ask_agreement

from .base import Writer


def compare_with_server(w: Writer) -> Changes:
    """Have the next round compare all rows with the server's, and begin it; ``queries/agreement`` tells the outcome."""
    ask_agreement(w.connection)
    return Changes(types=frozenset({"agreement"}), outbox=True)  # what concerns the outbox wakes the sync
