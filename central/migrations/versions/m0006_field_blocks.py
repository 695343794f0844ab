"""Leases say what they are for: a call, or a block of visits taken along without a network; and who was taken over."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("lease", sa.Column("kind", sa.Text(), nullable=False, server_default="call"))
    op.add_column("lease", sa.Column("until", sa.BigInteger(), nullable=True))
    op.add_column("lease", sa.Column("taken_from", sa.Text(), nullable=False, server_default=""))
    op.add_column("lease", sa.Column("reason", sa.Text(), nullable=False, server_default=""))
    taken = sa.text("taken_from <> ''")
    op.create_index(
        "ix_lease_taken_from",
        "lease",
        ["taken_from"],
        unique=False,
        sqlite_where=taken,
        postgresql_where=taken,
    )
    op.create_index("ix_lease_key_expires_at", "lease_key", ["expires_at"], unique=False)
