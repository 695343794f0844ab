"""Whether lists are answered from memory or by SQL: the one place that decides, and keeps the memory in step.

``load`` fills the columns in a thread of its own; ``fresh`` brings them up to the state that a reading transaction
sees and hands them out, or None while SQL has to answer: before the first load, after more changes than can be
followed, for a store so small that SQL is as quick. Both give the same answers. Imports numpy only while it loads.
"""

from __future__ import annotations

import logging
import os
from array import array
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.models.store.ticket_log import Follower, TicketLog

if TYPE_CHECKING:
    from desktop.services.queries.base import Reader
    from desktop.services.queries.filters import Queue, TicketFilter

    from .columns import Columns
    from .orders import Orders

LEAST_ROWS = 5_000
"""A smaller list is sorted by SQL within a frame or two, and no memory is spent on it."""

_SHORTEST_PAUSE_S = 5.0
_PAUSE_PER_LOAD = 4.0
"""Between two loads at least so many times the time of the last one: in a first sync each is soon out of date."""
_LOOK_AGAIN_S = 60.0

_log = logging.getLogger(__name__)


@dataclass
class Hot:
    """The columns as one reading transaction sees them; good for as long as it lasts, in its thread."""

    columns: Columns
    orders: Orders
    follower: Follower

    def rids(self, r: Reader, wanted: TicketFilter) -> array[int]:
        """Every ticket the filter lets through, in display order."""
        from .answers import rids_of

        found = array("q")
        found.frombytes(rids_of(self.columns, self.orders, r, wanted).data.cast("B"))
        return found

    def counts(self, r: Reader, queues: Iterable[Queue]) -> dict[Queue, int]:
        """The exact count of each of ``queues``."""
        from .answers import counts_of

        return counts_of(self.columns, r, queues)

    def groups(self, r: Reader, wanted: TicketFilter, by: str) -> list[tuple[str, int, int]]:
        """(id, count, overdue) of each unit or place among what the filter, without a text, lets through."""
        from .answers import groups_of

        return groups_of(self.columns, r, wanted, by)

    def near(self, category_id: str, received: int, within_s: int, most: int) -> list[int]:
        """Row ids of a category received within ``within_s`` seconds of ``received``, the nearest first."""
        from .answers import near

        return near(self.columns, category_id, received, within_s, most)

    def nbytes(self) -> int:
        """The memory that columns and orders take, in bytes."""
        return self.columns.nbytes() + self.orders.nbytes()


class HotLists:
    """``load`` belongs to one worker thread, ``fresh`` and ``due`` to the reading lane."""

    def __init__(
        self, log: TicketLog, monotonic: Callable[[], float], *, least_rows: int = LEAST_ROWS
    ) -> None:
        """``log`` is the store's; ``monotonic`` in seconds."""
        self._tickets = log
        self._monotonic = monotonic
        self._least_rows = least_rows
        self._hot: Hot | None = None
        self._not_before = 0.0
        self._took_s = 0.0

    def size(self) -> tuple[int, int] | None:
        """(tickets, bytes) held, None where SQL answers. Any thread."""
        hot = self._hot
        return None if hot is None else (hot.columns.size - hot.columns.missing, hot.nbytes())

    def due(self) -> bool:
        """Whether a load would be of use now."""
        return self._hot is None and self._monotonic() >= self._not_before

    def load(
        self,
        read: Callable[[], AbstractContextManager[Any]],
        person_id: str,
        stopped: Callable[[], bool],
    ) -> bool:
        """Read everything anew; whether it was worth it. ``read`` opens a reading transaction.

        Takes some seconds a million tickets; ``stopped`` ends it early.
        """
        began = self._monotonic()
        follower = self._tickets.follow()
        hot = None
        try:
            with read() as connection:
                last = connection.exec_driver_sql("SELECT max(rid) FROM ticket_list").scalar() or 0
                if last >= self._least_rows:
                    hot = _load(connection, person_id, follower, stopped)
        finally:
            if hot is None:
                self._tickets.leave(follower)
                self._pause(_LOOK_AGAIN_S)
        self._took_s = self._monotonic() - began
        self._hot = hot
        return hot is not None

    def fresh(self, connection: Any, person_id: str) -> Hot | None:
        """The columns as ``connection`` sees them, None where SQL has to answer.

        ``connection``: a reading transaction that has read nothing yet, and that nobody breaks off meanwhile.
        """
        hot = self._hot
        if hot is None:
            return None
        if hot.columns.person_id != person_id:
            self.drop()
            return None
        notes = hot.follower.take()
        if not notes:
            return hot
        from .columns import OutOfStep

        try:
            if notes.everything:
                raise OutOfStep("too much to be named")
            hot.orders.follow(connection, hot.columns.patch(connection, notes.ticket_ids, notes.gone))
        except OutOfStep as error:
            _log.info("lists are answered by SQL for a while: %s", error)
            self.drop()
            return None
        except BaseException:
            self.drop()  # half a patch is worth nothing
            raise
        return hot

    def drop(self) -> None:
        """Forget everything; SQL answers until the next load."""
        hot, self._hot = self._hot, None
        if hot is not None:
            self._tickets.leave(hot.follower)
        self._pause(max(_SHORTEST_PAUSE_S, _PAUSE_PER_LOAD * self._took_s))

    def _pause(self, seconds: float) -> None:
        self._not_before = self._monotonic() + seconds


def _load(connection: Any, person_id: str, follower: Follower, stopped: Callable[[], bool]) -> Hot | None:
    # Its threads would stand idle: nothing here multiplies matrices.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from .columns import Columns, OutOfStep
    from .heap import give_back, keep_large_apart
    from .orders import Orders

    keep_large_apart()

    columns = Columns(person_id)
    orders = Orders(columns)
    try:
        columns.load(connection, stopped)
        orders.load(connection, stopped)
    except OutOfStep as error:
        _log.info("lists stay with SQL: %s", error)
        return None
    finally:
        # What a load left behind: the pages it read, and the heap that the database sorted a million titles in.
        connection.exec_driver_sql("PRAGMA shrink_memory")
        give_back()
    return Hot(columns, orders, follower)
