"""Where each contradicted case stands: to be decided, put aside by this person, or answered by a finding.

Quick, by an index of the contradicted cases: may be asked after every commit. Reads no text.
"""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

from desktop.models.store import settings
from desktop.models.store.projection import driver_cursor
from desktop.services.queries.base import Reader

Standing = Literal["open", "aside", "found"]
STANDINGS: tuple[Standing, ...] = get_args(Standing)

_CASES = (
    "SELECT id, completed_at, unit_id FROM ticket_list INDEXED BY ticket_contradicted WHERE contradicted = 1"
)
_SETTLED = """
SELECT ticket_id FROM finding_list WHERE state <> 'withdrawn' AND code IN (SELECT value FROM json_each(?))
"""


def standings(r: Reader) -> dict[str, Standing]:
    """Ticket id → where it stands, for every case of the reader's area whose visit contradicts the file."""
    aside = settings.get(r.connection, settings.aside_key(r.me.person_id), dict[str, int]) or {}
    codes = msgspec.json.encode(r.profile.signs.settled_by).decode()
    cursor = driver_cursor(r.connection)
    try:
        rows = cursor.execute(_CASES).fetchall()
        settled = {ticket_id for (ticket_id,) in cursor.execute(_SETTLED, (codes,))}
    finally:
        cursor.close()
    found: dict[str, Standing] = {}
    area = frozenset(r.area)
    for ticket_id, completed_at, unit_id in rows:
        if area and unit_id not in area:
            continue
        put_aside = aside.get(ticket_id) == completed_at
        found[ticket_id] = "found" if ticket_id in settled else "aside" if put_aside else "open"
    return found
