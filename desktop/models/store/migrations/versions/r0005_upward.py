"""Lists of what units apply for, of leaders' instructions and of urgent reports; an index of what is in a hurry.

Imports no project code: what a revision does must not change with the program.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_STATEMENTS = (
    """CREATE TABLE application_list (
        id TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        unit_id TEXT NOT NULL,
        matter TEXT NOT NULL,
        state TEXT NOT NULL,
        asked_at INTEGER NOT NULL,
        old_due_at INTEGER,
        decided_at INTEGER,
        by_id TEXT NOT NULL,
        pending INTEGER NOT NULL,
        PRIMARY KEY (id)
    )""",
    "CREATE INDEX application_asked ON application_list (matter, asked_at, id) WHERE state = 'asked'",
    "CREATE INDEX application_ticket ON application_list (ticket_id)",
    "CREATE INDEX application_unit ON application_list (unit_id, asked_at)",
    """CREATE TABLE instruction_list (
        id TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        unit_id TEXT NOT NULL,
        state TEXT NOT NULL,
        given_at INTEGER NOT NULL,
        due_at INTEGER,
        feedback_at INTEGER,
        report_id TEXT NOT NULL,
        pending INTEGER NOT NULL,
        PRIMARY KEY (id)
    )""",
    "CREATE INDEX instruction_state ON instruction_list (state, due_at)",
    "CREATE INDEX instruction_ticket ON instruction_list (ticket_id)",
    """CREATE TABLE urgent_report_list (
        id TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        state TEXT NOT NULL,
        number TEXT NOT NULL,
        author_id TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        submitted_at INTEGER,
        sent_at INTEGER,
        pending INTEGER NOT NULL,
        PRIMARY KEY (id)
    )""",
    "CREATE INDEX urgent_report_state ON urgent_report_list (state, created_at)",
    "CREATE INDEX urgent_report_ticket ON urgent_report_list (ticket_id)",
    "CREATE INDEX ticket_emergency ON ticket_list (due_at, number) WHERE open = 1 AND urgency <> 'normal'",
)


def upgrade() -> None:
    """Adds empty lists: no server has sent a row of these to a store of an older schema."""
    for statement in _STATEMENTS:
        op.execute(statement)
