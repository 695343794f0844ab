"""Rows hidden before they are destroyed, files on their way, what left, settled and quarantined texts, what to index.

Imports no project code: what a revision does must not change with the program.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_STATEMENTS = (
    "ALTER TABLE outbox ADD COLUMN resolves TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE quarantine ADD COLUMN ticket_id TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE quarantine ADD COLUMN state TEXT NOT NULL DEFAULT 'kept'",
    "ALTER TABLE quarantine ADD COLUMN sent_as TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE quarantine ADD COLUMN number TEXT NOT NULL DEFAULT ''",
    """UPDATE quarantine SET ticket_id = coalesce(
        (SELECT o.ticket_id FROM outbox o WHERE o.op_id = quarantine.op_id), '')""",
    # Of the open cases alone: nobody looks for what is over in them, and a first load does not pay for it.
    "DROP INDEX ticket_overdue",
    "CREATE INDEX ticket_overdue ON ticket_list (paused, due_at, number) WHERE open = 1",
    "DROP INDEX ticket_escalated",
    "CREATE INDEX ticket_escalated ON ticket_list (due_at, number) WHERE open = 1 AND escalated = 1",
    """CREATE TABLE parted (
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        data BLOB NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (type, id)
    )
    WITHOUT ROWID""",
    """CREATE TABLE transfer (
        id TEXT NOT NULL,
        direction TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        op_id TEXT NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        state TEXT NOT NULL,
        asked INTEGER NOT NULL,
        done_bytes INTEGER NOT NULL,
        attempts INTEGER NOT NULL,
        next_try_at FLOAT,
        code TEXT NOT NULL,
        draft_key TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        used_at INTEGER NOT NULL,
        PRIMARY KEY (id)
    )""",
    "CREATE INDEX transfer_state ON transfer (direction, state, created_at)",
    "CREATE INDEX transfer_ticket ON transfer (ticket_id)",
    """CREATE TABLE data_act (
        id TEXT NOT NULL,
        action TEXT NOT NULL,
        object_type TEXT NOT NULL,
        object_id TEXT NOT NULL,
        rows INTEGER NOT NULL,
        detail TEXT NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (id)
    )""",
    "CREATE INDEX data_act_at ON data_act (at, id)",
    """CREATE TABLE search_todo (
        seq INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
        rid INTEGER NOT NULL
    )""",
    # Folded otherwise and of more fields than before: written anew in the background, as nothing is lost without them.
    "DELETE FROM ticket_text",
    """INSERT OR REPLACE INTO setting (key, value) SELECT 'search_text_form', CAST('2' AS BLOB)
        WHERE NOT EXISTS (SELECT 1 FROM ticket_list)""",
    """CREATE TRIGGER ticket_text_changed AFTER UPDATE OF text ON ticket_text
        BEGIN INSERT INTO search_todo (rid) VALUES (new.rid); END""",
    """CREATE TRIGGER ticket_text_gone AFTER DELETE ON ticket_text
        BEGIN INSERT INTO search_todo (rid) VALUES (old.rid); END""",
)


def upgrade() -> None:
    """Adds what a store of the first schema does not have; no row of the user's is touched."""
    for statement in _STATEMENTS:
        op.execute(statement)
