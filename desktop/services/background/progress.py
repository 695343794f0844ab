"""How far the first sync has come, as the status bar shows it. Plain values and an honest estimate."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

_QUIET_S = 2.0


FirstSyncState = Literal["running", "waiting", "paused", "done"]
"""``waiting``: it is not complete and nothing is being done about it at the moment, because the last try failed or
none has begun; ``paused``: by the person."""


class FirstSync(Struct, frozen=True, kw_only=True):
    """``total`` rows as the server stated them (0 = not known yet); ``seconds_left`` None while a guess would lie.

    ``indexes_left``: all rows are here, and so many orders of the lists are still to be made.
    """

    state: FirstSyncState = "waiting"
    pages: int = 0
    rows: int = 0
    total: int = 0
    seconds_left: int | None = None
    indexes_left: int = 0

    @property
    def share(self) -> float:
        """0.0–1.0."""
        return min(1.0, self.rows / self.total) if self.total else 0.0


class Estimate:
    """Time left by the mean speed of this sitting; says nothing in its first two seconds."""

    def __init__(self) -> None:
        self._rows_before: int | None = None

    def seconds_left(self, seconds: float, rows: int, total: int) -> int | None:
        """``seconds`` of this sitting, ``rows`` of all sittings, as the engine reports them."""
        if self._rows_before is None or rows < self._rows_before:
            self._rows_before = rows
        fetched = rows - self._rows_before
        if seconds < _QUIET_S or fetched <= 0 or total <= 0:
            return None
        return max(0, round((total - rows) * seconds / fetched))
