"""How far the first sync has come, as the status bar shows it. Plain values and an honest estimate."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct


class FirstSync(Struct, frozen=True, kw_only=True):
    """``total`` rows as the server stated them (0 = not known yet); ``seconds_left`` None while a guess would lie."""

    state: Literal["running", "paused", "done"] = "running"
    pages: int = 0
    rows: int = 0
    total: int = 0
    seconds_left: int | None = None

    @property
    def share(self) -> float:
        """0.0–1.0."""
        return min(1.0, self.rows / self.total) if self.total else 0.0


class Estimate:
    """Time left by the mean speed since the beginning; speaks after two seconds."""

    def __init__(self, started_at: float, rows_at_start: int) -> None:
        self._started_at = started_at
        self._rows_at_start = rows_at_start

    def seconds_left(self, now: float, rows: int, total: int) -> int | None:
        """``now`` on the clock of ``started_at``."""
        elapsed = now - self._started_at
        fetched = rows - self._rows_at_start
        if elapsed < 2 or fetched <= 0 or total <= 0:
            return None
        return max(0, round((total - rows) * elapsed / fetched))
