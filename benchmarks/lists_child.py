"""One process in which a list of a given size is used as a person uses it; prints what it measured as JSON.

`python -m benchmarks.lists_child ours STORE`, `… floor COUNT`, `… bare` or `… peer PLAIN-FILE`: the floor is a bare
QTableView with that many rows of constant text, the peer Qt's own SQL model. The window is drawn offscreen; queries run
in the desk's lanes, on columns in memory once they are loaded.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QEventLoop,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    Qt,
    QTimer,
)
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication, QTableView

_Index = QModelIndex | QPersistentModelIndex
_PATIENCE_MS = 120_000
_SCROLLS = 20
_REST_S = 8.0
_IDS = "SELECT rid FROM ticket_list WHERE rid > 0 ORDER BY received_at DESC, number DESC"


class Constant(QAbstractTableModel):
    """Any number of rows of one text: what Qt itself takes."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return self._rows

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 5

    def data(self, index: _Index, role: int = 0) -> object:
        return "小区北门夜间施工" if role == 0 else None


class Figures:
    """Seconds by name, and bytes."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}
        self.bytes: dict[str, int] = {}

    def add(self, name: str, seconds: float) -> None:
        self.seconds.setdefault(name, []).append(seconds)

    def weigh(self, name: str) -> None:
        """The memory of this process now."""
        self.bytes[name] = resident()

    def tell(self) -> None:
        print(json.dumps({"seconds": self.seconds, "bytes": self.bytes}))


def resident() -> int:
    """What this process holds in memory, in bytes; 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * 4096 if statm.exists() else 0


def scroll(
    table: QTableView, figures: Figures, rng: random.Random, settle: Callable[[], None], acts: int
) -> None:
    """Wheel, page and jump, ``acts`` scores of each: from the event to the end of the paint that it causes, rows or
    their placeholders."""
    bar, viewport = table.verticalScrollBar(), table.viewport()

    def timed(name: str, act: Callable[[], object]) -> None:
        settle()
        began = time.perf_counter()
        act()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        figures.add(name, time.perf_counter() - began)

    middle = QPointF(viewport.rect().center())
    for _ in range(acts * _SCROLLS):
        turn = QWheelEvent(
            middle, QPointF(viewport.mapToGlobal(middle.toPoint())), QPoint(), QPoint(0, -120),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        timed("scroll: one notch of the wheel", partial(QApplication.sendEvent, viewport, turn))
    for _ in range(acts * _SCROLLS):
        timed("scroll: a page", lambda: bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd))
    for _ in range(acts * _SCROLLS):
        timed("scroll: a jump anywhere", lambda: bar.setValue(int(rng.random() * bar.maximum())))


class Painted(QObject):
    """Turns the event loop until the pane has painted the rows of an answer."""

    def __init__(self, pane: Any, figures: Figures) -> None:
        super().__init__()
        self._pane, self._figures = pane, figures
        self._loop = QEventLoop()
        self._began = self._listed = 0.0
        self._name = ""
        pane.listed.connect(self._note)
        pane.table.viewport().installEventFilter(self)

    def act(self, name: str, act: Callable[[], None]) -> None:
        """Do what a click does; the figures are the times to count and scrollbar, and to painted rows."""
        self._listed, self._name = 0.0, name
        patience = QTimer(self)
        patience.setSingleShot(True)
        patience.timeout.connect(self._loop.quit)
        patience.start(_PATIENCE_MS)
        self._began = time.perf_counter()
        act()
        self._loop.exec()
        self._figures.add(f"{name}: rows painted", time.perf_counter() - self._began)
        patience.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._listed and self._shown():
            QTimer.singleShot(0, self._loop, self._loop.quit)  # after this paint
        return False

    def _shown(self) -> bool:
        model = self._pane.model
        first, _ = self._pane.table.rows_in_view()
        return not model.rowCount() or model.cell(first, 1, 0) is not None

    def _note(self) -> None:
        self._listed = time.perf_counter()
        self._figures.add(f"{self._name}: count and scrollbar", self._listed - self._began)
        if not self._pane.model.rowCount() or self._pane.table.isHidden():
            QTimer.singleShot(0, self._loop, self._loop.quit)


