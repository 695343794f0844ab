"""An import into PostgreSQL brings what it brings into SQLite, row for row, and a second time nothing."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

from central.installation import open_database
from tests.support.boston import write_stand_in
from tests.support.imports import central_database, contents, run_import
from tests.support.postgres import Cluster


def test_an_import_is_the_same_on_both(postgres: Cluster, tmp_path: Path) -> None:
    """An office that outgrows SQLite must not get another city."""
    file = write_stand_in(tmp_path / "cases.zip", rows=800, seed=12).path
    words = (file, "--mapping", "boston311", "--as-of", "2012-01-01", "--rejects", tmp_path / "rejects.csv")
    name = postgres.office()
    with (
        central_database(tmp_path) as small,
        closing(open_database(postgres.serving_url(name), random.Random(1))) as large,
    ):
        for database in (small, large):
            outcome = run_import(database, *words)
            assert outcome.status == 0, outcome.err
        assert contents(large) == contents(small)
        assert "stored: 0 new, 0 changed" in run_import(large, *words).out
    postgres.drop(name)
