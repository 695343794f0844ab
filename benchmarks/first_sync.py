"""The first sync of a whole office: server, HTTP, decoding, encrypted store; beside decoding and inserting alone.

Every run loads into a store of its own. The floor is given the very bytes that a run received.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from pathlib import Path

import msgspec

from benchmarks.figures import Line, Samples, Section
from benchmarks.office import Office, engine_of
from desktop.models.domain.changes import Changes
from desktop.models.domain.clock import SystemClock
from desktop.models.domain.entities import decode_row
from desktop.models.domain.wire import SnapshotPage
from desktop.models.store.engine import open_store
from desktop.services.api.transport import Reply, Transport
from desktop.services.sync.context import SnapshotProgress
from desktop.services.sync.round import run_round

KEY = bytes(range(32))
_COMMIT_ROWS = 20_000
PAGE_ROWS = 2000


class Recorder(Transport):
    """Keeps the bodies of the pages of a first load."""

    def __init__(self, url: str) -> None:
        super().__init__(url, monotonic=SystemClock().monotonic)
        self.pages: list[bytes] = []

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
        limit_s: float,
        held: bool = False,
        repeatable: bool = False,
    ) -> Reply:
        reply = super().send(
            method,
            path,
            headers=headers,
            params=params,
            body=body,
            limit_s=limit_s,
            held=held,
            repeatable=repeatable,
        )
        if method == "GET" and "/sync/snapshots/" in path:
            self.pages.append(reply.body)
        return reply


def measure(office: Office, folder: Path, *, runs: int) -> tuple[Section, Path]:
    """The section, and the store of the last run for whoever wants to go on with it."""
    whole, useful, network, decoding, floor = (Samples() for _ in range(5))
    rows = 0
    store = folder / "unused"
    for number in range(runs):
        took, pages = _fetch(office, f"fetch-{number}")
        network.add(took)
        store = folder / f"sync-{number}.db"
        rows, took, first = _ours(office, store, f"sync-{number}")
        whole.add(took)
        useful.add(first)
        decoding.add(_decode(pages))
        floor.add(_floor(pages, folder / f"floor-{number}.db"))
    title = f"First sync of {rows:,} rows"
    lines = (
        Line("floor: decode and insert into plain SQLite, one index", floor, rows=rows),
        Line("decode alone, typed", decoding, rows=rows),
        Line("server and HTTP alone, nothing kept", network, rows=rows),
        Line(
            "first sync into the encrypted store, lists and indexes",
            whole,
            of="floor: decode and insert into plain SQLite, one index",
            rows=rows,
        ),
        Line("of it: until the first page is in the store", useful, note="open and overdue cases first"),
    )
    return Section(title, lines, "Real server process, real HTTP on loopback, pages of 2,000 rows."), store


def _ours(office: Office, path: Path, device: str) -> tuple[int, float, float]:
    """(rows, seconds for everything, seconds until the first rows were committed)."""
    api = office.client(device)
    store = open_store(path, KEY)
    ctx = engine_of(api, store)
    total = 0
    first = 0.0

    def progressed(progress: SnapshotProgress) -> None:
        nonlocal total
        total = progress.total

    def changed(changes: Changes) -> None:
        nonlocal first
        if not first and "ticket" in changes.types and ctx_has_rows():
            first = time.perf_counter() - began

    def ctx_has_rows() -> bool:
        with store.read() as connection:
            return bool(connection.exec_driver_sql("SELECT EXISTS (SELECT 1 FROM ticket_list)").scalar())

    ctx.on_progress, ctx.on_changes = progressed, changed
    began = time.perf_counter()
    run_round(ctx)
    took = time.perf_counter() - began
    store.close()
    api.transport.close()
    return total, took, first


def _fetch(office: Office, device: str) -> tuple[float, list[bytes]]:
    transport = Recorder(office.url)
    api = office.client(device, transport)
    began = time.perf_counter()
    snapshot = api.begin_snapshot(PAGE_ROWS)
    page: str | None = snapshot.first_page
    while page is not None:
        page = api.snapshot_page(snapshot.snapshot_id, page).next_page
    took = time.perf_counter() - began
    transport.close()
    return took, transport.pages


def _decode(pages: list[bytes]) -> float:
    began = time.perf_counter()
    for body in pages:
        for change in msgspec.json.decode(body, type=SnapshotPage).changes:
            decode_row(change.type, change.data)
    return time.perf_counter() - began


def _floor(pages: list[bytes], path: Path) -> float:
    """Typed decoding, 20,000 rows a transaction, the index last: what any client of this contract has to do."""
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE rows (type TEXT, id TEXT, version INTEGER, data BLOB)")
    began = time.perf_counter()
    waiting: list[tuple[str, str, int, bytes]] = []

    def commit() -> None:
        database.execute("BEGIN")
        database.executemany("INSERT INTO rows VALUES (?, ?, ?, ?)", waiting)
        database.execute("COMMIT")
        waiting.clear()

    for body in pages:
        for change in msgspec.json.decode(body, type=SnapshotPage).changes:
            decode_row(change.type, change.data)
            waiting.append((change.type, change.id, change.version, bytes(change.data)))
        if len(waiting) >= _COMMIT_ROWS:
            commit()
    commit()
    database.execute("CREATE UNIQUE INDEX rows_key ON rows (type, id)")
    took = time.perf_counter() - began
    database.close()
    path.unlink()
    return took
