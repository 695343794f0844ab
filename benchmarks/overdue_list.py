"""Opening the overdue list in a window: ids, the first rows, painted; beside what the database alone takes.

The store is the one a first sync left, once encrypted as it is and once exported to plain SQLite. The window is real,
drawn offscreen; queries run in the desk's reading lane as they do in the program.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import StaticPool

from benchmarks.figures import Line, Samples, Section
from benchmarks.first_sync import KEY
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.ids import IdSource
from desktop.models.store import settings
from desktop.models.store.engine import Store, open_store
from desktop.services.background.desk import Desk, Identity
from desktop.services.queries.base import Reader
from desktop.services.queries.filters import TicketFilter
from desktop.services.queries.reference import load_reference
from desktop.services.queries.tickets import ticket_ids, ticket_rows
from desktop.session import learn
from desktop.views.common import theme
from desktop.views.common.ticket_list.ticket_pane import TicketPane

_OVERDUE = "FROM ticket_list WHERE open = 1 AND paused = 0 AND due_at < ?"
_COUNT = f"SELECT count(*) {_OVERDUE}"
_IDS = f"SELECT rid {_OVERDUE} ORDER BY due_at, number"
_PAGE = 64
_PATIENCE_MS = 20_000
_KEY_PRAGMA = f"PRAGMA key = \"x'{KEY.hex()}'\""


class _Painted(QObject):
    """Turns the event loop until the pane's table has painted the rows of a queue."""

    def __init__(self, pane: TicketPane) -> None:
        super().__init__()
        self._pane = pane
        self._loop = QEventLoop()
        self._listed = False
        pane.listed.connect(self._note)
        pane.table.viewport().installEventFilter(self)

    def open(self, act: Callable[[], None]) -> float:
        """Seconds from ``act`` to the paint that showed the first row of its answer."""
        self._listed = False
        QTimer.singleShot(_PATIENCE_MS, self._loop, self._loop.quit)
        began = time.perf_counter()
        act()
        self._loop.exec()
        return time.perf_counter() - began

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and self._listed:
            model = self._pane.model
            if model.rowCount() and model.cell(0, 0, int(Qt.ItemDataRole.DisplayRole)) is not None:
                QTimer.singleShot(0, self._loop, self._loop.quit)  # after this paint
        return False

    def _note(self) -> None:
        self._listed = True


def measure(path: Path, folder: Path, *, runs: int) -> Section:
    """The section; ``path`` is an encrypted store as a first sync left it."""
    plain = folder / "plain.db"
    _export(path, plain)
    figures: dict[str, Samples] = {}

    def note(name: str, seconds: float) -> None:
        figures.setdefault(name, Samples()).add(seconds)

    with _store(path) as encrypted:
        rids, now_s = _overdue(encrypted)
    with (
        _window(path) as opening,
        closing(_driver(path, KEY)) as raw,
        closing(_driver(plain, None)) as raw_plain,
        _reading(path, KEY) as enc,
        _reading(plain, None) as bare,
    ):
        opening()  # the first time imports, measures fonts, fills caches
        for _ in range(runs):
            note("floor: count, SQLCipher, raw driver", _asked(raw, _COUNT, now_s))
            note("count, plain SQLite, raw driver", _asked(raw_plain, _COUNT, now_s))
            note("floor: ids in order, SQLCipher, raw driver", _asked(raw, _IDS, now_s))
            note("ids of the queue, encrypted", _timed(lambda: ticket_ids(enc, _QUEUE)))
            note("ids of the queue, plain", _timed(lambda: ticket_ids(bare, _QUEUE)))
            note("first page as rows, encrypted", _timed(lambda: ticket_rows(enc, rids[:_PAGE])))
            note("first page as rows, plain", _timed(lambda: ticket_rows(bare, rids[:_PAGE])))
            note("opening the queue: asked to painted, encrypted", opening())
    floor = "floor: ids in order, SQLCipher, raw driver"
    held = {
        "count, plain SQLite, raw driver": "floor: count, SQLCipher, raw driver",
        "ids of the queue, encrypted": floor,
        "ids of the queue, plain": "ids of the queue, encrypted",
        "first page as rows, plain": "first page as rows, encrypted",
        "opening the queue: asked to painted, encrypted": floor,
    }
    lines = tuple(Line(name, samples, of=held.get(name, "")) for name, samples in figures.items())
    return Section(
        f"Opening the overdue list ({len(rids):,} cases)",
        lines,
        "Hot caches, another list open before; a page is 64 rows, the window 1366 × 768 drawn offscreen.",
    )


_QUEUE = TicketFilter(queue="overdue")


def _timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _overdue(store: Store) -> tuple[Any, int]:
    with store.read() as connection:
        reader = _reader(connection)
        return ticket_ids(reader, _QUEUE).rids, reader.now_s


def _reader(connection: Any) -> Reader:
    known = learn(connection)
    offset = settings.get(connection, settings.CLOCK_OFFSET_S, float) or 0.0
    now = known.profile.local(SystemClock().now() + timedelta(seconds=offset))
    return Reader(
        connection=connection,
        now=now,
        profile=known.profile,
        me=known.me,
        reference=load_reference(connection),
    )


@contextmanager
def _store(path: Path) -> Iterator[Store]:
    store = open_store(path, KEY)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _window(path: Path) -> Iterator[Callable[[], float]]:
    """A desk and its ticket pane in a window; calling what it yields opens the overdue list once."""
    existing = QApplication.instance()
    qt = existing if isinstance(existing, QApplication) else QApplication([])
    theme.apply_theme(qt, "light")
    clock = SystemClock()
    with _store(path) as store:
        with store.read() as connection:
            known: Identity = learn(connection)
            offset = settings.get(connection, settings.CLOCK_OFFSET_S, float) or 0.0
        desk = Desk(
            store,
            known,
            clock=clock,
            new_id=IdSource(clock, random.Random(1)),
            offset=timedelta(seconds=offset),
            language="zh",
            learn=learn,
        )
        pane = TicketPane(desk)
        pane.resize(1366, 768)
        pane.show()
        painted = _Painted(pane)

        def opening() -> float:
            painted.open(lambda: pane.ask(TicketFilter(queue="all")))
            return painted.open(lambda: pane.ask(_QUEUE))

        try:
            yield opening
        finally:
            pane.close()
            desk.close()
            pane.deleteLater()


@contextmanager
def _reading(path: Path, key: bytes | None) -> Iterator[Reader]:
    """A reader on an open connection, as a query is given it."""
    engine = _engine(path, key)
    with engine.connect() as connection:
        yield _reader(connection)
    engine.dispose()


def _engine(path: Path, key: bytes | None) -> Engine:
    return create_engine(
        "sqlite+pysqlite://", module=sqlcipher, creator=lambda: _driver(path, key), poolclass=StaticPool
    )


def _driver(path: Path, key: bytes | None) -> Any:
    connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
    if key is not None:
        connection.execute(_KEY_PRAGMA).fetchall()
        connection.execute("PRAGMA cipher_page_size = 8192").fetchall()
    return connection


def _asked(connection: Any, statement: str, now_s: int) -> float:
    return _timed(lambda: connection.execute(statement, (now_s,)).fetchall())


def _export(path: Path, plain: Path) -> None:
    """A plain copy of the encrypted store: same rows, same indexes, no key."""
    connection = _driver(path, KEY)
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    connection.execute("DETACH DATABASE plain")
    connection.close()
