"""The schema of a database: brought up to date by ``migrate``, looked at before anything else is done.

On SQLite whoever opens the file brings it up to date. On PostgreSQL only ``python -m central migrate`` does, by the
role that owns the tables; a server finds the schema it was made for, or says in words what is to be done.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from . import dialects

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = "schema"


class WrongSchema(Exception):
    """The database is not as this version of the server needs it; the text is for the administrator."""


class NewerDatabase(WrongSchema):
    """The database was written by a later version of this server; it is left untouched."""


def bring_up_to_date(connection: Connection) -> str:
    """Migrate in the transaction that is running, after whoever else does; returns the revision reached.

    A failure leaves with its exception, and the transaction with it: the database stays as it was. Raises
    :class:`NewerDatabase`, and :class:`WrongSchema` for a database that cannot hold our texts.
    """
    dialects.lock(connection, [_LOCK])
    if (encoding := dialects.encoding(connection)) != "UTF8":
        raise WrongSchema(
            f"this database is encoded in {encoding} and cannot hold every text; create it with ENCODING 'UTF8'"
        )
    config = _config()
    _found(connection, config)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return _head(config)


def check(connection: Connection) -> str:
    """The revision of the database, which is the one needed. Raises :class:`WrongSchema` in words."""
    config = _config()
    found, head = _found(connection, config), _head(config)
    if found == head:
        return head
    if found is None:
        raise WrongSchema("this database holds no office yet; run `python -m central migrate` first")
    raise WrongSchema(
        f"this database has schema {found} and this server needs {head}; "
        "stop the servers and run `python -m central migrate`"
    )


def _found(connection: Connection, config: Config) -> str | None:
    found = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise NewerDatabase(
            f"this database belongs to a newer version of the server (schema {found}); use that version"
        )
    return found


def _head(config: Config) -> str:
    head = ScriptDirectory.from_config(config).get_current_head()
    assert head is not None  # there is a first migration
    return head


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config
