"""What has to be done once a day whether or not anybody asks: forgetting what has been kept long enough.

Decides when; what is forgotten stands in ``retention`` and ``uploads``. Several processes may do it at once.
"""

from __future__ import annotations

import logging

from sqlalchemy.exc import SQLAlchemyError

from desktop.models.domain.clock import Clock

from .database import Database
from .dialects import is_busy
from .retention import forget_old_changes
from .uploads import forget_unlinked

_DAY_S = 24 * 3600.0
_AGAIN_S = 600.0
_log = logging.getLogger(__name__)


class Housekeeping:
    """Due at once and then daily. ``clock`` is real time."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._due = clock.monotonic()

    def run_if_due(self) -> None:
        """Do it where a day has passed; a database that is away is asked again in ten minutes."""
        if self._clock.monotonic() < self._due:
            return
        self._due = self._clock.monotonic() + _DAY_S
        try:
            forget_old_changes(self._database, self._clock.now())
            forget_unlinked(self._database, self._clock.now())
        except SQLAlchemyError as error:
            if not is_busy(error):
                raise
            _log.warning("the daily forgetting has to wait: %s", type(error).__name__)
            self._due = self._clock.monotonic() + _AGAIN_S
