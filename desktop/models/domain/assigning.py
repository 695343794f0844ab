"""Who looks after a case: who may say so, and who can be named. Pure, and the same at both ends.

It is a matter of who does the work and gives nobody a right: whoever may see a case may act on it, named or not.
"""

from __future__ import annotations

from collections.abc import Collection

from .entities import Person, Ticket
from .privacy import SUPERIORS, Viewer, may_see, scope_of


def may_assign(roles: Collection[str], person_id: str, looks_after: Collection[str], ticket: Ticket) -> bool:
    """Whether this person may say who looks after the case: a superior of every case, an officer of those of the units
    they look after, of their own, and of one that is nobody's."""
    if SUPERIORS.intersection(roles):
        return True
    mine = ticket.officer_id in ("", person_id) or ticket.unit_id in looks_after
    return "officer" in roles and mine


def may_be_named(person: Person, ticket: Ticket) -> bool:
    """Whether a case can be given to this colleague: an officer who may see it and, of a report, read it."""
    roles = frozenset(person.roles)
    if "officer" not in roles or (ticket.level == "report" and "cleared" not in roles):
        return False
    viewer = Viewer(person_id=person.id, name=person.name, roles=roles, unit_ids=frozenset(person.unit_ids))
    return may_see(viewer, scope_of(ticket, None))