def bare() -> None:
    """What a window weighs that shows nothing, in a process that knows nothing else."""
    figures = Figures()
    qt = QApplication([])
    table = QTableView()
    table.show()
    qt.processEvents()
    figures.weigh("bare window")
    figures.tell()


def floor(rows: int, acts: int) -> None:
    """The bare table."""
    figures = Figures()
    qt = QApplication([])
    table = QTableView()
    figures.weigh("bare window")
    model = Constant(rows)
    table.setModel(model)
    table.resize(1366, 768)
    table.show()
    qt.processEvents()
    figures.weigh("floor: bare window and table")
    scroll(table, figures, random.Random(1), lambda: None, acts)
    figures.tell()


def ours(path: Path, script: int, acts: int) -> None:
    """The ticket pane on a store of ours: every queue, filter and order ``acts`` times; ``script`` rounds of ordinary
    use at the end for the memory."""
    from benchmarks.desk_store import KEY, NOW
    from desktop.models.domain.clock import SystemClock
    from desktop.models.domain.ids import IdSource
    from desktop.models.store.engine import open_store
    from desktop.services.background.desk import Desk
    from desktop.services.queries.filters import QUEUES, SORT_KEYS, TicketFilter
    from desktop.session import learn
    from desktop.views.common import theme
    from desktop.views.common.ticket_list.ticket_pane import TicketPane

    figures, rng, clock = Figures(), random.Random(1), SystemClock()
    qt = QApplication([])
    theme.apply_theme(qt, "light")
    with closing(open_store(path, KEY)) as store:
        with store.read() as connection:
            known = learn(connection)
        desk = Desk(
            store, known, clock=clock, new_id=IdSource(clock, rng), offset=NOW - clock.now(), learn=learn
        )
        pane = TicketPane(desk)
        gui: list[float] = []
        _time_calls(pane, "_take", gui)
        pane.resize(1366, 768)
        pane.show()
        painted = Painted(pane, figures)
        painted.act("first list (SQL)", partial(pane.ask, TicketFilter()))
        figures.weigh("window with its first list")
        began = time.perf_counter()
        for _ in range(1_200):
            if desk.lists_in_memory() is not None:
                break
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
            time.sleep(0.05)
        figures.add("columns in memory after the first list", time.perf_counter() - began)
        figures.weigh("columns in memory")
        gui.clear()
        _ask_everything(painted, pane, list(known.reference.units), rng, acts)
        for seconds in gui:
            figures.add("taking an answer on the GUI thread, its processor time", seconds)
        painted.act("switch queue", partial(pane.ask, TicketFilter(queue="all")))
        settled = partial(settle, pane)
        scroll(pane.table, figures, rng, settled, acts)
        figures.weigh("after switching, sorting, scrolling")
        for number in range(script):
            wanted = TicketFilter(queue=rng.choice(QUEUES), sort=rng.choice(SORT_KEYS))
            painted.act("scripted use", partial(pane.ask, wanted))
            pane.table.verticalScrollBar().setValue(
                int(rng.random() * pane.table.verticalScrollBar().maximum())
            )
            settled()
            if number + 1 in (script // 4, script // 2, script):
                figures.weigh(f"after {number + 1} rounds of scripted use")
        _rest()
        figures.weigh("at rest afterwards")
        pane.close()
        desk.close()
        pane.deleteLater()
    _raw(path, figures)
    figures.tell()


def _ask_everything(painted: Painted, pane: Any, units: list[str], rng: random.Random, acts: int) -> None:
    """Every queue, a dozen filters, every column both in the largest list and among the open cases."""
    from desktop.services.queries.filters import QUEUES, SORT_KEYS, TicketFilter

    for _ in range(acts):
        for queue in rng.sample(QUEUES, len(QUEUES)):
            painted.act("switch queue", partial(pane.ask, TicketFilter(queue=queue)))
        for unit in rng.sample(units, 6):
            painted.act("filter", partial(pane.ask, TicketFilter(queue="all", unit_ids=(unit,))))
        for kind in ("complaint", "help"):
            wanted = TicketFilter(queue="all", request_types=(kind,), lights=("none",))
            painted.act("filter", partial(pane.ask, wanted))
        for queue in ("all", "open"):
            for key in rng.sample(SORT_KEYS, len(SORT_KEYS)):
                wanted = TicketFilter(queue=queue, sort=key, descending=rng.random() < 0.5)
                painted.act("sort by any column", partial(pane.ask, wanted))


def _rest() -> None:
    """Longer than the desk takes to see that nobody is at work."""
    until = time.monotonic() + _REST_S
    while time.monotonic() < until:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 500)
        time.sleep(0.05)


