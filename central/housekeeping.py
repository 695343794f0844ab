"""What has to be done whether or not anybody asks: forgetting what has been kept long enough, once a day; moving due
times whose year was announced, once a version of the rules is in force.

Decides when; what is forgotten stands in ``retention`` and ``uploads``, what is moved in ``announcing``. Several
processes may do it at once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from desktop.models.domain.clock import Clock

from .announcing import announce_days
from .database import Database
from .dialects import is_busy
from .office_clock import OfficeClock
from .profile_store import current_profile
from .retention import forget_old_changes
from .uploads import forget_unlinked

_DAY_S = 24 * 3600.0
_AGAIN_S = 600.0
_RULES_S = 30.0
_log = logging.getLogger(__name__)


class Housekeeping:
    """Due at once and then daily; rules are looked at twice a minute. ``clock`` is real time."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._office = OfficeClock(database, clock)
        self._due = clock.monotonic()
        self._rules_due = clock.monotonic()
        self._announced = 0
        """The version of the rules whose days off every due time knows."""

    def run_if_due(self) -> None:
        """Do what is due; a database that is away is asked again in ten minutes."""
        now = self._clock.monotonic()
        if now >= self._due:
            self._due = now + (_DAY_S if self._done(self._forget) else _AGAIN_S)
        if now >= self._rules_due:
            self._rules_due = now + (_RULES_S if self._done(self._announce) else _AGAIN_S)

    def _forget(self) -> None:
        forget_old_changes(self._database, self._clock.now())
        forget_unlinked(self._database, self._clock.now())

    def _announce(self) -> None:
        """Cases that a stop left behind are found at the next start."""
        with self._database.read() as connection:
            try:
                rules = current_profile(connection)
                rules = current_profile(connection, rules.local(self._office.now()).date())
            except LookupError:
                return
        if rules.version != self._announced:
            announce_days(self._database, self._clock, self._office)
            self._announced = rules.version

    def _done(self, work: Callable[[], None]) -> bool:
        try:
            work()
        except SQLAlchemyError as error:
            if not is_busy(error):
                raise
            _log.warning("the daily care has to wait: %s", type(error).__name__)
            return False
        return True
