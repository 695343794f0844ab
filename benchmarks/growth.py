"""First syncs and deltas of a made-up city of ten thousand cases to a million: does the cost of a row stay the same?

Real server process, real HTTP, encrypted store. The floor is given the very rows of the run: decoding them, putting
them into the same tables of a plain SQLite file without any index, and making the same indexes at the end. Both are
told in processor time too: on a machine with other work, that is the figure to hold beside the floor's.

A first sync is taken twice: from a server that makes the pages on the same two processors, and from one that has them
lying ready, as it has when a load goes on after a break: the nearest to a server on a machine of its own.
The floor of a delta is the same changes to the same rows of a plain SQLite file, by three updates in one transaction.
"""

from __future__ import annotations

import gc
import random
import sqlite3
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import msgspec
from msgspec.structs import replace

from benchmarks import loop_gaps
from benchmarks.figures import Line, Samples, Section
from benchmarks.first_sync import KEY, PAGE_ROWS, Recorder
from benchmarks.office import Office, engine_of, open_city
from central.installation import open_database
from central.loader import Loader
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.entities import Ticket, decode_row
from desktop.models.domain.wire import SnapshotPage
from desktop.models.store import driver
from desktop.models.store.engine import open_store
from desktop.models.store.tables import metadata
from desktop.services.api.client import Api
from desktop.services.sync.context import SnapshotProgress
from desktop.services.sync.round import run_round

_CHANGES = 10_000
_COMMIT_ROWS = 20_000
_FLOOR = "floor: decode, insert into plain SQLite, index"
_FLOOR_CPU = f"{_FLOOR}, processor time"
_READY = "first sync over HTTP, encrypted, lists and indexes"
_LOOP = "a window's loop beside a first sync, from tick to tick"
_LOOP_FLOOR = "floor: the loop beside nothing"
_GAPS = {"99 of 100": 0.99, "the longest": 1.0}
_REST_S = 2.0
_DELTA_FLOOR = "floor: the latest cases change in plain SQLite"
_DELTA_FLOOR_CPU = f"{_DELTA_FLOOR}, processor time"
_DELTA = "a round in which the latest cases have changed"
_LOADED = (
    "projection",
    "ticket_list",
    "ticket_text",
    "visit_list",
    "urge_list",
    "notice_list",
    "finding_list",
    "application_list",
    "instruction_list",
    "urgent_report_list",
)


class _Took(NamedTuple):
    """Seconds on the wall and of this process's processors."""

    wall: float
    processor: float

    def __add__(self, other: object) -> _Took:
        if not isinstance(other, _Took):
            return NotImplemented
        return _Took(self.wall + other.wall, self.processor + other.processor)


class _Watch:
    """Time since it was made, or since the last lap."""

    def __init__(self) -> None:
        self._at = _now()

    def lap(self) -> _Took:
        before, self._at = self._at, _now()
        return _Took(self._at.wall - before.wall, self._at.processor - before.processor)


def _now() -> _Took:
    return _Took(time.perf_counter(), time.process_time())


def measure(folder: Path, tickets: int, *, runs: int) -> Section:
    """The table of one size; what it needs on disk lies below ``folder``."""
    taken: dict[str, Samples] = defaultdict(Samples)
    count, changes = 0, min(_CHANGES, tickets)
    gc.disable()  # as in the desktop, whose window collects when it rests
    with open_city(folder / f"office-{tickets}", tickets=tickets) as office:
        for run in range(runs):
            store = folder / f"desk-{tickets}-{run}.db"
            count = _first_sync(office, store, f"desk-{run}", taken)
            pages = _ready(office, folder / f"ready-{run}.db", f"ready-{run}", taken)
            floor = _floor(pages, store, folder / "floor.db")
            del pages
            _delta(office, store, f"desk-{run}", taken, run)
            changed = _floor_delta(folder / "floor.db")
            for name, took in ((_FLOOR, floor), (_DELTA_FLOOR, changed)):
                taken[name].add(took.wall)
                taken[f"{name}, processor time"].add(took.processor)
            for file in (*folder.glob(f"{store.name}*"), *folder.glob("floor.db*")):
                file.unlink()
    gc.enable()
    lines = (
        Line(_FLOOR, taken[_FLOOR], rows=count),
        Line(_FLOOR_CPU, taken[_FLOOR_CPU], rows=count),
        Line(_READY, taken["ready"], of=_FLOOR, rows=count),
        Line(f"{_READY}, before the indexes", taken["ready rows"], rows=count),
        Line("first sync, pages made on the same processors", taken["ours"], of=_FLOOR, rows=count),
        Line("first sync, processor time of the desktop", taken["ours cpu"], of=_FLOOR_CPU, rows=count),
        Line("of it: until the first page is in the store", taken["first"], note="open and overdue first"),
        Line("of it: until the last row is in the store", taken["rows"], rows=count),
        Line("of it: indexes of all cases", taken["indexes"]),
        *(Line(f"{_LOOP_FLOOR}: {told}", taken[f"{_LOOP_FLOOR}: {told}"]) for told in _GAPS),
        *(Line(f"{_LOOP}: {told}", taken[f"{_LOOP}: {told}"], of=f"{_LOOP_FLOOR}: {told}") for told in _GAPS),
        Line(_DELTA_FLOOR, taken[_DELTA_FLOOR], rows=changes),
        Line(_DELTA_FLOOR_CPU, taken[_DELTA_FLOOR_CPU], rows=changes),
        Line(_DELTA, taken["delta"], of=_DELTA_FLOOR, rows=changes),
        Line(
            f"{_DELTA}, processor time of the desktop",
            taken["delta cpu"],
            of=_DELTA_FLOOR_CPU,
            rows=changes,
        ),
        Line("a round that brings nothing", taken["nothing"]),
    )
    note = (
        f"Server and desktop on one machine; {changes:,} cases change. The window's loop ticks every "
        f"{loop_gaps.TICK_S * 1000:.0f} ms on the main thread, the load goes on in a thread beside it."
    )
    return Section(f"First sync of {tickets:,} cases ({count:,} rows)", lines, note)


