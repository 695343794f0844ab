"""``python -m central backup``, ``restore`` and ``check``: copies of a database, bringing one back, and its health."""

from __future__ import annotations

import argparse
import random
from contextlib import closing
from pathlib import Path
from typing import TextIO

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from central.audit import verify_audit
from central.backup import BackupFailed, back_up, restore
from central.commands.migrate import migrate
from central.database import Database, head_position
from central.installation import installation_of
from central.retention import log_floor
from central.schema import WrongSchema
from central.tables import change
from desktop.models.domain.clock import Clock

BACKUP = """\
Copy a database as it is at this moment into a file, while servers go on. A SQLite file copies itself; for PostgreSQL
pg_dump is called. What is in the file is everything: texts, telephone numbers and keys. Keep it as you keep those."""

RESTORE = """\
Put a copy made by `backup` in a database's place and declare a new epoch: every desktop then sends again what the copy
may have forgotten, takes a new first load, and loses nothing. Without a FILE only the epoch is new: for a database that
PostgreSQL's own means (a base backup, an archive of its log) have brought back. Stop the servers first."""

CHECK = """\
Say how a database is: its schema, its log, and whether the audit log is as it was written. Changes nothing."""


def add_arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """What the command ``name`` takes beside the database."""
    parser.description = {"backup": BACKUP, "restore": RESTORE, "check": CHECK}[name]
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    if name == "backup":
        parser.add_argument("file", type=Path, metavar="FILE", help="where the copy goes; must not exist")
    elif name == "restore":
        parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="a copy made by `backup`")


def run(arguments: argparse.Namespace, *, clock: Clock, rng: random.Random, out: TextIO, err: TextIO) -> int:
    """Do what was asked; 1 with the reason on ``err`` where it cannot be done."""
    try:
        if arguments.command == "backup":
            size = back_up(arguments.database, arguments.file)
            print(f"{arguments.file}: {size:,} bytes", file=out)
        elif arguments.command == "restore":
            _restore(arguments, clock, rng, out)
        else:
            with closing(Database(arguments.database, readers=1)) as database:
                print("\n".join(health(database)), file=out)
    except (BackupFailed, WrongSchema, LookupError, ValueError) as error:
        print(f"{arguments.command}: {error}", file=err)
        return 1
    except SQLAlchemyError as error:
        print(f"{arguments.command}: {getattr(error, 'orig', None) or error}".rstrip(), file=err)
        return 1
    return 0


def _restore(arguments: argparse.Namespace, clock: Clock, rng: random.Random, out: TextIO) -> None:
    kept = restore(arguments.database, arguments.file, rng, clock.now())
    with closing(Database(arguments.database)) as database:
        if arguments.file is not None:
            migrate(database)
        lines = health(database)
    if kept:
        print(f"what was there is kept as {kept}", file=out)
    print("\n".join(lines), file=out)
    print("the servers may start; desktops will send again what they have and load anew", file=out)


def health(database: Database) -> list[str]:
    """A line for each thing worth knowing. Raises ``ValueError`` for a broken audit log, ``WrongSchema``."""
    schema = database.check_schema()
    with database.read() as connection:
        epoch, head, floor = (
            installation_of(connection).epoch,
            head_position(connection),
            log_floor(connection),
        )
        kept, oldest = connection.execute(select(func.count(), func.min(change.c.at))).one()
        acts = verify_audit(connection)
    since = f" since {oldest:%Y-%m-%d}" if oldest else ""
    return [
        f"schema {schema}, epoch {epoch}",
        f"log: head {head:,}, {kept:,} changes kept{since}, forgotten up to {floor:,}",
        f"audit: {acts:,} rows, as they were written",
    ]
