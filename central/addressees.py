"""To which unit something about a case may go."""

from __future__ import annotations

from .situation import Situation, rejected


def addressee(s: Situation, unit_id: str, pointer: str) -> None:
    """Raises ``Refusal`` unless the ticket concerns the unit, and the unit is not the one complained of."""
    if unit_id == s.ticket.against_unit_id:
        raise rejected("unit_recused", pointer)
    if unit_id != s.ticket.unit_id and unit_id not in s.ticket.assist_unit_ids:
        raise rejected("unit_not_of_ticket", pointer)
