"""Runs the import command in this process against a real database, and reads what came of it."""

from __future__ import annotations

import argparse
import io
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select

from central.database import Database
from central.importing import command
from central.installation import open_database
from central.tables import contact, entity, secret_text
from desktop.models.domain.clock import Clock, ManualClock
from desktop.models.domain.entities import TYPE_OF, Row, decode_row

REAL_NOW = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
"""The real time of these imports, fourteen years after what they import."""

R = TypeVar("R", bound=Row)


@contextmanager
def central_database(folder: Path) -> Iterator[Database]:
    """A fresh database, closed at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    database = open_database(str(folder / "central.db"), random.Random(1))
    try:
        yield database
    finally:
        database.close()


@dataclass(frozen=True)
class Outcome:
    status: int
    out: str
    err: str


def run_import(database: Database, *words: str | Path, clock: Clock | None = None) -> Outcome:
    """The import command with these arguments."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    out, err = io.StringIO(), io.StringIO()
    arguments = parser.parse_args([str(word) for word in words])
    status = command.run(arguments, database, clock=clock or ManualClock(REAL_NOW), out=out, err=err)
    return Outcome(status, out.getvalue(), err.getvalue())


def rows_of(database: Database, row_type: type[R]) -> dict[str, R]:
    """All rows of a type by id."""
    name = TYPE_OF[row_type]
    with database.read() as connection:
        found = connection.execute(select(entity.c.data).where(entity.c.type == name)).scalars()
        rows = [decode_row(name, data) for data in found]
    return {row.id: row for row in rows if isinstance(row, row_type)}


def contents(database: Database) -> list[tuple[object, ...]]:
    """Everything a load writes, to be compared as a whole."""
    with database.read() as connection:
        tables = [
            connection.execute(select(table).order_by(*table.primary_key.columns)).all()
            for table in (entity, contact, secret_text)
        ]
    return [tuple(row) for table in tables for row in table]
