"""Alembic's entry: runs the revisions in the transaction that the store has begun. Not imported by the program."""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
