"""Which waiting visits are made once more, of which visit, and by whom not: no desktop is told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "recheck",
        sa.Column("visit_id", sa.Text(), nullable=False),
        sa.Column("of_visit_id", sa.Text(), nullable=False),
        sa.Column("kept_from", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("visit_id", name="pk_recheck"),
    )
    op.create_index("ix_recheck_kept_from", "recheck", ["kept_from"], unique=False)
