"""What the I/O campaign found, kept as cases of their own: a disk that gives way must not take the store along."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from desktop.models.store import driver
from desktop.models.store.engine import MigrationFailed, UnusablePlace, open_store, writing_engine
from desktop.models.store.migrate import upgrade
from tests.support.crashes.first_release import write_as_first_release
from tests.support.stores import KEY, open_desk_store

_DRAFT = text("INSERT INTO draft (key, ticket_id, body, updated_at) VALUES ('note:1', '', :body, 0)")


def test_an_upgrade_whose_log_stays_behind_does_not_take_the_place_of_the_store(tmp_path: Path) -> None:
    """io, seed 9: the upgraded copy was moved without its log; the desk opened on a schema that was not there.

    Here a reader keeps the log from being folded in, as a write error did.
    """
    path = tmp_path / "desk.db"
    open_store(path, KEY).close()
    write_as_first_release(path)
    before = path.read_bytes()
    reading: list[Any] = []

    def engine_of(target: Path) -> Engine:
        engine = writing_engine(target, KEY)
        if target != path:
            held = engine.raw_connection()
            held.cursor().execute("PRAGMA busy_timeout = 0")
            held.close()
            if not reading:
                reading.append(driver.connect(target, KEY, read_only=True))
                reading[0].execute("BEGIN")
                reading[0].execute("SELECT count(*) FROM outbox").fetchall()
        return engine

    with pytest.raises(MigrationFailed):
        upgrade(path, 1, engine_of)
    reading[0].close()
    assert path.read_bytes() == before
    with open_desk_store(tmp_path) as desk, desk.store.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM parted").scalar_one() == 0


def test_a_store_that_cannot_be_made_says_that_the_disk_is_full(tmp_path: Path) -> None:
    """io, seed 0: whoever starts for the first time on a full disk must read that, and nothing about an upgrade."""

    def engine_of(target: Path) -> Engine:
        engine = writing_engine(target, KEY)
        driver_connection = engine.raw_connection()
        driver_connection.cursor().execute("PRAGMA max_page_count = 4")
        driver_connection.close()
        return engine

    with pytest.raises(UnusablePlace) as refused:
        upgrade(tmp_path / "desk.db", 0, engine_of)
    assert refused.value.code == "disk_full"


def test_a_page_that_could_not_be_read_once_spoils_nothing(tmp_path: Path) -> None:
    """io, seed 29: one read failed, and the desk called its store damaged until it was started again."""
    path = tmp_path / "desk.db"
    with open_desk_store(tmp_path) as desk, desk.store.write() as connection:
        connection.execute(_DRAFT, {"body": b"{}"})
    store = open_store(path, KEY)
    try:
        with store.read() as connection:
            connection.execute(text("SELECT count(*) FROM setting")).all()
        whole = path.read_bytes()
        with path.open("r+b") as file:  # as a disk that hands over anything but what is asked for
            file.seek(driver.PAGE_BYTES)
            file.write(bytes(len(whole) - driver.PAGE_BYTES))
        told: list[str] = []
        store.on_trouble = told.append
        with pytest.raises(DBAPIError), store.read() as connection:
            connection.execute(text("SELECT body FROM draft")).all()
        assert told == ["store_damaged"]
        path.write_bytes(whole)
        with store.read() as connection:
            assert connection.execute(text("SELECT body FROM draft")).scalar_one() == b"{}"
    finally:
        store.close()