def _note_gaps(name: str, gaps: list[float], taken: dict[str, Samples]) -> None:
    for told, share in _GAPS.items():
        taken[f"{name}: {told}"].add(loop_gaps.slowest(gaps, share))


def _first_sync(office: Office, path: Path, device: str, taken: dict[str, Samples]) -> int:
    """From a server that makes its pages meanwhile; how many rows came."""
    rows, moments, _ = _load(path, office.client(device))
    taken["ours"].add(moments["done"].wall)
    taken["ours cpu"].add(moments["done"].processor)
    taken["first"].add(moments.get("first", moments["rows"]).wall)
    taken["rows"].add(moments["rows"].wall)
    taken["indexes"].add(moments["done"].wall - moments["rows"].wall)
    return rows


def _ready(office: Office, path: Path, device: str, taken: dict[str, Samples]) -> list[bytes]:
    """From a server whose pages for this device are made and kept; the bodies of the pages."""
    transport = Recorder(office.url)
    api = office.client(device, transport)
    snapshot = api.begin_snapshot(PAGE_ROWS)
    page: str | None = snapshot.first_page
    while page is not None:
        page = api.snapshot_page(snapshot.snapshot_id, page).next_page
    transport.close()
    ready = office.client(device)
    with patch.object(ready, "begin_snapshot", return_value=snapshot):  # the one whose pages are made
        _, moments, gaps = _load(path, ready)
    _note_gaps(_LOOP, gaps, taken)
    _note_gaps(_LOOP_FLOOR, loop_gaps.at_rest(_REST_S), taken)
    taken["ready"].add(moments["done"].wall)
    taken["ready rows"].add(moments["rows"].wall)
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    return transport.pages


def _load(path: Path, api: Api) -> tuple[int, dict[str, _Took], list[float]]:
    """A first round into a new store, in a thread beside an event loop: rows; when the first were there, all were
    there, everything was done; the gaps of the loop."""
    store = open_store(path, KEY)
    ctx = engine_of(api, store)
    seen: list[SnapshotProgress] = []
    moments: dict[str, _Took] = {}
    total = _Took(0.0, 0.0)

    def progressed(progress: SnapshotProgress) -> None:
        nonlocal total
        total += watch.lap()
        seen.append(progress)
        if progress.pages == 1 and progress.rows:
            moments.setdefault("first", total)
        if progress.rows == progress.total:
            moments.setdefault("rows", total)
        if progress.done:
            moments["done"] = total

    ctx.on_progress = progressed
    watch = _Watch()
    try:
        _, gaps = loop_gaps.beside(lambda: run_round(ctx))
    finally:
        store.close()
        api.transport.close()
    return seen[-1].total, moments, gaps


def _delta(office: Office, path: Path, device: str, taken: dict[str, Samples], run: int) -> None:
    """The ten thousand latest cases change at the server, and the desktop catches up."""
    _change(office.folder / "central.db", run)
    api = office.client(device)
    store = open_store(path, KEY)
    ctx = engine_of(api, store)
    try:
        ctx.memory.recovered = True
        watch = _Watch()
        run_round(ctx)
        caught_up = watch.lap()
        run_round(ctx)
        taken["nothing"].add(watch.lap().wall)
    finally:
        store.close()
        api.transport.close()
    taken["delta"].add(caught_up.wall)
    taken["delta cpu"].add(caught_up.processor)


