"""Slows down guessing: so many attempts at a login in so much time, counted in the database for every process.

Holds no login, only fingerprints. Knows no passwords and no accounts.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, delete, insert, or_, select

from desktop.models.domain.clock import Clock
from desktop.models.domain.ids import NewId

from .database import Database
from .tables import sign_in_try


class Throttle:
    """At most ``limit`` attempts a login in ``window_s`` seconds, as long as none succeeds. ``clock`` is real time."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Clock,
        new_id: NewId,
        key: bytes,
        limit: int,
        window_s: int,
    ) -> None:
        self._database = database
        self._clock = clock
        self._new_id = new_id
        self._key = key
        self._limit = limit
        self._window = timedelta(seconds=window_s)

    def admit(self, login: str) -> float:
        """0 where another attempt may be made, which is counted; else the seconds to wait."""
        key, now = self._key_of(login), self._clock.now()
        mine = sign_in_try.c.login_key == key
        with self._database.write() as tx:
            tx.lock(f"sign-ins:{key}")
            tx.connection.execute(delete(sign_in_try).where(self._is_past(now)))
            tried = tx.connection.execute(select(sign_in_try.c.at).where(mine)).scalars().all()
            if len(tried) >= self._limit:
                oldest: datetime = min(tried)
                return (oldest + self._window - now).total_seconds()
            tx.connection.execute(insert(sign_in_try).values(id=self._new_id(), login_key=key, at=now))
        return 0.0

    def clear(self, login: str) -> None:
        """Forget the attempts at a login, after one that succeeded."""
        with self._database.write() as tx:
            tx.connection.execute(delete(sign_in_try).where(sign_in_try.c.login_key == self._key_of(login)))

    def _is_past(self, now: datetime) -> ColumnElement[bool]:
        """Also what lies in the future: a clock that was set back must lock nobody out."""
        return or_(sign_in_try.c.at <= now - self._window, sign_in_try.c.at > now + self._window)

    def _key_of(self, login: str) -> str:
        return hmac.new(self._key, login.encode(errors="replace"), sha256).hexdigest()
