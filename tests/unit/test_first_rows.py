"""What a start reads by itself is what the list shows a moment later; and of a store that is odd it says nothing."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.models.domain.absence import Absence
from desktop.models.store import driver, mark, settings
from desktop.models.store.first_rows import FirstRows, read_first_rows
from desktop.models.store.setting_keys import RECOVERY
from desktop.services.queries.base import Reference, Standpoint
from desktop.services.queries.counts import queue_count
from desktop.services.queries.filters import QUEUES, Queue, TicketFilter
from desktop.services.queries.ticket_row import ticket_row
from desktop.services.queries.tickets import ticket_ids
from desktop.views.common.ticket_list.columns import fetch, prepare
from tests.support.builders import CHIEF, NOW, OFFICER
from tests.support.stores import KEY, DeskStore, open_desk_store
from tests.support.ticket_rows import reference, tickets

Cells = tuple[int, str, tuple[Mapping[int, object], ...]]

_LIMIT = 25
_NAME = "desk.db"


def _as_left(desk: DeskStore) -> None:
    """What a first sync and a look at the clock leave behind."""
    with desk.store.write() as connection:
        settings.put(connection, settings.CURSOR, "c1")
        settings.put(connection, settings.ABSENCE, Absence(wall=NOW))


def _read(folder: Path, queue: str = "overdue", key: bytes = KEY) -> FirstRows | None:
    return read_first_rows(folder / _NAME, key, queue, at=NOW, limit=_LIMIT)


@pytest.mark.parametrize("me", [CHIEF, OFFICER], ids=["approver", "officer"])
def test_every_queue_begins_as_the_list_does(tmp_path: Path, me: object) -> None:
    """Else the rows of a start would jump, change or go when the desk takes over."""
    assert me in (CHIEF, OFFICER)
    shown: dict[Queue, tuple[int, list[Cells]]] = {}
    with open_desk_store(tmp_path, me=CHIEF if me is CHIEF else OFFICER, name=_NAME) as desk:
        desk.pull(*reference(), *tickets(300, seed=random.Random(11).randrange(1000)))
        _as_left(desk)
        with desk.reader() as reader:
            for queue in QUEUES:
                rids = ticket_ids(reader, TicketFilter(queue=queue)).rids[:_LIMIT]
                rows = [(p.rid, p.row_id, p.cells) for p in fetch(reader, rids)]
                shown[queue] = (queue_count(reader, queue), rows)
    for queue, (count, rows) in shown.items():
        found = _read(tmp_path, queue)
        if queue == "approval" and me is OFFICER:
            assert found is None
            continue
        assert found is not None, queue
        names = Reference(units=found.units, categories=found.categories, places=found.places)
        seen_from = Standpoint(now=found.now, profile=found.profile, me=found.me, reference=names)
        prepared = [prepare(ticket_row(seen_from, row), seen_from) for row in found.rows]
        assert (found.count, [(p.rid, p.row_id, p.cells) for p in prepared]) == (count, rows), queue
    assert sum(count for count, _ in shown.values()) > 300, "queues with nothing in them show nothing"


def test_reading_leaves_no_trace(tmp_path: Path) -> None:
    """A look that left a log behind would make the next start look the whole store through."""
    with open_desk_store(tmp_path, name=_NAME) as desk:
        _as_left(desk)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert _read(tmp_path) is not None
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def _schema(number: int) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(driver.connect(path, KEY)) as connection:
            connection.execute(f"PRAGMA user_version = {number:d}")

    return change


def _setting(statement: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        with closing(driver.connect(path, KEY)) as connection:
            connection.execute(statement)

    return change


def _damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for page in range(1, len(content) // driver.PAGE_BYTES):  # the head holds, so that the key is seen to fit
        content[page * driver.PAGE_BYTES + 100] ^= 0xFF
    path.write_bytes(content)


_ODD: dict[str, Callable[[Path], object]] = {
    "cut off": lambda path: mark.set_state(path, "running"),
    "no mark": lambda path: mark.mark_path(path).unlink(),
    "a log beside it": lambda path: driver.side_file(path, "-wal").write_bytes(b""),
    "a recovery under way": lambda path: driver.side_file(path, ".recovery").write_bytes(b"{}"),
    "behind a passphrase": lambda path: driver.side_file(path, ".passphrase").write_bytes(b"{}"),
    "gone": lambda path: path.unlink(),
    "newer": _schema(driver.SCHEMA_VERSION + 1),
    "older": _schema(driver.SCHEMA_VERSION - 1),
    "damaged": _damage,
    "before a first sync": _setting("DELETE FROM setting WHERE key = 'cursor'"),
    "never looked at the clock": _setting("DELETE FROM setting WHERE key = 'absence'"),
    "of nobody": _setting("DELETE FROM setting WHERE key = 'me'"),
    "with a report to be read": _setting(f"INSERT INTO setting VALUES ('{RECOVERY}', '{{}}')"),
    "with rules of another shape": _setting("UPDATE setting SET value = '{}' WHERE key = 'profile'"),
}


@pytest.mark.parametrize("odd", _ODD)
def test_an_odd_store_is_left_to_the_ordinary_way(tmp_path: Path, odd: str) -> None:
    """It would show rows of a store that must be looked through, upgraded, refused or asked for first."""
    with open_desk_store(tmp_path, name=_NAME) as desk:
        desk.pull(*reference(), *tickets(20, seed=3))
        _as_left(desk)
    assert _read(tmp_path) is not None
    _ODD[odd](tmp_path / _NAME)
    assert _read(tmp_path) is None


def test_another_key_reads_nothing(tmp_path: Path) -> None:
    with open_desk_store(tmp_path, name=_NAME) as desk:
        _as_left(desk)
    assert _read(tmp_path, key=bytes(32)) is None


def test_time_is_the_offices(tmp_path: Path) -> None:
    """On a machine whose clock is wrong, what is overdue is reckoned by the office's clock here as well."""
    with open_desk_store(tmp_path, name=_NAME) as desk:
        _as_left(desk)
        with desk.store.write() as connection:
            settings.put(connection, settings.CLOCK_OFFSET_S, -86_400.0)
    found = _read(tmp_path)
    assert found is not None
    assert found.now == NOW - timedelta(days=1)
