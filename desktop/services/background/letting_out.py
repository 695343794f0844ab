"""Letting something out with an honest record: the act is written down first, and taken back when it came to nothing.

    with LettingOut(desk, leaving) as way:
        sheet.finish()

For a lane, never for the GUI thread. Where it is not certain that nothing left, the first row stands alone: the record
may say too much, and never too little.
"""

from __future__ import annotations

import logging
from types import TracebackType

from desktop.services.background.desk import Desk
from desktop.services.commands.leaving import Leaving, note_leaving, note_stayed

_log = logging.getLogger(__name__)


class LettingOut:
    """Around the moment in which data leaves. ``certain``: a failure means that nothing left, as with a file."""

    def __init__(self, desk: Desk, leaving: Leaving, *, certain: bool = True) -> None:
        self._desk = desk
        self._leaving = leaving
        self._certain = certain

    def __enter__(self) -> LettingOut:
        """Wait for the record's row. Raises where there is none; then nothing may leave."""
        self._desk.perform(lambda w: note_leaving(w, self._leaving))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None and self._certain:
            self.stayed()

    def stayed(self) -> None:
        """It was stopped, or failed: a second row says so, or the first one stands."""
        try:
            self._desk.perform(lambda w: note_stayed(w, self._leaving))
        except Exception:  # noqa: BLE001  what went wrong first is what the person has to hear of
            _log.warning("an act on record that came to nothing could not be taken back")
