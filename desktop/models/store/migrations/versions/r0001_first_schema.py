"""The first schema of the store: projection and base, the lists, the outbox, drafts, quarantine, settings.

Imports no project code: what a revision does must not change with the program.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_STATEMENTS = (
    """CREATE TABLE projection (
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        version INTEGER NOT NULL,
        pending INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (type, id)
    )""",
    "CREATE INDEX projection_ticket ON projection (ticket_id, type)",
    """CREATE TABLE base (
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        version INTEGER NOT NULL,
        data BLOB NOT NULL,
        PRIMARY KEY (type, id)
    )""",
    """CREATE TABLE ticket_list (
        rid INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        title TEXT NOT NULL,
        state TEXT NOT NULL,
        open INTEGER NOT NULL,
        paused INTEGER NOT NULL,
        due_at INTEGER,
        provisional INTEGER NOT NULL,
        request_type TEXT NOT NULL,
        channel TEXT NOT NULL,
        urgency TEXT NOT NULL,
        level TEXT NOT NULL,
        category_id TEXT NOT NULL,
        unit_id TEXT NOT NULL,
        place_id TEXT NOT NULL,
        enterprise INTEGER NOT NULL,
        escalated INTEGER NOT NULL,
        rework INTEGER NOT NULL,
        repeats INTEGER NOT NULL,
        requester_label TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        completed_at INTEGER,
        urges INTEGER NOT NULL,
        promised_at INTEGER,
        notice_state TEXT NOT NULL,
        findings INTEGER NOT NULL,
        answered_at INTEGER,
        contradicted INTEGER NOT NULL,
        pending INTEGER NOT NULL,
        UNIQUE (id)
    )""",
    "CREATE INDEX ticket_answered ON ticket_list (answered_at, number) WHERE answered_at IS NOT NULL",
    "CREATE INDEX ticket_escalated ON ticket_list (escalated, open, due_at, number)",
    "CREATE INDEX ticket_number ON ticket_list (number)",
    "CREATE INDEX ticket_overdue ON ticket_list (open, paused, due_at, number)",
    "CREATE INDEX ticket_promised ON ticket_list (open, promised_at, number) WHERE promised_at IS NOT NULL",
    "CREATE INDEX ticket_received ON ticket_list (received_at, number)",
    "CREATE INDEX ticket_rework ON ticket_list (open, due_at, number) WHERE rework > 0",
    "CREATE INDEX ticket_unit ON ticket_list (unit_id, open, due_at, number)",
    """CREATE TABLE ticket_text (
        rid INTEGER NOT NULL PRIMARY KEY,
        text TEXT NOT NULL,
        FOREIGN KEY (rid) REFERENCES ticket_list (rid) ON DELETE CASCADE
    )""",
    """CREATE TABLE visit_list (
        id TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        unit_id TEXT NOT NULL,
        contact_id TEXT NOT NULL,
        state TEXT NOT NULL,
        due_at INTEGER,
        opened_at INTEGER NOT NULL,
        booked_at INTEGER,
        assigned_to TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        last_outcome TEXT NOT NULL,
        completed_at INTEGER,
        completed_by_id TEXT NOT NULL,
        valid INTEGER NOT NULL,
        proposal TEXT NOT NULL,
        pending INTEGER NOT NULL,
        PRIMARY KEY (id)
    )""",
    "CREATE INDEX visit_contact ON visit_list (contact_id)",
    "CREATE INDEX visit_state ON visit_list (state, due_at)",
    "CREATE INDEX visit_ticket ON visit_list (ticket_id)",
    """CREATE TABLE urge_list (
        id TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        unit_id TEXT NOT NULL,
        at INTEGER NOT NULL,
        promised_at INTEGER,
        acknowledged_at INTEGER,
        by_id TEXT NOT NULL,
        pending INTEGER NOT NULL,
        PRIMARY KEY (id)
    )""",
    "CREATE INDEX urge_ticket ON urge_list (ticket_id)",
    "CREATE INDEX urge_unit ON urge_list (unit_id, acknowledged_at)",
    """CREATE TABLE notice_list (
        id TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        unit_id TEXT NOT NULL,
        state TEXT NOT NULL,
        number TEXT NOT NULL,
        author_id TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        submitted_at INTEGER,
        issued_at INTEGER,
        reply_due_at INTEGER,
        replied_at INTEGER,
        pending INTEGER NOT NULL,
        PRIMARY KEY (id)
    )""",
    "CREATE INDEX notice_state ON notice_list (state, reply_due_at)",
    "CREATE INDEX notice_ticket ON notice_list (ticket_id)",
    """CREATE TABLE finding_list (
        id TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        unit_id TEXT NOT NULL,
        state TEXT NOT NULL,
        number TEXT NOT NULL,
        code TEXT NOT NULL,
        severity TEXT NOT NULL,
        author_id TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        filed_at INTEGER,
        rectify_due_at INTEGER,
        replied_at INTEGER,
        pending INTEGER NOT NULL,
        PRIMARY KEY (id)
    )""",
    "CREATE INDEX finding_state ON finding_list (state, filed_at)",
    "CREATE INDEX finding_ticket ON finding_list (ticket_id)",
    "CREATE INDEX finding_unit ON finding_list (unit_id, state)",
    """CREATE TABLE outbox (
        seq INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        op_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        entity_type TEXT NOT NULL,
        entity_id TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        state TEXT NOT NULL,
        body BLOB NOT NULL,
        attempts INTEGER NOT NULL,
        faults INTEGER NOT NULL,
        next_try_at FLOAT,
        code TEXT NOT NULL,
        answer BLOB,
        created_at INTEGER NOT NULL,
        settled_at INTEGER,
        UNIQUE (op_id)
    )""",
    "CREATE INDEX outbox_entity ON outbox (entity_type, entity_id)",
    "CREATE INDEX outbox_state ON outbox (state, seq)",
    "CREATE INDEX outbox_ticket ON outbox (ticket_id)",
    """CREATE TABLE outbox_row (
        seq INTEGER NOT NULL,
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        PRIMARY KEY (seq, type, id)
    )""",
    "CREATE INDEX outbox_row_key ON outbox_row (type, id)",
    """CREATE TABLE draft (
        "key" TEXT NOT NULL,
        ticket_id TEXT NOT NULL,
        body BLOB NOT NULL,
        updated_at INTEGER NOT NULL,
        PRIMARY KEY ("key")
    )""",
    """CREATE TABLE quarantine (
        id INTEGER NOT NULL,
        op_id TEXT NOT NULL,
        type TEXT NOT NULL,
        entity_id TEXT NOT NULL,
        reason TEXT NOT NULL,
        body BLOB NOT NULL,
        at INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (op_id, reason)
    )""",
    """CREATE TABLE snapshot_seen (
        type TEXT NOT NULL,
        id TEXT NOT NULL,
        PRIMARY KEY (type, id)
    )
    WITHOUT ROWID""",
    """CREATE TABLE setting (
        "key" TEXT NOT NULL,
        value BLOB NOT NULL,
        PRIMARY KEY ("key")
    )""",
)


def upgrade() -> None:
    """Makes every table and index of an empty store."""
    for statement in _STATEMENTS:
        op.execute(statement)