def _change(database: Path, run: int) -> None:
    reader = sqlite3.connect(database)
    latest = "SELECT data FROM entity WHERE type = 'ticket' ORDER BY id DESC LIMIT ?"  # ids rise with time
    rows = [decode_row("ticket", row[0]) for row in reader.execute(latest, (_CHANGES,))]
    reader.close()
    changed = [replace(row, title=f"{row.title}（续{run}）") for row in rows if isinstance(row, Ticket)]
    opened = open_database(str(database), random.SystemRandom())
    try:
        Loader(opened, clock=SystemClock()).load(changed)
    finally:
        opened.close()


def _floor(pages: list[bytes], store: Path, path: Path) -> _Took:
    """What any program has to do that keeps these rows in these tables under these indexes; the file stays."""
    total = _decode(pages)
    source = driver.connect(store, KEY, read_only=True)
    target = _plain(path)
    try:
        for name in _LOADED:
            total += _copy(source, target, name)
        for name in _LOADED:
            total += _index(source, target, name)
    finally:
        source.close()
        target.close()
    return total


def _plain(path: Path) -> sqlite3.Connection:
    plain = sqlite3.connect(path, isolation_level=None)
    for pragma in ("page_size = 8192", "journal_mode = WAL", "synchronous = FULL", "cache_size = -64000"):
        plain.execute(f"PRAGMA {pragma}")
    plain.execute("PRAGMA temp_store = MEMORY")
    return plain


def _floor_delta(path: Path) -> _Took:
    """The least of a delta: the latest cases get another title, where they are kept, listed and searched."""
    plain = _plain(path)
    try:
        found = plain.execute(
            "SELECT p.id, p.data, l.rid, l.title, t.text FROM projection p JOIN ticket_list l ON l.id = p.id "
            "JOIN ticket_text t ON t.rid = l.rid WHERE p.type = 'ticket' ORDER BY p.id DESC LIMIT ?",
            (_CHANGES,),
        ).fetchall()
        changed = [
            (
                key,
                data.replace(b'"title":"', '"title":"（续）'.encode(), 1),
                f"{title}（续）",
                f"{text}（续）",
            )
            for key, data, _, title, text in found
        ]
    finally:
        plain.close()
    plain = _plain(path)  # nothing of it in memory, as with a desktop that was away
    try:
        watch = _Watch()
        plain.execute("BEGIN")
        for key, data, title, text in changed:
            decode_row("ticket", data)
            plain.execute("UPDATE projection SET data = ? WHERE type = 'ticket' AND id = ?", (data, key))
            (rid,) = plain.execute(
                "UPDATE ticket_list SET title = ? WHERE id = ? RETURNING rid", (title, key)
            ).fetchone()
            plain.execute("UPDATE ticket_text SET text = ? WHERE rid = ?", (text, rid))
        plain.execute("COMMIT")
        return watch.lap()
    finally:
        plain.close()


def _copy(source: Any, target: sqlite3.Connection, name: str) -> _Took:
    columns = source.execute(f"PRAGMA table_info({name})").fetchall()
    told = ", ".join(f"{c[1]} {c[2]}{' PRIMARY KEY' if c[1] == 'rid' else ''}" for c in columns)
    target.execute(f"CREATE TABLE {name} ({told})")
    rows = source.execute(f"SELECT * FROM {name}")
    put = f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})"
    total = _Took(0.0, 0.0)
    while part := rows.fetchmany(_COMMIT_ROWS):
        watch = _Watch()
        target.execute("BEGIN")
        target.executemany(put, part)
        target.execute("COMMIT")
        total += watch.lap()
    return total


def _index(source: Any, target: sqlite3.Connection, name: str) -> _Took:
    made = "SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL"
    statements = [row[0] for row in source.execute(made, (name,)).fetchall()]
    key = [column.name for column in metadata.tables[name].primary_key if column.name != "rid"]
    key = key or (["id"] if name == "ticket_list" else [])
    if key:
        statements.append(f"CREATE UNIQUE INDEX {name}_key ON {name} ({', '.join(key)})")
    watch = _Watch()
    for statement in statements:
        target.execute(statement)
    return watch.lap()


def _decode(pages: list[bytes]) -> _Took:
    watch = _Watch()
    for body in pages:
        for change in msgspec.json.decode(body, type=SnapshotPage).changes:
            decode_row(change.type, change.data)
    return watch.lap()
