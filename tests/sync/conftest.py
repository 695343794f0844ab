"""The real server in process with a ticket in it, and desktops of two colleagues with their attachments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models.domain.entities import Ticket
from tests.support.builders import make_ticket
from tests.support.central_office import Office, open_office
from tests.support.engine import EngineDesk, open_engine
from tests.support.transfers import FileDesk, open_files


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path) as opened:
        yield opened


@pytest.fixture
def ticket(office: Office) -> Ticket:
    """An open ticket of the roads unit that everybody in the office sees."""
    made = make_ticket()
    office.load(made)
    return made


@pytest.fixture
def desk(tmp_path: Path, office: Office) -> Iterator[EngineDesk]:
    """An officer's desktop that has synced once."""
    with open_engine(tmp_path, office, "officer") as opened:
        opened.sync()
        yield opened


@pytest.fixture
def files(desk: EngineDesk) -> Iterator[FileDesk]:
    """Its attachments, in order at the end."""
    with open_files(desk) as opened:
        yield opened
        opened.check()


@pytest.fixture
def other(tmp_path: Path, office: Office) -> Iterator[FileDesk]:
    """A colleague's desktop."""
    with open_engine(tmp_path, office, "chief") as desk:
        desk.sync()
        with open_files(desk) as opened:
            yield opened
            opened.check()
