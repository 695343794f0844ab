"""``python -m central migrate``: bring the schema up to date, and say what the serving role may do."""

from __future__ import annotations

import argparse
import random
from typing import TextIO

from sqlalchemy.exc import SQLAlchemyError

from central.database import Database, get_setting, put_setting
from central.installation import open_database
from central.privileges import NoSuchRole, grant_serving
from central.schema import WrongSchema

DESCRIPTION = """\
Bring the schema of a database up to the version of this server, in one transaction: a failure changes nothing. On
PostgreSQL run it as the role that owns the tables, with the servers stopped; a SQLite file is brought up to date by
whatever opens it."""

EPILOG = """\
examples:
  python -m central migrate --database postgresql://central_owner@db/office --serving-role central_serving
  python -m central migrate --database postgresql://central_owner@db/office"""

_SERVING = "serving_role"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What the command takes beside the database."""
    parser.description, parser.epilog = DESCRIPTION, EPILOG
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "--serving-role",
        metavar="ROLE",
        help="the role that the servers use: it gets what serving needs and cannot change the audit log; "
        "remembered for the next time",
    )


def run(arguments: argparse.Namespace, *, rng: random.Random, out: TextIO, err: TextIO) -> int:
    """Migrate; 1 with the reason on ``err`` where that cannot be."""
    try:
        database = Database(arguments.database)
        try:
            print(f"the schema is {migrate(database, arguments.serving_role)}", file=out)
        finally:
            database.close()
        open_database(arguments.database, rng).close()  # the installation's secret is made here, once
    except (WrongSchema, NoSuchRole, ValueError) as error:
        print(f"migrate: {error}", file=err)
        return 1
    except SQLAlchemyError as error:
        print(f"migrate: nothing was changed: {getattr(error, 'orig', None) or error}".rstrip(), file=err)
        return 1
    return 0


def migrate(database: Database, serving_role: str | None = None) -> str:
    """Bring the schema up to date and grant the serving role, that of the last time for None, what it needs.

    Returns the schema's name. Raises :class:`~central.schema.WrongSchema` and
    :class:`~central.privileges.NoSuchRole`.
    """
    name = database.migrate()
    if not database.shared:
        return name
    with database.write() as tx:
        role = serving_role or get_setting(tx.connection, _SERVING)
        if role:
            grant_serving(tx.connection, role)
            put_setting(tx, _SERVING, role)
    return name
