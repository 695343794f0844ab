"""The office's time: the real time, or in a sample and a replayed import the time the office stands at.

The offset to real time is stored once in the database and survives restarts; afterwards it only grows, so that
office time never goes back. Only rules of the domain use this clock: tokens, TLS and leases use the base clock.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from desktop.models.domain.clock import Clock, DomainClock

from .database import Database, get_setting, put_setting

SETTING = "office_clock_offset_us"
_MICROSECOND = timedelta(microseconds=1)
_REREAD_S = 2.0
"""An import in another process may have moved the clock; a server notices within this many seconds, on PostgreSQL at
once."""


class ClockGoesBack(ValueError):
    """The office clock stands later than the time it was asked to move to."""


class OfficeClock(DomainClock):
    """The domain's clock of one database. ``base`` is real time. Thread-safe."""

    def __init__(self, database: Database, base: Clock) -> None:
        super().__init__(base)
        self._database = database
        self._read_at = base.monotonic()
        self.offset = self._stored() or timedelta(0)
        database.subscribe_settings(self._reread)

    def now(self) -> datetime:
        """Office time, aware, in UTC."""
        if self.base.monotonic() - self._read_at >= _REREAD_S:
            self._read_at = self.base.monotonic()
            self.offset = self._stored() or timedelta(0)
        return super().now()

    @property
    def is_settled(self) -> bool:
        """True once an offset, be it zero, was stored."""
        return self._stored() is not None

    def settle(self, at: datetime | None) -> None:
        """Store the offset once: office time is ``at`` now, or real time for None. Later calls change nothing."""
        with self._database.write() as tx:
            tx.lock(SETTING)
            stored = get_setting(tx.connection, SETTING)
            if stored is None:
                self.offset = timedelta(0) if at is None else at - self.base.now()
                put_setting(tx, SETTING, str(self.offset // _MICROSECOND))
            else:
                self.offset = int(stored) * _MICROSECOND

    def advance(self, to: datetime) -> datetime:
        """Move office time forward to ``to`` and return it. Raises :class:`ClockGoesBack`."""
        with self._database.write() as tx:
            tx.lock(SETTING)
            stored = get_setting(tx.connection, SETTING)
            offset = int(stored) * _MICROSECOND if stored is not None else timedelta(0)
            now = self.base.now()
            if to < now + offset:
                raise ClockGoesBack(
                    f"the office clock already stands at {now + offset:%Y-%m-%d %H:%M:%S} UTC"
                )
            put_setting(tx, SETTING, str((to - now) // _MICROSECOND))
        self.offset = to - now
        return to

    def _reread(self) -> None:
        """Another process told that it moved the clock."""
        self.offset = self._stored() or timedelta(0)

    def _stored(self) -> timedelta | None:
        stored = self._database.setting(SETTING)
        return None if stored is None else int(stored) * _MICROSECOND
