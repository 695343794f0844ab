"""Which officer looks after a ticket, so that a list can be asked for it.

Imports no project code: what a revision does must not change with the program. No row had one before.
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "ALTER TABLE ticket_list ADD COLUMN officer_id TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX ticket_officer ON ticket_list (officer_id, due_at, number) WHERE officer_id <> ''",
)


def upgrade() -> None:
    """Adds an empty column; no row of the user's is touched."""
    for statement in _STATEMENTS:
        op.execute(statement)
