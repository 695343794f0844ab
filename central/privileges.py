"""What the role that serves may do on PostgreSQL: read and write rows, append to the audit log, and nothing else.

The role that owns the tables is another one and only migrates. So neither a mistake in a handler nor somebody inside
the server's process can rewrite the audit log or the schema.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.sql import column, table

from .tables import audit, metadata

_VERSION = "alembic_version"


class NoSuchRole(ValueError):
    """The database knows no role of that name; the text is for the administrator."""


def grant_serving(connection: Connection, role: str) -> None:
    """Give ``role`` what serving needs and take everything else from it; repeatable. Run by the owner of the tables.

    Raises :class:`NoSuchRole`.
    """
    roles = table("pg_roles", column("rolname"))
    if connection.execute(select(roles.c.rolname).where(roles.c.rolname == role)).first() is None:
        raise NoSuchRole(f"there is no role {role!r}; make it first: CREATE ROLE {role} LOGIN")
    quote = connection.dialect.identifier_preparer.quote
    name, schema = quote(role), quote(str(connection.exec_driver_sql("SELECT current_schema()").scalar_one()))
    statements = [
        f"REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {name}",
        f"GRANT USAGE ON SCHEMA {schema} TO {name}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA {schema} FROM {name}",
        f"GRANT SELECT ON {_VERSION} TO {name}",
    ]
    for each in metadata.sorted_tables:
        rights = "SELECT, INSERT" if each is audit else "SELECT, INSERT, UPDATE, DELETE"
        statements.append(f"GRANT {rights} ON {quote(each.name)} TO {name}")
    for statement in statements:
        connection.exec_driver_sql(statement)
