"""Held statements that write many rows in one step of the database.

The driver gives Python's lock back for each step and has to wait for it after. A row a step, a first load would spend
its time in that queue, and every other thread in it too, the window's among them. Runs in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

ROWS = 100
"""Rows a step: about a millisecond of the database's own work."""


class Many:
    """An INSERT of any number of rows: ``head`` ends in VALUES, ``row`` are the marks of one, ``tail`` follows them."""

    def __init__(self, head: str, row: str, tail: str = "") -> None:
        self.one = f"{head} {row} {tail}"
        self._several = f"{head} {', '.join([row] * ROWS)} {tail}"

    def run(self, cursor: Any, rows: Sequence[tuple[Any, ...]]) -> None:
        """Writes ``rows``, each the values of one row's marks, in their order."""
        whole = len(rows) - len(rows) % ROWS
        for start in range(0, whole, ROWS):
            cursor.execute(self._several, list(chain.from_iterable(rows[start : start + ROWS])))
        cursor.executemany(self.one, rows[whole:])
