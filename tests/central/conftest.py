"""A small office on the real server for every test of this folder: on SQLite, and where it matters on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.central_office import Office, open_office

ON_BOTH = (
    "test_attachments",
    "test_audit_log",
    "test_ladder",
    "test_leases",
    "test_news",
    "test_office_clock",
    "test_presence",
    "test_pull",
    "test_push",
    "test_report_reveals",
    "test_rechecks",
    "test_reveal",
    "test_scope",
    "test_sign_in",
    "test_storage",
    "test_told_acts",
)
"""What must hold on either database. The rest reads no SQL of its own, or has a test in tests/postgres."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "fresh_database" in metafunc.fixturenames and metafunc.module.__name__.endswith(ON_BOTH):
        metafunc.parametrize("fresh_database", ("sqlite", "postgresql"), indirect=True)


@pytest.fixture
def fresh_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A path or URL that ``open_database`` takes, with nothing in it."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield str(tmp_path / "central.db")
        return
    cluster = request.getfixturevalue("postgres")
    name = cluster.office()
    yield cluster.serving_url(name)
    cluster.drop(name)


@pytest.fixture
def office(tmp_path: Path, fresh_database: str) -> Iterator[Office]:
    with open_office(tmp_path, database_url=fresh_database) as opened:
        yield opened
