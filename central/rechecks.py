"""A few valid visits are made once more, by somebody else who is not told so: how far do two callers hear the same?

Which ones follows from the server's secret, so that nobody foresees it; who must not make one is known here alone. A
recheck counts in no rate, moves no case and proposes nothing: it looks at the calling, not at the unit.
"""

from __future__ import annotations

import hmac
from datetime import timedelta
from hashlib import sha256

from msgspec.structs import replace
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from desktop.models.domain.deadlines import due_in_working_days
from desktop.models.domain.entities import Visit

from .database import get_setting
from .situation import Situation
from .tables import recheck

_OF_ALL = 10_000


def of_visit(connection: Connection, visit_id: str) -> str:
    """The visit that this one is made once more for, "" for none."""
    found = connection.execute(select(recheck.c.of_visit_id).where(recheck.c.visit_id == visit_id)).scalar()
    return str(found or "")


def kept_from(connection: Connection, person_id: str) -> frozenset[str]:
    """The visits that this person must not make: they made them before."""
    rows = connection.execute(select(recheck.c.visit_id).where(recheck.c.kept_from == person_id))
    return frozenset(rows.scalars())


def as_recheck(visit: Visit, first_id: str) -> Visit:
    """A completed recheck as it is kept: now everybody may know, and it counts nowhere."""
    return replace(visit, recheck_of=first_id, valid=False, proposal="")


def begin(s: Situation, visit: Visit, new_id: str) -> None:
    """Open another visit where this one, just completed and valid, is among the few."""
    if not visit.valid or visit.level == "report" or not _chosen(s, visit.id):
        return
    opened = s.now + timedelta(hours=s.profile.lease.rest_hours)
    again = Visit(
        id=new_id,
        ticket_id=visit.ticket_id,
        unit_id=visit.unit_id,
        contact_id=visit.contact_id,
        level=visit.level,
        opened_at=opened,
        due_at=due_in_working_days(s.profile, opened, s.profile.stages.visit_days),
    )
    s.connection.execute(
        insert(recheck).values(visit_id=new_id, of_visit_id=visit.id, kept_from=s.viewer.person_id)
    )
    s.writer.put(again)


def _chosen(s: Situation, visit_id: str) -> bool:
    share, secret = s.profile.visits.recheck_percent, get_setting(s.connection, "secret")
    if share <= 0 or secret is None:
        return False
    drawn = hmac.digest(bytes.fromhex(secret), f"recheck:{visit_id}".encode(), sha256)
    return int.from_bytes(drawn[:8], "big") % _OF_ALL < share * (_OF_ALL / 100)
