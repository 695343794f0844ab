"""Breaking off a question that nobody waits for any more, while the database works on it.

Sorting a million rows takes seconds; whoever types on must not wait for the list of an earlier word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_STEPS = 200_000
"""How many steps of the database's machine between two looks: about ten milliseconds. Each look takes Python's lock."""


@contextmanager
def breakable(connection: Any, given_up: Callable[[], bool]) -> Iterator[None]:
    """While the block runs, a statement of ``connection`` raises as soon as ``given_up`` says so.

    ``connection`` is SQLAlchemy's, over a driver of the sqlite3 family.
    """
    driver = connection.connection.driver_connection
    driver.set_progress_handler(given_up, _STEPS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)