def settle(pane: Any) -> None:
    """Turns the event loop until no page of rows is on its way."""
    while pane.model.waiting():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)


def _raw(path: Path, figures: Figures) -> None:
    """The ids of all tickets in order, by the driver alone."""
    from benchmarks.desk_store import KEY
    from desktop.models.store import driver

    with closing(driver.connect(path, KEY, read_only=True)) as connection:
        for _ in range(5):
            began = time.perf_counter()
            connection.execute(_IDS).fetchall()
            figures.add("floor: all ids in order, raw driver", time.perf_counter() - began)


def peer(path: Path) -> None:
    """QSqlTableModel on the same rows in a plain file: it cannot open an encrypted one."""
    from PySide6.QtSql import QSqlDatabase, QSqlTableModel

    from benchmarks.desk_store import NOW

    figures = Figures()
    qt = QApplication([])
    database = QSqlDatabase.addDatabase("QSQLITE")
    database.setDatabaseName(str(path))
    database.open()
    table = QTableView()
    table.resize(1366, 768)
    table.show()
    model = QSqlTableModel(None, database)
    model.setTable("ticket_list")

    def timed(name: str, act: Callable[[], object]) -> None:
        began = time.perf_counter()
        act()
        qt.processEvents()
        figures.add(name, time.perf_counter() - began)

    def show(clause: str) -> None:
        model.setFilter(clause)
        model.select()
        table.setModel(model)

    timed("QSqlTableModel: open, 256 rows known", partial(show, ""))
    late = f"open = 1 AND paused = 0 AND due_at < {int(NOW.timestamp())}"
    up = Qt.SortOrder.AscendingOrder
    for _ in range(3):
        timed("QSqlTableModel: overdue filter", partial(show, late))
        timed("QSqlTableModel: all again", partial(show, ""))
        timed("QSqlTableModel: sort by title", partial(model.sort, model.fieldIndex("title"), up))
        timed("QSqlTableModel: sort by time limit", partial(model.sort, model.fieldIndex("due_at"), up))
    began = time.perf_counter()
    while model.canFetchMore():
        model.fetchMore()
    figures.add("QSqlTableModel: to the end", time.perf_counter() - began)
    figures.weigh("QSqlTableModel at its end")
    figures.tell()


def export(path: Path, plain: Path) -> None:
    """The encrypted store as plain SQLite, for peers that know no other."""
    from benchmarks.desk_store import KEY
    from desktop.models.store import driver

    with closing(driver.connect(path, KEY, read_only=False)) as connection:
        connection.execute("ATTACH DATABASE ? AS bare KEY ''", (str(plain),))
        connection.execute("CREATE TABLE bare.ticket_list AS SELECT * FROM ticket_list")
        connection.execute("CREATE INDEX bare.overdue ON ticket_list (open, paused, due_at, number)")
        connection.execute("DETACH DATABASE bare")


def _time_calls(owner: Any, name: str, into: list[float]) -> None:
    """Note how long each call of a bound method takes, by an attribute in its place."""
    kind = type(owner)
    before = getattr(kind, name)

    def timed(self: Any, answer: object) -> None:
        began = time.thread_time()  # of this thread alone: the machine has other work
        before(self, answer)
        into.append(time.thread_time() - began)

    timed.__name__ = name
    setattr(kind, name, timed)


def main(words: list[str]) -> int:
    what, argument, *rest = (*words, "")
    if what == "bare":
        bare()
    elif what == "floor":
        floor(int(argument), int(rest[0]))
    elif what == "ours":
        ours(Path(argument), *map(int, rest[:2]))
    elif what == "peer":
        peer(Path(argument))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
