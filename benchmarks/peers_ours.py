"""Our list doing what the peers do, in a process of its own; prints what it measured as JSON.

`python -m benchmarks.peers_ours STORE UNIT-OF-SEARCH…`: the ticket pane on the encrypted store, columns in memory, the
search index beside it (made where it is not there). Every figure ends with painted rows, but for the counts.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from benchmarks import peer_child as told
from benchmarks.desk_store import KEY, NOW, OFFICER, made_index
from benchmarks.lists_child import Figures, Painted, resident
from benchmarks.search import reading
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.ids import IdSource
from desktop.models.store.engine import Store, open_store
from desktop.models.store.search_fill import index_of
from desktop.models.store.search_index import SearchIndex
from desktop.services.background.desk import Desk
from desktop.services.queries.counts import queue_counts
from desktop.services.queries.filters import Queue, TicketFilter
from desktop.services.queries.groups import groups
from desktop.services.queries.hot.lists import HotLists
from desktop.session import learn
from desktop.views.common import theme
from desktop.views.common.ticket_list.ticket_pane import TicketPane

_ROUNDS = 5
_GROUPED: tuple[Queue, ...] = ("all", "open")
"""The groups of the first say how many cases a unit has and how many are late, of the second how many are open."""


def main(words: list[str]) -> int:
    """Figures of the store named first, searches for the words after it."""
    path, *searched = words
    figures, clock = Figures(), SystemClock()
    qt = QApplication([])
    bare = resident()
    theme.apply_theme(qt, "light")
    with closing(open_store(Path(path), KEY)) as store, closing(index_of(store, KEY)) as index:
        made_index(store, index)
        with store.read() as connection:
            known = learn(connection)
        new_id = IdSource(clock, random.Random(1))
        desk = Desk(store, known, clock=clock, new_id=new_id, offset=NOW - clock.now(), learn=learn)
        desk.search = index
        pane = TicketPane(desk)
        pane.resize(1366, 768)
        pane.show()
        painted = Painted(pane, figures)
        began = time.perf_counter()
        painted.act("first list", partial(pane.ask, TicketFilter(queue="open")))
        figures.add("first list before the columns are in memory", time.perf_counter() - began)
        _wait(lambda: desk.lists_in_memory() is not None)
        for _ in range(_ROUNDS):
            painted.act(told.OPEN, partial(pane.ask, TicketFilter(queue="all")))
            painted.act(told.OVERDUE, partial(pane.ask, TicketFilter(queue="overdue")))
            painted.act(told.SORT, partial(pane.ask, TicketFilter(queue="all", sort="title")))
            began = time.perf_counter()
            pane.table.scrollToBottom()
            _wait(lambda: not pane.model.waiting())
            figures.add(told.END, time.perf_counter() - began)
        for word in searched:
            for _ in range(_ROUNDS):
                painted.act("between", partial(pane.ask, TicketFilter(queue="overdue")))
                painted.act(f"{told.SEARCH} {word}", partial(pane.ask, TicketFilter(queue="all", text=word)))
        figures.bytes["ours"] = resident() - bare
        pane.close()
        desk.close()
        pane.deleteLater()
        _count(store, index, figures)
    figures.tell()
    return 0


def _count(store: Store, index: SearchIndex, figures: Figures) -> None:
    """What DuckDB is asked too: nothing of it is painted."""
    hot = HotLists(store.tickets, SystemClock().monotonic)
    hot.load(store.read, OFFICER.person_id, lambda: False)
    with reading(store, index, hot) as reader:
        for _ in range(20):
            began = time.perf_counter()
            queue_counts(reader())
            figures.add(told.COUNTS, time.perf_counter() - began)
            began = time.perf_counter()
            for queue in _GROUPED:
                groups(reader(), TicketFilter(queue=queue), "unit")
            figures.add(told.BY_UNIT, time.perf_counter() - began)


def _wait(done: Callable[[], bool]) -> None:
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
