"""Which tickets are one matter, so that a second supervision of it is seen on any of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entity", sa.Column("matter_id", sa.Text(), nullable=False, server_default=""))
    op.create_index(
        "ix_entity_matter",
        "entity",
        ["matter_id"],
        unique=False,
        sqlite_where=sa.text("matter_id <> ''"),
        postgresql_where=sa.text("matter_id <> ''"),
    )
