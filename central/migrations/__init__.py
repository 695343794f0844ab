"""Alembic migrations of the server's database. They repeat the schema and import no project code."""
