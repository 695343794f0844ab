"""The real server in process, with a ticket in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models.domain.entities import Ticket
from tests.support.builders import make_ticket
from tests.support.central_office import Office, open_office


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
