"""Who sees and saw what: persons kept from a case, reports revealed by two, acts that desktops tell of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


_CONTACTS = {
    "sqlite": "json_extract(CAST(data AS TEXT), '$.contact_id')",
    "postgresql": "convert_from(data, 'UTF8')::json ->> 'contact_id'",
}
"""A ticket's requester as its JSON tells it."""


def upgrade() -> None:
    op.create_table(
        "told_act",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "id", name="pk_told_act"),
    )
    op.create_table(
        "report_reveal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("ticket_id", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_device", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report_reveal"),
    )
    op.create_index("ix_report_reveal_asked_at", "report_reveal", ["asked_at"], unique=False)
    for table in ("entity", "change"):
        op.add_column(table, sa.Column("barred_set", sa.Text(), nullable=False, server_default=""))
    # The rest of a first load comes by type and id: 4 is its rank, 2**53 - 1 no due time.
    op.execute("UPDATE entity SET due_at = 9007199254740991 WHERE rank = 4")
    found = _CONTACTS[op.get_bind().dialect.name]
    op.execute(f"UPDATE entity SET contact_id = COALESCE({found}, '') WHERE type = 'ticket'")  # noqa: S608
    op.create_index(
        "ix_entity_ticket_contact",
        "entity",
        ["contact_id"],
        unique=False,
        sqlite_where=sa.text("type = 'ticket'"),
        postgresql_where=sa.text("type = 'ticket'"),
    )
