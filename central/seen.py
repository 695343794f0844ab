"""How far each device has pulled: what it could know when it made an operation.

Kept in memory, and written down when the device sends work, so that polling writes nothing. Too low a value is
harmless: it only makes an append count as late that might have been refused.
"""

from __future__ import annotations

import threading

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from .tables import device
from .tokens import Session


class Seen:
    """Positions by device and person. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._positions: dict[tuple[str, str], int] = {}

    def note(self, session: Session, position: int) -> None:
        """The device holds everything up to ``position``: it sent a cursor that says so."""
        key = (session.device_id, session.account.person_id)
        with self._lock:
            self._positions[key] = max(position, self._positions.get(key, 0))

    def position(self, connection: Connection, session: Session) -> int:
        """The last position noted, also by an earlier run of the server; stored on the way."""
        mine = (device.c.id == session.device_id) & (device.c.person_id == session.account.person_id)
        stored = connection.execute(select(device.c.seen_position).where(mine)).scalar() or 0
        with self._lock:
            noted = self._positions.get((session.device_id, session.account.person_id), 0)
        if noted > stored:
            behind = mine & (device.c.seen_position < noted)
            connection.execute(update(device).where(behind).values(seen_position=noted))
        return max(noted, stored)
