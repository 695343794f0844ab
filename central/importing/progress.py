"""How far an import is, for the person who waits: one line that moves on a terminal, plain lines elsewhere."""

from __future__ import annotations

from typing import TextIO

from desktop.models.domain.clock import Clock

from .times import seconds

_TERMINAL_S = 0.2
_PLAIN_S = 5.0


class Progress:
    """Writes rows, percent, rows a second and the time left to ``stream``."""

    def __init__(self, stream: TextIO, clock: Clock) -> None:
        self._stream = stream
        self._clock = clock
        self._terminal = stream.isatty()
        self._started = self._told = clock.monotonic()
        self._width = 0

    def tell(self, rows: int, fraction: float) -> None:
        """``rows`` records read, which is ``fraction`` (0 to 1) of the file, 0 where nobody knows how large it is.

        Often called, seldom heard.
        """
        now = self._clock.monotonic()
        if now - self._told < (_TERMINAL_S if self._terminal else _PLAIN_S):
            return
        self._told = now
        self._write(self.line(rows, fraction))

    def line(self, rows: int, fraction: float) -> str:
        """What is written."""
        spent = self._clock.monotonic() - self._started
        rate = rows / spent if spent > 0 else 0.0
        if fraction <= 0:
            return f"{rows:,} rows, {rate:,.0f} rows/s"
        left = seconds(spent * (1 - fraction) / fraction)
        return f"{rows:,} rows, {fraction:.0%}, {rate:,.0f} rows/s, {left} left"

    def finish(self) -> None:
        """Leave the terminal's line to whatever comes next."""
        if self._terminal and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()

    def _write(self, line: str) -> None:
        if self._terminal:
            self._stream.write("\r" + line.ljust(self._width))
            self._width = max(self._width, len(line))
        else:
            self._stream.write(line + "\n")
        self._stream.flush()
