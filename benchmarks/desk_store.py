"""A desktop's encrypted store with any number of cases, written directly: what lists and searches are measured on.

The rows are those of ``city.py``, put by the store's own functions with the secondary indexes made at the end, so the
file is what a first sync leaves, without a server. A million cases take some minutes; a store once made is kept where
the caller says and used again. Measures nothing.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from desktop.models.domain.wire import Me
from desktop.models.store import settings
from desktop.models.store.deriving import derive
from desktop.models.store.engine import Store, open_store
from desktop.models.store.projection import Stored, Touched, put_rows
from desktop.models.store.search_fill import fold_texts, prepare, step
from desktop.models.store.search_index import SearchIndex

T = TypeVar("T")

KEY = bytes(range(32))
NOW = datetime(2026, 3, 17, 2, 0, tzinfo=UTC)
"""The office time up to which the cases reach: a Tuesday, 10:00 in the office."""

OFFICER = Me(
    person_id="p-officer",
    name="王敏",
    title="督办科长",
    roles=("officer", "approve"),
    unit_ids=(),
    scope_rev=1,
    lock_after_s=300,
    hard_lock_after_s=900,
)
_BATCH = 20_000


def made_store(folder: Path, tickets: int) -> Path:
    """The file of a store with that many cases in ``folder``, made where it is not there yet; key is ``KEY``."""
    path = folder / f"desk-{tickets}.db"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".making")
        for old in folder.glob(f"{draft.name}*"):
            old.unlink()
        fill_store(draft, tickets)
        for made in folder.glob(f"{draft.name}*"):
            made.rename(made.with_name(made.name.replace(".making", ".db", 1)))
    return path


def made_index(store: Store, index: SearchIndex) -> None:
    """Bring the search index of an open store to its end; nothing to do where it is there already."""
    at: int | None = 0
    while at is not None:
        at = fold_texts(store, at)
    prepare(store, index)
    while step(store, index).more:
        pass
    while index.tidy():
        pass


def fill_store(path: Path, tickets: int, *, seed: int = 12345) -> None:
    """Makes the store at ``path``: a person, the default rules, the cases up to ``NOW``."""
    from benchmarks.city import city_rows  # with parts of the server, which no desktop has in memory
    from central.profiles import default_profile

    rules = default_profile(city_zh="云州市", city_en="Yunzhou", timezone="Asia/Shanghai")
    store = open_store(path, KEY)
    try:
        with store.write() as connection:
            settings.put(connection, settings.ME, OFFICER)
            settings.put(connection, settings.PROFILE, rules)
            settings.put(connection, settings.CURSOR, "where the log was left")
            kept = _drop_indexes(connection)
        touched: set[str] = set()
        with store.loading():
            for rows in _batches(city_rows(random.Random(seed), tickets, NOW), _BATCH):
                with store.write() as connection:
                    put_rows(connection, [Stored.of(row) for row, _ in rows], rules.escalation)
                touched.update(ticket.id for row, ticket in rows if ticket is not None and ticket is not row)
            with store.write() as connection:
                for statement in kept:
                    connection.exec_driver_sql(statement)
            with store.write() as connection:
                derive(connection, Touched(frozenset(touched), frozenset()))
    finally:
        store.close()


def _drop_indexes(connection: Connection) -> list[str]:
    """Drops what only makes reading quicker; the statements that make it again."""
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).all()
    for name, _ in found:
        connection.exec_driver_sql(f"DROP INDEX {name}")
    return [statement for _, statement in found]


def _batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    each = iter(rows)
    while batch := list(islice(each, size)):
        yield batch
