"""What the I/O campaign found in the engine: a disk that was full for a moment must not stop the sync for good."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from desktop.models.domain.entities import Ticket
from tests.support.central_office import Office
from tests.support.engine import EngineDesk, open_engine

_NO_LIMIT = 2**30


def limit_pages(desk: EngineDesk, most: int | None) -> None:
    """The store may not grow past ``most`` pages, None = past those it has; the database then says that it is full."""
    with desk.store.write() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages if most is None else most}").all()


def test_a_full_disk_at_the_first_answer_does_not_end_the_sync(
    tmp_path: Path, office: Office, ticket: Ticket
) -> None:
    """io, seed 69: me and rules could not be written, and were not asked for again: every round gave up."""
    with open_engine(tmp_path, office, "officer") as officer:
        limit_pages(officer, None)
        with pytest.raises(DBAPIError, match="full"):
            officer.sync()
        limit_pages(officer, _NO_LIMIT)
        officer.sync()
        assert officer.row("ticket", ticket.id) == ticket
