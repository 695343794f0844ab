"""By which channel a visit was made, whether somebody calls it into question or asks for an exception; what units are
asked of contacts; the queues of cases that were told again, and of those whose limit is provisional.

Imports no project code: what a revision does must not change with the program.
"""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "ALTER TABLE visit_list ADD COLUMN mode TEXT NOT NULL DEFAULT 'phone'",
    "ALTER TABLE visit_list ADD COLUMN challenged TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE visit_list ADD COLUMN excepted TEXT NOT NULL DEFAULT ''",
    """UPDATE visit_list SET mode = coalesce(CAST(p.data AS TEXT) ->> '$.mode', 'phone'),
        excepted = coalesce(CAST(p.data AS TEXT) ->> '$.exception.state', '')
        FROM projection p WHERE p.type = 'visit' AND p.id = visit_list.id""",
    "CREATE INDEX visit_challenged ON visit_list (challenged, completed_at) WHERE challenged <> ''",
    "CREATE INDEX visit_excepted ON visit_list (excepted, state) WHERE excepted <> ''",
    "CREATE INDEX visit_channel ON visit_list (opened_at) WHERE mode <> 'phone'",
    "CREATE INDEX visit_done ON visit_list (mode, completed_at) WHERE state = 'completed'",
    "CREATE INDEX ticket_repeated ON ticket_list (open, due_at, number) WHERE repeats > 0",
    "CREATE INDEX ticket_provisional ON ticket_list (open, due_at, number) WHERE provisional = 1",
    """CREATE TABLE inquiry_list (
        id TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        unit_id TEXT NOT NULL,
        visit_id TEXT NOT NULL,
        state TEXT NOT NULL,
        at INTEGER NOT NULL,
        due_at INTEGER,
        answered_at INTEGER,
        pending INTEGER NOT NULL,
        PRIMARY KEY (id)
    )""",
    "CREATE INDEX inquiry_state ON inquiry_list (state, at)",
    "CREATE INDEX inquiry_ticket ON inquiry_list (ticket_id)",
    "CREATE INDEX inquiry_unit ON inquiry_list (unit_id, state)",
)


def upgrade() -> None:
    """Adds two columns and an empty list; no row of the user's is touched."""
    for statement in _STATEMENTS:
        op.execute(statement)
