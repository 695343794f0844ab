"""Which visits contradict a file: those made since the unit last said done; and an index of the tickets they are of.

Imports no project code: what a revision does must not change with the program.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STATEMENTS = (
    # Before, a visit that led to a rework went on contradicting the work that was done after it.
    """UPDATE ticket_list SET contradicted = EXISTS (
        SELECT 1 FROM visit_list v CROSS JOIN projection p
        WHERE v.ticket_id = ticket_list.id AND v.valid AND p.type = 'visit' AND p.id = v.id
          AND v.completed_at >= ticket_list.completed_at
          AND (CAST(p.data AS TEXT) ->> '$.answers.contacted' = 'no'
               OR CAST(p.data AS TEXT) ->> '$.answers.resolved' = 'not_resolved'))
        WHERE contradicted = 1""",
    "CREATE INDEX ticket_contradicted ON ticket_list (id, completed_at) WHERE contradicted = 1",
)


def upgrade() -> None:
    """Counts the flag anew where it stands, and lists its tickets; no row of the user's is touched."""
    for statement in _STATEMENTS:
        op.execute(statement)
